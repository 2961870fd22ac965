/* SPDX-License-Identifier: Apache-2.0 */
#include "misuse.h"

#include <math.h>
#include <string.h>

/** What the headers name for an argument, and for more than that. */
enum {
  ARGUMENT = BIT(AVOCET_INVALID_ARG),
  RANGE = ARGUMENT | BIT(AVOCET_OUT_OF_RANGE),
  WISH = RANGE | BIT(AVOCET_NOT_SUPPORTED),
  FOUND = WISH | BIT(AVOCET_FILE_NOT_FOUND),
  /** Noise that a file holds may get as far as the engine, or be right. */
  NOISE = FOUND | BIT(AVOCET_FAIL) | BIT(AVOCET_OK)
};

const char BEFORE_CALL = 0;

static outcome_t outcome(int32_t status, uint32_t may, const void* out) {
  outcome_t made = {status, may, out};
  return made;
}

static outcome_t apply_handle(stock_t* stock) {
  int32_t task = below(&stock->random, TASK_COUNT);
  const void* out = BEFORE;
  int32_t status = TASKS[task].apply(wrong_handle(stock, task), stock->pictures, 1, NULL, &out);
  return outcome(status, ARGUMENT, out);
}

static outcome_t apply_images(stock_t* stock) {
  int32_t task = below(&stock->random, TASK_COUNT);
  int32_t count = 0;
  const void* out = BEFORE;
  const avocet_image_t* images = wrong_images(stock, &count);
  int32_t status = TASKS[task].apply(stock->live[task], images, count, NULL, &out);
  return outcome(status, WISH, out);
}

static outcome_t apply_count(stock_t* stock) {
  int32_t task = below(&stock->random, TASK_COUNT);
  const void* out = BEFORE;
  const avocet_image_t* images = stock->pictures;
  const int32_t counts[] = {0, -1, INT32_MIN, -1 - below(&stock->random, INT32_MAX)};
  int32_t count = counts[below(&stock->random, COUNT_OF(counts))];
  if (below(&stock->random, 3) == 0) {
    images = NULL;
    count = 1 + below(&stock->random, INT32_MAX);
  } else if (below(&stock->random, 3) == 0) {
    /* Never to be read but the first, which is wrong. */
    stock->images[0] = stock->pictures[0];
    spoil_image(&stock->random, &stock->images[0]);
    images = stock->images;
    count = INT32_MAX - below(&stock->random, 1000);
  }
  int32_t status = TASKS[task].apply(stock->live[task], images, count, NULL, &out);
  return outcome(status, WISH | BIT(AVOCET_OUT_OF_MEMORY), out);
}

static outcome_t apply_options(stock_t* stock) {
  /* The pipeline has none. */
  int32_t task = below(&stock->random, PIPELINE);
  const void* out = BEFORE;
  const avocet_call_options_t* options = wrong_call_options(stock);
  int32_t status = TASKS[task].apply(stock->live[task], stock->pictures, 1, options, &out);
  return outcome(status, RANGE, out);
}

static outcome_t apply_nowhere(stock_t* stock) {
  int32_t task = below(&stock->random, TASK_COUNT);
  return outcome(TASKS[task].apply(stock->live[task], stock->pictures, 1, NULL, NULL), ARGUMENT, BEFORE);
}

static outcome_t create_model(stock_t* stock) {
  int32_t task = below(&stock->random, TASK_COUNT);
  void* out = BEFORE;
  int32_t status = TASKS[task].create(wrong_handle(stock, MODEL), NULL, &out);
  return outcome(status, ARGUMENT, out);
}

/* The stock's model is a detector's. */
static outcome_t create_task(stock_t* stock) {
  const int32_t others[] = {CLASSIFIER,    SEGMENTOR,     RESTORER,        ROTATED_DETECTOR,
                            POSE_DETECTOR, TEXT_DETECTOR, TEXT_RECOGNIZER, VIDEO_RECOGNIZER};
  int32_t task = others[below(&stock->random, COUNT_OF(others))];
  void* out = BEFORE;
  int32_t status = TASKS[task].create(stock->live[MODEL], NULL, &out);
  return outcome(status, BIT(AVOCET_NOT_SUPPORTED), out);
}

