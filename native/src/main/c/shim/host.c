/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file host.c
 * Finds and starts the host once for the process, and leads calls to it.
 */
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shim.h"

/** Stack of the thread that starts the host; such as Java's own threads have. */
#define START_STACK_SIZE ((size_t)2 * 1024 * 1024)

enum state {
  NOT_STARTED,
  STARTING,
  STARTED,
  /** A child of a process that had started its host: that host's threads are not here. */
  FORKED
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int state = NOT_STARTED;
static avocet_host_t host;

/** The folder `avocet` beside this library, as it was when the library was loaded. */
static char beside[PATH_MAX];

/** The library's name may be relative to a folder that is not the current one any more later on. */
__attribute__((constructor)) static void remember_folder(void) {
  Dl_info info;
  char path[PATH_MAX];
  if (!dladdr((const void*)&host, &info) || !info.dli_fname || !realpath(info.dli_fname, path)) return;
  char* name = strrchr(path, '/');
  if (!name || (size_t)(name - path) + sizeof "/avocet" > sizeof beside) return;
  *name = '\0';
  strcat(strcpy(beside, path), "/avocet");
}

static int now(void) { return __atomic_load_n(&state, __ATOMIC_ACQUIRE); }

static void become(int next) { __atomic_store_n(&state, next, __ATOMIC_RELEASE); }

static void before_fork(void) {
  pthread_mutex_lock(&lock);
  avocet_log_lock();
}

static void after_fork(void) {
  avocet_log_unlock();
  pthread_mutex_unlock(&lock);
}

static void in_child(void) {
  if (now() != NOT_STARTED) become(FORKED);
  after_fork();
}

static void watch_forks(void) { pthread_atfork(before_fork, after_fork, in_child); }

/** Whether the host's part lies in the home folder. */
static int has(const char* home, const char* part) {
  char path[PATH_MAX];
  int length = snprintf(path, sizeof path, "%s/%s", home, part);
  return length > 0 && length < (int)sizeof path && access(path, F_OK) == 0;
}

/** What starts the host on a thread of its own. */
typedef struct start {
  int32_t (*function)(const char* home, avocet_host_t* host, char* error);
  const char* home;
  char* error;
  int32_t status;
} start;

static int32_t choose(start* how) {
  const char* home = secure_getenv("AVOCET_HOME");
  const char* wanted = secure_getenv("AVOCET_HOST");
  how->home = home && *home ? home : beside;
  if (wanted && *wanted) {
    how->function = strcmp(wanted, "isolate") == 0 ? avocet_start_isolate : avocet_start_jvm;
    if (strcmp(wanted, "isolate") == 0 || strcmp(wanted, "jvm") == 0) return AVOCET_OK;
    return avocet_write_error(how->error, AVOCET_INVALID_ARG, "AVOCET_HOST=%s: is isolate or jvm", wanted);
  }
  if (!has(how->home, "libavocet_isolate.so") && !has(how->home, "jars")) {
    return avocet_write_error(how->error, AVOCET_NOT_SUPPORTED,
                              "%s%s has neither libavocet_isolate.so nor the folder jars: let AVOCET_HOME name the "
                              "folder that has them",
                              home && *home ? "AVOCET_HOME=" : "", how->home);
  }
  how->function = has(how->home, "libavocet_isolate.so") ? avocet_start_isolate : avocet_start_jvm;
  return AVOCET_OK;
}

/** Of a release such as 0.1.0-SNAPSHOT what comes before the hyphen. */
static int same_release(const char* one, const char* other) {
  size_t length = strcspn(one, "-");
  return length == strcspn(other, "-") && strncmp(one, other, length) == 0;
}

int32_t avocet_check_release(const avocet_host_t* started, const char* home, char* error) {
  const void* answer = NULL;
  int32_t status = started->ask(AVOCET_ASK_VERSION, NULL, NULL, &answer, error);
  if (status != AVOCET_OK) return status;
  if (!same_release(answer, AVOCET_VERSION)) {
    avocet_write_error(error, AVOCET_FAIL,
                       "libavocet.so is release %s, but the %s in %s is %s: install both from one archive",
                       AVOCET_VERSION, started->name, home, (const char*)answer);
    status = AVOCET_FAIL;
  }
  char unused[AVOCET_ERROR_SIZE];
  started->release(AVOCET_TYPE_STRING, answer, unused);
  return status;
}

static void* run(void* argument) {
  start* how = argument;
  how->status = how->function(how->home, &host, how->error);
  return NULL;
}

/**
 * Runs the start on a thread of its own: the caller's may have a small stack, and signals that are blocked in it stay
 * blocked in the threads that the host starts, so that the program's handlers run on the program's threads.
 */
static int32_t run_apart(start* how) {
  /* They cannot wait: a thread that has one blocked is killed by it. */
  static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGSYS};
  pthread_attr_t attributes;
  pthread_t thread;
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) sigdelset(&all, faults[i]);
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, START_STACK_SIZE);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  int failed = pthread_create(&thread, &attributes, run, how);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  pthread_attr_destroy(&attributes);
  if (failed) {
    return avocet_write_error(how->error, AVOCET_FAIL, "no thread to start the host with: %s", strerror(failed));
  }
  pthread_join(thread, NULL);
  return how->status;
}

