/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Times the C API; bench/c-bridge runs it. Loads the library by dlopen, so that starting it is timed too.
 * detect LIBRARY MODEL PICTURE: runs as many calls as each line of standard input says and answers their median in
 *   nanoseconds, as dev.avocet.bench.Blocks does for the Java handle.
 * empty LIBRARY: medians in microseconds of calls that do nothing.
 * start LIBRARY MODEL PICTURE: milliseconds from before dlopen to the first answer, by part.
 */
#include <avocet/avocet.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { EMPTY_CALLS = 20001 };

/* The functions that are timed. */
typedef struct library_t {
  const char* (*last_error)(void);
  int32_t (*host_name)(const char**);
  int32_t (*live)(int64_t*, int64_t*);
  int32_t (*read)(const char*, const avocet_image_t**);
  int32_t (*image_release)(const avocet_image_t*);
  int32_t (*create)(const char*, const avocet_options_t*, avocet_detector_t*);
  int32_t (*apply)(avocet_detector_t, const avocet_image_t*, int32_t, const avocet_call_options_t*,
                   const avocet_detections_t**);
  int32_t (*release)(const avocet_detections_t*);
  int32_t (*destroy)(avocet_detector_t);
} library_t;

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void find(void* library, const char* name, void* function) {
  void* found = dlsym(library, name);
  if (found == NULL) {
    fprintf(stderr, "%s\n", dlerror());
    exit(EXIT_FAILURE);
  }
  /* ISO C has no conversion of objects' addresses to functions'; POSIX promises that the bits are the same. */
  memcpy(function, &found, sizeof found);
}

static library_t load(const char* path) {
  library_t library;
  void* handle = dlopen(path, RTLD_NOW);
  if (handle == NULL) {
    fprintf(stderr, "%s\n", dlerror());
    exit(EXIT_FAILURE);
  }
  find(handle, "avocet_last_error", &library.last_error);
  find(handle, "avocet_host_name", &library.host_name);
  find(handle, "avocet_live", &library.live);
  find(handle, "avocet_image_read", &library.read);
  find(handle, "avocet_image_release", &library.image_release);
  find(handle, "avocet_detector_create_by_path", &library.create);
  find(handle, "avocet_detector_apply", &library.apply);
  find(handle, "avocet_detector_release_result", &library.release);
  find(handle, "avocet_detector_destroy", &library.destroy);
  return library;
}

static void ok(const library_t* library, int32_t status) {
  if (status != AVOCET_OK) {
    fprintf(stderr, "status %d: %s\n", status, library->last_error());
    exit(EXIT_FAILURE);
  }
}

static int by_size(const void* a, const void* b) {
  int64_t one = *(const int64_t*)a;
  int64_t other = *(const int64_t*)b;
  return (one > other) - (one < other);
}

static int64_t median(int64_t* times, int32_t count) {
  qsort(times, (size_t)count, sizeof *times, by_size);
  return times[count / 2];
}

static int64_t* room_for(int32_t count) {
  int64_t* times = calloc((size_t)count, sizeof *times);
  if (times == NULL) {
    exit(EXIT_FAILURE);
  }
  return times;
}

static void detect_once(const library_t* library, avocet_detector_t detector, const avocet_image_t* image) {
  const avocet_detections_t* results = NULL;
  ok(library, library->apply(detector, image, 1, NULL, &results));
  ok(library, library->release(results));
}

static void serve(const library_t* library, const char* model, const char* picture) {
  char line[32];
  avocet_detector_t detector = NULL;
  const avocet_image_t* image = NULL;
  ok(library, library->create(model, NULL, &detector));
  ok(library, library->read(picture, &image));
  while (fgets(line, sizeof line, stdin) != NULL) {
    int32_t count = atoi(line);
    int64_t* times = room_for(count);
    for (int32_t i = 0; i < count; i++) {
      int64_t from = now();
      detect_once(library, detector, image);
      times[i] = now() - from;
    }
    printf("%lld 0\n", (long long)median(times, count));
    fflush(stdout);
    free(times);
  }
  ok(library, library->image_release(image));
  ok(library, library->destroy(detector));
}

/* A question that goes through to the Java side, and a wrong call that comes back from there with a text. */
static void empty(const library_t* library) {
  int64_t handles = 0;
  int64_t results = 0;
  const char* host = NULL;
  int64_t* times = room_for(EMPTY_CALLS);
  ok(library, library->host_name(&host));
  for (int32_t i = 0; i < EMPTY_CALLS; i++) {
    int64_t from = now();
    ok(library, library->live(&handles, &results));
    times[i] = now() - from;
  }
  printf("%s: avocet_live %.2f us", host, (double)median(times, EMPTY_CALLS) / 1e3);
  for (int32_t i = 0; i < EMPTY_CALLS; i++) {
    int64_t from = now();
    library->destroy(NULL);
    times[i] = now() - from;
  }
  printf(", destroy of NULL %.2f us\n", (double)median(times, EMPTY_CALLS) / 1e3);
  free(times);
}

static void start(const char* path, const char* model, const char* picture) {
  int64_t at[7];
  avocet_detector_t detector = NULL;
  const avocet_image_t* image = NULL;
  const char* host = NULL;
  at[0] = now();
  library_t library = load(path);
  at[1] = now();
  ok(&library, library.host_name(&host));
  at[2] = now();
  ok(&library, library.create(model, NULL, &detector));
  at[3] = now();
  ok(&library, library.read(picture, &image));
  at[4] = now();
  detect_once(&library, detector, image);
  at[5] = now();
  detect_once(&library, detector, image);
  at[6] = now();
  /* What a program waits for: loading, the host, the model, the picture, the first call; and the second for comparison. */
  printf("%.1f", (double)(at[5] - at[0]) / 1e6);
  for (int i = 1; i < 7; i++) {
    printf(" %.1f", (double)(at[i] - at[i - 1]) / 1e6);
  }
  printf("\n");
}

int main(int argc, char** argv) {
  if (argc == 5 && strcmp(argv[1], "start") == 0) {
    start(argv[2], argv[3], argv[4]);
    return EXIT_SUCCESS;
  }
  if (argc == 5 && strcmp(argv[1], "detect") == 0) {
    library_t library = load(argv[2]);
    serve(&library, argv[3], argv[4]);
    return EXIT_SUCCESS;
  }
  if (argc == 3 && strcmp(argv[1], "empty") == 0) {
    library_t library = load(argv[2]);
    empty(&library);
    return EXIT_SUCCESS;
  }
  fprintf(stderr, "usage: bridge_bench detect|start LIBRARY MODEL PICTURE, or empty LIBRARY\n");
  return 2;
}
