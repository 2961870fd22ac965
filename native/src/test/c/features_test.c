/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What holds between answers whatever a network says: a picture's format, rows, turn and batch change nothing, options
 * do what they say. On a real detector and classifier, except for what needs a model of its own.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pictures.h"
#include "support.h"

/* What the tests share: one detector and one picture with three objects. */
static avocet_detector_t detector;
static const avocet_image_t* dog;
static const avocet_detections_t* found;

static const avocet_detections_t* detect(const avocet_image_t* image, const avocet_call_options_t* options) {
  const avocet_detections_t* results = NULL;
  ok(avocet_detector_apply(detector, image, 1, options, &results));
  return results;
}

static int close_to(float a, float b, float tolerance) {
  return fabsf(a - b) <= tolerance;
}

/* Fails unless both are the same objects. 0 as tolerance: to the bit. */
static void expect_same(const avocet_detections_t* a, const avocet_detections_t* b, float pixels) {
  assert_int_equal(a->count, b->count);
  for (int32_t i = 0; i < a->count; i++) {
    const avocet_detection_t* one = &a->items[i];
    const avocet_detection_t* other = &b->items[i];
    assert_int_equal(one->class_id, other->class_id);
    assert_true((one->label == NULL) == (other->label == NULL));
    assert_true(one->label == NULL || strcmp(one->label, other->label) == 0);
    assert_true(close_to(one->score, other->score, pixels / 100));
    assert_true(close_to(one->box.left, other->box.left, pixels) && close_to(one->box.top, other->box.top, pixels));
    assert_true(close_to(one->box.right, other->box.right, pixels) &&
                close_to(one->box.bottom, other->box.bottom, pixels));
  }
}

static void expect_found(const avocet_image_t* image, float pixels) {
  const avocet_detections_t* results = detect(image, NULL);
  expect_same(found, results, pixels);
  ok(avocet_detector_release_result(results));
}

static int32_t open_all(void** unused) {
  (void)unused;
  char path[PATH_SIZE];
  ok(avocet_detector_create_by_path(path_of(path, "%s/assets/sdk-models/yolox_nano", shared_folder()), NULL, &detector));
  ok(avocet_image_read(path_of(path, "%s/assets/images/dog.jpg", shared_folder()), &dog));
  found = detect(dog, NULL);
  assert_true(found->count >= 3);
  return 0;
}

static int32_t close_all(void** unused) {
  (void)unused;
  ok(avocet_detector_release_result(found));
  ok(avocet_image_release(dog));
  ok(avocet_detector_destroy(detector));
  expect_nothing_live();
  return 0;
}

static void should_answer_alike_when_colours_are_in_another_order(void** unused) {
  (void)unused;
  const int32_t formats[] = {AVOCET_BGR, AVOCET_RGB, AVOCET_BGRA, AVOCET_RGBA};
  for (int32_t i = 0; i < COUNT_OF(formats); i++) {
    for (int32_t padding = 0; padding < 100; padding += 37) {
      avocet_image_t image = recoloured(dog, formats[i], padding);
      expect_found(&image, 0);
      free_picture(&image);
    }
  }
}

/* Three formats that say the same in other places. */
static void should_answer_alike_when_chroma_lies_elsewhere(void** unused) {
  (void)unused;
  avocet_image_t nv12 = subsampled(dog, AVOCET_NV12, 0);
  const avocet_detections_t* expected = detect(&nv12, NULL);
  assert_true(expected->count >= 3);
  free_picture(&nv12);
  const int32_t formats[] = {AVOCET_NV12, AVOCET_NV21, AVOCET_I420, AVOCET_YUYV};
  for (int32_t i = 0; i < COUNT_OF(formats); i++) {
    avocet_image_t image = subsampled(dog, formats[i], 64);
    const avocet_detections_t* results = detect(&image, NULL);
    expect_same(expected, results, 0);
    ok(avocet_detector_release_result(results));
    free_picture(&image);
  }
  ok(avocet_detector_release_result(expected));
}

static void should_answer_alike_when_grey_is_wide_or_narrow(void** unused) {
  (void)unused;
  avocet_image_t narrow = grey(dog, AVOCET_GRAY8, 5);
  avocet_image_t wide = grey(dog, AVOCET_GRAY16, 6);
  avocet_image_t colour = grey(dog, AVOCET_BGR, 0);
  const avocet_detections_t* expected = detect(&colour, NULL);
  const avocet_detections_t* results[2] = {detect(&narrow, NULL), detect(&wide, NULL)};
  assert_true(expected->count >= 1);
  for (int i = 0; i < 2; i++) {
    expect_same(expected, results[i], 0);
    ok(avocet_detector_release_result(results[i]));
  }
  ok(avocet_detector_release_result(expected));
  free_picture(&narrow);
  free_picture(&wide);
  free_picture(&colour);
}

