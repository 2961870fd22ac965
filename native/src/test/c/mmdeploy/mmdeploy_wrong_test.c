/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Random calls of every function, most of them wrong, from several threads on what they share: none may crash, hang or
 * leave anything behind. AVOCET_MISUSE_SEED and AVOCET_MISUSE_CALLS (of each thread) repeat or extend a run.
 */
#include <assert.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <mmdeploy/classifier.h>
#include <mmdeploy/detector.h>
#include <mmdeploy/pipeline.h>
#include <mmdeploy/pose_detector.h>
#include <mmdeploy/pose_tracker.h>
#include <mmdeploy/restorer.h>
#include <mmdeploy/rotated_detector.h>
#include <mmdeploy/segmentor.h>
#include <mmdeploy/text_recognizer.h>
#include <mmdeploy/video_recognizer.h>

#include "helpers.h"
#include "support.h"

enum { THREADS = 3, STOCK = 48, MATS = 3, OUTS = 3 };

/* Handles and answers, good, stale and foreign, that all threads use and replace. */
static _Atomic(void*) stock[STOCK];
static char model_paths[TASK_COUNT][PATH_SIZE];
static uint8_t pixels[64 * 64 * 4];

static _Thread_local random_t dice;
/* Where out parameters go, told apart from what a call leaves alone. */
static _Thread_local void* outs[OUTS];
static _Thread_local int outs_used;
static _Thread_local mmdeploy_mat_t mats[MATS];

static int one_in(int n) { return below(&dice, n) == 0; }

static void* any(void) {
  switch (below(&dice, 24)) {
    case 0:
      return NULL;
    case 1:
      return pixels;
    case 2:
      return (void*)(uintptr_t)next(&dice);
    case 3:
      /* Almost a handle. */
      return (void*)((uintptr_t)atomic_load(&stock[below(&dice, STOCK)]) ^ ((uintptr_t)1 << below(&dice, 64)));
    default:
      return atomic_load(&stock[below(&dice, STOCK)]);
  }
}

static void* out(void) { return one_in(30) || outs_used == OUTS ? NULL : &outs[outs_used++]; }

static int count(void) { return one_in(8) ? -1 - below(&dice, 5) : below(&dice, MATS + 1); }

static const mmdeploy_mat_t* pictures(void) {
  static const int sizes[][2] = {{64, 64}, {32, 48}, {1, 1}, {2, 2}, {0, 5}, {-3, 7}, {16, 0},
                                 {0x7fffffff, 0x7fffffff}};
  for (int i = 0; i < MATS; i++) {
    const int* size = sizes[one_in(4) ? below(&dice, COUNT_OF(sizes)) : below(&dice, 2)];
    mats[i].data = one_in(20) ? NULL : pixels;
    mats[i].width = size[0];
    mats[i].height = size[1];
    mats[i].channel = below(&dice, 9);
    mats[i].format = (mmdeploy_pixel_format_t)(one_in(20) ? below(&dice, 99) - 9 : below(&dice, 6));
    mats[i].type = (mmdeploy_data_type_t)(one_in(20) ? below(&dice, 6) : 2);
    mats[i].device = one_in(20) ? any() : NULL;
  }
  return one_in(20) ? NULL : mats;
}

static const char* device(void) {
  static const char* const names[] = {"cpu", "cpu", "cpu", "cpu", "cuda", "", "gpu\xff", NULL};
  return names[below(&dice, COUNT_OF(names))];
}

static const char* path(void) {
  switch (below(&dice, 6)) {
    case 0:
      return NULL;
    case 1:
      return "/there/is/none";
    default:
      return model_paths[below(&dice, TASK_COUNT)];
  }
}

