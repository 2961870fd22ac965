/* SPDX-License-Identifier: Apache-2.0 */
/** @file host_test.c Which host is chosen, what is said where none can be, and that a later try may succeed. */
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cases.h"

static char real_home[PATH_SIZE];
static char host[16];

/** A new empty folder that AVOCET_HOME names; the caller's cleaner removes it. */
static char home[PATH_SIZE];

static int set_up(void** state) {
  (void)state;
  const char* folder = getenv("TMPDIR");
  snprintf(host, sizeof host, "%s", getenv("AVOCET_HOST"));
  snprintf(real_home, sizeof real_home, "%s", getenv("AVOCET_HOME"));
  snprintf(home, sizeof home, "%s/avocet-home-XXXXXX", folder ? folder : "/tmp");
  return mkdtemp(home) && setenv("AVOCET_HOME", home, 1) == 0 ? 0 : -1;
}

static int tear_down(void** state) {
  (void)state;
  char command[PATH_SIZE + 16];
  setenv("PATH", "/usr/bin:/bin", 1);
  snprintf(command, sizeof command, "rm -rf '%s'", home);
  return system(command);
}

static void write_file(const char* name, const char* text) {
  char path[2 * PATH_SIZE];
  snprintf(path, sizeof path, "%s/%s", home, name);
  FILE* file = fopen(path, "we");
  assert_non_null(file);
  fputs(text, file);
  assert_int_equal(fclose(file), 0);
}

static void make_folder(const char* name) {
  char path[2 * PATH_SIZE];
  snprintf(path, sizeof path, "%s/%s", home, name);
  assert_int_equal(mkdir(path, 0700), 0);
}

/** Links every entry of the real home's folder into the folder of the same name here, but for some. */
static void link_all(const char* folder, const char* but) {
  char command[8 * PATH_SIZE];
  snprintf(command, sizeof command, "mkdir -p '%s/%s' && ln -s '%s/%s'/* '%s/%s/' && rm -f '%s/%s'/%s", home, folder,
           real_home, folder, home, folder, home, folder, but);
  assert_int_equal(system(command), 0);
}

/** That the library starts after all, once its home is right. */
static void expect_recovery(void) {
  setenv("AVOCET_HOME", real_home, 1);
  assert_string_equal(start(), host);
  ok(use());
}

static void should_say_where_there_is_no_home(void** state) {
  (void)state;
  const char* name = "before";
  setenv("AVOCET_HOME", "/nowhere/at/all", 1);
  fails(AVOCET_NOT_SUPPORTED, avocet_host_name(&name));
  expect_error("/nowhere/at/all/");
  expect_error("AVOCET_HOME");
  assert_string_equal(name, "before");
  unsetenv("AVOCET_HOST");
  fails(AVOCET_NOT_SUPPORTED, avocet_host_name(&name));
  expect_error("AVOCET_HOME=/nowhere/at/all has neither");
  /* Without AVOCET_HOME it is the folder beside the library. */
  unsetenv("AVOCET_HOME");
  fails(AVOCET_NOT_SUPPORTED, avocet_host_name(&name));
  expect_error(AVOCET_LIBRARY_FOLDER "/avocet has neither");
  setenv("AVOCET_HOST", "banana", 1);
  fails(AVOCET_INVALID_ARG, avocet_host_name(&name));
  expect_error("AVOCET_HOST=banana: is isolate or jvm");
  setenv("AVOCET_HOST", host, 1);
  expect_recovery();
}

static void should_say_where_home_is_empty(void** state) {
  (void)state;
  const char* name;
  fails(AVOCET_NOT_SUPPORTED, avocet_host_name(&name));
  expect_error(home);
  make_folder("jars");
  fails(AVOCET_NOT_SUPPORTED, avocet_host_name(&name));
  expect_error(on_jvm() ? "/jars has no jars" : "/libavocet_isolate.so: let AVOCET_HOME");
  expect_recovery();
}

static void should_choose_what_home_has(void** state) {
  (void)state;
  const char* name;
  unsetenv("AVOCET_HOST");
  write_file("libavocet_isolate.so", "no library");
  make_folder("jars");
  fails(AVOCET_FAIL, avocet_host_name(&name));
  expect_error("libavocet_isolate.so cannot be loaded: ");
  expect_error("file too short");
  setenv("AVOCET_HOST", "isolate", 1);
  fails(AVOCET_FAIL, avocet_host_name(&name));
  setenv("AVOCET_HOST", host, 1);
  expect_recovery();
}

static void should_say_which_library_is_no_isolate(void** state) {
  (void)state;
  const char* name;
  char command[8 * PATH_SIZE];
  setenv("AVOCET_HOST", "isolate", 1);
  snprintf(command, sizeof command, "ln -s '%s/libavocet.so' '%s/libavocet_isolate.so'", AVOCET_LIBRARY_FOLDER, home);
  assert_int_equal(system(command), 0);
  fails(AVOCET_FAIL, avocet_host_name(&name));
  expect_error("has no function graal_create_isolate: it is of another release");
  setenv("AVOCET_HOST", host, 1);
  expect_recovery();
}

static void should_recover_from_a_broken_jar(void** state) {
  (void)state;
  const char* name;
  link_all("jars", "dev.avocet.avocet-native-*.jar");
  write_file("jars/dev.avocet.avocet-native.jar", "no jar");
  fails(AVOCET_FAIL, avocet_host_name(&name));
  expect_error("/jars are missing, damaged or of another release: ");
  expect_error("java.lang.ClassNotFoundException: dev.avocet.bridge.Bridge");
  fails(AVOCET_FAIL, avocet_host_name(&name));
  expect_recovery();
}

