/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file executor.h
 * Work that runs later or elsewhere. A sender is a plan to make a value; a scheduler is where work runs.
 *
 * - Nothing runs before a sender is started: by mmdeploy_executor_sync_wait, _start_detached or _ensure_started.
 * - A sender is used once. A function that takes one consumes it where it succeeds, its handle is stale then; where it
 *   fails the sender is still the caller's. One that is not wanted any more goes to mmdeploy_sender_destroy.
 * - A failure goes past all functions that wait for a value, to whoever waits for the sender: as NULL from
 *   mmdeploy_executor_sync_wait, as status from _sync_wait_v2.
 * - A plan is at most 1,000 senders deep; what would be deeper gives NULL.
 * - Functions that are called back run in a scheduler's thread or in the one that started the sender. They may use all
 *   functions here, waiting for work of the same scheduler too: a thread of a pool that waits runs the newest work of
 *   its pool meanwhile.
 */
#ifndef MMDEPLOY_EXECUTOR_H
#define MMDEPLOY_EXECUTOR_H

#include "common.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Turns a value into another; owns the one it gets and gives away the one it returns. NULL fails the sender. */
typedef mmdeploy_value_t (*mmdeploy_then_fn_t)(mmdeploy_value_t value, void* context);

/** Not used by any function. */
typedef mmdeploy_value_t (*mmdeploy_then_fn_v2_t)(mmdeploy_value_t* value, void* context);

/** Not used by any function. */
typedef int (*mmdeploy_then_fn_v3_t)(mmdeploy_value_t* input, mmdeploy_value_t* output, void* context);

struct mmdeploy_sender;
struct mmdeploy_scheduler;

typedef struct mmdeploy_sender* mmdeploy_sender_t;
typedef struct mmdeploy_scheduler* mmdeploy_scheduler_t;

/**
 * Makes a sender of a value, which is borrowed until that sender is done. The sender is consumed; NULL fails the whole.
 */
typedef mmdeploy_sender_t (*mmdeploy_let_value_fn_t)(mmdeploy_value_t value, void* context);

/* Schedulers. All are freed by mmdeploy_scheduler_destroy; NULL where threads cannot be had. */

/** Runs work at once, in the thread that brings it. */
MMDEPLOY_API mmdeploy_scheduler_t mmdeploy_executor_inline(void);

/** The process's own pool, with a thread for each processor it may use; it is never taken down. */
MMDEPLOY_API mmdeploy_scheduler_t mmdeploy_executor_system_pool(void);

/**
 * A pool of threads. Work is begun in the order it comes.
 * @param num_threads at most 1,024; less than 1: one for each processor that the process may use
 */
MMDEPLOY_API mmdeploy_scheduler_t mmdeploy_executor_create_thread_pool(int num_threads);

/** A single thread, which does its work in the order it comes. */
MMDEPLOY_API mmdeploy_scheduler_t mmdeploy_executor_create_thread(void);

/**
 * Batches what handles are given. A handle with this scheduler in its context gathers the inputs of its calls, from
 * whatever threads and senders, and runs them together, on another scheduler; each call gets its own part of the
 * answer, and its own status where one of them is at fault. Where a handle has no part in it this is the same as
 * scheduler.
 * @param scheduler not needed any more afterwards
 * @param max_batch_size pictures, boxes or videos that do not wait for more, 1 or more; a call that has more by itself
 *   runs as it is
 * @param timeout microseconds after which an input does not wait any longer; negative: it waits until the batch is full
 *   or the handle is destroyed
 */
MMDEPLOY_API mmdeploy_scheduler_t mmdeploy_executor_dynamic_batch(mmdeploy_scheduler_t scheduler, int max_batch_size,
                                                                  int timeout);

/**
 * Gives a scheduler back; handles, contexts and senders that need it keep it. Work that is queued is still done: the
 * last to go waits for it, unless it is itself work of some scheduler.
 * @return MMDEPLOY_E_INVALID_ARG for a stale handle
 */
