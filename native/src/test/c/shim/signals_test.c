/* SPDX-License-Identifier: Apache-2.0 */
/** @file signals_test.c That signals go where the program sends them. */
#include <dirent.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cases.h"

/** Signals that only the program's own faults and the JVM send. */
static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL};

/** Signals that programs use; the JVM has handlers of its own for all of them unless told otherwise. */
static const int used[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2,
                           SIGPIPE, SIGCHLD, SIGALRM, SIGWINCH, SIGXFSZ};

static volatile sig_atomic_t caught;

static void catch(int number) { caught = number; }

static int is_fault(int number) {
  for (int32_t i = 0; i < COUNT_OF(faults); i++) {
    if (faults[i] == number) return 1;
  }
  return 0;
}

/** Whether the JVM has a handler for a signal that had this one: two that nobody uses are for its own threads. */
static int is_jvms(int number, const struct sigaction* before) {
  if (!on_jvm()) return 0;
  return is_fault(number) || ((number == SIGSTKFLT || number == SIGRTMAX - 2) && before->sa_handler == SIG_DFL);
}

/** What the program says; libc has a flag of its own for all handlers that it sets. */
static int flags(const struct sigaction* action) { return action->sa_flags & ~0x04000000; }

static void expect_same_handlers(const struct sigaction* before) {
  for (int i = 1; i < NSIG; i++) {
    struct sigaction now;
    if (is_jvms(i, &before[i]) || sigaction(i, NULL, &now) != 0) continue;
    if (now.sa_handler != before[i].sa_handler || flags(&now) != flags(&before[i])) {
      fail_msg("the handler of signal %d (%s) is another one", i, strsignal(i));
    }
  }
}

static void should_leave_defaults(void** state) {
  (void)state;
  struct sigaction before[NSIG];
  for (int i = 1; i < NSIG; i++) sigaction(i, NULL, &before[i]);
  ok(use());
  expect_same_handlers(before);
}

static void should_leave_handlers(void** state) {
  (void)state;
  struct sigaction before[NSIG];
  struct sigaction action = {.sa_handler = catch, .sa_flags = SA_NODEFER};
  for (int32_t i = 0; i < COUNT_OF(used); i++) sigaction(used[i], &action, NULL);
  action.sa_handler = SIG_IGN;
  sigaction(SIGXFSZ, &action, NULL);
  action.sa_handler = catch;
  sigaction(SIGSTKFLT, &action, NULL);
  sigaction(SIGRTMAX - 2, &action, NULL);
  for (int i = 1; i < NSIG; i++) sigaction(i, NULL, &before[i]);
  ok(use());
  expect_same_handlers(before);
  for (int32_t i = 0; i < COUNT_OF(used); i++) {
    caught = 0;
    raise(used[i]);
    assert_int_equal(caught, used[i] == SIGXFSZ ? 0 : used[i]);
    ok(use());
  }
  int ends[2];
  assert_int_equal(pipe(ends), 0);
  close(ends[0]);
  caught = 0;
  assert_int_equal(write(ends[1], "x", 1), -1);
  assert_int_equal(caught, SIGPIPE);
}

/** Whether thread number `id` has a signal blocked. */
static int blocks(const char* id, int number) {
  char path[64];
  char line[256];
  unsigned long long mask = 0;
  snprintf(path, sizeof path, "/proc/self/task/%.20s/status", id);
  FILE* file = fopen(path, "re");
  while (file && fgets(line, sizeof line, file)) {
    if (sscanf(line, "SigBlk: %llx", &mask) == 1) break;
  }
  if (file) fclose(file);
  return (mask >> (number - 1)) & 1;
}

static void should_run_handlers_on_the_programs_threads(void** state) {
  (void)state;
  char self[32];
  sigset_t before;
  sigset_t now;
  start();
  pthread_sigmask(SIG_SETMASK, NULL, &before);
  snprintf(self, sizeof self, "%d", (int)gettid());
  DIR* tasks = opendir("/proc/self/task");
  assert_non_null(tasks);
  for (struct dirent* task = readdir(tasks); task; task = readdir(tasks)) {
    if (task->d_name[0] == '.' || strcmp(task->d_name, self) == 0) continue;
    for (int32_t i = 0; i < COUNT_OF(used); i++) {
      if (!blocks(task->d_name, used[i])) fail_msg("thread %s does not block signal %d", task->d_name, used[i]);
    }
  }
  closedir(tasks);
  ok(use());
  pthread_sigmask(SIG_SETMASK, NULL, &now);
  for (int i = 1; i < NSIG; i++) assert_int_equal(sigismember(&now, i), sigismember(&before, i));
}

static void should_leave_blocked_signals_to_sigwait(void** state) {
  (void)state;
  sigset_t waited;
  sigemptyset(&waited);
  for (int32_t i = 0; i < COUNT_OF(used); i++) sigaddset(&waited, used[i]);
  assert_int_equal(pthread_sigmask(SIG_BLOCK, &waited, NULL), 0);
  ok(use());
  for (int32_t i = 0; i < COUNT_OF(used); i++) {
    struct timespec wait = {5, 0};
    assert_int_equal(kill(getpid(), used[i]), 0);
    assert_int_equal(sigtimedwait(&waited, NULL, &wait), used[i]);
  }
}

static sigjmp_buf back;
static volatile sig_atomic_t fault_code;
static void* volatile fault_address;

static void leave(int number, siginfo_t* info, void* context) {
  (void)context;
  caught = number;
  fault_code = info->si_code;
  fault_address = info->si_addr;
  siglongjmp(back, 1);
}

static void take_faults(void) {
  struct sigaction action = {.sa_sigaction = leave, .sa_flags = SA_SIGINFO};
  for (int32_t i = 0; i < COUNT_OF(faults); i++) sigaction(faults[i], &action, NULL);
}

/** Writes to a page that may not be written; the handler is to know which. */
static void expect_fault(void) {
  volatile char* page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  assert_true(page != MAP_FAILED);
  caught = 0;
  if (sigsetjmp(back, 1) == 0) {
    page[123] = 1;
    fail_msg("a page that may not be written was");
  }
  assert_int_equal(caught, SIGSEGV);
  assert_int_equal(fault_code, SEGV_ACCERR);
  assert_ptr_equal(fault_address, (void*)(uintptr_t)(page + 123));
}

static void should_hand_faults_to_earlier_handlers(void** state) {
  (void)state;
  take_faults();
  ok(use());
  for (int i = 0; i < 3; i++) {
    expect_fault();
    ok(use());
  }
  caught = 0;
  if (sigsetjmp(back, 1) == 0) __builtin_trap();
  assert_int_equal(caught, SIGILL);
  ok(use());
}

/** With libjsig.so preloaded, as README.md says. */
static void should_hand_faults_to_later_handlers(void** state) {
  (void)state;
  ok(use());
  take_faults();
  for (int i = 0; i < 3; i++) {
    expect_fault();
    ok(use());
  }
}

int main(int argc, char** argv) {
  const struct CMUnitTest cases[] = {
      cmocka_unit_test(should_leave_defaults),
      cmocka_unit_test(should_leave_handlers),
      cmocka_unit_test(should_run_handlers_on_the_programs_threads),
      cmocka_unit_test(should_leave_blocked_signals_to_sigwait),
      cmocka_unit_test(should_hand_faults_to_earlier_handlers),
      cmocka_unit_test(should_hand_faults_to_later_handlers),
  };
  return run_case(argc, argv, cases);
}
