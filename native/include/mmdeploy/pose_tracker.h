/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file pose_tracker.h
 * Follows people and their key points through videos.
 */
#ifndef MMDEPLOY_POSE_TRACKER_H
#define MMDEPLOY_POSE_TRACKER_H

#include "common.h"
#include "detector.h"
#include "model.h"
#include "pose_detector.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A tracker that is open. */
typedef struct mmdeploy_pose_tracker* mmdeploy_pose_tracker_t;

/** What is known of one video. */
typedef struct mmdeploy_pose_tracker_state* mmdeploy_pose_tracker_state_t;

/** Parameters of a video; lengths are pixels. */
typedef struct mmdeploy_pose_tracker_param_t {
  /** Frames from one search for people to the next; 0 never searches. Default 1. */
  int32_t det_interval;
  /** Class number of people among the detector's answers. Default 0. */
  int32_t det_label;
  /** Score above which a detection counts. Default 0.5. */
  float det_thr;
  /** Edge of the square that a detection is at least as large as. Default -1. */
  float det_min_bbox_size;
  /** Of two boxes that overlap at least this much the lesser goes. Default 0.7. */
  float det_nms_thr;
  /** Most poses looked at in a frame; -1: any number, the default. */
  int32_t pose_max_num_bboxes;
  /** Score from which a key point counts for a pose's box. Default 0.5. */
  float pose_kpt_thr;
  /** How many such points a pose needs; -1: half of them, the default. */
  int32_t pose_min_keypoints;
  /** How much larger than its key points a pose's box is. Default 1.25. */
  float pose_bbox_scale;
  /** Edge of the square that a followed box has to be larger than. Default 0, as MMDeploy sets it. */
  float pose_min_bbox_size;
  /** Of two poses that are alike at least this much the lesser goes. Default 0.5. */
  float pose_nms_thr;
  /** How far each key point scatters, as a part of a person's size; NULL compares boxes, the default. */
  float* keypoint_sigmas;
  /** How many there are: as many as key points. */
  int32_t keypoint_sigmas_size;
  /** Overlap from which a pose may go on with a track that lost its own. Default 0.4. */
  float track_iou_thr;
  /** Frames that a track may be without a pose before it is forgotten. Default 10. */
  int32_t track_max_missing;
  /** Without effect, as in MMDeploy. Default 1. */
  int32_t track_history_size;
  /** Standard deviation of positions in the Kalman filters, as a part of the box's size. Default 1/20. */
  float std_weight_position;
  /** The same for velocities. Default 1/160. */
  float std_weight_velocity;
  /** Of the One-Euro filter: beta, cut-off of positions at rest, cut-off of velocities. Default 0.007, 1, 1. */
  float smooth_params[3];
} mmdeploy_pose_tracker_param_t;

/** A person that is followed. */
typedef struct mmdeploy_pose_tracker_target_t {
  /** keypoint_count smoothed points. */
  mmdeploy_point_t* keypoints;
  int32_t keypoint_count;
  /** keypoint_count scores of this frame. */
  float* scores;
  /** Around the key points, smoothed. */
  mmdeploy_rect_t bbox;
  /** The same in every frame for the same person; counted from 0 for each video. */
  uint32_t target_id;
} mmdeploy_pose_tracker_target_t;

/** Sets every field to its default. */
MMDEPLOY_API int mmdeploy_pose_tracker_default_params(mmdeploy_pose_tracker_param_t* params);

/**
 * Opens a tracker.
 * @param det_model finds people; not needed any more afterwards
 * @param pose_model finds their key points
 * @param context NULL: the processor. The models are put into it as "detection" and "pose", as MMDeploy does. Its
 *   schedulers have no effect: calls run in the thread that makes them
 * @param[out] pipeline closed by mmdeploy_pose_tracker_destroy
 */
MMDEPLOY_API int mmdeploy_pose_tracker_create(mmdeploy_model_t det_model, mmdeploy_model_t pose_model,
                                              mmdeploy_context_t context, mmdeploy_pose_tracker_t* pipeline);

/** Closes it, after the calls under way; its states end with it. NULL and a stale handle do nothing. */
MMDEPLOY_API void mmdeploy_pose_tracker_destroy(mmdeploy_pose_tracker_t pipeline);

/**
 * Begins a video.
 * @param params copied with its sigmas; NULL: defaults
 * @param[out] state ended by mmdeploy_pose_tracker_destroy_state
 */
MMDEPLOY_API int mmdeploy_pose_tracker_create_state(mmdeploy_pose_tracker_t pipeline,
                                                    const mmdeploy_pose_tracker_param_t* params,
                                                    mmdeploy_pose_tracker_state_t* state);

/** Ends a video. NULL and a stale handle do nothing. */
MMDEPLOY_API void mmdeploy_pose_tracker_destroy_state(mmdeploy_pose_tracker_state_t state);

/**
 * Takes the next frames of several videos.
 * @param states one for each frame, all different
 * @param use_detect for each frame whether to search for people: -1 when due, 0 no, 1 yes; NULL: when due
 * @param count of frames; 0 gives an empty answer
 * @param[out] results people of the first frame, then of the next; freed by mmdeploy_pose_tracker_release_result
 * @param[out] result_count an entry for each frame: how many of results are its own
 */
MMDEPLOY_API int mmdeploy_pose_tracker_apply(mmdeploy_pose_tracker_t pipeline, mmdeploy_pose_tracker_state_t* states,
                                             const mmdeploy_mat_t* frames, const int32_t* use_detect, int32_t count,
                                             mmdeploy_pose_tracker_target_t** results, int32_t** result_count);

/**
 * Frees an answer, its counts with it. NULL, an answer of another task and one that is freed already do nothing.
 * @param result_count not looked at, nor is count
 */
MMDEPLOY_API void mmdeploy_pose_tracker_release_result(mmdeploy_pose_tracker_target_t* results,
                                                       const int32_t* result_count, int count);

#ifdef __cplusplus
}
#endif
#endif
