/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file stock.h
 * What a test of wrong calls has at hand: live and stale handles and results of every kind, right pictures, a model.
 */
#ifndef AVOCET_TEST_STOCK_H
#define AVOCET_TEST_STOCK_H

#include "support.h"

/** What there is besides the tasks' handles. */
enum { MODEL = TASK_COUNT, TRACKER, STATE, KIND_COUNT };

/** Results that are not a task's. */
enum { TRACKED = TASK_COUNT, TEXT, PICTURE, DEVICES, RESULT_COUNT };

/** Sizes of right pictures, and room for wrong files. */
enum { PICTURE_WIDTH = 96, PICTURE_HEIGHT = 64, NOISE_BYTES = 4096 };

/** What a test of wrong calls has at hand, right and wrong. */
typedef struct stock_t {
  random_t random;
  /** One live handle of each kind, and one that is destroyed. */
  void* live[KIND_COUNT];
  void* stale[KIND_COUNT];
  /** One live result of each kind, and one that is released; as NULL where its address is live again. */
  const void* results[RESULT_COUNT];
  const void* released[RESULT_COUNT];
  /** Right pictures, all of one format. */
  avocet_image_t pictures[4];
  /** A right classifier as a zip file, which CMake has packed. */
  uint8_t* zip;
  size_t zip_bytes;
  /** Room for wrong things; valid until the next of its kind is made. */
  avocet_image_t images[4];
  avocet_call_options_t call_options;
  avocet_options_t options;
  avocet_engine_option_t engine_options[2];
  avocet_tracker_params_t params;
  float sigma;
  avocet_value_t values[8];
  const char* names[8];
  char text[4096];
  uint8_t* bytes;
} stock_t;

void stock_fill(stock_t* stock, uint64_t seed);

void stock_empty(stock_t* stock);

#endif
