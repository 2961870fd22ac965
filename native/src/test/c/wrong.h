/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file wrong.h
 * Makes things that a call must refuse, at random: handles, results, pictures, options, texts, files.
 */
#ifndef AVOCET_TEST_WRONG_H
#define AVOCET_TEST_WRONG_H

#include "stock.h"

/** A handle that is none of this kind. */
void* wrong_handle(stock_t* stock, int32_t kind);

/** An address that is no live result of this kind; never NULL. */
const void* wrong_result(stock_t* stock, int32_t kind);

/**
 * One to four pictures of which the first or another one cannot be processed.
 * @param[out] count how many
 */
const avocet_image_t* wrong_images(stock_t* stock, int32_t* count);

/** Spoils a right picture. */
void spoil_image(random_t* random, avocet_image_t* image);

/** Options of a handle that no task takes. */
const avocet_options_t* wrong_options(stock_t* stock);

/** Options of a call that no task takes on the stock's pictures. */
const avocet_call_options_t* wrong_call_options(stock_t* stock);

/** A path that names no model and no picture; may be NULL. */
const char* wrong_path(stock_t* stock);

/** A text that is no JSON of a pipeline; may be NULL. */
const char* wrong_json(stock_t* stock);

/** Bytes that are no model, or hardly; NULL for none. */
const void* wrong_bytes(stock_t* stock, size_t* bytes);

/** Values that are no input of the stock's pipeline; may be NULL. */
const avocet_value_t* wrong_values(stock_t* stock);

/** Parameters of a video that are out of their ranges. */
const avocet_tracker_params_t* wrong_params(stock_t* stock);

/** A number that is none of 0 to count - 1. */
int32_t wrong_number(random_t* random, int32_t count);

#endif
