// SPDX-License-Identifier: Apache-2.0
// Tasks that look at parts of pictures, and text detectors, whose answers are such parts.
#include <functional>

#include "picture.hpp"
#include "tasks.hpp"

namespace mm {
namespace {

// Calls add with each picture and each of its regions, or with nullptr where a picture is to be taken whole.
template <typename REGION>
void each(const mmdeploy_mat_t* mats, int count, const REGION* regions, const int* counts,
          const std::function<void(const Picture&, const REGION*)>& add) {
  auto views = views_of(mats, count);
  bool whole = regions == nullptr || counts == nullptr;
  int64_t total = 0;
  for (size_t i = 0; !whole && i < views.size(); i++) {
    require(counts[i] >= 0 && (total += counts[i]) <= MAX_ITEMS, "bbox_count: negative, or over 1000000 in all");
  }
  for (size_t i = 0; i < views.size(); i++) {
    for (int j = 0; j < (whole ? 1 : counts[i]); j++) {
      add(views[i], whole ? nullptr : regions++);
    }
  }
}

Value box_value(const mmdeploy_rect_t* box, const avocet_image_t& image) {
  if (box == nullptr) {
    return list({real(0), real(0), real(image.width), real(image.height), real(1)});
  }
  // In double, which takes the differences of floats as they are.
  double left = box->left;
  double top = box->top;
  double width = double{box->right} - left + 1;
  double height = double{box->bottom} - top + 1;
  return list({real(left), real(top), real(width), real(height), real(1)});
}

Value pose_input(const mmdeploy_mat_t* mats, int count, const mmdeploy_rect_t* boxes, const int* box_counts) {
  List samples;
  each<mmdeploy_rect_t>(mats, count, boxes, box_counts, [&](const Picture& picture, const mmdeploy_rect_t* box) {
    samples.push_back(object({{"ori_img", {picture}}, {"bbox", box_value(box, *picture)}}));
  });
  return list({list(std::move(samples))});
}

Value quad_value(const mmdeploy_text_detection_t* found) {
  if (found == nullptr) {
    return {};
  }
  List corners;
  for (const mmdeploy_point_t& corner : found->bbox) {
    corners.push_back(real(corner.x));
    corners.push_back(real(corner.y));
  }
  return object({{"bbox", list(std::move(corners))}});
}

Value text_input(const mmdeploy_mat_t* images, int count, const mmdeploy_text_detection_t* quads,
                 const int* quad_counts) {
  List pictures;
  List places;
  each<mmdeploy_text_detection_t>(images, count, quads, quad_counts,
                                  [&](const Picture& picture, const mmdeploy_text_detection_t* quad) {
                                    pictures.push_back(sample_of(picture));
                                    places.push_back(quad_value(quad));
                                  });
  return list({list(std::move(pictures)), list(std::move(places))});
}

// What a continuation made, or a sender of nothing where it made none.
SenderPtr next_sender(int status, mmdeploy_sender_t made) {
  if (status != MMDEPLOY_SUCCESS) {
    senders().take(made);
    throw Failure(mapped(status), "the function that a sender continues with returned " + std::to_string(status));
  }
  return made == nullptr ? just({}) : take_sender(made);
}

}  // namespace
}  // namespace mm

using namespace mm;

