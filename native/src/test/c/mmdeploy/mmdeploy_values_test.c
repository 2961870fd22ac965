/* SPDX-License-Identifier: Apache-2.0 */
/* Handles on values, senders and schedulers; contexts, batches, profiles and pipelines. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

static mmdeploy_model_t small_model(int task) {
  char path[PATH_SIZE];
  mmdeploy_model_t model = NULL;
  gives(0, mmdeploy_model_create_by_path(path_of(path, "%s/%s", shared_folder(), TASKS[task].model), &model));
  return model;
}

static mmdeploy_mat_t mats[3];

static int make_mats(void** state) {
  (void)state;
  mats[0] = make_mat(64, 48);
  mats[1] = make_mat(40, 60);
  mats[2] = make_mat(64, 48);
  return 0;
}

static int free_mats(void** state) {
  (void)state;
  for (int i = 0; i < 3; i++) {
    free(mats[i].data);
  }
  return 0;
}

/* The profile of the handle that batches, and how often that has run. */
static mmdeploy_profiler_t profiler;
static char profile[] = "/tmp/batches-XXXXXX";

static int runs_in_profile(void) {
  char line[256];
  char address[32];
  int runs = 0;
  mmdeploy_profiler_destroy(profiler);
  FILE* file = fopen(profile, "r");
  assert_non_null(file);
  while (fgets(line, sizeof line, file) != NULL) {
    int type = -1;
    if (sscanf(line, "Classifier %31s", address) != 1 && sscanf(line, "%*s %d", &type) == 1 && type == 0) {
      runs += strncmp(line, address, strlen(address)) == 0 && line[strlen(address)] == ' ';
    }
  }
  fclose(file);
  unlink(profile);
  return runs;
}

/*
 * The life of a task by values and senders: all ways give one answer. SAME compares results a and b of n samples. INPUT
 * makes the input. RESULTS, COUNTS: how get_result and release_result take them.
 */
