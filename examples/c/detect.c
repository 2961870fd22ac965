/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Finds objects in pictures and prints a line for each: label, score, and the box's edges in pixels.
 * usage: detect MODEL PICTURE...
 */
#include <avocet/avocet.h>
#include <stdio.h>

/* Whether a call went well; says what did not. */
static int ok(int32_t status, const char* what) {
  if (status != AVOCET_OK) {
    fprintf(stderr, "%s: %s: %s\n", what, avocet_status_name(status), avocet_last_error());
  }
  return status == AVOCET_OK;
}

static void print(const char* path, const avocet_detections_t* found) {
  int32_t i;
  printf("%s: %d found\n", path, (int)found->count);
  for (i = 0; i < found->count; i++) {
    const avocet_detection_t* d = &found->items[i];
    /* A model may have no names for its classes. */
    if (d->label != NULL) {
      printf("  %s", d->label);
    } else {
      printf("  class %d", (int)d->class_id);
    }
    printf(" %.3f %.1f %.1f %.1f %.1f\n", d->score, d->box.left, d->box.top, d->box.right, d->box.bottom);
  }
}

/* One picture: read, looked at, given back. */
static int detect(avocet_detector_t detector, const char* path) {
  const avocet_image_t* image = NULL;
  const avocet_detections_t* found = NULL;
  int done = ok(avocet_image_read(path, &image), path) &&
             ok(avocet_detector_apply(detector, image, 1, NULL, &found), path);
  if (done) {
    print(path, found);
  }
  /* Releasing NULL does nothing, so one way out fits all. */
  avocet_detector_release_result(found);
  avocet_image_release(image);
  return done;
}

int main(int argc, char** argv) {
  avocet_detector_t detector = NULL;
  int i, all = 1;
  if (argc < 3) {
    fprintf(stderr, "usage: %s MODEL PICTURE...\n", argv[0]);
    return 2;
  }
  if (!ok(avocet_detector_create_by_path(argv[1], NULL, &detector), argv[1])) {
    return 1;
  }
  for (i = 2; i < argc; i++) {
    all = detect(detector, argv[i]) && all;
  }
  avocet_detector_destroy(detector);
  return all ? 0 : 1;
}
