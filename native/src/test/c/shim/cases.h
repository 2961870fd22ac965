/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file cases.h
 * Tests that each need a process of their own: the program runs the one that its first argument names.
 */
#ifndef AVOCET_TEST_CASES_H
#define AVOCET_TEST_CASES_H

#include <sys/types.h>

#include "../support.h"

/** Runs the case that the command line names; the program's exit status. */
#define run_case(argc, argv, cases) run_one_case(argc, argv, cases, sizeof(cases) / sizeof(*(cases)))

int run_one_case(int argc, char** argv, const struct CMUnitTest* cases, size_t count);

/** Whether the host under test is the JVM. */
int on_jvm(void);

/** Fails unless the host starts; returns its name. */
const char* start(void);

/** A model that every checkout has. */
const char* some_model(void);

/** Calls the library: opens a model and closes it. Returns the first status that is not AVOCET_OK. For threads too. */
int32_t use(void);

/** Fails unless the last error has this text. */
#define expect_error(text) expect_text(text, __FILE__, __LINE__)

void expect_text(const char* text, const char* file, int line);

/** Fails unless child ends by itself with this exit status within some seconds. */
void expect_exit(pid_t child, int status);

#endif
