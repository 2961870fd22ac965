/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file pose_detector.h
 * Finds the key points of objects in boxes.
 */
#ifndef MMDEPLOY_POSE_DETECTOR_H
#define MMDEPLOY_POSE_DETECTOR_H

#include "common.h"
#include "executor.h"
#include "model.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The key points of an object, in the network's order. */
typedef struct mmdeploy_pose_detection_t {
  /** length points. */
  mmdeploy_point_t* point;
  /** length scores. */
  float* score;
  int length;
} mmdeploy_pose_detection_t;

/** A pose detector that is open. */
typedef struct mmdeploy_pose_detector* mmdeploy_pose_detector_t;

/**
 * Opens a pose detector.
 * @param model what it runs; not needed any more afterwards
 * @param device_name "cpu" or "cuda"
 * @param device_id which of several; 0 is the first
 * @param[out] detector closed by mmdeploy_pose_detector_destroy
 * @return MMDEPLOY_E_INVALID_ARG for NULL, a stale model or an unknown device; MMDEPLOY_E_NOT_SUPPORTED where the model
 *   has another task, or the engine lacks the device
 */
MMDEPLOY_API int mmdeploy_pose_detector_create(mmdeploy_model_t model, const char* device_name, int device_id,
                                               mmdeploy_pose_detector_t* detector);

/** The same for a model's path; MMDEPLOY_E_FAIL where nothing is there. */
MMDEPLOY_API int mmdeploy_pose_detector_create_by_path(const char* model_path, const char* device_name, int device_id,
                                                       mmdeploy_pose_detector_t* detector);

/**
 * Finds the key points of the one object that each picture shows.
 * @param mats pictures, of any sizes and formats; borrowed for the call
 * @param mat_count how many; 0 gives an empty answer
 * @param[out] results an entry for each picture; freed by mmdeploy_pose_detector_release_result
 * @return MMDEPLOY_E_INVALID_ARG for a wrong argument or picture; MMDEPLOY_E_FAIL where the network fails. Then the out
 *   parameters are as they were
 */
MMDEPLOY_API int mmdeploy_pose_detector_apply(mmdeploy_pose_detector_t detector, const mmdeploy_mat_t* mats,
                                              int mat_count, mmdeploy_pose_detection_t** results);

/**
 * Finds the key points of the objects in boxes. A box is taken as one pixel wider and higher than its edges say.
 * @param bboxes boxes of the first picture, then of the next; NULL: each picture is one box
 * @param bbox_count an entry for each picture: how many boxes it has; NULL: each picture is one box
 * @param[out] results an entry for each box, in order; freed by mmdeploy_pose_detector_release_result
 */
MMDEPLOY_API int mmdeploy_pose_detector_apply_bbox(mmdeploy_pose_detector_t detector, const mmdeploy_mat_t* mats,
                                                   int mat_count, const mmdeploy_rect_t* bboxes, const int* bbox_count,
                                                   mmdeploy_pose_detection_t** results);

/**
 * Frees an answer. NULL, an answer of another task and one that is freed already do nothing.
 * @param count not looked at
 */
MMDEPLOY_API void mmdeploy_pose_detector_release_result(mmdeploy_pose_detection_t* results, int count);

/** Closes it, after the calls under way; answers stay valid. NULL and a stale handle do nothing. */
MMDEPLOY_API void mmdeploy_pose_detector_destroy(mmdeploy_pose_detector_t detector);

/**
 * Opens a pose detector with a device, schedulers and a profiler of a context.
 * @param context not needed any more afterwards; NULL: the processor
 */
MMDEPLOY_API int mmdeploy_pose_detector_create_v2(mmdeploy_model_t model, mmdeploy_context_t context,
                                                  mmdeploy_pose_detector_t* detector);

/**
 * Makes a value that mmdeploy_pose_detector_apply_v2 and _apply_async take: [[{"ori_img": picture, "bbox": [x, y,
 * width, height, 1]}, …]], an entry for each box.
 * @param mats their pixels are borrowed until the last value and sender that holds them has gone
 * @param[out] value freed by mmdeploy_value_destroy
 */
MMDEPLOY_API int mmdeploy_pose_detector_create_input(const mmdeploy_mat_t* mats, int mat_count,
                                                     const mmdeploy_rect_t* bboxes, const int* bbox_count,
                                                     mmdeploy_value_t* value);

/**
 * mmdeploy_pose_detector_apply on values.
 * @param input stays the caller's
 * @param[out] output freed by mmdeploy_value_destroy
 */
MMDEPLOY_API int mmdeploy_pose_detector_apply_v2(mmdeploy_pose_detector_t detector, mmdeploy_value_t input,
                                                 mmdeploy_value_t* output);

/**
 * A sender that runs a pose detector on what another sends.
 * @param input consumed where this succeeds
 * @param[out] output sends what mmdeploy_pose_detector_apply_v2 would give
 */
MMDEPLOY_API int mmdeploy_pose_detector_apply_async(mmdeploy_pose_detector_t detector, mmdeploy_sender_t input,
                                                    mmdeploy_sender_t* output);

/**
 * Takes an answer out of a value.
 * @param output stays the caller's
 * @param[out] results as mmdeploy_pose_detector_apply gives them, and freed the same way
 * @return MMDEPLOY_E_FAIL for a value of another shape
 */
MMDEPLOY_API int mmdeploy_pose_detector_get_result(mmdeploy_value_t output, mmdeploy_pose_detection_t** results);

#ifdef __cplusplus
}
#endif
#endif
