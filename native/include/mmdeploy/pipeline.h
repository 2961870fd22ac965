/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file pipeline.h
 * Runs several networks on a picture, as JSON connects them: docs/pipelines.md says how it is written. A pipeline's
 * config is a value, which mmdeploy_value_create_from_json of avocet_extensions.h makes of a text.
 */
#ifndef MMDEPLOY_PIPELINE_H
#define MMDEPLOY_PIPELINE_H

#include "common.h"
#include "executor.h"
#include "model.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A pipeline that is open. Handles of tasks may be given where one is asked for. */
typedef struct mmdeploy_pipeline* mmdeploy_pipeline_t;

/**
 * Opens a pipeline.
 * @param config an object as docs/pipelines.md describes; it stays the caller's. Its key "scheduler" has no effect, see
 *   mmdeploy_context_add
 * @param context device, models that Inference nodes name, schedulers, profiler; NULL: the processor, models by path
 * @param[out] pipeline closed by mmdeploy_pipeline_destroy
 */
MMDEPLOY_API int mmdeploy_pipeline_create_v3(mmdeploy_value_t config, mmdeploy_context_t context,
                                             mmdeploy_pipeline_t* pipeline);

/**
 * Opens the pipeline that a model describes.
 * @param context NULL: the processor
 */
MMDEPLOY_API int mmdeploy_pipeline_create_from_model(mmdeploy_model_t model, mmdeploy_context_t context,
                                                     mmdeploy_pipeline_t* pipeline);

/**
 * Runs samples.
 * @param input a list with a list for each input of the pipeline, an entry a sample; it stays the caller's
 * @param[out] output a list with a list for each output, an entry a sample; freed by mmdeploy_value_destroy
 */
MMDEPLOY_API int mmdeploy_pipeline_apply(mmdeploy_pipeline_t pipeline, mmdeploy_value_t input,
                                         mmdeploy_value_t* output);

/**
 * A sender that runs a pipeline on what another sends.
 * @param input consumed where this succeeds
 */
MMDEPLOY_API int mmdeploy_pipeline_apply_async(mmdeploy_pipeline_t pipeline, mmdeploy_sender_t input,
                                               mmdeploy_sender_t* output);

/** Closes it, after the runs under way. NULL and a stale handle do nothing. */
MMDEPLOY_API void mmdeploy_pipeline_destroy(mmdeploy_pipeline_t pipeline);

#ifdef __cplusplus
}
#endif
#endif
