/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file restorer.h
 * Makes pictures out of pictures: super-resolution, denoising, deblurring.
 */
#ifndef AVOCET_RESTORER_H
#define AVOCET_RESTORER_H

#include "image.h"
#include "model.h"
#include "options.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct avocet_restorer* avocet_restorer_t;

/**
 * Opens a restorer on a model that is open already.
 * @param options NULL: defaults
 * @return AVOCET_NOT_SUPPORTED where the model has another task or a part that is not supported; AVOCET_INVALID_ARG for
 *   wrong options; AVOCET_FAIL where the engine refuses the network
 */
AVOCET_API int32_t avocet_restorer_create(avocet_model_t model, const avocet_options_t* options, avocet_restorer_t* restorer);

/** The same for a model's path; fails as avocet_model_create_by_path too. */
AVOCET_API int32_t avocet_restorer_create_by_path(const char* path, const avocet_options_t* options,
                                             avocet_restorer_t* restorer);

/**
 * Restores pictures; the answers are RGB or GRAY8 with rows that may be padded.
 * @param images view of count pictures, of any sizes and formats; those of equal size after preprocessing share runs of
 *   the network where the model can batch
 * @param count 1 or more
 * @param options NULL: defaults; they hold for all pictures
 * @param[out] results count entries, one a picture in the order given; freed by avocet_restorer_release_result
 * @return AVOCET_INVALID_ARG and AVOCET_OUT_OF_RANGE for a picture or region that cannot be processed; AVOCET_DEADLINE;
 *   AVOCET_FAIL where the network fails or answers NaN
 */
AVOCET_API int32_t avocet_restorer_apply(avocet_restorer_t restorer, const avocet_image_t* images, int32_t count,
                                    const avocet_call_options_t* options, const avocet_image_t** results);

/**
 * Frees what one call answered; NULL does nothing.
 * @return AVOCET_INVALID_ARG for an address that is no such result of this task, or is released already
 */
AVOCET_API int32_t avocet_restorer_release_result(const avocet_image_t* results);

/** Waits for the calls under way and frees everything; results stay valid. */
AVOCET_API int32_t avocet_restorer_destroy(avocet_restorer_t restorer);

#ifdef __cplusplus
}
#endif
#endif
