/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file documented.h
 * MMDeploy's C API as its documentation gives sizes, offsets and parameters, written down without looking at any
 * header: what a program that was compiled long ago relies on.
 */
#ifndef MMDEPLOY_TEST_DOCUMENTED_H
#define MMDEPLOY_TEST_DOCUMENTED_H

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

/* Handles are pointers. */
typedef void* handle_t;

enum { BGR = 0, RGB = 1, GRAYSCALE = 2, NV12 = 3, NV21 = 4, BGRA = 5 };
enum { UINT8 = 2 };
enum { TYPE_DEVICE = 0, TYPE_MODEL = 2, TYPE_SCHEDULER = 3, TYPE_PROFILER = 5 };

typedef struct mat_t {
  uint8_t* data;
  int height;
  int width;
  int channel;
  int format;
  int type;
  handle_t device;
} mat_t;

typedef struct rect_t {
  float left, top, right, bottom;
} rect_t;

typedef struct point_t {
  float x, y;
} point_t;

typedef struct label_t {
  int label_id;
  float score;
} label_t;

typedef struct mask_t {
  char* data;
  int height;
  int width;
} mask_t;

typedef struct detection_t {
  int label_id;
  float score;
  rect_t bbox;
  mask_t* mask;
} detection_t;

typedef struct segmentation_t {
  int height;
  int width;
  int classes;
  int* mask;
  float* score;
} segmentation_t;

typedef struct pose_t {
  point_t* point;
  float* score;
  int length;
} pose_t;

typedef struct rotated_t {
  int label_id;
  float score;
  float rbbox[5];
} rotated_t;

typedef struct text_box_t {
  point_t bbox[4];
  float score;
} text_box_t;

typedef struct text_t {
  char* text;
  float* score;
  int length;
} text_t;

typedef struct sample_info_t {
  int clip_len;
  int num_clips;
} sample_info_t;

typedef struct tracker_param_t {
  int32_t det_interval;
  int32_t det_label;
  float det_thr;
  float det_min_bbox_size;
  float det_nms_thr;
  int32_t pose_max_num_bboxes;
  float pose_kpt_thr;
  int32_t pose_min_keypoints;
  float pose_bbox_scale;
  float pose_min_bbox_size;
  float pose_nms_thr;
  float* keypoint_sigmas;
  int32_t keypoint_sigmas_size;
  float track_iou_thr;
  int32_t track_max_missing;
  int32_t track_history_size;
  float std_weight_position;
  float std_weight_velocity;
  float smooth_params[3];
} tracker_param_t;

typedef struct target_t {
  point_t* keypoints;
  int32_t keypoint_count;
  float* scores;
  rect_t bbox;
  uint32_t target_id;
} target_t;

#define SIZE(type, size) static_assert(sizeof(type) == (size), #type)
#define AT(type, field, offset) static_assert(offsetof(type, field) == (offset), #type "." #field)

SIZE(mat_t, 40);
AT(mat_t, data, 0);
AT(mat_t, height, 8);
AT(mat_t, width, 12);
AT(mat_t, channel, 16);
AT(mat_t, format, 20);
AT(mat_t, type, 24);
AT(mat_t, device, 32);
SIZE(rect_t, 16);
SIZE(point_t, 8);
SIZE(label_t, 8);
AT(label_t, score, 4);
SIZE(mask_t, 16);
AT(mask_t, height, 8);
AT(mask_t, width, 12);
SIZE(detection_t, 32);
AT(detection_t, score, 4);
AT(detection_t, bbox, 8);
AT(detection_t, mask, 24);
SIZE(segmentation_t, 32);
AT(segmentation_t, width, 4);
AT(segmentation_t, classes, 8);
AT(segmentation_t, mask, 16);
AT(segmentation_t, score, 24);
SIZE(pose_t, 24);
AT(pose_t, score, 8);
AT(pose_t, length, 16);
SIZE(rotated_t, 28);
AT(rotated_t, rbbox, 8);
SIZE(text_box_t, 36);
AT(text_box_t, score, 32);
SIZE(text_t, 24);
AT(text_t, score, 8);
AT(text_t, length, 16);
SIZE(sample_info_t, 8);
SIZE(tracker_param_t, 96);
AT(tracker_param_t, det_nms_thr, 16);
AT(tracker_param_t, pose_min_bbox_size, 36);
AT(tracker_param_t, keypoint_sigmas, 48);
AT(tracker_param_t, keypoint_sigmas_size, 56);
AT(tracker_param_t, track_iou_thr, 60);
AT(tracker_param_t, track_history_size, 68);
AT(tracker_param_t, std_weight_position, 72);
AT(tracker_param_t, smooth_params, 80);
SIZE(target_t, 48);
AT(target_t, keypoint_count, 8);
AT(target_t, scores, 16);
AT(target_t, bbox, 24);
AT(target_t, target_id, 40);

