/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file text_detector.h
 * Finds places with text in pictures.
 */
#ifndef MMDEPLOY_TEXT_DETECTOR_H
#define MMDEPLOY_TEXT_DETECTOR_H

#include "common.h"
#include "executor.h"
#include "model.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A place with text. */
typedef struct mmdeploy_text_detection_t {
  /** Corners in order around. */
  mmdeploy_point_t bbox[4];
  float score;
} mmdeploy_text_detection_t;

/** A text detector that is open. */
typedef struct mmdeploy_text_detector* mmdeploy_text_detector_t;

/**
 * Opens a text detector.
 * @param model what it runs; not needed any more afterwards
 * @param device_name "cpu" or "cuda"
 * @param device_id which of several; 0 is the first
 * @param[out] detector closed by mmdeploy_text_detector_destroy
 * @return MMDEPLOY_E_INVALID_ARG for NULL, a stale model or an unknown device; MMDEPLOY_E_NOT_SUPPORTED where the model
 *   has another task, or the engine lacks the device
 */
MMDEPLOY_API int mmdeploy_text_detector_create(mmdeploy_model_t model, const char* device_name, int device_id,
                                               mmdeploy_text_detector_t* detector);

/** The same for a model's path; MMDEPLOY_E_FAIL where nothing is there. */
MMDEPLOY_API int mmdeploy_text_detector_create_by_path(const char* model_path, const char* device_name, int device_id,
                                                       mmdeploy_text_detector_t* detector);

/**
 * Finds the texts in pictures.
 * @param mats pictures, of any sizes and formats; borrowed for the call
 * @param mat_count how many; 0 gives an empty answer
 * @param[out] results texts of the first picture, then of the next; freed by mmdeploy_text_detector_release_result
 * @param[out] result_count an entry for each picture: how many of results are its own
 * @return MMDEPLOY_E_INVALID_ARG for a wrong argument or picture; MMDEPLOY_E_FAIL where the network fails. Then the out
 *   parameters are as they were
 */
MMDEPLOY_API int mmdeploy_text_detector_apply(mmdeploy_text_detector_t detector, const mmdeploy_mat_t* mats,
                                              int mat_count, mmdeploy_text_detection_t** results, int** result_count);

/**
 * Frees an answer, its counts with it. NULL, an answer of another task and one that is freed already do nothing.
 * @param result_count not looked at, nor is count
 */
MMDEPLOY_API void mmdeploy_text_detector_release_result(mmdeploy_text_detection_t* results, const int* result_count,
                                                        int count);

/** Closes it, after the calls under way; answers stay valid. NULL and a stale handle do nothing. */
MMDEPLOY_API void mmdeploy_text_detector_destroy(mmdeploy_text_detector_t detector);

/**
 * Opens a text detector with a device, schedulers and a profiler of a context.
 * @param context not needed any more afterwards; NULL: the processor
 */
MMDEPLOY_API int mmdeploy_text_detector_create_v2(mmdeploy_model_t model, mmdeploy_context_t context,
                                                  mmdeploy_text_detector_t* detector);

/**
 * Makes a value that mmdeploy_text_detector_apply_v2 and _apply_async take: [[{"ori_img": picture}, …]].
 * @param mats their pixels are borrowed until the last value and sender that holds them has gone
 * @param[out] value freed by mmdeploy_value_destroy
 */
MMDEPLOY_API int mmdeploy_text_detector_create_input(const mmdeploy_mat_t* mats, int mat_count,
                                                     mmdeploy_value_t* value);

/**
 * mmdeploy_text_detector_apply on values.
 * @param input stays the caller's
 * @param[out] output freed by mmdeploy_value_destroy
 */
MMDEPLOY_API int mmdeploy_text_detector_apply_v2(mmdeploy_text_detector_t detector, mmdeploy_value_t input,
                                                 mmdeploy_value_t* output);

/**
 * A sender that runs a text detector on what another sends.
 * @param input consumed where this succeeds
 * @param[out] output sends what mmdeploy_text_detector_apply_v2 would give
 */
MMDEPLOY_API int mmdeploy_text_detector_apply_async(mmdeploy_text_detector_t detector, mmdeploy_sender_t input,
                                                    mmdeploy_sender_t* output);

/**
 * Takes an answer out of a value.
 * @param output stays the caller's
 * @param[out] results as mmdeploy_text_detector_apply gives them, and freed the same way
 * @return MMDEPLOY_E_FAIL for a value of another shape
 */
MMDEPLOY_API int mmdeploy_text_detector_get_result(mmdeploy_value_t output, mmdeploy_text_detection_t** results,
                                                   int** result_count);

/**
 * Goes on from what a text detector has found.
 * @param results the callee's, to be freed by mmdeploy_text_detector_release_result
 * @param result_count likewise
 * @param context as given to mmdeploy_text_detector_continue_async
 * @param[out] output a sender, consumed by the caller; left alone: NULL is sent
 * @return a status; what is not MMDEPLOY_SUCCESS fails the sender
 */
typedef int (*mmdeploy_text_detector_continue_t)(mmdeploy_text_detection_t* results, int* result_count, void* context,
                                                 mmdeploy_sender_t* output);

/** A sender that finds the texts in pictures, which are borrowed until it has done so or has gone. */
MMDEPLOY_API int mmdeploy_text_detector_apply_async_v3(mmdeploy_text_detector_t detector, const mmdeploy_mat_t* imgs,
                                                       int img_count, mmdeploy_sender_t* output);

/**
 * A sender of what the sender that a function makes of a text detector's answer sends.
 * @param input sends a text detector's answer; consumed where this succeeds
 */
MMDEPLOY_API int mmdeploy_text_detector_continue_async(mmdeploy_sender_t input, mmdeploy_text_detector_continue_t cont,
                                                       void* context, mmdeploy_sender_t* output);

#ifdef __cplusplus
}
#endif
#endif
