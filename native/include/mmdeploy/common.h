/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file common.h
 * Names and layouts of MMDeploy's C API 1.3 on top of Avocet, so that programs written for it build and link unchanged.
 * New programs use avocet/avocet.h, which tells more and asks less.
 *
 * Rules that hold for all functions:
 * - Functions that return int return an MMDEPLOY_ status, MMDEPLOY_SUCCESS where all went well. Where MMDeploy ends the
 *   process, this library returns MMDEPLOY_E_FAIL. A model's path that is not there is MMDEPLOY_E_FAIL too, as in
 *   MMDeploy. mmdeploy_last_error of avocet_extensions.h says in words what went wrong.
 * - On failure out parameters keep what was in them, and nothing is consumed.
 * - Handles are numbers in the clothes of pointers: never dereference them. One that is NULL, stale or of another kind
 *   gives MMDEPLOY_E_INVALID_ARG, or NULL where a handle is returned; destroying it does nothing, except that
 *   destroying NULL is always right.
 * - Functions may be called from any thread, on one handle from several at once. A process made by fork() must not use
 *   what its parent used: it gets MMDEPLOY_E_FAIL.
 * - Answers belong to the caller until the task's release function gets them; they are not freed in another way.
 */
#ifndef MMDEPLOY_COMMON_H
#define MMDEPLOY_COMMON_H

#include <stdint.h>

#ifndef MMDEPLOY_EXPORT
#define MMDEPLOY_EXPORT __attribute__((visibility("default")))
#endif

#ifndef MMDEPLOY_API
#ifdef MMDEPLOY_API_EXPORTS
#define MMDEPLOY_API MMDEPLOY_EXPORT
#else
#define MMDEPLOY_API
#endif
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** What a picture's bytes mean. */
typedef enum mmdeploy_pixel_format_t {
  /** Three bytes a pixel, blue first. */
  MMDEPLOY_PIXEL_FORMAT_BGR = 0,
  MMDEPLOY_PIXEL_FORMAT_RGB = 1,
  /** A byte a pixel. */
  MMDEPLOY_PIXEL_FORMAT_GRAYSCALE = 2,
  /** A plane of Y, then one of U and V in turns with half the rows. Even sizes. */
  MMDEPLOY_PIXEL_FORMAT_NV12 = 3,
  /** As NV12 with V before U. */
  MMDEPLOY_PIXEL_FORMAT_NV21 = 4,
  /** Four bytes a pixel; the last is not looked at. */
  MMDEPLOY_PIXEL_FORMAT_BGRA = 5,
  MMDEPLOY_PIXEL_FORMAT_COUNT = 6
} mmdeploy_pixel_format_t;

/** Type of a picture's numbers. Pictures that go in are UINT8. */
typedef enum mmdeploy_data_type_t {
  MMDEPLOY_DATA_TYPE_FLOAT = 0,
  MMDEPLOY_DATA_TYPE_HALF = 1,
  MMDEPLOY_DATA_TYPE_UINT8 = 2,
  MMDEPLOY_DATA_TYPE_INT32 = 3,
  MMDEPLOY_DATA_TYPE_COUNT = 4
} mmdeploy_data_type_t;

/** How a call ended. */
typedef enum mmdeploy_status_t {
  MMDEPLOY_SUCCESS = 0,
  MMDEPLOY_E_INVALID_ARG = 1,
  MMDEPLOY_E_NOT_SUPPORTED = 2,
  MMDEPLOY_E_OUT_OF_RANGE = 3,
  MMDEPLOY_E_OUT_OF_MEMORY = 4,
  /** Kept for its number; a missing file is MMDEPLOY_E_FAIL. */
  MMDEPLOY_E_FILE_NOT_EXIST = 5,
  MMDEPLOY_E_FAIL = 6,
  MMDEPLOY_STATUS_COUNT = 7
} mmdeploy_status_t;

/** Where something runs or lies. */
typedef struct mmdeploy_device* mmdeploy_device_t;

/** Notes what handles do, and writes it to a file. */
typedef struct mmdeploy_profiler* mmdeploy_profiler_t;

/** A picture whose rows follow each other without gaps. */
typedef struct mmdeploy_mat_t {
  /** First byte of the first row; never written to. */
  uint8_t* data;
  /** Rows of the picture, of NV12 and NV21 too, whose buffer has half as many more. */
  int height;
  int width;
  /** Not looked at: format says it. */
  int channel;
  mmdeploy_pixel_format_t format;
  mmdeploy_data_type_t type;
  /** Where data lies; NULL: in the processor's memory. */
  mmdeploy_device_t device;
} mmdeploy_mat_t;

/** A box by its edges, in pixels. */
typedef struct mmdeploy_rect_t {
  float left;
  float top;
  float right;
  float bottom;
} mmdeploy_rect_t;