static outcome_t create_options(stock_t* stock) {
  void* out = BEFORE;
  int32_t status = TASKS[DETECTOR].create(stock->live[MODEL], wrong_options(stock), &out);
  return outcome(status, WISH, out);
}

static outcome_t create_nowhere(stock_t* stock) {
  avocet_model_t model = stock->live[MODEL];
  switch (below(&stock->random, 4)) {
    case 0:
      return outcome(TASKS[DETECTOR].create(model, NULL, NULL), ARGUMENT, BEFORE);
    case 1:
      return outcome(avocet_model_create(stock->zip, stock->zip_bytes, NULL), ARGUMENT, BEFORE);
    case 2:
      return outcome(avocet_pose_tracker_create_state(stock->live[TRACKER], NULL, NULL), ARGUMENT, BEFORE);
    default:
      return outcome(avocet_pose_tracker_create(model, model, NULL, NULL), ARGUMENT, BEFORE);
  }
}

static outcome_t create_path(stock_t* stock) {
  int32_t task = below(&stock->random, TASK_COUNT + 1);
  void* out = BEFORE;
  const char* path = wrong_path(stock);
  if (task == TASK_COUNT) {
    avocet_model_t model = BEFORE;
    int32_t status = avocet_model_create_by_path(path, &model);
    return outcome(status, FOUND | BIT(AVOCET_FAIL), model);
  }
  int32_t status = TASKS[task].create_by_path(path, NULL, &out);
  return outcome(status, FOUND | BIT(AVOCET_FAIL), out);
}

static outcome_t create_bytes(stock_t* stock) {
  size_t bytes = 0;
  avocet_model_t model = BEFORE;
  const void* data = wrong_bytes(stock, &bytes);
  int32_t status = avocet_model_create(data, bytes, &model);
  if (status != AVOCET_OK) {
    return outcome(status, NOISE, model);
  }
  /* What was struck were bytes that nobody reads, or weights. */
  avocet_classifier_t classifier = NULL;
  const avocet_classifications_t* results = NULL;
  if (avocet_classifier_create(model, NULL, &classifier) == AVOCET_OK) {
    if (avocet_classifier_apply(classifier, stock->pictures, 1, NULL, &results) == AVOCET_OK) {
      avocet_classifier_release_result(results);
    }
    avocet_classifier_destroy(classifier);
  }
  return outcome(avocet_model_destroy(model), BIT(AVOCET_OK), BEFORE);
}

static outcome_t create_json(stock_t* stock) {
  avocet_pipeline_t pipeline = BEFORE;
  avocet_named_model_t models[2] = {{"nothing", wrong_handle(stock, MODEL)}, {NULL, stock->live[MODEL]}};
  const char* right =
      "{\"type\":\"Pipeline\",\"input\":\"img\",\"output\":\"x\",\"tasks\":[{\"type\":\"Inference\",\"input\":\"img\","
      "\"output\":\"x\",\"params\":{\"model\":\"nothing\"}}]}";
  int32_t status = AVOCET_OK;
  switch (below(&stock->random, 4)) {
    case 0:
      status = avocet_pipeline_create_from_json(right, NULL, models, 1 + below(&stock->random, 2), NULL, &pipeline);
      break;
    case 1:
      status = avocet_pipeline_create_from_json(right, NULL, NULL, 1 + below(&stock->random, 100), NULL, &pipeline);
      break;
    case 2:
      status = avocet_pipeline_create_from_json(right, NULL, models, -1 - below(&stock->random, 100), NULL, &pipeline);
      break;
    default:
      status = avocet_pipeline_create_from_json(wrong_json(stock), NULL, NULL, 0, NULL, &pipeline);
  }
  return outcome(status, FOUND, pipeline);
}

static outcome_t release_wrong(stock_t* stock) {
  int32_t kind = below(&stock->random, RESULT_COUNT);
  const void* results = wrong_result(stock, kind);
  switch (kind) {
    case TRACKED:
      return outcome(avocet_pose_tracker_release_result(results), ARGUMENT, BEFORE);
    case TEXT:
      return outcome(avocet_string_release(results), ARGUMENT, BEFORE);
    case PICTURE:
      return outcome(avocet_image_release(results), ARGUMENT, BEFORE);
    case DEVICES:
      return outcome(avocet_device_release_list(results), ARGUMENT, BEFORE);
    default:
      return outcome(TASKS[kind].release(results), ARGUMENT, BEFORE);
  }
}