static void should_refuse_classes_of_another_release(void** state) {
  (void)state;
  const char* name;
  char command[8 * PATH_SIZE];
  link_all("jars", "dev.avocet.avocet-native-*.jar");
  snprintf(command, sizeof command, "ln -s '%s' '%s/jars/'", AVOCET_OTHER_RELEASE_JAR, home);
  assert_int_equal(system(command), 0);
  fails(AVOCET_FAIL, avocet_host_name(&name));
  expect_error("libavocet.so is release " AVOCET_EXPECTED_VERSION ", but the jvm in ");
  expect_error(" is 9.9.9");
  fails(AVOCET_FAIL, use());
  expect_recovery();
}

static void should_pass_over_broken_javas(void** state) {
  (void)state;
  char path[2 * PATH_SIZE];
  make_folder("jre");
  make_folder("jre/lib");
  make_folder("jre/lib/server");
  write_file("jre/lib/server/libjvm.so", "no library");
  write_file("jre/release", "JAVA_VERSION=\"17.0.1\"\n");
  link_all("jars", "nothing");
  link_all("natives", "nothing");
  snprintf(path, sizeof path, "%s/nowhere", home);
  setenv("AVOCET_JAVA_HOME", path, 1);
  assert_string_equal(start(), "jvm");
  ok(use());
}

/** Hides all Java of the machine from this process, where it may. */
static int hide_java(void) {
  unsetenv("JAVA_HOME");
  unsetenv("AVOCET_JAVA_HOME");
  setenv("PATH", "/nowhere", 1);
  return access("/usr/lib/jvm", F_OK) != 0 ||
         (unshare(CLONE_NEWNS) == 0 && mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
          mount("none", "/usr/lib/jvm", "tmpfs", 0, NULL) == 0);
}

static void should_list_where_it_looked_for_java(void** state) {
  (void)state;
  const char* name;
  link_all("jars", "nothing");
  make_folder("old");
  make_folder("old/lib");
  make_folder("old/lib/server");
  write_file("old/lib/server/libjvm.so", "no library");
  write_file("old/release", "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"11.0.2\"\n");
  if (!hide_java()) {
    print_message("may not hide /usr/lib/jvm: not tested\n");
    skip();
  }
  char path[2 * PATH_SIZE];
  snprintf(path, sizeof path, "%s/old", home);
  setenv("JAVA_HOME", path, 1);
  fails(AVOCET_NOT_SUPPORTED, avocet_host_name(&name));
  expect_error("no Java 17 or newer was found; let AVOCET_JAVA_HOME name the folder of one. Looked at; ");
  expect_error("/jre: there is no lib/server/libjvm.so");
  expect_error("AVOCET_JAVA_HOME: not set");
  expect_error("/old: is too old");
  expect_error("PATH: has no java");
  expect_error("/usr/lib/jvm: has none");
  write_file("old/release", "JAVA_VERSION=\"17\"\n");
  fails(AVOCET_NOT_SUPPORTED, avocet_host_name(&name));
  expect_error("/old/lib/server/libjvm.so: file too short");
}

static void should_survive_options_that_the_jvm_refuses(void** state) {
  (void)state;
  /* Some are answered with an error by JNI_CreateJavaVM, for others it ends the process. */
  static const char* const wrong[][2] = {
      {"-XX:garbage", "garbage"},
      {"  -Xgarbage\t", "-Xgarbage"},
      {"garbage", "garbage"},
      {"-Xmx1k", "heap size"},
      {"-Xmx100000g", "100000g"},
      {"-XX:+UseSerialGC -XX:+UseParallelGC", "garbage collectors"},
      {"-agentlib:nothing", "agent library nothing"},
      {"--add-modules=foo.bar", "foo.bar"},
  };
  const char* name;
  setenv("AVOCET_HOME", real_home, 1);
  for (int32_t i = 0; i < COUNT_OF(wrong); i++) {
    setenv("AVOCET_JVM_OPTIONS", wrong[i][0], 1);
    fails(AVOCET_FAIL, avocet_host_name(&name));
    expect_error(wrong[i][1]);
    expect_error("does not start");
  }
  setenv("AVOCET_JVM_OPTIONS", " -XX:+UseParallelGC  -Xmx256m -Davocet.x=y ", 1);
  expect_recovery();
}

static void should_not_try_a_jvm_again_that_refused(void** state) {
  (void)state;
  const char* name;
  setenv("AVOCET_HOME", real_home, 1);
  /* An option of the command java, but not of its JVM. */
  setenv("AVOCET_JVM_OPTIONS", "-version", 1);
  fails(AVOCET_FAIL, avocet_host_name(&name));
  expect_error("the JVM does not start (JNI_CreateJavaVM gave -1), AVOCET_JVM_OPTIONS=-version: ");
  expect_error("Unrecognized option: -version");
  setenv("AVOCET_JVM_OPTIONS", "-XX:+UseParallelGC", 1);
  fails(AVOCET_FAIL, avocet_host_name(&name));
  expect_error("its next try is for the program's next start");
}

int main(int argc, char** argv) {
#define case_with_home(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
  const struct CMUnitTest cases[] = {
      case_with_home(should_say_where_there_is_no_home),
      case_with_home(should_say_where_home_is_empty),
      case_with_home(should_choose_what_home_has),
      case_with_home(should_say_which_library_is_no_isolate),
      case_with_home(should_recover_from_a_broken_jar),
      case_with_home(should_refuse_classes_of_another_release),
      case_with_home(should_pass_over_broken_javas),
      case_with_home(should_list_where_it_looked_for_java),
      case_with_home(should_survive_options_that_the_jvm_refuses),
      case_with_home(should_not_try_a_jvm_again_that_refused),
  };
  return run_case(argc, argv, cases);
}
