/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file text_detector.h
 * Finds places with text in pictures.
 */
#ifndef AVOCET_TEXT_DETECTOR_H
#define AVOCET_TEXT_DETECTOR_H

#include "image.h"
#include "model.h"
#include "options.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct avocet_text_detector* avocet_text_detector_t;

/** A place with text. */
typedef struct avocet_text_region_t {
  /** In pixels of the upright picture. */
  avocet_quad_t quad;
  /** 0 to 1, higher is surer. */
  float score;
} avocet_text_region_t;

/** The texts of one picture. */
typedef struct avocet_text_regions_t {
  int32_t count;
  int32_t reserved;
  const avocet_text_region_t* items;
} avocet_text_regions_t;

/**
 * Opens a text detector on a model that is open already.
 * @param options NULL: defaults
 * @return AVOCET_NOT_SUPPORTED where the model has another task or a part that is not supported; AVOCET_INVALID_ARG for
 *   wrong options; AVOCET_FAIL where the engine refuses the network
 */
AVOCET_API int32_t avocet_text_detector_create(avocet_model_t model, const avocet_options_t* options, avocet_text_detector_t* text_detector);

/** The same for a model's path; fails as avocet_model_create_by_path too. */
AVOCET_API int32_t avocet_text_detector_create_by_path(const char* path, const avocet_options_t* options,
                                             avocet_text_detector_t* text_detector);

/**
 * Finds text in pictures.
 * @param images view of count pictures, of any sizes and formats; those of equal size after preprocessing share runs of
 *   the network where the model can batch
 * @param count 1 or more
 * @param options NULL: defaults; they hold for all pictures
 * @param[out] results count entries, one a picture in the order given; freed by avocet_text_detector_release_result
 * @return AVOCET_INVALID_ARG and AVOCET_OUT_OF_RANGE for a picture or region that cannot be processed; AVOCET_DEADLINE;
 *   AVOCET_FAIL where the network fails or answers NaN
 */
AVOCET_API int32_t avocet_text_detector_apply(avocet_text_detector_t text_detector, const avocet_image_t* images, int32_t count,
                                    const avocet_call_options_t* options, const avocet_text_regions_t** results);

/**
 * Frees what one call answered; NULL does nothing.
 * @return AVOCET_INVALID_ARG for an address that is no such result of this task, or is released already
 */
AVOCET_API int32_t avocet_text_detector_release_result(const avocet_text_regions_t* results);

/** Waits for the calls under way and frees everything; results stay valid. */
AVOCET_API int32_t avocet_text_detector_destroy(avocet_text_detector_t text_detector);

#ifdef __cplusplus
}
#endif
#endif
