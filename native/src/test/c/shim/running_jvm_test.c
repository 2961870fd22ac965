/* SPDX-License-Identifier: Apache-2.0 */
/** @file running_jvm_test.c A process that has a JVM already, with and without our classes on its class path. */
#include <dirent.h>
#include <dlfcn.h>
#include <jni.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cases.h"

static JavaVM* vm;

/** Creates a JVM as any program may, with options up to the first NULL. */
static JNIEnv* create_jvm(const char* const* wanted) {
  JavaVMOption options[8];
  jint count = 0;
  JNIEnv* env = NULL;
  jint (*create)(JavaVM**, void**, void*) = NULL;
  void* library = dlopen(AVOCET_LIBJVM, RTLD_NOW | RTLD_GLOBAL);
  assert_non_null(library);
  void* function = dlsym(library, "JNI_CreateJavaVM");
  memcpy(&create, &function, sizeof create);
  for (; wanted[count]; count++) options[count].optionString = (char*)(uintptr_t)wanted[count];
  JavaVMInitArgs arguments = {JNI_VERSION_10, count, options, JNI_FALSE};
  assert_int_equal(create(&vm, (void**)&env, &arguments), JNI_OK);
  return env;
}

static void should_bring_its_classes_to_a_running_jvm(void** state) {
  (void)state;
  const char* const options[] = {"-XX:+UseSerialGC", "-Xrs", NULL};
  create_jvm(options);
  assert_string_equal(start(), "jvm");
  ok(use());
  expect_nothing_live();
}

static void should_use_classes_that_a_running_jvm_has(void** state) {
  (void)state;
  static char class_path[65536] = "-Djava.class.path=";
  char folder[PATH_SIZE];
  path_of(folder, "%s/jars", getenv("AVOCET_HOME"));
  DIR* jars = opendir(folder);
  assert_non_null(jars);
  for (struct dirent* jar = readdir(jars); jar; jar = readdir(jars)) {
    size_t used = strlen(class_path);
    snprintf(class_path + used, sizeof class_path - used, "%s/%s:", folder, jar->d_name);
  }
  closedir(jars);
  char natives[2 * PATH_SIZE];
  char engine[2 * PATH_SIZE];
  snprintf(natives, sizeof natives, "-Djava.library.path=%s/natives", getenv("AVOCET_HOME"));
  snprintf(engine, sizeof engine, "-Davocet.onnxruntime.library=%s/natives/libonnxruntime.so", getenv("AVOCET_HOME"));
  const char* const options[] = {
      class_path, natives, engine, "-Dorg.bytedeco.javacpp.pathsFirst=true", "-XX:+UseSerialGC", NULL};
  /* The class path is all that is needed. */
  JNIEnv* env = create_jvm(options);
  setenv("AVOCET_HOME", "/nowhere", 1);
  assert_string_equal(start(), "jvm");
  ok(use());
  /* It is one and the same class. */
  jclass bridge = (*env)->FindClass(env, "dev/avocet/bridge/Bridge");
  assert_non_null(bridge);
}

static atomic_int problems;

static void* attach_and_use(void* data) {
  (void)data;
  JNIEnv* env = NULL;
  if ((*vm)->AttachCurrentThread(vm, (void**)&env, NULL) != JNI_OK) problems++;
  if (use() != AVOCET_OK) problems++;
  /* Still attached: it was not for the library to detach. */
  void* now = NULL;
  if ((*vm)->GetEnv(vm, &now, JNI_VERSION_10) != JNI_OK || now != env) problems++;
  jclass type = (*env)->FindClass(env, "java/lang/IllegalStateException");
  (*env)->ThrowNew(env, type, "mine");
  if (use() != AVOCET_FAIL || !strstr(avocet_last_error(), "Java exception pending")) problems++;
  if (!(*env)->ExceptionCheck(env)) problems++;
  (*env)->ExceptionClear(env);
  if ((*vm)->DetachCurrentThread(vm) != JNI_OK) problems++;
  /* Detached by its owner, so that the library attaches it anew. */
  if (use() != AVOCET_OK) problems++;
  return NULL;
}

static void* use_only(void* data) {
  (void)data;
  if (use() != AVOCET_OK) problems++;
  return NULL;
}

static void should_leave_threads_of_others_attached(void** state) {
  (void)state;
  const char* const options[] = {"-XX:+UseSerialGC", "-Xrs", NULL};
  pthread_t thread;
  create_jvm(options);
  assert_int_equal(pthread_create(&thread, NULL, attach_and_use, NULL), 0);
  pthread_join(thread, NULL);
  assert_int_equal(problems, 0);
  /* Threads that the library attached are gone when the program ends its JVM, which waits for all others. */
  assert_int_equal(pthread_create(&thread, NULL, use_only, NULL), 0);
  pthread_join(thread, NULL);
  assert_int_equal((*vm)->DestroyJavaVM(vm), JNI_OK);
}

static void should_refuse_in_the_child_of_a_jvms_process(void** state) {
  (void)state;
  const char* const options[] = {"-XX:+UseSerialGC", "-Xrs", NULL};
  create_jvm(options);
  pid_t child = fork();
  if (child == 0) {
    alarm(60);
    _exit(use() == AVOCET_FAIL && strstr(avocet_last_error(), "forked from one with a JVM") ? 0 : 1);
  }
  expect_exit(child, 0);
  ok(use());
}

int main(int argc, char** argv) {
  const struct CMUnitTest cases[] = {
      cmocka_unit_test(should_bring_its_classes_to_a_running_jvm),
      cmocka_unit_test(should_use_classes_that_a_running_jvm_has),
      cmocka_unit_test(should_leave_threads_of_others_attached),
      cmocka_unit_test(should_refuse_in_the_child_of_a_jvms_process),
  };
  return run_case(argc, argv, cases);
}
