/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file avocet.c
 * The public functions: each puts its arguments into the struct that the host takes. What is wrong with them is the
 * Java side's to say, except for out parameters and texts that are NULL.
 */
#include "shim.h"

static int32_t missing(const char* name) {
  return avocet_fail(AVOCET_INVALID_ARG, "%s=NULL: is needed", name);
}

static int32_t create(int32_t type, const avocet_source_t* source, const avocet_options_t* options, void* handle) {
  avocet_call_t call;
  if (!handle) return missing("handle");
  int32_t status = avocet_begin(&call);
  if (status != AVOCET_OK) return status;
  /* All handles are pointers to structs, which C has in one form. */
  return avocet_end(&call, call.host->create(type, source, options, (void**)handle, call.error));
}

static int32_t create_by_path(int32_t type, const char* path, const avocet_options_t* options, void* handle) {
  avocet_source_t source = {.path = path};
  return path ? create(type, &source, options, handle) : missing("path");
}

static int32_t create_on(int32_t type, const void* parent, const avocet_options_t* options, void* handle) {
  avocet_source_t source = {.parent = parent};
  return create(type, &source, options, handle);
}

static int32_t apply(int32_t type, const void* handle, const avocet_input_t* input, const void* results) {
  avocet_call_t call;
  if (!results) return missing("results");
  int32_t status = avocet_begin(&call);
  if (status != AVOCET_OK) return status;
  return avocet_end(&call, call.host->apply(type, handle, input, (const void**)(intptr_t)results, call.error));
}

static int32_t apply_images(int32_t type, const void* handle, const avocet_image_t* images, int32_t count,
                            const avocet_call_options_t* options, const void* results) {
  avocet_input_t input = {.images = images, .count = count, .options = options};
  return apply(type, handle, &input, results);
}

static int32_t release(int32_t type, const void* results) {
  avocet_call_t call;
  if (!results) return avocet_succeed();
  int32_t status = avocet_begin(&call);
  return status == AVOCET_OK ? avocet_end(&call, call.host->release(type, results, call.error)) : status;
}

static int32_t destroy(int32_t type, const void* handle) {
  avocet_call_t call;
  if (!handle) return missing("handle");
  int32_t status = avocet_begin(&call);
  return status == AVOCET_OK ? avocet_end(&call, call.host->destroy(type, handle, call.error)) : status;
}

static int32_t ask(int32_t question, const void* subject, const void* argument, const void* answer) {
  avocet_call_t call;
  int32_t status = avocet_begin(&call);
  if (status != AVOCET_OK) return status;
  return avocet_end(&call, call.host->ask(question, subject, argument, (const void**)(intptr_t)answer, call.error));
}

/** What every task has. */
#define TASK(name, TYPE, results_t)                                                                          \
  int32_t avocet_##name##_create(avocet_model_t model, const avocet_options_t* options,                      \
                                 avocet_##name##_t* name) {                                                  \
    return create_on(TYPE, model, options, name);                                                            \
  }                                                                                                          \
  int32_t avocet_##name##_create_by_path(const char* path, const avocet_options_t* options,                  \
                                         avocet_##name##_t* name) {                                          \
    return create_by_path(TYPE, path, options, name);                                                        \
  }                                                                                                          \
  int32_t avocet_##name##_release_result(const results_t* results) { return release(TYPE, results); }        \
  int32_t avocet_##name##_destroy(avocet_##name##_t name) { return destroy(TYPE, name); }

/** A task that looks at whole pictures. */
#define PICTURE_TASK(name, TYPE, results_t)                                                                  \
  TASK(name, TYPE, results_t)                                                                                \
  int32_t avocet_##name##_apply(avocet_##name##_t name, const avocet_image_t* images, int32_t count,         \
                                const avocet_call_options_t* options, const results_t** results) {           \
    return apply_images(TYPE, name, images, count, options, results);                                        \
  }

