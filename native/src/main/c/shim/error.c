/* SPDX-License-Identifier: Apache-2.0 */
/** @file error.c The last error of each thread, and status names. */
#include <stdio.h>
#include <string.h>

#include "shim.h"

static __thread char last_error[AVOCET_ERROR_SIZE];

char* avocet_error(void) { return last_error; }

const char* avocet_last_error(void) { return last_error; }

int32_t avocet_succeed(void) {
  last_error[0] = '\0';
  return AVOCET_OK;
}

/** Takes the bytes of a character away that the text's end cuts through. */
static void trim(char* error) {
  size_t end = strlen(error);
  size_t start = end;
  while (start > 0 && ((unsigned char)error[start - 1] & 0xC0) == 0x80) start--;
  if (start == 0) return;
  unsigned char lead = (unsigned char)error[start - 1];
  size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  if (start - 1 + bytes > end) error[start - 1] = '\0';
}

static void append(char* error, size_t used, const char* format, va_list arguments)
    __attribute__((format(printf, 3, 0)));

static void append(char* error, size_t used, const char* format, va_list arguments) {
  int length = vsnprintf(error + used, AVOCET_ERROR_SIZE - used, format, arguments);
  if (length < 0) error[used] = '\0';
  if (length >= (int)(AVOCET_ERROR_SIZE - used)) trim(error);
}

int32_t avocet_fail(int32_t status, const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  append(last_error, 0, format, arguments);
  va_end(arguments);
  return status;
}

int32_t avocet_write_error(char* error, int32_t status, const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  append(error, 0, format, arguments);
  va_end(arguments);
  return status;
}

void avocet_append_error(char* error, const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  append(error, strlen(error), format, arguments);
  va_end(arguments);
}

const char* avocet_status_name(int32_t status) {
  static const char* const names[] = {"OK",          "INVALID_ARG",    "NOT_SUPPORTED", "OUT_OF_RANGE",
                                      "OUT_OF_MEMORY", "FILE_NOT_FOUND", "FAIL",          "CLOSED",
                                      "CANCELLED",   "DEADLINE",       "BUSY",          "UNAUTHENTICATED"};
  int32_t count = (int32_t)(sizeof names / sizeof *names);
  return status >= 0 && status < count ? names[status] : "UNKNOWN";
}
