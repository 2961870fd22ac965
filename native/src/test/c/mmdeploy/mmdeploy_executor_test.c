/* SPDX-License-Identifier: Apache-2.0 */
/* Senders and schedulers: what runs where and in which order, who owns what, and how failures travel. */
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "helpers.h"

enum { MANY = 1000 };

static void pause_ms(unsigned ms) { usleep(ms * 1000); }

/* Functions that senders call; their context is a counter, or what they say. */

static mmdeploy_value_t count_then(mmdeploy_value_t v, void* counter) {
  atomic_fetch_add((atomic_int*)counter, 1);
  return v;
}

static mmdeploy_value_t replace_then(mmdeploy_value_t v, void* json) {
  mmdeploy_value_destroy(v);
  return value((const char*)json);
}

static mmdeploy_value_t no_value_then(mmdeploy_value_t v, void* context) {
  (void)context;
  mmdeploy_value_destroy(v);
  return NULL;
}

static mmdeploy_value_t note_thread_then(mmdeploy_value_t v, void* thread) {
  *(pthread_t*)thread = pthread_self();
  return v;
}

static mmdeploy_value_t slow_then(mmdeploy_value_t v, void* counter) {
  pause_ms(50);
  return count_then(v, counter);
}

static mmdeploy_sender_t of(const char* json) {
  mmdeploy_value_t v = value(json);
  mmdeploy_sender_t sender = mmdeploy_executor_just(v);
  mmdeploy_value_destroy(v);
  assert_non_null(sender);
  return sender;
}

/* A sender that fails with MMDEPLOY_E_FAIL. */
static mmdeploy_sender_t failing(void) { return mmdeploy_executor_then(of("0"), no_value_then, NULL); }

static void should_send_what_it_is_given(void** state) {
  (void)state;
  expect_json(mmdeploy_executor_sync_wait(of("{\"a\":[1,2.5,\"x\",null,true]}")), "{\"a\":[1,2.5,\"x\",null,true]}");
  expect_json(mmdeploy_executor_sync_wait(mmdeploy_executor_just(NULL)), "null");
  mmdeploy_sender_t sender = of("1");
  gives(MMDEPLOY_SUCCESS, mmdeploy_executor_sync_wait_v2(sender, NULL));
  gives(MMDEPLOY_E_INVALID_ARG, mmdeploy_executor_sync_wait_v2(sender, NULL));
  assert_null(mmdeploy_executor_sync_wait(sender));
}

static void should_hand_values_on_when_functions_follow(void** state) {
  (void)state;
  atomic_int calls = 0;
  mmdeploy_sender_t sender = mmdeploy_executor_then(of("1"), count_then, &calls);
  sender = mmdeploy_executor_then(sender, replace_then, "[2]");
  assert_int_equal(0, calls);
  expect_json(mmdeploy_executor_sync_wait(sender), "[2]");
  assert_int_equal(1, calls);
}

static void should_run_where_the_scheduler_says(void** state) {
  (void)state;
  mmdeploy_scheduler_t places[] = {mmdeploy_executor_inline(), mmdeploy_executor_create_thread(),
                                   mmdeploy_executor_create_thread_pool(3), mmdeploy_executor_create_thread_pool(0),
                                   mmdeploy_executor_system_pool()};
  for (int i = 0; i < 5; i++) {
    mmdeploy_value_t one = value("1");
    mmdeploy_sender_t senders[] = {mmdeploy_executor_schedule(places[i]),
                                   mmdeploy_executor_transfer_just(places[i], one),
                                   mmdeploy_executor_transfer(of("1"), places[i])};
    for (int j = 0; j < 3; j++) {
      pthread_t thread = pthread_self();
      mmdeploy_value_t v = mmdeploy_executor_sync_wait(mmdeploy_executor_then(senders[j], note_thread_then, &thread));
      assert_int_equal(i == 0, pthread_equal(thread, pthread_self()) != 0);
      expect_json(v, j == 0 ? "null" : "1");
    }
    /* Of on, what is before runs there. */
    pthread_t thread = pthread_self();
    mmdeploy_sender_t before = mmdeploy_executor_then(of("3"), note_thread_then, &thread);
    expect_json(mmdeploy_executor_sync_wait(mmdeploy_executor_on(places[i], before)), "3");
    assert_int_equal(i == 0, pthread_equal(thread, pthread_self()) != 0);
    mmdeploy_value_destroy(one);
    gives(MMDEPLOY_SUCCESS, mmdeploy_scheduler_destroy(places[i]));
    gives(MMDEPLOY_E_INVALID_ARG, mmdeploy_scheduler_destroy(places[i]));
    assert_null(mmdeploy_executor_schedule(places[i]));
  }
}

