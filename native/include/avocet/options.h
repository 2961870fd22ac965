/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file options.h
 * Options of handles and of calls. NULL in their place means all defaults.
 */
#ifndef AVOCET_OPTIONS_H
#define AVOCET_OPTIONS_H

#include "common.h"

#ifdef __cplusplus
extern "C" {
#endif

/** An option of an engine by name, as the README of its module lists them. */
typedef struct avocet_engine_option_t {
  const char* name;
  const char* value;
} avocet_engine_option_t;

/** How preprocessing runs; all give the same answers. */
enum avocet_plan {
  /** The default: fused passes, left to the engine where that is expected to be faster. */
  AVOCET_PLAN_FUSED = 0,
  /** Inside the network, where the engine can. */
  AVOCET_PLAN_ENGINE = 1,
  /** Fused passes in plain Java. */
  AVOCET_PLAN_PLAIN = 2,
  /** Step by step, as the meta info lists it. */
  AVOCET_PLAN_REFERENCE = 3
};

/** Options of a handle, set to the defaults by avocet_options_init. */
typedef struct avocet_options_t {
  /** sizeof(avocet_options_t) */
  uint32_t size;
  /** Processor threads for one call; 0: all that the process may use. */
  int32_t threads;
  /** [engine:]device[:n], for example "cpu", "openvino:GPU", "tensorrt:cuda:0"; NULL: "cpu". */
  const char* device;
  /** Calls that may run side by side, each with buffers of its own; 0: 1. */
  int32_t concurrency;
  /** Most pictures in one run of the network; 0: as the model says. */
  int32_t max_batch;
  /** An AVOCET_PLAN_ number. */
  int32_t plan;
  /** How many entries engine_options has. */
  int32_t engine_option_count;
  const avocet_engine_option_t* engine_options;
} avocet_options_t;

/** Sets every field to its default. */
AVOCET_API int32_t avocet_options_init(avocet_options_t* options);

/**
 * What may differ from call to call, set to the defaults by avocet_call_options_init. A field that a task has no use for
 * must keep its default: AVOCET_INVALID_ARG says which.
 */
typedef struct avocet_call_options_t {
  /** sizeof(avocet_call_options_t) */
  uint32_t size;
  /** How many classes to name, 0: as the model says. Classifier and video recognizer. */
  int32_t top_k;
  /** 0 to 1 replaces the model's threshold, negative: the model's. Detector, rotated and text detector. */
  float score_threshold;
  /** How many entries classes has; 0 keeps all classes. Detector and rotated detector. */
  int32_t class_count;
  const int32_t* classes;
  /** Part of the upright picture to look at, in pixels; width 0: all of it. Places are still given in the whole picture. */
  int32_t region_x;
  int32_t region_y;
  int32_t region_width;
  int32_t region_height;
  /** How long the call may wait for a free slot, in microseconds; negative: as long as it takes. */
  int64_t deadline_us;
} avocet_call_options_t;

/** Sets every field to its default. */
AVOCET_API int32_t avocet_call_options_init(avocet_call_options_t* options);

#ifdef __cplusplus
}
#endif
#endif
