/* SPDX-License-Identifier: Apache-2.0 */
#include "cases.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int run_one_case(int argc, char** argv, const struct CMUnitTest* cases, size_t count) {
  for (size_t i = 0; argc > 1 && i < count; i++) {
    if (strcmp(argv[1], cases[i].name) != 0) continue;
    struct CMUnitTest one[] = {cases[i]};
    return cmocka_run_group_tests(one, NULL, NULL);
  }
  fprintf(stderr, "name one of\n");
  for (size_t i = 0; i < count; i++) fprintf(stderr, "  %s\n", cases[i].name);
  return 2;
}

int on_jvm(void) {
  const char* host = getenv("AVOCET_HOST");
  return host && strcmp(host, "jvm") == 0;
}

const char* start(void) {
  const char* name = NULL;
  ok(avocet_host_name(&name));
  return name;
}

const char* some_model(void) { return getenv("AVOCET_TEST_MODEL"); }

int32_t use(void) {
  avocet_model_t model;
  int32_t status = avocet_model_create_by_path(some_model(), &model);
  return status == AVOCET_OK ? avocet_model_destroy(model) : status;
}

void expect_text(const char* text, const char* file, int line) {
  if (strstr(avocet_last_error(), text)) return;
  print_error("the last error, '%s', has no '%s'\n", avocet_last_error(), text);
  _fail(file, line);
}

void expect_exit(pid_t child, int status) {
  int ended = 0;
  assert_true(child > 0);
  for (double until = seconds() + 60; waitpid(child, &ended, WNOHANG) == 0; usleep(1000)) {
    if (seconds() < until) continue;
    kill(child, SIGKILL);
    fail_msg("the child hangs");
  }
  if (WIFSIGNALED(ended)) fail_msg("the child was ended by signal %d", WTERMSIG(ended));
  assert_int_equal(WEXITSTATUS(ended), status);
}
