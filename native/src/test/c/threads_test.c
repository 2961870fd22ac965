/* SPDX-License-Identifier: Apache-2.0 */
/* Calls from many threads, on one handle and on many, and handles that are destroyed while others use them. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

enum { THREADS = 8 };

/* What threads work on, and what they saw. cmocka's assertions are for the main thread only. */
typedef struct work_t {
  void* handle;
  avocet_image_t picture;
  const avocet_classifications_t* expected;
  atomic_int wrong;
  atomic_int done;
  char text[2048];
} work_t;

static void note(work_t* work) {
  if (atomic_fetch_add(&work->wrong, 1) == 0) {
    memcpy(work->text, avocet_last_error(), strlen(avocet_last_error()) + 1);
  }
}

static void expect_none_wrong(work_t* work) {
  if (work->wrong != 0) {
    fail_msg("%d calls went wrong, the first with \"%s\"", work->wrong, work->text);
  }
}

static int same(const avocet_classifications_t* a, const avocet_classifications_t* b) {
  int equal = a->count == b->count;
  for (int32_t i = 0; equal && i < a->count; i++) {
    equal = a->items[i].class_id == b->items[i].class_id && a->items[i].score == b->items[i].score;
  }
  return equal;
}

static void begin_work(work_t* work) {
  memset(work, 0, sizeof *work);
  work->picture = make_picture(320, 240);
  work->handle = open_small(CLASSIFIER);
  ok(avocet_classifier_apply(work->handle, &work->picture, 1, NULL, &work->expected));
}

static void end_work(work_t* work) {
  ok(avocet_classifier_release_result(work->expected));
  free_picture(&work->picture);
  expect_nothing_live();
}

static void apply_often(int32_t number, void* data) {
  work_t* work = data;
  (void)number;
  for (int i = 0; i < 200; i++) {
    const avocet_classifications_t* results = NULL;
    if (avocet_classifier_apply(work->handle, &work->picture, 1, NULL, &results) != AVOCET_OK) {
      note(work);
      continue;
    }
    if (!same(results, work->expected) || avocet_classifier_release_result(results) != AVOCET_OK) {
      note(work);
    }
  }
}

static void should_answer_alike_when_threads_share_a_handle(void** unused) {
  (void)unused;
  work_t work;
  begin_work(&work);
  in_threads(THREADS, apply_often, &work);
  expect_none_wrong(&work);
  ok(avocet_classifier_destroy(work.handle));
  end_work(&work);
}

static void open_and_close(int32_t number, void* data) {
  work_t* work = data;
  char path[PATH_SIZE];
  for (int32_t i = 0; i < 20; i++) {
    const task_t* task = &TASKS[(number + i) % TASK_COUNT];
    void* handle = NULL;
    const void* results = NULL;
    if (task->create_by_path(path_of(path, "%s/%s", shared_folder(), task->model), NULL, &handle) != AVOCET_OK) {
      note(work);
      continue;
    }
    if (task->apply(handle, &work->picture, 1, NULL, &results) != AVOCET_OK || task->destroy(handle) != AVOCET_OK ||
        task->release(results) != AVOCET_OK) {
      note(work);
    }
  }
}

static void should_open_and_close_when_threads_do_so_at_once(void** unused) {
  (void)unused;
  work_t work;
  begin_work(&work);
  in_threads(THREADS, open_and_close, &work);
  expect_none_wrong(&work);
  ok(avocet_classifier_destroy(work.handle));
  end_work(&work);
}

/* Until the handle is gone. The last thread takes it away after some calls of the others. */
static void apply_until_destroyed(int32_t number, void* data) {
  work_t* work = data;
  if (number == THREADS - 1) {
    while (work->done < 20) {
    }
    if (avocet_classifier_destroy(work->handle) != AVOCET_OK) {
      note(work);
    }
    return;
  }
  int32_t status = AVOCET_OK;
  while (status == AVOCET_OK) {
    const avocet_classifications_t* results = NULL;
    status = avocet_classifier_apply(work->handle, &work->picture, 1, NULL, &results);
    if (status == AVOCET_OK) {
      if (!same(results, work->expected) || avocet_classifier_release_result(results) != AVOCET_OK) {
        note(work);
      }
      atomic_fetch_add(&work->done, 1);
    }
  }
  if (status != AVOCET_CLOSED && status != AVOCET_INVALID_ARG) {
    note(work);
  }
}

static void should_end_calls_when_the_handle_is_destroyed(void** unused) {
  (void)unused;
  work_t work;
  begin_work(&work);
  for (int i = 0; i < 50; i++) {
    work.done = 0;
    in_threads(THREADS, apply_until_destroyed, &work);
    expect_none_wrong(&work);
    work.handle = open_small(CLASSIFIER);
  }
  ok(avocet_classifier_destroy(work.handle));
  end_work(&work);
}

/* A failure's text is its thread's own. */
static void fail_each_its_own_way(int32_t number, void* data) {
  work_t* work = data;
  char path[PATH_SIZE];
  char name[32];
  path_of(path, "/nothing/number-%d", number);
  memcpy(name, strrchr(path, '/'), strlen(strrchr(path, '/')) + 1);
  for (int i = 0; i < 100; i++) {
    avocet_model_t model = NULL;
    if (avocet_model_create_by_path(path, &model) != AVOCET_FILE_NOT_FOUND || strstr(avocet_last_error(), name) == NULL) {
      note(work);
    }
  }
}

static void should_keep_last_errors_apart_when_threads_fail(void** unused) {
  (void)unused;
  work_t work;
  begin_work(&work);
  in_threads(THREADS, fail_each_its_own_way, &work);
  expect_none_wrong(&work);
  ok(avocet_classifier_destroy(work.handle));
  end_work(&work);
}

static void apply_once(int32_t number, void* data) {
  work_t* work = data;
  const avocet_classifications_t* results = NULL;
  (void)number;
  if (avocet_classifier_apply(work->handle, &work->picture, 1, NULL, &results) != AVOCET_OK ||
      avocet_classifier_release_result(results) != AVOCET_OK) {
    note(work);
  }
}

static void should_leave_nothing_when_threads_come_and_go(void** unused) {
  (void)unused;
  work_t work;
  begin_work(&work);
  int64_t before = 0;
  for (int i = 0; i < 300; i++) {
    if (i == 100) {
      before = resident_kb();
    }
    in_threads(4, apply_once, &work);
  }
  int64_t grown = resident_kb() - before;
  print_message("800 threads: %lld KB\n", (long long)grown);
  expect_none_wrong(&work);
  /* A sanitizer keeps what is freed for a while. */
  assert_true(grown < 16 * 1024 || getenv("AVOCET_SANITIZED") != NULL);
  ok(avocet_classifier_destroy(work.handle));
  end_work(&work);
}

int main(void) {
  begin();
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(should_answer_alike_when_threads_share_a_handle),
      cmocka_unit_test(should_open_and_close_when_threads_do_so_at_once),
      cmocka_unit_test(should_end_calls_when_the_handle_is_destroyed),
      cmocka_unit_test(should_keep_last_errors_apart_when_threads_fail),
      cmocka_unit_test(should_leave_nothing_when_threads_come_and_go),
  };
  return cmocka_run_group_tests_name("threads", tests, NULL, NULL);
}