extern "C" {

MM_TASK_HANDLE(pose_detector, POSE_DETECTOR)
MM_TASK_ASYNC(pose_detector, POSE_DETECTOR)
MM_TASK_RESULT(pose_detector, POSE_DETECTOR, mmdeploy_pose_detection_t)

int mmdeploy_pose_detector_create_input(const mmdeploy_mat_t* mats, int mat_count, const mmdeploy_rect_t* bboxes,
                                        const int* bbox_count, mmdeploy_value_t* value) {
  return guarded([=] {
    require(value != nullptr, "value=NULL");
    *value = give(pose_input(mats, mat_count, bboxes, bbox_count));
  });
}

int mmdeploy_pose_detector_apply_bbox(mmdeploy_pose_detector_t detector, const mmdeploy_mat_t* mats, int mat_count,
                                      const mmdeploy_rect_t* bboxes, const int* bbox_count,
                                      mmdeploy_pose_detection_t** results) {
  return guarded(
      [=] { answer(Kind::POSE_DETECTOR, detector, pose_input(mats, mat_count, bboxes, bbox_count), results); });
}

int mmdeploy_pose_detector_apply(mmdeploy_pose_detector_t detector, const mmdeploy_mat_t* mats, int mat_count,
                                 mmdeploy_pose_detection_t** results) {
  return mmdeploy_pose_detector_apply_bbox(detector, mats, mat_count, nullptr, nullptr, results);
}

MM_TASK_HANDLE(text_detector, TEXT_DETECTOR)
MM_TASK_ASYNC(text_detector, TEXT_DETECTOR)
MM_TASK_PICTURES(text_detector)
MM_TASK_COUNTED(text_detector, TEXT_DETECTOR, mmdeploy_text_detection_t)

void mmdeploy_text_detector_release_result(mmdeploy_text_detection_t* results, const int*, int) {
  release(Kind::TEXT_DETECTOR, results);
}

int mmdeploy_text_detector_apply_async_v3(mmdeploy_text_detector_t detector, const mmdeploy_mat_t* imgs, int img_count,
                                          mmdeploy_sender_t* output) {
  return guarded([=] { run_input(Kind::TEXT_DETECTOR, detector, input_of(imgs, img_count), output); });
}

int mmdeploy_text_detector_continue_async(mmdeploy_sender_t input, mmdeploy_text_detector_continue_t cont,
                                          void* context, mmdeploy_sender_t* output) {
  return guarded([=] {
    require(cont != nullptr && output != nullptr, "cont=NULL or output=NULL");
    *output = give(let_value(take_input(input), [=](const Value& value) {
      mmdeploy_text_detection_t* results = nullptr;
      int* counts = nullptr;
      give_results(Kind::TEXT_DETECTOR, value, &results, &counts);
      mmdeploy_sender_t made = nullptr;
      int status = cont(results, counts, context, &made);
      return next_sender(status, made);
    }));
  });
}

MM_TASK_HANDLE(text_recognizer, TEXT_RECOGNIZER)
MM_TASK_ASYNC(text_recognizer, TEXT_RECOGNIZER)
MM_TASK_RESULT(text_recognizer, TEXT_RECOGNIZER, mmdeploy_text_recognition_t)

int mmdeploy_text_recognizer_create_input(const mmdeploy_mat_t* images, int image_count,
                                          const mmdeploy_text_detection_t* bboxes, const int* bbox_count,
                                          mmdeploy_value_t* output) {
  return guarded([=] {
    require(output != nullptr, "output=NULL");
    *output = give(text_input(images, image_count, bboxes, bbox_count));
  });
}

int mmdeploy_text_recognizer_apply_bbox(mmdeploy_text_recognizer_t recognizer, const mmdeploy_mat_t* images,
                                        int image_count, const mmdeploy_text_detection_t* bboxes,
                                        const int* bbox_count, mmdeploy_text_recognition_t** results) {
  return guarded(
      [=] { answer(Kind::TEXT_RECOGNIZER, recognizer, text_input(images, image_count, bboxes, bbox_count), results); });
}

int mmdeploy_text_recognizer_apply(mmdeploy_text_recognizer_t recognizer, const mmdeploy_mat_t* images, int count,
                                   mmdeploy_text_recognition_t** results) {
  return mmdeploy_text_recognizer_apply_bbox(recognizer, images, count, nullptr, nullptr, results);
}

int mmdeploy_text_recognizer_apply_async_v3(mmdeploy_text_recognizer_t recognizer, const mmdeploy_mat_t* imgs,
                                            int img_count, const mmdeploy_text_detection_t* bboxes,
                                            const int* bbox_count, mmdeploy_sender_t* output) {
  return guarded([=] {
    run_input(Kind::TEXT_RECOGNIZER, recognizer, text_input(imgs, img_count, bboxes, bbox_count), output);
  });
}

int mmdeploy_text_recognizer_continue_async(mmdeploy_sender_t input, mmdeploy_text_recognizer_continue_t cont,
                                            void* context, mmdeploy_sender_t* output) {
  return guarded([=] {
    require(cont != nullptr && output != nullptr, "cont=NULL or output=NULL");
    *output = give(let_value(take_input(input), [=](const Value& value) {
      mmdeploy_text_recognition_t* results = nullptr;
      give_results(Kind::TEXT_RECOGNIZER, value, &results);
      mmdeploy_sender_t made = nullptr;
      int status = cont(results, context, &made);
      return next_sender(status, made);
    }));
  });
}
}
