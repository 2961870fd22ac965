/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Reads the text of a picture: one network finds the lines, another reads them, and each is printed with where it is.
 * usage: ocr DETECTOR RECOGNIZER PICTURE
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

/* Reads what lies in the regions; all lines share runs of the network. */
static int read_lines(avocet_text_recognizer_t recognizer, const avocet_image_t* image,
                      const avocet_text_regions_t* regions) {
  const avocet_texts_t* texts = NULL;
  int32_t i;
  int done;
  /* One more than needed: malloc may answer NULL for no bytes. */
  avocet_quad_t* quads = malloc(((size_t)regions->count + 1) * sizeof *quads);
  if (quads == NULL) {
    fprintf(stderr, "out of memory\n");
    return 0;
  }
  for (i = 0; i < regions->count; i++) {
    quads[i] = regions->items[i].quad;
  }
  done = ok(avocet_text_recognizer_apply_quads(recognizer, image, 1, quads, &regions->count, NULL, &texts), "reading");
  for (i = 0; done && i < texts->count; i++) {
    const avocet_point_t* corner = &quads[i].corners[0];
    printf("%.0f,%.0f  %.3f  %s\n", corner->x, corner->y, texts->items[i].score, texts->items[i].text);
  }
  avocet_text_recognizer_release_result(texts);
  free(quads);
  return done;
}

int main(int argc, char** argv) {
  avocet_text_detector_t detector = NULL;
  avocet_text_recognizer_t recognizer = NULL;
  const avocet_image_t* image = NULL;
  const avocet_text_regions_t* regions = NULL;
  int done;
  if (argc != 4) {
    fprintf(stderr, "usage: %s DETECTOR RECOGNIZER PICTURE\n", argv[0]);
    return 2;
  }
  done = ok(avocet_text_detector_create_by_path(argv[1], NULL, &detector), argv[1]) &&
         ok(avocet_text_recognizer_create_by_path(argv[2], NULL, &recognizer), argv[2]) &&
         ok(avocet_image_read(argv[3], &image), argv[3]) &&
         ok(avocet_text_detector_apply(detector, image, 1, NULL, &regions), argv[3]) &&
         read_lines(recognizer, image, regions);
  avocet_text_detector_release_result(regions);
  avocet_image_release(image);
  /* Destroying NULL answers INVALID_ARG and does nothing else. */
  avocet_text_recognizer_destroy(recognizer);
  avocet_text_detector_destroy(detector);
  return done ? 0 : 1;
}
