/* SPDX-License-Identifier: Apache-2.0 */
/** @file values_test.c What the shim answers by itself, without a host: views, defaults, names. */
#include <stdio.h>
#include <string.h>

#include "cases.h"

/** Whether any JVM or isolate is in the process. */
static int host_is_mapped(void) {
  char line[1024];
  int found = 0;
  FILE* maps = fopen("/proc/self/maps", "re");
  assert_non_null(maps);
  while (fgets(line, sizeof line, maps)) found |= strstr(line, "libjvm.so") || strstr(line, "libavocet_isolate.so");
  fclose(maps);
  return found;
}

static void should_start_nothing_for_static_answers(void** state) {
  (void)state;
  int64_t handles = -1;
  int64_t results = -1;
  avocet_image_t image;
  assert_string_equal(avocet_last_error(), "");
  assert_string_equal(avocet_version(), AVOCET_EXPECTED_VERSION);
  ok(avocet_live(&handles, &results));
  assert_int_equal(handles, 0);
  assert_int_equal(results, 0);
  ok(avocet_live(NULL, NULL));
  ok(avocet_set_log(NULL, NULL, AVOCET_LOG_OFF));
  ok(avocet_string_release(NULL));
  ok(avocet_image_release(NULL));
  ok(avocet_detector_release_result(NULL));
  fails(AVOCET_INVALID_ARG, avocet_image_wrap(&image, AVOCET_BGR, 1, 1, NULL, 0));
  fails(AVOCET_INVALID_ARG, avocet_detector_destroy(NULL));
  fails(AVOCET_INVALID_ARG, avocet_set_log(NULL, NULL, 6));
  expect_error("level=6");
  assert_false(host_is_mapped());
  start();
  assert_true(host_is_mapped());
}

static void should_name_statuses(void** state) {
  (void)state;
  assert_string_equal(avocet_status_name(AVOCET_OK), "OK");
  assert_string_equal(avocet_status_name(AVOCET_INVALID_ARG), "INVALID_ARG");
  assert_string_equal(avocet_status_name(AVOCET_FAIL), "FAIL");
  assert_string_equal(avocet_status_name(AVOCET_UNAUTHENTICATED), "UNAUTHENTICATED");
  assert_string_equal(avocet_status_name(12), "UNKNOWN");
  assert_string_equal(avocet_status_name(-1), "UNKNOWN");
}

static void should_set_defaults(void** state) {
  (void)state;
  avocet_options_t options;
  avocet_call_options_t call;
  avocet_tracker_params_t params;
  memset(&options, 0x5A, sizeof options);
  memset(&call, 0x5A, sizeof call);
  memset(&params, 0x5A, sizeof params);
  ok(avocet_options_init(&options));
  ok(avocet_call_options_init(&call));
  ok(avocet_tracker_params_init(&params));
  assert_int_equal(options.size, sizeof options);
  assert_null(options.device);
  assert_null(options.engine_options);
  assert_int_equal(options.threads + options.concurrency + options.max_batch + options.plan, 0);
  assert_int_equal(call.size, sizeof call);
  assert_int_equal(call.deadline_us, -1);
  assert_true(call.score_threshold < 0);
  assert_int_equal(call.region_width, 0);
  assert_int_equal(params.size, sizeof params);
  assert_int_equal(params.detection_interval, 1);
  assert_int_equal(params.max_missing, 10);
  assert_float_equal(params.velocity_weight, 0.00625, 1e-9);
  assert_null(params.keypoint_sigmas);
  fails(AVOCET_INVALID_ARG, avocet_options_init(NULL));
  fails(AVOCET_INVALID_ARG, avocet_call_options_init(NULL));
  fails(AVOCET_INVALID_ARG, avocet_tracker_params_init(NULL));
}

