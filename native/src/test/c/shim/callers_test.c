/* SPDX-License-Identifier: Apache-2.0 */
/** @file callers_test.c Threads that come and go, with little stack, at once, cancelled, or on another stack. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>
#include <unistd.h>

#include "cases.h"

static atomic_int problems;

/** Runs a function in a thread of its own with so much stack, 0 for the default, and waits for its end. */
static void run_thread(size_t stack, void* (*function)(void*), void* data) {
  pthread_attr_t attributes;
  pthread_t thread;
  pthread_attr_init(&attributes);
  if (stack) assert_int_equal(pthread_attr_setstacksize(&attributes, stack), 0);
  assert_int_equal(pthread_create(&thread, &attributes, function, data), 0);
  pthread_attr_destroy(&attributes);
  assert_int_equal(pthread_join(thread, NULL), 0);
}

static void use_with_others(int32_t number, void* data) {
  (void)number;
  const char* name = NULL;
  pthread_barrier_wait(data);
  if (avocet_host_name(&name) != AVOCET_OK || strcmp(name, getenv("AVOCET_HOST")) != 0) problems++;
  if (use() != AVOCET_OK) problems++;
}

static void should_start_once_for_all_threads(void** state) {
  (void)state;
  pthread_barrier_t barrier;
  pthread_barrier_init(&barrier, NULL, 8);
  in_threads(8, use_with_others, &barrier);
  assert_int_equal(problems, 0);
}

static int thread_count(void) {
  char line[128];
  int count = 0;
  FILE* file = fopen("/proc/self/status", "re");
  while (file && fgets(line, sizeof line, file)) {
    if (sscanf(line, "Threads: %d", &count) == 1) break;
  }
  if (file) fclose(file);
  return count;
}

static void* use_once(void* data) {
  (void)data;
  int64_t handles;
  if (avocet_live(&handles, NULL) != AVOCET_OK || use() != AVOCET_OK) problems++;
  return NULL;
}

static void* ask_once(void* data) {
  (void)data;
  int64_t handles;
  if (avocet_live(&handles, NULL) != AVOCET_OK) problems++;
  return NULL;
}

static void should_forget_threads_that_ended(void** state) {
  (void)state;
  start();
  for (int i = 0; i < 100; i++) run_thread(0, ask_once, NULL);
  int64_t memory = resident_kb();
  int threads = thread_count();
  for (int i = 0; i < 1000; i++) run_thread(0, ask_once, NULL);
  assert_int_equal(problems, 0);
  assert_true(thread_count() <= threads + 2);
  int64_t more = resident_kb() - memory;
  print_message("%lld KB more resident after 1,000 threads\n", (long long)more);
  if (!getenv("AVOCET_SANITIZED")) assert_true(more < 8 * 1024);
  ok(use());
}

static void* fail_once(void* data) {
  (void)data;
  avocet_model_t model;
  if (strcmp(avocet_last_error(), "") != 0) problems++;
  if (avocet_model_create_by_path("/elsewhere", &model) != AVOCET_FILE_NOT_FOUND) problems++;
  if (!strstr(avocet_last_error(), "/elsewhere")) problems++;
  return NULL;
}

static void should_keep_an_error_for_each_thread(void** state) {
  (void)state;
  avocet_model_t model = (avocet_model_t)(uintptr_t)1;
  fails(AVOCET_FILE_NOT_FOUND, avocet_model_create_by_path("/nowhere", &model));
  assert_ptr_equal(model, (void*)(uintptr_t)1);
  run_thread(0, fail_once, NULL);
  assert_int_equal(problems, 0);
  expect_error("/nowhere");
  ok(use());
  assert_string_equal(avocet_last_error(), "");
}

static void should_cut_long_errors_at_a_character(void** state) {
  (void)state;
  char path[6001];
  avocet_model_t model;
  for (int shift = 0; shift < 3; shift++) {
    memset(path, 'x', (size_t)shift + 1);
    for (size_t i = (size_t)shift + 1; i + 3 < sizeof path; i += 3) memcpy(path + i, "\xE6\xBC\xA2", 4);
    assert_true(avocet_model_create_by_path(path, &model) != AVOCET_OK);
    const char* text = avocet_last_error();
    assert_true(strlen(text) <= 2047);
    const char* end = text + strlen(text);
    while (end > text && ((unsigned char)*--end & 0xC0) == 0x80) continue;
    if ((unsigned char)*end >= 0xE0) assert_int_equal(strlen(end), 3);
  }
}

