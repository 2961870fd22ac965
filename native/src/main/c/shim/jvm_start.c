/* SPDX-License-Identifier: Apache-2.0 */
/** @file jvm_start.c Creates the JVM, or takes the one that is there. */
#include <dlfcn.h>
#include <glob.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "jvm.h"
#include "shim.h"

/** Names the signal by which a JVM suspends its own threads; by default SIGUSR2, which programs use. */
#define SUSPEND_VARIABLE "_JAVA_SR_SIGNUM"

typedef jint (*get_vms)(JavaVM** vms, jsize size, jsize* count);
typedef jint (*create_vm)(JavaVM** vm, void** env, void* arguments);

/** A JVM's command line. */
typedef struct options {
  JavaVMOption* items;
  jint count;
  int out_of_memory;
} options;

/** What the JVM prints while it is created: why it fails. */
static struct {
  pthread_mutex_t lock;
  int on;
  char text[AVOCET_ERROR_SIZE];
} output = {PTHREAD_MUTEX_INITIALIZER, 0, ""};

static jint JNICALL print(FILE* stream, const char* format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

static jint JNICALL print(FILE* stream, const char* format, va_list arguments) {
  pthread_mutex_lock(&output.lock);
  int on = output.on;
  size_t used = strlen(output.text);
  int written = on ? vsnprintf(output.text + used, sizeof output.text - used, format, arguments) : 0;
  pthread_mutex_unlock(&output.lock);
  return on ? written : vfprintf(stream, format, arguments);
}

static void collect(int on) {
  pthread_mutex_lock(&output.lock);
  output.on = on;
  if (on) output.text[0] = '\0';
  size_t used = strlen(output.text);
  while (used > 0 && output.text[used - 1] == '\n') output.text[--used] = '\0';
  pthread_mutex_unlock(&output.lock);
}

/** The signal that the JVM suspends threads with: the environment's wish, else one that nobody uses. */
static int suspend_signal(void) {
  const char* wanted = getenv(SUSPEND_VARIABLE);
  return wanted ? (int)strtol(wanted, NULL, 10) : SIGSTKFLT;
}

avocet_need_t avocet_jvm_need(int number) {
  switch (number) {
    /* Implicit null checks, safepoints and stack overflow. */
    case SIGSEGV:
    case SIGBUS:
    case SIGFPE:
    case SIGILL:
      return AVOCET_NEED_ALWAYS;
    default:
      /* SIGRTMAX - 2 wakes Java's threads that wait for a file or socket which another closes. */
      return number == suspend_signal() || number == SIGRTMAX - 2 ? AVOCET_NEED_UNLESS_USED : AVOCET_NEED_NONE;
  }
}

static void add(options* to, const char* format, ...) __attribute__((format(printf, 2, 3)));

static void add(options* to, const char* format, ...) {
  va_list arguments;
  JavaVMOption* more = realloc(to->items, (size_t)(to->count + 1) * sizeof *more);
  if (more) to->items = more;
  va_start(arguments, format);
  if (!more || vasprintf(&more[to->count].optionString, format, arguments) < 0) {
    to->out_of_memory = 1;
  } else {
    more[to->count++].extraInfo = NULL;
  }
  va_end(arguments);
}

static void add_class_path(options* to, const avocet_jars_t* jars) {
  size_t bytes = 1;
  for (int i = 0; i < jars->count; i++) bytes += jars->paths[i] ? strlen(jars->paths[i]) + 1 : 0;
  char* path = calloc(bytes, 1);
  if (!path) {
    to->out_of_memory = 1;
    return;
  }
  for (int i = 0; i < jars->count; i++) {
    if (jars->paths[i]) strcat(strcat(path, i ? ":" : ""), jars->paths[i]);
  }
  add(to, "-Djava.class.path=%s", path);
  free(path);
}

/** Adds what the user wishes, split at white space. */
static void add_wishes(options* to, const char* wishes) {
  static const char white[] = " \t\r\n";
  for (const char* from = wishes + strspn(wishes, white); *from; from += strspn(from, white)) {
    int length = (int)strcspn(from, white);
    add(to, "%.*s", length, from);
    from += length;
  }
}

/** Whether the user has a garbage collector of their own: the JVM takes one only. */
static int choose_collector(const char* wishes) {
  for (const char* from = strstr(wishes, "-XX:+Use"); from; from = strstr(from + 1, "-XX:+Use")) {
    size_t length = strcspn(from, " \t\r\n");
    if (strncmp(from + length - 2, "GC", 2) == 0) return 1;
  }
  return 0;
}

static void add_all(options* to, const char* home, int release, const avocet_jars_t* jars) {
  const char* wishes = secure_getenv("AVOCET_JVM_OPTIONS");
  jint (*function)(FILE*, const char*, va_list) = print;
  if (!wishes) wishes = "";
  /* First, so that the JVM complains of the others by it. */
  add(to, "vfprintf");
  if (!to->out_of_memory) memcpy(&to->items[0].extraInfo, &function, sizeof function);
  /* SIGINT, SIGTERM, SIGHUP and SIGQUIT stay the program's. */
  add(to, "-Xrs");
  /* With -Xrs the JVM opens its socket for debuggers in the temporary folder as it starts. */
  add(to, "-XX:+DisableAttachMechanism");
  if (!choose_collector(wishes)) add(to, "-XX:+UseSerialGC");
  /* Small and collected often: what a call leaves behind does not pile up. */
  add(to, "-Xms16m");
  add(to, "-Xmn8m");
  /* The optimising compiler takes 20 to 30 MB while it warms up, and twice the time to the first answer. */
  add(to, "-XX:TieredStopAtLevel=1");
  add(to, "-XX:-UsePerfData");
  add(to, "-Xshare:auto");
  /* Or the JVM raises the process's limit of open files. */
  add(to, "-XX:-MaxFDLimit");
  /* What it prints when it crashes is no part of the program's output. */
  add(to, "-XX:+DisplayVMOutputToStderr");
  add(to, "-Dfile.encoding=UTF-8");
  add_class_path(to, jars);
  add(to, "-Djava.library.path=%s/natives", home);
  add(to, "-Dorg.bytedeco.javacpp.pathsFirst=true");
  add(to, "-Dorg.bytedeco.javacpp.cacheLibraries=false");
  add(to, "-Davocet.onnxruntime.library=%s/natives/libonnxruntime.so", home);
  if (release >= 22) add(to, "--enable-native-access=ALL-UNNAMED");
  add_wishes(to, wishes);
}

static void free_options(options* all) {
  for (jint i = 0; i < all->count; i++) free(all->items[i].optionString);
  free(all->items);
}

/** Whether the program's environment, which Java takes its encoding of file names from, says UTF-8. */
static int is_utf8(void) {
  static const char* const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    const char* value = getenv(names[i]);
    if (value && *value) return strcasestr(value, "UTF-8") || strcasestr(value, "UTF8");
  }
  return 0;
}