static int32_t start_host(char* error) {
  start how = {NULL, NULL, error, AVOCET_OK};
  int32_t status = choose(&how);
  if (status != AVOCET_OK) return status;
  avocet_manners_t* manners = avocet_manners_save();
  if (!manners) return avocet_write_error(error, AVOCET_OUT_OF_MEMORY, "no memory to start the host");
  status = run_apart(&how);
  avocet_manners_restore(manners, how.function == avocet_start_jvm ? avocet_jvm_need : avocet_isolate_need);
  return status;
}

/** Starts the host, or waits until another thread has; tries again where that failed. */
static int32_t ensure_started(char* error) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, watch_forks);
  pthread_mutex_lock(&lock);
  while (now() == STARTING) pthread_cond_wait(&changed, &lock);
  int mine = now() == NOT_STARTED;
  if (mine) become(STARTING);
  pthread_mutex_unlock(&lock);
  if (!mine) return AVOCET_OK;
  int32_t status = start_host(error);
  pthread_mutex_lock(&lock);
  become(status == AVOCET_OK ? STARTED : NOT_STARTED);
  pthread_cond_broadcast(&changed);
  pthread_mutex_unlock(&lock);
  /* From now on avocet_set_log tells the host itself; a callback that was set before is for us to tell of. */
  return status == AVOCET_OK && avocet_log_level() != AVOCET_LOG_OFF ? avocet_log_tell(&host, error) : status;
}

const avocet_host_t* avocet_running_host(void) { return now() == STARTED ? &host : NULL; }

int avocet_is_forked(void) { return now() == FORKED; }

int32_t avocet_begin(avocet_call_t* call) {
  call->host = &host;
  call->error = avocet_error();
  call->error[0] = '\0';
  if (avocet_is_forked()) {
    return avocet_write_error(call->error, AVOCET_FAIL,
                              "this process was forked from one that used the library already: use it in one of both "
                              "only, or start the child's program by exec");
  }
  int32_t status = avocet_check_stack(call->error);
  if (status != AVOCET_OK) return status;
  /* Cancelling a thread unwinds its stack, which neither Java nor the engines' C++ survive. */
  pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &call->cancel_state);
  fegetenv(&call->floating_point);
  fesetenv(FE_DFL_ENV);
  if (now() != STARTED) status = ensure_started(call->error);
  return status == AVOCET_OK ? AVOCET_OK : avocet_end(call, status);
}

int32_t avocet_end(const avocet_call_t* call, int32_t status) {
  fesetenv(&call->floating_point);
  pthread_setcancelstate(call->cancel_state, NULL);
  if (status == AVOCET_OK) {
    call->error[0] = '\0';
  } else if (call->error[0] == '\0') {
    avocet_write_error(call->error, status,
                       "the host gave no reason; most likely the thread's stack or memory ran out");
  }
  return status;
}