static void should_lay_planes_one_after_the_other(void** state) {
  (void)state;
  /* format, stride, expected strides, expected starts of planes 1 and 2; pictures of 6 x 4 */
  static const int32_t table[][6] = {
      {AVOCET_BGR, 0, 18, 0, 0, 0},        {AVOCET_RGB, 20, 20, 0, 0, 0},    {AVOCET_BGRA, 0, 24, 0, 0, 0},
      {AVOCET_RGBA, 0, 24, 0, 0, 0},       {AVOCET_GRAY8, 0, 6, 0, 0, 0},    {AVOCET_GRAY16, 0, 12, 0, 0, 0},
      {AVOCET_NV12, 0, 6, 6, 24, 0},       {AVOCET_NV21, 10, 10, 10, 40, 0}, {AVOCET_I420, 0, 6, 3, 24, 30},
      {AVOCET_I420, 8, 8, 4, 32, 40},      {AVOCET_YUYV, 0, 12, 0, 0, 0},
  };
  uint8_t data[256];
  for (int32_t i = 0; i < COUNT_OF(table); i++) {
    avocet_image_t image;
    const int32_t* row = table[i];
    memset(&image, 0x5A, sizeof image);
    ok(avocet_image_wrap(&image, row[0], 6, 4, data, row[1]));
    assert_int_equal(image.size, sizeof image);
    assert_int_equal(image.format, row[0]);
    assert_int_equal(image.width, 6);
    assert_int_equal(image.height, 4);
    assert_int_equal(image.rotation, AVOCET_ROTATE_NONE);
    assert_int_equal(image.memory, AVOCET_MEMORY_HOST);
    assert_ptr_equal(image.planes[0].data, data);
    assert_int_equal(image.planes[0].stride, row[2]);
    assert_int_equal(image.planes[1].stride, row[3]);
    assert_ptr_equal(image.planes[1].data, row[4] ? data + row[4] : NULL);
    assert_ptr_equal(image.planes[2].data, row[5] ? data + row[5] : NULL);
    assert_int_equal(image.planes[2].stride, row[5] ? row[3] : 0);
  }
}

static void should_refuse_views_that_cannot_be(void** state) {
  (void)state;
  avocet_image_t image;
  uint8_t data[64];
  memset(&image, 0x5A, sizeof image);
  avocet_image_t before = image;
  /* format, width, height, stride, what the text says */
  static const struct {
    int32_t format, width, height, stride;
    const char* text;
  } table[] = {
      {-1, 2, 2, 0, "format=-1"},
      {10, 2, 2, 0, "format=10"},
      {AVOCET_BGR, 0, 2, 0, "width=0"},
      {AVOCET_BGR, 2, -1, 0, "height=-1"},
      {AVOCET_BGRA, INT32_MAX, 1, 0, "width=2147483647"},
      {AVOCET_BGR, 2, 2, 5, "stride=5: a row of 2 pixels in BGR has 6 bytes"},
      {AVOCET_BGR, 2, 2, -6, "stride=-6"},
      {AVOCET_NV12, 3, 2, 0, "NV12 needs even sizes"},
      {AVOCET_NV21, 2, 3, 0, "NV21 needs even sizes"},
      {AVOCET_I420, 3, 3, 0, "I420 needs even sizes"},
      {AVOCET_I420, 4, 2, 5, "stride=5: I420 needs an even one"},
      {AVOCET_YUYV, 3, 3, 0, "YUYV needs even widths"},
  };
  for (int32_t i = 0; i < COUNT_OF(table); i++) {
    fails(AVOCET_INVALID_ARG,
          avocet_image_wrap(&image, table[i].format, table[i].width, table[i].height, data, table[i].stride));
    expect_error(table[i].text);
    assert_memory_equal(&image, &before, sizeof image);
  }
  fails(AVOCET_INVALID_ARG, avocet_image_wrap(NULL, AVOCET_BGR, 1, 1, data, 0));
  expect_error("image=NULL");
  ok(avocet_image_wrap(&image, AVOCET_YUYV, 2, 3, data, 0));
}

static void should_name_out_parameters_that_are_null(void** state) {
  (void)state;
  fails(AVOCET_INVALID_ARG, avocet_host_name(NULL));
  expect_error("name=NULL");
  fails(AVOCET_INVALID_ARG, avocet_detector_create_by_path("x", NULL, NULL));
  expect_error("handle=NULL");
  avocet_detector_t detector = NULL;
  fails(AVOCET_INVALID_ARG, avocet_detector_create_by_path(NULL, NULL, &detector));
  expect_error("path=NULL");
  fails(AVOCET_INVALID_ARG, avocet_detector_apply(NULL, NULL, 0, NULL, NULL));
  expect_error("results=NULL");
  avocet_pose_tracker_t tracker = NULL;
  fails(AVOCET_INVALID_ARG, avocet_pose_tracker_create_by_path("x", NULL, NULL, &tracker));
  expect_error("pose=NULL");
  fails(AVOCET_INVALID_ARG, avocet_pipeline_create_from_json(NULL, NULL, NULL, 0, NULL, NULL));
  expect_error("json=NULL");
}

int main(int argc, char** argv) {
  const struct CMUnitTest cases[] = {
      cmocka_unit_test(should_start_nothing_for_static_answers),
      cmocka_unit_test(should_name_statuses),
      cmocka_unit_test(should_set_defaults),
      cmocka_unit_test(should_lay_planes_one_after_the_other),
      cmocka_unit_test(should_refuse_views_that_cannot_be),
      cmocka_unit_test(should_name_out_parameters_that_are_null),
  };
  return run_case(argc, argv, cases);
}
