/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Makes random wrong calls of every function: each has to give a status that the headers name, with a text, leave its
 * out parameter as it was, and keep nothing. AVOCET_MISUSE_CALLS and AVOCET_MISUSE_SEED change how many and which.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "misuse.h"

static const wrong_t* draw(random_t* random) {
  int32_t at = below(random, 100);
  const wrong_t* wrong = WRONG;
  while (at >= wrong->share) {
    at -= wrong->share;
    wrong++;
  }
  return wrong;
}

static uint64_t number_of(const char* variable, uint64_t otherwise) {
  const char* text = getenv(variable);
  return text != NULL && text[0] != '\0' ? strtoull(text, NULL, 10) : otherwise;
}

/* Whether a wrong call ended as the headers say. */
static int held(const outcome_t* made) {
  const char* text = avocet_last_error();
  size_t length = strlen(text);
  if (made->status < 0 || made->status > AVOCET_UNAUTHENTICATED || (made->may & BIT(made->status)) == 0) {
    return 0;
  }
  if (made->status == AVOCET_OK) {
    return length == 0;
  }
  return length > 0 && length < 2048 && made->out == BEFORE;
}

static void still_works(stock_t* stock) {
  for (int32_t task = 0; task < TASK_COUNT; task++) {
    const void* results = NULL;
    ok(TASKS[task].apply(stock->live[task], stock->pictures, 1, NULL, &results));
    ok(TASKS[task].release(results));
  }
}

static void should_refuse_wrong_calls(void** unused) {
  (void)unused;
  uint64_t calls = number_of("AVOCET_MISUSE_CALLS", 100000);
  uint64_t seed = number_of("AVOCET_MISUSE_SEED", (uint64_t)(seconds() * 1e6) | 1);
  print_message("%llu wrong calls, AVOCET_MISUSE_SEED=%llu\n", (unsigned long long)calls, (unsigned long long)seed);
  static stock_t stock;
  stock_fill(&stock, seed);
  int64_t handles = 0;
  int64_t results = 0;
  ok(avocet_live(&handles, &results));
  int32_t refused[AVOCET_UNAUTHENTICATED + 1] = {0};
  uint64_t left = calls;
  for (uint64_t tried = 0; left > 0 && tried < 2 * calls; tried++) {
    const wrong_t* wrong = draw(&stock.random);
    outcome_t made = wrong->call(&stock);
    if (!held(&made)) {
      fail_msg("call %llu, %s: %s \"%s\"%s", (unsigned long long)tried, wrong->name, avocet_status_name(made.status),
               avocet_last_error(), made.out == BEFORE ? "" : ", and wrote to the out parameter");
    }
    refused[made.status]++;
    left -= made.status == AVOCET_OK ? 0 : 1;
  }
  assert_true(left == 0);
  for (int32_t status = 0; status < COUNT_OF(refused); status++) {
    if (refused[status] > 0) {
      print_message("  %-16s %d\n", avocet_status_name(status), refused[status]);
    }
  }
  int64_t handles_after = 0;
  int64_t results_after = 0;
  ok(avocet_live(&handles_after, &results_after));
  assert_true(handles_after == handles && results_after == results);
  still_works(&stock);
  stock_empty(&stock);
  expect_nothing_live();
}

int main(void) {
  begin();
  const struct CMUnitTest tests[] = {cmocka_unit_test(should_refuse_wrong_calls)};
  return cmocka_run_group_tests_name("misuse", tests, NULL, NULL);
}
