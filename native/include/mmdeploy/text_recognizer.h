/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file text_recognizer.h
 * Reads text: lines that fill a picture, or lines that a text detector has found.
 */
#ifndef MMDEPLOY_TEXT_RECOGNIZER_H
#define MMDEPLOY_TEXT_RECOGNIZER_H

#include "common.h"
#include "executor.h"
#include "model.h"
#include "text_detector.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A text that was read. */
typedef struct mmdeploy_text_recognition_t {
  /** UTF-8, ends with a NUL. */
  char* text;
  /** length scores. */
  float* score;
  /** How many scores there are: one for each character of the model, not for each byte of text. */
  int length;
} mmdeploy_text_recognition_t;

/** A text recognizer that is open. */
typedef struct mmdeploy_text_recognizer* mmdeploy_text_recognizer_t;

/**
 * Opens a text recognizer.
 * @param model what it runs; not needed any more afterwards
 * @param device_name "cpu" or "cuda"
 * @param device_id which of several; 0 is the first
 * @param[out] recognizer closed by mmdeploy_text_recognizer_destroy
 * @return MMDEPLOY_E_INVALID_ARG for NULL, a stale model or an unknown device; MMDEPLOY_E_NOT_SUPPORTED where the model
 *   has another task, or the engine lacks the device
 */
MMDEPLOY_API int mmdeploy_text_recognizer_create(mmdeploy_model_t model, const char* device_name, int device_id,
                                                 mmdeploy_text_recognizer_t* recognizer);

/** The same for a model's path; MMDEPLOY_E_FAIL where nothing is there. */
MMDEPLOY_API int mmdeploy_text_recognizer_create_by_path(const char* model_path, const char* device_name, int device_id,
                                                         mmdeploy_text_recognizer_t* recognizer);

/**
 * Reads the line that each picture shows.
 * @param images pictures, of any sizes and formats; borrowed for the call
 * @param count how many; 0 gives an empty answer
 * @param[out] results an entry for each picture; freed by mmdeploy_text_recognizer_release_result
 * @return MMDEPLOY_E_INVALID_ARG for a wrong argument or picture; MMDEPLOY_E_FAIL where the network fails. Then the out
 *   parameters are as they were
 */
MMDEPLOY_API int mmdeploy_text_recognizer_apply(mmdeploy_text_recognizer_t recognizer, const mmdeploy_mat_t* images,
                                                int count, mmdeploy_text_recognition_t** results);

/**
 * Reads the lines in quads.
 * @param bboxes quads of the first picture, then of the next; NULL: each picture is one line. Scores are not looked at
 * @param bbox_count an entry for each picture: how many quads it has; NULL: each picture is one line
 * @param[out] results an entry for each quad, in order; freed by mmdeploy_text_recognizer_release_result
 */
MMDEPLOY_API int mmdeploy_text_recognizer_apply_bbox(mmdeploy_text_recognizer_t recognizer,
                                                     const mmdeploy_mat_t* images, int image_count,
                                                     const mmdeploy_text_detection_t* bboxes, const int* bbox_count,
                                                     mmdeploy_text_recognition_t** results);

/**
 * Frees an answer. NULL, an answer of another task and one that is freed already do nothing.
 * @param count not looked at
 */
MMDEPLOY_API void mmdeploy_text_recognizer_release_result(mmdeploy_text_recognition_t* results, int count);

/** Closes it, after the calls under way; answers stay valid. NULL and a stale handle do nothing. */
MMDEPLOY_API void mmdeploy_text_recognizer_destroy(mmdeploy_text_recognizer_t recognizer);

/**
 * Opens a text recognizer with a device, schedulers and a profiler of a context.
 * @param context not needed any more afterwards; NULL: the processor
 */
MMDEPLOY_API int mmdeploy_text_recognizer_create_v2(mmdeploy_model_t model, mmdeploy_context_t context,
                                                    mmdeploy_text_recognizer_t* recognizer);

/**
 * Makes a value that mmdeploy_text_recognizer_apply_v2 and _apply_async take: [[{"ori_img": picture}, …], [{"bbox": [x,
 * y, x, y, x, y, x, y]} or null, …]], an entry for each quad in both.
 * @param images their pixels are borrowed until the last value and sender that holds them has gone
 * @param[out] output freed by mmdeploy_value_destroy
 */
MMDEPLOY_API int mmdeploy_text_recognizer_create_input(const mmdeploy_mat_t* images, int image_count,
                                                       const mmdeploy_text_detection_t* bboxes, const int* bbox_count,
                                                       mmdeploy_value_t* output);

/**
 * mmdeploy_text_recognizer_apply on values.
 * @param input stays the caller's
 * @param[out] output freed by mmdeploy_value_destroy
 */
MMDEPLOY_API int mmdeploy_text_recognizer_apply_v2(mmdeploy_text_recognizer_t recognizer, mmdeploy_value_t input,
                                                   mmdeploy_value_t* output);

/**
 * A sender that runs a text recognizer on what another sends.
 * @param input consumed where this succeeds
 * @param[out] output sends what mmdeploy_text_recognizer_apply_v2 would give
 */
MMDEPLOY_API int mmdeploy_text_recognizer_apply_async(mmdeploy_text_recognizer_t recognizer, mmdeploy_sender_t input,
                                                      mmdeploy_sender_t* output);

/**
 * Takes an answer out of a value.
 * @param output stays the caller's
 * @param[out] results as mmdeploy_text_recognizer_apply gives them, and freed the same way
 * @return MMDEPLOY_E_FAIL for a value of another shape
 */
MMDEPLOY_API int mmdeploy_text_recognizer_get_result(mmdeploy_value_t output, mmdeploy_text_recognition_t** results);

/**
 * Goes on from what a text recognizer has read.
 * @param results the callee's, to be freed by mmdeploy_text_recognizer_release_result
 * @param context as given to mmdeploy_text_recognizer_continue_async
 * @param[out] output a sender, consumed by the caller; left alone: NULL is sent
 * @return a status; what is not MMDEPLOY_SUCCESS fails the sender
 */
typedef int (*mmdeploy_text_recognizer_continue_t)(mmdeploy_text_recognition_t* results, void* context,
                                                   mmdeploy_sender_t* output);

/** A sender that reads pictures or quads of them; pictures are borrowed until it has done so or has gone. */
MMDEPLOY_API int mmdeploy_text_recognizer_apply_async_v3(mmdeploy_text_recognizer_t recognizer,
                                                         const mmdeploy_mat_t* imgs, int img_count,
                                                         const mmdeploy_text_detection_t* bboxes, const int* bbox_count,
                                                         mmdeploy_sender_t* output);

/**
 * A sender of what the sender that a function makes of a text recognizer's answer sends.
 * @param input sends a text recognizer's answer; consumed where this succeeds
 */
MMDEPLOY_API int mmdeploy_text_recognizer_continue_async(mmdeploy_sender_t input,
                                                         mmdeploy_text_recognizer_continue_t cont, void* context,
                                                         mmdeploy_sender_t* output);

#ifdef __cplusplus
}
#endif
#endif