static outcome_t destroy_wrong(stock_t* stock) {
  int32_t kind = below(&stock->random, KIND_COUNT);
  void* handle = wrong_handle(stock, kind);
  switch (kind) {
    case MODEL:
      return outcome(avocet_model_destroy(handle), ARGUMENT, BEFORE);
    case TRACKER:
      return outcome(avocet_pose_tracker_destroy(handle), ARGUMENT, BEFORE);
    case STATE:
      return outcome(avocet_pose_tracker_destroy_state(handle), ARGUMENT, BEFORE);
    default:
      return outcome(TASKS[kind].destroy(handle), ARGUMENT, BEFORE);
  }
}

/* Any task's handle is right for these, so only what is none. */
static outcome_t ask_wrong(stock_t* stock) {
  const char* json = BEFORE;
  void* const wrong[] = {NULL, stock->live[MODEL], stock->live[STATE], stock->stale[DETECTOR], stock,
                         (void*)(uintptr_t)next(&stock->random)};
  void* handle = wrong[below(&stock->random, COUNT_OF(wrong))];
  switch (below(&stock->random, 3)) {
    case 0:
      return outcome(avocet_warmup(handle), ARGUMENT, BEFORE);
    case 1:
      return outcome(avocet_stats_json(stock->live[DETECTOR], NULL), ARGUMENT, BEFORE);
    default:
      return outcome(avocet_stats_json(handle, &json), ARGUMENT, json);
  }
}

static outcome_t wrap_wrong(stock_t* stock) {
  random_t* random = &stock->random;
  avocet_image_t image;
  memset(&image, 0, sizeof image);
  const void* pixels = stock->pictures[0].planes[0].data;
  int32_t status = AVOCET_OK;
  switch (below(random, 5)) {
    case 0:
      status = avocet_image_wrap(NULL, AVOCET_BGR, 1, 1, pixels, 0);
      break;
    case 1:
      status = avocet_image_wrap(&image, wrong_number(random, 10), 2, 2, pixels, 0);
      break;
    case 2:
      status = avocet_image_wrap(&image, below(random, 10), -below(random, 100), 1 + below(random, 100), pixels, 0);
      break;
    case 3:
      status = avocet_image_wrap(&image, below(random, 10), 2, 2, NULL, 0);
      break;
    default:
      status = avocet_image_wrap(&image, below(random, 10), 64, 2, pixels, wrong_number(random, 64) % 64);
      /* 0 and what is positive and long enough is right. */
      return outcome(status, ARGUMENT | BIT(AVOCET_OK), BEFORE);
  }
  return outcome(status, RANGE, BEFORE);
}

static outcome_t picture_wrong(stock_t* stock) {
  const avocet_image_t* image = BEFORE;
  size_t bytes = 0;
  int32_t count = 0;
  char path[PATH_SIZE];
  switch (below(&stock->random, 6)) {
    case 0: {
      int32_t status = avocet_image_read(wrong_path(stock), &image);
      return outcome(status, FOUND | BIT(AVOCET_FAIL), image);
    }
    case 1: {
      const void* data = wrong_bytes(stock, &bytes);
      int32_t status = avocet_image_decode(data, bytes, &image);
      return outcome(status, WISH, image);
    }
    case 2:
      return outcome(avocet_image_decode(stock->zip, stock->zip_bytes, NULL), ARGUMENT, BEFORE);
    case 3:
      return outcome(avocet_image_write(stock->pictures, wrong_path(stock)), FOUND | BIT(AVOCET_FAIL), BEFORE);
    case 4:
      path_of(path, "%s/nothing/of/the/kind.png", shared_folder());
      return outcome(avocet_image_write(stock->pictures, path), FOUND | BIT(AVOCET_FAIL), BEFORE);
    default: {
      stock->images[0] = stock->pictures[0];
      spoil_image(&stock->random, &stock->images[0]);
      const avocet_image_t* wrong = below(&stock->random, 5) == 0 ? NULL : wrong_images(stock, &count);
      if (wrong != NULL && count > 1) {
        spoil_image(&stock->random, &stock->images[0]);
      }
      return outcome(avocet_image_write(wrong, "/dev/null/x.png"), FOUND | BIT(AVOCET_FAIL), BEFORE);
    }
  }
}

