/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Finds people and their key points: one network finds the people, another the points in each one's box. Prints each
 * person's limbs as lines from point to point; the models count their points as COCO does.
 * usage: pose DETECTOR POSE PICTURE
 */
#include <avocet/avocet.h>
#include <stdio.h>
#include <stdlib.h>

/* From which to which point each limb goes. */
static const struct {
  const char* name;
  int from;
  int to;
} limbs[] = {{"left upper arm", 5, 7},  {"left forearm", 7, 9},   {"right upper arm", 6, 8}, {"right forearm", 8, 10},
             {"shoulders", 5, 6},       {"left side", 5, 11},     {"right side", 6, 12},     {"hips", 11, 12},
             {"left thigh", 11, 13},    {"left shank", 13, 15},   {"right thigh", 12, 14},   {"right shank", 14, 16}};

/* Whether a call went well; says what did not. */
static int ok(int32_t status, const char* what) {
  if (status != AVOCET_OK) {
    fprintf(stderr, "%s: %s: %s\n", what, avocet_status_name(status), avocet_last_error());
  }
  return status == AVOCET_OK;
}

static void print(const avocet_pose_t* pose) {
  size_t i;
  for (i = 0; pose->count == 17 && i < sizeof limbs / sizeof *limbs; i++) {
    const avocet_keypoint_t* a = &pose->keypoints[limbs[i].from];
    const avocet_keypoint_t* b = &pose->keypoints[limbs[i].to];
    if (a->score > 0.3F && b->score > 0.3F) {
      printf("  %-15s %.0f,%.0f - %.0f,%.0f\n", limbs[i].name, a->x, a->y, b->x, b->y);
    }
  }
}

/* The points in the boxes of the people; all boxes share runs of the network. */
static int find_points(avocet_pose_detector_t detector, const avocet_image_t* image, const avocet_detections_t* people) {
  const avocet_poses_t* poses = NULL;
  int32_t i;
  int done;
  /* One more than needed: malloc may answer NULL for no bytes. */
  avocet_rect_t* boxes = malloc(((size_t)people->count + 1) * sizeof *boxes);
  if (boxes == NULL) {
    fprintf(stderr, "out of memory\n");
    return 0;
  }
  for (i = 0; i < people->count; i++) {
    boxes[i] = people->items[i].box;
  }
  done = ok(avocet_pose_detector_apply_boxes(detector, image, 1, boxes, &people->count, NULL, &poses), "posing");
  for (i = 0; done && i < poses->count; i++) {
    printf("person %.3f  %.0f %.0f %.0f %.0f\n", people->items[i].score, boxes[i].left, boxes[i].top, boxes[i].right,
           boxes[i].bottom);
    print(&poses->items[i]);
  }
  avocet_pose_detector_release_result(poses);
  free(boxes);
  return done;
}

int main(int argc, char** argv) {
  const int32_t person = 0; /* COCO's number */
  avocet_detector_t detector = NULL;
  avocet_pose_detector_t pose_detector = NULL;
  const avocet_image_t* image = NULL;
  const avocet_detections_t* people = NULL;
  avocet_call_options_t options;
  int done;
  if (argc != 4) {
    fprintf(stderr, "usage: %s DETECTOR POSE PICTURE\n", argv[0]);
    return 2;
  }
  avocet_call_options_init(&options);
  options.classes = &person;
  options.class_count = 1;
  done = ok(avocet_detector_create_by_path(argv[1], NULL, &detector), argv[1]) &&
         ok(avocet_pose_detector_create_by_path(argv[2], NULL, &pose_detector), argv[2]) &&
         ok(avocet_image_read(argv[3], &image), argv[3]) &&
         ok(avocet_detector_apply(detector, image, 1, &options, &people), argv[3]) &&
         find_points(pose_detector, image, people);
  avocet_detector_release_result(people);
  avocet_image_release(image);
  /* Destroying NULL answers INVALID_ARG and does nothing else. */
  avocet_pose_detector_destroy(pose_detector);
  avocet_detector_destroy(detector);
  return done ? 0 : 1;
}
