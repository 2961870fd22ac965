/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Programs for MMDeploy, as its demos go: they know documented.h alone, and their answers are those of the Java
 * handles.
 */
#include "documented.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "expected.h"

/* cmocka.h wants these first. */
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

/* As the demos initialise it: device is not named. */
static mat_t mat_of(const pixels_t* p) {
  mat_t mat = {p->data, p->height, p->width, 3, BGR, UINT8, NULL};
  return mat;
}

static handle_t opened(int (*create)(const char*, const char*, int, handle_t*), const char* model) {
  handle_t handle = NULL;
  assert_int_equal(0, create(model_path(model), "cpu", 0, &handle));
  assert_non_null(handle);
  return handle;
}

static void check_labels(const char* task, const char* model, const char* picture, const label_t* labels, int count) {
  assert_int_equal(expected_count(task, model, picture), count);
  for (int i = 0; i < count; i++) {
    expect_entry(task, model, picture, i);
    expect_int(labels[i].label_id);
    expect_float(labels[i].score);
  }
}

static void should_classify_a_batch(void** state) {
  (void)state;
  pixels_t kitten = read_pixels("kitten.png");
  pixels_t dog = read_pixels("dog.png");
  mat_t mats[2] = {mat_of(&kitten), mat_of(&dog)};
  handle_t classifier = opened(mmdeploy_classifier_create_by_path, "squeezenet");
  label_t* labels = NULL;
  int* counts = NULL;
  assert_int_equal(0, mmdeploy_classifier_apply(classifier, mats, 2, &labels, &counts));
  check_labels("classifier", "squeezenet", "kitten.png", labels, counts[0]);
  check_labels("classifier", "squeezenet", "dog.png", labels + counts[0], counts[1]);
  mmdeploy_classifier_release_result(labels, counts, 2);
  mmdeploy_classifier_destroy(classifier);
  free(kitten.data);
  free(dog.data);
}

static void check_mask(const mask_t* mask, const rect_t* box, const pixels_t* picture) {
  expect_int(mask->height == picture->height && mask->width == picture->width ? 0
                                                                               : (int)fmaxf(floorf(box->left) - 1, 0));
  expect_int(mask->height == picture->height && mask->width == picture->width ? 0
                                                                               : (int)fmaxf(floorf(box->top) - 1, 0));
  expect_int(mask->width);
  expect_int(mask->height);
  expect_hash(mask->data, (size_t)mask->width * (size_t)mask->height);
}

static void check_detections(const char* model, const char* picture, const pixels_t* pixels, const detection_t* found,
                             int count) {
  assert_int_equal(expected_count("detector", model, picture), count);
  for (int i = 0; i < count; i++) {
    expect_entry("detector", model, picture, i);
    expect_int(found[i].label_id);
    expect_float(found[i].score);
    expect_float(found[i].bbox.left);
    expect_float(found[i].bbox.top);
    expect_float(found[i].bbox.right);
    expect_float(found[i].bbox.bottom);
    skip_fields(1);
    skip_fields(3 * next_int());
    if (found[i].mask == NULL) {
      expect_word("-");
    } else {
      check_mask(found[i].mask, &found[i].bbox, pixels);
    }
  }
}

static void detect(const char* model, const char* picture) {
  pixels_t pixels = read_pixels(picture);
  mat_t mat = mat_of(&pixels);
  handle_t detector = opened(mmdeploy_detector_create_by_path, model);
  detection_t* found = NULL;
  int* count = NULL;
  assert_int_equal(0, mmdeploy_detector_apply(detector, &mat, 1, &found, &count));
  check_detections(model, picture, &pixels, found, *count);
  mmdeploy_detector_release_result(found, count, 1);
  mmdeploy_detector_destroy(detector);
  free(pixels.data);
}

static void should_detect_with_masks_of_boxes_and_of_whole_pictures(void** state) {
  (void)state;
  detect("yolox_nano", "dog.png");
  detect("det-mask-full", "det-mask-full.png");
  detect("det-mask-rcnn", "det-mask-rcnn.png");
}

