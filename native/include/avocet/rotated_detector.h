/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file rotated_detector.h
 * Finds objects with boxes that are turned as the objects are.
 */
#ifndef AVOCET_ROTATED_DETECTOR_H
#define AVOCET_ROTATED_DETECTOR_H

#include "image.h"
#include "model.h"
#include "options.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct avocet_rotated_detector* avocet_rotated_detector_t;

/** An object with its turned box, in pixels of the upright picture. */
typedef struct avocet_rotated_detection_t {
  int32_t class_id;
  float score;
  /** Centre of the box. */
  float cx;
  float cy;
  /** Length of the edges along angle, and of the others. */
  float width;
  float height;
  /** Of the width's edges to the x axis in radians, clockwise as one looks at the picture. */
  float angle;
  int32_t reserved;
  /** Name of its class; NULL where the model does not know it. */
  const char* label;
} avocet_rotated_detection_t;

/** The objects of one picture, best first. */
typedef struct avocet_rotated_detections_t {
  int32_t count;
  int32_t reserved;
  const avocet_rotated_detection_t* items;
} avocet_rotated_detections_t;

/**
 * Opens a rotated detector on a model that is open already.
 * @param options NULL: defaults
 * @return AVOCET_NOT_SUPPORTED where the model has another task or a part that is not supported; AVOCET_INVALID_ARG for
 *   wrong options; AVOCET_FAIL where the engine refuses the network
 */
AVOCET_API int32_t avocet_rotated_detector_create(avocet_model_t model, const avocet_options_t* options, avocet_rotated_detector_t* rotated_detector);

/** The same for a model's path; fails as avocet_model_create_by_path too. */
AVOCET_API int32_t avocet_rotated_detector_create_by_path(const char* path, const avocet_options_t* options,
                                             avocet_rotated_detector_t* rotated_detector);

/**
 * Finds the objects in pictures.
 * @param images view of count pictures, of any sizes and formats; those of equal size after preprocessing share runs of
 *   the network where the model can batch
 * @param count 1 or more
 * @param options NULL: defaults; they hold for all pictures
 * @param[out] results count entries, one a picture in the order given; freed by avocet_rotated_detector_release_result
 * @return AVOCET_INVALID_ARG and AVOCET_OUT_OF_RANGE for a picture or region that cannot be processed; AVOCET_DEADLINE;
 *   AVOCET_FAIL where the network fails or answers NaN
 */
AVOCET_API int32_t avocet_rotated_detector_apply(avocet_rotated_detector_t rotated_detector, const avocet_image_t* images, int32_t count,
                                    const avocet_call_options_t* options, const avocet_rotated_detections_t** results);

/**
 * Frees what one call answered; NULL does nothing.
 * @return AVOCET_INVALID_ARG for an address that is no such result of this task, or is released already
 */
AVOCET_API int32_t avocet_rotated_detector_release_result(const avocet_rotated_detections_t* results);

/** Waits for the calls under way and frees everything; results stay valid. */
AVOCET_API int32_t avocet_rotated_detector_destroy(avocet_rotated_detector_t rotated_detector);

#ifdef __cplusplus
}
#endif
#endif
