/* SPDX-License-Identifier: Apache-2.0 */
#include "answers.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pictures.h"

/* 64-bit FNV-1a: pixels and maps are too long for a text. */
static const uint64_t NOTHING = UINT64_C(0xcbf29ce484222325);

static uint64_t hashed(uint64_t hash, const void* data, size_t bytes) {
  const uint8_t* byte = data;
  for (size_t i = 0; i < bytes; i++) {
    hash = (hash ^ byte[i]) * UINT64_C(0x100000001b3);
  }
  return hash;
}

/* Numbers and texts begin with the space that parts them from the one before. */
static void write_number(FILE* out, float number) {
  fprintf(out, " %a", (double)number);
}

static void write_escaped(FILE* out, const char* text) {
  fputc(' ', out);
  if (text == NULL) {
    fputc('-', out);
  } else if (text[0] == '\0') {
    fputc('%', out);
  } else if (strcmp(text, "-") == 0) {
    fputs("%2D", out);
  } else {
    for (; *text != '\0'; text++) {
      fprintf(out, *text > ' ' && *text < 0x7F && *text != '%' ? "%c" : "%%%02X", (unsigned char)*text);
    }
  }
}

static void write_points(FILE* out, const avocet_keypoint_t* points, int32_t count) {
  fprintf(out, " %d", count);
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

void write_classification(FILE* out, const avocet_classification_t* entry) {
  fprintf(out, " %d", entry->class_id);
  write_number(out, entry->score);
  write_escaped(out, entry->label);
}

void write_detection(FILE* out, const avocet_detection_t* entry) {
  fprintf(out, " %d", entry->class_id);
  write_number(out, entry->score);
  write_box(out, &entry->box);
  write_escaped(out, entry->label);
  write_points(out, entry->keypoints, entry->keypoint_count);
  if (entry->mask == NULL) {
    fputs(" -", out);
  } else {
    const avocet_mask_t* mask = entry->mask;
    size_t bytes = (size_t)mask->width * (size_t)mask->height;
    fprintf(out, " %d %d %d %d %" PRIx64, mask->x, mask->y, mask->width, mask->height,
            hashed(NOTHING, mask->data, bytes));
  }
}

void write_rotated(FILE* out, const avocet_rotated_detection_t* entry) {
  fprintf(out, " %d", entry->class_id);
  write_number(out, entry->score);
  write_number(out, entry->cx);
  write_number(out, entry->cy);
  write_number(out, entry->width);
  write_number(out, entry->height);
  write_number(out, entry->angle);
  write_escaped(out, entry->label);
}

void write_segmentation(FILE* out, const avocet_segmentation_t* entry) {
  size_t pixels = (size_t)entry->width * (size_t)entry->height;
  fprintf(out, " %d %d %d %d %d %d %" PRIx64, entry->x, entry->y, entry->width, entry->height, entry->classes,
          entry->name_count, hashed(NOTHING, entry->labels, pixels * sizeof *entry->labels));
  if (entry->scores == NULL) {
    fputs(" -", out);
  } else {
    size_t bytes = pixels * (size_t)entry->classes * sizeof *entry->scores;
    fprintf(out, " %" PRIx64, hashed(NOTHING, entry->scores, bytes));
  }
}

void write_picture(FILE* out, const avocet_image_t* entry) {
  int grey = entry->format == AVOCET_GRAY8;
  uint64_t hash = NOTHING;
  for (int32_t y = 0; y < entry->height; y++) {
    hash = hashed(hash, row_of(entry, y), (size_t)entry->width * (grey ? 1 : 3));
  }
  fprintf(out, " %s %d %d %" PRIx64, grey ? "gray8" : "rgb", entry->width, entry->height, hash);
}

void write_pose(FILE* out, const avocet_pose_t* entry) {
  write_points(out, entry->keypoints, entry->count);
}

void write_tracked(FILE* out, const avocet_tracked_pose_t* entry) {
  fprintf(out, " %d", entry->id);
  write_box(out, &entry->box);
  write_points(out, entry->keypoints, entry->keypoint_count);
}

void write_region(FILE* out, const avocet_text_region_t* entry) {
  for (int i = 0; i < 4; i++) {
    write_number(out, entry->quad.corners[i].x);
    write_number(out, entry->quad.corners[i].y);
  }
  write_number(out, entry->score);
}

void write_text(FILE* out, const avocet_text_t* entry) {
  write_number(out, entry->score);
  fprintf(out, " %d", entry->score_count);
  for (int32_t i = 0; i < entry->score_count; i++) {
    write_number(out, entry->scores[i]);
  }
  write_escaped(out, entry->text);
}

static void write_picture_value(FILE* out, const avocet_image_t* image) {
  static const char* const formats[] = {"BGR",    "RGB",  "BGRA", "RGBA", "GRAY8",
                                        "GRAY16", "NV12", "NV21", "I420", "YUYV"};
  int turned = image->rotation % 2;
  fprintf(out, "{\"width\":%d,\"height\":%d,\"format\":\"%s\"}", turned ? image->height : image->width,
          turned ? image->width : image->height, formats[image->format]);
}

static void write_items(FILE* out, const avocet_value_t* value) {
  int object = value->kind == AVOCET_VALUE_OBJECT;
  int written = 0;
  fputc(object ? '{' : '[', out);
  for (int32_t i = 0; i < value->count; i++) {
    /* Masks have no form in JSON. */
    if (object && value->items[i].kind == AVOCET_VALUE_MASK) {
      continue;
    }
    fputs(written++ > 0 ? "," : "", out);
    if (object) {
      fprintf(out, "\"%s\":", value->names[i]);
    }
    write_value(out, &value->items[i]);
  }
  fputc(object ? '}' : ']', out);
}

void write_value(FILE* out, const avocet_value_t* value) {
  switch (value->kind) {
    case AVOCET_VALUE_BOOL:
      fputs(value->integer != 0 ? "true" : "false", out);
      break;
    case AVOCET_VALUE_INT:
      fprintf(out, "%" PRId64, value->integer);
      break;
    case AVOCET_VALUE_REAL:
      /* Always with a fraction, so that it is compared as a number with one. */
      fprintf(out, "%.8e", value->real);
      break;
    case AVOCET_VALUE_TEXT:
      fprintf(out, "\"%s\"", value->text);
      break;
    case AVOCET_VALUE_LIST:
    case AVOCET_VALUE_OBJECT:
      write_items(out, value);
      break;
    case AVOCET_VALUE_IMAGE:
      write_picture_value(out, value->image);
      break;
    default:
      fputs("null", out);
  }
}

/* Whether a word is a number that may have a fraction: a decimal one with a point, or a hexadecimal one of C. */
static int is_real(const char* word, size_t length, double* number) {
  char* end = NULL;
  *number = strtod(word, &end);
  return end == word + length && (memchr(word, '.', length) != NULL || memchr(word, 'p', length) != NULL);
}

static int alike_words(const char* expected, size_t length, const char* found, size_t found_length, double tolerance) {
  double a = 0;
  double b = 0;
  if (length == found_length && memcmp(expected, found, length) == 0) {
    return 1;
  }
  if (!is_real(expected, length, &a) || !is_real(found, found_length, &b)) {
    return 0;
  }
  /* All numbers are float32 by origin, though JSON writes no more digits than those need. */
  a = (double)(float)a;
  b = (double)(float)b;
  return fabs(a - b) <= tolerance * fmax(1, fabs(a));
}

int alike(const char* expected, const char* found, double tolerance) {
  const char* const marks = " ,:[]{}\n";
  for (;;) {
    size_t length = strcspn(expected, marks);
    size_t found_length = strcspn(found, marks);
    if (!alike_words(expected, length, found, found_length, tolerance) || expected[length] != found[found_length]) {
      return 0;
    }
    if (expected[length] == '\0') {
      return 1;
    }
    expected += length + 1;
    found += found_length + 1;
  }
}