static outcome_t nowhere(stock_t* stock) {
  switch (below(&stock->random, 7)) {
    case 0:
      return outcome(avocet_options_init(NULL), ARGUMENT, BEFORE);
    case 1:
      return outcome(avocet_call_options_init(NULL), ARGUMENT, BEFORE);
    case 2:
      return outcome(avocet_tracker_params_init(NULL), ARGUMENT, BEFORE);
    case 3:
      return outcome(avocet_device_list(NULL), ARGUMENT, BEFORE);
    case 4:
      return outcome(avocet_host_name(NULL), ARGUMENT, BEFORE);
    case 5:
      return outcome(avocet_pipeline_apply_json(stock->live[PIPELINE], stock->pictures, 1, NULL), ARGUMENT, BEFORE);
    default:
      return outcome(avocet_set_log(NULL, NULL, wrong_number(&stock->random, 6)), ARGUMENT, BEFORE);
  }
}

static outcome_t pipeline_values(stock_t* stock) {
  const avocet_value_t* out = BEFORE;
  int32_t status = AVOCET_OK;
  if (below(&stock->random, 8) == 0) {
    avocet_pipeline_t handle = wrong_handle(stock, PIPELINE);
    const char* json = BEFORE;
    status = avocet_pipeline_apply_json(handle, stock->pictures, 1, &json);
    return outcome(status, ARGUMENT, json);
  }
  status = avocet_pipeline_apply_values(stock->live[PIPELINE], wrong_values(stock), &out);
  return outcome(status, WISH, out);
}

static outcome_t pose_boxes(stock_t* stock) {
  random_t* random = &stock->random;
  const float wrong[] = {NAN, INFINITY, -INFINITY};
  const avocet_poses_t* out = BEFORE;
  avocet_rect_t boxes[2] = {{1, 1, 20, 20}, {5, 5, 30, 30}};
  int32_t counts[2] = {1, 1};
  const avocet_rect_t* given = boxes;
  const int32_t* given_counts = counts;
  switch (below(random, 4)) {
    case 0:
      *(below(random, 2) == 0 ? &boxes[1].left : &boxes[0].bottom) = wrong[below(random, 3)];
      break;
    case 1:
      counts[below(random, 2)] = -1 - below(random, INT32_MAX);
      break;
    case 2:
      given = NULL;
      break;
    default:
      given_counts = NULL;
  }
  int32_t status = avocet_pose_detector_apply_boxes(stock->live[POSE_DETECTOR], stock->pictures, 2, given, given_counts,
                                                    NULL, &out);
  return outcome(status, RANGE, out);
}

static outcome_t text_quads(stock_t* stock) {
  random_t* random = &stock->random;
  const float wrong[] = {NAN, INFINITY, -INFINITY};
  const avocet_texts_t* out = BEFORE;
  avocet_quad_t quads[2] = {{{{1, 1}, {20, 1}, {20, 9}, {1, 9}}}, {{{5, 5}, {50, 5}, {50, 20}, {5, 20}}}};
  int32_t counts[2] = {1, 1};
  const avocet_quad_t* given = quads;
  const int32_t* given_counts = counts;
  switch (below(random, 4)) {
    case 0:
      quads[below(random, 2)].corners[below(random, 4)].x = wrong[below(random, 3)];
      break;
    case 1:
      counts[below(random, 2)] = -1 - below(random, INT32_MAX);
      break;
    case 2:
      given = NULL;
      break;
    default:
      given_counts = NULL;
  }
  int32_t status = avocet_text_recognizer_apply_quads(stock->live[TEXT_RECOGNIZER], stock->pictures, 2, given,
                                                      given_counts, NULL, &out);
  return outcome(status, RANGE, out);
}

