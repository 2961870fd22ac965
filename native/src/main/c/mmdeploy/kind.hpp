// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace mm {

// What a handle does, and what an answer is of.
enum class Kind {
  CLASSIFIER,
  DETECTOR,
  SEGMENTOR,
  RESTORER,
  ROTATED_DETECTOR,
  POSE_DETECTOR,
  TEXT_DETECTOR,
  TEXT_RECOGNIZER,
  VIDEO_RECOGNIZER,
  POSE_TRACKER,
  PIPELINE
};

}  // namespace mm