PICTURE_TASK(classifier, AVOCET_TYPE_CLASSIFIER, avocet_classifications_t)
PICTURE_TASK(detector, AVOCET_TYPE_DETECTOR, avocet_detections_t)
PICTURE_TASK(segmentor, AVOCET_TYPE_SEGMENTOR, avocet_segmentation_t)
PICTURE_TASK(restorer, AVOCET_TYPE_RESTORER, avocet_image_t)
PICTURE_TASK(rotated_detector, AVOCET_TYPE_ROTATED_DETECTOR, avocet_rotated_detections_t)
PICTURE_TASK(pose_detector, AVOCET_TYPE_POSE_DETECTOR, avocet_poses_t)
PICTURE_TASK(text_detector, AVOCET_TYPE_TEXT_DETECTOR, avocet_text_regions_t)
PICTURE_TASK(text_recognizer, AVOCET_TYPE_TEXT_RECOGNIZER, avocet_texts_t)
TASK(video_recognizer, AVOCET_TYPE_VIDEO_RECOGNIZER, avocet_classifications_t)
TASK(pipeline, AVOCET_TYPE_PIPELINE, avocet_value_t)

int32_t avocet_pose_detector_apply_boxes(avocet_pose_detector_t pose_detector, const avocet_image_t* images,
                                         int32_t count, const avocet_rect_t* boxes, const int32_t* box_counts,
                                         const avocet_call_options_t* options, const avocet_poses_t** results) {
  avocet_input_t input = {
      .images = images, .count = count, .options = options, .regions = boxes, .region_counts = box_counts};
  return box_counts ? apply(AVOCET_TYPE_POSE_DETECTOR, pose_detector, &input, results) : missing("box_counts");
}

int32_t avocet_text_recognizer_apply_quads(avocet_text_recognizer_t text_recognizer, const avocet_image_t* images,
                                           int32_t count, const avocet_quad_t* quads, const int32_t* quad_counts,
                                           const avocet_call_options_t* options, const avocet_texts_t** results) {
  avocet_input_t input = {
      .images = images, .count = count, .options = options, .regions = quads, .region_counts = quad_counts};
  return quad_counts ? apply(AVOCET_TYPE_TEXT_RECOGNIZER, text_recognizer, &input, results) : missing("quad_counts");
}

int32_t avocet_video_recognizer_apply(avocet_video_recognizer_t video_recognizer, const avocet_image_t* frames,
                                      const avocet_clips_t* videos, int32_t count, const avocet_call_options_t* options,
                                      const avocet_classifications_t** results) {
  avocet_input_t input = {.images = frames, .count = count, .options = options, .videos = videos};
  return apply(AVOCET_TYPE_VIDEO_RECOGNIZER, video_recognizer, &input, results);
}

int32_t avocet_pose_tracker_create(avocet_model_t detector, avocet_model_t pose, const avocet_options_t* options,
                                   avocet_pose_tracker_t* pose_tracker) {
  avocet_source_t source = {.parent = detector, .pose_parent = pose};
  return create(AVOCET_TYPE_POSE_TRACKER, &source, options, pose_tracker);
}

int32_t avocet_pose_tracker_create_by_path(const char* detector, const char* pose, const avocet_options_t* options,
                                           avocet_pose_tracker_t* pose_tracker) {
  avocet_source_t source = {.path = detector, .pose_path = pose};
  if (!detector || !pose) return missing(detector ? "pose" : "detector");
  return create(AVOCET_TYPE_POSE_TRACKER, &source, options, pose_tracker);
}

int32_t avocet_pose_tracker_create_state(avocet_pose_tracker_t pose_tracker, const avocet_tracker_params_t* params,
                                         avocet_pose_tracker_state_t* state) {
  avocet_source_t source = {.parent = pose_tracker, .params = params};
  return create(AVOCET_TYPE_TRACKER_STATE, &source, NULL, state);
}

int32_t avocet_pose_tracker_destroy_state(avocet_pose_tracker_state_t state) {
  return destroy(AVOCET_TYPE_TRACKER_STATE, state);
}

int32_t avocet_pose_tracker_apply(avocet_pose_tracker_t pose_tracker, const avocet_pose_tracker_state_t* states,
                                  const avocet_image_t* frames, const int32_t* modes, int32_t count,
                                  const avocet_tracked_poses_t** results) {
  avocet_input_t input = {.images = frames, .count = count, .states = states, .modes = modes};
  return apply(AVOCET_TYPE_POSE_TRACKER, pose_tracker, &input, results);
}

int32_t avocet_pose_tracker_release_result(const avocet_tracked_poses_t* results) {
  return release(AVOCET_TYPE_POSE_TRACKER, results);
}

int32_t avocet_pose_tracker_destroy(avocet_pose_tracker_t pose_tracker) {
  return destroy(AVOCET_TYPE_POSE_TRACKER, pose_tracker);
}