static void* fail_for_stack(void* data) {
  int64_t handles;
  if (use() != AVOCET_FAIL || !strstr(avocet_last_error(), "call with at least 256 KB free")) problems++;
  if (data && avocet_live(&handles, NULL) != AVOCET_FAIL) problems++;
  return NULL;
}

static void should_refuse_threads_with_little_stack(void** state) {
  (void)state;
  run_thread(128 * 1024, fail_for_stack, NULL);
  start();
  run_thread(128 * 1024, fail_for_stack, "");
  run_thread(512 * 1024, use_once, NULL);
  assert_int_equal(problems, 0);
}

static int recurse(int depth) {
  volatile char frame[1024];
  int32_t status = use();
  if (status == AVOCET_FAIL && strstr(avocet_last_error(), "stack")) return depth;
  int found = status == AVOCET_OK && depth < 4000 ? recurse(depth + 1) : -1;
  /* Used after the call, or the compiler would make a loop of it. */
  frame[0] = (char)found;
  if (frame[0] == 127) problems++;
  return found;
}

static void* recurse_once(void* data) {
  *(int*)data = recurse(1);
  return NULL;
}

static void should_refuse_when_the_stack_runs_out(void** state) {
  (void)state;
  int depth = 0;
  run_thread(1024 * 1024, recurse_once, &depth);
  assert_true(depth > 100);
  ok(use());
}

static ucontext_t caller;
static ucontext_t coroutine;

static void run_coroutine(void) {
  if (use() != AVOCET_FAIL || !strstr(avocet_last_error(), "not its thread's own")) problems++;
}

static void should_refuse_stacks_of_coroutines(void** state) {
  (void)state;
  size_t size = 1024 * 1024;
  void* stack = malloc(size);
  assert_int_equal(getcontext(&coroutine), 0);
  coroutine.uc_stack.ss_sp = stack;
  coroutine.uc_stack.ss_size = size;
  coroutine.uc_link = &caller;
  makecontext(&coroutine, run_coroutine, 0);
  assert_int_equal(swapcontext(&caller, &coroutine), 0);
  free(stack);
  assert_int_equal(problems, 0);
  ok(use());
}

static pthread_key_t late_key;

/** A destructor that calls after the library's own may have run, several times over. */
static void call_late(void* data) {
  int* rounds = data;
  if (use() != AVOCET_OK) problems++;
  if (++*rounds < 3) pthread_setspecific(late_key, rounds);
}

static void* end_late(void* data) {
  pthread_setspecific(late_key, data);
  return use_once(NULL);
}

static void should_serve_destructors_of_threads(void** state) {
  (void)state;
  int rounds = 0;
  start();
  /* The library's key is the older one: its destructor comes first. */
  assert_int_equal(pthread_key_create(&late_key, call_late), 0);
  run_thread(0, end_late, &rounds);
  assert_int_equal(rounds, 3);
  assert_int_equal(problems, 0);
  run_thread(0, use_once, NULL);
  ok(use());
}

static atomic_int calls;

static void* call_for_ever(void* data) {
  (void)data;
  for (;;) {
    if (use() != AVOCET_OK) problems++;
    calls++;
    pthread_testcancel();
  }
  return NULL;
}

static void should_not_be_cancelled_within_a_call(void** state) {
  (void)state;
  start();
  for (int i = 0; i < 20; i++) {
    pthread_t thread;
    void* result = NULL;
    calls = 0;
    assert_int_equal(pthread_create(&thread, NULL, call_for_ever, NULL), 0);
    while (calls < 2) usleep(100);
    assert_int_equal(pthread_cancel(thread), 0);
    assert_int_equal(pthread_join(thread, &result), 0);
    assert_ptr_equal(result, PTHREAD_CANCELED);
  }
  assert_int_equal(problems, 0);
  expect_nothing_live();
}

int main(int argc, char** argv) {
  const struct CMUnitTest cases[] = {
      cmocka_unit_test(should_start_once_for_all_threads),
      cmocka_unit_test(should_forget_threads_that_ended),
      cmocka_unit_test(should_keep_an_error_for_each_thread),
      cmocka_unit_test(should_cut_long_errors_at_a_character),
      cmocka_unit_test(should_refuse_threads_with_little_stack),
      cmocka_unit_test(should_refuse_when_the_stack_runs_out),
      cmocka_unit_test(should_refuse_stacks_of_coroutines),
      cmocka_unit_test(should_serve_destructors_of_threads),
      cmocka_unit_test(should_not_be_cancelled_within_a_call),
  };
  return run_case(argc, argv, cases);
}