static void should_detect_in_pictures_of_several_sizes_when_the_model_is_closed_already(void** state) {
  (void)state;
  pixels_t pixels[3] = {read_pixels("parcel-1.png"), read_pixels("parcel-2.png"), read_pixels("parcel-3.png")};
  mat_t mats[3] = {mat_of(&pixels[0]), mat_of(&pixels[1]), mat_of(&pixels[2])};
  handle_t model = NULL;
  handle_t detector = NULL;
  assert_int_equal(0, mmdeploy_model_create_by_path(model_path("parcels"), &model));
  assert_int_equal(0, mmdeploy_detector_create(model, "cpu", 0, &detector));
  mmdeploy_model_destroy(model);
  detection_t* found = NULL;
  int* counts = NULL;
  assert_int_equal(0, mmdeploy_detector_apply(detector, mats, 3, &found, &counts));
  const char* names[3] = {"parcel-1.png", "parcel-2.png", "parcel-3.png"};
  int from = 0;
  for (int i = 0; i < 3; i++) {
    check_detections("parcels", names[i], &pixels[i], found + from, counts[i]);
    from += counts[i];
  }
  mmdeploy_detector_release_result(found, counts, 3);
  mmdeploy_detector_destroy(detector);
  for (int i = 0; i < 3; i++) {
    free(pixels[i].data);
  }
}

static void segment(const char* model, const char* picture) {
  pixels_t pixels = read_pixels(picture);
  mat_t mat = mat_of(&pixels);
  handle_t segmentor = opened(mmdeploy_segmentor_create_by_path, model);
  segmentation_t* result = NULL;
  assert_int_equal(0, mmdeploy_segmentor_apply(segmentor, &mat, 1, &result));
  assert_int_equal(pixels.width, result->width);
  assert_int_equal(pixels.height, result->height);
  assert_true((result->mask == NULL) != (result->score == NULL));
  expect_entry("segmentor", model, picture, 0);
  skip_fields(2);
  expect_int(result->width);
  expect_int(result->height);
  expect_int(result->classes);
  skip_fields(1);
  size_t area = (size_t)result->width * (size_t)result->height;
  if (result->mask != NULL) {
    expect_hash(result->mask, area * sizeof *result->mask);
    expect_word("-");
  } else {
    skip_fields(1);
    expect_hash(result->score, area * (size_t)result->classes * sizeof *result->score);
  }
  mmdeploy_segmentor_release_result(result, 1);
  mmdeploy_segmentor_destroy(segmentor);
  free(pixels.data);
}

static void should_segment_into_classes_or_scores(void** state) {
  (void)state;
  segment("deeplab_v3", "dog.png");
  segment("seg-argmax", "seg-argmax.png");
  segment("seg-score", "seg-score.png");
}

static void should_restore(void** state) {
  (void)state;
  pixels_t pixels = read_pixels("kitten.png");
  mat_t mat = mat_of(&pixels);
  handle_t restorer = opened(mmdeploy_restorer_create_by_path, "super-resolution");
  mat_t* result = NULL;
  assert_int_equal(0, mmdeploy_restorer_apply(restorer, &mat, 1, &result));
  expect_entry("restorer", "super-resolution", "kitten.png", 0);
  expect_word(result->format == GRAYSCALE ? "gray8" : "rgb");
  expect_int(result->width);
  expect_int(result->height);
  expect_hash(result->data, (size_t)result->width * (size_t)result->height * (size_t)result->channel);
  assert_int_equal(UINT8, result->type);
  assert_null(result->device);
  mmdeploy_restorer_release_result(result, 1);
  mmdeploy_restorer_destroy(restorer);
  free(pixels.data);
}

static void should_detect_turned_boxes(void** state) {
  (void)state;
  pixels_t pixels = read_pixels("rotated.png");
  mat_t mat = mat_of(&pixels);
  handle_t detector = opened(mmdeploy_rotated_detector_create_by_path, "rotated");
  rotated_t* found = NULL;
  int* count = NULL;
  assert_int_equal(0, mmdeploy_rotated_detector_apply(detector, &mat, 1, &found, &count));
  assert_int_equal(expected_count("rotated_detector", "rotated", "rotated.png"), *count);
  for (int i = 0; i < *count; i++) {
    expect_entry("rotated_detector", "rotated", "rotated.png", i);
    expect_int(found[i].label_id);
    expect_float(found[i].score);
    for (int j = 0; j < 5; j++) {
      expect_float(found[i].rbbox[j]);
    }
  }
  mmdeploy_rotated_detector_release_result(found, count);
  mmdeploy_rotated_detector_destroy(detector);
  free(pixels.data);
}

static void check_pose(const point_t* points, const float* scores, int length) {
  expect_int(length);
  for (int i = 0; i < length; i++) {
    expect_float(points[i].x);
    expect_float(points[i].y);
    expect_float(scores[i]);
  }
}

