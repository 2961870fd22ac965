/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file segmentor.h
 * Gives every pixel of a picture its class.
 */
#ifndef MMDEPLOY_SEGMENTOR_H
#define MMDEPLOY_SEGMENTOR_H

#include "common.h"
#include "executor.h"
#include "model.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The classes of a picture's pixels; either mask or score is there, the other is NULL. */
typedef struct mmdeploy_segmentation_t {
  /** Of the picture. */
  int height;
  int width;
  /** How many classes the model tells apart. */
  int classes;
  /** [height][width] class numbers. */
  int* mask;
  /** [classes][height][width]. */
  float* score;
} mmdeploy_segmentation_t;

/** A segmentor that is open. */
typedef struct mmdeploy_segmentor* mmdeploy_segmentor_t;

/**
 * Opens a segmentor.
 * @param model what it runs; not needed any more afterwards
 * @param device_name "cpu" or "cuda"
 * @param device_id which of several; 0 is the first
 * @param[out] segmentor closed by mmdeploy_segmentor_destroy
 * @return MMDEPLOY_E_INVALID_ARG for NULL, a stale model or an unknown device; MMDEPLOY_E_NOT_SUPPORTED where the model
 *   has another task, or the engine lacks the device
 */
MMDEPLOY_API int mmdeploy_segmentor_create(mmdeploy_model_t model, const char* device_name, int device_id,
                                           mmdeploy_segmentor_t* segmentor);

/** The same for a model's path; MMDEPLOY_E_FAIL where nothing is there. */
MMDEPLOY_API int mmdeploy_segmentor_create_by_path(const char* model_path, const char* device_name, int device_id,
                                                   mmdeploy_segmentor_t* segmentor);

/**
 * Gives the pixels of pictures their classes.
 * @param mats pictures, of any sizes and formats; borrowed for the call
 * @param mat_count how many; 0 gives an empty answer
 * @param[out] results an entry for each picture; freed by mmdeploy_segmentor_release_result
 * @return MMDEPLOY_E_INVALID_ARG for a wrong argument or picture; MMDEPLOY_E_FAIL where the network fails. Then the out
 *   parameters are as they were
 */
MMDEPLOY_API int mmdeploy_segmentor_apply(mmdeploy_segmentor_t segmentor, const mmdeploy_mat_t* mats, int mat_count,
                                          mmdeploy_segmentation_t** results);

/**
 * Frees an answer. NULL, an answer of another task and one that is freed already do nothing.
 * @param count not looked at
 */
MMDEPLOY_API void mmdeploy_segmentor_release_result(mmdeploy_segmentation_t* results, int count);

/** Closes it, after the calls under way; answers stay valid. NULL and a stale handle do nothing. */
MMDEPLOY_API void mmdeploy_segmentor_destroy(mmdeploy_segmentor_t segmentor);

/**
 * Opens a segmentor with a device, schedulers and a profiler of a context.
 * @param context not needed any more afterwards; NULL: the processor
 */
MMDEPLOY_API int mmdeploy_segmentor_create_v2(mmdeploy_model_t model, mmdeploy_context_t context,
                                              mmdeploy_segmentor_t* segmentor);

/**
 * Makes a value that mmdeploy_segmentor_apply_v2 and _apply_async take: [[{"ori_img": picture}, …]].
 * @param mats their pixels are borrowed until the last value and sender that holds them has gone
 * @param[out] value freed by mmdeploy_value_destroy
 */
MMDEPLOY_API int mmdeploy_segmentor_create_input(const mmdeploy_mat_t* mats, int mat_count, mmdeploy_value_t* value);

/**
 * mmdeploy_segmentor_apply on values.
 * @param input stays the caller's
 * @param[out] output freed by mmdeploy_value_destroy
 */
MMDEPLOY_API int mmdeploy_segmentor_apply_v2(mmdeploy_segmentor_t segmentor, mmdeploy_value_t input,
                                             mmdeploy_value_t* output);

/**
 * A sender that runs a segmentor on what another sends.
 * @param input consumed where this succeeds
 * @param[out] output sends what mmdeploy_segmentor_apply_v2 would give
 */
MMDEPLOY_API int mmdeploy_segmentor_apply_async(mmdeploy_segmentor_t segmentor, mmdeploy_sender_t input,
                                                mmdeploy_sender_t* output);

/**
 * Takes an answer out of a value.
 * @param output stays the caller's
 * @param[out] results as mmdeploy_segmentor_apply gives them, and freed the same way
 * @return MMDEPLOY_E_FAIL for a value of another shape
 */
MMDEPLOY_API int mmdeploy_segmentor_get_result(mmdeploy_value_t output, mmdeploy_segmentation_t** results);

#ifdef __cplusplus
}
#endif
#endif
