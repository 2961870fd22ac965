/* SPDX-License-Identifier: Apache-2.0 */
#include "answers.h"

#include <inttypes.h>

/* Pixels and maps are too long for text: FNV-1a over what they hold. */
static uint64_t hashed(uint64_t hash, const void* data, size_t bytes) {
  const uint8_t* byte = data;
  for (size_t i = 0; i < bytes; i++) {
    hash = (hash ^ byte[i]) * UINT64_C(1099511628211);
  }
  return hash;
}

static const uint64_t HASH_OF_NOTHING = UINT64_C(14695981039346656037);

static void write_number(FILE* out, float number) {
  fprintf(out, " %.9g", (double)number);
}

static void write_points(FILE* out, const avocet_keypoint_t* points, int32_t count) {
  for (int32_t i = 0; i < count; i++) {
    write_number(out, points[i].x);
    write_number(out, points[i].y);
    write_number(out, points[i].score);
  }
}

static void write_box(FILE* out, const avocet_rect_t* box) {
  write_number(out, box->left);
  write_number(out, box->top);
  write_number(out, box->right);
  write_number(out, box->bottom);
}

static void write_label(FILE* out, const char* label) {
  fprintf(out, " %s", label == NULL ? "-" : label);
}

void write_classifications(FILE* out, const avocet_classifications_t* results) {
  fprintf(out, "classes %d\n", results->count);
  for (int32_t i = 0; i < results->count; i++) {
    const avocet_classification_t* item = &results->items[i];
    fprintf(out, "class %d", item->class_id);
    write_number(out, item->score);
    write_label(out, item->label);
    fputc('\n', out);
  }
}

static void write_mask(FILE* out, const avocet_mask_t* mask) {
  size_t bytes = (size_t)mask->width * (size_t)mask->height;
  fprintf(out, "mask %d %d %d %d %016" PRIx64 "\n", mask->x, mask->y, mask->width, mask->height,
          hashed(HASH_OF_NOTHING, mask->data, bytes));
}

void write_detections(FILE* out, const avocet_detections_t* results) {
  fprintf(out, "detections %d\n", results->count);
  for (int32_t i = 0; i < results->count; i++) {
    const avocet_detection_t* item = &results->items[i];
    fprintf(out, "detection %d", item->class_id);
    write_number(out, item->score);
    write_box(out, &item->box);
    write_label(out, item->label);
    fputc('\n', out);
    if (item->mask != NULL) {
      write_mask(out, item->mask);
    }
    if (item->keypoints != NULL) {
      fprintf(out, "points");
      write_points(out, item->keypoints, item->keypoint_count);
      fputc('\n', out);
    }
  }
}
