/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file host_jvm.c
 * The host that is a Java virtual machine: one that this library starts, or the one that runs in the process already.
 */
#include <jni.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "jvm.h"
#include "shim.h"

#define BRIDGE "dev.avocet.bridge.Bridge"

/** A method of the bridge, in the order of methods below. */
enum { CREATE, APPLY, RELEASE, DESTROY, ASK, METHODS };

static const struct {
  const char* name;
  const char* signature;
} methods[METHODS] = {{"create", "(IJJJJ)I"},
                      {"apply", "(IJJJJ)I"},
                      {"release", "(IJJ)I"},
                      {"destroy", "(IJJ)I"},
                      {"ask", "(IJJJJ)I"}};

static JavaVM* vm;
static jclass bridge;
static jmethodID method_ids[METHODS];
static pthread_key_t attached;

/** Runs when a thread ends that this library attached; one that was attached by others never gets here. */
static void detach(void* unused) {
  (void)unused;
  (*vm)->DetachCurrentThread(vm);
}

/** Gives this thread's JNI functions; attaches it where nobody has. */
static JNIEnv* enter(char* error) {
  JNIEnv* env = NULL;
  if ((*vm)->GetEnv(vm, (void**)&env, JNI_VERSION_10) == JNI_OK) {
    if (!(*env)->ExceptionCheck(env)) return env;
    avocet_write_error(error, AVOCET_FAIL, "the thread has a Java exception pending: clear it before the call");
    return NULL;
  }
  jint failed = (*vm)->AttachCurrentThreadAsDaemon(vm, (void**)&env, NULL);
  if (failed) {
    avocet_write_error(error, AVOCET_FAIL, "the JVM does not take the thread: AttachCurrentThread gave %d",
                       (int)failed);
    return NULL;
  }
  if (pthread_setspecific(attached, vm) != 0) {
    (*vm)->DetachCurrentThread(vm);
    avocet_write_error(error, AVOCET_OUT_OF_MEMORY, "no memory to attach the thread with");
    return NULL;
  }
  return env;
}

static jvalue number(int32_t value) {
  jvalue argument;
  argument.i = value;
  return argument;
}

static jvalue address(const void* value) {
  jvalue argument;
  argument.j = (jlong)(intptr_t)value;
  return argument;
}

static int32_t call(int method, const jvalue* arguments, char* error) {
  JNIEnv* env = enter(error);
  if (!env) return AVOCET_FAIL;
  int32_t status = (*env)->CallStaticIntMethodA(env, bridge, method_ids[method], arguments);
  if ((*env)->ExceptionCheck(env)) return avocet_jvm_exception(env, error, "the Java side failed");
  return status;
}

static int32_t jvm_create(int32_t type, const avocet_source_t* source, const avocet_options_t* options, void** handle,
                          char* error) {
  jvalue arguments[] = {number(type), address(source), address(options), address(handle), address(error)};
  return call(CREATE, arguments, error);
}

static int32_t jvm_apply(int32_t type, const void* handle, const avocet_input_t* input, const void** results,
                         char* error) {
  jvalue arguments[] = {number(type), address(handle), address(input), address(results), address(error)};
  return call(APPLY, arguments, error);
}

static int32_t jvm_release(int32_t type, const void* results, char* error) {
  jvalue arguments[] = {number(type), address(results), address(error)};
  return call(RELEASE, arguments, error);
}

static int32_t jvm_destroy(int32_t type, const void* handle, char* error) {
  jvalue arguments[] = {number(type), address(handle), address(error)};
  return call(DESTROY, arguments, error);
}

static int32_t jvm_ask(int32_t question, const void* subject, const void* argument, const void** answer, char* error) {
  jvalue arguments[] = {number(question), address(subject), address(argument), address(answer), address(error)};
  return call(ASK, arguments, error);
}

static void JNICALL log_line(JNIEnv* env, jclass type, jint level, jlong message) {
  (void)env;
  (void)type;
  avocet_shim_log(level, (const char*)(intptr_t)message);
}

