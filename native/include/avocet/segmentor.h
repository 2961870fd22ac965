/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file segmentor.h
 * Says what each pixel of a picture shows.
 */
#ifndef AVOCET_SEGMENTOR_H
#define AVOCET_SEGMENTOR_H

#include "image.h"
#include "model.h"
#include "options.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct avocet_segmentor* avocet_segmentor_t;

/** The class of every pixel of one upright picture, or of the region that was looked at. */
typedef struct avocet_segmentation_t {
  /** Where the map lies in the upright picture. */
  int32_t x;
  int32_t y;
  int32_t width;
  int32_t height;
  /** How many classes the model tells apart. */
  int32_t classes;
  /** How many of them have a name. */
  int32_t name_count;
  /** width * height class numbers, row by row. */
  const int32_t* labels;
  /** [classes][height][width]; NULL where the model gives classes only. */
  const float* scores;
  /** Names by class number. */
  const char* const* names;
} avocet_segmentation_t;

/**
 * Opens a segmentor on a model that is open already.
 * @param options NULL: defaults
 * @return AVOCET_NOT_SUPPORTED where the model has another task or a part that is not supported; AVOCET_INVALID_ARG for
 *   wrong options; AVOCET_FAIL where the engine refuses the network
 */
AVOCET_API int32_t avocet_segmentor_create(avocet_model_t model, const avocet_options_t* options, avocet_segmentor_t* segmentor);

/** The same for a model's path; fails as avocet_model_create_by_path too. */
AVOCET_API int32_t avocet_segmentor_create_by_path(const char* path, const avocet_options_t* options,
                                             avocet_segmentor_t* segmentor);

/**
 * Gives every pixel its class.
 * @param images view of count pictures, of any sizes and formats; those of equal size after preprocessing share runs of
 *   the network where the model can batch
 * @param count 1 or more
 * @param options NULL: defaults; they hold for all pictures
 * @param[out] results count entries, one a picture in the order given; freed by avocet_segmentor_release_result
 * @return AVOCET_INVALID_ARG and AVOCET_OUT_OF_RANGE for a picture or region that cannot be processed; AVOCET_DEADLINE;
 *   AVOCET_FAIL where the network fails or answers NaN
 */
AVOCET_API int32_t avocet_segmentor_apply(avocet_segmentor_t segmentor, const avocet_image_t* images, int32_t count,
                                    const avocet_call_options_t* options, const avocet_segmentation_t** results);

/**
 * Frees what one call answered; NULL does nothing.
 * @return AVOCET_INVALID_ARG for an address that is no such result of this task, or is released already
 */
AVOCET_API int32_t avocet_segmentor_release_result(const avocet_segmentation_t* results);

/** Waits for the calls under way and frees everything; results stay valid. */
AVOCET_API int32_t avocet_segmentor_destroy(avocet_segmentor_t segmentor);

#ifdef __cplusplus
}
#endif
#endif