static void should_answer_in_the_upright_picture_when_it_is_stored_turned(void** unused) {
  (void)unused;
  for (int32_t rotation = AVOCET_ROTATE_NONE; rotation <= AVOCET_ROTATE_90_COUNTERCLOCKWISE; rotation++) {
    avocet_image_t image = turned(dog, rotation);
    expect_found(&image, 0);
    free_picture(&image);
  }
}

static void should_answer_one_by_one_when_pictures_come_at_once(void** unused) {
  (void)unused;
  avocet_image_t small = make_picture(64, 48);
  avocet_image_t rgb = recoloured(dog, AVOCET_RGB, 8);
  avocet_image_t images[4] = {*dog, small, rgb, *dog};
  const avocet_detections_t* results = NULL;
  const avocet_detections_t* of_small = detect(&small, NULL);
  ok(avocet_detector_apply(detector, images, 4, NULL, &results));
  expect_same(found, &results[0], 0);
  expect_same(of_small, &results[1], 0);
  expect_same(found, &results[2], 0);
  expect_same(found, &results[3], 0);
  ok(avocet_detector_release_result(of_small));
  ok(avocet_detector_release_result(results));
  free_picture(&small);
  free_picture(&rgb);
}

static void should_keep_surer_ones_when_the_threshold_is_higher(void** unused) {
  (void)unused;
  avocet_call_options_t options;
  ok(avocet_call_options_init(&options));
  options.score_threshold = (found->items[0].score + found->items[found->count - 1].score) / 2;
  const avocet_detections_t* results = detect(dog, &options);
  int32_t surer = 0;
  for (int32_t i = 0; i < found->count; i++) {
    surer += found->items[i].score > options.score_threshold;
  }
  assert_true(surer > 0 && surer < found->count);
  assert_int_equal(results->count, surer);
  ok(avocet_detector_release_result(results));
}

static void should_keep_classes_when_they_are_named(void** unused) {
  (void)unused;
  const int32_t classes[] = {16, 1};
  avocet_call_options_t options;
  ok(avocet_call_options_init(&options));
  options.classes = classes;
  options.class_count = 2;
  const avocet_detections_t* results = detect(dog, &options);
  assert_int_equal(results->count, 2);
  for (int32_t i = 0; i < results->count; i++) {
    assert_true(results->items[i].class_id == 16 || results->items[i].class_id == 1);
  }
  ok(avocet_detector_release_result(results));
}

/* A region's answers are those of the part as a picture, moved. */
static void should_answer_in_the_whole_picture_when_a_region_is_given(void** unused) {
  (void)unused;
  avocet_call_options_t options;
  ok(avocet_call_options_init(&options));
  options.region_x = 100;
  options.region_y = 180;
  options.region_width = 300;
  options.region_height = 390;
  avocet_image_t part = *dog;
  part.width = options.region_width;
  part.height = options.region_height;
  part.planes[0].data =
      (const uint8_t*)dog->planes[0].data + options.region_y * dog->planes[0].stride + options.region_x * 3;
  const avocet_detections_t* inside = detect(&part, NULL);
  const avocet_detections_t* results = detect(dog, &options);
  assert_true(inside->count >= 1);
  assert_int_equal(results->count, inside->count);
  for (int32_t i = 0; i < inside->count; i++) {
    assert_true(results->items[i].score == inside->items[i].score);
    assert_true(close_to(results->items[i].box.left, inside->items[i].box.left + 100, 1e-3F));
    assert_true(close_to(results->items[i].box.bottom, inside->items[i].box.bottom + 180, 1e-3F));
  }
  ok(avocet_detector_release_result(inside));
  ok(avocet_detector_release_result(results));
}

static void should_say_which_option_when_a_task_has_no_use_for_it(void** unused) {
  (void)unused;
  const avocet_detections_t* results = NULL;
  avocet_call_options_t options;
  ok(avocet_call_options_init(&options));
  options.top_k = 3;
  fails(AVOCET_INVALID_ARG, avocet_detector_apply(detector, dog, 1, &options, &results));
  assert_non_null(strstr(avocet_last_error(), "top_k"));
  assert_null(results);
}

static void should_name_as_many_classes_as_asked_for(void** unused) {
  (void)unused;
  char path[PATH_SIZE];
  avocet_classifier_t classifier = NULL;
  const avocet_classifications_t* results = NULL;
  avocet_call_options_t options;
  ok(avocet_call_options_init(&options));
  options.top_k = 7;
  ok(avocet_classifier_create_by_path(path_of(path, "%s/assets/sdk-models/squeezenet", shared_folder()), NULL,
                                      &classifier));
  ok(avocet_classifier_apply(classifier, dog, 1, &options, &results));
  assert_int_equal(results->count, 7);
  for (int32_t i = 1; i < 7; i++) {
    assert_true(results->items[i].score <= results->items[i - 1].score);
  }
  ok(avocet_classifier_release_result(results));
  ok(avocet_classifier_destroy(classifier));
}

