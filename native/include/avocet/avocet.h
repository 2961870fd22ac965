/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file avocet.h
 * Everything of the C API. docs/getting-started-c.md begins at the beginning.
 */
#ifndef AVOCET_AVOCET_H
#define AVOCET_AVOCET_H

#include "classifier.h"
#include "common.h"
#include "detector.h"
#include "device.h"
#include "image.h"
#include "model.h"
#include "options.h"
#include "pipeline.h"
#include "pose_detector.h"
#include "pose_tracker.h"
#include "restorer.h"
#include "rotated_detector.h"
#include "segmentor.h"
#include "text_detector.h"
#include "text_recognizer.h"
#include "video_recognizer.h"

#endif
