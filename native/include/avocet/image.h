/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file image.h
 * Pictures: views of the caller's pixels, never copied; and files that the library decodes.
 */
#ifndef AVOCET_IMAGE_H
#define AVOCET_IMAGE_H

#include "common.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Order of a pixel's bytes in memory: BGR has blue at the lowest address. */
enum avocet_format {
  AVOCET_BGR = 0,
  AVOCET_RGB = 1,
  AVOCET_BGRA = 2,
  AVOCET_RGBA = 3,
  AVOCET_GRAY8 = 4,
  /** 16 bits, the machine's byte order, 0 to 65,535. */
  AVOCET_GRAY16 = 5,
  /** Two planes: Y, then U and V interleaved at half width and height. Even sizes. */
  AVOCET_NV12 = 6,
  /** Two planes: Y, then V and U interleaved at half width and height. Even sizes. */
  AVOCET_NV21 = 7,
  /** Three planes: Y, U, V, the latter two at half width and height. Even sizes. */
  AVOCET_I420 = 8,
  /** One plane of Y0 U Y1 V. Even width. */
  AVOCET_YUYV = 9
};

/** How the stored pixels have to be turned to be upright. */
enum avocet_rotation {
  AVOCET_ROTATE_NONE = 0,
  AVOCET_ROTATE_90_CLOCKWISE = 1,
  AVOCET_ROTATE_180 = 2,
  AVOCET_ROTATE_90_COUNTERCLOCKWISE = 3
};

/** Where pixels lie. */
enum avocet_memory {
  AVOCET_MEMORY_HOST = 0,
  AVOCET_MEMORY_CUDA = 1
};

/** One plane of a picture. */
typedef struct avocet_plane_t {
  /** First byte of the first row. */
  const void* data;
  /** Bytes from one row to the next, at least a row's bytes. */
  int32_t stride;
  int32_t reserved;
} avocet_plane_t;

/**
 * A view of a picture. Of an array of pictures all have the size of the first, which is also the step from one to the
 * next. Pixels have to stay valid and unchanged while a call runs; a pointer to memory that is not mapped is the one
 * mistake that the library cannot tell.
 */
typedef struct avocet_image_t {
  /** sizeof(avocet_image_t) */
  uint32_t size;
  /** An AVOCET_ format. */
  int32_t format;
  /** Stored pixels across, before rotation; 1 or more. */
  int32_t width;
  /** Stored pixels down. */
  int32_t height;
  /** An AVOCET_ROTATE_ number. */
  int32_t rotation;
  /** An AVOCET_MEMORY_ number. */
  int32_t memory;
  /** As many as the format has; the rest is not looked at. */
  avocet_plane_t planes[3];
} avocet_image_t;

/**
 * Fills in a view of host memory whose planes follow each other without gaps, as decoders and OpenCV give them.
 * @param[out] image overwritten whole
 * @param format an AVOCET_ format
 * @param data first byte of the first row
 * @param stride bytes from row to row of the first plane, 0: rows without padding; the planes of chroma have the same
 *   (NV12, NV21) or half of it (I420)
 * @return AVOCET_INVALID_ARG for an unknown format, a size it cannot have, NULL or a stride that is too short
 */
AVOCET_API int32_t avocet_image_wrap(avocet_image_t* image, int32_t format, int32_t width, int32_t height,
                                     const void* data, int32_t stride);

/**
 * Decodes a picture file (JPEG, PNG, BMP, TIFF, WebP, …): BGR, upright, at most 100 megapixels.
 * @param[out] image freed by avocet_image_release
 * @return AVOCET_FILE_NOT_FOUND; AVOCET_INVALID_ARG where it is damaged or no picture; AVOCET_OUT_OF_RANGE
 */
AVOCET_API int32_t avocet_image_read(const char* path, const avocet_image_t** image);

/** Decodes a picture file held in memory, as avocet_image_read does. */
AVOCET_API int32_t avocet_image_decode(const void* data, size_t bytes, const avocet_image_t** image);

/**
 * Writes a picture of any format, upright; the path's ending says how (.png, .jpg, …). A failure leaves no half-written
 * file.
 */
AVOCET_API int32_t avocet_image_write(const avocet_image_t* image, const char* path);

/** Frees a picture that avocet_image_read or _decode gave; NULL does nothing. */
AVOCET_API int32_t avocet_image_release(const avocet_image_t* image);

#ifdef __cplusplus
}
#endif
#endif
