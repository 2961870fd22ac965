/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file examples.h
 * Makes the calls of expected.txt's examples through the C API. Each has its picture twice, and a tracker two videos, so
 * that batches are compared too.
 */
#ifndef AVOCET_TEST_EXAMPLES_H
#define AVOCET_TEST_EXAMPLES_H

#include <avocet/avocet.h>
#include <stdio.h>

enum { EXAMPLE_KINDS = 13, EXAMPLE_PICTURES = 8, EXAMPLE_REGIONS = 64 };

/** An example, as far as its lines have been read. */
typedef struct example_t {
  const char* model;
  const char* picture;
  /** What it has besides its pictures. */
  avocet_rect_t boxes[EXAMPLE_REGIONS];
  avocet_quad_t quads[EXAMPLE_REGIONS];
  int32_t regions;
  avocet_clips_t clips;
  /** The pictures, and then the same again. */
  avocet_image_t images[2 * EXAMPLE_PICTURES];
  /** The tracker that is open, and its two videos. */
  avocet_pose_tracker_t tracker;
  avocet_pose_tracker_state_t states[2];
} example_t;

/** A task, or another way to call it, by the word in expected.txt. */
typedef struct kind_t {
  const char* name;
  /** Makes the call and writes the entries of either answer, a line each. */
  void (*call)(const example_t* example, FILE* out[2]);
} kind_t;

extern const kind_t KINDS[EXAMPLE_KINDS];

/** Opens a tracker and two states. */
void begin_videos(example_t* example);

/** Closes them, if there are any. */
void end_videos(example_t* example);

#endif
