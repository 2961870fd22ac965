/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file classifier.h
 * Says what pictures show, as a whole.
 */
#ifndef MMDEPLOY_CLASSIFIER_H
#define MMDEPLOY_CLASSIFIER_H

#include "common.h"
#include "executor.h"
#include "model.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A class with its score. */
typedef struct mmdeploy_classification_t {
  /** Number of the class, from 0. */
  int label_id;
  /** Higher is surer. */
  float score;
} mmdeploy_classification_t;

/** A classifier that is open. */
typedef struct mmdeploy_classifier* mmdeploy_classifier_t;

/**
 * Opens a classifier.
 * @param model what it runs; not needed any more afterwards
 * @param device_name "cpu" or "cuda"
 * @param device_id which of several; 0 is the first
 * @param[out] classifier closed by mmdeploy_classifier_destroy
 * @return MMDEPLOY_E_INVALID_ARG for NULL, a stale model or an unknown device; MMDEPLOY_E_NOT_SUPPORTED where the model
 *   has another task, or the engine lacks the device
 */
MMDEPLOY_API int mmdeploy_classifier_create(mmdeploy_model_t model, const char* device_name, int device_id,
                                            mmdeploy_classifier_t* classifier);

/** The same for a model's path; MMDEPLOY_E_FAIL where nothing is there. */
MMDEPLOY_API int mmdeploy_classifier_create_by_path(const char* model_path, const char* device_name, int device_id,
                                                    mmdeploy_classifier_t* classifier);

/**
 * Names the classes of pictures.
 * @param mats pictures, of any sizes and formats; borrowed for the call
 * @param mat_count how many; 0 gives an empty answer
 * @param[out] results classes of the first picture, then of the next; freed by mmdeploy_classifier_release_result
 * @param[out] result_count an entry for each picture: how many of results are its own
 * @return MMDEPLOY_E_INVALID_ARG for a wrong argument or picture; MMDEPLOY_E_FAIL where the network fails. Then the out
 *   parameters are as they were
 */
MMDEPLOY_API int mmdeploy_classifier_apply(mmdeploy_classifier_t classifier, const mmdeploy_mat_t* mats, int mat_count,
                                           mmdeploy_classification_t** results, int** result_count);

/**
 * Frees an answer, its counts with it. NULL, an answer of another task and one that is freed already do nothing.
 * @param result_count not looked at, nor is count
 */
MMDEPLOY_API void mmdeploy_classifier_release_result(mmdeploy_classification_t* results, const int* result_count,
                                                     int count);

/** Closes it, after the calls under way; answers stay valid. NULL and a stale handle do nothing. */
MMDEPLOY_API void mmdeploy_classifier_destroy(mmdeploy_classifier_t classifier);

/**
 * Opens a classifier with a device, schedulers and a profiler of a context.
 * @param context not needed any more afterwards; NULL: the processor
 */
MMDEPLOY_API int mmdeploy_classifier_create_v2(mmdeploy_model_t model, mmdeploy_context_t context,
                                               mmdeploy_classifier_t* classifier);

/**
 * Makes a value that mmdeploy_classifier_apply_v2 and _apply_async take: [[{"ori_img": picture}, …]].
 * @param mats their pixels are borrowed until the last value and sender that holds them has gone
 * @param[out] value freed by mmdeploy_value_destroy
 */
MMDEPLOY_API int mmdeploy_classifier_create_input(const mmdeploy_mat_t* mats, int mat_count, mmdeploy_value_t* value);

/**
 * mmdeploy_classifier_apply on values.
 * @param input stays the caller's
 * @param[out] output freed by mmdeploy_value_destroy
 */
MMDEPLOY_API int mmdeploy_classifier_apply_v2(mmdeploy_classifier_t classifier, mmdeploy_value_t input,
                                              mmdeploy_value_t* output);

/**
 * A sender that runs a classifier on what another sends.
 * @param input consumed where this succeeds
 * @param[out] output sends what mmdeploy_classifier_apply_v2 would give
 */
MMDEPLOY_API int mmdeploy_classifier_apply_async(mmdeploy_classifier_t classifier, mmdeploy_sender_t input,
                                                 mmdeploy_sender_t* output);

/**
 * Takes an answer out of a value.
 * @param output stays the caller's
 * @param[out] results as mmdeploy_classifier_apply gives them, and freed the same way
 * @return MMDEPLOY_E_FAIL for a value of another shape
 */
MMDEPLOY_API int mmdeploy_classifier_get_result(mmdeploy_value_t output, mmdeploy_classification_t** results,
                                                int** result_count);

#ifdef __cplusplus
}
#endif
#endif
