/* SPDX-License-Identifier: Apache-2.0 */
#include "examples.h"

#include <stdlib.h>
#include <string.h>

#include "answers.h"
#include "support.h"

static const char* model_path(char* path, const char* name) {
  return path_of(path, "%s/models/%s", getenv("AVOCET_EXPECTED"), name);
}

/* One task's calls: an answer is a list of entries for each picture. */
#define LIST_CALL(name, task, result, apply, write)                                      \
  static void name(const example_t* example, FILE* out[2]) {                             \
    char path[PATH_SIZE];                                                                \
    avocet_##task##_t handle = NULL;                                                     \
    const result* results = NULL;                                                        \
    ok(avocet_##task##_create_by_path(model_path(path, example->model), NULL, &handle)); \
    ok(apply(handle, example, &results));                                                \
    ok(avocet_##task##_destroy(handle));                                                 \
    for (int at = 0; at < 2; at++) {                                                     \
      for (int32_t i = 0; i < results[at].count; i++) {                                  \
        fprintf(out[at], "%d", i);                                                       \
        write(out[at], &results[at].items[i]);                                           \
        fputc('\n', out[at]);                                                            \
      }                                                                                  \
    }                                                                                    \
    ok(avocet_##task##_release_result(results));                                         \
  }

/* The same for a task whose answer is one thing a picture. */
#define ONE_CALL(name, task, result, write)                                              \
  static void name(const example_t* example, FILE* out[2]) {                             \
    char path[PATH_SIZE];                                                                \
    avocet_##task##_t handle = NULL;                                                     \
    const result* results = NULL;                                                        \
    ok(avocet_##task##_create_by_path(model_path(path, example->model), NULL, &handle)); \
    ok(avocet_##task##_apply(handle, example->images, 2, NULL, &results));               \
    ok(avocet_##task##_destroy(handle));                                                 \
    for (int at = 0; at < 2; at++) {                                                     \
      fputc('0', out[at]);                                                               \
      write(out[at], &results[at]);                                                      \
      fputc('\n', out[at]);                                                              \
    }                                                                                    \
    ok(avocet_##task##_release_result(results));                                         \
  }

#define CLASSIFY(handle, example, results) avocet_classifier_apply(handle, (example)->images, 2, NULL, results)
#define DETECT(handle, example, results) avocet_detector_apply(handle, (example)->images, 2, NULL, results)
#define DETECT_ROTATED(handle, example, results) \
  avocet_rotated_detector_apply(handle, (example)->images, 2, NULL, results)
#define FIND_POSE(handle, example, results) avocet_pose_detector_apply(handle, (example)->images, 2, NULL, results)
#define FIND_TEXT(handle, example, results) avocet_text_detector_apply(handle, (example)->images, 2, NULL, results)
#define READ_TEXT(handle, example, results) avocet_text_recognizer_apply(handle, (example)->images, 2, NULL, results)

/* Boxes and quads of both pictures follow each other. */
static int32_t in_boxes(avocet_pose_detector_t handle, const example_t* example, const avocet_poses_t** results) {
  avocet_rect_t boxes[2 * EXAMPLE_REGIONS];
  int32_t counts[2] = {example->regions, example->regions};
  memcpy(boxes, example->boxes, sizeof example->boxes);
  memcpy(boxes + example->regions, example->boxes, sizeof example->boxes);
  return avocet_pose_detector_apply_boxes(handle, example->images, 2, boxes, counts, NULL, results);
}

static int32_t in_quads(avocet_text_recognizer_t handle, const example_t* example, const avocet_texts_t** results) {
  avocet_quad_t quads[2 * EXAMPLE_REGIONS];
  int32_t counts[2] = {example->regions, example->regions};
  memcpy(quads, example->quads, sizeof example->quads);
  memcpy(quads + example->regions, example->quads, sizeof example->quads);
  return avocet_text_recognizer_apply_quads(handle, example->images, 2, quads, counts, NULL, results);
}

static int32_t in_clips(avocet_video_recognizer_t handle, const example_t* example,
                        const avocet_classifications_t** results) {
  avocet_clips_t clips[2] = {example->clips, example->clips};
  return avocet_video_recognizer_apply(handle, example->images, clips, 2, NULL, results);
}

LIST_CALL(classify, classifier, avocet_classifications_t, CLASSIFY, write_classification)
LIST_CALL(detect, detector, avocet_detections_t, DETECT, write_detection)
LIST_CALL(detect_rotated, rotated_detector, avocet_rotated_detections_t, DETECT_ROTATED, write_rotated)
LIST_CALL(find_pose, pose_detector, avocet_poses_t, FIND_POSE, write_pose)
LIST_CALL(find_pose_in_boxes, pose_detector, avocet_poses_t, in_boxes, write_pose)
LIST_CALL(find_text, text_detector, avocet_text_regions_t, FIND_TEXT, write_region)
LIST_CALL(read_text, text_recognizer, avocet_texts_t, READ_TEXT, write_text)
LIST_CALL(read_text_in_quads, text_recognizer, avocet_texts_t, in_quads, write_text)
LIST_CALL(recognize, video_recognizer, avocet_classifications_t, in_clips, write_classification)
ONE_CALL(segment, segmentor, avocet_segmentation_t, write_segmentation)
ONE_CALL(restore, restorer, avocet_image_t, write_picture)

static void track(const example_t* example, FILE* out[2]) {
  const avocet_tracked_poses_t* results = NULL;
  ok(avocet_pose_tracker_apply(example->tracker, example->states, example->images, NULL, 2, &results));
  for (int at = 0; at < 2; at++) {
    for (int32_t i = 0; i < results[at].count; i++) {
      fprintf(out[at], "%d", i);
      write_tracked(out[at], &results[at].items[i]);
      fputc('\n', out[at]);
    }
  }
  ok(avocet_pose_tracker_release_result(results));
}

void begin_videos(example_t* example) {
  char names[PATH_SIZE];
  char detector[PATH_SIZE];
  char pose[PATH_SIZE];
  path_of(names, "%s", example->model);
  char* comma = strchr(names, ',');
  assert_non_null(comma);
  *comma = '\0';
  end_videos(example);
  ok(avocet_pose_tracker_create_by_path(model_path(detector, names), model_path(pose, comma + 1), NULL,
                                        &example->tracker));
  for (int i = 0; i < 2; i++) {
    ok(avocet_pose_tracker_create_state(example->tracker, NULL, &example->states[i]));
  }
}

void end_videos(example_t* example) {
  if (example->tracker != NULL) {
    ok(avocet_pose_tracker_destroy_state(example->states[0]));
    /* The other state ends with the tracker. */
    ok(avocet_pose_tracker_destroy(example->tracker));
    example->tracker = NULL;
  }
}

/* Opens a pipeline by its path, or in the way that there is besides: from its text, or as a model. */
static avocet_pipeline_t open_pipeline(const char* name, int by_path) {
  char path[PATH_SIZE];
  char folder[PATH_SIZE];
  size_t bytes = 0;
  avocet_pipeline_t pipeline = NULL;
  model_path(path, name);
  if (by_path) {
    ok(avocet_pipeline_create_by_path(path, NULL, &pipeline));
  } else if (strstr(name, ".json") != NULL) {
    char* json = (char*)read_bytes(path, &bytes);
    ok(avocet_pipeline_create_from_json(json, model_path(folder, ""), NULL, 0, NULL, &pipeline));
    free(json);
  } else {
    avocet_model_t model = NULL;
    ok(avocet_model_create_by_path(path, &model));
    ok(avocet_pipeline_create(model, NULL, &pipeline));
    ok(avocet_model_destroy(model));
  }
  return pipeline;
}

/* Writes the answer as JSON of the one and as values of the other way to open. */
static void run(const example_t* example, FILE* out[2]) {
  for (int at = 0; at < 2; at++) {
    avocet_pipeline_t pipeline = open_pipeline(example->model, at == 0);
    const avocet_value_t* answer = NULL;
    const char* json = NULL;
    ok(avocet_pipeline_apply(pipeline, example->images, 1, &answer));
    ok(avocet_pipeline_apply_json(pipeline, example->images, 1, &json));
    ok(avocet_pipeline_destroy(pipeline));
    if (at == 0) {
      fputs(json, out[at]);
    } else {
      write_value(out[at], answer);
    }
    fputc('\n', out[at]);
    ok(avocet_string_release(json));
    ok(avocet_pipeline_release_result(answer));
  }
}

const kind_t KINDS[EXAMPLE_KINDS] = {
    {"classifier", classify},
    {"detector", detect},
    {"segmentor", segment},
    {"restorer", restore},
    {"rotated_detector", detect_rotated},
    {"pose_detector", find_pose},
    {"pose_detector_boxes", find_pose_in_boxes},
    {"pose_tracker", track},
    {"text_detector", find_text},
    {"text_recognizer", read_text},
    {"text_recognizer_quads", read_text_in_quads},
    {"video_recognizer", recognize},
    {"pipeline", run},
};
