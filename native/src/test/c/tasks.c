/* SPDX-License-Identifier: Apache-2.0 */
/* The functions of each task under types that all tasks share. What is NULL stays NULL, for the sake of wrong calls. */
#include "support.h"

#define LIFE(task)                                                                                             \
  static int32_t task##_create(avocet_model_t model, const avocet_options_t* options, void** handle) {        \
    avocet_##task##_t made = handle == NULL ? NULL : *handle;                                                  \
    int32_t status = avocet_##task##_create(model, options, handle == NULL ? NULL : &made);                    \
    if (handle != NULL) {                                                                                      \
      *handle = made;                                                                                          \
    }                                                                                                          \
    return status;                                                                                             \
  }                                                                                                            \
  static int32_t task##_create_by_path(const char* path, const avocet_options_t* options, void** handle) {     \
    avocet_##task##_t made = handle == NULL ? NULL : *handle;                                                  \
    int32_t status = avocet_##task##_create_by_path(path, options, handle == NULL ? NULL : &made);             \
    if (handle != NULL) {                                                                                      \
      *handle = made;                                                                                          \
    }                                                                                                          \
    return status;                                                                                             \
  }                                                                                                            \
  static int32_t task##_release(const void* results) { return avocet_##task##_release_result(results); }      \
  static int32_t task##_destroy(void* handle) { return avocet_##task##_destroy(handle); }

#define APPLY(task, result, call)                                                                              \
  static int32_t task##_apply(void* handle, const avocet_image_t* images, int32_t count,                      \
                              const avocet_call_options_t* options, const void** results) {                   \
    const result* answer = results == NULL ? NULL : *results;                                                  \
    const result** out = results == NULL ? NULL : &answer;                                                     \
    int32_t status = call;                                                                                     \
    if (results != NULL) {                                                                                     \
      *results = answer;                                                                                       \
    }                                                                                                          \
    return status;                                                                                             \
  }

#define TASK(task, result) \
  LIFE(task)               \
  APPLY(task, result, avocet_##task##_apply(handle, images, count, options, out))

static int32_t apply_clips(avocet_video_recognizer_t handle, const avocet_image_t* frames, int32_t count,
                           const avocet_call_options_t* options, const avocet_classifications_t** results) {
  avocet_clips_t clips = {1, count};
  return avocet_video_recognizer_apply(handle, frames, &clips, 1, options, results);
}

static int32_t apply_pipeline(avocet_pipeline_t handle, const avocet_image_t* images, int32_t count,
                              const avocet_call_options_t* options, const avocet_value_t** answer) {
  (void)options;
  return avocet_pipeline_apply(handle, images, count, answer);
}

TASK(classifier, avocet_classifications_t)
TASK(detector, avocet_detections_t)
TASK(segmentor, avocet_segmentation_t)
TASK(restorer, avocet_image_t)
TASK(rotated_detector, avocet_rotated_detections_t)
TASK(pose_detector, avocet_poses_t)
TASK(text_detector, avocet_text_regions_t)
TASK(text_recognizer, avocet_texts_t)
LIFE(video_recognizer)
APPLY(video_recognizer, avocet_classifications_t, apply_clips(handle, images, count, options, out))
LIFE(pipeline)
APPLY(pipeline, avocet_value_t, apply_pipeline(handle, images, count, options, out))

#define ENTRY(task, model) \
  {#task, "conformance/cases/" model, task##_create, task##_create_by_path, task##_apply, task##_release, task##_destroy}

const task_t TASKS[TASK_COUNT] = {
    ENTRY(classifier, "cls-linear-softmax-true/model"),
    ENTRY(detector, "det-base-dense/model"),
    ENTRY(segmentor, "seg-argmax/model"),
    ENTRY(restorer, "transform-resize-nearest-down/model"),
    ENTRY(rotated_detector, "rotated/model"),
    ENTRY(pose_detector, "pose-heatmap-default/model"),
    ENTRY(text_detector, "text-db/model"),
    ENTRY(text_recognizer, "text-ctc-full/model"),
    ENTRY(video_recognizer, "video-centercrop-nchw/model"),
    ENTRY(pipeline, "cls-linear-softmax-true/model"),
};