#define WAYS(task, number, result, input, get, release, same)                             \
  static void should_give_one_answer_in_all_ways_as_##task(void** state) {                \
    (void)state;                                                                          \
    mmdeploy_model_t model = small_model(number);                                         \
    mmdeploy_##task##_t handle = NULL;                                                    \
    gives(0, mmdeploy_##task##_create_v2(model, NULL, &handle));                          \
    mmdeploy_model_destroy(model);                                                        \
    mmdeploy_value_t in = NULL;                                                           \
    gives(0, input);                                                                      \
    mmdeploy_value_t out[4] = {NULL, NULL, NULL, NULL};                                   \
    gives(0, mmdeploy_##task##_apply_v2(handle, in, &out[0]));                            \
    gives(0, mmdeploy_pipeline_apply((mmdeploy_pipeline_t)(void*)handle, in, &out[1]));   \
    mmdeploy_sender_t sent = NULL;                                                        \
    gives(0, ASYNC_##task(handle, mmdeploy_executor_just(in), &sent));                    \
    out[2] = mmdeploy_executor_sync_wait(sent);                                           \
    mmdeploy_scheduler_t pool = mmdeploy_executor_create_thread_pool(2);                  \
    gives(0, ASYNC_##task(handle, mmdeploy_executor_transfer_just(pool, in), &sent));     \
    gives(0, mmdeploy_executor_sync_wait_v2(sent, &out[3]));                              \
    mmdeploy_value_destroy(in);                                                           \
    result* a = NULL;                                                                     \
    int* na = NULL;                                                                       \
    (void)na;                                                                             \
    gives(0, get(out[0], a, na));                                                         \
    for (int way = 0; way < 4; way++) {                                                   \
      mmdeploy_value_t copy = mmdeploy_value_copy(out[way]);                              \
      mmdeploy_value_destroy(out[way]);                                                   \
      result* b = NULL;                                                                   \
      int* nb = NULL;                                                                     \
      (void)nb;                                                                           \
      gives(0, get(copy, b, nb));                                                         \
      mmdeploy_value_destroy(copy);                                                       \
      same;                                                                               \
      release(b, nb);                                                                     \
    }                                                                                     \
    release(a, na);                                                                       \
    gives(0, mmdeploy_scheduler_destroy(pool));                                           \
    mmdeploy_##task##_destroy(handle);                                                    \
    gives(MMDEPLOY_E_INVALID_ARG, mmdeploy_##task##_apply_v2(handle, NULL, &out[0]));     \
  }

#define ASYNC_classifier mmdeploy_classifier_apply_async
#define ASYNC_detector mmdeploy_detector_apply_async
#define ASYNC_segmentor mmdeploy_segmentor_apply_async
#define ASYNC_restorer mmdeploy_restorer_apply_async
#define ASYNC_rotated_detector mmdeploy_rotated_detector_apply_async
#define ASYNC_pose_detector mmdeploy_pose_detector_apply_async
#define ASYNC_text_detector mmdeploy_text_detector_apply_async
#define ASYNC_text_recognizer mmdeploy_text_recognizer_apply_async
#define ASYNC_video_recognizer(handle, input, output) \
  mmdeploy_pipeline_apply_async((mmdeploy_pipeline_t)(void*)(handle), input, output)

static void same_bytes(const void* a, const void* b, size_t bytes) { assert_memory_equal(a, b, bytes); }

static void same_counted(const void* a, const int* na, const void* b, const int* nb, int samples, size_t size) {
  int total = 0;
  for (int i = 0; i < samples; i++) {
    assert_int_equal(na[i], nb[i]);
    total += na[i];
  }
  same_bytes(a, b, (size_t)total * size);
}

static void same_detections(const mmdeploy_detection_t* a, const int* na, const mmdeploy_detection_t* b,
                            const int* nb) {
  same_counted(&na[0], na, &nb[0], nb, 0, 0);
  for (int i = 0; i < na[0] + na[1] + na[2]; i++) {
    same_bytes(&a[i], &b[i], offsetof(mmdeploy_detection_t, mask));
  }
}

static void same_maps(const mmdeploy_segmentation_t* a, const mmdeploy_segmentation_t* b) {
  for (int i = 0; i < 3; i++) {
    assert_int_equal(mats[i].width, a[i].width);
    assert_int_equal(mats[i].height, a[i].height);
    same_bytes(a[i].mask, b[i].mask, sizeof(int) * (size_t)(a[i].width * a[i].height));
  }
}

static void same_pictures(const mmdeploy_mat_t* a, const mmdeploy_mat_t* b) {
  for (int i = 0; i < 3; i++) {
    same_bytes(a[i].data, b[i].data, (size_t)(a[i].width * a[i].height * a[i].channel));
  }
}

static void same_poses(const mmdeploy_pose_detection_t* a, const mmdeploy_pose_detection_t* b) {
  for (int i = 0; i < 3; i++) {
    assert_int_equal(a[i].length, b[i].length);
    same_bytes(a[i].point, b[i].point, sizeof *a->point * (size_t)a[i].length);
    same_bytes(a[i].score, b[i].score, sizeof *a->score * (size_t)a[i].length);
  }
}

static void same_texts(const mmdeploy_text_recognition_t* a, const mmdeploy_text_recognition_t* b, int count) {
  for (int i = 0; i < count; i++) {
    assert_string_equal(a[i].text, b[i].text);
    assert_int_equal(a[i].length, b[i].length);
    same_bytes(a[i].score, b[i].score, sizeof *a->score * (size_t)a[i].length);
  }
}

static const mmdeploy_rect_t boxes[3] = {{2, 3, 30, 40}, {0, 0, 63, 47}, {5, 5, 35, 55}};
static const int box_counts[3] = {2, 1, 0};
static const mmdeploy_text_detection_t quads[3] = {{{{2, 2}, {50, 2}, {50, 20}, {2, 20}}, 1},
                                                   {{{5, 5}, {35, 5}, {35, 25}, {5, 25}}, 1},
                                                   {{{1, 9}, {35, 5}, {35, 25}, {5, 25}}, 1}};
static const int quad_counts[3] = {0, 2, 1};
static const mmdeploy_video_sample_info_t clips[2] = {{1, 1}, {1, 1}};

#define GET(task) get_##task
#define get_classifier(v, r, n) mmdeploy_classifier_get_result(v, &r, &n)
#define get_detector(v, r, n) mmdeploy_detector_get_result(v, &r, &n)
#define get_rotated(v, r, n) mmdeploy_rotated_detector_get_result(v, &r, &n)
#define get_text_detector(v, r, n) mmdeploy_text_detector_get_result(v, &r, &n)
#define get_video(v, r, n) mmdeploy_video_recognizer_get_result(v, &r, &n)
#define get_segmentor(v, r, n) mmdeploy_segmentor_get_result(v, &r)
#define get_restorer(v, r, n) mmdeploy_restorer_get_result(v, &r)
#define get_pose(v, r, n) mmdeploy_pose_detector_get_result(v, &r)
#define get_text(v, r, n) mmdeploy_text_recognizer_get_result(v, &r)
#define free_classifier(r, n) mmdeploy_classifier_release_result(r, n, 3)
#define free_detector(r, n) mmdeploy_detector_release_result(r, n, 3)
#define free_rotated(r, n) mmdeploy_rotated_detector_release_result(r, n)
#define free_text_detector(r, n) mmdeploy_text_detector_release_result(r, n, 12345)
#define free_video(r, n) mmdeploy_video_recognizer_release_result(r, n, 2)
#define free_segmentor(r, n) mmdeploy_segmentor_release_result(r, 3)
#define free_restorer(r, n) mmdeploy_restorer_release_result(r, 3)
#define free_pose(r, n) mmdeploy_pose_detector_release_result(r, 3)
#define free_text(r, n) mmdeploy_text_recognizer_release_result(r, 3)

WAYS(classifier, CLASSIFIER, mmdeploy_classification_t, mmdeploy_classifier_create_input(mats, 3, &in), get_classifier,
     free_classifier, same_counted(a, na, b, nb, 3, sizeof *a))
WAYS(detector, DETECTOR, mmdeploy_detection_t, mmdeploy_detector_create_input(mats, 3, &in), get_detector,
     free_detector, same_detections(a, na, b, nb))
WAYS(rotated_detector, ROTATED_DETECTOR, mmdeploy_rotated_detection_t,
     mmdeploy_rotated_detector_create_input(mats, 3, &in), get_rotated, free_rotated,
     same_counted(a, na, b, nb, 3, sizeof *a))
WAYS(text_detector, TEXT_DETECTOR, mmdeploy_text_detection_t, mmdeploy_text_detector_create_input(mats, 3, &in),
     get_text_detector, free_text_detector, same_counted(a, na, b, nb, 3, sizeof *a))
WAYS(segmentor, SEGMENTOR, mmdeploy_segmentation_t, mmdeploy_segmentor_create_input(mats, 3, &in), get_segmentor,
     free_segmentor, same_maps(a, b))
WAYS(restorer, RESTORER, mmdeploy_mat_t, mmdeploy_restorer_create_input(mats, 3, &in), get_restorer, free_restorer,
     same_pictures(a, b))
WAYS(pose_detector, POSE_DETECTOR, mmdeploy_pose_detection_t,
     mmdeploy_pose_detector_create_input(mats, 3, boxes, box_counts, &in), get_pose, free_pose, same_poses(a, b))
WAYS(text_recognizer, TEXT_RECOGNIZER, mmdeploy_text_recognition_t,
     mmdeploy_text_recognizer_create_input(mats, 3, quads, quad_counts, &in), get_text, free_text,
     same_texts(a, b, 3))
WAYS(video_recognizer, VIDEO_RECOGNIZER, mmdeploy_video_recognition_t,
     mmdeploy_video_recognizer_create_input(mats, clips, 2, &in), get_video, free_video,
     same_counted(a, na, b, nb, 2, sizeof *a))

static void should_answer_nothing_when_there_are_no_pictures(void** state) {
  (void)state;
  mmdeploy_model_t model = small_model(POSE_DETECTOR);
  mmdeploy_pose_detector_t pose = NULL;
  gives(0, mmdeploy_pose_detector_create(model, "cpu", 0, &pose));
  const int none[3] = {0, 0, 0};
  mmdeploy_pose_detection_t* poses = NULL;
  gives(0, mmdeploy_pose_detector_apply_bbox(pose, mats, 3, boxes, none, &poses));
  assert_non_null(poses);
  mmdeploy_pose_detector_release_result(poses, 0);
  gives(0, mmdeploy_pose_detector_apply(pose, NULL, 0, &poses));
  mmdeploy_pose_detector_release_result(poses, 0);
  mmdeploy_pose_detector_destroy(pose);
  mmdeploy_model_destroy(model);
  model = small_model(CLASSIFIER);
  mmdeploy_classifier_t classifier = NULL;
  gives(0, mmdeploy_classifier_create(model, "cpu", 0, &classifier));
  mmdeploy_classification_t* labels = NULL;
  int* counts = NULL;
  gives(0, mmdeploy_classifier_apply(classifier, NULL, 0, &labels, &counts));
  assert_non_null(labels);
  assert_non_null(counts);
  mmdeploy_classifier_release_result(labels, counts, 0);
  mmdeploy_classifier_destroy(classifier);
  mmdeploy_model_destroy(model);
}

static void should_refuse_pictures_that_cannot_be(void** state) {
  (void)state;
  mmdeploy_model_t model = small_model(CLASSIFIER);
  mmdeploy_classifier_t handle = NULL;
  gives(0, mmdeploy_classifier_create(model, "cpu", 0, &handle));
  mmdeploy_device_t device = NULL;
  gives(0, mmdeploy_device_create("cpu", 0, &device));
  mmdeploy_mat_t wrong[12];
  for (int i = 0; i < 12; i++) {
    wrong[i] = mats[0];
  }
  wrong[0].data = NULL;
  wrong[1].type = MMDEPLOY_DATA_TYPE_FLOAT;
  wrong[2].type = (mmdeploy_data_type_t)77;
  wrong[3].format = MMDEPLOY_PIXEL_FORMAT_COUNT;
  wrong[4].format = (mmdeploy_pixel_format_t)-5;
  wrong[5].width = 0;
  wrong[6].height = -1;
  wrong[7].width = 0x7fffffff;
  wrong[7].height = 0x7fffffff;
  wrong[8].width = 0x7fffffff;
  wrong[9].format = MMDEPLOY_PIXEL_FORMAT_NV12;
  wrong[9].width = 31;
  wrong[9].height = 31;
  wrong[10].device = (mmdeploy_device_t)(void*)&wrong;
  wrong[11].device = (mmdeploy_device_t)(void*)handle;
  mmdeploy_classification_t* labels = (void*)0x1;
  int* counts = (void*)0x2;
  mmdeploy_value_t input = (void*)0x3;
  for (int i = 0; i < 12; i++) {
    gives(MMDEPLOY_E_INVALID_ARG, mmdeploy_classifier_apply(handle, &wrong[i], 1, &labels, &counts));
    gives(MMDEPLOY_E_INVALID_ARG, mmdeploy_common_create_input(&wrong[i], 1, &input));
  }
  gives(MMDEPLOY_E_INVALID_ARG, mmdeploy_classifier_apply(handle, mats, -1, &labels, &counts));
  gives(MMDEPLOY_E_INVALID_ARG, mmdeploy_classifier_apply(handle, mats, 0x7fffffff, &labels, &counts));
  gives(MMDEPLOY_E_INVALID_ARG, mmdeploy_classifier_apply(handle, NULL, 1, &labels, &counts));
  assert_ptr_equal((void*)0x1, labels);
  assert_ptr_equal((void*)0x2, counts);
  assert_ptr_equal((void*)0x3, input);
  mmdeploy_mat_t here = mats[0];
  here.device = device;
  gives(0, mmdeploy_common_create_input(&here, 1, &input));
  mmdeploy_value_destroy(input);
  mmdeploy_device_destroy(device);
  gives(MMDEPLOY_E_INVALID_ARG, mmdeploy_common_create_input(&here, 1, &input));
  mmdeploy_classifier_destroy(handle);
  mmdeploy_model_destroy(model);
}

static void should_take_all_formats(void** state) {
  (void)state;
  mmdeploy_model_t model = small_model(CLASSIFIER);
  mmdeploy_classifier_t handle = NULL;
  gives(0, mmdeploy_classifier_create(model, "cpu", 0, &handle));
  uint8_t* gray = calloc(64 * 64, 4);
  memset(gray, 128, 64 * 64 * 4);
  float first = -1;
  for (int format = 0; format < MMDEPLOY_PIXEL_FORMAT_COUNT; format++) {
    /* The number of channels is wrong on purpose. */
    mmdeploy_mat_t mat = {gray, 64, 64, 17, (mmdeploy_pixel_format_t)format, MMDEPLOY_DATA_TYPE_UINT8, NULL};
    mmdeploy_classification_t* labels = NULL;
    int* counts = NULL;
    gives(0, mmdeploy_classifier_apply(handle, &mat, 1, &labels, &counts));
    first = first < 0 ? labels[0].score : first;
    assert_float_equal(first, labels[0].score, 0.01f);
    mmdeploy_classifier_release_result(labels, counts, 1);
  }
  free(gray);
  mmdeploy_classifier_destroy(handle);
  mmdeploy_model_destroy(model);
}

/* A classifier that batches on a pool. */
static mmdeploy_classifier_t batching(int most, int timeout_us, mmdeploy_scheduler_t place) {
  mmdeploy_context_t context = NULL;
  gives(0, mmdeploy_context_create_by_device("cpu", 0, &context));
  strcpy(profile, "/tmp/batches-XXXXXX");
  close(mkstemp(profile));
  gives(0, mmdeploy_profiler_create(profile, &profiler));
  gives(0, mmdeploy_context_add(context, MMDEPLOY_TYPE_PROFILER, NULL, profiler));
  mmdeploy_scheduler_t batch = mmdeploy_executor_dynamic_batch(place, most, timeout_us);
  assert_non_null(batch);
  /* The one that batches is taken, whatever its name. */
  gives(0, mmdeploy_context_add(context, MMDEPLOY_TYPE_SCHEDULER, "a", place));
  gives(0, mmdeploy_context_add(context, MMDEPLOY_TYPE_SCHEDULER, "b", batch));
  gives(0, mmdeploy_scheduler_destroy(batch));
  gives(0, mmdeploy_scheduler_destroy(place));
  mmdeploy_model_t model = small_model(CLASSIFIER);
  mmdeploy_classifier_t handle = NULL;
  gives(0, mmdeploy_classifier_create_v2(model, context, &handle));
  mmdeploy_context_destroy(context);
  mmdeploy_model_destroy(model);
  return handle;
}

static mmdeploy_sender_t begun(mmdeploy_classifier_t handle, const mmdeploy_mat_t* pictures, int count) {
  mmdeploy_value_t in = NULL;
  mmdeploy_sender_t sent = NULL;
  gives(0, mmdeploy_classifier_create_input(pictures, count, &in));
  gives(0, mmdeploy_classifier_apply_async(handle, mmdeploy_executor_just(in), &sent));
  mmdeploy_value_destroy(in);
  return mmdeploy_executor_ensure_started(sent);
}

static void expect_labels(mmdeploy_sender_t sent, int samples) {
  mmdeploy_value_t out = NULL;
  mmdeploy_classification_t* labels = NULL;
  int* counts = NULL;
  gives(0, mmdeploy_executor_sync_wait_v2(sent, &out));
  gives(0, mmdeploy_classifier_get_result(out, &labels, &counts));
  for (int i = 0; i < samples; i++) {
    assert_true(counts[i] > 0);
  }
  mmdeploy_classifier_release_result(labels, counts, samples);
  /* No more samples than were given. */
  int lists = 0;
  for (const char* c = mmdeploy_value_json(out); *c != '\0'; c++) {
    lists += *c == '[';
  }
  assert_int_equal(2 + samples, lists);
  mmdeploy_value_destroy(out);
}

static void should_run_together_when_the_batch_is_full(void** state) {
  (void)state;
  mmdeploy_classifier_t handle = batching(4, -1, mmdeploy_executor_create_thread_pool(2));
  mmdeploy_sender_t sent[3] = {begun(handle, mats, 1), begun(handle, mats, 1), begun(handle, mats, 2)};
  expect_labels(sent[2], 2);
  expect_labels(sent[0], 1);
  expect_labels(sent[1], 1);
  assert_int_equal(1, runs_in_profile());
  mmdeploy_classifier_destroy(handle);
  handle = batching(4, -1, mmdeploy_executor_create_thread_pool(2));
  /* What does not fit goes into the next one; what is larger runs by itself. */
  mmdeploy_sender_t more[3] = {begun(handle, mats, 3), begun(handle, mats, 2), begun(handle, mats, 3)};
  expect_labels(more[0], 3);
  expect_labels(more[1], 2);
  mmdeploy_classifier_destroy(handle);
  expect_labels(more[2], 3);
  assert_int_equal(3, runs_in_profile());
}

static void should_run_when_the_time_is_over(void** state) {
  (void)state;
  for (int on_inline = 0; on_inline < 2; on_inline++) {
    mmdeploy_classifier_t handle =
        batching(100, 60000, on_inline ? mmdeploy_executor_inline() : mmdeploy_executor_system_pool());
    double start = now_ms();
    mmdeploy_sender_t sent[2] = {begun(handle, mats, 1), begun(handle, mats, 1)};
    expect_labels(sent[0], 1);
    expect_labels(sent[1], 1);
    assert_true(now_ms() - start >= 59);
    assert_int_equal(1, runs_in_profile());
    mmdeploy_classifier_destroy(handle);
  }
}

static void should_give_each_call_its_own_failure(void** state) {
  (void)state;
  mmdeploy_classifier_t handle = batching(3, -1, mmdeploy_executor_create_thread());
  mmdeploy_value_t wrong = value("[[{\"ori_img\":null}]]");
  mmdeploy_sender_t bad = NULL;
  gives(0, mmdeploy_classifier_apply_async(handle, mmdeploy_executor_just(wrong), &bad));
  mmdeploy_value_destroy(wrong);
  mmdeploy_sender_t sent[3] = {begun(handle, mats, 1), mmdeploy_executor_ensure_started(bad), begun(handle, mats, 1)};
  expect_labels(sent[0], 1);
  expect_labels(sent[2], 1);
  gives(MMDEPLOY_E_FAIL, mmdeploy_executor_sync_wait_v2(sent[1], NULL));
  mmdeploy_classifier_destroy(handle);
  /* Together in vain, then one after the other; runs that fail are not noted. */
  assert_int_equal(2, runs_in_profile());
}

static void should_run_what_is_gathered_when_the_handle_is_destroyed(void** state) {
  (void)state;
  mmdeploy_classifier_t handle = batching(100, -1, mmdeploy_executor_create_thread());
  mmdeploy_sender_t waiting = begun(handle, mats, 2);
  mmdeploy_value_t in = NULL;
  mmdeploy_sender_t late = NULL;
  gives(0, mmdeploy_classifier_create_input(mats, 1, &in));
  gives(0, mmdeploy_classifier_apply_async(handle, mmdeploy_executor_just(in), &late));
  mmdeploy_value_destroy(in);
  mmdeploy_classifier_destroy(handle);
  expect_labels(waiting, 2);
  /* One that was not started has nothing to run on any more. */
  assert_int_not_equal(0, mmdeploy_executor_sync_wait_v2(late, NULL));
  assert_int_equal(1, runs_in_profile());
}

static void* classify(void* handle) {
  for (int i = 0; i < 20; i++) {
    mmdeploy_classification_t* labels = NULL;
    int* counts = NULL;
    if (mmdeploy_classifier_apply(handle, mats, 1 + i % 3, &labels, &counts) != 0) {
      return handle;
    }
    mmdeploy_classifier_release_result(labels, counts, 1 + i % 3);
  }
  return NULL;
}

static void should_serve_many_threads_on_one_handle(void** state) {
  (void)state;
  mmdeploy_classifier_t handle = batching(8, 2000, mmdeploy_executor_create_thread_pool(2));
  pthread_t threads[6];
  for (int i = 0; i < 6; i++) {
    pthread_create(&threads[i], NULL, classify, handle);
  }
  for (int i = 0; i < 6; i++) {
    void* failed = NULL;
    pthread_join(threads[i], &failed);
    assert_null(failed);
  }
  mmdeploy_classifier_destroy(handle);
  assert_in_range(runs_in_profile(), 1, 119);
}

/* Text detectors and recognizers one after the other, as senders. */

typedef struct reading_t {
  mmdeploy_text_recognizer_t recognizer;
  int found;
  int read;
} reading_t;

static mmdeploy_value_t release_then(mmdeploy_value_t v, void* results) {
  mmdeploy_text_recognizer_release_result(results, 0);
  return v;
}

static int go_on_after_reading(mmdeploy_text_recognition_t* results, void* context, mmdeploy_sender_t* output) {
  reading_t* reading = context;
  reading->read = results->text != NULL;
  *output = mmdeploy_executor_then(mmdeploy_executor_just(NULL), release_then, results);
  return MMDEPLOY_SUCCESS;
}

static int go_on_after_finding(mmdeploy_text_detection_t* results, int* counts, void* context,
                               mmdeploy_sender_t* output) {
  reading_t* reading = context;
  reading->found = counts[0];
  mmdeploy_text_detector_release_result(results, counts, 1);
  mmdeploy_sender_t reads = NULL;
  int status = mmdeploy_text_recognizer_apply_async_v3(reading->recognizer, mats, 1, quads, quad_counts + 2, &reads);
  return status != 0 ? status : mmdeploy_text_recognizer_continue_async(reads, go_on_after_reading, context, output);
}

static int refuse(mmdeploy_text_detection_t* results, int* counts, void* context, mmdeploy_sender_t* output) {
  (void)context;
  (void)output;
  mmdeploy_text_detector_release_result(results, counts, 1);
  return MMDEPLOY_E_OUT_OF_RANGE;
}

static int add_nothing(mmdeploy_text_detection_t* results, int* counts, void* context, mmdeploy_sender_t* output) {
  (void)context;
  (void)output;
  mmdeploy_text_detector_release_result(results, counts, 1);
  return MMDEPLOY_SUCCESS;
}

static void should_go_on_from_texts_found_to_texts_read(void** state) {
  (void)state;
  mmdeploy_model_t detection = small_model(TEXT_DETECTOR);
  mmdeploy_model_t recognition = small_model(TEXT_RECOGNIZER);
  mmdeploy_text_detector_t detector = NULL;
  reading_t reading = {NULL, -1, 0};
  gives(0, mmdeploy_text_detector_create(detection, "cpu", 0, &detector));
  gives(0, mmdeploy_text_recognizer_create(recognition, "cpu", 0, &reading.recognizer));
  mmdeploy_sender_t found = NULL;
  mmdeploy_sender_t done = NULL;
  gives(0, mmdeploy_text_detector_apply_async_v3(detector, mats, 1, &found));
  gives(0, mmdeploy_text_detector_continue_async(found, go_on_after_finding, &reading, &done));
  gives(0, mmdeploy_executor_sync_wait_v2(done, NULL));
  assert_true(reading.found >= 0);
  assert_true(reading.read);
  gives(0, mmdeploy_text_detector_apply_async_v3(detector, mats, 1, &found));
  gives(0, mmdeploy_text_detector_continue_async(found, refuse, NULL, &done));
  gives(MMDEPLOY_E_OUT_OF_RANGE, mmdeploy_executor_sync_wait_v2(done, NULL));
  gives(0, mmdeploy_text_detector_apply_async_v3(detector, mats, 1, &found));
  gives(MMDEPLOY_E_INVALID_ARG, mmdeploy_text_detector_continue_async(found, NULL, NULL, &done));
  gives(0, mmdeploy_text_detector_continue_async(found, add_nothing, NULL, &done));
  expect_json(mmdeploy_executor_sync_wait(done), "null");
  /* A sender of something else. */
  gives(0, mmdeploy_text_detector_continue_async(mmdeploy_executor_just(NULL), refuse, NULL, &done));
  gives(MMDEPLOY_E_FAIL, mmdeploy_executor_sync_wait_v2(done, NULL));
  mmdeploy_text_detector_destroy(detector);
  mmdeploy_text_recognizer_destroy(reading.recognizer);
  mmdeploy_model_destroy(detection);
  mmdeploy_model_destroy(recognition);
}

static void should_open_handles_as_their_context_says(void** state) {
  (void)state;
  mmdeploy_context_t context = NULL;
  mmdeploy_device_t device = NULL;
  gives(MMDEPLOY_E_INVALID_ARG, mmdeploy_device_create("no_such_device", 0, &device));
  gives(MMDEPLOY_E_INVALID_ARG, mmdeploy_device_create("cuda", -1, &device));
  gives(MMDEPLOY_E_INVALID_ARG, mmdeploy_context_create_by_device("tpu", 0, &context));
  gives(0, mmdeploy_context_create(&context));
  gives(0, mmdeploy_device_create("cuda", 31, &device));
  gives(0, mmdeploy_context_add(context, MMDEPLOY_TYPE_DEVICE, NULL, device));
  mmdeploy_model_t model = small_model(CLASSIFIER);
  mmdeploy_classifier_t handle = NULL;
  /* No machine of the tests has so many. */
  assert_int_not_equal(0, mmdeploy_classifier_create_v2(model, context, &handle));
  assert_int_not_equal(0, mmdeploy_classifier_create(model, "cuda", 31, &handle));
  gives(MMDEPLOY_E_INVALID_ARG, mmdeploy_classifier_create(model, "no_such_device", 0, &handle));
  gives(MMDEPLOY_E_INVALID_ARG, mmdeploy_context_add(context, MMDEPLOY_TYPE_MODEL, NULL, model));
  gives(MMDEPLOY_E_INVALID_ARG, mmdeploy_context_add(context, MMDEPLOY_TYPE_MODEL, "m", context));
  gives(MMDEPLOY_E_INVALID_ARG, mmdeploy_context_add(context, MMDEPLOY_TYPE_PROFILER, NULL, device));
  gives(MMDEPLOY_E_NOT_SUPPORTED, mmdeploy_context_add(context, MMDEPLOY_TYPE_STREAM, "s", device));
  gives(MMDEPLOY_E_NOT_SUPPORTED, mmdeploy_context_add(context, MMDEPLOY_TYPE_MAT, "s", device));
  gives(MMDEPLOY_E_NOT_SUPPORTED, mmdeploy_context_add(context, (mmdeploy_context_type_t)99, "s", device));
  mmdeploy_device_destroy(device);
  gives(MMDEPLOY_E_INVALID_ARG, mmdeploy_context_add(context, MMDEPLOY_TYPE_DEVICE, NULL, device));
  assert_null(handle);
  mmdeploy_context_destroy(context);
  gives(MMDEPLOY_E_INVALID_ARG, mmdeploy_classifier_create_v2(model, context, &handle));
  mmdeploy_detector_t detector = NULL;
  gives(MMDEPLOY_E_NOT_SUPPORTED, mmdeploy_detector_create(model, "cpu", 0, &detector));
  mmdeploy_model_destroy(model);
  gives(MMDEPLOY_E_INVALID_ARG, mmdeploy_classifier_create(model, "cpu", 0, &handle));
  gives(MMDEPLOY_E_FAIL, mmdeploy_classifier_create_by_path("/there/is/none", "cpu", 0, &handle));
  gives(MMDEPLOY_E_FAIL, mmdeploy_model_create_by_path("/there/is/none", &model));
  gives(MMDEPLOY_E_FAIL, mmdeploy_model_create(NULL, 0, &model));
  mmdeploy_model_destroy(model);
}

static void should_read_a_model_in_memory(void** state) {
  (void)state;
  if (getenv("AVOCET_SMALL_ZIP") == NULL) {
    skip();
  }
  size_t bytes = 0;
  uint8_t* zip = read_bytes(getenv("AVOCET_SMALL_ZIP"), &bytes);
  mmdeploy_model_t model = NULL;
  gives(0, mmdeploy_model_create(zip, (int)bytes, &model));
  memset(zip, 0, bytes);
  mmdeploy_classifier_t handle = NULL;
  gives(0, mmdeploy_classifier_create(model, "cpu", 0, &handle));
  assert_null(classify(handle));
  mmdeploy_classifier_destroy(handle);
  mmdeploy_model_destroy(model);
  assert_int_not_equal(0, mmdeploy_model_create(zip, (int)bytes, &model));
  free(zip);
}

static void should_write_a_profile_that_adds_up(void** state) {
  (void)state;
  char path[] = "/tmp/profile-XXXXXX";
  close(mkstemp(path));
  mmdeploy_context_t context = NULL;
  gives(0, mmdeploy_profiler_create(path, &profiler));
  gives(0, mmdeploy_context_create(&context));
  gives(0, mmdeploy_context_add(context, MMDEPLOY_TYPE_PROFILER, NULL, profiler));
  mmdeploy_model_t model = small_model(CLASSIFIER);
  mmdeploy_classifier_t handles[2] = {NULL, NULL};
  gives(0, mmdeploy_classifier_create_v2(model, context, &handles[0]));
  gives(0, mmdeploy_classifier_create_v2(model, context, &handles[1]));
  mmdeploy_model_destroy(model);
  mmdeploy_context_destroy(context);
  assert_null(classify(handles[0]));
  mmdeploy_classifier_destroy(handles[0]);
  assert_null(classify(handles[1]));
  mmdeploy_profiler_destroy(profiler);
  mmdeploy_profiler_destroy(profiler);
  /* It goes on without one. */
  assert_null(classify(handles[1]));
  mmdeploy_classifier_destroy(handles[1]);

  FILE* file = fopen(path, "r");
  char line[256];
  char root[32];
  int scopes = 0;
  int children = 0;
  while (fgets(line, sizeof line, file) != NULL && strcmp(line, "----\n") != 0) {
    char name[64];
    char address[32];
    assert_int_equal(2, sscanf(line, "%63s %31s", name, address));
    if (scopes++ == 0) {
      assert_string_equal(".", name);
      strcpy(root, address);
    }
    for (const char* c = strchr(line, 'x') + 1; (c = strstr(c, " 0x")) != NULL; c++) {
      children++;
    }
  }
  /* Two classifiers, each with its stages; every scope but the root is somebody's child. */
  assert_true(scopes >= 7);
  assert_int_equal(scopes - 1, children);
  long last = 0;
  int open = 0;
  int starts = 0;
  while (fgets(line, sizeof line, file) != NULL) {
    char address[32];
    int type = -1;
    int index = -1;
    long time = -1;
    assert_int_equal(4, sscanf(line, "%31s %d %d %ld", address, &type, &index, &time));
    assert_in_range(index, 0, 19);
    assert_true(time >= last);
    last = time;
    open += type == 0 ? 1 : -1;
    starts += type == 0;
    assert_true(open >= 0);
  }
  assert_int_equal(0, open);
  assert_true(starts >= 40);
  fclose(file);
  unlink(path);
  gives(0, mmdeploy_profiler_create("/there/is/no/folder/profile", &profiler));
  mmdeploy_profiler_destroy(profiler);
  assert_non_null(strstr(mmdeploy_last_error(), "/there/is/no/folder/profile"));
}

static const char* const CONFIG =
    "{\"type\":\"Pipeline\",\"input\":\"img\",\"output\":[\"dets\"],\"tasks\":["
    "{\"type\":\"Inference\",\"input\":\"img\",\"output\":\"dets\",\"params\":{\"model\":\"finder\"}}]}";

static void should_run_pipelines_of_json(void** state) {
  (void)state;
  mmdeploy_context_t context = NULL;
  mmdeploy_pipeline_t pipeline = NULL;
  mmdeploy_value_t config = value(CONFIG);
  mmdeploy_model_t model = small_model(DETECTOR);
  gives(0, mmdeploy_context_create(&context));
  assert_int_not_equal(0, mmdeploy_pipeline_create_v3(config, context, &pipeline));
  gives(0, mmdeploy_context_add(context, MMDEPLOY_TYPE_MODEL, "finder", model));
  /* The context keeps it. */
  mmdeploy_model_destroy(model);
  gives(MMDEPLOY_E_INVALID_ARG, mmdeploy_pipeline_create_from_model(model, NULL, &pipeline));
  gives(0, mmdeploy_pipeline_create_v3(config, context, &pipeline));
  mmdeploy_context_destroy(context);
  mmdeploy_value_destroy(config);
  model = small_model(DETECTOR);
  mmdeploy_detector_t detector = NULL;
  gives(0, mmdeploy_detector_create(model, "cpu", 0, &detector));
  mmdeploy_detection_t* found[2] = {NULL, NULL};
  int* counts[2] = {NULL, NULL};
  gives(0, mmdeploy_detector_apply(detector, mats, 3, &found[0], &counts[0]));
  /* As everywhere in MMDeploy, a pipeline is as good as a handle of its task. */
  gives(0, mmdeploy_detector_apply((mmdeploy_detector_t)(void*)pipeline, mats, 3, &found[1], &counts[1]));
  same_detections(found[0], counts[0], found[1], counts[1]);
  for (int i = 0; i < 3; i++) {
    assert_int_equal(counts[0][i], counts[1][i]);
  }
  mmdeploy_detector_release_result(found[0], counts[0], 3);
  mmdeploy_detector_release_result(found[1], counts[1], 3);
  mmdeploy_pipeline_destroy(pipeline);
  mmdeploy_detector_destroy(detector);

  mmdeploy_value_t in = NULL;
  mmdeploy_value_t out[2] = {NULL, NULL};
  mmdeploy_sender_t sent = NULL;
  gives(0, mmdeploy_pipeline_create_from_model(model, NULL, &pipeline));
  mmdeploy_model_destroy(model);
  gives(0, mmdeploy_common_create_input(mats, 2, &in));
  gives(0, mmdeploy_pipeline_apply(pipeline, in, &out[0]));
  gives(0, mmdeploy_pipeline_apply_async(pipeline, mmdeploy_executor_just(in), &sent));
  gives(0, mmdeploy_executor_sync_wait_v2(sent, &out[1]));
  assert_string_equal(mmdeploy_value_json(out[0]), mmdeploy_value_json(out[1]));
  assert_non_null(strstr(mmdeploy_value_json(out[0]), "\"bbox\""));
  gives(MMDEPLOY_E_INVALID_ARG, mmdeploy_pipeline_apply(pipeline, out[0], &out[1]));
  mmdeploy_value_destroy(in);
  mmdeploy_value_destroy(out[0]);
  mmdeploy_value_destroy(out[1]);
  mmdeploy_pipeline_destroy(pipeline);
}

static void should_refuse_configs_that_are_no_pipelines(void** state) {
  (void)state;
  const char* wrong[] = {"null", "[]", "{}", "{\"input\":[1]}", "{\"input\":\"img\"}", "{\"pipeline\":{\"input\":{}}}"};
  mmdeploy_pipeline_t pipeline = NULL;
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    mmdeploy_value_t config = value(wrong[i]);
    assert_int_not_equal(0, mmdeploy_pipeline_create_v3(config, NULL, &pipeline));
    assert_string_not_equal("", mmdeploy_last_error());
    mmdeploy_value_destroy(config);
  }
  gives(MMDEPLOY_E_INVALID_ARG, mmdeploy_pipeline_create_v3(NULL, NULL, &pipeline));
  assert_null(pipeline);
}

static void should_leave_answers_that_are_not_its_own(void** state) {
  (void)state;
  mmdeploy_model_t model = small_model(CLASSIFIER);
  mmdeploy_classifier_t handle = NULL;
  gives(0, mmdeploy_classifier_create(model, "cpu", 0, &handle));
  mmdeploy_model_destroy(model);
  mmdeploy_classification_t* labels = NULL;
  int* counts = NULL;
  gives(0, mmdeploy_classifier_apply(handle, mats, 1, &labels, &counts));
  mmdeploy_classifier_destroy(handle);
  mmdeploy_detector_release_result((void*)labels, counts, 1);
  mmdeploy_video_recognizer_release_result((void*)labels, counts, 1);
  mmdeploy_pose_tracker_release_result((void*)labels, counts, 1);
  mmdeploy_classifier_release_result(labels + 1, counts, 1);
  assert_true(labels[0].score > 0);
  mmdeploy_classifier_release_result(labels, NULL, -7);
  mmdeploy_classifier_release_result(labels, counts, 1);
  mmdeploy_classifier_release_result(NULL, NULL, 1);
}

static void should_leave_nothing_behind(void** state) {
  (void)state;
  expect_nothing_live();
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(should_give_one_answer_in_all_ways_as_classifier),
      cmocka_unit_test(should_give_one_answer_in_all_ways_as_detector),
      cmocka_unit_test(should_give_one_answer_in_all_ways_as_segmentor),
      cmocka_unit_test(should_give_one_answer_in_all_ways_as_restorer),
      cmocka_unit_test(should_give_one_answer_in_all_ways_as_rotated_detector),
      cmocka_unit_test(should_give_one_answer_in_all_ways_as_pose_detector),
      cmocka_unit_test(should_give_one_answer_in_all_ways_as_text_detector),
      cmocka_unit_test(should_give_one_answer_in_all_ways_as_text_recognizer),
      cmocka_unit_test(should_give_one_answer_in_all_ways_as_video_recognizer),
      cmocka_unit_test(should_answer_nothing_when_there_are_no_pictures),
      cmocka_unit_test(should_refuse_pictures_that_cannot_be),
      cmocka_unit_test(should_take_all_formats),
      cmocka_unit_test(should_run_together_when_the_batch_is_full),
      cmocka_unit_test(should_run_when_the_time_is_over),
      cmocka_unit_test(should_give_each_call_its_own_failure),
      cmocka_unit_test(should_run_what_is_gathered_when_the_handle_is_destroyed),
      cmocka_unit_test(should_serve_many_threads_on_one_handle),
      cmocka_unit_test(should_go_on_from_texts_found_to_texts_read),
      cmocka_unit_test(should_open_handles_as_their_context_says),
      cmocka_unit_test(should_read_a_model_in_memory),
      cmocka_unit_test(should_write_a_profile_that_adds_up),
      cmocka_unit_test(should_run_pipelines_of_json),
      cmocka_unit_test(should_refuse_configs_that_are_no_pipelines),
      cmocka_unit_test(should_leave_answers_that_are_not_its_own),
      cmocka_unit_test(should_leave_nothing_behind),
  };
  begin();
  return cmocka_run_group_tests(tests, make_mats, free_mats);
}