MMDEPLOY_API int mmdeploy_scheduler_destroy(mmdeploy_scheduler_t scheduler);

/* Senders. */

/** A second handle of a sender that mmdeploy_executor_split made; NULL for all others. */
MMDEPLOY_API mmdeploy_sender_t mmdeploy_sender_copy(mmdeploy_sender_t input);

/** Frees a sender that was not consumed; what mmdeploy_executor_ensure_started began runs to its end. */
MMDEPLOY_API int mmdeploy_sender_destroy(mmdeploy_sender_t sender);

/**
 * Sends a value.
 * @param value copied; NULL is sent as nothing
 */
MMDEPLOY_API mmdeploy_sender_t mmdeploy_executor_just(mmdeploy_value_t value);

/** Sends nothing, from a scheduler. */
MMDEPLOY_API mmdeploy_sender_t mmdeploy_executor_schedule(mmdeploy_scheduler_t scheduler);

/** Sends a value, which is copied and not NULL, from a scheduler. */
MMDEPLOY_API mmdeploy_sender_t mmdeploy_executor_transfer_just(mmdeploy_scheduler_t scheduler, mmdeploy_value_t value);

/** What comes after it runs on a scheduler. */
MMDEPLOY_API mmdeploy_sender_t mmdeploy_executor_transfer(mmdeploy_sender_t input, mmdeploy_scheduler_t scheduler);

/** Starts a sender on a scheduler. */
MMDEPLOY_API mmdeploy_sender_t mmdeploy_executor_on(mmdeploy_scheduler_t scheduler, mmdeploy_sender_t input);

/** Sends what a function makes of the value. */
MMDEPLOY_API mmdeploy_sender_t mmdeploy_executor_then(mmdeploy_sender_t input, mmdeploy_then_fn_t fn, void* context);

/** Sends what the sender that a function makes of the value sends. */
MMDEPLOY_API mmdeploy_sender_t mmdeploy_executor_let_value(mmdeploy_sender_t input, mmdeploy_let_value_fn_t fn,
                                                           void* context);

/** A sender that can be copied: all copies send the one value, and the input is started by the first that is. */
MMDEPLOY_API mmdeploy_sender_t mmdeploy_executor_split(mmdeploy_sender_t input);

/**
 * Sends a list of what several send, in their order, when all are done; where some fail, the failure of the first of
 * them.
 * @param inputs all different, all consumed or none
 * @param n how many, 0 or more
 */
MMDEPLOY_API mmdeploy_sender_t mmdeploy_executor_when_all(mmdeploy_sender_t inputs[], int32_t n);

/** Starts a sender at once; what comes of it waits for whoever starts the one returned. */
MMDEPLOY_API mmdeploy_sender_t mmdeploy_executor_ensure_started(mmdeploy_sender_t input);

/* Consumers. */

/** Starts a sender whose value or failure nobody wants. */
MMDEPLOY_API int mmdeploy_executor_start_detached(mmdeploy_sender_t input);

/** Starts a sender and waits for its value, freed by mmdeploy_value_destroy; NULL on failure. */
MMDEPLOY_API mmdeploy_value_t mmdeploy_executor_sync_wait(mmdeploy_sender_t input);

/**
 * Starts a sender and waits for it.
 * @param[out] output freed by mmdeploy_value_destroy; NULL: not wanted
 * @return the status with which a part of it failed
 */
MMDEPLOY_API int mmdeploy_executor_sync_wait_v2(mmdeploy_sender_t input, mmdeploy_value_t* output);

/** Calls a function on a scheduler; does nothing where either is NULL or the scheduler is stale. */
MMDEPLOY_API void mmdeploy_executor_execute(mmdeploy_scheduler_t scheduler, void (*fn)(void*), void* context);

#ifdef __cplusplus
}
#endif
#endif
