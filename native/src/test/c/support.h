/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file support.h
 * What the tests share: the tasks as a table, small models and pictures, random numbers, threads, and how a test says
 * what went wrong.
 */
#ifndef AVOCET_TEST_SUPPORT_H
#define AVOCET_TEST_SUPPORT_H

#include <avocet/avocet.h>

/* cmocka.h wants these first. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define COUNT_OF(array) ((int32_t)(sizeof(array) / sizeof(*(array))))

/** The exit status by which CTest knows that a test was skipped. */
enum { SKIPPED = 77 };

/** Room for a path. */
enum { PATH_SIZE = 1024 };

/** Writes a path to a buffer of PATH_SIZE; returns it. */
const char* path_of(char* path, const char* format, ...) __attribute__((format(printf, 2, 3)));

/** The folder of test data, or NULL where it is not there. */
const char* shared_folder(void);

/**
 * Ends the program as skipped, or as failed under CI=true, where there is no test data. Else starts the library, so
 * that all tests meet the same host, and says which it is.
 */
void begin(void);

/** Fails the test with the last error where a call did not succeed. */
#define ok(call) expect_status(call, AVOCET_OK, #call, __FILE__, __LINE__)

/** Fails the test where a call did not fail with this status and a text. */
#define fails(expected, call) expect_status(call, expected, #call, __FILE__, __LINE__)

void expect_status(int32_t status, int32_t expected, const char* call, const char* file, int line);

/** Fails the test unless every handle is destroyed and every result released. */
void expect_nothing_live(void);

/** Memory of the process in kilobytes that is in RAM. */
int64_t resident_kb(void);

double seconds(void);

/** Random numbers that a seed decides: xorshift64*. */
typedef struct random_t {
  uint64_t state;
} random_t;

uint64_t next(random_t* random);

/** 0 to bound - 1. */
int32_t below(random_t* random, int32_t bound);

/** Makes a packed BGR picture of noise on a gradient; the same for the same size. The caller frees its pixels. */
avocet_image_t make_picture(int32_t width, int32_t height);

void free_picture(avocet_image_t* image);

/** Reads a whole file; the caller frees it. */
uint8_t* read_bytes(const char* path, size_t* bytes);

/** Runs a function in several threads at once, each with its number; returns when all have ended. */
void in_threads(int32_t count, void (*function)(int32_t number, void* data), void* data);

/** A task by the functions that all tasks have. */
typedef struct task_t {
  const char* name;
  /** A model that runs in well under a millisecond, below the folder of test data. */
  const char* model;
  int32_t (*create)(avocet_model_t model, const avocet_options_t* options, void** handle);
  int32_t (*create_by_path)(const char* path, const avocet_options_t* options, void** handle);
  /** Of the video recognizer the pictures are clips of one video; the pipeline has no options. */
  int32_t (*apply)(void* handle, const avocet_image_t* images, int32_t count, const avocet_call_options_t* options,
                   const void** results);
  int32_t (*release)(const void* results);
  int32_t (*destroy)(void* handle);
} task_t;

enum {
  CLASSIFIER,
  DETECTOR,
  SEGMENTOR,
  RESTORER,
  ROTATED_DETECTOR,
  POSE_DETECTOR,
  TEXT_DETECTOR,
  TEXT_RECOGNIZER,
  VIDEO_RECOGNIZER,
  PIPELINE,
  TASK_COUNT
};

extern const task_t TASKS[TASK_COUNT];

/** Opens the small model of a task. */
void* open_small(int32_t task);

#endif
