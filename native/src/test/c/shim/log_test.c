/* SPDX-License-Identifier: Apache-2.0 */
/** @file log_test.c The log's way to the program, with this file in the host's place. */
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "../../../main/c/shim/shim.h"
#include "cases.h"

static atomic_int told_level;

static int32_t host_ask(int32_t question, const void* subject, const void* argument, const void** answer, char* error) {
  (void)subject;
  (void)answer;
  (void)error;
  if (question == AVOCET_ASK_LOG) told_level = *(const int32_t*)argument;
  return AVOCET_OK;
}

static const avocet_host_t host = {.name = "test", .ask = host_ask};

const avocet_host_t* avocet_running_host(void) { return &host; }

int avocet_is_forked(void) { return 0; }

int32_t avocet_begin(avocet_call_t* call) {
  call->host = &host;
  call->error = avocet_error();
  return AVOCET_OK;
}

int32_t avocet_end(const avocet_call_t* call, int32_t status) {
  call->error[0] = '\0';
  return status;
}

static char lines[256];

static void collect(void* user, int32_t level, const char* message) {
  char* end = lines + strlen(lines);
  end[0] = *(const char*)user;
  end[1] = (char)('0' + level);
  strcpy(end + 2, message);
}

static void should_give_lines_of_its_level_and_graver(void** state) {
  (void)state;
  avocet_shim_log(AVOCET_LOG_ERROR, "before;");
  ok(avocet_set_log(collect, "a", AVOCET_LOG_WARN));
  assert_int_equal(told_level, AVOCET_LOG_WARN);
  avocet_shim_log(AVOCET_LOG_ERROR, "one;");
  avocet_shim_log(AVOCET_LOG_WARN, "two;");
  avocet_shim_log(AVOCET_LOG_INFO, "three;");
  ok(avocet_set_log(collect, "b", AVOCET_LOG_TRACE));
  assert_int_equal(told_level, AVOCET_LOG_TRACE);
  avocet_shim_log(AVOCET_LOG_TRACE, "four;");
  ok(avocet_set_log(collect, "b", AVOCET_LOG_OFF));
  assert_int_equal(told_level, AVOCET_LOG_OFF);
  avocet_shim_log(AVOCET_LOG_ERROR, "five;");
  ok(avocet_set_log(NULL, NULL, AVOCET_LOG_INFO));
  assert_int_equal(told_level, AVOCET_LOG_OFF);
  avocet_shim_log(AVOCET_LOG_ERROR, "six;");
  assert_string_equal(lines, "a1one;a2two;b5four;");
}

/** What a callback may use until it is replaced. */
typedef struct sink_t {
  atomic_int alive;
} sink_t;

static atomic_int late_lines;
static atomic_int taken_lines;
static atomic_int stop;

static void take(void* user, int32_t level, const char* message) {
  (void)level;
  (void)message;
  sink_t* sink = user;
  if (!sink->alive) late_lines++;
  usleep(50);
  if (!sink->alive) late_lines++;
  taken_lines++;
}

static void write_lines(int32_t number, void* data) {
  (void)data;
  while (!stop) avocet_shim_log(1 + number % 5, "line");
}

static void* write_in_threads(void* data) {
  in_threads(6, write_lines, data);
  return NULL;
}

static void swap_often(int32_t number, void* data) {
  (void)number;
  (void)data;
  for (int i = 0; i < 300; i++) {
    avocet_set_log(NULL, NULL, 0);
    usleep(10);
  }
}

static void should_not_call_a_callback_that_was_replaced(void** state) {
  (void)state;
  static sink_t sinks[500];
  pthread_t writers;
  assert_int_equal(pthread_create(&writers, NULL, write_in_threads, NULL), 0);
  for (int32_t i = 0; i < COUNT_OF(sinks); i++) {
    sinks[i].alive = 1;
    ok(avocet_set_log(take, &sinks[i], AVOCET_LOG_TRACE));
    if (i > 0) sinks[i - 1].alive = 0;
    if (i % 10 == 0) usleep(1000);
  }
  ok(avocet_set_log(NULL, NULL, AVOCET_LOG_OFF));
  sinks[COUNT_OF(sinks) - 1].alive = 0;
  /* Several that replace at once. */
  static sink_t last = {1};
  ok(avocet_set_log(take, &last, AVOCET_LOG_TRACE));
  in_threads(4, swap_often, NULL);
  stop = 1;
  pthread_join(writers, NULL);
  assert_true(taken_lines > 100);
  assert_int_equal(late_lines, 0);
}

static void replace_itself(void* user, int32_t level, const char* message) {
  (void)level;
  (void)message;
  if (avocet_set_log(user ? replace_itself : NULL, NULL, AVOCET_LOG_TRACE) != AVOCET_OK) late_lines++;
  taken_lines++;
}

static void replace_at_once(int32_t number, void* data) {
  (void)number;
  (void)data;
  for (int i = 0; i < 2000; i++) {
    avocet_set_log(replace_itself, &stop, AVOCET_LOG_TRACE);
    avocet_shim_log(AVOCET_LOG_WARN, "line");
  }
}

static void should_not_hang_where_callbacks_replace_themselves(void** state) {
  (void)state;
  in_threads(6, replace_at_once, NULL);
  assert_true(taken_lines > 0);
  assert_int_equal(late_lines, 0);
  ok(avocet_set_log(NULL, NULL, AVOCET_LOG_OFF));
}

int main(int argc, char** argv) {
  const struct CMUnitTest cases[] = {
      cmocka_unit_test(should_give_lines_of_its_level_and_graver),
      cmocka_unit_test(should_not_call_a_callback_that_was_replaced),
      cmocka_unit_test(should_not_hang_where_callbacks_replace_themselves),
  };
  return run_case(argc, argv, cases);
}
