/* SPDX-License-Identifier: Apache-2.0 */
/** @file jvm_classes.c Classes, class loaders and exceptions of a JVM. */
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "jvm.h"
#include "shim.h"

static int is_jar(const struct dirent* entry) {
  size_t length = strlen(entry->d_name);
  return length > 4 && strcmp(entry->d_name + length - 4, ".jar") == 0;
}

int32_t avocet_jars_list(const char* home, avocet_jars_t* jars, char* error) {
  char folder[PATH_MAX];
  struct dirent** entries = NULL;
  int length = snprintf(folder, sizeof folder, "%s/jars", home);
  int count = length > 0 && length < (int)sizeof folder ? scandir(folder, &entries, is_jar, alphasort) : -1;
  if (count < 1) {
    free(entries);
    return avocet_write_error(error, AVOCET_NOT_SUPPORTED,
                              "%s/jars has no jars: let AVOCET_HOME name the folder that has the folder jars", home);
  }
  jars->paths = calloc((size_t)count, sizeof *jars->paths);
  jars->count = jars->paths ? count : 0;
  for (int i = 0; i < count; i++) {
    if (jars->paths && asprintf(&jars->paths[i], "%s/%s", folder, entries[i]->d_name) < 0) jars->paths[i] = NULL;
    free(entries[i]);
  }
  free(entries);
  return jars->count ? AVOCET_OK : avocet_write_error(error, AVOCET_OUT_OF_MEMORY, "no memory for the jars' names");
}

void avocet_jars_free(avocet_jars_t* jars) {
  for (int i = 0; i < jars->count; i++) free(jars->paths[i]);
  free(jars->paths);
}

int32_t avocet_jvm_exception(JNIEnv* env, char* error, const char* what) {
  jthrowable thrown = (*env)->ExceptionOccurred(env);
  (*env)->ExceptionClear(env);
  avocet_write_error(error, AVOCET_FAIL, "%s", what);
  if (!thrown) return AVOCET_FAIL;
  jclass type = (*env)->GetObjectClass(env, thrown);
  jmethodID to_string = (*env)->GetMethodID(env, type, "toString", "()Ljava/lang/String;");
  jstring text = to_string ? (*env)->CallObjectMethod(env, thrown, to_string) : NULL;
  /* An exception whose toString throws leaves us without its text. */
  (*env)->ExceptionClear(env);
  const char* chars = text ? (*env)->GetStringUTFChars(env, text, NULL) : NULL;
  if (chars) {
    avocet_append_error(error, ": %s", chars);
    (*env)->ReleaseStringUTFChars(env, text, chars);
  }
  (*env)->ExceptionClear(env);
  (*env)->DeleteLocalRef(env, text);
  (*env)->DeleteLocalRef(env, type);
  (*env)->DeleteLocalRef(env, thrown);
  return AVOCET_FAIL;
}

/** Calls a static method without arguments that gives an object. */
static jobject get_static(JNIEnv* env, jclass type, const char* name, const char* signature) {
  jmethodID method = (*env)->GetStaticMethodID(env, type, name, signature);
  jobject found = method ? (*env)->CallStaticObjectMethod(env, type, method) : NULL;
  return (*env)->ExceptionCheck(env) ? NULL : found;
}

static jclass load(JNIEnv* env, jobject loader, const char* name, jboolean initialize) {
  jclass classes = (*env)->FindClass(env, "java/lang/Class");
  jclass loaders = classes ? (*env)->FindClass(env, "java/lang/ClassLoader") : NULL;
  if (loaders && !loader) loader = get_static(env, loaders, "getSystemClassLoader", "()Ljava/lang/ClassLoader;");
  jstring text = loader ? (*env)->NewStringUTF(env, name) : NULL;
  if (!text) return NULL;
  jmethodID for_name = (*env)->GetStaticMethodID(env, classes, "forName",
                                                 "(Ljava/lang/String;ZLjava/lang/ClassLoader;)Ljava/lang/Class;");
  jclass found = for_name ? (*env)->CallStaticObjectMethod(env, classes, for_name, text, initialize, loader) : NULL;
  return (*env)->ExceptionCheck(env) ? NULL : found;
}

jclass avocet_jvm_class(JNIEnv* env, jobject loader, const char* name) { return load(env, loader, name, JNI_TRUE); }

int avocet_jvm_has(JNIEnv* env, const char* name) {
  jclass type = load(env, NULL, name, JNI_FALSE);
  (*env)->ExceptionClear(env);
  return type != NULL;
}

/** What becomes of a property that is set already. */
enum present { KEEP, REPLACE, APPEND };

