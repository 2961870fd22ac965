/* SPDX-License-Identifier: Apache-2.0 */
/** @file stack.c How much stack a thread has left. */
#include <pthread.h>

#include "shim.h"

/** Ends of the thread's stack, 0 until they are known. */
static __thread uintptr_t low;
static __thread uintptr_t high;

static void measure(void) {
  pthread_attr_t attributes;
  void* start;
  size_t size;
  size_t guard;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return;
  if (pthread_attr_getstack(&attributes, &start, &size) == 0 && pthread_attr_getguardsize(&attributes, &guard) == 0) {
    low = (uintptr_t)start + guard;
    high = (uintptr_t)start + size;
  }
  pthread_attr_destroy(&attributes);
}

int32_t avocet_check_stack(char* error) {
  uintptr_t here = (uintptr_t)__builtin_frame_address(0);
  /* Again where it does not fit: the main thread's stack follows its limit, which may have been raised. */
  if (here < low || here >= high) measure();
  if (high == 0) return AVOCET_OK;
  if (here < low || here >= high) {
    return avocet_write_error(error, AVOCET_FAIL,
                              "the call comes from a stack that is not its thread's own, such as a coroutine's: call "
                              "from a plain thread");
  }
  if (here - low < AVOCET_STACK_SIZE) {
    return avocet_write_error(error, AVOCET_FAIL,
                              "the thread's stack has %zu KB left of %zu: call with at least %zu KB free "
                              "(pthread_attr_setstacksize)",
                              (size_t)(here - low) / 1024, (size_t)(high - low) / 1024, AVOCET_STACK_SIZE / 1024);
  }
  return AVOCET_OK;
}
