/* SPDX-License-Identifier: Apache-2.0 */
/** @file find_jvm.c Finds a Java virtual machine. */
#include <dlfcn.h>
#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "jvm.h"
#include "shim.h"

/** The oldest release that runs our classes. */
#define OLDEST 17

/** Reads the number that the file `release` of a Java home begins its version with; 0 where there is none. */
static int read_release(const char* java_home) {
  char path[PATH_MAX];
  char line[256];
  int release = 0;
  int length = snprintf(path, sizeof path, "%s/release", java_home);
  FILE* file = length > 0 && length < (int)sizeof path ? fopen(path, "re") : NULL;
  if (!file) return 0;
  while (release == 0 && fgets(line, sizeof line, file)) {
    if (strncmp(line, "JAVA_VERSION=\"", 14) == 0) release = (int)strtol(line + 14, NULL, 10);
  }
  fclose(file);
  return release;
}

/** Loads the JVM of a Java home, or adds to the text why not. */
static int load(const char* java_home, const char* label, avocet_jvm_t* found, char* looked) {
  char path[PATH_MAX];
  int length = snprintf(path, sizeof path, "%s/lib/server/libjvm.so", java_home);
  if (length < 0 || length >= (int)sizeof path || access(path, F_OK) != 0) {
    avocet_append_error(looked, "; %s%s: there is no lib/server/libjvm.so", label, java_home);
    return 0;
  }
  found->release = read_release(java_home);
  if (found->release < OLDEST) {
    avocet_append_error(looked, "; %s%s: %s", label, java_home,
                        found->release ? "is too old" : "its file release is missing or does not say which it is");
    return 0;
  }
  found->library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (!found->library) {
    avocet_append_error(looked, "; %s%s: %s", label, java_home, dlerror());
    return 0;
  }
  snprintf(found->home, sizeof found->home, "%s", java_home);
  return 1;
}

static int load_named(const char* variable, avocet_jvm_t* found, char* looked) {
  char label[64];
  const char* java_home = secure_getenv(variable);
  if (!java_home || !*java_home) {
    avocet_append_error(looked, "; %s: not set", variable);
    return 0;
  }
  snprintf(label, sizeof label, "%s=", variable);
  return load(java_home, label, found, looked);
}

/** Follows the first `java` on PATH to its Java home. */
static int load_on_path(avocet_jvm_t* found, char* looked) {
  char file[PATH_MAX];
  char resolved[PATH_MAX];
  const char* folders = secure_getenv("PATH");
  for (const char* from = folders; from && *from; from += strspn(from, ":")) {
    int length = (int)strcspn(from, ":");
    int written = snprintf(file, sizeof file, "%.*s/java", length, from);
    from += length;
    if (written < 0 || written >= (int)sizeof file || access(file, X_OK) != 0 || !realpath(file, resolved)) continue;
    char* bin = strstr(resolved, "/bin/java");
    if (!bin || bin[sizeof "/bin/java" - 1] != '\0') continue;
    *bin = '\0';
    return load(resolved, "java on PATH is of ", found, looked);
  }
  avocet_append_error(looked, "; PATH: has no java");
  return 0;
}

static int load_installed(avocet_jvm_t* found, char* looked) {
  glob_t folders;
  int done = 0;
  if (glob("/usr/lib/jvm/*/lib/server/libjvm.so", 0, NULL, &folders) != 0) {
    avocet_append_error(looked, "; /usr/lib/jvm: has none");
    return 0;
  }
  for (size_t i = 0; i < folders.gl_pathc && !done; i++) {
    char* path = folders.gl_pathv[i];
    path[strlen(path) - strlen("/lib/server/libjvm.so")] = '\0';
    done = load(path, "", found, looked);
  }
  globfree(&folders);
  return done;
}

int32_t avocet_find_jvm(const char* home, avocet_jvm_t* found, char* error) {
  /* What an attempt that failed has loaded stays: a process has one JVM. */
  static avocet_jvm_t last;
  char java_home[PATH_MAX];
  if (last.library) {
    *found = last;
    return AVOCET_OK;
  }
  found->release = 0;
  found->home[0] = '\0';
  found->library = dlopen("libjvm.so", RTLD_NOW | RTLD_NOLOAD);
  if (found->library) return AVOCET_OK;
  avocet_write_error(error, AVOCET_NOT_SUPPORTED,
                     "no Java %d or newer was found; let AVOCET_JAVA_HOME name the folder of one. Looked at", OLDEST);
  int length = snprintf(java_home, sizeof java_home, "%s/jre", home);
  if ((length > 0 && length < (int)sizeof java_home && load(java_home, "", found, error)) ||
      load_named("AVOCET_JAVA_HOME", found, error) || load_named("JAVA_HOME", found, error) ||
      load_on_path(found, error) || load_installed(found, error)) {
    error[0] = '\0';
    last = *found;
    return AVOCET_OK;
  }
  return AVOCET_NOT_SUPPORTED;
}
