/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file text_recognizer.h
 * Reads text: lines that fill a picture, or lines that a text detector has found.
 */
#ifndef AVOCET_TEXT_RECOGNIZER_H
#define AVOCET_TEXT_RECOGNIZER_H

#include "image.h"
#include "model.h"
#include "options.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct avocet_text_recognizer* avocet_text_recognizer_t;

/** A text that was read. */
typedef struct avocet_text_t {
  /** UTF-8, empty where nothing was read. */
  const char* text;
  /** One for each token of the model's dictionary, in order; a token is mostly one character. */
  const float* scores;
  int32_t score_count;
  /** Mean of the scores, 0 for an empty text. */
  float score;
} avocet_text_t;

/** The texts of one picture: one a quad in the quads' order, or the one of the whole picture. */
typedef struct avocet_texts_t {
  int32_t count;
  int32_t reserved;
  const avocet_text_t* items;
} avocet_texts_t;

/**
 * Opens a text recognizer on a model that is open already.
 * @param options NULL: defaults
 * @return AVOCET_NOT_SUPPORTED where the model has another task or a part that is not supported; AVOCET_INVALID_ARG for
 *   wrong options; AVOCET_FAIL where the engine refuses the network
 */
AVOCET_API int32_t avocet_text_recognizer_create(avocet_model_t model, const avocet_options_t* options, avocet_text_recognizer_t* text_recognizer);

/** The same for a model's path; fails as avocet_model_create_by_path too. */
AVOCET_API int32_t avocet_text_recognizer_create_by_path(const char* path, const avocet_options_t* options,
                                             avocet_text_recognizer_t* text_recognizer);

/**
 * Reads the line that each picture shows.
 * @param images view of count pictures, of any sizes and formats; those of equal size after preprocessing share runs of
 *   the network where the model can batch
 * @param count 1 or more
 * @param options NULL: defaults; they hold for all pictures
 * @param[out] results count entries, one a picture in the order given; freed by avocet_text_recognizer_release_result
 * @return AVOCET_INVALID_ARG and AVOCET_OUT_OF_RANGE for a picture or region that cannot be processed; AVOCET_DEADLINE;
 *   AVOCET_FAIL where the network fails or answers NaN
 */
AVOCET_API int32_t avocet_text_recognizer_apply(avocet_text_recognizer_t text_recognizer, const avocet_image_t* images, int32_t count,
                                    const avocet_call_options_t* options, const avocet_texts_t** results);

/**
 * Reads the lines in quads, as many as fit sharing a run of the network.
 * @param quads of all pictures, one picture's after the other's
 * @param quad_counts how many each of the count pictures has, 0 or more
 */
AVOCET_API int32_t avocet_text_recognizer_apply_quads(avocet_text_recognizer_t text_recognizer,
                                                      const avocet_image_t* images, int32_t count,
                                                      const avocet_quad_t* quads, const int32_t* quad_counts,
                                                      const avocet_call_options_t* options,
                                                      const avocet_texts_t** results);

/**
 * Frees what one call answered; NULL does nothing.
 * @return AVOCET_INVALID_ARG for an address that is no such result of this task, or is released already
 */
AVOCET_API int32_t avocet_text_recognizer_release_result(const avocet_texts_t* results);

/** Waits for the calls under way and frees everything; results stay valid. */
AVOCET_API int32_t avocet_text_recognizer_destroy(avocet_text_recognizer_t text_recognizer);

#ifdef __cplusplus
}
#endif
#endif
