/* SPDX-License-Identifier: Apache-2.0 */
#include "pictures.h"

#include <stdlib.h>
#include <string.h>

#include "support.h"

const uint8_t* row_of(const avocet_image_t* image, int32_t y) {
  return (const uint8_t*)image->planes[0].data + (size_t)y * (size_t)image->planes[0].stride;
}

static const uint8_t* pixel(const avocet_image_t* bgr, int32_t x, int32_t y) {
  return row_of(bgr, y) + (size_t)x * 3;
}

/* Room for a picture of a format with a row of this many bytes and its padding; the view knows where planes lie. */
static avocet_image_t allocate(int32_t format, int32_t width, int32_t height, int32_t row, int32_t padding) {
  avocet_image_t image;
  /* Enough for the chroma planes too. Padding is no colour that is in the picture. */
  size_t bytes = (size_t)(row + padding) * (size_t)height * 2;
  uint8_t* pixels = malloc(bytes);
  assert_non_null(pixels);
  memset(pixels, 0xA5, bytes);
  ok(avocet_image_wrap(&image, format, width, height, pixels, row + padding));
  return image;
}

static uint8_t* at(const avocet_image_t* image, int32_t plane, int32_t y) {
  uintptr_t data = (uintptr_t)image->planes[plane].data;
  return (uint8_t*)(data + (size_t)y * (size_t)image->planes[plane].stride);
}

avocet_image_t recoloured(const avocet_image_t* bgr, int32_t format, int32_t padding) {
  int32_t channels = format == AVOCET_BGR || format == AVOCET_RGB ? 3 : 4;
  int32_t first = format == AVOCET_RGB || format == AVOCET_RGBA ? 2 : 0;
  avocet_image_t image = allocate(format, bgr->width, bgr->height, bgr->width * channels, padding);
  for (int32_t y = 0; y < bgr->height; y++) {
    for (int32_t x = 0; x < bgr->width; x++) {
      uint8_t* to = at(&image, 0, y) + (size_t)x * (size_t)channels;
      const uint8_t* from = pixel(bgr, x, y);
      to[first] = from[0];
      to[1] = from[1];
      to[2 - first] = from[2];
      if (channels == 4) {
        to[3] = (uint8_t)(x + y);
      }
    }
  }
  return image;
}

static uint8_t clamped(float value) {
  return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value + 0.5F);
}

/* BT.601, limited range. */
static uint8_t luma(const uint8_t* p) {
  return clamped(16 + 0.257F * p[2] + 0.504F * p[1] + 0.098F * p[0]);
}

static uint8_t blue_chroma(const uint8_t* p) {
  return clamped(128 - 0.148F * p[2] - 0.291F * p[1] + 0.439F * p[0]);
}

static uint8_t red_chroma(const uint8_t* p) {
  return clamped(128 + 0.439F * p[2] - 0.368F * p[1] - 0.071F * p[0]);
}

static void set_chroma(const avocet_image_t* image, int32_t x, int32_t y, uint8_t u, uint8_t v) {
  switch (image->format) {
    case AVOCET_NV12:
      at(image, 1, y / 2)[x] = u;
      at(image, 1, y / 2)[x + 1] = v;
      break;
    case AVOCET_NV21:
      at(image, 1, y / 2)[x] = v;
      at(image, 1, y / 2)[x + 1] = u;
      break;
    case AVOCET_I420:
      at(image, 1, y / 2)[x / 2] = u;
      at(image, 2, y / 2)[x / 2] = v;
      break;
    default:
      for (int32_t i = 0; i < 2; i++) {
        at(image, 0, y + i)[2 * x + 1] = u;
        at(image, 0, y + i)[2 * x + 3] = v;
      }
  }
}

avocet_image_t subsampled(const avocet_image_t* bgr, int32_t format, int32_t padding) {
  int32_t step = format == AVOCET_YUYV ? 2 : 1;
  avocet_image_t image = allocate(format, bgr->width, bgr->height, bgr->width * step, padding);
  for (int32_t y = 0; y < bgr->height; y++) {
    for (int32_t x = 0; x < bgr->width; x++) {
      const uint8_t* p = pixel(bgr, x, y);
      at(&image, 0, y)[x * step] = luma(p);
      if (x % 2 == 0 && y % 2 == 0) {
        set_chroma(&image, x, y, blue_chroma(p), red_chroma(p));
      }
    }
  }
  return image;
}

avocet_image_t grey(const avocet_image_t* bgr, int32_t format, int32_t padding) {
  int32_t bytes = format == AVOCET_GRAY8 ? 1 : format == AVOCET_GRAY16 ? 2 : 3;
  avocet_image_t image = allocate(format, bgr->width, bgr->height, bgr->width * bytes, padding);
  for (int32_t y = 0; y < bgr->height; y++) {
    for (int32_t x = 0; x < bgr->width; x++) {
      /* Repeated, a byte is also what it is of 255 among 65,535. */
      memset(at(&image, 0, y) + (size_t)x * (size_t)bytes, pixel(bgr, x, y)[1], (size_t)bytes);
    }
  }
  return image;
}

avocet_image_t turned(const avocet_image_t* bgr, int32_t rotation) {
  int32_t width = bgr->width;
  int32_t height = bgr->height;
  int32_t across = rotation % 2 == 0 ? width : height;
  int32_t down = rotation % 2 == 0 ? height : width;
  avocet_image_t image = allocate(AVOCET_BGR, across, down, across * 3, 0);
  image.rotation = rotation;
  for (int32_t y = 0; y < down; y++) {
    for (int32_t x = 0; x < across; x++) {
      const uint8_t* from = NULL;
      switch (rotation) {
        case AVOCET_ROTATE_90_CLOCKWISE:
          /* Turned clockwise, the stored (x, y) comes to (down - 1 - y, x). */
          from = pixel(bgr, down - 1 - y, x);
          break;
        case AVOCET_ROTATE_180:
          from = pixel(bgr, width - 1 - x, height - 1 - y);
          break;
        case AVOCET_ROTATE_90_COUNTERCLOCKWISE:
          from = pixel(bgr, y, across - 1 - x);
          break;
        default:
          from = pixel(bgr, x, y);
      }
      memcpy(at(&image, 0, y) + (size_t)x * 3, from, 3);
    }
  }
  return image;
}
