/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file pictures.h
 * The same picture in other formats and turns. Made of packed or padded BGR; the caller frees each by free_picture.
 */
#ifndef AVOCET_TEST_PICTURES_H
#define AVOCET_TEST_PICTURES_H

#include <avocet/avocet.h>

/** First byte of a row of the first plane. */
const uint8_t* row_of(const avocet_image_t* image, int32_t y);

/** The same in BGR, RGB, BGRA or RGBA, with so many bytes of padding at the end of each row. */
avocet_image_t recoloured(const avocet_image_t* bgr, int32_t format, int32_t padding);

/**
 * The same in NV12, NV21, I420 or YUYV, from one chroma value for each square of four pixels: all formats say the same,
 * and about what the picture says.
 */
avocet_image_t subsampled(const avocet_image_t* bgr, int32_t format, int32_t padding);

/** Its green as GRAY8, GRAY16 or BGR with three equal channels. */
avocet_image_t grey(const avocet_image_t* bgr, int32_t format, int32_t padding);

/** The same stored so that this rotation makes it upright. */
avocet_image_t turned(const avocet_image_t* bgr, int32_t rotation);

#endif
