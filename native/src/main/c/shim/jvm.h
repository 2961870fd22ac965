/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file jvm.h
 * What the files of the jvm host share.
 */
#ifndef AVOCET_JVM_H
#define AVOCET_JVM_H

#include <jni.h>
#include <limits.h>

#include "host.h"

/** A Java virtual machine's library, as avocet_find_jvm finds it. */
typedef struct avocet_jvm_t {
  /** From dlopen. */
  void* library;
  /** 17 or higher; 0 where somebody else had loaded the library. */
  int release;
  /** The folder that has it; empty where somebody else had loaded the library. */
  char home[PATH_MAX];
} avocet_jvm_t;

/** Finds and loads a libjvm.so; where there is none, AVOCET_NOT_SUPPORTED with all places that were looked at. */
int32_t avocet_find_jvm(const char* home, avocet_jvm_t* found, char* error);

/**
 * Gives the process's JVM; creates it where there is none.
 * @param[out] created whether it was created, which attaches the calling thread
 */
int32_t avocet_jvm_open(const char* home, JavaVM** vm, int* created, char* error);

/**
 * Tries options where they may fail. AVOCET_OK means that there is nothing against them, AVOCET_FAIL that a JVM would
 * end the process.
 */
int32_t avocet_jvm_try(const char* java_home, const JavaVMOption* options, int count, char* error);

/** The jars of a home folder. */
typedef struct avocet_jars_t {
  char** paths;
  int count;
} avocet_jars_t;

/** Lists the jars, at least one. */
int32_t avocet_jars_list(const char* home, avocet_jars_t* jars, char* error);

void avocet_jars_free(avocet_jars_t* jars);

/**
 * Finds a class by name, with dots.
 * @param loader NULL: the system's
 * @return a local reference; or NULL with an exception pending
 */
jclass avocet_jvm_class(JNIEnv* env, jobject loader, const char* name);

/** Whether the system's class loader finds a class. */
int avocet_jvm_has(JNIEnv* env, const char* name);

/**
 * Makes a class loader for the jars of a home folder, beside what the JVM has of its own.
 * @param replace whether properties that say where the natives are replace those that are set
 */
int32_t avocet_jvm_loader(JNIEnv* env, const char* home, int replace, jobject* loader, char* error);

/** Takes the pending exception, if any, and writes it behind what it means. Returns AVOCET_FAIL. */
int32_t avocet_jvm_exception(JNIEnv* env, char* error, const char* what);

#endif
