/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file model.h
 * Models, for handles that several tasks or devices share; tasks also open a path themselves.
 */
#ifndef AVOCET_MODEL_H
#define AVOCET_MODEL_H

#include "common.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A model that is open. Handles made of it do not need it any more. */
typedef struct avocet_model* avocet_model_t;

/**
 * Opens a model folder, a zip file of one, or an .onnx file that carries its meta info (docs/model-folder.md).
 * @return AVOCET_FILE_NOT_FOUND where it or a file of it is missing; AVOCET_INVALID_ARG where a file is wrong, with its
 *   name and the place in it; AVOCET_NOT_SUPPORTED; AVOCET_OUT_OF_RANGE
 */
AVOCET_API int32_t avocet_model_create_by_path(const char* path, avocet_model_t* model);

/**
 * Opens a zip file, or an .onnx file that carries its meta info, held in memory; the bytes are copied.
 * @param data the file's bytes
 * @param bytes how many; 1 to 2 GiB
 */
AVOCET_API int32_t avocet_model_create(const void* data, size_t bytes, avocet_model_t* model);

/** Closes a model. NULL gives AVOCET_INVALID_ARG, as for every handle. */
AVOCET_API int32_t avocet_model_destroy(avocet_model_t model);

#ifdef __cplusplus
}
#endif
#endif
