/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file log.c
 * Hands the host's log lines to the program's callback, which may be replaced while others run.
 */
#include <pthread.h>
#include <stdlib.h>

#include "shim.h"

/** A callback; it lives until it is replaced and the last line in it has ended. */
typedef struct sink {
  avocet_log_fn callback;
  void* user;
  int32_t level;
  int running;
  int replaced;
} sink;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t idle = PTHREAD_COND_INITIALIZER;
static sink* current;

/** How many callbacks this thread is in. */
static __thread int depth;

void avocet_log_lock(void) { pthread_mutex_lock(&lock); }

void avocet_log_unlock(void) { pthread_mutex_unlock(&lock); }

int32_t avocet_log_level(void) {
  pthread_mutex_lock(&lock);
  int32_t level = current ? current->level : AVOCET_LOG_OFF;
  pthread_mutex_unlock(&lock);
  return level;
}

void avocet_shim_log(int32_t level, const char* message) {
  pthread_mutex_lock(&lock);
  sink* to = current;
  if (to && level > to->level) to = NULL;
  if (to) to->running++;
  pthread_mutex_unlock(&lock);
  if (!to) return;
  depth++;
  to->callback(to->user, level, message);
  depth--;
  pthread_mutex_lock(&lock);
  if (--to->running == 0) pthread_cond_broadcast(&idle);
  int over = to->running == 0 && to->replaced == 2;
  pthread_mutex_unlock(&lock);
  if (over) free(to);
}

/** Replaces the callback, and waits until the one before has ended. */
static void replace(sink* by) {
  pthread_mutex_lock(&lock);
  sink* old = current;
  current = by;
  if (old) {
    old->replaced = 1;
    /* A callback that replaces itself, or waits for another that does, would wait for ever. */
    while (old->running > 0 && depth == 0) pthread_cond_wait(&idle, &lock);
    if (old->running > 0) {
      old->replaced = 2;
      old = NULL;
    }
  }
  pthread_mutex_unlock(&lock);
  free(old);
}

int32_t avocet_log_tell(const avocet_host_t* host, char* error) {
  int32_t told;
  do {
    told = avocet_log_level();
    int32_t status = host->ask(AVOCET_ASK_LOG, NULL, &told, NULL, error);
    if (status != AVOCET_OK) return status;
    /* Another thread may have changed it in between, and told the host first. */
  } while (told != avocet_log_level());
  return AVOCET_OK;
}

int32_t avocet_set_log(avocet_log_fn callback, void* user, int32_t level) {
  avocet_call_t call;
  if (level < AVOCET_LOG_OFF || level > AVOCET_LOG_TRACE) {
    return avocet_fail(AVOCET_INVALID_ARG, "level=%d: is 0 (off) to 5 (trace)", level);
  }
  if (avocet_is_forked()) return avocet_begin(&call);
  sink* by = NULL;
  if (callback && level > AVOCET_LOG_OFF) {
    by = calloc(1, sizeof *by);
    if (!by) return avocet_fail(AVOCET_OUT_OF_MEMORY, "no memory for a log callback");
    by->callback = callback;
    by->user = user;
    by->level = level;
  }
  replace(by);
  /* A host that starts later asks for the level itself. */
  if (!avocet_running_host()) return avocet_succeed();
  int32_t status = avocet_begin(&call);
  return status == AVOCET_OK ? avocet_end(&call, avocet_log_tell(call.host, call.error)) : status;
}