static void should_answer_alike_when_options_only_say_how(void** unused) {
  (void)unused;
  char path[PATH_SIZE];
  const avocet_engine_option_t engine_options[] = {{"graph_optimization", "extended"}, {"spin_us", "0"}};
  const char* devices[] = {"cpu", "onnxruntime:cpu", "cpu:0"};
  path_of(path, "%s/assets/sdk-models/yolox_nano", shared_folder());
  for (int32_t i = 0; i < COUNT_OF(devices); i++) {
    avocet_options_t options;
    ok(avocet_options_init(&options));
    options.device = devices[i];
    options.threads = 1 + i;
    options.concurrency = 1 + i;
    options.engine_options = engine_options;
    options.engine_option_count = i;
    options.plan = i == 2 ? AVOCET_PLAN_PLAIN : i;
    avocet_detector_t other = NULL;
    const avocet_detections_t* results = NULL;
    ok(avocet_detector_create_by_path(path, &options, &other));
    ok(avocet_detector_apply(other, dog, 1, NULL, &results));
    expect_same(found, results, 0.01F);
    ok(avocet_detector_release_result(results));
    ok(avocet_detector_destroy(other));
  }
}

static void should_refuse_engine_options_that_are_unknown(void** unused) {
  (void)unused;
  char path[PATH_SIZE];
  avocet_engine_option_t unknown = {"no_such_option", "1"};
  avocet_options_t options;
  avocet_detector_t other = NULL;
  ok(avocet_options_init(&options));
  options.engine_options = &unknown;
  options.engine_option_count = 1;
  path_of(path, "%s/assets/sdk-models/yolox_nano", shared_folder());
  fails(AVOCET_INVALID_ARG, avocet_detector_create_by_path(path, &options, &other));
  assert_non_null(strstr(avocet_last_error(), "no_such_option"));
  options.engine_option_count = 0;
  options.device = "no_such_device";
  fails(AVOCET_NOT_SUPPORTED, avocet_detector_create_by_path(path, &options, &other));
  assert_non_null(strstr(avocet_last_error(), "no_such_device"));
}

static void should_answer_alike_when_the_model_was_in_memory(void** unused) {
  (void)unused;
  size_t bytes = 0;
  avocet_image_t picture = make_picture(120, 80);
  uint8_t* zip = read_bytes(getenv("AVOCET_SMALL_ZIP"), &bytes);
  avocet_model_t model = NULL;
  ok(avocet_model_create(zip, bytes, &model));
  memset(zip, 0, bytes);
  free(zip);
  void* classifiers[2] = {NULL, open_small(CLASSIFIER)};
  ok(TASKS[CLASSIFIER].create(model, NULL, &classifiers[0]));
  ok(avocet_model_destroy(model));
  const avocet_classifications_t* results[2] = {NULL, NULL};
  for (int i = 0; i < 2; i++) {
    ok(avocet_classifier_apply(classifiers[i], &picture, 1, NULL, &results[i]));
    ok(avocet_classifier_destroy(classifiers[i]));
  }
  assert_int_equal(results[0]->count, results[1]->count);
  for (int32_t i = 0; i < results[0]->count; i++) {
    assert_int_equal(results[0]->items[i].class_id, results[1]->items[i].class_id);
    assert_true(results[0]->items[i].score == results[1]->items[i].score);
  }
  ok(avocet_classifier_release_result(results[0]));
  ok(avocet_classifier_release_result(results[1]));
  free_picture(&picture);
}

typedef struct busy_t {
  avocet_detector_t detector;
  int32_t statuses[4];
} busy_t;

static void apply_in_a_hurry(int32_t number, void* data) {
  busy_t* busy = data;
  avocet_call_options_t options;
  const avocet_detections_t* results = NULL;
  avocet_call_options_init(&options);
  options.deadline_us = 0;
  for (int i = 0; i < 5 && busy->statuses[number] == AVOCET_OK; i++) {
    busy->statuses[number] = avocet_detector_apply(busy->detector, dog, 1, &options, &results);
    if (busy->statuses[number] == AVOCET_OK) {
      avocet_detector_release_result(results);
    }
  }
}

static void should_give_up_when_the_deadline_passes(void** unused) {
  (void)unused;
  busy_t busy = {detector, {0}};
  int32_t late = 0;
  in_threads(4, apply_in_a_hurry, &busy);
  for (int i = 0; i < 4; i++) {
    assert_true(busy.statuses[i] == AVOCET_OK || busy.statuses[i] == AVOCET_DEADLINE);
    late += busy.statuses[i] == AVOCET_DEADLINE;
  }
  assert_true(late > 0);
}

