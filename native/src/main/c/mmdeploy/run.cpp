// SPDX-License-Identifier: Apache-2.0
#include "run.hpp"

#include <algorithm>
#include <cmath>

namespace mm {
namespace {

template <typename R>
std::shared_ptr<const R> owned(const R* results, int32_t (*release)(const R*)) {
  return std::shared_ptr<const R>(results, release);
}

// Pictures, side by side as Avocet takes them.
std::vector<avocet_image_t> images_of(const List& samples) {
  std::vector<avocet_image_t> images;
  for (const Value& sample : samples) {
    images.push_back(*picture_of_sample(sample));
  }
  return images;
}

// One output.
Value answer(List samples) { return list({list(std::move(samples))}); }

Value labels(const avocet_classifications_t& found) {
  List items;
  for (int32_t i = 0; i < found.count; i++) {
    items.push_back(object({{"label_id", integer(found.items[i].class_id)}, {"score", real(found.items[i].score)}}));
  }
  return list(std::move(items));
}

// Runs a task whose one input is pictures, and makes a value of each one's part of the answer.
template <typename H, typename R, typename F>
Value run_images(H handle, const Value& input,
                 int32_t (*apply)(H, const avocet_image_t*, int32_t, const avocet_call_options_t*, const R**),
                 int32_t (*release)(const R*), F convert) {
  auto images = images_of(samples_of(input, 0, 1));
  if (images.empty()) {
    return answer({});
  }
  const R* results = nullptr;
  check(apply(handle, images.data(), static_cast<int32_t>(images.size()), nullptr, &results));
  auto owner = owned(results, release);
  List samples;
  for (size_t i = 0; i < images.size(); i++) {
    // Parts of the answer keep all of it alive.
    samples.push_back(convert(std::shared_ptr<const R>(owner, results + i), images[i]));
  }
  return answer(std::move(samples));
}

Value run_classifier(AvocetHandle handle, const Value& input) {
  return run_images(static_cast<avocet_classifier_t>(handle), input, avocet_classifier_apply,
                    avocet_classifier_release_result,
                    [](const auto& found, const avocet_image_t&) { return labels(*found); });
}

// Users paste a mask where its box says, or at the origin if it is as large as the picture: any other becomes so.
Mask mask_of(const std::shared_ptr<const avocet_mask_t>& mask, const avocet_rect_t& box, const avocet_image_t& image) {
  bool whole = mask->width == image.width && mask->height == image.height && mask->x == 0 && mask->y == 0;
  bool in_place = static_cast<float>(mask->x) == std::max(std::floor(box.left) - 1, 0.f) &&
                  static_cast<float>(mask->y) == std::max(std::floor(box.top) - 1, 0.f) &&
                  mask->x + int64_t{mask->width} <= image.width && mask->y + int64_t{mask->height} <= image.height;
  if (whole || in_place) {
    return {mask->width, mask->height, std::shared_ptr<const uint8_t>(mask, mask->data)};
  }
  auto width = static_cast<size_t>(image.width);
  auto height = static_cast<size_t>(image.height);
  std::shared_ptr<uint8_t> pixels(new uint8_t[width * height](), std::default_delete<uint8_t[]>());
  int64_t left = std::max(mask->x, 0);
  int64_t right = std::min<int64_t>(mask->x + int64_t{mask->width}, image.width);
  int64_t bottom = std::min<int64_t>(mask->y + int64_t{mask->height}, image.height);
  for (int64_t y = std::max(mask->y, 0); y < bottom && left < right; y++) {
    const uint8_t* row = mask->data + (y - mask->y) * mask->width;
    std::copy(row + (left - mask->x), row + (right - mask->x), pixels.get() + y * image.width + left);
  }
  return {image.width, image.height, pixels};
}

Value run_detector(AvocetHandle handle, const Value& input) {
  return run_images(
      static_cast<avocet_detector_t>(handle), input, avocet_detector_apply, avocet_detector_release_result,
      [](const std::shared_ptr<const avocet_detections_t>& found, const avocet_image_t& image) {
        List items;
        for (int32_t i = 0; i < found->count; i++) {
          const avocet_detection_t& d = found->items[i];
          Object fields = {{"label_id", integer(d.class_id)},
                           {"score", real(d.score)},
                           {"bbox", list({real(d.box.left), real(d.box.top), real(d.box.right), real(d.box.bottom)})}};
          if (d.mask != nullptr) {
            auto mask = std::shared_ptr<const avocet_mask_t>(found, d.mask);
            fields.emplace_back("mask", Value{mask_of(mask, d.box, image)});
          }
          items.push_back(object(std::move(fields)));
        }
        return list(std::move(items));
      });
}

Value run_segmentor(AvocetHandle handle, const Value& input) {
  return run_images(static_cast<avocet_segmentor_t>(handle), input, avocet_segmentor_apply,
                    avocet_segmentor_release_result,
                    [](const ClassMap& map, const avocet_image_t&) { return Value{map}; });
}

Value run_restorer(AvocetHandle handle, const Value& input) {
  return run_images(static_cast<avocet_restorer_t>(handle), input, avocet_restorer_apply,
                    avocet_restorer_release_result,
                    [](const Picture& picture, const avocet_image_t&) { return Value{picture}; });
}

Value run_rotated_detector(AvocetHandle handle, const Value& input) {
  return run_images(
      static_cast<avocet_rotated_detector_t>(handle), input, avocet_rotated_detector_apply,
      avocet_rotated_detector_release_result, [](const auto& found, const avocet_image_t&) {
        List items;
        for (int32_t i = 0; i < found->count; i++) {
          const avocet_rotated_detection_t& d = found->items[i];
          items.push_back(
              object({{"label_id", integer(d.class_id)},
                      {"score", real(d.score)},
                      {"rbbox", list({real(d.cx), real(d.cy), real(d.width), real(d.height), real(d.angle)})}}));
        }
        return object({{"detections", list(std::move(items))}});
      });
}

Value run_text_detector(AvocetHandle handle, const Value& input) {
  return run_images(static_cast<avocet_text_detector_t>(handle), input, avocet_text_detector_apply,
                    avocet_text_detector_release_result, [](const auto& found, const avocet_image_t&) {
                      List items;
                      for (int32_t i = 0; i < found->count; i++) {
                        List corners;
                        for (const avocet_point_t& corner : found->items[i].quad.corners) {
                          corners.push_back(real(corner.x));
                          corners.push_back(real(corner.y));
                        }
                        items.push_back(object(
                            {{"bbox", list(std::move(corners))}, {"score", real(found->items[i].score)}}));
                      }
                      return list(std::move(items));
                    });
}

// Pictures with regions: samples that follow each other on one picture share it.
template <typename REGION>
struct Regions {
  std::vector<avocet_image_t> images;
  std::vector<REGION> regions;
  std::vector<int32_t> counts;
  const avocet_image_t* last = nullptr;