typedef struct order_t {
  int next;
  int wrong;
} order_t;

typedef struct turn_t {
  order_t* order;
  int number;
} turn_t;

static void take_turn(void* context) {
  turn_t* turn = context;
  turn->order->wrong += turn->order->next++ != turn->number;
}

static void should_keep_the_order_of_one_thread_and_end_its_work_when_destroyed(void** state) {
  (void)state;
  static turn_t turns[MANY];
  order_t order = {0, 0};
  mmdeploy_scheduler_t thread = mmdeploy_executor_create_thread();
  for (int i = 0; i < MANY; i++) {
    turns[i] = (turn_t){&order, i};
    mmdeploy_executor_execute(thread, take_turn, &turns[i]);
  }
  gives(MMDEPLOY_SUCCESS, mmdeploy_scheduler_destroy(thread));
  assert_int_equal(MANY, order.next);
  assert_int_equal(0, order.wrong);
}

static mmdeploy_value_t borrowed;
static mmdeploy_scheduler_t other_thread;

static mmdeploy_value_t look_at_borrowed_then(mmdeploy_value_t v, void* context) {
  (void)context;
  pause_ms(5);
  mmdeploy_value_destroy(v);
  return mmdeploy_value_copy(borrowed);
}

static mmdeploy_sender_t use_later(mmdeploy_value_t v, void* context) {
  (void)context;
  borrowed = v;
  return mmdeploy_executor_then(mmdeploy_executor_schedule(other_thread), look_at_borrowed_then, NULL);
}

static mmdeploy_sender_t no_sender(mmdeploy_value_t v, void* context) {
  (void)v;
  (void)context;
  return NULL;
}

static mmdeploy_sender_t destroy_and_fail(mmdeploy_value_t v, void* context) {
  (void)context;
  mmdeploy_value_destroy(v);
  return failing();
}

static void should_lend_the_value_until_the_inner_sender_is_done(void** state) {
  (void)state;
  other_thread = mmdeploy_executor_create_thread();
  mmdeploy_sender_t sender = mmdeploy_executor_let_value(of("{\"b\":7}"), use_later, NULL);
  expect_json(mmdeploy_executor_sync_wait(sender), "{\"b\":7}");
  assert_null(mmdeploy_value_json(borrowed));
  gives(MMDEPLOY_SUCCESS, mmdeploy_scheduler_destroy(other_thread));
  gives(MMDEPLOY_E_FAIL, mmdeploy_executor_sync_wait_v2(mmdeploy_executor_let_value(of("1"), no_sender, NULL), NULL));
  gives(MMDEPLOY_E_FAIL,
        mmdeploy_executor_sync_wait_v2(mmdeploy_executor_let_value(of("1"), destroy_and_fail, NULL), NULL));
}

static void should_run_once_when_copies_of_a_split_sender_are_started(void** state) {
  (void)state;
  atomic_int calls = 0;
  mmdeploy_scheduler_t pool = mmdeploy_executor_create_thread_pool(2);
  mmdeploy_sender_t shared = mmdeploy_executor_split(
      mmdeploy_executor_then(mmdeploy_executor_transfer(of("[5]"), pool), slow_then, &calls));
  mmdeploy_sender_t copies[3] = {shared, mmdeploy_sender_copy(shared), mmdeploy_sender_copy(shared)};
  mmdeploy_sender_t late = mmdeploy_sender_copy(shared);
  expect_json(mmdeploy_executor_sync_wait(mmdeploy_executor_when_all(copies, 3)), "[[5],[5],[5]]");
  expect_json(mmdeploy_executor_sync_wait(late), "[5]");
  assert_int_equal(1, calls);
  mmdeploy_sender_t plain = of("1");
  assert_null(mmdeploy_sender_copy(plain));
  assert_string_not_equal("", mmdeploy_last_error());
  gives(MMDEPLOY_SUCCESS, mmdeploy_sender_destroy(plain));
  gives(MMDEPLOY_E_INVALID_ARG, mmdeploy_sender_destroy(plain));
  gives(MMDEPLOY_SUCCESS, mmdeploy_scheduler_destroy(pool));
}

