/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file misuse.h
 * Wrong calls of every function of the API.
 */
#ifndef AVOCET_TEST_MISUSE_H
#define AVOCET_TEST_MISUSE_H

#include "wrong.h"

#define BIT(status) (1U << (status))

/** What stands in out parameters before calls. */
extern const char BEFORE_CALL;
#define BEFORE ((void*)(uintptr_t)&BEFORE_CALL)

/** A wrong call's outcome: what it gave, what it may give, and its out parameter. */
typedef struct outcome_t {
  int32_t status;
  uint32_t may;
  /** The out parameter after the call; BEFORE where it was left alone or there is none. */
  const void* out;
} outcome_t;

/** A way to be wrong. */
typedef struct wrong_t {
  const char* name;
  outcome_t (*call)(stock_t* stock);
  /** How often among 100. */
  int32_t share;
} wrong_t;

/** Wrong calls; their shares make 100. */
extern const wrong_t WRONG[];

#endif