/**
 * The environment in which the JVM is to start: file names in UTF-8, as the C API has them, and a signal to suspend
 * threads with that nobody uses. A new array, for setenv would move the one that other threads may be reading; they may
 * still read this one later, so it is never freed.
 */
static char** jvm_environment(void) {
  static char utf8[] = "LC_ALL=C.UTF-8";
  static char suspend[32];
  size_t count = 0;
  size_t used = 0;
  while (environ && environ[count]) count++;
  char** copy = calloc(count + 3, sizeof *copy);
  if (!copy) return environ;
  int want_utf8 = !is_utf8();
  for (size_t i = 0; i < count; i++) {
    if (!want_utf8 || strncmp(environ[i], "LC_ALL=", 7) != 0) copy[used++] = environ[i];
  }
  if (want_utf8) copy[used++] = utf8;
  snprintf(suspend, sizeof suspend, SUSPEND_VARIABLE "=%d", SIGSTKFLT);
  if (!getenv(SUSPEND_VARIABLE)) copy[used++] = suspend;
  return copy;
}

static jint create_with(create_vm create, JavaVM** vm, options* all) {
  JavaVMInitArgs arguments = {JNI_VERSION_10, all->count, all->items, JNI_FALSE};
  JNIEnv* env = NULL;
  char** before = environ;
  char** own = jvm_environment();
  environ = own;
  collect(1);
  jint failed = create(vm, (void**)&env, &arguments);
  collect(0);
  /* Unless another thread has set a variable in the meantime, which made a copy of ours. */
  if (environ == own) environ = before;
  return failed;
}

