/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file helpers.h
 * What tests of MMDeploy's names share.
 */
#ifndef MMDEPLOY_TEST_HELPERS_H
#define MMDEPLOY_TEST_HELPERS_H

#include <mmdeploy/avocet_extensions.h>
#include <mmdeploy/executor.h>

/* cmocka.h wants these first. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/** Fails the test, with the last error, unless a call ended with this status. */
#define gives(status, call) expect_mm_status(call, status, #call, __FILE__, __LINE__)

void expect_mm_status(int status, int expected, const char* call, const char* file, int line);

/** A value of a JSON text. */
mmdeploy_value_t value(const char* json);

/** Fails the test unless a value's text is this; destroys the value. */
void expect_json(mmdeploy_value_t value, const char* json);

/** A picture of noise, the same for the same size; its pixels are freed by free. */
mmdeploy_mat_t make_mat(int width, int height);

/** Milliseconds from any point. */
double now_ms(void);

#endif
