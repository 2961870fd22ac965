/* SPDX-License-Identifier: Apache-2.0 */
/** @file process_test.c That a program finds its process as it was, once the library has been used. */
#include <fenv.h>
#include <limits.h>
#include <locale.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

#include "cases.h"

static void should_leave_the_locale_as_it_was(void** state) {
  (void)state;
  char before[256];
  /* What setlocale(LC_ALL, "") would make of it, and does while a host starts. */
  setenv("LC_ALL", "C.UTF-8", 1);
  assert_non_null(setlocale(LC_ALL, "C"));
  assert_non_null(setlocale(LC_TIME, "C.UTF-8"));
  snprintf(before, sizeof before, "%s", setlocale(LC_ALL, NULL));
  assert_non_null(strstr(before, "LC_TIME=C.UTF-8"));
  ok(use());
  assert_string_equal(setlocale(LC_ALL, NULL), before);
}

static void should_open_any_path_in_the_c_locale(void** state) {
  (void)state;
  /* Java takes its encoding of file names from the environment. */
  setenv("LC_ALL", "C", 1);
  char folder[] = "/tmp/avocet-\xC3\xBC-\xE6\xBC\xA2-XXXXXX";
  char path[PATH_MAX];
  assert_non_null(mkdtemp(folder));
  assert_true(snprintf(path, sizeof path, "%s/model", folder) > 0);
  assert_int_equal(symlink(some_model(), path), 0);
  avocet_model_t model;
  int32_t status = avocet_model_create_by_path(path, &model);
  unlink(path);
  rmdir(folder);
  if (status != AVOCET_OK) fail_msg("%s", avocet_last_error());
  ok(avocet_model_destroy(model));
}

/** The environment as one text; the caller frees it. */
static char* environment(void) {
  char* all = NULL;
  size_t size = 0;
  FILE* out = open_memstream(&all, &size);
  for (char** one = environ; *one; one++) fprintf(out, "%s\n", *one);
  fclose(out);
  return all;
}

static void should_leave_the_process_as_it_was(void** state) {
  (void)state;
  char folder[PATH_MAX];
  char name[32];
  struct rlimit limits[RLIM_NLIMITS];
  char* variables = environment();
  char** array = environ;
  mode_t mask = umask(027);
  umask(027);
  assert_non_null(getcwd(folder, sizeof folder));
  struct rlimit files = {64, 0};
  getrlimit(RLIMIT_NOFILE, &limits[0]);
  files.rlim_max = limits[0].rlim_max;
  files.rlim_cur = files.rlim_max < 512 ? files.rlim_max : 512;
  assert_int_equal(setrlimit(RLIMIT_NOFILE, &files), 0);
  for (unsigned i = 0; i < RLIM_NLIMITS; i++) getrlimit(i, &limits[i]);
  pthread_getname_np(pthread_self(), name, sizeof name);

  ok(use());

  char* after = environment();
  assert_string_equal(after, variables);
  assert_ptr_equal(environ, array);
  free(after);
  free(variables);
  assert_int_equal(umask(mask), 027);
  char folder_after[PATH_MAX];
  assert_string_equal(getcwd(folder_after, sizeof folder_after), folder);
  for (unsigned i = 0; i < RLIM_NLIMITS; i++) {
    struct rlimit limit;
    getrlimit(i, &limit);
    assert_true(limit.rlim_cur == limits[i].rlim_cur && limit.rlim_max == limits[i].rlim_max);
  }
  char name_after[32];
  pthread_getname_np(pthread_self(), name_after, sizeof name_after);
  assert_string_equal(name_after, name);
}

static void should_print_nothing(void** state) {
  (void)state;
  /* As long as stdout and stderr are this file. */
  char path[] = "/tmp/avocet-output-XXXXXX";
  int file = mkstemp(path);
  int out = dup(STDOUT_FILENO);
  int err = dup(STDERR_FILENO);
  assert_true(file >= 0 && out >= 0 && err >= 0);
  unlink(path);
  fflush(NULL);
  dup2(file, STDOUT_FILENO);
  dup2(file, STDERR_FILENO);
  int32_t status = use();
  fflush(NULL);
  dup2(out, STDOUT_FILENO);
  dup2(err, STDERR_FILENO);
  assert_int_equal(status, AVOCET_OK);
  char text[2048] = "";
  ssize_t length = pread(file, text, sizeof text - 1, 0);
  assert_true(length >= 0);
  assert_string_equal(text, "");
}

/** Rounding up, exceptions raised, and on x86 denormal numbers taken for zero. */
static void set_strange_modes(void) {
  fesetround(FE_UPWARD);
  feraiseexcept(FE_DIVBYZERO);
#if defined(__x86_64__)
  _mm_setcsr(_mm_getcsr() | 0x8040);
#endif
}

static void expect_strange_modes(void) {
  assert_int_equal(fegetround(), FE_UPWARD);
  assert_int_equal(fetestexcept(FE_ALL_EXCEPT), FE_DIVBYZERO);
#if defined(__x86_64__)
  assert_int_equal(_mm_getcsr() & 0x8040, 0x8040);
#endif
}

static void should_keep_floating_point_modes(void** state) {
  (void)state;
  set_strange_modes();
  ok(use());
  expect_strange_modes();
  fails(AVOCET_FILE_NOT_FOUND, avocet_model_create_by_path("/nowhere", &(avocet_model_t){NULL}));
  expect_strange_modes();
  /* Traps are the program's too: a division inside of the library must not meet them. */
  fesetenv(FE_DFL_ENV);
  feenableexcept(FE_DIVBYZERO | FE_INVALID | FE_OVERFLOW);
  ok(use());
#if defined(__x86_64__)
  assert_int_equal(fegetexcept(), FE_DIVBYZERO | FE_INVALID | FE_OVERFLOW);
#endif
}

int main(int argc, char** argv) {
  const struct CMUnitTest cases[] = {
      cmocka_unit_test(should_leave_the_locale_as_it_was),
      cmocka_unit_test(should_open_any_path_in_the_c_locale),
      cmocka_unit_test(should_leave_the_process_as_it_was),
      cmocka_unit_test(should_print_nothing),
      cmocka_unit_test(should_keep_floating_point_modes),
  };
  return run_case(argc, argv, cases);
}
