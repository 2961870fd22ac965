/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file video_recognizer.h
 * Says what happens in videos.
 */
#ifndef AVOCET_VIDEO_RECOGNIZER_H
#define AVOCET_VIDEO_RECOGNIZER_H

#include "classifier.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct avocet_video_recognizer* avocet_video_recognizer_t;

/** How the frames of a video are given. */
typedef struct avocet_clips_t {
  /** Frames in each clip, 1 or more. */
  int32_t clip_length;
  /** How many clips, 1 or more. */
  int32_t clip_count;
} avocet_clips_t;

/**
 * Opens a video recognizer on a model that is open already.
 * @param options NULL: defaults
 * @return AVOCET_NOT_SUPPORTED where the model has another task or a part that is not supported; AVOCET_INVALID_ARG for
 *   wrong options; AVOCET_FAIL where the engine refuses the network
 */
AVOCET_API int32_t avocet_video_recognizer_create(avocet_model_t model, const avocet_options_t* options, avocet_video_recognizer_t* video_recognizer);

/** The same for a model's path; fails as avocet_model_create_by_path too. */
AVOCET_API int32_t avocet_video_recognizer_create_by_path(const char* path, const avocet_options_t* options,
                                             avocet_video_recognizer_t* video_recognizer);

/**
 * Names what happens in videos.
 * @param frames clip_length * clip_count frames of the first video, clip by clip, then those of the next; of a video all
 *   have one upright size
 * @param videos one entry a video
 * @param count of videos, 1 or more
 * @param[out] results count entries; freed by avocet_video_recognizer_release_result
 */
AVOCET_API int32_t avocet_video_recognizer_apply(avocet_video_recognizer_t video_recognizer,
                                                 const avocet_image_t* frames, const avocet_clips_t* videos,
                                                 int32_t count, const avocet_call_options_t* options,
                                                 const avocet_classifications_t** results);

/**
 * Frees what one call answered; NULL does nothing.
 * @return AVOCET_INVALID_ARG for an address that is no such result of this task, or is released already
 */
AVOCET_API int32_t avocet_video_recognizer_release_result(const avocet_classifications_t* results);

/** Waits for the calls under way and frees everything; results stay valid. */
AVOCET_API int32_t avocet_video_recognizer_destroy(avocet_video_recognizer_t video_recognizer);

#ifdef __cplusplus
}
#endif
#endif