static outcome_t video_clips(stock_t* stock) {
  random_t* random = &stock->random;
  const avocet_classifications_t* out = BEFORE;
  avocet_clips_t clips[2] = {{1, 2}, {1, 2}};
  const avocet_clips_t* given = clips;
  const avocet_image_t* frames = stock->pictures;
  int32_t wrong = below(random, 2);
  switch (below(random, 5)) {
    case 0:
      clips[wrong].clip_length = -below(random, INT32_MAX);
      break;
    case 1:
      clips[wrong].clip_count = -below(random, INT32_MAX);
      break;
    case 2:
      given = NULL;
      break;
    case 3:
      frames = NULL;
      break;
    default:
      /* More frames than a number can say. */
      clips[wrong].clip_count = INT32_MAX;
      clips[wrong].clip_length = INT32_MAX - below(random, 100);
      stock->images[0] = stock->pictures[0];
      spoil_image(random, &stock->images[0]);
      frames = stock->images;
  }
  int32_t status = avocet_video_recognizer_apply(stock->live[VIDEO_RECOGNIZER], frames, given, 2, NULL, &out);
  return outcome(status, WISH | BIT(AVOCET_OUT_OF_MEMORY), out);
}

static outcome_t track(stock_t* stock) {
  random_t* random = &stock->random;
  const avocet_tracked_poses_t* out = BEFORE;
  avocet_pose_tracker_state_t states[2] = {stock->live[STATE], stock->live[STATE]};
  const avocet_pose_tracker_state_t* given = states;
  avocet_pose_tracker_t tracker = stock->live[TRACKER];
  const avocet_image_t* frames = stock->pictures;
  int32_t modes[2] = {AVOCET_DETECT_AUTO, AVOCET_DETECT_NEVER};
  int32_t count = 1;
  int32_t images = 0;
  switch (below(random, 7)) {
    case 0:
      tracker = wrong_handle(stock, TRACKER);
      break;
    case 1:
      states[0] = wrong_handle(stock, STATE);
      break;
    case 2:
      /* One state twice. */
      count = 2;
      break;
    case 3:
      modes[0] = 2 + below(random, 1000);
      break;
    case 4:
      given = NULL;
      break;
    case 5:
      count = -below(random, INT32_MAX);
      break;
    default:
      frames = below(random, 4) == 0 ? NULL : wrong_images(stock, &images);
      if (images > 1) {
        stock->images[0].planes[0].data = NULL;
      }
  }
  int32_t status = avocet_pose_tracker_apply(tracker, given, frames, modes, count, &out);
  return outcome(status, WISH, out);
}

static outcome_t track_state(stock_t* stock) {
  avocet_pose_tracker_state_t state = BEFORE;
  if (below(&stock->random, 3) == 0) {
    int32_t status = avocet_pose_tracker_create_state(wrong_handle(stock, TRACKER), NULL, &state);
    return outcome(status, ARGUMENT, state);
  }
  int32_t status = avocet_pose_tracker_create_state(stock->live[TRACKER], wrong_params(stock), &state);
  return outcome(status, ARGUMENT, state);
}

const wrong_t WRONG[] = {
    {"apply of a wrong handle", apply_handle, 12},
    {"apply to wrong pictures", apply_images, 18},
    {"apply to a wrong number of pictures", apply_count, 5},
    {"apply with wrong options", apply_options, 6},
    {"apply without a place for the answer", apply_nowhere, 2},
    {"create of a wrong model", create_model, 4},
    {"create of another task's model", create_task, 2},
    {"create with wrong options", create_options, 2},
    {"create without a place for the handle", create_nowhere, 2},
    {"create by a wrong path", create_path, 4},
    {"create of wrong bytes", create_bytes, 2},
    {"create of wrong JSON", create_json, 4},
    {"release of what is no such result", release_wrong, 10},
    {"destroy of what is no such handle", destroy_wrong, 6},
    {"question about a wrong handle", ask_wrong, 3},
    {"wrap of a wrong picture", wrap_wrong, 3},
    {"wrong picture file", picture_wrong, 2},
    {"no place to write to", nowhere, 2},
    {"wrong values", pipeline_values, 4},
    {"wrong boxes", pose_boxes, 2},
    {"wrong quads", text_quads, 2},
    {"wrong clips", video_clips, 1},
    {"wrong frames", track, 1},
    {"wrong state", track_state, 1},
};

