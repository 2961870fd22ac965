/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file manners.c
 * Puts back what both hosts change for the whole process when they start: the locale (setlocale(LC_ALL, "")), the limit
 * of open files and signal handlers.
 */
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "shim.h"

struct avocet_manners_t {
  char* locale;
  struct rlimit files;
  int has_files;
  /** By signal number; missing where the kernel or libc keeps the signal to itself. */
  struct sigaction actions[NSIG];
  char known[NSIG];
};

avocet_manners_t* avocet_manners_save(void) {
  avocet_manners_t* manners = calloc(1, sizeof *manners);
  if (!manners) return NULL;
  const char* locale = setlocale(LC_ALL, NULL);
  manners->locale = locale ? strdup(locale) : NULL;
  manners->has_files = getrlimit(RLIMIT_NOFILE, &manners->files) == 0;
  for (int i = 1; i < NSIG; i++) manners->known[i] = sigaction(i, NULL, &manners->actions[i]) == 0;
  return manners;
}

/** Whether the program's disposition of a signal comes back. */
static int is_restored(avocet_need_t need, const struct sigaction* before) {
  int used = before->sa_handler != SIG_DFL && before->sa_handler != SIG_IGN;
  return need == AVOCET_NEED_NONE || (need == AVOCET_NEED_UNLESS_USED && used);
}

void avocet_manners_restore(avocet_manners_t* manners, avocet_need_t (*need)(int number)) {
  struct sigaction now;
  for (int i = 1; i < NSIG; i++) {
    const struct sigaction* before = &manners->actions[i];
    if (!manners->known[i] || !is_restored(need(i), before) || sigaction(i, NULL, &now) != 0) continue;
    /* sa_sigaction and sa_handler are one field. */
    if (now.sa_handler != before->sa_handler || now.sa_flags != before->sa_flags) sigaction(i, before, NULL);
  }
  if (manners->has_files) setrlimit(RLIMIT_NOFILE, &manners->files);
  if (manners->locale) setlocale(LC_ALL, manners->locale);
  free(manners->locale);
  free(manners);
}
