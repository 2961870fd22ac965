/* SPDX-License-Identifier: Apache-2.0 */
/** @file image.c Views of pictures whose planes follow each other. */
#include <string.h>

#include "shim.h"

/** How a format lies in memory. */
typedef struct layout {
  const char* name;
  /** Bytes a pixel of the first plane. */
  int32_t pixel_bytes;
  int32_t planes;
  /** Whether width and height have to be even. */
  int even_width;
  int even_height;
  /** By how much the strides of further planes are smaller than the first's. */
  int32_t divisor;
} layout;

static const layout layouts[] = {
    {"BGR", 3, 1, 0, 0, 1},  {"RGB", 3, 1, 0, 0, 1},    {"BGRA", 4, 1, 0, 0, 1}, {"RGBA", 4, 1, 0, 0, 1},
    {"GRAY8", 1, 1, 0, 0, 1}, {"GRAY16", 2, 1, 0, 0, 1}, {"NV12", 1, 2, 1, 1, 1}, {"NV21", 1, 2, 1, 1, 1},
    {"I420", 1, 3, 1, 1, 2},  {"YUYV", 2, 1, 1, 0, 1},
};

static int32_t check(const layout* as, int32_t width, int32_t height, const void* data, int32_t stride) {
  if (!data) return avocet_fail(AVOCET_INVALID_ARG, "data=NULL: give the address of the first row");
  if (width < 1 || height < 1 || width > INT32_MAX / 4) {
    return avocet_fail(AVOCET_INVALID_ARG, "width=%d, height=%d: both have to be 1 or more and a row below 2 GiB",
                       width, height);
  }
  if ((as->even_width && width % 2) || (as->even_height && height % 2)) {
    return avocet_fail(AVOCET_INVALID_ARG, "width=%d, height=%d: %s needs even %s", width, height, as->name,
                       as->even_height ? "sizes" : "widths");
  }
  if (stride != 0 && stride < width * as->pixel_bytes) {
    return avocet_fail(AVOCET_INVALID_ARG,
                       "stride=%d: a row of %d pixels in %s has %d bytes; 0 is for rows without padding",
                       stride, width, as->name, width * as->pixel_bytes);
  }
  if (as->divisor > 1 && stride % as->divisor) {
    return avocet_fail(AVOCET_INVALID_ARG, "stride=%d: %s needs an even one, for the planes of chroma have half of it",
                       stride, as->name);
  }
  return AVOCET_OK;
}

int32_t avocet_image_wrap(avocet_image_t* image, int32_t format, int32_t width, int32_t height, const void* data,
                          int32_t stride) {
  if (!image) return avocet_fail(AVOCET_INVALID_ARG, "image=NULL: give the address of an avocet_image_t");
  if (format < 0 || format >= (int32_t)(sizeof layouts / sizeof *layouts)) {
    return avocet_fail(AVOCET_INVALID_ARG, "format=%d: is 0 (BGR) to 9 (YUYV)", format);
  }
  const layout* as = &layouts[format];
  int32_t status = check(as, width, height, data, stride);
  if (status != AVOCET_OK) return status;
  memset(image, 0, sizeof *image);
  image->size = (uint32_t)sizeof *image;
  image->format = format;
  image->width = width;
  image->height = height;
  const uint8_t* plane = data;
  int32_t rows = height;
  stride = stride ? stride : width * as->pixel_bytes;
  for (int32_t i = 0; i < as->planes; i++) {
    image->planes[i].data = plane;
    image->planes[i].stride = stride;
    plane += (size_t)stride * (size_t)rows;
    if (i == 0) {
      stride /= as->divisor;
      rows /= 2;
    }
  }
  return avocet_succeed();
}
