// SPDX-License-Identifier: Apache-2.0
// Values as answers in MMDeploy's layouts.
#pragma once

#include <mmdeploy/classifier.h>
#include <mmdeploy/detector.h>
#include <mmdeploy/pose_detector.h>
#include <mmdeploy/restorer.h>
#include <mmdeploy/rotated_detector.h>
#include <mmdeploy/segmentor.h>
#include <mmdeploy/text_recognizer.h>
#include <mmdeploy/video_recognizer.h>

#include "results.hpp"
#include "value.hpp"

namespace mm {

// Each fills in one entry from a value of what answers a task; throws MMDEPLOY_E_FAIL for another shape.
void fill(mmdeploy_classification_t& to, const Value& from, Block& block);
void fill(mmdeploy_video_recognition_t& to, const Value& from, Block& block);
void fill(mmdeploy_detection_t& to, const Value& from, Block& block);
void fill(mmdeploy_rotated_detection_t& to, const Value& from, Block& block);
void fill(mmdeploy_text_detection_t& to, const Value& from, Block& block);
void fill(mmdeploy_segmentation_t& to, const Value& from, Block& block);
void fill(mmdeploy_mat_t& to, const Value& from, Block& block);
void fill(mmdeploy_pose_detection_t& to, const Value& from, Block& block);
void fill(mmdeploy_text_recognition_t& to, const Value& from, Block& block);

// The first output: what there is of each sample.
const List& first_output(const Value& output);

// The entries of one sample of a task that finds any number of things.
const List& entries(const Value& sample);

// One entry a sample.
template <typename R>
void give_results(Kind kind, const Value& output, R** results) {
  const List& samples = first_output(output);
  Block block;
  R* all = block.array<R>(samples.size());
  for (size_t i = 0; i < samples.size(); i++) {
    fill(all[i], samples[i], block);
  }
  keep(kind, all, std::move(block));
  *results = all;
}

// Any number of entries a sample, with their counts.
template <typename R>
void give_results(Kind kind, const Value& output, R** results, int** result_count) {
  const List& samples = first_output(output);
  Block block;
  int* counts = block.array<int>(samples.size());
  size_t total = 0;
  for (size_t i = 0; i < samples.size(); i++) {
    counts[i] = static_cast<int>(entries(samples[i]).size());
    total += entries(samples[i]).size();
  }
  R* all = block.array<R>(total);
  R* next = all;
  for (const Value& sample : samples) {
    for (const Value& entry : entries(sample)) {
      fill(*next++, entry, block);
    }
  }
  keep(kind, all, std::move(block));
  *results = all;
  *result_count = counts;
}

}  // namespace mm
