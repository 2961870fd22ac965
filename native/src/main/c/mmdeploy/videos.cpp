// SPDX-License-Identifier: Apache-2.0
// Tasks on videos: recognizers and pose trackers.
#include <mmdeploy/pose_tracker.h>

#include "picture.hpp"
#include "tasks.hpp"

namespace mm {
namespace {

Value video_input(const mmdeploy_mat_t* images, const mmdeploy_video_sample_info_t* infos, int count) {
  require(count >= 0 && count <= MAX_ITEMS, "video_count is outside 0..1000000");
  require(count == 0 || (images != nullptr && infos != nullptr), "images=NULL or video_info=NULL");
  List videos;
  for (int i = 0; i < count; i++) {
    int64_t frames = int64_t{infos[i].clip_len} * infos[i].num_clips;
    require(infos[i].clip_len > 0 && infos[i].num_clips > 0 && frames <= MAX_ITEMS,
            "video_info: clip_len and num_clips must be 1 or more, and their product at most 1000000");
    List samples;
    for (Picture& view : views_of(images, static_cast<int>(frames))) {
      samples.push_back(object({{"ori_img", {std::move(view)}},
                                {"clip_len", integer(infos[i].clip_len)},
                                {"num_clips", integer(infos[i].num_clips)}}));
    }
    images += frames;
    videos.push_back(list(std::move(samples)));
  }
  return list({list(std::move(videos))});
}

avocet_tracker_params_t params_of(const mmdeploy_pose_tracker_param_t& from) {
  avocet_tracker_params_t to;
  check(avocet_tracker_params_init(&to));
  to.detection_interval = from.det_interval;
  to.detection_label = from.det_label;
  to.detection_threshold = from.det_thr;
  to.detection_min_size = from.det_min_bbox_size;
  to.detection_nms_threshold = from.det_nms_thr;
  to.max_poses = from.pose_max_num_bboxes;
  to.keypoint_threshold = from.pose_kpt_thr;
  to.min_keypoints = from.pose_min_keypoints;
  to.box_scale = from.pose_bbox_scale;
  to.min_box_size = from.pose_min_bbox_size;
  to.pose_nms_threshold = from.pose_nms_thr;
  to.keypoint_sigmas = from.keypoint_sigmas;
  to.keypoint_sigma_count = from.keypoint_sigmas == nullptr ? 0 : from.keypoint_sigmas_size;
  to.track_iou_threshold = from.track_iou_thr;
  to.max_missing = from.track_max_missing;
  to.history_size = from.track_history_size;
  to.position_weight = from.std_weight_position;
  to.velocity_weight = from.std_weight_velocity;
  to.smoothing_beta = from.smooth_params[0];
  to.smoothing_cutoff = from.smooth_params[1];
  to.velocity_cutoff = from.smooth_params[2];
  return to;
}

void default_params(mmdeploy_pose_tracker_param_t& to) {
  to = {};
  to.det_interval = 1;
  to.det_thr = .5f;
  to.det_min_bbox_size = -1;
  to.det_nms_thr = .7f;
  to.pose_max_num_bboxes = -1;
  to.pose_kpt_thr = .5f;
  to.pose_min_keypoints = -1;
  to.pose_bbox_scale = 1.25f;
  to.pose_nms_thr = .5f;
  to.track_iou_thr = .4f;
  to.track_max_missing = 10;
  to.track_history_size = 1;
  to.std_weight_position = 1 / 20.f;
  to.std_weight_velocity = 1 / 160.f;
  to.smooth_params[0] = .007f;
  to.smooth_params[1] = 1;
  to.smooth_params[2] = 1;
}

void open_tracker(mmdeploy_model_t det_model, mmdeploy_model_t pose_model, mmdeploy_context_t context,
                  mmdeploy_pose_tracker_t* tracker) {
  require(tracker != nullptr, "pipeline=NULL");
  ModelPtr detection = model_of(det_model);
  ModelPtr pose = model_of(pose_model);
  Settings settings = settings_of(context);
  // They have no effect, and a batch makes no sense where each frame needs the one before it.
  settings.schedulers.clear();
  avocet_options_t options = options_of(settings);
  avocet_pose_tracker_t handle = nullptr;
  check(avocet_pose_tracker_create(detection->id, pose->id, &options, &handle));
  *tracker = static_cast<mmdeploy_pose_tracker_t>(
      publish(std::make_shared<Task>(Kind::POSE_TRACKER, handle, settings)));
  if (auto found = contexts().find(context)) {
    found->change([&](Settings& s) {
      std::swap(s.models["detection"], detection);
      std::swap(s.models["pose"], pose);
    });
  }
}

void fill(mmdeploy_pose_tracker_target_t& to, const avocet_tracked_pose_t& from, Block& block) {
  auto count = static_cast<size_t>(from.keypoint_count);
  to.keypoint_count = from.keypoint_count;
  to.keypoints = block.array<mmdeploy_point_t>(count);
  to.scores = block.array<float>(count);
  for (size_t i = 0; i < count; i++) {
    to.keypoints[i] = {from.keypoints[i].x, from.keypoints[i].y};
    to.scores[i] = from.keypoints[i].score;
  }
  to.bbox = {from.box.left, from.box.top, from.box.right, from.box.bottom};
  to.target_id = static_cast<uint32_t>(from.id);
}

struct Targets {
  mmdeploy_pose_tracker_target_t* all;
  int32_t* counts;
};

Targets targets_of(const avocet_tracked_poses_t* frames, size_t count) {
  Block block;
  Targets targets = {};
  targets.counts = block.array<int32_t>(count);
  size_t total = 0;
  for (size_t i = 0; i < count; i++) {
    targets.counts[i] = frames[i].count;
    total += static_cast<size_t>(frames[i].count);
  }
  targets.all = block.array<mmdeploy_pose_tracker_target_t>(total);
  mmdeploy_pose_tracker_target_t* next = targets.all;
  for (size_t i = 0; i < count; i++) {
    for (int32_t j = 0; j < frames[i].count; j++) {
      fill(*next++, frames[i].items[j], block);
    }
  }
  keep(Kind::POSE_TRACKER, targets.all, std::move(block));
  return targets;
}

Targets track(mmdeploy_pose_tracker_t tracker, mmdeploy_pose_tracker_state_t* states, const mmdeploy_mat_t* frames,
              const int32_t* use_detect, int32_t count) {
  TaskPtr task = task_of(tracker, Kind::POSE_TRACKER);
  auto views = views_of(frames, count);
  require(count == 0 || states != nullptr, "states=NULL");
  if (views.empty()) {
    return targets_of(nullptr, 0);
  }
  std::vector<avocet_image_t> images;
  std::vector<avocet_pose_tracker_state_t> ids;
  for (size_t i = 0; i < views.size(); i++) {
    images.push_back(*views[i]);
    ids.push_back(reinterpret_cast<avocet_pose_tracker_state_t>(states[i]));
  }
  const avocet_tracked_poses_t* found = nullptr;
  task->timed([&] {
    check(avocet_pose_tracker_apply(static_cast<avocet_pose_tracker_t>(task->handle), ids.data(), images.data(),
                                    use_detect, count, &found));
  });
  std::shared_ptr<const avocet_tracked_poses_t> owner(found, avocet_pose_tracker_release_result);
  return targets_of(found, views.size());
}

}  // namespace
}  // namespace mm

