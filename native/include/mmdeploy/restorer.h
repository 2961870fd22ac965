/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file restorer.h
 * Makes better pictures of pictures: larger, without noise.
 */
#ifndef MMDEPLOY_RESTORER_H
#define MMDEPLOY_RESTORER_H

#include "common.h"
#include "executor.h"
#include "model.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A restorer that is open. */
typedef struct mmdeploy_restorer* mmdeploy_restorer_t;

/**
 * Opens a restorer.
 * @param model what it runs; not needed any more afterwards
 * @param device_name "cpu" or "cuda"
 * @param device_id which of several; 0 is the first
 * @param[out] restorer closed by mmdeploy_restorer_destroy
 * @return MMDEPLOY_E_INVALID_ARG for NULL, a stale model or an unknown device; MMDEPLOY_E_NOT_SUPPORTED where the model
 *   has another task, or the engine lacks the device
 */
MMDEPLOY_API int mmdeploy_restorer_create(mmdeploy_model_t model, const char* device_name, int device_id,
                                          mmdeploy_restorer_t* restorer);

/** The same for a model's path; MMDEPLOY_E_FAIL where nothing is there. */
MMDEPLOY_API int mmdeploy_restorer_create_by_path(const char* model_path, const char* device_name, int device_id,
                                                  mmdeploy_restorer_t* restorer);

/**
 * Restores pictures.
 * @param images pictures, of any sizes and formats; borrowed for the call
 * @param count how many; 0 gives an empty answer
 * @param[out] results an entry for each picture: RGB or GRAYSCALE, UINT8, rows without gaps, device NULL;
 *   freed with its pixels by mmdeploy_restorer_release_result
 * @return MMDEPLOY_E_INVALID_ARG for a wrong argument or picture; MMDEPLOY_E_FAIL where the network fails. Then the out
 *   parameters are as they were
 */
MMDEPLOY_API int mmdeploy_restorer_apply(mmdeploy_restorer_t restorer, const mmdeploy_mat_t* images, int count,
                                         mmdeploy_mat_t** results);

/**
 * Frees an answer. NULL, an answer of another task and one that is freed already do nothing.
 * @param count not looked at
 */
MMDEPLOY_API void mmdeploy_restorer_release_result(mmdeploy_mat_t* results, int count);

/** Closes it, after the calls under way; answers stay valid. NULL and a stale handle do nothing. */
MMDEPLOY_API void mmdeploy_restorer_destroy(mmdeploy_restorer_t restorer);

/**
 * Opens a restorer with a device, schedulers and a profiler of a context.
 * @param context not needed any more afterwards; NULL: the processor
 */
MMDEPLOY_API int mmdeploy_restorer_create_v2(mmdeploy_model_t model, mmdeploy_context_t context,
                                             mmdeploy_restorer_t* restorer);

/**
 * Makes a value that mmdeploy_restorer_apply_v2 and _apply_async take: [[{"ori_img": picture}, …]].
 * @param mats their pixels are borrowed until the last value and sender that holds them has gone
 * @param[out] value freed by mmdeploy_value_destroy
 */
MMDEPLOY_API int mmdeploy_restorer_create_input(const mmdeploy_mat_t* mats, int mat_count, mmdeploy_value_t* value);

/**
 * mmdeploy_restorer_apply on values.
 * @param input stays the caller's
 * @param[out] output freed by mmdeploy_value_destroy
 */
MMDEPLOY_API int mmdeploy_restorer_apply_v2(mmdeploy_restorer_t restorer, mmdeploy_value_t input,
                                            mmdeploy_value_t* output);

/**
 * A sender that runs a restorer on what another sends.
 * @param input consumed where this succeeds
 * @param[out] output sends what mmdeploy_restorer_apply_v2 would give
 */
MMDEPLOY_API int mmdeploy_restorer_apply_async(mmdeploy_restorer_t restorer, mmdeploy_sender_t input,
                                               mmdeploy_sender_t* output);

/**
 * Takes an answer out of a value.
 * @param output stays the caller's
 * @param[out] results as mmdeploy_restorer_apply gives them, and freed the same way
 * @return MMDEPLOY_E_FAIL for a value of another shape
 */
MMDEPLOY_API int mmdeploy_restorer_get_result(mmdeploy_value_t output, mmdeploy_mat_t** results);

#ifdef __cplusplus
}
#endif
#endif
