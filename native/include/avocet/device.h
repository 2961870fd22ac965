/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file device.h
 * The engines that are there and the devices they find. A device is chosen by its name in avocet_options_t.
 */
#ifndef AVOCET_DEVICE_H
#define AVOCET_DEVICE_H

#include "common.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A device of an engine; of an engine that cannot be used one entry without a device that says why. */
typedef struct avocet_device_t {
  /** What avocet_options_t.device takes, for example "openvino:GPU.0"; empty where the engine cannot be used. */
  const char* name;
  /** The engine, for example "onnxruntime". */
  const char* engine;
  /** The engine's release, empty where unknown. */
  const char* engine_version;
  /** What the device's maker calls it, may be empty. */
  const char* full_name;
  /** Why the engine cannot be used and how to change that; NULL where it can. */
  const char* unavailable;
} avocet_device_t;

typedef struct avocet_devices_t {
  int32_t count;
  int32_t reserved;
  const avocet_device_t* items;
} avocet_devices_t;

/**
 * Lists the devices of all engines.
 * @param[out] devices freed by avocet_device_release_list
 */
AVOCET_API int32_t avocet_device_list(const avocet_devices_t** devices);

/** Frees a list; NULL does nothing. */
AVOCET_API int32_t avocet_device_release_list(const avocet_devices_t* devices);

#ifdef __cplusplus
}
#endif
#endif
