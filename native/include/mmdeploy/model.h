/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file model.h
 * Models: folders, zip files, bare .onnx files.
 */
#ifndef MMDEPLOY_MODEL_H
#define MMDEPLOY_MODEL_H

#include "common.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A model that is open. Handles and contexts made with it do not need it any more. */
typedef struct mmdeploy_model* mmdeploy_model_t;

/**
 * Opens a model.
 * @param path a folder, a zip file or an .onnx file
 * @param[out] model closed by mmdeploy_model_destroy
 * @return MMDEPLOY_E_FAIL where nothing is there; MMDEPLOY_E_INVALID_ARG for NULL, or a file that is wrong
 */
MMDEPLOY_API int mmdeploy_model_create_by_path(const char* path, mmdeploy_model_t* model);

/**
 * Opens a model held in memory.
 * @param buffer bytes of a zip file or an .onnx file; copied, unlike in MMDeploy
 * @param size how many
 * @return MMDEPLOY_E_FAIL for no bytes; else as mmdeploy_model_create_by_path
 */
MMDEPLOY_API int mmdeploy_model_create(const void* buffer, int size, mmdeploy_model_t* model);

/** Closes a model. NULL and a stale handle do nothing. */
MMDEPLOY_API void mmdeploy_model_destroy(mmdeploy_model_t model);

#ifdef __cplusplus
}
#endif
#endif
