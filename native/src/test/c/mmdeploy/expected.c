/* SPDX-License-Identifier: Apache-2.0 */
#include "expected.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

static char* everything;
/* Where the field begins that is read next. */
static const char* at;

static const char* folder(void) { return getenv("AVOCET_EXPECTED"); }

void begin_expected(void) {
  char path[PATH_SIZE];
  size_t bytes = 0;
  begin();
  path_of(path, "%s/expected.txt", folder() == NULL ? "." : folder());
  uint8_t* read = read_bytes(path, &bytes);
  everything = calloc(bytes + 2, 1);
  /* So that the first line is found like the others. */
  everything[0] = '\n';
  memcpy(everything + 1, read, bytes);
  free(read);
}

const char* model_path(const char* name) {
  static char path[PATH_SIZE];
  return path_of(path, "%s/models/%s", folder(), name);
}

pixels_t read_pixels(const char* name) {
  char path[PATH_SIZE];
  const avocet_image_t* image = NULL;
  ok(avocet_image_read(path_of(path, "%s/pictures/%s", folder(), name), &image));
  pixels_t pixels = {NULL, image->width, image->height};
  size_t row = (size_t)image->width * 3;
  pixels.data = malloc(row * (size_t)image->height);
  for (int32_t y = 0; y < image->height; y++) {
    const uint8_t* from = (const uint8_t*)image->planes[0].data + (ptrdiff_t)y * image->planes[0].stride;
    memcpy(pixels.data + row * (size_t)y, from, row);
  }
  ok(avocet_image_release(image));
  return pixels;
}

void expect_line(const char* task, const char* model, const char* picture, const char* word) {
  char key[PATH_SIZE];
  path_of(key, "\n%s %s %s %s", task, model, picture, word);
  const char* line = strstr(everything, key);
  if (line == NULL) {
    fail_msg("expected.txt has no line %s", key + 1);
  }
  at = line + strlen(key);
}

void expect_entry(const char* task, const char* model, const char* picture, int entry) {
  char word[32];
  snprintf(word, sizeof word, "%d ", entry);
  expect_line(task, model, picture, word);
}

int expected_count(const char* task, const char* model, const char* picture) {
  expect_line(task, model, picture, "count ");
  return next_int();
}

static const char* field(void) {
  while (*at == ' ') {
    at++;
  }
  return at;
}

float next_float(void) {
  char* end = NULL;
  float x = strtof(field(), &end);
  assert_ptr_not_equal(end, at);
  at = end;
  return x;
}

int next_int(void) {
  char* end = NULL;
  long n = strtol(field(), &end, 10);
  assert_ptr_not_equal(end, at);
  at = end;
  return (int)n;
}

void skip_fields(int count) {
  for (int i = 0; i < count; i++) {
    at = field() + strcspn(field(), " \n");
  }
}

void expect_int(int64_t n) { assert_int_equal(n, next_int()); }

void expect_float(float x) {
  float expected = next_float();
  if (x != expected) {
    fail_msg("%.9g, expected %.9g", (double)x, (double)expected);
  }
}

void expect_word(const char* word) {
  size_t length = strcspn(field(), " \n");
  if (length != strlen(word) || strncmp(at, word, length) != 0) {
    fail_msg("%s, expected %.*s", word, (int)length, at);
  }
  at += length;
}

void expect_hash(const void* data, size_t bytes) {
  uint64_t hash = UINT64_C(0xcbf29ce484222325);
  for (size_t i = 0; i < bytes; i++) {
    hash = (hash ^ ((const uint8_t*)data)[i]) * UINT64_C(0x100000001b3);
  }
  char word[32];
  snprintf(word, sizeof word, "%" PRIx64, hash);
  expect_word(word);
}

void expect_text(const char* text) {
  char written[PATH_SIZE] = "%";
  size_t used = 0;
  for (const unsigned char* c = (const unsigned char*)text; *c != '\0'; c++) {
    int plain = *c > ' ' && *c < 127 && *c != '%' && strcmp(text, "-") != 0;
    used += (size_t)snprintf(written + used, sizeof written - used, plain ? "%c" : "%%%02X", *c);
  }
  expect_word(written);
}