static void should_find_poses_in_whole_pictures_and_in_boxes(void** state) {
  (void)state;
  const char* name = "pose-heatmap-default";
  const char* picture = "pose-heatmap-default.png";
  pixels_t pixels = read_pixels(picture);
  mat_t mat = mat_of(&pixels);
  handle_t detector = opened(mmdeploy_pose_detector_create_by_path, name);
  pose_t* poses = NULL;
  assert_int_equal(0, mmdeploy_pose_detector_apply(detector, &mat, 1, &poses));
  expect_entry("pose_detector", name, picture, 0);
  check_pose(poses->point, poses->score, poses->length);
  mmdeploy_pose_detector_release_result(poses, 1);

  rect_t boxes[8];
  expect_line("pose_detector_boxes", name, picture, "boxes ");
  int count = next_int();
  assert_in_range(count, 1, 8);
  for (int i = 0; i < count; i++) {
    boxes[i].left = next_float();
    boxes[i].top = next_float();
    boxes[i].right = next_float();
    boxes[i].bottom = next_float();
  }
  assert_int_equal(0, mmdeploy_pose_detector_apply_bbox(detector, &mat, 1, boxes, &count, &poses));
  for (int i = 0; i < count; i++) {
    expect_entry("pose_detector_boxes", name, picture, i);
    check_pose(poses[i].point, poses[i].score, poses[i].length);
  }
  mmdeploy_pose_detector_release_result(poses, count);
  mmdeploy_pose_detector_destroy(detector);
  free(pixels.data);
}

static void check_text(const char* task, const char* picture, int entry, const text_t* text) {
  expect_entry(task, "crnn_en", picture, entry);
  skip_fields(1);
  expect_int(text->length);
  for (int i = 0; i < text->length; i++) {
    expect_float(text->score[i]);
  }
  expect_text(text->text);
}

static void should_find_text_and_read_it(void** state) {
  (void)state;
  pixels_t pixels = read_pixels("text.png");
  mat_t mat = mat_of(&pixels);
  handle_t detector = opened(mmdeploy_text_detector_create_by_path, "ppocr_det");
  handle_t recognizer = opened(mmdeploy_text_recognizer_create_by_path, "crnn_en");
  text_box_t* boxes = NULL;
  int* count = NULL;
  assert_int_equal(0, mmdeploy_text_detector_apply(detector, &mat, 1, &boxes, &count));
  assert_int_equal(expected_count("text_detector", "ppocr_det", "text.png"), *count);
  for (int i = 0; i < *count; i++) {
    expect_entry("text_detector", "ppocr_det", "text.png", i);
    for (int j = 0; j < 4; j++) {
      expect_float(boxes[i].bbox[j].x);
      expect_float(boxes[i].bbox[j].y);
    }
    expect_float(boxes[i].score);
  }
  text_t* texts = NULL;
  assert_int_equal(0, mmdeploy_text_recognizer_apply_bbox(recognizer, &mat, 1, boxes, count, &texts));
  /* Java's quads are those of its detector, which are the same. */
  expect_line("text_recognizer_quads", "crnn_en", "text.png", "quads ");
  expect_int(*count);
  for (int i = 0; i < *count; i++) {
    check_text("text_recognizer_quads", "text.png", i, &texts[i]);
  }
  mmdeploy_text_recognizer_release_result(texts, *count);
  /* The upstream tests give the number of boxes here. */
  mmdeploy_text_detector_release_result(boxes, count, *count);
  mmdeploy_text_recognizer_destroy(recognizer);
  mmdeploy_text_detector_destroy(detector);
  free(pixels.data);
}

static void should_read_a_whole_picture(void** state) {
  (void)state;
  pixels_t pixels = read_pixels("line.png");
  mat_t mat = mat_of(&pixels);
  handle_t recognizer = opened(mmdeploy_text_recognizer_create_by_path, "crnn_en");
  text_t* texts = NULL;
  assert_int_equal(0, mmdeploy_text_recognizer_apply(recognizer, &mat, 1, &texts));
  check_text("text_recognizer", "line.png", 0, texts);
  mmdeploy_text_recognizer_release_result(texts, 1);
  mmdeploy_text_recognizer_destroy(recognizer);
  free(pixels.data);
}

static void should_recognize_several_videos_in_a_call(void** state) {
  (void)state;
  const char* model = "video-centercrop-nchw";
  const char* names = "video-0.png,video-1.png,video-2.png,video-3.png";
  pixels_t frames[4] = {read_pixels("video-0.png"), read_pixels("video-1.png"), read_pixels("video-2.png"),
                        read_pixels("video-3.png")};
  /* The same video twice. */
  mat_t mats[8];
  for (int i = 0; i < 8; i++) {
    mats[i] = mat_of(&frames[i % 4]);
  }
  expect_line("video_recognizer", model, names, "clips ");
  sample_info_t info[2];
  info[0].clip_len = next_int();
  info[0].num_clips = next_int();
  info[1] = info[0];
  assert_int_equal(4, info[0].clip_len * info[0].num_clips);
  handle_t recognizer = opened(mmdeploy_video_recognizer_create_by_path, model);
  label_t* labels = NULL;
  int* counts = NULL;
  assert_int_equal(0, mmdeploy_video_recognizer_apply(recognizer, mats, info, 2, &labels, &counts));
  check_labels("video_recognizer", model, names, labels, counts[0]);
  check_labels("video_recognizer", model, names, labels + counts[0], counts[1]);
  mmdeploy_video_recognizer_release_result(labels, counts, 2);
  mmdeploy_video_recognizer_destroy(recognizer);
  for (int i = 0; i < 4; i++) {
    free(frames[i].data);
  }
}

