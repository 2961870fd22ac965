/* SPDX-License-Identifier: Apache-2.0 */
/* The headers have the documented sizes, offsets and numbers. Nothing here runs: it compiles, or it does not. */
#define DOCUMENTED_LAYOUTS_ONLY
#include "documented.h"

#include <mmdeploy/classifier.h>
#include <mmdeploy/detector.h>
#include <mmdeploy/pipeline.h>
#include <mmdeploy/pose_detector.h>
#include <mmdeploy/pose_tracker.h>
#include <mmdeploy/restorer.h>
#include <mmdeploy/rotated_detector.h>
#include <mmdeploy/segmentor.h>
#include <mmdeploy/text_recognizer.h>
#include <mmdeploy/video_recognizer.h>

#define SAME_SIZE(ours, documented) static_assert(sizeof(ours) == sizeof(documented), #ours)
#define SAME(ours, documented, field)                                                                    \
  static_assert(offsetof(ours, field) == offsetof(documented, field) &&                                  \
                    sizeof(((ours*)0)->field) == sizeof(((documented*)0)->field),                        \
                #ours "." #field)
#define NUMBER(name, n) static_assert(name == (n), #name)

SAME_SIZE(mmdeploy_mat_t, mat_t);
SAME(mmdeploy_mat_t, mat_t, data);
SAME(mmdeploy_mat_t, mat_t, height);
SAME(mmdeploy_mat_t, mat_t, width);
SAME(mmdeploy_mat_t, mat_t, channel);
SAME(mmdeploy_mat_t, mat_t, format);
SAME(mmdeploy_mat_t, mat_t, type);
SAME(mmdeploy_mat_t, mat_t, device);
SAME_SIZE(mmdeploy_rect_t, rect_t);
SAME(mmdeploy_rect_t, rect_t, left);
SAME(mmdeploy_rect_t, rect_t, top);
SAME(mmdeploy_rect_t, rect_t, right);
SAME(mmdeploy_rect_t, rect_t, bottom);
SAME_SIZE(mmdeploy_point_t, point_t);
SAME(mmdeploy_point_t, point_t, x);
SAME(mmdeploy_point_t, point_t, y);
SAME_SIZE(mmdeploy_classification_t, label_t);
SAME(mmdeploy_classification_t, label_t, label_id);
SAME(mmdeploy_classification_t, label_t, score);
SAME_SIZE(mmdeploy_video_recognition_t, label_t);
SAME(mmdeploy_video_recognition_t, label_t, label_id);
SAME(mmdeploy_video_recognition_t, label_t, score);
SAME_SIZE(mmdeploy_instance_mask_t, mask_t);
SAME(mmdeploy_instance_mask_t, mask_t, data);
SAME(mmdeploy_instance_mask_t, mask_t, height);
SAME(mmdeploy_instance_mask_t, mask_t, width);
SAME_SIZE(mmdeploy_detection_t, detection_t);
SAME(mmdeploy_detection_t, detection_t, label_id);
SAME(mmdeploy_detection_t, detection_t, score);
SAME(mmdeploy_detection_t, detection_t, bbox);
SAME(mmdeploy_detection_t, detection_t, mask);
SAME_SIZE(mmdeploy_segmentation_t, segmentation_t);
SAME(mmdeploy_segmentation_t, segmentation_t, height);
SAME(mmdeploy_segmentation_t, segmentation_t, width);
SAME(mmdeploy_segmentation_t, segmentation_t, classes);
SAME(mmdeploy_segmentation_t, segmentation_t, mask);
SAME(mmdeploy_segmentation_t, segmentation_t, score);
SAME_SIZE(mmdeploy_pose_detection_t, pose_t);
SAME(mmdeploy_pose_detection_t, pose_t, point);
SAME(mmdeploy_pose_detection_t, pose_t, score);
SAME(mmdeploy_pose_detection_t, pose_t, length);
SAME_SIZE(mmdeploy_rotated_detection_t, rotated_t);
SAME(mmdeploy_rotated_detection_t, rotated_t, label_id);
SAME(mmdeploy_rotated_detection_t, rotated_t, score);
SAME(mmdeploy_rotated_detection_t, rotated_t, rbbox);
SAME_SIZE(mmdeploy_text_detection_t, text_box_t);
SAME(mmdeploy_text_detection_t, text_box_t, bbox);
SAME(mmdeploy_text_detection_t, text_box_t, score);
SAME_SIZE(mmdeploy_text_recognition_t, text_t);
SAME(mmdeploy_text_recognition_t, text_t, text);
SAME(mmdeploy_text_recognition_t, text_t, score);
SAME(mmdeploy_text_recognition_t, text_t, length);
SAME_SIZE(mmdeploy_video_sample_info_t, sample_info_t);
SAME(mmdeploy_video_sample_info_t, sample_info_t, clip_len);
SAME(mmdeploy_video_sample_info_t, sample_info_t, num_clips);
SAME_SIZE(mmdeploy_pose_tracker_param_t, tracker_param_t);
SAME(mmdeploy_pose_tracker_param_t, tracker_param_t, det_interval);
SAME(mmdeploy_pose_tracker_param_t, tracker_param_t, det_label);
SAME(mmdeploy_pose_tracker_param_t, tracker_param_t, det_thr);
SAME(mmdeploy_pose_tracker_param_t, tracker_param_t, det_min_bbox_size);
SAME(mmdeploy_pose_tracker_param_t, tracker_param_t, det_nms_thr);
SAME(mmdeploy_pose_tracker_param_t, tracker_param_t, pose_max_num_bboxes);
SAME(mmdeploy_pose_tracker_param_t, tracker_param_t, pose_kpt_thr);
SAME(mmdeploy_pose_tracker_param_t, tracker_param_t, pose_min_keypoints);
SAME(mmdeploy_pose_tracker_param_t, tracker_param_t, pose_bbox_scale);
SAME(mmdeploy_pose_tracker_param_t, tracker_param_t, pose_min_bbox_size);
SAME(mmdeploy_pose_tracker_param_t, tracker_param_t, pose_nms_thr);
SAME(mmdeploy_pose_tracker_param_t, tracker_param_t, keypoint_sigmas);
SAME(mmdeploy_pose_tracker_param_t, tracker_param_t, keypoint_sigmas_size);
SAME(mmdeploy_pose_tracker_param_t, tracker_param_t, track_iou_thr);
SAME(mmdeploy_pose_tracker_param_t, tracker_param_t, track_max_missing);
SAME(mmdeploy_pose_tracker_param_t, tracker_param_t, track_history_size);
SAME(mmdeploy_pose_tracker_param_t, tracker_param_t, std_weight_position);
SAME(mmdeploy_pose_tracker_param_t, tracker_param_t, std_weight_velocity);
SAME(mmdeploy_pose_tracker_param_t, tracker_param_t, smooth_params);
SAME_SIZE(mmdeploy_pose_tracker_target_t, target_t);
SAME(mmdeploy_pose_tracker_target_t, target_t, keypoints);
SAME(mmdeploy_pose_tracker_target_t, target_t, keypoint_count);
SAME(mmdeploy_pose_tracker_target_t, target_t, scores);
SAME(mmdeploy_pose_tracker_target_t, target_t, bbox);
SAME(mmdeploy_pose_tracker_target_t, target_t, target_id);

static_assert(sizeof(mmdeploy_pixel_format_t) == 4 && sizeof(mmdeploy_data_type_t) == 4, "enums");
static_assert(sizeof(mmdeploy_status_t) == 4 && sizeof(mmdeploy_context_type_t) == 4, "enums");
NUMBER(MMDEPLOY_PIXEL_FORMAT_BGR, 0);
NUMBER(MMDEPLOY_PIXEL_FORMAT_RGB, 1);
NUMBER(MMDEPLOY_PIXEL_FORMAT_GRAYSCALE, 2);
NUMBER(MMDEPLOY_PIXEL_FORMAT_NV12, 3);
NUMBER(MMDEPLOY_PIXEL_FORMAT_NV21, 4);
NUMBER(MMDEPLOY_PIXEL_FORMAT_BGRA, 5);
NUMBER(MMDEPLOY_PIXEL_FORMAT_COUNT, 6);
NUMBER(MMDEPLOY_DATA_TYPE_FLOAT, 0);
NUMBER(MMDEPLOY_DATA_TYPE_HALF, 1);
NUMBER(MMDEPLOY_DATA_TYPE_UINT8, 2);
NUMBER(MMDEPLOY_DATA_TYPE_INT32, 3);
NUMBER(MMDEPLOY_DATA_TYPE_COUNT, 4);
NUMBER(MMDEPLOY_SUCCESS, 0);
NUMBER(MMDEPLOY_E_INVALID_ARG, 1);
NUMBER(MMDEPLOY_E_NOT_SUPPORTED, 2);
NUMBER(MMDEPLOY_E_OUT_OF_RANGE, 3);
NUMBER(MMDEPLOY_E_OUT_OF_MEMORY, 4);
NUMBER(MMDEPLOY_E_FILE_NOT_EXIST, 5);
NUMBER(MMDEPLOY_E_FAIL, 6);
NUMBER(MMDEPLOY_STATUS_COUNT, 7);
NUMBER(MMDEPLOY_TYPE_DEVICE, 0);
NUMBER(MMDEPLOY_TYPE_STREAM, 1);
NUMBER(MMDEPLOY_TYPE_MODEL, 2);
NUMBER(MMDEPLOY_TYPE_SCHEDULER, 3);
NUMBER(MMDEPLOY_TYPE_MAT, 4);
NUMBER(MMDEPLOY_TYPE_PROFILER, 5);