static void should_wait_for_all_and_keep_their_order(void** state) {
  (void)state;
  mmdeploy_scheduler_t pool = mmdeploy_executor_create_thread_pool(4);
  atomic_int calls = 0;
  mmdeploy_sender_t senders[4];
  for (int i = 0; i < 4; i++) {
    char json[8];
    snprintf(json, sizeof json, "%d", i);
    senders[i] = mmdeploy_executor_then(mmdeploy_executor_transfer(of(json), pool), slow_then, &calls);
  }
  double start = now_ms();
  expect_json(mmdeploy_executor_sync_wait(mmdeploy_executor_when_all(senders, 4)), "[0,1,2,3]");
  assert_int_equal(4, calls);
  assert_true(now_ms() - start < 150);
  expect_json(mmdeploy_executor_sync_wait(mmdeploy_executor_when_all(senders, 0)), "[]");
  gives(MMDEPLOY_SUCCESS, mmdeploy_scheduler_destroy(pool));
}

static void should_consume_none_when_one_of_all_is_wrong(void** state) {
  (void)state;
  mmdeploy_sender_t a = of("1");
  mmdeploy_sender_t b = of("2");
  mmdeploy_sender_t twice[] = {a, b, a};
  assert_null(mmdeploy_executor_when_all(twice, 3));
  mmdeploy_sender_t missing[] = {a, NULL, b};
  assert_null(mmdeploy_executor_when_all(missing, 3));
  assert_null(mmdeploy_executor_when_all(missing, -1));
  assert_null(mmdeploy_executor_when_all(NULL, 1));
  assert_null(mmdeploy_executor_then(a, NULL, NULL));
  assert_null(mmdeploy_executor_let_value(a, NULL, NULL));
  assert_null(mmdeploy_executor_transfer(a, NULL));
  assert_null(mmdeploy_executor_on(NULL, a));
  mmdeploy_sender_t both[] = {b, a};
  expect_json(mmdeploy_executor_sync_wait(mmdeploy_executor_when_all(both, 2)), "[2,1]");
}

static void should_begin_at_once_when_asked_to(void** state) {
  (void)state;
  mmdeploy_scheduler_t thread = mmdeploy_executor_create_thread();
  atomic_int calls = 0;
  mmdeploy_sender_t started = mmdeploy_executor_ensure_started(
      mmdeploy_executor_then(mmdeploy_executor_transfer(of("8"), thread), count_then, &calls));
  mmdeploy_sender_t dropped = mmdeploy_executor_ensure_started(
      mmdeploy_executor_then(mmdeploy_executor_transfer(of("9"), thread), slow_then, &calls));
  gives(MMDEPLOY_SUCCESS, mmdeploy_sender_destroy(dropped));
  gives(MMDEPLOY_SUCCESS, mmdeploy_executor_start_detached(
                              mmdeploy_executor_then(mmdeploy_executor_schedule(thread), count_then, &calls)));
  gives(MMDEPLOY_SUCCESS, mmdeploy_scheduler_destroy(thread));
  assert_int_equal(3, calls);
  expect_json(mmdeploy_executor_sync_wait(started), "8");
  assert_int_equal(3, calls);
  gives(MMDEPLOY_E_INVALID_ARG, mmdeploy_executor_start_detached(started));
}

static void should_send_failures_past_all_functions(void** state) {
  (void)state;
  atomic_int calls = 0;
  mmdeploy_scheduler_t pool = mmdeploy_executor_system_pool();
  mmdeploy_sender_t sender = mmdeploy_executor_then(failing(), count_then, &calls);
  sender = mmdeploy_executor_transfer(sender, pool);
  sender = mmdeploy_executor_let_value(sender, no_sender, NULL);
  mmdeploy_sender_t all[] = {of("1"), mmdeploy_executor_split(mmdeploy_executor_ensure_started(sender)), of("2")};
  sender = mmdeploy_executor_then(mmdeploy_executor_when_all(all, 3), count_then, &calls);
  mmdeploy_value_t untouched = (mmdeploy_value_t)0x1;
  gives(MMDEPLOY_E_FAIL, mmdeploy_executor_sync_wait_v2(sender, &untouched));
  assert_ptr_equal((void*)0x1, untouched);
  assert_string_equal("the function of a then sender returned NULL or no value", mmdeploy_last_error());
  assert_null(mmdeploy_executor_sync_wait(failing()));
  assert_string_not_equal("", mmdeploy_last_error());
  gives(MMDEPLOY_SUCCESS, mmdeploy_executor_start_detached(failing()));
  assert_int_equal(0, calls);
  gives(MMDEPLOY_SUCCESS, mmdeploy_scheduler_destroy(pool));
}

static mmdeploy_scheduler_t crowded;

static mmdeploy_value_t wait_inside_then(mmdeploy_value_t v, void* counter) {
  mmdeploy_value_t inner = mmdeploy_executor_sync_wait(
      mmdeploy_executor_then(mmdeploy_executor_schedule(crowded), count_then, counter));
  mmdeploy_value_destroy(inner);
  return v;
}