using namespace mm;

extern "C" {

MM_TASK_HANDLE(video_recognizer, VIDEO_RECOGNIZER)

int mmdeploy_video_recognizer_create_input(const mmdeploy_mat_t* images,
                                           const mmdeploy_video_sample_info_t* video_info, int video_count,
                                           mmdeploy_value_t* value) {
  return guarded([=] {
    require(value != nullptr, "value=NULL");
    *value = give(video_input(images, video_info, video_count));
  });
}

int mmdeploy_video_recognizer_apply(mmdeploy_video_recognizer_t recognizer, const mmdeploy_mat_t* images,
                                    const mmdeploy_video_sample_info_t* video_info, int video_count,
                                    mmdeploy_video_recognition_t** results, int** result_count) {
  return guarded([=] {
    answer(Kind::VIDEO_RECOGNIZER, recognizer, video_input(images, video_info, video_count), results, result_count);
  });
}

int mmdeploy_video_recognizer_get_result(mmdeploy_value_t output, mmdeploy_video_recognition_t** results,
                                         int** result_count) {
  return guarded([=] {
    require(results != nullptr && result_count != nullptr, "results=NULL or result_count=NULL");
    give_results(Kind::VIDEO_RECOGNIZER, value_of(output), results, result_count);
  });
}

void mmdeploy_video_recognizer_release_result(mmdeploy_video_recognition_t* results, int*, int) {
  release(Kind::VIDEO_RECOGNIZER, results);
}

int mmdeploy_pose_tracker_default_params(mmdeploy_pose_tracker_param_t* params) {
  return guarded([=] {
    require(params != nullptr, "params=NULL");
    default_params(*params);
  });
}

int mmdeploy_pose_tracker_create(mmdeploy_model_t det_model, mmdeploy_model_t pose_model, mmdeploy_context_t context,
                                 mmdeploy_pose_tracker_t* pipeline) {
  return guarded([=] { open_tracker(det_model, pose_model, context, pipeline); });
}

void mmdeploy_pose_tracker_destroy(mmdeploy_pose_tracker_t pipeline) {
  guarded([=] { close_task(pipeline, Kind::POSE_TRACKER); });
}

int mmdeploy_pose_tracker_create_state(mmdeploy_pose_tracker_t pipeline, const mmdeploy_pose_tracker_param_t* params,
                                       mmdeploy_pose_tracker_state_t* state) {
  return guarded([=] {
    TaskPtr task = task_of(pipeline, Kind::POSE_TRACKER);
    require(state != nullptr, "state=NULL");
    mmdeploy_pose_tracker_param_t defaults;
    default_params(defaults);
    avocet_tracker_params_t converted = params_of(params == nullptr ? defaults : *params);
    avocet_pose_tracker_state_t id = nullptr;
    check(avocet_pose_tracker_create_state(static_cast<avocet_pose_tracker_t>(task->handle), &converted, &id));
    *state = reinterpret_cast<mmdeploy_pose_tracker_state_t>(id);
  });
}

void mmdeploy_pose_tracker_destroy_state(mmdeploy_pose_tracker_state_t state) {
  guarded([=] {
    if (state != nullptr) {
      check(avocet_pose_tracker_destroy_state(reinterpret_cast<avocet_pose_tracker_state_t>(state)));
    }
  });
}

int mmdeploy_pose_tracker_apply(mmdeploy_pose_tracker_t pipeline, mmdeploy_pose_tracker_state_t* states,
                                const mmdeploy_mat_t* frames, const int32_t* use_detect, int32_t count,
                                mmdeploy_pose_tracker_target_t** results, int32_t** result_count) {
  return guarded([=] {
    require(results != nullptr && result_count != nullptr, "results=NULL or result_count=NULL");
    Targets targets = track(pipeline, states, frames, use_detect, count);
    *results = targets.all;
    *result_count = targets.counts;
  });
}

void mmdeploy_pose_tracker_release_result(mmdeploy_pose_tracker_target_t* results, const int32_t*, int) {
  release(Kind::POSE_TRACKER, results);
}
}
