/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file shim.h
 * What the shim's own files share.
 */
#ifndef AVOCET_SHIM_H
#define AVOCET_SHIM_H

#include <fenv.h>
#include <stdarg.h>

#include "host.h"

/** Stack that a thread has to have free when it calls; the JVM and the isolate keep about 100 KB of it back. */
#define AVOCET_STACK_SIZE ((size_t)256 * 1024)

/** A call on its way to the host. */
typedef struct avocet_call_t {
  const avocet_host_t* host;
  /** The thread's error text. */
  char* error;
  fenv_t floating_point;
  int cancel_state;
} avocet_call_t;

/**
 * Begins a call: starts the host if need be, and sees to it that the thread can run Java: enough stack, default
 * floating-point modes, no cancellation.
 * @return AVOCET_OK, to be followed by avocet_end; or why not, with the thread's error text set
 */
int32_t avocet_begin(avocet_call_t* call);

/** Ends a call that began, with what the host returned; returns that. */
int32_t avocet_end(const avocet_call_t* call, int32_t status);

/** The host where it runs in this very process, else NULL. Starts nothing. */
const avocet_host_t* avocet_running_host(void);

/** Whether the process is a child of one that had started its host. */
int avocet_is_forked(void);

/** Sets the thread's error text and returns the status. */
int32_t avocet_fail(int32_t status, const char* format, ...) __attribute__((format(printf, 2, 3)));

/** Empties the thread's error text and returns AVOCET_OK. */
int32_t avocet_succeed(void);

/** The thread's error text, AVOCET_ERROR_SIZE bytes. */
char* avocet_error(void);

/** Writes an error text, cut at a character's end where it is too long. Returns the status. */
int32_t avocet_write_error(char* error, int32_t status, const char* format, ...)
    __attribute__((format(printf, 3, 4)));

/** Appends to an error text, in the same way. */
void avocet_append_error(char* error, const char* format, ...) __attribute__((format(printf, 2, 3)));

/** Whether at least AVOCET_STACK_SIZE bytes of the thread's own stack are free; else writes why not. */
int32_t avocet_check_stack(char* error);

/** The level that the current log callback wants. */
int32_t avocet_log_level(void);

/** Keep the log's callback from being changed while the process forks. */
void avocet_log_lock(void);
void avocet_log_unlock(void);

/** Tells a host the level of the log, until it is the current one. */
int32_t avocet_log_tell(const avocet_host_t* host, char* error);

/** Whether a host that has started is of this library's release. */
int32_t avocet_check_release(const avocet_host_t* started, const char* home, char* error);

/** What a host's start changes for the whole process. */
typedef struct avocet_manners_t avocet_manners_t;

/** Remembers locale and signal handlers; NULL where there is no memory. */
avocet_manners_t* avocet_manners_save(void);

/** How much a host needs its handler of a signal. */
typedef enum avocet_need_t {
  /** The program's handler, or the default, is put back. */
  AVOCET_NEED_NONE,
  /** Kept unless the program had a handler of its own. */
  AVOCET_NEED_UNLESS_USED,
  /** Kept; the host hands on to the program's handler what is not its own. */
  AVOCET_NEED_ALWAYS
} avocet_need_t;

/** Puts back what was remembered, and frees it. */
void avocet_manners_restore(avocet_manners_t* manners, avocet_need_t (*need)(int number));

/** Signals that the JVM needs. */
avocet_need_t avocet_jvm_need(int number);

/** Signals that the isolate needs: none. */
avocet_need_t avocet_isolate_need(int number);

#endif
