/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file detector.h
 * Finds objects in pictures; with their pixels or key points where the model gives such.
 */
#ifndef AVOCET_DETECTOR_H
#define AVOCET_DETECTOR_H

#include "image.h"
#include "model.h"
#include "options.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct avocet_detector* avocet_detector_t;

/** The pixels of one object: a window of the upright picture, a byte a pixel, 255 where the object is, else 0. */
typedef struct avocet_mask_t {
  /** Left edge of the window in the upright picture; parts may be outside. */
  int32_t x;
  int32_t y;
  int32_t width;
  int32_t height;
  /** width * height bytes, row by row. */
  const uint8_t* data;
} avocet_mask_t;

/** An object. */
typedef struct avocet_detection_t {
  /** Number of its class, from 0. */
  int32_t class_id;
  /** 0 to 1, higher is surer. */
  float score;
  avocet_rect_t box;
  /** Name of its class; NULL where the model does not know it. */
  const char* label;
  /** NULL where the model gives none. */
  const avocet_mask_t* mask;
  /** NULL where the model gives none. */
  const avocet_keypoint_t* keypoints;
  int32_t keypoint_count;
  int32_t reserved;
} avocet_detection_t;

/** The objects of one picture, best first as the model orders them. */
typedef struct avocet_detections_t {
  int32_t count;
  int32_t reserved;
  const avocet_detection_t* items;
} avocet_detections_t;

/**
 * Opens a detector on a model that is open already.
 * @param options NULL: defaults
 * @return AVOCET_NOT_SUPPORTED where the model has another task or a part that is not supported; AVOCET_INVALID_ARG for
 *   wrong options; AVOCET_FAIL where the engine refuses the network
 */
AVOCET_API int32_t avocet_detector_create(avocet_model_t model, const avocet_options_t* options, avocet_detector_t* detector);

/** The same for a model's path; fails as avocet_model_create_by_path too. */
AVOCET_API int32_t avocet_detector_create_by_path(const char* path, const avocet_options_t* options,
                                             avocet_detector_t* detector);

/**
 * Finds the objects in pictures.
 * @param images view of count pictures, of any sizes and formats; those of equal size after preprocessing share runs of
 *   the network where the model can batch
 * @param count 1 or more
 * @param options NULL: defaults; they hold for all pictures
 * @param[out] results count entries, one a picture in the order given; freed by avocet_detector_release_result
 * @return AVOCET_INVALID_ARG and AVOCET_OUT_OF_RANGE for a picture or region that cannot be processed; AVOCET_DEADLINE;
 *   AVOCET_FAIL where the network fails or answers NaN
 */
AVOCET_API int32_t avocet_detector_apply(avocet_detector_t detector, const avocet_image_t* images, int32_t count,
                                    const avocet_call_options_t* options, const avocet_detections_t** results);

/**
 * Frees what one call answered; NULL does nothing.
 * @return AVOCET_INVALID_ARG for an address that is no such result of this task, or is released already
 */
AVOCET_API int32_t avocet_detector_release_result(const avocet_detections_t* results);

/** Waits for the calls under way and frees everything; results stay valid. */
AVOCET_API int32_t avocet_detector_destroy(avocet_detector_t detector);

#ifdef __cplusplus
}
#endif
#endif
