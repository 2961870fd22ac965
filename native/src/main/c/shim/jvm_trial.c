/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file jvm_trial.c
 * Tries a JVM's options in a process of their own: JNI_CreateJavaVM answers an option that it does not know with an
 * error, but ends the process for one that it cannot fulfil.
 */
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "jvm.h"
#include "shim.h"

/** How the child ends that could not run java. */
#define NOT_RUN 127

/** Whether anything is unusual enough to fail; a trial takes as long as the JVM takes to start. */
static int is_needed(void) {
  struct rlimit memory;
  const char* wishes = secure_getenv("AVOCET_JVM_OPTIONS");
  /* A debugger that waits for its client would wait in the trial. */
  if (wishes && strstr(wishes, "jdwp")) return 0;
  return (wishes && *wishes) || getenv("JAVA_TOOL_OPTIONS") || getenv("_JAVA_OPTIONS") ||
         (getrlimit(RLIMIT_AS, &memory) == 0 && memory.rlim_cur != RLIM_INFINITY);
}

/** Reads what the child prints, as far as there is room, until it ends. */
static void read_all(int from, char* text, size_t room) {
  char rest[512];
  size_t used = 0;
  ssize_t got;
  do {
    int full = used + 1 >= room;
    got = full ? read(from, rest, sizeof rest) : read(from, text + used, room - used - 1);
    if (got > 0 && !full) used += (size_t)got;
  } while (got > 0);
  while (used > 0 && text[used - 1] == '\n') used--;
  text[used] = '\0';
}

/**
 * Runs a program and gives how it ended, as waitpid does. Neither the program's SIGCHLD handler nor its wait() sees the
 * child: it ends without a signal. The child makes system calls only, so that no lock matters that others hold.
 */
static int run(char* const* arguments, char* text, size_t room) {
  int ends[2];
  int ended = NOT_RUN << 8;
  if (pipe2(ends, O_CLOEXEC) != 0) return ended;
  pid_t child = (pid_t)syscall(SYS_clone, 0, 0, 0, 0, 0);
  if (child == 0) {
    if (dup2(ends[1], STDOUT_FILENO) >= 0 && dup2(ends[1], STDERR_FILENO) >= 0) execv(arguments[0], arguments);
    _exit(NOT_RUN);
  }
  close(ends[1]);
  if (child > 0) {
    read_all(ends[0], text, room);
    waitpid(child, &ended, __WALL);
  }
  close(ends[0]);
  return ended;
}

int32_t avocet_jvm_try(const char* java_home, const JavaVMOption* options, int count, char* error) {
  char java[PATH_MAX + sizeof "/bin/java"];
  char text[AVOCET_ERROR_SIZE];
  if (!*java_home || !is_needed()) return AVOCET_OK;
  snprintf(java, sizeof java, "%s/bin/java", java_home);
  char** arguments = calloc((size_t)count + 4, sizeof *arguments);
  if (!arguments) return avocet_write_error(error, AVOCET_OUT_OF_MEMORY, "no memory to try the JVM's options with");
  char error_file[] = "-XX:ErrorFile=/dev/null";
  char version[] = "-version";
  int last = 0;
  arguments[last++] = java;
  arguments[last++] = error_file;
  for (int i = 0; i < count; i++) arguments[last++] = options[i].optionString;
  arguments[last] = version;
  int ended = run(arguments, text, sizeof text);
  free(arguments);
  if (ended == 0 || (WIFEXITED(ended) && WEXITSTATUS(ended) == NOT_RUN)) return AVOCET_OK;
  const char* wishes = secure_getenv("AVOCET_JVM_OPTIONS");
  return avocet_write_error(error, AVOCET_FAIL, "%s does not start, AVOCET_JVM_OPTIONS=%s: %s", java,
                            wishes ? wishes : "", text);
}
