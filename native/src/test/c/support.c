/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

typedef void (*handler_t)(int);

/*
 * cmocka sets handlers around every test, which would take SIGSEGV away from a JVM that runs already: its compiled code
 * lives by it. Bound before libc's, this one leaves handlers as they are. A crash ends the program, and CTest sees it.
 */
__attribute__((visibility("default"))) handler_t signal(int number, handler_t handler) {
  (void)number;
  (void)handler;
  return SIG_DFL;
}

const char* path_of(char* path, const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(path, PATH_SIZE, format, arguments);
  va_end(arguments);
  if (length < 0 || length >= PATH_SIZE) {
    fail_msg("path too long: %s", path);
  }
  return path;
}

const char* shared_folder(void) {
  const char* folder = getenv("AVOCET_SHARED");
  return folder != NULL && access(folder, R_OK) == 0 ? folder : NULL;
}

void begin(void) {
  if (shared_folder() == NULL) {
    const char* ci = getenv("CI");
    fprintf(stderr, "AVOCET_SHARED names no folder of test data: skipped\n");
    exit(ci != NULL && strcmp(ci, "true") == 0 ? EXIT_FAILURE : SKIPPED);
  }
  const char* host = NULL;
  if (avocet_host_name(&host) != AVOCET_OK) {
    fprintf(stderr, "the host does not start: %s\n", avocet_last_error());
    exit(EXIT_FAILURE);
  }
  const char* wanted = getenv("AVOCET_HOST");
  if (wanted != NULL && strcmp(wanted, host) != 0) {
    fprintf(stderr, "AVOCET_HOST=%s, but the host is %s\n", wanted, host);
    exit(EXIT_FAILURE);
  }
  printf("host: %s\n", host);
}

void expect_status(int32_t status, int32_t expected, const char* call, const char* file, int line) {
  const char* text = avocet_last_error();
  if (status != expected) {
    print_error("%s\n  is %s, not %s: %s\n", call, avocet_status_name(status), avocet_status_name(expected), text);
    _fail(file, line);
  }
  if ((status == AVOCET_OK) != (text[0] == '\0')) {
    print_error("%s\n  is %s with the text \"%s\"\n", call, avocet_status_name(status), text);
    _fail(file, line);
  }
}

void expect_nothing_live(void) {
  int64_t handles = -1;
  int64_t results = -1;
  ok(avocet_live(&handles, &results));
  if (handles != 0 || results != 0) {
    fail_msg("%lld handles are not destroyed, %lld results not released", (long long)handles, (long long)results);
  }
}

int64_t resident_kb(void) {
  long long all = 0;
  long long resident = 0;
  FILE* file = fopen("/proc/self/statm", "r");
  assert_non_null(file);
  assert_int_equal(fscanf(file, "%lld %lld", &all, &resident), 2);
  assert_int_equal(fclose(file), 0);
  return resident * (int64_t)sysconf(_SC_PAGESIZE) / 1024;
}

double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

uint64_t next(random_t* random) {
  uint64_t x = random->state;
  x ^= x >> 12;
  x ^= x << 25;
  x ^= x >> 27;
  random->state = x;
  return x * UINT64_C(2685821657736338717);
}

int32_t below(random_t* random, int32_t bound) {
  return (int32_t)((next(random) >> 33) % (uint64_t)bound);
}

avocet_image_t make_picture(int32_t width, int32_t height) {
  size_t bytes = (size_t)width * (size_t)height * 3;
  uint8_t* pixels = malloc(bytes);
  assert_non_null(pixels);
  random_t random = {UINT64_C(88172645463325252)};
  for (size_t i = 0; i < bytes; i++) {
    pixels[i] = (uint8_t)(i * 160 / bytes + (next(&random) >> 58));
  }
  avocet_image_t image;
  ok(avocet_image_wrap(&image, AVOCET_BGR, width, height, pixels, 0));
  return image;
}

void free_picture(avocet_image_t* image) {
  /* The view is of memory that make_picture allocated: const is only the API's promise. */
  free((void*)(uintptr_t)image->planes[0].data);
  memset(image, 0, sizeof *image);
}

uint8_t* read_bytes(const char* path, size_t* bytes) {
  FILE* file = fopen(path, "rb");
  if (file == NULL) {
    fail_msg("there is no %s", path);
  }
  assert_int_equal(fseek(file, 0, SEEK_END), 0);
  long length = ftell(file);
  assert_true(length >= 0);
  rewind(file);
  uint8_t* data = malloc((size_t)length + 1);
  assert_non_null(data);
  assert_true(fread(data, 1, (size_t)length, file) == (size_t)length);
  assert_int_equal(fclose(file), 0);
  data[length] = 0;
  *bytes = (size_t)length;
  return data;
}

typedef struct thread_t {
  pthread_t thread;
  int32_t number;
  void (*function)(int32_t number, void* data);
  void* data;
} thread_t;

static void* run_thread(void* data) {
  thread_t* thread = data;
  thread->function(thread->number, thread->data);
  return NULL;
}

void in_threads(int32_t count, void (*function)(int32_t number, void* data), void* data) {
  thread_t* threads = calloc((size_t)count, sizeof *threads);
  assert_non_null(threads);
  for (int32_t i = 0; i < count; i++) {
    threads[i].number = i;
    threads[i].function = function;
    threads[i].data = data;
    assert_int_equal(pthread_create(&threads[i].thread, NULL, run_thread, &threads[i]), 0);
  }
  for (int32_t i = 0; i < count; i++) {
    assert_int_equal(pthread_join(threads[i].thread, NULL), 0);
  }
  free(threads);
}

void* open_small(int32_t task) {
  char path[PATH_SIZE];
  void* handle = NULL;
  ok(TASKS[task].create_by_path(path_of(path, "%s/%s", shared_folder(), TASKS[task].model), NULL, &handle));
  return handle;
}
