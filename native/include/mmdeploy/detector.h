/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file detector.h
 * Finds objects in pictures, with their pixels where the model gives such.
 */
#ifndef MMDEPLOY_DETECTOR_H
#define MMDEPLOY_DETECTOR_H

#include "common.h"
#include "executor.h"
#include "model.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * The pixels of an object, a byte each, row by row: 255 where it is, else 0. As large as the picture, or the part of
 * the picture whose left edge is max(floor(bbox.left) - 1, 0) and whose top is max(floor(bbox.top) - 1, 0).
 */
typedef struct mmdeploy_instance_mask_t {
  char* data;
  int height;
  int width;
} mmdeploy_instance_mask_t;

/** An object. */
typedef struct mmdeploy_detection_t {
  /** Number of its class, from 0. */
  int label_id;
  float score;
  mmdeploy_rect_t bbox;
  /** NULL where the model gives none; freed with the answer. */
  mmdeploy_instance_mask_t* mask;
} mmdeploy_detection_t;

/** A detector that is open. */
typedef struct mmdeploy_detector* mmdeploy_detector_t;

/**
 * Opens a detector.
 * @param model what it runs; not needed any more afterwards
 * @param device_name "cpu" or "cuda"
 * @param device_id which of several; 0 is the first
 * @param[out] detector closed by mmdeploy_detector_destroy
 * @return MMDEPLOY_E_INVALID_ARG for NULL, a stale model or an unknown device; MMDEPLOY_E_NOT_SUPPORTED where the model
 *   has another task, or the engine lacks the device
 */
MMDEPLOY_API int mmdeploy_detector_create(mmdeploy_model_t model, const char* device_name, int device_id,
                                          mmdeploy_detector_t* detector);

/** The same for a model's path; MMDEPLOY_E_FAIL where nothing is there. */
MMDEPLOY_API int mmdeploy_detector_create_by_path(const char* model_path, const char* device_name, int device_id,
                                                  mmdeploy_detector_t* detector);

/**
 * Finds the objects in pictures.
 * @param mats pictures, of any sizes and formats; borrowed for the call
 * @param mat_count how many; 0 gives an empty answer
 * @param[out] results objects of the first picture, then of the next; freed by mmdeploy_detector_release_result
 * @param[out] result_count an entry for each picture: how many of results are its own
 * @return MMDEPLOY_E_INVALID_ARG for a wrong argument or picture; MMDEPLOY_E_FAIL where the network fails. Then the out
 *   parameters are as they were
 */
MMDEPLOY_API int mmdeploy_detector_apply(mmdeploy_detector_t detector, const mmdeploy_mat_t* mats, int mat_count,
                                         mmdeploy_detection_t** results, int** result_count);

/**
 * Frees an answer, its counts with it. NULL, an answer of another task and one that is freed already do nothing.
 * @param result_count not looked at, nor is count
 */
MMDEPLOY_API void mmdeploy_detector_release_result(mmdeploy_detection_t* results, const int* result_count, int count);

/** Closes it, after the calls under way; answers stay valid. NULL and a stale handle do nothing. */
MMDEPLOY_API void mmdeploy_detector_destroy(mmdeploy_detector_t detector);

/**
 * Opens a detector with a device, schedulers and a profiler of a context.
 * @param context not needed any more afterwards; NULL: the processor
 */
MMDEPLOY_API int mmdeploy_detector_create_v2(mmdeploy_model_t model, mmdeploy_context_t context,
                                             mmdeploy_detector_t* detector);

/**
 * Makes a value that mmdeploy_detector_apply_v2 and _apply_async take: [[{"ori_img": picture}, …]].
 * @param mats their pixels are borrowed until the last value and sender that holds them has gone
 * @param[out] value freed by mmdeploy_value_destroy
 */
MMDEPLOY_API int mmdeploy_detector_create_input(const mmdeploy_mat_t* mats, int mat_count, mmdeploy_value_t* value);

/**
 * mmdeploy_detector_apply on values.
 * @param input stays the caller's
 * @param[out] output freed by mmdeploy_value_destroy
 */
MMDEPLOY_API int mmdeploy_detector_apply_v2(mmdeploy_detector_t detector, mmdeploy_value_t input,
                                            mmdeploy_value_t* output);

/**
 * A sender that runs a detector on what another sends.
 * @param input consumed where this succeeds
 * @param[out] output sends what mmdeploy_detector_apply_v2 would give
 */
MMDEPLOY_API int mmdeploy_detector_apply_async(mmdeploy_detector_t detector, mmdeploy_sender_t input,
                                               mmdeploy_sender_t* output);

/**
 * Takes an answer out of a value.
 * @param output stays the caller's
 * @param[out] results as mmdeploy_detector_apply gives them, and freed the same way
 * @return MMDEPLOY_E_FAIL for a value of another shape
 */
MMDEPLOY_API int mmdeploy_detector_get_result(mmdeploy_value_t output, mmdeploy_detection_t** results,
                                              int** result_count);

#ifdef __cplusplus
}
#endif
#endif