/** Sets a property of the JVM. */
static void set_property(JNIEnv* env, const char* name, const char* value, enum present present) {
  jclass system = (*env)->FindClass(env, "java/lang/System");
  jmethodID get = (*env)->GetStaticMethodID(env, system, "getProperty", "(Ljava/lang/String;)Ljava/lang/String;");
  jmethodID set = (*env)->GetStaticMethodID(env, system, "setProperty",
                                            "(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;");
  jstring key = (*env)->NewStringUTF(env, name);
  jstring old = (*env)->CallStaticObjectMethod(env, system, get, key);
  if ((*env)->ExceptionCheck(env) || (old && present == KEEP)) return;
  const char* chars = old ? (*env)->GetStringUTFChars(env, old, NULL) : NULL;
  char* joined = NULL;
  if (present == APPEND && chars && *chars && asprintf(&joined, "%s:%s", chars, value) < 0) joined = NULL;
  if (chars) (*env)->ReleaseStringUTFChars(env, old, chars);
  jstring text = (*env)->NewStringUTF(env, joined ? joined : value);
  if (text) (*env)->CallStaticObjectMethod(env, system, set, key, text);
  free(joined);
}

/** Tells a JVM what the command line of ours would tell it: where the natives are. */
static void set_properties(JNIEnv* env, const char* home, int replace) {
  char path[PATH_MAX];
  snprintf(path, sizeof path, "%s/natives", home);
  set_property(env, "java.library.path", path, replace ? REPLACE : APPEND);
  snprintf(path, sizeof path, "%s/natives/libonnxruntime.so", home);
  set_property(env, "avocet.onnxruntime.library", path, replace ? REPLACE : KEEP);
  set_property(env, "org.bytedeco.javacpp.pathsFirst", "true", KEEP);
  set_property(env, "org.bytedeco.javacpp.cacheLibraries", "false", KEEP);
}

/** new File(path).toURI().toURL() */
static jobject to_url(JNIEnv* env, const char* path) {
  jclass files = (*env)->FindClass(env, "java/io/File");
  jclass uris = (*env)->FindClass(env, "java/net/URI");
  jmethodID make = (*env)->GetMethodID(env, files, "<init>", "(Ljava/lang/String;)V");
  jmethodID to_uri = (*env)->GetMethodID(env, files, "toURI", "()Ljava/net/URI;");
  jmethodID from_uri = (*env)->GetMethodID(env, uris, "toURL", "()Ljava/net/URL;");
  jobject file = (*env)->NewObject(env, files, make, (*env)->NewStringUTF(env, path));
  jobject uri = file ? (*env)->CallObjectMethod(env, file, to_uri) : NULL;
  return uri ? (*env)->CallObjectMethod(env, uri, from_uri) : NULL;
}

static jobject make_loader(JNIEnv* env, const avocet_jars_t* jars) {
  jclass urls = (*env)->FindClass(env, "java/net/URL");
  jclass loaders = (*env)->FindClass(env, "java/net/URLClassLoader");
  jclass parents = (*env)->FindClass(env, "java/lang/ClassLoader");
  jobjectArray array = (*env)->NewObjectArray(env, jars->count, urls, NULL);
  for (jsize i = 0; array && i < jars->count; i++) {
    if ((*env)->PushLocalFrame(env, 16) != JNI_OK) return NULL;
    jobject url = jars->paths[i] ? to_url(env, jars->paths[i]) : NULL;
    if (url) (*env)->SetObjectArrayElement(env, array, i, url);
    (*env)->PopLocalFrame(env, NULL);
    if ((*env)->ExceptionCheck(env)) return NULL;
  }
  /* The application's own libraries, of whatever release, are not ours. */
  jobject parent = array ? get_static(env, parents, "getPlatformClassLoader", "()Ljava/lang/ClassLoader;") : NULL;
  if (!parent) return NULL;
  jmethodID make = (*env)->GetMethodID(env, loaders, "<init>", "([Ljava/net/URL;Ljava/lang/ClassLoader;)V");
  return make ? (*env)->NewObject(env, loaders, make, array, parent) : NULL;
}

int32_t avocet_jvm_loader(JNIEnv* env, const char* home, int replace, jobject* loader, char* error) {
  avocet_jars_t jars;
  int32_t status = avocet_jars_list(home, &jars, error);
  if (status != AVOCET_OK) return status;
  set_properties(env, home, replace);
  *loader = (*env)->ExceptionCheck(env) ? NULL : make_loader(env, &jars);
  avocet_jars_free(&jars);
  return *loader ? AVOCET_OK : avocet_jvm_exception(env, error, "the running JVM makes no class loader");
}
