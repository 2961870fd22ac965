/* SPDX-License-Identifier: Apache-2.0 */
#include "helpers.h"

#include <time.h>

#include "support.h"

void expect_mm_status(int status, int expected, const char* call, const char* file, int line) {
  if (status != expected) {
    print_error("%s\n  is %d, not %d: %s\n", call, status, expected, mmdeploy_last_error());
    _fail(file, line);
  }
  if ((status == MMDEPLOY_SUCCESS) != (mmdeploy_last_error()[0] == '\0')) {
    print_error("%s\n  is %d with the text \"%s\"\n", call, status, mmdeploy_last_error());
    _fail(file, line);
  }
}

mmdeploy_value_t value(const char* json) {
  mmdeploy_value_t made = NULL;
  gives(MMDEPLOY_SUCCESS, mmdeploy_value_create_from_json(json, &made));
  return made;
}

void expect_json(mmdeploy_value_t value, const char* json) {
  assert_non_null(value);
  assert_string_equal(json, mmdeploy_value_json(value));
  mmdeploy_value_destroy(value);
  assert_null(mmdeploy_value_json(value));
}

mmdeploy_mat_t make_mat(int width, int height) {
  avocet_image_t picture = make_picture(width, height);
  mmdeploy_mat_t mat = {(uint8_t*)picture.planes[0].data, height, width, 3, MMDEPLOY_PIXEL_FORMAT_BGR,
                        MMDEPLOY_DATA_TYPE_UINT8, NULL};
  return mat;
}

double now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}
