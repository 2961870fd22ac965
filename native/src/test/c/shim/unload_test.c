/* SPDX-License-Identifier: Apache-2.0 */
/** @file unload_test.c A program that loads the library by dlopen, and lets go of it while threads are attached. */
#include <dlfcn.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static pthread_barrier_t used;
static pthread_barrier_t closed;

static int use(void* library) {
  int32_t (*host_name)(const char**) = NULL;
  const char* (*last_error)(void) = NULL;
  void* functions[] = {dlsym(library, "avocet_host_name"), dlsym(library, "avocet_last_error")};
  memcpy(&host_name, &functions[0], sizeof host_name);
  memcpy(&last_error, &functions[1], sizeof last_error);
  const char* name = NULL;
  if (!host_name || !last_error) return 1;
  if (host_name(&name) == 0) return 0;
  fprintf(stderr, "%s\n", last_error());
  return 1;
}

static void* thread(void* library) {
  int failed = use(library);
  pthread_barrier_wait(&used);
  pthread_barrier_wait(&closed);
  return failed ? library : NULL;
}

int main(int argc, char** argv) {
  pthread_t other;
  void* failed = NULL;
  if (argc != 2) return 2;
  for (int i = 0; i < 3; i++) {
    void* library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
    if (!library) {
      fprintf(stderr, "%s\n", dlerror());
      return 1;
    }
    pthread_barrier_init(&used, NULL, 2);
    pthread_barrier_init(&closed, NULL, 2);
    pthread_create(&other, NULL, thread, library);
    if (use(library)) return 1;
    pthread_barrier_wait(&used);
    dlclose(library);
    pthread_barrier_wait(&closed);
    pthread_join(other, &failed);
    if (failed) return 1;
  }
  return 0;
}