#ifndef DOCUMENTED_LAYOUTS_ONLY

int mmdeploy_classifier_create_by_path(const char*, const char*, int, handle_t*);
int mmdeploy_classifier_apply(handle_t, const mat_t*, int, label_t**, int**);
void mmdeploy_classifier_release_result(label_t*, const int*, int);
void mmdeploy_classifier_destroy(handle_t);

int mmdeploy_model_create_by_path(const char*, handle_t*);
void mmdeploy_model_destroy(handle_t);
int mmdeploy_detector_create(handle_t, const char*, int, handle_t*);
int mmdeploy_detector_create_by_path(const char*, const char*, int, handle_t*);
int mmdeploy_detector_apply(handle_t, const mat_t*, int, detection_t**, int**);
void mmdeploy_detector_release_result(detection_t*, const int*, int);
void mmdeploy_detector_destroy(handle_t);

int mmdeploy_segmentor_create_by_path(const char*, const char*, int, handle_t*);
int mmdeploy_segmentor_apply(handle_t, const mat_t*, int, segmentation_t**);
void mmdeploy_segmentor_release_result(segmentation_t*, int);
void mmdeploy_segmentor_destroy(handle_t);

int mmdeploy_restorer_create_by_path(const char*, const char*, int, handle_t*);
int mmdeploy_restorer_apply(handle_t, const mat_t*, int, mat_t**);
void mmdeploy_restorer_release_result(mat_t*, int);
void mmdeploy_restorer_destroy(handle_t);

int mmdeploy_rotated_detector_create_by_path(const char*, const char*, int, handle_t*);
int mmdeploy_rotated_detector_apply(handle_t, const mat_t*, int, rotated_t**, int**);
void mmdeploy_rotated_detector_release_result(rotated_t*, const int*);
void mmdeploy_rotated_detector_destroy(handle_t);

int mmdeploy_pose_detector_create_by_path(const char*, const char*, int, handle_t*);
int mmdeploy_pose_detector_apply(handle_t, const mat_t*, int, pose_t**);
int mmdeploy_pose_detector_apply_bbox(handle_t, const mat_t*, int, const rect_t*, const int*, pose_t**);
void mmdeploy_pose_detector_release_result(pose_t*, int);
void mmdeploy_pose_detector_destroy(handle_t);

int mmdeploy_text_detector_create_by_path(const char*, const char*, int, handle_t*);
int mmdeploy_text_detector_apply(handle_t, const mat_t*, int, text_box_t**, int**);
void mmdeploy_text_detector_release_result(text_box_t*, const int*, int);
void mmdeploy_text_detector_destroy(handle_t);

int mmdeploy_text_recognizer_create_by_path(const char*, const char*, int, handle_t*);
int mmdeploy_text_recognizer_apply(handle_t, const mat_t*, int, text_t**);
int mmdeploy_text_recognizer_apply_bbox(handle_t, const mat_t*, int, const text_box_t*, const int*, text_t**);
void mmdeploy_text_recognizer_release_result(text_t*, int);
void mmdeploy_text_recognizer_destroy(handle_t);

int mmdeploy_video_recognizer_create_by_path(const char*, const char*, int, handle_t*);
int mmdeploy_video_recognizer_apply(handle_t, const mat_t*, const sample_info_t*, int, label_t**, int**);
void mmdeploy_video_recognizer_release_result(label_t*, int*, int);
void mmdeploy_video_recognizer_destroy(handle_t);

int mmdeploy_context_create_by_device(const char*, int, handle_t*);
void mmdeploy_context_destroy(handle_t);
int mmdeploy_pose_tracker_default_params(tracker_param_t*);
int mmdeploy_pose_tracker_create(handle_t, handle_t, handle_t, handle_t*);
void mmdeploy_pose_tracker_destroy(handle_t);
int mmdeploy_pose_tracker_create_state(handle_t, const tracker_param_t*, handle_t*);
void mmdeploy_pose_tracker_destroy_state(handle_t);
int mmdeploy_pose_tracker_apply(handle_t, handle_t*, const mat_t*, const int32_t*, int32_t, target_t**, int32_t**);
void mmdeploy_pose_tracker_release_result(target_t*, const int32_t*, int);

#endif

#endif