  void add(const Picture& picture, const REGION& region) {
    if (picture.get() != last) {
      images.push_back(*picture);
      counts.push_back(0);
      last = picture.get();
    }
    regions.push_back(region);
    counts.back()++;
  }

  int32_t count() const { return static_cast<int32_t>(images.size()); }
};

// The box that Avocet makes one pixel wider and higher again.
avocet_rect_t rect_of(const Value& sample, const avocet_image_t& image) {
  const Value* box = find(sample, "bbox");
  if (box == nullptr || box->is_null()) {
    return {0, 0, static_cast<float>(image.width - 1), static_cast<float>(image.height - 1)};
  }
  const List& items = list_of(*box, "bbox");
  auto numbers = numbers_of(*box, items.size() == 5 ? 5 : 4, "bbox of x, y, width, height");
  return {static_cast<float>(numbers[0]), static_cast<float>(numbers[1]),
          static_cast<float>(numbers[0] + numbers[2] - 1), static_cast<float>(numbers[1] + numbers[3] - 1)};
}

Value pose(const avocet_pose_t& found) {
  List points;
  for (int32_t i = 0; i < found.count; i++) {
    const avocet_keypoint_t& p = found.keypoints[i];
    points.push_back(object({{"bbox", list({real(p.x), real(p.y)})}, {"score", real(p.score)}}));
  }
  return object({{"key_points", list(std::move(points))}});
}

Value run_pose_detector(AvocetHandle handle, const Value& input) {
  Regions<avocet_rect_t> regions;
  for (const Value& sample : samples_of(input, 0, 1)) {
    Picture picture = picture_of_sample(sample);
    regions.add(picture, rect_of(sample, *picture));
  }
  if (regions.images.empty()) {
    return answer({});
  }
  const avocet_poses_t* results = nullptr;
  check(avocet_pose_detector_apply_boxes(static_cast<avocet_pose_detector_t>(handle), regions.images.data(),
                                         regions.count(), regions.regions.data(), regions.counts.data(), nullptr,
                                         &results));
  auto owner = owned(results, avocet_pose_detector_release_result);
  List samples;
  for (int32_t i = 0; i < regions.count(); i++) {
    for (int32_t j = 0; j < results[i].count; j++) {
      samples.push_back(pose(results[i].items[j]));
    }
  }
  return answer(std::move(samples));
}

Value text_value(const avocet_text_t& found) {
  List scores;
  for (int32_t i = 0; i < found.score_count; i++) {
    scores.push_back(real(found.scores[i]));
  }
  return object({{"text", text(found.text)}, {"score", list(std::move(scores))}});
}

void append(const avocet_texts_t* results, int32_t count, List& texts) {
  auto owner = owned(results, avocet_text_recognizer_release_result);
  for (int32_t i = 0; i < count; i++) {
    for (int32_t j = 0; j < results[i].count; j++) {
      texts.push_back(text_value(results[i].items[j]));
    }
  }
}

avocet_quad_t quad_of(const Value& region) {
  auto numbers = numbers_of(field(region, "bbox"), 8, "bbox of four corners");
  avocet_quad_t quad;
  for (size_t i = 0; i < 4; i++) {
    quad.corners[i] = {static_cast<float>(numbers[2 * i]), static_cast<float>(numbers[2 * i + 1])};
  }
  return quad;
}

Value run_text_recognizer(AvocetHandle handle, const Value& input) {
  auto recognizer = static_cast<avocet_text_recognizer_t>(handle);
  size_t inputs = list_of(input, "list of inputs").size();
  const List& pictures = samples_of(input, 0, inputs == 1 ? 1 : 2);
  const List whole(pictures.size());
  const List& places = inputs == 1 ? whole : samples_of(input, 1, 2);
  if (places.size() != pictures.size()) {
    throw Failure(MMDEPLOY_E_FAIL, "the value has another shape than is expected: not as many regions as pictures");
  }
  std::vector<avocet_image_t> lines;
  Regions<avocet_quad_t> regions;
  for (size_t i = 0; i < pictures.size(); i++) {
    Picture picture = picture_of_sample(pictures[i]);
    if (places[i].is_null()) {
      lines.push_back(*picture);
    } else {
      regions.add(picture, quad_of(places[i]));
    }
  }
  List whole_texts;
  List region_texts;
  const avocet_texts_t* results = nullptr;
  if (!lines.empty()) {
    auto count = static_cast<int32_t>(lines.size());
    check(avocet_text_recognizer_apply(recognizer, lines.data(), count, nullptr, &results));
    append(results, count, whole_texts);
  }
  if (!regions.images.empty()) {
    check(avocet_text_recognizer_apply_quads(recognizer, regions.images.data(), regions.count(),
                                             regions.regions.data(), regions.counts.data(), nullptr, &results));
    append(results, regions.count(), region_texts);
  }
  List samples;
  size_t next_whole = 0;
  size_t next_region = 0;
  for (const Value& place : places) {
    samples.push_back(place.is_null() ? whole_texts.at(next_whole++) : region_texts.at(next_region++));
  }
  return answer(std::move(samples));
}

Value run_video_recognizer(AvocetHandle handle, const Value& input) {
  std::vector<avocet_image_t> frames;
  std::vector<avocet_clips_t> videos;
  for (const Value& video : samples_of(input, 0, 1)) {
    const List& samples = list_of(video, "list of frames");
    auto length = samples.empty() ? 0 : int_field(samples[0], "clip_len");
    auto clips = samples.empty() ? 0 : int_field(samples[0], "num_clips");
    if (length < 1 || clips < 1 || int64_t{length} * clips != static_cast<int64_t>(samples.size())) {
      throw Failure(MMDEPLOY_E_FAIL, "the value has another shape than is expected: not clip_len * num_clips frames");
    }
    videos.push_back({length, clips});
    auto images = images_of(samples);
    frames.insert(frames.end(), images.begin(), images.end());
  }
  if (videos.empty()) {
    return answer({});
  }
  const avocet_classifications_t* results = nullptr;
  check(avocet_video_recognizer_apply(static_cast<avocet_video_recognizer_t>(handle), frames.data(), videos.data(),
                                      static_cast<int32_t>(videos.size()), nullptr, &results));
  auto owner = owned(results, avocet_video_recognizer_release_result);
  List samples;
  for (size_t i = 0; i < videos.size(); i++) {
    samples.push_back(labels(results[i]));
  }
  return answer(std::move(samples));
}

template <typename H, int32_t (*CREATE)(avocet_model_t, const avocet_options_t*, H*)>
AvocetHandle create(avocet_model_t model, const avocet_options_t& options) {
  H handle = nullptr;
  check(CREATE(model, &options, &handle));
  return handle;
}

template <typename H, int32_t (*DESTROY)(H)>
void destroy(AvocetHandle handle) {
  DESTROY(static_cast<H>(handle));
}

// A pipeline that a model describes reads "img", as MMDeploy's exporter calls it.
Value run_img_pipeline(AvocetHandle handle, const Value& input) {
  return run_pipeline(static_cast<avocet_pipeline_t>(handle), {"img"}, input);
}

#define FUNCTIONS(NAME, TASK)                                                                                 \
  {                                                                                                           \
    NAME, create<avocet_##TASK##_t, avocet_##TASK##_create>, run_##TASK,                                      \
        destroy<avocet_##TASK##_t, avocet_##TASK##_destroy>                                                   \
  }

}  // namespace

const Functions& functions_of(Kind kind) {
  // In the order of Kind. A tracker is made of two models and has no values, so it has no functions here.
  static const Functions all[] = {
      FUNCTIONS("Classifier", classifier),
      FUNCTIONS("Detector", detector),
      FUNCTIONS("Segmentor", segmentor),
      FUNCTIONS("Restorer", restorer),
      FUNCTIONS("RotatedDetector", rotated_detector),
      FUNCTIONS("PoseDetector", pose_detector),
      FUNCTIONS("TextDetector", text_detector),
      FUNCTIONS("TextRecognizer", text_recognizer),
      FUNCTIONS("VideoRecognizer", video_recognizer),
      {"PoseTracker", nullptr, nullptr, destroy<avocet_pose_tracker_t, avocet_pose_tracker_destroy>},
      {"Pipeline", create<avocet_pipeline_t, avocet_pipeline_create>, run_img_pipeline,
       destroy<avocet_pipeline_t, avocet_pipeline_destroy>},
  };
  return all[static_cast<size_t>(kind)];
}

avocet_options_t options_of(const Settings& settings) {
  avocet_options_t options;
  check(avocet_options_init(&options));
  options.device = settings.device.name.c_str();
  if (auto* batch = dynamic_cast<BatchScheduler*>(settings.scheduler().get())) {
    // What the network can take is less where its batch axis is fixed; 1024 is the most that Avocet takes.
    options.max_batch = static_cast<int32_t>(std::min<size_t>(batch->most(), 1024));
  }
  return options;
}

const List& samples_of(const Value& input, size_t index, size_t inputs) {
  const List& all = list_of(input, "list of inputs");
  if (all.size() != inputs) {
    throw Failure(MMDEPLOY_E_FAIL, "the value has " + std::to_string(all.size()) + " inputs, expected " +
                                       std::to_string(inputs));
  }
  return list_of(all[index], "list of samples");
}

Picture picture_of_sample(const Value& sample) {
  // A picture itself, as restorers and CropBox answer, goes into the next handle too.
  const auto* picture = std::get_if<Picture>(&sample.data);
  return picture != nullptr ? *picture : picture_of(field(sample, "ori_img"), "picture");
}

}  // namespace mm
