/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file pose_detector.h
 * Finds the key points of objects that fill a picture or a box.
 */
#ifndef AVOCET_POSE_DETECTOR_H
#define AVOCET_POSE_DETECTOR_H

#include "image.h"
#include "model.h"
#include "options.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct avocet_pose_detector* avocet_pose_detector_t;

/** The key points of one object, in the network's order. */
typedef struct avocet_pose_t {
  int32_t count;
  int32_t reserved;
  const avocet_keypoint_t* keypoints;
} avocet_pose_t;

/** The poses of one picture: one a box in the boxes' order, or the one of the whole picture. */
typedef struct avocet_poses_t {
  int32_t count;
  int32_t reserved;
  const avocet_pose_t* items;
} avocet_poses_t;

/**
 * Opens a pose detector on a model that is open already.
 * @param options NULL: defaults
 * @return AVOCET_NOT_SUPPORTED where the model has another task or a part that is not supported; AVOCET_INVALID_ARG for
 *   wrong options; AVOCET_FAIL where the engine refuses the network
 */
AVOCET_API int32_t avocet_pose_detector_create(avocet_model_t model, const avocet_options_t* options, avocet_pose_detector_t* pose_detector);

/** The same for a model's path; fails as avocet_model_create_by_path too. */
AVOCET_API int32_t avocet_pose_detector_create_by_path(const char* path, const avocet_options_t* options,
                                             avocet_pose_detector_t* pose_detector);

/**
 * Finds the key points of the one object that each picture shows.
 * @param images view of count pictures, of any sizes and formats; those of equal size after preprocessing share runs of
 *   the network where the model can batch
 * @param count 1 or more
 * @param options NULL: defaults; they hold for all pictures
 * @param[out] results count entries, one a picture in the order given; freed by avocet_pose_detector_release_result
 * @return AVOCET_INVALID_ARG and AVOCET_OUT_OF_RANGE for a picture or region that cannot be processed; AVOCET_DEADLINE;
 *   AVOCET_FAIL where the network fails or answers NaN
 */
AVOCET_API int32_t avocet_pose_detector_apply(avocet_pose_detector_t pose_detector, const avocet_image_t* images, int32_t count,
                                    const avocet_call_options_t* options, const avocet_poses_t** results);

/**
 * Finds the key points of the objects in boxes, as many as fit sharing a run of the network. A box counts as one pixel
 * wider and higher than its edges say, as in MMDeploy's API.
 * @param boxes of all pictures, one picture's after the other's; they may reach outside
 * @param box_counts how many each of the count pictures has, 0 or more
 * @return AVOCET_INVALID_ARG for a box without area or that is not finite; else as avocet_pose_detector_apply
 */
AVOCET_API int32_t avocet_pose_detector_apply_boxes(avocet_pose_detector_t pose_detector, const avocet_image_t* images,
                                                    int32_t count, const avocet_rect_t* boxes,
                                                    const int32_t* box_counts, const avocet_call_options_t* options,
                                                    const avocet_poses_t** results);

/**
 * Frees what one call answered; NULL does nothing.
 * @return AVOCET_INVALID_ARG for an address that is no such result of this task, or is released already
 */
AVOCET_API int32_t avocet_pose_detector_release_result(const avocet_poses_t* results);

/** Waits for the calls under way and frees everything; results stay valid. */
AVOCET_API int32_t avocet_pose_detector_destroy(avocet_pose_detector_t pose_detector);

#ifdef __cplusplus
}
#endif
#endif
