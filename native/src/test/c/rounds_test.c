/* SPDX-License-Identifier: Apache-2.0 */
/* A thousand rounds of create, apply, release and destroy from four threads: the process must not grow. */
#include <stdatomic.h>
#include <stdlib.h>

#include "support.h"

enum { THREADS = 4, ROUNDS = 1000, FIRST = 100, LIMIT_KB = 16 * 1024 };

typedef struct rounds_t {
  avocet_image_t picture;
  /** Rounds that may still begin. */
  atomic_int left;
  atomic_int wrong;
} rounds_t;

static int32_t round_of(const avocet_image_t* picture) {
  char path[PATH_SIZE];
  avocet_classifier_t classifier = NULL;
  const avocet_classifications_t* results = NULL;
  path_of(path, "%s/%s", shared_folder(), TASKS[CLASSIFIER].model);
  int32_t status = avocet_classifier_create_by_path(path, NULL, &classifier);
  if (status == AVOCET_OK) {
    status = avocet_classifier_apply(classifier, picture, 1, NULL, &results);
  }
  if (status == AVOCET_OK) {
    status = avocet_classifier_release_result(results);
  }
  return status == AVOCET_OK ? avocet_classifier_destroy(classifier) : status;
}

static void make_rounds(int32_t number, void* data) {
  rounds_t* rounds = data;
  (void)number;
  while (atomic_fetch_sub(&rounds->left, 1) > 0) {
    if (round_of(&rounds->picture) != AVOCET_OK) {
      atomic_fetch_add(&rounds->wrong, 1);
    }
  }
}

static void should_not_grow_when_handles_come_and_go(void** unused) {
  (void)unused;
  rounds_t rounds;
  rounds.picture = make_picture(640, 480);
  rounds.wrong = 0;
  int64_t begun = resident_kb();
  rounds.left = FIRST;
  in_threads(THREADS, make_rounds, &rounds);
  int64_t first = resident_kb();
  double from = seconds();
  int64_t most = first;
  for (int32_t done = FIRST; done < ROUNDS; done += FIRST) {
    rounds.left = FIRST;
    in_threads(THREADS, make_rounds, &rounds);
    int64_t resident = resident_kb();
    most = resident > most ? resident : most;
    print_message("%lld ", (long long)resident);
  }
  print_message("%d rounds of %d threads, %.1f ms each: resident %lld KB before, %lld after the first %d, %+lld at most\n",
                ROUNDS, THREADS, (seconds() - from) * 1000 / (ROUNDS - FIRST), (long long)begun, (long long)first, FIRST,
                (long long)(most - first));
  assert_int_equal(rounds.wrong, 0);
  /* A sanitizer keeps what is freed for a while. */
  assert_true(most - first <= LIMIT_KB || getenv("AVOCET_SANITIZED") != NULL);
  free_picture(&rounds.picture);
  expect_nothing_live();
}

int main(void) {
  begin();
  const struct CMUnitTest tests[] = {cmocka_unit_test(should_not_grow_when_handles_come_and_go)};
  return cmocka_run_group_tests_name("rounds", tests, NULL, NULL);
}