static void check_targets(const char* frame, const target_t* targets, int count) {
  const char* models = "people-detector,people-pose";
  assert_int_equal(expected_count("pose_tracker", models, frame), count);
  for (int i = 0; i < count; i++) {
    expect_entry("pose_tracker", models, frame, i);
    expect_int(targets[i].target_id);
    expect_float(targets[i].bbox.left);
    expect_float(targets[i].bbox.top);
    expect_float(targets[i].bbox.right);
    expect_float(targets[i].bbox.bottom);
    check_pose(targets[i].keypoints, targets[i].scores, targets[i].keypoint_count);
  }
}

static void should_follow_people_in_two_videos_at_once(void** state) {
  (void)state;
  handle_t det = NULL;
  handle_t pose = NULL;
  handle_t context = NULL;
  handle_t tracker = NULL;
  handle_t states[2] = {NULL, NULL};
  assert_int_equal(0, mmdeploy_model_create_by_path(model_path("people-detector"), &det));
  assert_int_equal(0, mmdeploy_model_create_by_path(model_path("people-pose"), &pose));
  assert_int_equal(0, mmdeploy_context_create_by_device("cpu", 0, &context));
  assert_int_equal(0, mmdeploy_pose_tracker_create(det, pose, context, &tracker));
  mmdeploy_model_destroy(det);
  mmdeploy_model_destroy(pose);
  mmdeploy_context_destroy(context);
  tracker_param_t params;
  memset(&params, 0xff, sizeof params);
  assert_int_equal(0, mmdeploy_pose_tracker_default_params(&params));
  assert_null(params.keypoint_sigmas);
  assert_int_equal(1, params.det_interval);
  assert_int_equal(1, params.track_history_size);
  assert_float_equal(.00625f, params.std_weight_velocity, 0);
  assert_float_equal(0, params.pose_min_bbox_size, 0);
  assert_int_equal(0, mmdeploy_pose_tracker_create_state(tracker, &params, &states[0]));
  assert_int_equal(0, mmdeploy_pose_tracker_create_state(tracker, NULL, &states[1]));
  for (int i = 0; i < 5; i++) {
    char name[] = "frame-0.png";
    name[6] = (char)('0' + i);
    pixels_t pixels = read_pixels(name);
    mat_t mats[2] = {mat_of(&pixels), mat_of(&pixels)};
    int32_t use_detect[2] = {-1, -1};
    target_t* targets = NULL;
    int32_t* counts = NULL;
    assert_int_equal(0, mmdeploy_pose_tracker_apply(tracker, states, mats, i % 2 ? use_detect : NULL, 2, &targets,
                                                    &counts));
    check_targets(name, targets, counts[0]);
    check_targets(name, targets + counts[0], counts[1]);
    mmdeploy_pose_tracker_release_result(targets, counts, 2);
    free(pixels.data);
  }
  mmdeploy_pose_tracker_destroy_state(states[0]);
  mmdeploy_pose_tracker_destroy_state(states[1]);
  mmdeploy_pose_tracker_destroy(tracker);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(should_classify_a_batch),
      cmocka_unit_test(should_detect_with_masks_of_boxes_and_of_whole_pictures),
      cmocka_unit_test(should_detect_in_pictures_of_several_sizes_when_the_model_is_closed_already),
      cmocka_unit_test(should_segment_into_classes_or_scores),
      cmocka_unit_test(should_restore),
      cmocka_unit_test(should_detect_turned_boxes),
      cmocka_unit_test(should_find_poses_in_whole_pictures_and_in_boxes),
      cmocka_unit_test(should_find_text_and_read_it),
      cmocka_unit_test(should_read_a_whole_picture),
      cmocka_unit_test(should_recognize_several_videos_in_a_call),
      cmocka_unit_test(should_follow_people_in_two_videos_at_once),
  };
  begin_expected();
  return cmocka_run_group_tests(tests, NULL, NULL);
}
