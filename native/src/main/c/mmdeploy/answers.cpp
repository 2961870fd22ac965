// SPDX-License-Identifier: Apache-2.0
#include "answers.hpp"

#include <cstring>

namespace mm {
namespace {

template <typename R>
void fill_label(R& to, const Value& from) {
  to.label_id = int_field(from, "label_id");
  to.score = float_field(from, "score");
}

size_t area(int32_t width, int32_t height) { return static_cast<size_t>(width) * static_cast<size_t>(height); }

}  // namespace

void fill(mmdeploy_classification_t& to, const Value& from, Block&) { fill_label(to, from); }

void fill(mmdeploy_video_recognition_t& to, const Value& from, Block&) { fill_label(to, from); }

void fill(mmdeploy_detection_t& to, const Value& from, Block& block) {
  fill_label(to, from);
  auto box = numbers_of(field(from, "bbox"), 4, "bbox of four edges");
  to.bbox = {static_cast<float>(box[0]), static_cast<float>(box[1]), static_cast<float>(box[2]),
             static_cast<float>(box[3])};
  const Value* held = find(from, "mask");
  const Mask* mask = held == nullptr ? nullptr : std::get_if<Mask>(&held->data);
  if (mask != nullptr) {
    to.mask = block.array<mmdeploy_instance_mask_t>(1);
    // Not a char array: uint8_t is what the pixels are, and any memory may be looked at as char.
    to.mask->data = reinterpret_cast<char*>(block.copy(mask->pixels.get(), area(mask->width, mask->height)));
    to.mask->width = mask->width;
    to.mask->height = mask->height;
  }
}

void fill(mmdeploy_rotated_detection_t& to, const Value& from, Block&) {
  fill_label(to, from);
  auto box = numbers_of(field(from, "rbbox"), 5, "rbbox of five numbers");
  for (size_t i = 0; i < 5; i++) {
    to.rbbox[i] = static_cast<float>(box[i]);
  }
}

void fill(mmdeploy_text_detection_t& to, const Value& from, Block&) {
  auto box = numbers_of(field(from, "bbox"), 8, "bbox of four corners");
  for (size_t i = 0; i < 4; i++) {
    to.bbox[i] = {static_cast<float>(box[2 * i]), static_cast<float>(box[2 * i + 1])};
  }
  to.score = float_field(from, "score");
}

void fill(mmdeploy_segmentation_t& to, const Value& from, Block& block) {
  const auto* map = std::get_if<ClassMap>(&from.data);
  if (map == nullptr) {
    throw Failure(MMDEPLOY_E_FAIL, "the value has another shape than is expected: no map of classes");
  }
  const avocet_segmentation_t& s = **map;
  to.height = s.height;
  to.width = s.width;
  to.classes = s.classes;
  size_t pixels = area(s.width, s.height);
  if (s.scores != nullptr) {
    to.score = block.copy(s.scores, pixels * static_cast<size_t>(s.classes));
  } else {
    to.mask = block.copy(s.labels, pixels);
  }
}

void fill(mmdeploy_mat_t& to, const Value& from, Block& block) {
  Picture picture = picture_of(from, "picture");
  bool gray = picture->format == AVOCET_GRAY8;
  if (!gray && picture->format != AVOCET_RGB) {
    throw Failure(MMDEPLOY_E_FAIL, "the picture is neither RGB nor GRAY8");
  }
  to.height = picture->height;
  to.width = picture->width;
  to.channel = gray ? 1 : 3;
  to.format = gray ? MMDEPLOY_PIXEL_FORMAT_GRAYSCALE : MMDEPLOY_PIXEL_FORMAT_RGB;
  to.type = MMDEPLOY_DATA_TYPE_UINT8;
  size_t row = static_cast<size_t>(to.width) * static_cast<size_t>(to.channel);
  to.data = block.array<uint8_t>(row * static_cast<size_t>(to.height));
  const auto* pixels = static_cast<const uint8_t*>(picture->planes[0].data);
  for (size_t y = 0; y < static_cast<size_t>(to.height); y++) {
    std::memcpy(to.data + y * row, pixels + y * static_cast<size_t>(picture->planes[0].stride), row);
  }
}

void fill(mmdeploy_pose_detection_t& to, const Value& from, Block& block) {
  const List& points = list_of(field(from, "key_points"), "list of key points");
  to.length = static_cast<int>(points.size());
  to.point = block.array<mmdeploy_point_t>(points.size());
  to.score = block.array<float>(points.size());
  for (size_t i = 0; i < points.size(); i++) {
    auto place = numbers_of(field(points[i], "bbox"), 2, "bbox of x and y");
    to.point[i] = {static_cast<float>(place[0]), static_cast<float>(place[1])};
    to.score[i] = float_field(points[i], "score");
  }
}

void fill(mmdeploy_text_recognition_t& to, const Value& from, Block& block) {
  const std::string& text = text_of(field(from, "text"), "text");
  to.text = block.copy(text.c_str(), text.size() + 1);
  const List& scores = list_of(field(from, "score"), "list of scores");
  to.length = static_cast<int>(scores.size());
  to.score = block.array<float>(scores.size());
  for (size_t i = 0; i < scores.size(); i++) {
    to.score[i] = static_cast<float>(number_of(scores[i], "score"));
  }
}

const List& first_output(const Value& output) {
  const List& outputs = list_of(output, "list of outputs");
  if (outputs.empty()) {
    throw Failure(MMDEPLOY_E_FAIL, "the value has another shape than is expected: no outputs");
  }
  return list_of(outputs[0], "list of samples");
}

const List& entries(const Value& sample) {
  const Value* detections = find(sample, "detections");
  return list_of(detections == nullptr ? sample : *detections, "list of entries");
}

}  // namespace mm
