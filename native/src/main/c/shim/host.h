/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file host.h
 * What lies between the shim and the Java side: one struct of function pointers, which either host fills in, and the
 * structs that they carry. dev.avocet.bridge.Bridge has the same five functions; the numbers and layouts here are its
 * Layouts, and a test compares them.
 */
#ifndef AVOCET_HOST_H
#define AVOCET_HOST_H

#include <avocet/avocet.h>

/** Bytes that an error text has room for, its NUL included. */
#define AVOCET_ERROR_SIZE 2048

/** What a handle or a result is of. */
enum avocet_type {
  AVOCET_TYPE_MODEL = 1,
  AVOCET_TYPE_CLASSIFIER = 2,
  AVOCET_TYPE_DETECTOR = 3,
  AVOCET_TYPE_SEGMENTOR = 4,
  AVOCET_TYPE_RESTORER = 5,
  AVOCET_TYPE_ROTATED_DETECTOR = 6,
  AVOCET_TYPE_POSE_DETECTOR = 7,
  AVOCET_TYPE_TEXT_DETECTOR = 8,
  AVOCET_TYPE_TEXT_RECOGNIZER = 9,
  AVOCET_TYPE_VIDEO_RECOGNIZER = 10,
  AVOCET_TYPE_POSE_TRACKER = 11,
  AVOCET_TYPE_TRACKER_STATE = 12,
  AVOCET_TYPE_PIPELINE = 13,
  /** Results only: avocet_string_release, avocet_image_release, avocet_device_release_list. */
  AVOCET_TYPE_STRING = 14,
  AVOCET_TYPE_IMAGE = 15,
  AVOCET_TYPE_DEVICES = 16
};

/** What a handle is made from; what is not needed is 0. */
typedef struct avocet_source_t {
  /** A model's or pipeline's path, or NULL; of a tracker the detector's. */
  const char* path;
  /** Of a tracker the pose model's path. */
  const char* pose_path;
  /** A model's file in memory. */
  const void* data;
  int64_t bytes;
  /** An open model (of a tracker the detector's), or for a tracker's state the tracker. */
  const void* parent;
  /** Of a tracker the open pose model. */
  const void* pose_parent;
  /** A pipeline's text, and where relative paths start. */
  const char* json;
  const char* folder;
  const avocet_named_model_t* models;
  int32_t model_count;
  int32_t reserved;
  const avocet_tracker_params_t* params;
} avocet_source_t;

/** In which form a pipeline answers. */
enum avocet_form {
  AVOCET_FORM_VALUES = 0,
  AVOCET_FORM_JSON = 1
};

/** What a call works on; what is not needed is 0. */
typedef struct avocet_input_t {
  const avocet_image_t* images;
  /** Pictures, videos or frames, as the function's parameter count. */
  int32_t count;
  /** An AVOCET_FORM_ number. */
  int32_t form;
  const avocet_call_options_t* options;
  /** Boxes (avocet_rect_t) or quads (avocet_quad_t) of all pictures. */
  const void* regions;
  const int32_t* region_counts;
  const avocet_clips_t* videos;
  const avocet_pose_tracker_state_t* states;
  const int32_t* modes;
  const avocet_value_t* values;
} avocet_input_t;

/** What ask is about. */
enum avocet_question {
  /** answer: const char*, the Java side's release. */
  AVOCET_ASK_VERSION = 1,
  /** answer: const avocet_devices_t*. */
  AVOCET_ASK_DEVICES = 2,
  /** subject: a handle; no answer. */
  AVOCET_ASK_WARMUP = 3,
  /** subject: a handle; answer: const char*. */
  AVOCET_ASK_STATS = 4,
  /** subject: a path; answer: const avocet_image_t*. */
  AVOCET_ASK_READ_IMAGE = 5,
  /** subject: bytes; argument: const int64_t*, how many; answer: const avocet_image_t*. */
  AVOCET_ASK_DECODE_IMAGE = 6,
  /** subject: const avocet_image_t*; argument: a path; no answer. */
  AVOCET_ASK_WRITE_IMAGE = 7,
  /** argument: const int32_t*, the level of log lines that the host is to be given; no answer. */
  AVOCET_ASK_LOG = 8,
  /** argument: int64_t[2], overwritten with live handles and results; no answer. */
  AVOCET_ASK_LIVE = 9
};

/**
 * Where the calls go. All functions return a status and, where it is not AVOCET_OK, write a text of at most
 * AVOCET_ERROR_SIZE bytes with its NUL to error. They attach the calling thread themselves and may be called from any.
 * Answers that are not handles go to release with their type: a task's, or STRING, IMAGE, DEVICES.
 */
typedef struct avocet_host_t {
  /** "isolate" or "jvm". */
  const char* name;
  int32_t (*create)(int32_t type, const avocet_source_t* source, const avocet_options_t* options, void** handle,
                    char* error);
  int32_t (*apply)(int32_t type, const void* handle, const avocet_input_t* input, const void** results, char* error);
  int32_t (*release)(int32_t type, const void* results, char* error);
  int32_t (*destroy)(int32_t type, const void* handle, char* error);
  int32_t (*ask)(int32_t question, const void* subject, const void* argument, const void** answer, char* error);
} avocet_host_t;

/**
 * What the host calls for every line of the log, from any thread; the shim hands it on. In the isolate its address is
 * given to avocet_isolate_set_log as a C function pointer, in the JVM it is registered as the native method
 * dev.avocet.bridge.JvmLog.write(int level, long message).
 */
void avocet_shim_log(int32_t level, const char* message);

/**
 * Starts a host that lies in folder home.
 * @param[out] host filled in where it started
 * @param[out] error a text where not
 * @return AVOCET_OK, AVOCET_NOT_SUPPORTED where the host is not there, or another status
 */
int32_t avocet_start_isolate(const char* home, avocet_host_t* host, char* error);
int32_t avocet_start_jvm(const char* home, avocet_host_t* host, char* error);

#endif