/** Gives the class that writes the log its native method. */
static int32_t register_log(JNIEnv* env, jobject loader, char* error) {
  /* JNI takes the names as char*, but only reads them. */
  JNINativeMethod write = {(char*)(intptr_t) "write", (char*)(intptr_t) "(IJ)V", NULL};
  void (*function)(JNIEnv*, jclass, jint, jlong) = log_line;
  memcpy(&write.fnPtr, &function, sizeof function);
  jclass type = avocet_jvm_class(env, loader, "dev.avocet.bridge.JvmLog");
  if (type && (*env)->RegisterNatives(env, type, &write, 1) == JNI_OK) return AVOCET_OK;
  return avocet_jvm_exception(env, error, "the Java side's log cannot be connected");
}

/** Finds the bridge by a class loader, NULL for the system's. */
static int32_t link_bridge(JNIEnv* env, jobject loader, const char* home, char* error) {
  jclass type = avocet_jvm_class(env, loader, BRIDGE);
  for (int i = 0; type && i < METHODS; i++) {
    method_ids[i] = (*env)->GetStaticMethodID(env, type, methods[i].name, methods[i].signature);
    if (!method_ids[i]) type = NULL;
  }
  if (!type) {
    char where[PATH_MAX + 64];
    snprintf(where, sizeof where, "the classes in %s/jars are missing, damaged or of another release", home);
    return avocet_jvm_exception(env, error, where);
  }
  int32_t status = register_log(env, loader, error);
  if (status == AVOCET_OK) bridge = (*env)->NewGlobalRef(env, type);
  return status;
}

/** Loads what sets a handler of its own when it is first used, so that the program's is put back afterwards. */
static void load_early(JNIEnv* env) {
  avocet_jvm_class(env, NULL, "sun.nio.ch.NativeThread");
  (*env)->ExceptionClear(env);
}

/** Whose the JVM is. */
enum owner {
  /** Created just now, with the jars of home on its class path. */
  OURS,
  /** Created by an attempt that failed, with whatever it had on its class path. */
  OURS_BEFORE,
  FOREIGN
};

/** Connects host to the classes of the JVM. */
static int32_t connect(JNIEnv* env, const char* home, enum owner owner, avocet_host_t* host, char* error) {
  jobject loader = NULL;
  int32_t status = AVOCET_OK;
  if (owner == OURS) load_early(env);
  if (owner == OURS_BEFORE || (owner == FOREIGN && !avocet_jvm_has(env, BRIDGE))) {
    status = avocet_jvm_loader(env, home, owner == OURS_BEFORE, &loader, error);
  }
  if (status == AVOCET_OK) status = link_bridge(env, loader, home, error);
  if (status != AVOCET_OK) return status;
  host->name = "jvm";
  host->create = jvm_create;
  host->apply = jvm_apply;
  host->release = jvm_release;
  host->destroy = jvm_destroy;
  host->ask = jvm_ask;
  status = avocet_check_release(host, home, error);
  if (status != AVOCET_OK) (*env)->DeleteGlobalRef(env, bridge);
  return status;
}

int32_t avocet_start_jvm(const char* home, avocet_host_t* host, char* error) {
  static int have_key;
  static int ours;
  int created = 0;
  int32_t status = avocet_jvm_open(home, &vm, &created, error);
  if (status != AVOCET_OK) return status;
  if (!have_key) {
    int failed = pthread_key_create(&attached, detach);
    if (failed) return avocet_write_error(error, AVOCET_FAIL, "no key for the threads: %s", strerror(failed));
    have_key = 1;
  }
  /* Who creates a JVM is attached to it. */
  if (created) pthread_setspecific(attached, vm);
  enum owner owner = created ? OURS : ours ? OURS_BEFORE : FOREIGN;
  ours |= created;
  JNIEnv* env = enter(error);
  if (!env) return AVOCET_FAIL;
  if ((*env)->PushLocalFrame(env, 16) != JNI_OK) return avocet_jvm_exception(env, error, "the JVM has no memory");
  status = connect(env, home, owner, host, error);
  (*env)->PopLocalFrame(env, NULL);
  return status;
}
