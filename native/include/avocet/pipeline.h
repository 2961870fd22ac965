/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file pipeline.h
 * Runs several networks on a picture, as JSON connects them: docs/pipelines.md says how it is written.
 */
#ifndef AVOCET_PIPELINE_H
#define AVOCET_PIPELINE_H

#include "image.h"
#include "model.h"
#include "options.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct avocet_pipeline* avocet_pipeline_t;

/** Kinds of values. */
enum avocet_value_kind {
  AVOCET_VALUE_NULL = 0,
  AVOCET_VALUE_BOOL = 1,
  AVOCET_VALUE_INT = 2,
  AVOCET_VALUE_REAL = 3,
  AVOCET_VALUE_TEXT = 4,
  /** A list of values. */
  AVOCET_VALUE_LIST = 5,
  /** Values by name, in order. */
  AVOCET_VALUE_OBJECT = 6,
  AVOCET_VALUE_IMAGE = 7,
  /** The pixels of an object: an AVOCET_GRAY8 picture in image; integer has left << 32 | (top & 0xffffffff). */
  AVOCET_VALUE_MASK = 8
};

/** What goes into a pipeline and comes out of it: a tree. Fields that a kind does not name are 0. */
typedef struct avocet_value_t {
  /** An AVOCET_VALUE_ number. */
  int32_t kind;
  /** How many items a list or an object has. */
  int32_t count;
  /** 0 or 1 of BOOL, the number of INT. */
  int64_t integer;
  /** The number of REAL. */
  double real;
  /** The text of TEXT. */
  const char* text;
  /** The picture of IMAGE. */
  const avocet_image_t* image;
  /** The count values of LIST and OBJECT. */
  const struct avocet_value_t* items;
  /** The count names of OBJECT. */
  const char* const* names;
} avocet_value_t;

/** A model by the name that Inference nodes use. */
typedef struct avocet_named_model_t {
  const char* name;
  avocet_model_t model;
} avocet_named_model_t;

/**
 * Opens a pipeline.
 * @param path a file of JSON whose Inference nodes name models by path, or a model folder or zip file
 * @param options NULL: defaults; they hold for every network
 * @return as avocet_detector_create; mistakes in the JSON with the place
 */
AVOCET_API int32_t avocet_pipeline_create_by_path(const char* path, const avocet_options_t* options,
                                                  avocet_pipeline_t* pipeline);

/** Opens the pipeline that a model describes, which may hold several networks. */
AVOCET_API int32_t avocet_pipeline_create(avocet_model_t model, const avocet_options_t* options,
                                          avocet_pipeline_t* pipeline);

/**
 * Opens a pipeline from JSON in memory.
 * @param json the text
 * @param folder what relative paths of models start from; NULL: the current folder
 * @param models that Inference nodes may name; not needed any more afterwards; NULL where model_count is 0
 */
AVOCET_API int32_t avocet_pipeline_create_from_json(const char* json, const char* folder,
                                                    const avocet_named_model_t* models, int32_t model_count,
                                                    const avocet_options_t* options, avocet_pipeline_t* pipeline);

/**
 * Runs pictures, which share runs of the networks; the pipeline has one input.
 * @param[out] answer an object with a list for each output, one value a picture; freed by
 *   avocet_pipeline_release_result
 */
AVOCET_API int32_t avocet_pipeline_apply(avocet_pipeline_t pipeline, const avocet_image_t* images, int32_t count,
                                         const avocet_value_t** answer);

/**
 * Runs samples of any kind.
 * @param inputs an object with a list for each input of the pipeline, one value a sample: pictures, or objects
 *   {ori_img, bbox: [x, y, width, height]} for networks that look at a box
 */
AVOCET_API int32_t avocet_pipeline_apply_values(avocet_pipeline_t pipeline, const avocet_value_t* inputs,
                                                const avocet_value_t** answer);

/**
 * Runs pictures and answers one line of JSON, as docs/json.md says.
 * @param[out] json freed by avocet_string_release
 */
AVOCET_API int32_t avocet_pipeline_apply_json(avocet_pipeline_t pipeline, const avocet_image_t* images, int32_t count,
                                              const char** json);

/** Frees an answer, pictures and all; NULL does nothing. */
AVOCET_API int32_t avocet_pipeline_release_result(const avocet_value_t* answer);

/** Waits for the runs under way and frees everything; answers stay valid. */
AVOCET_API int32_t avocet_pipeline_destroy(avocet_pipeline_t pipeline);

#ifdef __cplusplus
}
#endif
#endif