static void should_not_block_itself_when_a_thread_waits_for_its_own_pool(void** state) {
  (void)state;
  for (int threads = 1; threads <= 3; threads++) {
    crowded = mmdeploy_executor_create_thread_pool(threads);
    atomic_int calls = 0;
    mmdeploy_sender_t senders[MANY];
    for (int i = 0; i < MANY; i++) {
      senders[i] = mmdeploy_executor_then(mmdeploy_executor_schedule(crowded), wait_inside_then, &calls);
    }
    gives(MMDEPLOY_SUCCESS, mmdeploy_executor_sync_wait_v2(mmdeploy_executor_when_all(senders, MANY), NULL));
    assert_int_equal(MANY, calls);
    gives(MMDEPLOY_SUCCESS, mmdeploy_scheduler_destroy(crowded));
  }
}

static void destroy_crowded(void* counter) {
  mmdeploy_scheduler_destroy(crowded);
  atomic_fetch_add((atomic_int*)counter, 1);
}

static void should_live_as_long_as_senders_need_it(void** state) {
  (void)state;
  crowded = mmdeploy_executor_create_thread_pool(2);
  mmdeploy_sender_t sender = mmdeploy_executor_schedule(crowded);
  gives(MMDEPLOY_SUCCESS, mmdeploy_scheduler_destroy(crowded));
  expect_json(mmdeploy_executor_sync_wait(sender), "null");

  atomic_int calls = 0;
  crowded = mmdeploy_executor_create_thread();
  mmdeploy_executor_execute(crowded, destroy_crowded, &calls);
  while (atomic_load(&calls) == 0) {
    pause_ms(1);
  }
}

static void should_refuse_a_plan_that_is_too_deep(void** state) {
  (void)state;
  atomic_int calls = 0;
  mmdeploy_sender_t sender = of("1");
  int depth = 1;
  while (1) {
    mmdeploy_sender_t next = mmdeploy_executor_then(sender, count_then, &calls);
    if (next == NULL) {
      break;
    }
    sender = next;
    depth++;
  }
  assert_int_equal(1000, depth);
  expect_json(mmdeploy_executor_sync_wait(sender), "1");
  assert_int_equal(999, calls);
}

static void should_refuse_schedulers_that_cannot_be(void** state) {
  (void)state;
  mmdeploy_scheduler_t pool = mmdeploy_executor_system_pool();
  assert_null(mmdeploy_executor_create_thread_pool(100000));
  assert_null(mmdeploy_executor_dynamic_batch(NULL, 2, 100));
  assert_null(mmdeploy_executor_dynamic_batch(pool, 0, 100));
  mmdeploy_scheduler_t batch = mmdeploy_executor_dynamic_batch(pool, 2, 100);
  gives(MMDEPLOY_SUCCESS, mmdeploy_scheduler_destroy(pool));
  pthread_t thread = pthread_self();
  mmdeploy_sender_t sender = mmdeploy_executor_then(mmdeploy_executor_schedule(batch), note_thread_then, &thread);
  expect_json(mmdeploy_executor_sync_wait(sender), "null");
  assert_false(pthread_equal(thread, pthread_self()));
  gives(MMDEPLOY_SUCCESS, mmdeploy_scheduler_destroy(batch));
  gives(MMDEPLOY_SUCCESS, mmdeploy_scheduler_destroy(NULL));
}

static void should_read_and_write_json(void** state) {
  (void)state;
  expect_json(value(" {\"a\" : [ 1 , -0.5e1, 12345678901234567890 ], \"b\":{}, \"c\":[],\t"
                    "\"a\":\"\\u00e9\\ud83d\\ude00\\n\" } "),
              "{\"a\":\"\xc3\xa9\xf0\x9f\x98\x80\\u000a\",\"b\":{},\"c\":[]}");
  const char* wrong[] = {"",    "{",        "[1,]",       "{\"a\"}", "01",     "1.",    "-",      "+1",       "nul",
                         "tru", "\"\\x\"", "\"\\ud800\"", "[1] 2",   "\"\n\"", "{a:1}", "1e9999", "\"\\u12", "[1 2]"};
  mmdeploy_value_t untouched = (mmdeploy_value_t)0x1;
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    gives(MMDEPLOY_E_INVALID_ARG, mmdeploy_value_create_from_json(wrong[i], &untouched));
  }
  gives(MMDEPLOY_E_INVALID_ARG, mmdeploy_value_create_from_json("{\n \"a\": x}", &untouched));
  assert_string_equal("json, line 2, column 7: expected a value", mmdeploy_last_error());
  static char deep[100002];
  for (int i = 0; i < 100000; i++) {
    deep[i] = '[';
  }
  gives(MMDEPLOY_E_INVALID_ARG, mmdeploy_value_create_from_json(deep, &untouched));
  assert_ptr_equal((void*)0x1, untouched);
}

