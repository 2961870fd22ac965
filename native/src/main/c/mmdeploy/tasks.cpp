// SPDX-License-Identifier: Apache-2.0
// Tasks whose one input is pictures.
#include "tasks.hpp"

extern "C" {

MM_TASK_HANDLE(classifier, CLASSIFIER)
MM_TASK_ASYNC(classifier, CLASSIFIER)
MM_TASK_PICTURES(classifier)
MM_TASK_COUNTED(classifier, CLASSIFIER, mmdeploy_classification_t)

void mmdeploy_classifier_release_result(mmdeploy_classification_t* results, const int*, int) {
  mm::release(mm::Kind::CLASSIFIER, results);
}

MM_TASK_HANDLE(detector, DETECTOR)
MM_TASK_ASYNC(detector, DETECTOR)
MM_TASK_PICTURES(detector)
MM_TASK_COUNTED(detector, DETECTOR, mmdeploy_detection_t)

void mmdeploy_detector_release_result(mmdeploy_detection_t* results, const int*, int) {
  mm::release(mm::Kind::DETECTOR, results);
}

MM_TASK_HANDLE(rotated_detector, ROTATED_DETECTOR)
MM_TASK_ASYNC(rotated_detector, ROTATED_DETECTOR)
MM_TASK_PICTURES(rotated_detector)
MM_TASK_COUNTED(rotated_detector, ROTATED_DETECTOR, mmdeploy_rotated_detection_t)

void mmdeploy_rotated_detector_release_result(mmdeploy_rotated_detection_t* results, const int*) {
  mm::release(mm::Kind::ROTATED_DETECTOR, results);
}

MM_TASK_HANDLE(segmentor, SEGMENTOR)
MM_TASK_ASYNC(segmentor, SEGMENTOR)
MM_TASK_PICTURES(segmentor)
MM_TASK_RESULT(segmentor, SEGMENTOR, mmdeploy_segmentation_t)

int mmdeploy_segmentor_apply(mmdeploy_segmentor_t segmentor, const mmdeploy_mat_t* mats, int mat_count,
                             mmdeploy_segmentation_t** results) {
  return mm::guarded([=] { mm::answer(mm::Kind::SEGMENTOR, segmentor, mm::input_of(mats, mat_count), results); });
}

MM_TASK_HANDLE(restorer, RESTORER)
MM_TASK_ASYNC(restorer, RESTORER)
MM_TASK_PICTURES(restorer)
MM_TASK_RESULT(restorer, RESTORER, mmdeploy_mat_t)

int mmdeploy_restorer_apply(mmdeploy_restorer_t restorer, const mmdeploy_mat_t* images, int count,
                            mmdeploy_mat_t** results) {
  return mm::guarded([=] { mm::answer(mm::Kind::RESTORER, restorer, mm::input_of(images, count), results); });
}
}
