/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file expected.h
 * What the Java handles answered (expected.txt of dev.avocet.bridge.Expected says how it is written), and pictures.
 * Knows no header of MMDeploy's names, so that a test may have declarations of its own.
 */
#ifndef MMDEPLOY_TEST_EXPECTED_H
#define MMDEPLOY_TEST_EXPECTED_H

#include <stddef.h>
#include <stdint.h>

/** A picture, BGR, rows without gaps. */
typedef struct pixels_t {
  uint8_t* data;
  int width;
  int height;
} pixels_t;

/** Reads pictures/NAME; freed by free. */
pixels_t read_pixels(const char* name);

/** Path of models/NAME, in a buffer that the next call overwrites. */
const char* model_path(const char* name);

/** Ends the program as skipped where there are no expected answers, or as failed under CI=true. */
void begin_expected(void);

/** Number behind "TASK MODEL PICTURE count ". */
int expected_count(const char* task, const char* model, const char* picture);

/** Begins to read what follows "TASK MODEL PICTURE WORD ", where WORD is a number of an entry, "boxes", … */
void expect_line(const char* task, const char* model, const char* picture, const char* word);

/** The same for an entry. */
void expect_entry(const char* task, const char* model, const char* picture, int entry);

/** Fails the test unless the next field is this. */
void expect_int(int64_t n);
void expect_float(float x);
void expect_hash(const void* data, size_t bytes);
void expect_word(const char* word);

/** The next field as it is. */
float next_float(void);
int next_int(void);
void skip_fields(int count);

/** The next field, "-" or what TEXT is written as: fails unless it means this text. */
void expect_text(const char* text);

#endif