static void look_at_signals(void* mask) { pthread_sigmask(SIG_BLOCK, NULL, mask); }

static void should_leave_signals_to_the_program(void** state) {
  (void)state;
  sigset_t mask;
  sigemptyset(&mask);
  mmdeploy_scheduler_t thread = mmdeploy_executor_create_thread();
  mmdeploy_executor_execute(thread, look_at_signals, &mask);
  gives(MMDEPLOY_SUCCESS, mmdeploy_scheduler_destroy(thread));
  assert_true(sigismember(&mask, SIGINT));
  assert_true(sigismember(&mask, SIGUSR1));
  assert_false(sigismember(&mask, SIGSEGV));
  look_at_signals(&mask);
  assert_false(sigismember(&mask, SIGINT));
}

static void should_refuse_to_work_in_a_child_of_a_fork(void** state) {
  (void)state;
  mmdeploy_value_t v = value("1");
  pid_t child = fork();
  if (child == 0) {
    mmdeploy_value_t other = NULL;
    int refused = mmdeploy_value_create_from_json("2", &other) == MMDEPLOY_E_FAIL &&
                  mmdeploy_executor_just(v) == NULL && strstr(mmdeploy_last_error(), "fork") != NULL;
    mmdeploy_value_destroy(v);
    _exit(refused ? 0 : 1);
  }
  int status = -1;
  assert_int_equal(child, waitpid(child, &status, 0));
  assert_int_equal(0, status);
  mmdeploy_value_destroy(v);
}

/* All that is between here and there once more. */
static void round_trip(void) {
  atomic_int calls = 0;
  mmdeploy_scheduler_t pool = mmdeploy_executor_create_thread_pool(2);
  mmdeploy_sender_t shared = mmdeploy_executor_split(mmdeploy_executor_then(of("[1,2]"), count_then, &calls));
  mmdeploy_sender_t all[3] = {mmdeploy_executor_transfer(mmdeploy_sender_copy(shared), pool),
                              mmdeploy_executor_on(pool, shared), failing()};
  mmdeploy_sender_destroy(mmdeploy_executor_when_all(all, 2));
  mmdeploy_executor_sync_wait(all[2]);
  mmdeploy_executor_start_detached(mmdeploy_executor_ensure_started(mmdeploy_executor_schedule(pool)));
  mmdeploy_value_destroy(mmdeploy_executor_sync_wait(mmdeploy_executor_let_value(of("{}"), destroy_and_fail, NULL)));
  mmdeploy_scheduler_destroy(pool);
}

static void should_give_all_memory_back(void** state) {
  (void)state;
  for (int i = 0; i < 300; i++) {
    round_trip();
  }
  size_t before = mallinfo2().uordblks;
  for (int i = 0; i < MANY; i++) {
    round_trip();
  }
  size_t after = mallinfo2().uordblks;
  /* Handles' tables may have grown by a step. */
  if (after > before + 32 * 1024) {
    fail_msg("%zu bytes more after %d rounds", after - before, MANY);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(should_send_what_it_is_given),
      cmocka_unit_test(should_hand_values_on_when_functions_follow),
      cmocka_unit_test(should_run_where_the_scheduler_says),
      cmocka_unit_test(should_keep_the_order_of_one_thread_and_end_its_work_when_destroyed),
      cmocka_unit_test(should_lend_the_value_until_the_inner_sender_is_done),
      cmocka_unit_test(should_run_once_when_copies_of_a_split_sender_are_started),
      cmocka_unit_test(should_wait_for_all_and_keep_their_order),
      cmocka_unit_test(should_consume_none_when_one_of_all_is_wrong),
      cmocka_unit_test(should_begin_at_once_when_asked_to),
      cmocka_unit_test(should_send_failures_past_all_functions),
      cmocka_unit_test(should_not_block_itself_when_a_thread_waits_for_its_own_pool),
      cmocka_unit_test(should_live_as_long_as_senders_need_it),
      cmocka_unit_test(should_refuse_a_plan_that_is_too_deep),
      cmocka_unit_test(should_refuse_schedulers_that_cannot_be),
      cmocka_unit_test(should_read_and_write_json),
      cmocka_unit_test(should_leave_signals_to_the_program),
      cmocka_unit_test(should_refuse_to_work_in_a_child_of_a_fork),
      cmocka_unit_test(should_give_all_memory_back),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
