/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file isolate_smoke.c
 * Opens an isolate without the shim, as the shim does, and prints what a detector finds in a picture and how long that
 * takes. Fails where the isolate installs a signal handler.
 * usage: isolate_smoke HOME MODEL PICTURE [ROUNDS]
 */
#include <dlfcn.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../../main/c/shim/host.h"

typedef struct isolate isolate_t;
typedef struct isolate_thread thread_t;

static struct {
  int (*create_isolate)(void*, isolate_t**, thread_t**);
  int (*tear_down)(thread_t*);
  void (*set_log)(thread_t*, void (*)(int32_t, const char*));
  int32_t (*create)(thread_t*, int32_t, const avocet_source_t*, const avocet_options_t*, void**, char*);
  int32_t (*apply)(thread_t*, int32_t, const void*, const avocet_input_t*, const void**, char*);
  int32_t (*release)(thread_t*, int32_t, const void*, char*);
  int32_t (*destroy)(thread_t*, int32_t, const void*, char*);
  int32_t (*ask)(thread_t*, int32_t, const void*, const void*, const void**, char*);
} image;

static const char* const names[] = {"graal_create_isolate",   "graal_tear_down_isolate", "avocet_isolate_set_log",
                                    "avocet_isolate_create",  "avocet_isolate_apply",    "avocet_isolate_release",
                                    "avocet_isolate_destroy", "avocet_isolate_ask"};

static char error[AVOCET_ERROR_SIZE];
static struct sigaction before[NSIG];

static double milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static long resident_kb(void) {
  char line[256];
  long kb = 0;
  FILE* status = fopen("/proc/self/status", "r");
  while (status && fgets(line, sizeof line, status)) {
    if (strncmp(line, "VmRSS:", 6) == 0) kb = atol(line + 6);
  }
  if (status) fclose(status);
  return kb;
}

static void check(int32_t status, const char* what) {
  if (status == AVOCET_OK) return;
  fprintf(stderr, "%s: %d %s\n", what, (int)status, error);
  exit(1);
}

static void print_log(int32_t level, const char* message) { fprintf(stderr, "log %d: %s\n", (int)level, message); }

static void load(const char* home) {
  char path[4096];
  void* functions[sizeof names / sizeof *names];
  snprintf(path, sizeof path, "%s/libavocet_isolate.so", home);
  void* library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  for (size_t i = 0; library && i < sizeof names / sizeof *names; i++) {
    functions[i] = dlsym(library, names[i]);
    if (!functions[i]) library = NULL;
  }
  if (!library) {
    fprintf(stderr, "%s: %s\n", path, dlerror());
    exit(1);
  }
  memcpy(&image, functions, sizeof image);
}

/** Whether some signal is handled otherwise than before. */
static int signals_changed(void) {
  int changed = 0;
  for (int number = 1; number < NSIG; number++) {
    struct sigaction now;
    if (sigaction(number, NULL, &now) == 0 && now.sa_handler != before[number].sa_handler) {
      fprintf(stderr, "signal %d has another handler\n", number);
      changed = 1;
    }
  }
  return changed;
}

static void print_detections(const avocet_detections_t* found) {
  for (int32_t i = 0; i < found->count; i++) {
    const avocet_detection_t* one = &found->items[i];
    printf("%s %.7g %.7g %.7g %.7g %.7g\n", one->label ? one->label : "?", (double)one->score, (double)one->box.left,
           (double)one->box.top, (double)one->box.right, (double)one->box.bottom);
  }
}

int main(int count, char** arguments) {
  if (count < 4) return 2;
  int rounds = count > 4 ? atoi(arguments[4]) : 0;
  isolate_t* isolate = NULL;
  thread_t* thread = NULL;
  int32_t warnings = AVOCET_LOG_WARN;
  const void* read = NULL;
  const void* found = NULL;
  void* detector = NULL;
  for (int number = 1; number < NSIG; number++) sigaction(number, NULL, &before[number]);

  double start = milliseconds();
  load(arguments[1]);
  double loaded = milliseconds();
  check(image.create_isolate(NULL, &isolate, &thread), "create the isolate");
  double created = milliseconds();
  long isolate_kb = resident_kb();
  image.set_log(thread, print_log);
  check(image.ask(thread, AVOCET_ASK_LOG, NULL, &warnings, NULL, error), "set the log's level");
  check(image.ask(thread, AVOCET_ASK_READ_IMAGE, arguments[3], NULL, &read, error), "read");
  avocet_source_t source = {.path = arguments[2]};
  check(image.create(thread, AVOCET_TYPE_DETECTOR, &source, NULL, &detector, error), "open");
  avocet_input_t input = {.images = (const avocet_image_t*)read, .count = 1};
  check(image.apply(thread, AVOCET_TYPE_DETECTOR, detector, &input, &found, error), "detect");
  double answered = milliseconds();
  print_detections((const avocet_detections_t*)found);
  check(image.release(thread, AVOCET_TYPE_DETECTOR, found, error), "release");
  check(image.destroy(thread, AVOCET_TYPE_DETECTOR, detector, error), "close");
  fprintf(stderr, "load %.1f ms, isolate %.1f ms, first answer after %.0f ms; resident %ld KB with the isolate, %ld KB\n",
          loaded - start, created - loaded, answered - start, isolate_kb, resident_kb());
  for (int round = 1; round <= rounds; round++) {
    check(image.create(thread, AVOCET_TYPE_DETECTOR, &source, NULL, &detector, error), "open");
    check(image.apply(thread, AVOCET_TYPE_DETECTOR, detector, &input, &found, error), "detect");
    check(image.release(thread, AVOCET_TYPE_DETECTOR, found, error), "release");
    check(image.destroy(thread, AVOCET_TYPE_DETECTOR, detector, error), "close");
    if (round % 100 == 0) fprintf(stderr, "round %d: %ld KB\n", round, resident_kb());
  }
  check(image.release(thread, AVOCET_TYPE_IMAGE, read, error), "release the picture");
  int failed = signals_changed();
  return image.tear_down(thread) != 0 || failed;
}
