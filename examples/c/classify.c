/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Says what pictures show: for each the best classes with their scores.
 * usage: classify MODEL HOW_MANY PICTURE...
 */
#include <avocet/avocet.h>
#include <stdio.h>
#include <stdlib.h>

/* Whether a call went well; says what did not. */
static int ok(int32_t status, const char* what) {
  if (status != AVOCET_OK) {
    fprintf(stderr, "%s: %s: %s\n", what, avocet_status_name(status), avocet_last_error());
  }
  return status == AVOCET_OK;
}

static void print(const char* path, const avocet_classifications_t* classes) {
  int32_t i;
  printf("%s\n", path);
  for (i = 0; i < classes->count; i++) {
    const avocet_classification_t* c = &classes->items[i];
    /* A model may have no names for its classes. */
    printf("  %.4f  %d %s\n", c->score, (int)c->class_id, c->label != NULL ? c->label : "");
  }
}

/* One picture: read, looked at, given back. */
static int classify(avocet_classifier_t classifier, const avocet_call_options_t* options, const char* path) {
  const avocet_image_t* image = NULL;
  const avocet_classifications_t* classes = NULL;
  int done = ok(avocet_image_read(path, &image), path) &&
             ok(avocet_classifier_apply(classifier, image, 1, options, &classes), path);
  if (done) {
    print(path, classes);
  }
  /* Releasing NULL does nothing, so one way out fits all. */
  avocet_classifier_release_result(classes);
  avocet_image_release(image);
  return done;
}

int main(int argc, char** argv) {
  avocet_classifier_t classifier = NULL;
  avocet_call_options_t options;
  int i, all = 1;
  if (argc < 4) {
    fprintf(stderr, "usage: %s MODEL HOW_MANY PICTURE...\n", argv[0]);
    return 2;
  }
  avocet_call_options_init(&options);
  options.top_k = (int32_t)strtol(argv[2], NULL, 10);
  if (!ok(avocet_classifier_create_by_path(argv[1], NULL, &classifier), argv[1])) {
    return 1;
  }
  for (i = 3; i < argc; i++) {
    all = classify(classifier, &options, argv[i]) && all;
  }
  avocet_classifier_destroy(classifier);
  return all ? 0 : 1;
}