static const char* json(void) {
  static const char* const texts[] = {
      "null", "[[{\"ori_img\":null}]]", "[[],[]]", "[]", "{", "[[1,2],[3]]",
      "{\"input\":\"img\",\"type\":\"Pipeline\"}",
      "{\"type\":\"Pipeline\",\"input\":\"img\",\"output\":\"x\",\"tasks\":[{\"type\":\"Inference\",\"input\":\"img\","
      "\"output\":\"x\",\"params\":{\"model\":\"a\"}}]}",
      "[[[{\"label_id\":1,\"score\":0.5,\"bbox\":[1,2,3,4]}]]]", "[[{\"text\":\"a\",\"score\":[1]}]]",
      "[[{\"key_points\":[{\"bbox\":[1,2],\"score\":1e300}]}]]", "[[{\"detections\":[{}]}]]",
      "[[[{\"label_id\":1e300,\"score\":1}]]]", NULL};
  return texts[below(&dice, COUNT_OF(texts))];
}

static const char* name(void) {
  static const char* const names[] = {"a", "b", "detection", "", NULL};
  return names[below(&dice, COUNT_OF(names))];
}

static const mmdeploy_rect_t* boxes(void) {
  static const mmdeploy_rect_t all[9] = {{0, 0, 9, 9},   {5, 5, 1, 1}, {-9, -9, 99, 99}, {1e30f, 0, 2e30f, 4},
                                         {1, 1, 31, 31}, {2, 2, 3, 3}, {4, 4, 44, 44},   {0, 0, 63, 63}};
  return one_in(10) ? NULL : all;
}

static const mmdeploy_text_detection_t* quads(void) {
  static const mmdeploy_text_detection_t all[9] = {{{{0, 0}, {9, 0}, {9, 9}, {0, 9}}, 1},
                                                   {{{5, 5}, {5, 5}, {5, 5}, {5, 5}}, 1},
                                                   {{{-1e9f, 0}, {1e9f, 0}, {0, 0}, {0, 9}}, 1}};
  return one_in(10) ? NULL : all;
}

static const int* counts(void) {
  static _Thread_local int all[MATS];
  for (int i = 0; i < MATS; i++) {
    all[i] = one_in(10) ? -1 : below(&dice, 4);
  }
  return one_in(10) ? NULL : all;
}

static const mmdeploy_video_sample_info_t* clips(void) {
  static _Thread_local mmdeploy_video_sample_info_t all[MATS];
  for (int i = 0; i < MATS; i++) {
    all[i].clip_len = one_in(9) ? 0x7fffffff : one_in(9) ? -1 : 1;
    all[i].num_clips = one_in(9) ? 0x7fffffff : one_in(9) ? 0 : 1;
  }
  return one_in(20) ? NULL : all;
}

static void* array(void) {
  static _Thread_local void* all[MATS];
  for (int i = 0; i < MATS; i++) {
    all[i] = any();
  }
  return one_in(20) ? NULL : all;
}

static const mmdeploy_pose_tracker_param_t* params(void) {
  static _Thread_local mmdeploy_pose_tracker_param_t all;
  mmdeploy_pose_tracker_default_params(&all);
  if (one_in(3)) {
    /* The two before and the two behind the address of the sigmas. */
    ((int32_t*)&all)[one_in(2) ? below(&dice, 11) : 15 + below(&dice, 8)] = (int32_t)next(&dice);
  }
  return one_in(5) ? NULL : &all;
}

/* Functions that are called back, from any thread. */

static mmdeploy_value_t handed_on(mmdeploy_value_t v, void* context) {
  (void)context;
  return v;
}

static mmdeploy_value_t lost(mmdeploy_value_t v, void* context) {
  mmdeploy_value_destroy(v);
  return context;
}

static mmdeploy_then_fn_t then_fn(void) {
  switch (below(&dice, 5)) {
    case 0:
      return NULL;
    case 1:
      return lost;
    default:
      return handed_on;
  }
}

static mmdeploy_sender_t again(mmdeploy_value_t v, void* context) {
  return context == NULL ? mmdeploy_executor_just(v) : context;
}

static mmdeploy_let_value_fn_t let_fn(void) { return one_in(8) ? NULL : again; }

static int found(mmdeploy_text_detection_t* results, int* numbers, void* context, mmdeploy_sender_t* output) {
  mmdeploy_text_detector_release_result(results, numbers, 1);
  *output = context;
  return context == pixels ? 77 : 0;
}

static int read_line(mmdeploy_text_recognition_t* results, void* context, mmdeploy_sender_t* output) {
  mmdeploy_text_recognizer_release_result(results, 1);
  *output = context;
  return context == pixels ? -1 : 0;
}

