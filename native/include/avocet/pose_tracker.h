/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file pose_tracker.h
 * Follows the poses of people through videos, with a network that finds people and one that finds key points.
 */
#ifndef AVOCET_POSE_TRACKER_H
#define AVOCET_POSE_TRACKER_H

#include "pose_detector.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct avocet_pose_tracker* avocet_pose_tracker_t;

/** What is known of one video. */
typedef struct avocet_pose_tracker_state* avocet_pose_tracker_state_t;

/** Parameters of a video, set to the defaults by avocet_tracker_params_init; lengths are pixels of the upright frame. */
typedef struct avocet_tracker_params_t {
  /** sizeof(avocet_tracker_params_t) */
  uint32_t size;
  /** Frames from one search for people to the next; 0 never searches. Default 1. */
  int32_t detection_interval;
  /** Class number of people among the detector's answers. Default 0. */
  int32_t detection_label;
  /** Score above which a detection counts. Default 0.5. */
  float detection_threshold;
  /** Edge of the square that a detection is at least as large as; squared as it is. Default -1. */
  float detection_min_size;
  /** Of two boxes that overlap at least this much the lesser goes. Default 0.7. */
  float detection_nms_threshold;
  /** Most poses looked at in a frame; -1: any number, the default. */
  int32_t max_poses;
  /** Score from which a key point counts for a pose's box. Default 0.5. */
  float keypoint_threshold;
  /** How many such points a pose needs; -1: half of them, the default. */
  int32_t min_keypoints;
  /** How much larger than its key points a pose's box is. Default 1.25. */
  float box_scale;
  /** Edge of the square that a followed box has to be larger than; squared as it is. Default 0. */
  float min_box_size;
  /** Of two poses that are alike at least this much the lesser goes. Default 0.5. */
  float pose_nms_threshold;
  /** How far each key point scatters, as a part of a person's size; NULL compares boxes, the default. */
  const float* keypoint_sigmas;
  int32_t keypoint_sigma_count;
  /** Overlap from which a pose may go on with a track that lost its own. Default 0.4. */
  float track_iou_threshold;
  /** Frames that a track may be without a pose before it is forgotten. Default 10. */
  int32_t max_missing;
  /** Kept for MMDeploy's sake, without effect there too. Default 1. */
  int32_t history_size;
  /** Standard deviation of positions in the Kalman filters, as a part of the box's size. Default 1/20. */
  float position_weight;
  /** The same for velocities. Default 1/160. */
  float velocity_weight;
  /** How much faster smoothing follows what moves (One-Euro filter). Default 0.007. */
  float smoothing_beta;
  /** Cut-off of positions at rest, in parts of the frame rate. Default 1. */
  float smoothing_cutoff;
  /** Cut-off of velocities. Default 1. */
  float velocity_cutoff;
} avocet_tracker_params_t;

/** When people are searched for in a frame. */
enum avocet_detection_mode {
  AVOCET_DETECT_AUTO = -1,
  AVOCET_DETECT_NEVER = 0,
  AVOCET_DETECT_ALWAYS = 1
};

/** A person that is followed. */
typedef struct avocet_tracked_pose_t {
  /** The same in every frame for the same person; counted from 0 for each video. */
  int32_t id;
  int32_t keypoint_count;
  /** Smoothed, around the key points. */
  avocet_rect_t box;
  /** Smoothed, with the scores of this frame. */
  const avocet_keypoint_t* keypoints;
} avocet_tracked_pose_t;

/** The people in one frame, those longest known first. */
typedef struct avocet_tracked_poses_t {
  int32_t count;
  int32_t reserved;
  const avocet_tracked_pose_t* items;
} avocet_tracked_poses_t;

/** Sets every field to its default. */
AVOCET_API int32_t avocet_tracker_params_init(avocet_tracker_params_t* params);

/** Opens a tracker on two models that are open already; options hold for both networks. Fails as avocet_detector_create. */
AVOCET_API int32_t avocet_pose_tracker_create(avocet_model_t detector, avocet_model_t pose,
                                              const avocet_options_t* options, avocet_pose_tracker_t* pose_tracker);

/** The same for two models' paths. */
AVOCET_API int32_t avocet_pose_tracker_create_by_path(const char* detector, const char* pose,
                                                      const avocet_options_t* options,
                                                      avocet_pose_tracker_t* pose_tracker);

/**
 * Begins a video.
 * @param params NULL: defaults
 * @return AVOCET_INVALID_ARG for a parameter outside of its range, with the range
 */
AVOCET_API int32_t avocet_pose_tracker_create_state(avocet_pose_tracker_t pose_tracker,
                                                    const avocet_tracker_params_t* params,
                                                    avocet_pose_tracker_state_t* state);

/** Ends a video. A tracker's states are to be destroyed before it; those that are not end with it. */
AVOCET_API int32_t avocet_pose_tracker_destroy_state(avocet_pose_tracker_state_t state);

/**
 * Takes the next frames of several videos. Frames of one video are taken one after another: a call waits for its states.
 * @param states one for each frame, all different
 * @param modes an AVOCET_DETECT_ number for each frame; NULL: AVOCET_DETECT_AUTO
 * @param count 1 or more
 * @param[out] results count entries; freed by avocet_pose_tracker_release_result
 */
AVOCET_API int32_t avocet_pose_tracker_apply(avocet_pose_tracker_t pose_tracker,
                                             const avocet_pose_tracker_state_t* states, const avocet_image_t* frames,
                                             const int32_t* modes, int32_t count,
                                             const avocet_tracked_poses_t** results);

/**
 * Frees what one call answered; NULL does nothing.
 * @return AVOCET_INVALID_ARG for an address that is no such result of this task, or is released already
 */
AVOCET_API int32_t avocet_pose_tracker_release_result(const avocet_tracked_poses_t* results);

/** Waits for the calls under way and frees everything; results stay valid. */
AVOCET_API int32_t avocet_pose_tracker_destroy(avocet_pose_tracker_t pose_tracker);

#ifdef __cplusplus
}
#endif
#endif
