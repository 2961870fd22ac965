/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every task on real models: the answers have to be those of the Java handles, which dev.avocet.bridge.Expected has
 * written to expected.txt; it says how.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answers.h"
#include "examples.h"
#include "support.h"

/* By how much numbers may be off: nothing, for both hosts run the same code on the same engine. */
static const double TOLERANCE = 0;

/* Where the reading of expected.txt stands. */
typedef struct reading_t {
  example_t example;
  /** What the last call gave for either picture, and where its next entry begins. */
  char* found[2];
  const char* next[2];
  /** Entries that are still to come. */
  int32_t left;
  int32_t entries;
  /** How many examples of each kind were met. */
  int32_t met[EXAMPLE_KINDS];
} reading_t;

/* Reads the pictures that an example names with commas between, and repeats them. */
static int32_t read_pictures(example_t* example, const avocet_image_t** owned) {
  char path[PATH_SIZE];
  char names[PATH_SIZE];
  char* rest = NULL;
  int32_t count = 0;
  path_of(names, "%s", example->picture);
  for (char* name = strtok_r(names, ",", &rest); name != NULL; name = strtok_r(NULL, ",", &rest)) {
    assert_true(count < EXAMPLE_PICTURES);
    ok(avocet_image_read(path_of(path, "%s/pictures/%s", getenv("AVOCET_EXPECTED"), name), &owned[count]));
    example->images[count] = *owned[count];
    count++;
  }
  memcpy(&example->images[count], example->images, (size_t)count * sizeof *example->images);
  return count;
}

static void call(reading_t* reading, const kind_t* kind) {
  const avocet_image_t* owned[EXAMPLE_PICTURES];
  FILE* out[2];
  size_t sizes[2];
  assert_int_equal(reading->left, 0);
  int32_t count = read_pictures(&reading->example, owned);
  for (int at = 0; at < 2; at++) {
    free(reading->found[at]);
    out[at] = open_memstream(&reading->found[at], &sizes[at]);
    assert_non_null(out[at]);
  }
  kind->call(&reading->example, out);
  for (int at = 0; at < 2; at++) {
    assert_int_equal(fclose(out[at]), 0);
    reading->next[at] = reading->found[at];
  }
  for (int32_t i = 0; i < count; i++) {
    ok(avocet_image_release(owned[i]));
  }
  reading->met[kind - KINDS]++;
}

static void compare(reading_t* reading, const char* expected) {
  for (int at = 0; at < 2; at++) {
    char* found = strndup(reading->next[at], strcspn(reading->next[at], "\n"));
    if (!alike(expected, found, TOLERANCE)) {
      fail_msg("%s %s, picture %d: expected\n  %s\nfound\n  %s", reading->example.model, reading->example.picture, at,
               expected, found);
    }
    reading->next[at] += strlen(found) + (reading->next[at][0] != '\0');
    free(found);
  }
  reading->entries++;
}

static void read_floats(const char* text, float* numbers, int32_t count) {
  for (int32_t i = 0; i < count; i++) {
    char* end = NULL;
    numbers[i] = strtof(text, &end);
    assert_true(end != text);
    text = end;
  }
}

/* Takes the rest of a line, after its task, model and picture. */
static void take(reading_t* reading, const kind_t* kind, const char* word, const char* rest) {
  example_t* example = &reading->example;
  int32_t number = (int32_t)strtol(rest, NULL, 10);
  if (strcmp(word, "boxes") == 0 || strcmp(word, "quads") == 0) {
    assert_true(number <= EXAMPLE_REGIONS);
    example->regions = number;
    float* numbers = word[0] == 'b' ? &example->boxes[0].left : &example->quads[0].corners[0].x;
    read_floats(strchr(rest, ' '), numbers, number * (word[0] == 'b' ? 4 : 8));
  } else if (strcmp(word, "clips") == 0) {
    example->clips.clip_length = number;
    example->clips.clip_count = (int32_t)strtol(strchr(rest, ' '), NULL, 10);
  } else if (strcmp(word, "begin") == 0) {
    begin_videos(example);
  } else if (strcmp(word, "count") == 0) {
    call(reading, kind);
    reading->left = number;
  } else if (strcmp(word, "json") == 0) {
    call(reading, kind);
    compare(reading, rest);
  } else {
    /* An entry, which begins with its number. */
    compare(reading, word);
    reading->left--;
  }
  if (reading->left == 0 && reading->next[0] != NULL) {
    assert_true(reading->next[0][0] == '\0' && reading->next[1][0] == '\0');
  }
}

