/* SPDX-License-Identifier: Apache-2.0 */
/** @file fork_test.c That a forked child neither hangs nor crashes, and that its parent goes on. */
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cases.h"

/** Longest that a call in a child may take. */
#define INSTANT 2.0

/** What a child of a process that used the library gets; 0 where all is as it should be, else which is not. */
static int refused(void) {
  double from = seconds();
  const char* name;
  int64_t handles = -1;
  int64_t results = -1;
  avocet_model_t model;
  avocet_image_t image;
  if (use() != AVOCET_FAIL || !strstr(avocet_last_error(), "this process was forked")) return 1;
  if (avocet_host_name(&name) != AVOCET_FAIL) return 2;
  if (avocet_model_create_by_path("/nowhere", &model) != AVOCET_FAIL) return 3;
  if (avocet_set_log(NULL, NULL, AVOCET_LOG_OFF) != AVOCET_FAIL) return 4;
  if (avocet_live(&handles, &results) != AVOCET_OK || handles != 0 || results != 0) return 5;
  if (strcmp(avocet_last_error(), "") != 0) return 6;
  if (strcmp(avocet_status_name(AVOCET_FAIL), "FAIL") != 0 || !*avocet_version()) return 7;
  if (avocet_image_wrap(&image, AVOCET_BGR, 1, 1, &image, 0) != AVOCET_OK) return 8;
  return seconds() - from > INSTANT ? 9 : 0;
}

static pid_t fork_and(int (*function)(void)) {
  pid_t child = fork();
  if (child == 0) {
    alarm(60);
    _exit(function());
  }
  return child;
}

static void should_refuse_in_the_child_of_a_user(void** state) {
  (void)state;
  avocet_model_t model;
  ok(avocet_model_create_by_path(some_model(), &model));
  expect_exit(fork_and(refused), 0);
  ok(avocet_model_destroy(model));
  ok(use());
}

static int refused_to_grandchild(void) {
  int ended = -1;
  waitpid(fork_and(refused), &ended, 0);
  return WIFEXITED(ended) ? WEXITSTATUS(ended) : 100;
}

static void should_refuse_in_grandchildren(void** state) {
  (void)state;
  start();
  expect_exit(fork_and(refused_to_grandchild), 0);
}

static int works(void) { return (int)use(); }

static void should_work_in_a_child_that_comes_first(void** state) {
  (void)state;
  fails(AVOCET_INVALID_ARG, avocet_model_create_by_path(NULL, NULL));
  pid_t child = fork_and(works);
  ok(use());
  expect_exit(child, 0);
  expect_exit(fork_and(refused), 0);
}

static atomic_int stop;
static atomic_int problems;

static void call_on(int32_t number, void* data) {
  (void)number;
  (void)data;
  while (!stop) problems += use() != AVOCET_OK;
}

static void* call_in_four_threads(void* data) {
  in_threads(4, call_on, data);
  return NULL;
}

static void should_not_hang_while_others_call(void** state) {
  (void)state;
  pthread_t callers;
  start();
  assert_int_equal(pthread_create(&callers, NULL, call_in_four_threads, NULL), 0);
  for (int i = 0; i < 50; i++) expect_exit(fork_and(refused), 0);
  stop = 1;
  pthread_join(callers, NULL);
  assert_int_equal(problems, 0);
  ok(use());
}

static atomic_int forking;

static void* start_now(void* data) {
  (void)data;
  forking = 1;
  problems += use() != AVOCET_OK;
  return NULL;
}

/** Works or is refused, for the host may have been about to start. */
static int ends(void) {
  int32_t status = use();
  return status == AVOCET_OK || (status == AVOCET_FAIL && strstr(avocet_last_error(), "forked")) ? 0 : 1;
}

static void should_not_hang_while_another_starts(void** state) {
  (void)state;
  pthread_t starter;
  pid_t children[8];
  assert_int_equal(pthread_create(&starter, NULL, start_now, NULL), 0);
  while (!forking) usleep(10);
  for (int32_t i = 0; i < COUNT_OF(children); i++) {
    children[i] = fork_and(ends);
    usleep(5000);
  }
  pthread_join(starter, NULL);
  assert_int_equal(problems, 0);
  for (int32_t i = 0; i < COUNT_OF(children); i++) expect_exit(children[i], 0);
  expect_exit(fork_and(refused), 0);
}

static avocet_detector_t detector;

static void detect_for_ever(int32_t number, void* data) {
  static uint8_t pixels[320 * 320 * 3];
  avocet_image_t image;
  (void)number;
  (void)data;
  avocet_image_wrap(&image, AVOCET_BGR, 320, 320, pixels, 0);
  for (;;) {
    const avocet_detections_t* results = NULL;
    problems += avocet_detector_apply(detector, &image, 1, NULL, &results) != AVOCET_OK;
    problems += avocet_detector_release_result(results) != AVOCET_OK;
  }
}

static void* detect_in_four_threads(void* data) {
  in_threads(4, detect_for_ever, data);
  return NULL;
}

/** Ends by exit while four threads are inside of networks. */
static int exit_under_load(void) {
  pthread_t callers;
  avocet_options_t options;
  avocet_options_init(&options);
  options.concurrency = 4;
  if (avocet_detector_create_by_path(some_model(), &options, &detector) != AVOCET_OK) return 1;
  if (pthread_create(&callers, NULL, detect_in_four_threads, NULL) != 0) return 1;
  usleep(100000);
  exit(problems);
}

static void should_exit_while_others_call(void** state) {
  (void)state;
  for (int i = 0; i < 4; i++) expect_exit(fork_and(exit_under_load), 0);
}

int main(int argc, char** argv) {
  const struct CMUnitTest cases[] = {
      cmocka_unit_test(should_refuse_in_the_child_of_a_user),
      cmocka_unit_test(should_refuse_in_grandchildren),
      cmocka_unit_test(should_work_in_a_child_that_comes_first),
      cmocka_unit_test(should_not_hang_while_others_call),
      cmocka_unit_test(should_not_hang_while_another_starts),
      cmocka_unit_test(should_exit_while_others_call),
  };
  return run_case(argc, argv, cases);
}