/** A place in a picture, in pixels. */
typedef struct mmdeploy_point_t {
  float x;
  float y;
} mmdeploy_point_t;

/** A tree of numbers, texts, pictures and answers: what goes into handles and comes out of them. It never changes. */
typedef struct mmdeploy_value* mmdeploy_value_t;

/** With what a handle is opened: a device, named models, named schedulers, a profiler. */
typedef struct mmdeploy_context* mmdeploy_context_t;

/** Kinds of things that mmdeploy_context_add takes. */
typedef enum mmdeploy_context_type_t {
  /** An mmdeploy_device_t. */
  MMDEPLOY_TYPE_DEVICE = 0,
  /** Not taken. */
  MMDEPLOY_TYPE_STREAM = 1,
  /** An mmdeploy_model_t, by the name that a pipeline's Inference nodes use. */
  MMDEPLOY_TYPE_MODEL = 2,
  /** An mmdeploy_scheduler_t. */
  MMDEPLOY_TYPE_SCHEDULER = 3,
  /** Not taken. */
  MMDEPLOY_TYPE_MAT = 4,
  /** An mmdeploy_profiler_t. */
  MMDEPLOY_TYPE_PROFILER = 5
} mmdeploy_context_type_t;

/** Another handle of a value, freed by mmdeploy_value_destroy; NULL for NULL and for a stale handle. */
MMDEPLOY_API mmdeploy_value_t mmdeploy_value_copy(mmdeploy_value_t value);

/** Frees a value. */
MMDEPLOY_API void mmdeploy_value_destroy(mmdeploy_value_t value);

/**
 * Names a device.
 * @param device_name "cpu" or "cuda"; whether an engine has it shows when a handle is opened
 * @param device_id which of several; "cpu" has no numbers
 * @param[out] device freed by mmdeploy_device_destroy
 * @return MMDEPLOY_E_INVALID_ARG for another name or a negative number of a GPU
 */
MMDEPLOY_API int mmdeploy_device_create(const char* device_name, int device_id, mmdeploy_device_t* device);

/** Frees a device; contexts and pictures made with it keep what they took from it. */
MMDEPLOY_API void mmdeploy_device_destroy(mmdeploy_device_t device);

/**
 * Begins a profile. Handles opened with it in their context note when each call that succeeds
 * starts and ends.
 * @param path a file, written only by mmdeploy_profiler_destroy
 * @param[out] profiler
 */
MMDEPLOY_API int mmdeploy_profiler_create(const char* path, mmdeploy_profiler_t* profiler);

/**
 * Writes the profile and frees it; handles opened with it go on without one. The file is what MMDeploy's sdk_analyze.py
 * reads: a line "name address children…" for each scope, a line "----", a line "address 0|1 call microseconds" for each
 * start (0) and end (1). The calls of a handle are as they were; those of its stages, and of a pipeline's networks, are
 * made up of the counts and medians that avocet_stats_json gives, one after the other from the start of each call. At
 * most 1,000,000 calls are noted. A file that cannot be written shows in mmdeploy_last_error.
 */
MMDEPLOY_API void mmdeploy_profiler_destroy(mmdeploy_profiler_t profiler);

/** An empty context, freed by mmdeploy_context_destroy. */
MMDEPLOY_API int mmdeploy_context_create(mmdeploy_context_t* context);

/** A context with a device in it; fails as mmdeploy_device_create. */
MMDEPLOY_API int mmdeploy_context_create_by_device(const char* device_name, int device_id, mmdeploy_context_t* context);

/** Frees a context; handles opened with it keep what they need. */
MMDEPLOY_API void mmdeploy_context_destroy(mmdeploy_context_t context);

/**
 * Puts something into a context, in place of what had that name or is there only once. The context keeps what it needs
 * of it: object may be destroyed afterwards.
 *
 * A handle opened with schedulers in its context runs on one of them: on the first by name that batches dynamically, or
 * else on the first by name. Without one it runs in the thread that starts it. (MMDeploy asks the model's files which
 * of them to use for which step.)
 * @param type an MMDEPLOY_TYPE_ number
 * @param name of a model or scheduler; else not looked at
 * @param object the handle itself, not its address
 * @return MMDEPLOY_E_NOT_SUPPORTED for a type that is not taken; MMDEPLOY_E_INVALID_ARG
 */
MMDEPLOY_API int mmdeploy_context_add(mmdeploy_context_t context, mmdeploy_context_type_t type, const char* name,
                                      const void* object);

/**
 * Makes a value of pictures: [[{"ori_img": picture}, …]].
 * @param mats their pixels are borrowed until the last value and sender that holds them has gone; NULL where mat_count
 *   is 0
 * @param[out] value freed by mmdeploy_value_destroy
 */
MMDEPLOY_API int mmdeploy_common_create_input(const mmdeploy_mat_t* mats, int mat_count, mmdeploy_value_t* value);

#ifdef __cplusplus
}
#endif
#endif