static void take_line(reading_t* reading, char* line) {
  char* rest = NULL;
  const char* task = strtok_r(line, " ", &rest);
  reading->example.model = strtok_r(NULL, " ", &rest);
  reading->example.picture = strtok_r(NULL, " ", &rest);
  assert_non_null(reading->example.picture);
  const kind_t* kind = KINDS;
  while (kind < KINDS + EXAMPLE_KINDS && strcmp(kind->name, task) != 0) {
    kind++;
  }
  if (kind == KINDS + EXAMPLE_KINDS) {
    fail_msg("expected.txt has the task %s", task);
  }
  if (rest[0] >= '0' && rest[0] <= '9') {
    take(reading, kind, rest, rest);
  } else {
    const char* word = strtok_r(NULL, " ", &rest);
    take(reading, kind, word, rest);
  }
}

static void should_answer_as_the_java_handles_do(void** unused) {
  (void)unused;
  char path[PATH_SIZE];
  char* line = NULL;
  size_t room = 0;
  static reading_t reading;
  FILE* expected = fopen(path_of(path, "%s/expected.txt", getenv("AVOCET_EXPECTED")), "r");
  if (expected == NULL) {
    fail_msg("there is no %s: native/test lets dev.avocet.bridge.Expected write it", path);
  }
  while (getline(&line, &room, expected) > 0) {
    line[strcspn(line, "\n")] = '\0';
    take_line(&reading, line);
  }
  free(line);
  free(reading.found[0]);
  free(reading.found[1]);
  end_videos(&reading.example);
  assert_int_equal(fclose(expected), 0);
  assert_int_equal(reading.left, 0);
  for (int32_t i = 0; i < EXAMPLE_KINDS; i++) {
    print_message("  %-22s %d\n", KINDS[i].name, reading.met[i]);
    assert_true(reading.met[i] > 0);
  }
  print_message("%d entries are those of the Java handles\n", reading.entries);
  expect_nothing_live();
}

static void should_tell_answers_apart_when_they_differ(void** unused) {
  (void)unused;
  const char* one = "0 7 0x1.8p-1 0x1.0p4 dog - 1f2e3d";
  assert_true(alike(one, "0 7 0x1.8p-1 0x1p+4 dog - 1f2e3d", 0));
  assert_false(alike(one, "0 8 0x1.8p-1 0x1p+4 dog - 1f2e3d", 1));
  assert_false(alike(one, "0 7 0x1.800002p-1 0x1p+4 dog - 1f2e3d", 0));
  assert_false(alike(one, "0 7 0x1.801p-1 0x1p+4 dog - 1f2e3d", 1e-5));
  assert_false(alike(one, "0 7 0x1.8p-1 0x1p+4 cat - 1f2e3d", 1));
  assert_false(alike(one, "0 7 0x1.8p-1 0x1p+4 dog - 1f2e3e", 1));
  assert_false(alike(one, "0 7 0x1.8p-1 0x1p+4 dog -", 1));
  assert_true(alike("{\"a\":[0.5,1],\"b\":null}", "{\"a\":[5.00000000e-01,1],\"b\":null}", 0));
  assert_false(alike("{\"a\":[0.5,1],\"b\":null}", "{\"a\":[0.5,1]}", 1));
  assert_false(alike("{\"a\":[0.5,1]}", "{\"a\":[0.5,2]}", 1));
}

int main(void) {
  begin();
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(should_tell_answers_apart_when_they_differ),
      cmocka_unit_test(should_answer_as_the_java_handles_do),
  };
  return cmocka_run_group_tests_name("tasks", tests, NULL, NULL);
}