/** Creates the JVM, once: one that has refused keeps the options it had read, and would end the process by them. */
static int32_t create_once(create_vm function, JavaVM** vm, options* all, char* error) {
  static jint failed;
  const char* again = failed ? "; its next try is for the program's next start" : "";
  const char* wishes = secure_getenv("AVOCET_JVM_OPTIONS");
  if (!failed) failed = create_with(function, vm, all);
  if (!failed) return AVOCET_OK;
  return avocet_write_error(error, AVOCET_FAIL,
                            "the JVM does not start (JNI_CreateJavaVM gave %d), AVOCET_JVM_OPTIONS=%s: %s%s",
                            (int)failed, wishes ? wishes : "", output.text, again);
}

static int32_t create(create_vm function, const avocet_jvm_t* found, const char* home, JavaVM** vm, char* error) {
  avocet_jars_t jars;
  options all = {NULL, 0, 0};
  int32_t status = avocet_jars_list(home, &jars, error);
  if (status != AVOCET_OK) return status;
  add_all(&all, home, found->release, &jars);
  avocet_jars_free(&jars);
  if (all.out_of_memory) {
    status = avocet_write_error(error, AVOCET_OUT_OF_MEMORY, "no memory for the JVM's options");
  } else {
    /* Without the first, which is for no command line. */
    status = avocet_jvm_try(found->home, all.items + 1, all.count - 1, error);
  }
  if (status == AVOCET_OK) status = create_once(function, vm, &all, error);
  free_options(&all);
  return status;
}

/** Whether the JVM of this process has its threads, which a forked child has not. */
static int is_alive(void) {
  glob_t names;
  int alive = 0;
  if (glob("/proc/self/task/*/comm", 0, NULL, &names) != 0) return 1;
  for (size_t i = 0; i < names.gl_pathc && !alive; i++) {
    char name[32] = "";
    FILE* file = fopen(names.gl_pathv[i], "re");
    if (!file) continue;
    alive = fgets(name, sizeof name, file) && strcmp(name, "VM Thread\n") == 0;
    fclose(file);
  }
  globfree(&names);
  return alive;
}

int32_t avocet_jvm_open(const char* home, JavaVM** vm, int* created, char* error) {
  avocet_jvm_t found;
  get_vms get_all;
  create_vm create_one;
  jsize count = 0;
  int32_t status = avocet_find_jvm(home, &found, error);
  if (status != AVOCET_OK) return status;
  void* functions[] = {dlsym(found.library, "JNI_GetCreatedJavaVMs"), dlsym(found.library, "JNI_CreateJavaVM")};
  if (!functions[0] || !functions[1]) {
    return avocet_write_error(error, AVOCET_FAIL, "libjvm.so is no Java virtual machine: %s", dlerror());
  }
  memcpy(&get_all, &functions[0], sizeof get_all);
  memcpy(&create_one, &functions[1], sizeof create_one);
  if (get_all(vm, 1, &count) == JNI_OK && count > 0) {
    if (is_alive()) return AVOCET_OK;
    return avocet_write_error(error, AVOCET_FAIL,
                              "this process was forked from one with a JVM, which only that one can use: use the "
                              "library there, or start the child's program by exec");
  }
  status = create(create_one, &found, home, vm, error);
  *created = status == AVOCET_OK;
  return status;
}
