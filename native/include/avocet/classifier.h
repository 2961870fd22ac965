/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file classifier.h
 * Says what a picture shows, as a whole.
 */
#ifndef AVOCET_CLASSIFIER_H
#define AVOCET_CLASSIFIER_H

#include "image.h"
#include "model.h"
#include "options.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct avocet_classifier* avocet_classifier_t;

/** A class with its score. */
typedef struct avocet_classification_t {
  /** Number of the class, from 0. */
  int32_t class_id;
  /** 0 to 1, higher is surer. */
  float score;
  /** Name of the class; NULL where the model does not know it. */
  const char* label;
} avocet_classification_t;

/** The classes of one picture or video, best first; those of a model with several labels a picture by number. */
typedef struct avocet_classifications_t {
  int32_t count;
  int32_t reserved;
  const avocet_classification_t* items;
} avocet_classifications_t;

/**
 * Opens a classifier on a model that is open already.
 * @param options NULL: defaults
 * @return AVOCET_NOT_SUPPORTED where the model has another task or a part that is not supported; AVOCET_INVALID_ARG for
 *   wrong options; AVOCET_FAIL where the engine refuses the network
 */
AVOCET_API int32_t avocet_classifier_create(avocet_model_t model, const avocet_options_t* options, avocet_classifier_t* classifier);

/** The same for a model's path; fails as avocet_model_create_by_path too. */
AVOCET_API int32_t avocet_classifier_create_by_path(const char* path, const avocet_options_t* options,
                                             avocet_classifier_t* classifier);

/**
 * Names the classes of pictures.
 * @param images view of count pictures, of any sizes and formats; those of equal size after preprocessing share runs of
 *   the network where the model can batch
 * @param count 1 or more
 * @param options NULL: defaults; they hold for all pictures
 * @param[out] results count entries, one a picture in the order given; freed by avocet_classifier_release_result
 * @return AVOCET_INVALID_ARG and AVOCET_OUT_OF_RANGE for a picture or region that cannot be processed; AVOCET_DEADLINE;
 *   AVOCET_FAIL where the network fails or answers NaN
 */
AVOCET_API int32_t avocet_classifier_apply(avocet_classifier_t classifier, const avocet_image_t* images, int32_t count,
                                    const avocet_call_options_t* options, const avocet_classifications_t** results);

/**
 * Frees what one call answered; NULL does nothing.
 * @return AVOCET_INVALID_ARG for an address that is no such result of this task, or is released already
 */
AVOCET_API int32_t avocet_classifier_release_result(const avocet_classifications_t* results);

/** Waits for the calls under way and frees everything; results stay valid. */
AVOCET_API int32_t avocet_classifier_destroy(avocet_classifier_t classifier);

#ifdef __cplusplus
}
#endif
#endif
