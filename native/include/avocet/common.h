/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file common.h
 * What every part of the C API shares: status, error text, release, log, and questions that any handle answers.
 *
 * Rules that hold for all functions, unless one says otherwise:
 * - Every function that returns int32_t returns an AVOCET_ status. On failure the thread's last error says what to do,
 *   out parameters are left as they were, and nothing has to be released.
 * - Handles (model, detector, …) are numbers that the library gave out, in the clothes of a pointer: never dereference
 *   or compute with them. One that is NULL, unknown, of another kind or destroyed gives AVOCET_INVALID_ARG.
 * - Handles may be used from any thread and from several at once; a call on a handle that another thread destroys
 *   either ends as usual or with AVOCET_CLOSED. A thread needs no registration; its stack needs 256 KB that are free.
 * - Results belong to the caller until the task's release function gets them, and are valid after the handle is
 *   destroyed. They are read only. Releasing NULL does nothing and is AVOCET_OK. Like memory after free, a result's
 *   address may come back as that of a later result.
 * - What a caller passes in is borrowed for the call. Texts are UTF-8 and end with a NUL; texts that come back are
 *   never NULL unless the field says so.
 * - Structs that begin with a field named size have it set to sizeof that struct by the caller (their init function does),
 *   so that a program keeps working with a later library. Other structs do not change within a major version.
 * - After fork() a child must not use a library that its parent had used: every call there gives AVOCET_FAIL.
 */
#ifndef AVOCET_COMMON_H
#define AVOCET_COMMON_H

#include <stddef.h>
#include <stdint.h>

#if defined(AVOCET_BUILD)
#define AVOCET_API __attribute__((visibility("default")))
#else
#define AVOCET_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** How a call ended. 0 to 6 are MMDeploy's numbers. */
enum avocet_status {
  AVOCET_OK = 0,
  /** An argument, option, picture or file of the model is wrong; the caller can put it right. */
  AVOCET_INVALID_ARG = 1,
  /** A well-formed wish that this build, engine or device cannot fulfil. */
  AVOCET_NOT_SUPPORTED = 2,
  /** A value or size is beyond a limit. */
  AVOCET_OUT_OF_RANGE = 3,
  AVOCET_OUT_OF_MEMORY = 4,
  AVOCET_FILE_NOT_FOUND = 5,
  /** An engine, a driver, a file or the library's own host failed; the text says where. */
  AVOCET_FAIL = 6,
  /** The handle is being destroyed by another thread. */
  AVOCET_CLOSED = 7,
  AVOCET_CANCELLED = 8,
  /** The deadline passed before a free slot was there. */
  AVOCET_DEADLINE = 9,
  AVOCET_BUSY = 10,
  AVOCET_UNAUTHENTICATED = 11
};

/** A status's name without prefix, "INVALID_ARG"; "UNKNOWN" for other numbers. Static. */
AVOCET_API const char* avocet_status_name(int32_t status);

/**
 * What went wrong in this thread's last call, with what to do; empty after a call that succeeded. At most 2,047 bytes.
 * Valid until this thread's next call. Never NULL.
 */
AVOCET_API const char* avocet_last_error(void);

/** The library's release, for example "0.1.0". Static; starts nothing. */
AVOCET_API const char* avocet_version(void);

/**
 * Which host runs the library in this process: "isolate" (built ahead of time) or "jvm". Starts it if need be.
 * @param[out] name static
 */
AVOCET_API int32_t avocet_host_name(const char** name);

/** Levels of log lines; a callback gets those of its level and the graver ones. */
enum avocet_log_level {
  AVOCET_LOG_OFF = 0,
  AVOCET_LOG_ERROR = 1,
  AVOCET_LOG_WARN = 2,
  AVOCET_LOG_INFO = 3,
  AVOCET_LOG_DEBUG = 4,
  AVOCET_LOG_TRACE = 5
};

/**
 * Gets a line of the log, without newline. Called from any thread, several at once too; the text is valid for the call.
 * Must not call the library.
 */
typedef void (*avocet_log_fn)(void* user, int32_t level, const char* message);

/**
 * Sends the log to a function; without one nothing is logged, and nothing is ever printed. Replaces the one before;
 * when this returns, that one is not called any more.
 * @param callback NULL ends logging
 * @param user handed to the callback
 * @param level an AVOCET_LOG_ number
 */
AVOCET_API int32_t avocet_set_log(avocet_log_fn callback, void* user, int32_t level);

/** Frees a text that a function of this API gave; NULL does nothing. */
AVOCET_API int32_t avocet_string_release(const char* text);

/**
 * Runs every network of a task or pipeline handle once on a blank picture, so that the first real call is as fast as
 * the rest.
 * @param handle a detector, classifier, …, pipeline or pose tracker
 */
AVOCET_API int32_t avocet_warmup(const void* handle);

/**
 * Counts and times of a handle's calls as one line of JSON: {"stages": [{"name", "count", "p50_ms", "p99_ms"}, …],
 * "board": {"watts", "hottest_celsius", "gpu_load", "cpu_load", "throttling": ["…"]}, "calls_per_joule"}, for a pipeline
 * the same by the path of each network. What the machine does not say is null; loads are 0 to 1; throttling says in words
 * what makes it slower than it could be. calls_per_joule is the performance per watt since this was asked before.
 * @param handle a detector, classifier, …, pipeline or pose tracker
 * @param[out] json freed by avocet_string_release
 */
AVOCET_API int32_t avocet_stats_json(const void* handle, const char** json);

/**
 * How much the process holds of this library's: handles that are not destroyed and results that are not released.
 * For tests of programs: both are 0 when everything has been given back. Starts nothing.
 * @param[out] handles may be NULL
 * @param[out] results may be NULL
 */
AVOCET_API int32_t avocet_live(int64_t* handles, int64_t* results);

/** A point in pixels, x to the right, y down, origin at the upright picture's upper left. */
typedef struct avocet_point_t {
  float x;
  float y;
} avocet_point_t;

/** A box by its edges in pixels of the upright picture. */
typedef struct avocet_rect_t {
  float left;
  float top;
  float right;
  float bottom;
} avocet_rect_t;

/** Four corners in order around, the first the upper left of what is upright in them. */
typedef struct avocet_quad_t {
  avocet_point_t corners[4];
} avocet_quad_t;

/** A key point in pixels of the upright picture, with the network's score. */
typedef struct avocet_keypoint_t {
  float x;
  float y;
  float score;
} avocet_keypoint_t;

#ifdef __cplusplus
}
#endif
#endif
