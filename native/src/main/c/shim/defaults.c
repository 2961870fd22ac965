/* SPDX-License-Identifier: Apache-2.0 */
/** @file defaults.c Structs of options with all defaults. */
#include <string.h>

#include "shim.h"

int32_t avocet_options_init(avocet_options_t* options) {
  if (!options) return avocet_fail(AVOCET_INVALID_ARG, "options=NULL: give the address of an avocet_options_t");
  memset(options, 0, sizeof *options);
  options->size = (uint32_t)sizeof *options;
  return avocet_succeed();
}

int32_t avocet_call_options_init(avocet_call_options_t* options) {
  if (!options) return avocet_fail(AVOCET_INVALID_ARG, "options=NULL: give the address of an avocet_call_options_t");
  memset(options, 0, sizeof *options);
  options->size = (uint32_t)sizeof *options;
  options->score_threshold = -1;
  options->deadline_us = -1;
  return avocet_succeed();
}

int32_t avocet_tracker_params_init(avocet_tracker_params_t* params) {
  if (!params) return avocet_fail(AVOCET_INVALID_ARG, "params=NULL: give the address of an avocet_tracker_params_t");
  memset(params, 0, sizeof *params);
  params->size = (uint32_t)sizeof *params;
  params->detection_interval = 1;
  params->detection_threshold = 0.5f;
  params->detection_min_size = -1;
  params->detection_nms_threshold = 0.7f;
  params->max_poses = -1;
  params->keypoint_threshold = 0.5f;
  params->min_keypoints = -1;
  params->box_scale = 1.25f;
  params->pose_nms_threshold = 0.5f;
  params->track_iou_threshold = 0.4f;
  params->max_missing = 10;
  params->history_size = 1;
  params->position_weight = 1.0f / 20;
  params->velocity_weight = 1.0f / 160;
  params->smoothing_beta = 0.007f;
  params->smoothing_cutoff = 1;
  params->velocity_cutoff = 1;
  return avocet_succeed();
}
