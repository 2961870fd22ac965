/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file video_recognizer.h
 * Says what happens in videos. Any number of videos works in a call, unlike in MMDeploy.
 */
#ifndef MMDEPLOY_VIDEO_RECOGNIZER_H
#define MMDEPLOY_VIDEO_RECOGNIZER_H

#include "common.h"
#include "executor.h"
#include "model.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A class with its score. */
typedef struct mmdeploy_video_recognition_t {
  /** Number of the class, from 0. */
  int label_id;
  float score;
} mmdeploy_video_recognition_t;

/** How the frames of a video are given. */
typedef struct mmdeploy_video_sample_info_t {
  /** Frames in each clip. */
  int clip_len;
  /** How many clips. */
  int num_clips;
} mmdeploy_video_sample_info_t;

/** A video recognizer that is open. */
typedef struct mmdeploy_video_recognizer* mmdeploy_video_recognizer_t;

/**
 * Opens a video recognizer.
 * @param model what it runs; not needed any more afterwards
 * @param device_name "cpu" or "cuda"
 * @param device_id which of several; 0 is the first
 * @param[out] recognizer closed by mmdeploy_video_recognizer_destroy
 * @return MMDEPLOY_E_INVALID_ARG for NULL, a stale model or an unknown device; MMDEPLOY_E_NOT_SUPPORTED where the model
 *   has another task, or the engine lacks the device
 */
MMDEPLOY_API int mmdeploy_video_recognizer_create(mmdeploy_model_t model, const char* device_name, int device_id,
                                                  mmdeploy_video_recognizer_t* recognizer);

/** The same for a model's path; MMDEPLOY_E_FAIL where nothing is there. */
MMDEPLOY_API int mmdeploy_video_recognizer_create_by_path(const char* model_path, const char* device_name,
                                                          int device_id, mmdeploy_video_recognizer_t* recognizer);

/**
 * Names what happens in videos.
 * @param images clip_len * num_clips frames of the first video, clip by clip, then those of the next; borrowed for the
 *   call
 * @param video_info an entry for each video
 * @param video_count how many; 0 gives an empty answer
 * @param[out] results classes of the first video, then of the next; freed by mmdeploy_video_recognizer_release_result
 * @param[out] result_count an entry for each video: how many of results are its own
 */
MMDEPLOY_API int mmdeploy_video_recognizer_apply(mmdeploy_video_recognizer_t recognizer, const mmdeploy_mat_t* images,
                                                 const mmdeploy_video_sample_info_t* video_info, int video_count,
                                                 mmdeploy_video_recognition_t** results, int** result_count);

/**
 * Frees an answer, its counts with it. NULL, an answer of another task and one that is freed already do nothing.
 * @param result_count not looked at, nor is video_count
 */
MMDEPLOY_API void mmdeploy_video_recognizer_release_result(mmdeploy_video_recognition_t* results, int* result_count,
                                                           int video_count);

/** Closes it, after the calls under way; answers stay valid. NULL and a stale handle do nothing. */
MMDEPLOY_API void mmdeploy_video_recognizer_destroy(mmdeploy_video_recognizer_t recognizer);

/**
 * Opens a video recognizer with a device, schedulers and a profiler of a context.
 * @param context not needed any more afterwards; NULL: the processor
 */
MMDEPLOY_API int mmdeploy_video_recognizer_create_v2(mmdeploy_model_t model, mmdeploy_context_t context,
                                                     mmdeploy_video_recognizer_t* recognizer);

/**
 * Makes a value that mmdeploy_video_recognizer_apply_v2 takes: [[[{"ori_img": frame, "clip_len": n, "num_clips": n},
 * …], …]], a list of frames for each video.
 * @param images their pixels are borrowed until the last value and sender that holds them has gone
 * @param[out] value freed by mmdeploy_value_destroy
 */
MMDEPLOY_API int mmdeploy_video_recognizer_create_input(const mmdeploy_mat_t* images,
                                                        const mmdeploy_video_sample_info_t* video_info,
                                                        int video_count, mmdeploy_value_t* value);

/**
 * mmdeploy_video_recognizer_apply on values. (As a sender: mmdeploy_pipeline_apply_async takes this handle.)
 * @param input stays the caller's
 * @param[out] output freed by mmdeploy_value_destroy
 */
MMDEPLOY_API int mmdeploy_video_recognizer_apply_v2(mmdeploy_video_recognizer_t recognizer, mmdeploy_value_t input,
                                                    mmdeploy_value_t* output);

/**
 * Takes an answer out of a value.
 * @param output stays the caller's
 * @param[out] results as mmdeploy_video_recognizer_apply gives them, and freed the same way
 * @return MMDEPLOY_E_FAIL for a value of another shape
 */
MMDEPLOY_API int mmdeploy_video_recognizer_get_result(mmdeploy_value_t output, mmdeploy_video_recognition_t** results,
                                                      int** result_count);

#ifdef __cplusplus
}
#endif
#endif