static void should_count_calls(void** unused) {
  (void)unused;
  const char* json = NULL;
  ok(avocet_warmup(detector));
  ok(avocet_stats_json(detector, &json));
  assert_non_null(strstr(json, "\"stages\""));
  assert_non_null(strstr(json, "\"p50_ms\""));
  assert_null(strchr(json, '\n'));
  ok(avocet_string_release(json));
}

static void should_list_devices(void** unused) {
  (void)unused;
  const avocet_devices_t* devices = NULL;
  int32_t usable = 0;
  ok(avocet_device_list(&devices));
  for (int32_t i = 0; i < devices->count; i++) {
    const avocet_device_t* device = &devices->items[i];
    assert_true(device->engine[0] != '\0');
    assert_true((device->unavailable == NULL) == (device->name[0] != '\0'));
    usable += strcmp(device->name, "onnxruntime:cpu") == 0;
  }
  assert_int_equal(usable, 1);
  ok(avocet_device_release_list(devices));
}

typedef struct lines_t {
  int32_t count;
  int32_t wrong;
} lines_t;

static void count_line(void* user, int32_t level, const char* message) {
  lines_t* lines = user;
  lines->count++;
  lines->wrong += level < AVOCET_LOG_ERROR || level > AVOCET_LOG_TRACE || message[0] == '\0' ||
                  strchr(message, '\n') != NULL;
}

static void should_log_when_asked_to(void** unused) {
  (void)unused;
  lines_t lines = {0, 0};
  ok(avocet_set_log(count_line, &lines, AVOCET_LOG_TRACE));
  ok(TASKS[DETECTOR].destroy(open_small(DETECTOR)));
  ok(avocet_set_log(NULL, NULL, AVOCET_LOG_OFF));
  int32_t logged = lines.count;
  assert_true(logged > 0);
  assert_int_equal(lines.wrong, 0);
  ok(TASKS[DETECTOR].destroy(open_small(DETECTOR)));
  assert_int_equal(lines.count, logged);
}

static void should_read_what_it_wrote(void** unused) {
  (void)unused;
  char path[PATH_SIZE];
  size_t bytes = 0;
  avocet_image_t picture = make_picture(33, 21);
  const avocet_image_t* read[2] = {NULL, NULL};
  ok(avocet_image_write(&picture, path_of(path, "picture-%d.png", (int)getpid())));
  ok(avocet_image_read(path, &read[0]));
  uint8_t* file = read_bytes(path, &bytes);
  ok(avocet_image_decode(file, bytes, &read[1]));
  free(file);
  assert_int_equal(remove(path), 0);
  for (int i = 0; i < 2; i++) {
    assert_int_equal(read[i]->format, AVOCET_BGR);
    assert_int_equal(read[i]->size, sizeof(avocet_image_t));
    assert_true(read[i]->width == 33 && read[i]->height == 21);
    for (int32_t y = 0; y < 21; y++) {
      assert_memory_equal(row_of(read[i], y), row_of(&picture, y), 33 * 3);
    }
    ok(avocet_image_release(read[i]));
  }
  free_picture(&picture);
}

int main(void) {
  begin();
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(should_answer_alike_when_colours_are_in_another_order),
      cmocka_unit_test(should_answer_alike_when_chroma_lies_elsewhere),
      cmocka_unit_test(should_answer_alike_when_grey_is_wide_or_narrow),
      cmocka_unit_test(should_answer_in_the_upright_picture_when_it_is_stored_turned),
      cmocka_unit_test(should_answer_one_by_one_when_pictures_come_at_once),
      cmocka_unit_test(should_keep_surer_ones_when_the_threshold_is_higher),
      cmocka_unit_test(should_keep_classes_when_they_are_named),
      cmocka_unit_test(should_answer_in_the_whole_picture_when_a_region_is_given),
      cmocka_unit_test(should_say_which_option_when_a_task_has_no_use_for_it),
      cmocka_unit_test(should_name_as_many_classes_as_asked_for),
      cmocka_unit_test(should_answer_alike_when_options_only_say_how),
      cmocka_unit_test(should_refuse_engine_options_that_are_unknown),
      cmocka_unit_test(should_answer_alike_when_the_model_was_in_memory),
      cmocka_unit_test(should_give_up_when_the_deadline_passes),
      cmocka_unit_test(should_count_calls),
      cmocka_unit_test(should_list_devices),
      cmocka_unit_test(should_log_when_asked_to),
      cmocka_unit_test(should_read_what_it_wrote),
  };
  return cmocka_run_group_tests_name("features", tests, open_all, close_all);
}