static void nothing(void* context) { (void)context; }

/*
 * X(function, parameters): all functions with random parameters; H: those that return a handle. TASK's are those that
 * all tasks have.
 */
#define TASK(X, t)                                                            \
  X(mmdeploy_##t##_create, any(), device(), below(&dice, 3) - 1, out())       \
  X(mmdeploy_##t##_create_by_path, path(), device(), 0, out())                \
  X(mmdeploy_##t##_destroy, any())                                            \
  X(mmdeploy_##t##_create_v2, any(), any(), out())                            \
  X(mmdeploy_##t##_apply_v2, any(), any(), out())

#define PICTURES(X, t)                                       \
  X(mmdeploy_##t##_create_input, pictures(), count(), out()) \
  X(mmdeploy_##t##_apply_async, any(), any(), out())

#define COUNTED(X, t)                                                 \
  TASK(X, t)                                                          \
  PICTURES(X, t)                                                      \
  X(mmdeploy_##t##_apply, any(), pictures(), count(), out(), out())   \
  X(mmdeploy_##t##_get_result, any(), out(), out())

#define SINGLE(X, t)                                           \
  TASK(X, t)                                                   \
  X(mmdeploy_##t##_apply, any(), pictures(), count(), out())   \
  X(mmdeploy_##t##_get_result, any(), out())                   \
  X(mmdeploy_##t##_release_result, any(), count())

#define ALL(X, H)                                                                                                 \
  H(mmdeploy_value_copy, any())                                                                                \
  X(mmdeploy_value_destroy, any())                                                                             \
  X(mmdeploy_device_create, device(), below(&dice, 3) - 1, out())                                              \
  X(mmdeploy_device_destroy, any())                                                                            \
  X(mmdeploy_profiler_create, one_in(9) ? NULL : "/dev/null", out())                                           \
  X(mmdeploy_profiler_destroy, any())                                                                          \
  X(mmdeploy_context_create, out())                                                                            \
  X(mmdeploy_context_create_by_device, device(), 0, out())                                                     \
  X(mmdeploy_context_destroy, any())                                                                           \
  X(mmdeploy_context_add, any(), (mmdeploy_context_type_t)(below(&dice, 9) - 1), name(), any())                \
  X(mmdeploy_common_create_input, pictures(), count(), out())                                                  \
  X(mmdeploy_value_create_from_json, json(), out())                                                            \
  X(mmdeploy_value_json, any())                                                                                \
  X(mmdeploy_last_error, )                                                                                     \
  X(mmdeploy_model_create_by_path, path(), out())                                                              \
  X(mmdeploy_model_create, one_in(3) ? NULL : pixels, below(&dice, (int)sizeof pixels) - 9, out())             \
  X(mmdeploy_model_destroy, any())                                                                             \
  H(mmdeploy_executor_inline, )                                                                                \
  H(mmdeploy_executor_system_pool, )                                                                           \
  H(mmdeploy_executor_create_thread_pool, one_in(3) ? 99999 : below(&dice, 4))                                 \
  H(mmdeploy_executor_create_thread, )                                                                         \
  H(mmdeploy_executor_dynamic_batch, any(), below(&dice, 6) - 1, below(&dice, 200))                            \
  X(mmdeploy_scheduler_destroy, any())                                                                         \
  H(mmdeploy_sender_copy, any())                                                                               \
  X(mmdeploy_sender_destroy, any())                                                                            \
  H(mmdeploy_executor_just, any())                                                                             \
  H(mmdeploy_executor_schedule, any())                                                                         \
  H(mmdeploy_executor_transfer_just, any(), any())                                                             \
  H(mmdeploy_executor_transfer, any(), any())                                                                  \
  H(mmdeploy_executor_on, any(), any())                                                                        \
  H(mmdeploy_executor_then, any(), then_fn(), any())                                                           \
  H(mmdeploy_executor_let_value, any(), let_fn(), one_in(2) ? any() : NULL)                                    \
  H(mmdeploy_executor_split, any())                                                                            \
  H(mmdeploy_executor_when_all, array(), count())                                                              \
  H(mmdeploy_executor_ensure_started, any())                                                                   \
  X(mmdeploy_executor_start_detached, any())                                                                   \
  H(mmdeploy_executor_sync_wait, any())                                                                        \
  X(mmdeploy_executor_sync_wait_v2, any(), out())                                                              \
  X(mmdeploy_executor_execute, any(), one_in(9) ? NULL : nothing, any())                                       \
  X(mmdeploy_pipeline_create_v3, any(), any(), out())                                                          \
  X(mmdeploy_pipeline_create_from_model, any(), any(), out())                                                  \
  X(mmdeploy_pipeline_apply, any(), any(), out())                                                              \
  X(mmdeploy_pipeline_apply_async, any(), any(), out())                                                        \
  X(mmdeploy_pipeline_destroy, any())                                                                          \
  COUNTED(X, classifier)                                                                                       \
  X(mmdeploy_classifier_release_result, any(), any(), count())                                                 \
  COUNTED(X, detector)                                                                                         \
  X(mmdeploy_detector_release_result, any(), any(), count())                                                   \
  COUNTED(X, rotated_detector)                                                                                 \
  X(mmdeploy_rotated_detector_release_result, any(), any())                                                    \
  COUNTED(X, text_detector)                                                                                    \
  X(mmdeploy_text_detector_release_result, any(), any(), count())                                              \
  X(mmdeploy_text_detector_apply_async_v3, any(), pictures(), count(), out())                                  \
  X(mmdeploy_text_detector_continue_async, any(), one_in(9) ? NULL : found, any(), out())                      \
  SINGLE(X, segmentor)                                                                                         \
  PICTURES(X, segmentor)                                                                                       \
  SINGLE(X, restorer)                                                                                          \
  PICTURES(X, restorer)                                                                                        \
  SINGLE(X, pose_detector)                                                                                     \
  X(mmdeploy_pose_detector_create_input, pictures(), count(), boxes(), counts(), out())                        \
  X(mmdeploy_pose_detector_apply_bbox, any(), pictures(), count(), boxes(), counts(), out())                   \
  X(mmdeploy_pose_detector_apply_async, any(), any(), out())                                                   \
  SINGLE(X, text_recognizer)                                                                                   \
  X(mmdeploy_text_recognizer_create_input, pictures(), count(), quads(), counts(), out())                      \
  X(mmdeploy_text_recognizer_apply_bbox, any(), pictures(), count(), quads(), counts(), out())                 \
  X(mmdeploy_text_recognizer_apply_async, any(), any(), out())                                                 \
  X(mmdeploy_text_recognizer_apply_async_v3, any(), pictures(), count(), quads(), counts(), out())             \
  X(mmdeploy_text_recognizer_continue_async, any(), one_in(9) ? NULL : read_line, any(), out())                \
  TASK(X, video_recognizer)                                                                                    \
  X(mmdeploy_video_recognizer_create_input, pictures(), clips(), count(), out())                               \
  X(mmdeploy_video_recognizer_apply, any(), pictures(), clips(), count(), out(), out())                        \
  X(mmdeploy_video_recognizer_get_result, any(), out(), out())                                                 \
  X(mmdeploy_video_recognizer_release_result, any(), any(), count())                                           \
  X(mmdeploy_pose_tracker_default_params, NULL)                                                                \
  X(mmdeploy_pose_tracker_create, any(), any(), any(), out())                                                  \
  X(mmdeploy_pose_tracker_destroy, any())                                                                      \
  X(mmdeploy_pose_tracker_create_state, any(), params(), out())                                                \
  X(mmdeploy_pose_tracker_destroy_state, any())                                                                \
  X(mmdeploy_pose_tracker_apply, any(), array(), pictures(), one_in(3) ? NULL : counts(), count(), out(), out()) \
  X(mmdeploy_pose_tracker_release_result, any(), any(), count())

/* Frees whatever a pointer is: all but one of these are wrong. */
static void forget(void* thing) {
  mmdeploy_value_destroy(thing);
  mmdeploy_sender_destroy(thing);
  mmdeploy_scheduler_destroy(thing);
  mmdeploy_context_destroy(thing);
  mmdeploy_device_destroy(thing);
  mmdeploy_profiler_destroy(thing);
  mmdeploy_model_destroy(thing);
  mmdeploy_pipeline_destroy(thing);
  mmdeploy_pose_tracker_destroy_state(thing);
  mmdeploy_pose_tracker_destroy(thing);
  mmdeploy_classifier_release_result(thing, NULL, 1);
  mmdeploy_detector_release_result(thing, NULL, 1);
  mmdeploy_segmentor_release_result(thing, 1);
  mmdeploy_restorer_release_result(thing, 1);
  mmdeploy_rotated_detector_release_result(thing, NULL);
  mmdeploy_pose_detector_release_result(thing, 1);
  mmdeploy_text_detector_release_result(thing, NULL, 1);
  mmdeploy_text_recognizer_release_result(thing, 1);
  mmdeploy_video_recognizer_release_result(thing, NULL, 1);
  mmdeploy_pose_tracker_release_result(thing, NULL, 1);
}

static void keep(void* thing) { forget(atomic_exchange(&stock[below(&dice, STOCK)], thing)); }

#define CALL(function, ...) \
  static void call_##function(void) { function(__VA_ARGS__); }

#define CALL_FOR_HANDLE(function, ...) \
  static void call_##function(void) { keep(function(__VA_ARGS__)); }

ALL(CALL, CALL_FOR_HANDLE)

#define ENTRY(function, ...) {#function, call_##function},

static const struct {
  const char* name;
  void (*call)(void);
} FUNCTIONS[] = {ALL(ENTRY, ENTRY)};

static uint64_t seed;
static int calls;

static void call_at_random(int32_t number, void* done) {
  dice.state = seed + (uint64_t)number;
  for (int i = 0; i < calls; i++) {
    outs_used = 0;
    memset(outs, 0, sizeof outs);
    int function = below(&dice, COUNT_OF(FUNCTIONS));
    FUNCTIONS[function].call();
    atomic_fetch_add(&((atomic_int*)done)[function], 1);
    for (int j = 0; j < outs_used; j++) {
      keep(outs[j]);
    }
  }
}

static void should_survive_random_calls(void** state) {
  (void)state;
  static atomic_int done[COUNT_OF(FUNCTIONS)];
  in_threads(THREADS, call_at_random, done);
  for (int i = 0; i < COUNT_OF(FUNCTIONS); i++) {
    if (done[i] == 0) {
      fail_msg("%s was not called", FUNCTIONS[i].name);
    }
  }
  for (int i = 0; i < STOCK; i++) {
    forget(atomic_exchange(&stock[i], NULL));
  }
  expect_nothing_live();
}

static void should_refuse_null_everywhere(void** state) {
  (void)state;
  /* With an empty stock, no device and so on: the dice say NULL for everything that may be NULL often enough. */
  for (int i = 0; i < 20 * COUNT_OF(FUNCTIONS); i++) {
    outs_used = OUTS;
    FUNCTIONS[i % COUNT_OF(FUNCTIONS)].call();
  }
  for (int i = 0; i < STOCK; i++) {
    forget(atomic_exchange(&stock[i], NULL));
  }
  expect_nothing_live();
}

/* MMDeploy's functions and the three of avocet_extensions.h: the list is complete where it has as many. */
static_assert(COUNT_OF(FUNCTIONS) == 143 + 3, "functions");

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(should_refuse_null_everywhere),
      cmocka_unit_test(should_survive_random_calls),
  };
  const char* given = getenv("AVOCET_MISUSE_SEED");
  seed = given == NULL ? (uint64_t)time(NULL) : strtoull(given, NULL, 10);
  given = getenv("AVOCET_MISUSE_CALLS");
  calls = given == NULL ? 12000 : atoi(given);
  begin();
  printf("AVOCET_MISUSE_SEED=%llu AVOCET_MISUSE_CALLS=%d\n", (unsigned long long)seed, calls);
  for (int i = 0; i < TASK_COUNT; i++) {
    path_of(model_paths[i], "%s/%s", shared_folder(), TASKS[i].model);
  }
  dice.state = seed;
  return cmocka_run_group_tests(tests, NULL, NULL);
}
