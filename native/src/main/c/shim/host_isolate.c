/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file host_isolate.c
 * The host that GraalVM's native-image built: a library with Java in it, ahead of time.
 */
#include <dlfcn.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "shim.h"

typedef struct graal_isolate graal_isolate;
typedef struct graal_thread graal_thread;

/** The library's functions, in the order of names below. */
static struct {
  int (*create_isolate)(void* parameters, graal_isolate** isolate, graal_thread** thread);
  int (*attach_thread)(graal_isolate* isolate, graal_thread** thread);
  graal_thread* (*get_current_thread)(graal_isolate* isolate);
  int (*detach_thread)(graal_thread* thread);
  int (*tear_down_isolate)(graal_thread* thread);
  int32_t (*create)(graal_thread*, int32_t, const avocet_source_t*, const avocet_options_t*, void**, char*);
  int32_t (*apply)(graal_thread*, int32_t, const void*, const avocet_input_t*, const void**, char*);
  int32_t (*release)(graal_thread*, int32_t, const void*, char*);
  int32_t (*destroy)(graal_thread*, int32_t, const void*, char*);
  int32_t (*ask)(graal_thread*, int32_t, const void*, const void*, const void**, char*);
  void (*set_log)(graal_thread*, void (*)(int32_t, const char*));
} image;

static const char* const names[] = {"graal_create_isolate",   "graal_attach_thread",
                                    "graal_get_current_thread", "graal_detach_thread",
                                    "graal_tear_down_isolate", "avocet_isolate_create",
                                    "avocet_isolate_apply",   "avocet_isolate_release",
                                    "avocet_isolate_destroy", "avocet_isolate_ask",
                                    "avocet_isolate_set_log"};

static graal_isolate* isolate;
static pthread_key_t attached;

/** This thread in the isolate; NULL while it is not attached. */
static __thread graal_thread* self;

/** Runs when a thread ends that called; a later call of another destructor attaches it anew, and this runs again. */
static void detach(void* thread) {
  self = NULL;
  image.detach_thread(thread);
}

static graal_thread* attach(char* error) {
  if (self) return self;
  graal_thread* thread = NULL;
  int failed = image.attach_thread(isolate, &thread);
  if (failed) {
    avocet_write_error(error, AVOCET_FAIL, "the isolate does not take the thread: graal_attach_thread gave %d", failed);
    return NULL;
  }
  if (pthread_setspecific(attached, thread) != 0) {
    image.detach_thread(thread);
    avocet_write_error(error, AVOCET_OUT_OF_MEMORY, "no memory to attach the thread with");
    return NULL;
  }
  return self = thread;
}

static int32_t isolate_create(int32_t type, const avocet_source_t* source, const avocet_options_t* options,
                              void** handle, char* error) {
  graal_thread* thread = attach(error);
  return thread ? image.create(thread, type, source, options, handle, error) : AVOCET_FAIL;
}

static int32_t isolate_apply(int32_t type, const void* handle, const avocet_input_t* input, const void** results,
                             char* error) {
  graal_thread* thread = attach(error);
  return thread ? image.apply(thread, type, handle, input, results, error) : AVOCET_FAIL;
}

static int32_t isolate_release(int32_t type, const void* results, char* error) {
  graal_thread* thread = attach(error);
  return thread ? image.release(thread, type, results, error) : AVOCET_FAIL;
}

static int32_t isolate_destroy(int32_t type, const void* handle, char* error) {
  graal_thread* thread = attach(error);
  return thread ? image.destroy(thread, type, handle, error) : AVOCET_FAIL;
}

static int32_t isolate_ask(int32_t question, const void* subject, const void* argument, const void** answer,
                           char* error) {
  graal_thread* thread = attach(error);
  return thread ? image.ask(thread, question, subject, argument, answer, error) : AVOCET_FAIL;
}

avocet_need_t avocet_isolate_need(int number) {
  (void)number;
  return AVOCET_NEED_NONE;
}

static int32_t load(const char* home, char* error) {
  char path[PATH_MAX];
  int length = snprintf(path, sizeof path, "%s/libavocet_isolate.so", home);
  if (length < 0 || length >= (int)sizeof path || access(path, F_OK) != 0) {
    return avocet_write_error(error, AVOCET_NOT_SUPPORTED,
                              "there is no %s/libavocet_isolate.so: let AVOCET_HOME name the folder that has it, or "
                              "AVOCET_HOST=jvm",
                              home);
  }
  void* library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (!library) return avocet_write_error(error, AVOCET_FAIL, "%s cannot be loaded: %s", path, dlerror());
  void* functions[sizeof names / sizeof *names];
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    functions[i] = dlsym(library, names[i]);
    if (!functions[i]) {
      avocet_write_error(error, AVOCET_FAIL, "%s has no function %s: it is of another release", path, names[i]);
      dlclose(library);
      return AVOCET_FAIL;
    }
  }
  /* POSIX has dlsym give functions as void*, which ISO C does not let one convert. */
  memcpy(&image, functions, sizeof image);
  return AVOCET_OK;
}

int32_t avocet_start_isolate(const char* home, avocet_host_t* host, char* error) {
  graal_thread* thread = NULL;
  int32_t status = load(home, error);
  if (status != AVOCET_OK) return status;
  int failed = pthread_key_create(&attached, detach);
  if (failed) return avocet_write_error(error, AVOCET_FAIL, "no key for the threads: %s", strerror(failed));
  failed = image.create_isolate(NULL, &isolate, &thread);
  if (failed) {
    pthread_key_delete(attached);
    return avocet_write_error(error, AVOCET_FAIL, "the isolate does not start: graal_create_isolate gave %d", failed);
  }
  self = thread;
  pthread_setspecific(attached, thread);
  image.set_log(thread, avocet_shim_log);
  host->name = "isolate";
  host->create = isolate_create;
  host->apply = isolate_apply;
  host->release = isolate_release;
  host->destroy = isolate_destroy;
  host->ask = isolate_ask;
  status = avocet_check_release(host, home, error);
  if (status != AVOCET_OK) {
    self = NULL;
    pthread_key_delete(attached);
    image.tear_down_isolate(thread);
  }
  return status;
}