int32_t avocet_pipeline_create_from_json(const char* json, const char* folder, const avocet_named_model_t* models,
                                         int32_t model_count, const avocet_options_t* options,
                                         avocet_pipeline_t* pipeline) {
  avocet_source_t source = {.json = json, .folder = folder, .models = models, .model_count = model_count};
  return json ? create(AVOCET_TYPE_PIPELINE, &source, options, pipeline) : missing("json");
}

int32_t avocet_pipeline_apply(avocet_pipeline_t pipeline, const avocet_image_t* images, int32_t count,
                              const avocet_value_t** answer) {
  return apply_images(AVOCET_TYPE_PIPELINE, pipeline, images, count, NULL, answer);
}

int32_t avocet_pipeline_apply_values(avocet_pipeline_t pipeline, const avocet_value_t* inputs,
                                     const avocet_value_t** answer) {
  avocet_input_t input = {.values = inputs};
  return inputs ? apply(AVOCET_TYPE_PIPELINE, pipeline, &input, answer) : missing("inputs");
}

int32_t avocet_pipeline_apply_json(avocet_pipeline_t pipeline, const avocet_image_t* images, int32_t count,
                                   const char** json) {
  avocet_input_t input = {.images = images, .count = count, .form = AVOCET_FORM_JSON};
  return apply(AVOCET_TYPE_PIPELINE, pipeline, &input, json);
}

int32_t avocet_model_create_by_path(const char* path, avocet_model_t* model) {
  return create_by_path(AVOCET_TYPE_MODEL, path, NULL, model);
}

int32_t avocet_model_create(const void* data, size_t bytes, avocet_model_t* model) {
  avocet_source_t source = {.data = data, .bytes = (int64_t)bytes};
  return data ? create(AVOCET_TYPE_MODEL, &source, NULL, model) : missing("data");
}

int32_t avocet_model_destroy(avocet_model_t model) { return destroy(AVOCET_TYPE_MODEL, model); }

int32_t avocet_image_read(const char* path, const avocet_image_t** image) {
  if (!path || !image) return missing(path ? "image" : "path");
  return ask(AVOCET_ASK_READ_IMAGE, path, NULL, image);
}

int32_t avocet_image_decode(const void* data, size_t bytes, const avocet_image_t** image) {
  int64_t length = (int64_t)bytes;
  if (!data || !image) return missing(data ? "image" : "data");
  return ask(AVOCET_ASK_DECODE_IMAGE, data, &length, image);
}

int32_t avocet_image_write(const avocet_image_t* image, const char* path) {
  if (!path || !image) return missing(path ? "image" : "path");
  return ask(AVOCET_ASK_WRITE_IMAGE, image, path, NULL);
}

int32_t avocet_image_release(const avocet_image_t* image) { return release(AVOCET_TYPE_IMAGE, image); }

int32_t avocet_device_list(const avocet_devices_t** devices) {
  return devices ? ask(AVOCET_ASK_DEVICES, NULL, NULL, devices) : missing("devices");
}

int32_t avocet_device_release_list(const avocet_devices_t* devices) { return release(AVOCET_TYPE_DEVICES, devices); }

int32_t avocet_warmup(const void* handle) { return ask(AVOCET_ASK_WARMUP, handle, NULL, NULL); }

int32_t avocet_stats_json(const void* handle, const char** json) {
  return json ? ask(AVOCET_ASK_STATS, handle, NULL, json) : missing("json");
}

int32_t avocet_string_release(const char* text) { return release(AVOCET_TYPE_STRING, text); }

const char* avocet_version(void) { return AVOCET_VERSION; }

int32_t avocet_host_name(const char** name) {
  avocet_call_t call;
  if (!name) return missing("name");
  int32_t status = avocet_begin(&call);
  if (status != AVOCET_OK) return status;
  *name = call.host->name;
  return avocet_end(&call, AVOCET_OK);
}

int32_t avocet_live(int64_t* handles, int64_t* results) {
  int64_t live[2] = {0, 0};
  /* Where no host runs there is nothing; a child that was forked can neither ask nor give back its parent's. */
  int32_t status = avocet_running_host() ? ask(AVOCET_ASK_LIVE, NULL, live, NULL) : avocet_succeed();
  if (status != AVOCET_OK) return status;
  if (handles) *handles = live[0];
  if (results) *results = live[1];
  return AVOCET_OK;
}
