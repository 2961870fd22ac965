/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "stock.h"

static void fill_handles(stock_t* stock) {
  char detector[PATH_SIZE];
  char pose[PATH_SIZE];
  path_of(detector, "%s/conformance/cases/tracker-people/detector", shared_folder());
  path_of(pose, "%s/conformance/cases/tracker-people/model", shared_folder());
  for (int32_t i = 0; i < 2; i++) {
    void** handles = i == 0 ? stock->stale : stock->live;
    for (int32_t task = 0; task < TASK_COUNT; task++) {
      handles[task] = open_small(task);
    }
    avocet_model_t model = NULL;
    avocet_pose_tracker_t tracker = NULL;
    avocet_pose_tracker_state_t state = NULL;
    ok(avocet_model_create_by_path(detector, &model));
    ok(avocet_pose_tracker_create_by_path(detector, pose, NULL, &tracker));
    ok(avocet_pose_tracker_create_state(tracker, NULL, &state));
    handles[MODEL] = model;
    handles[TRACKER] = tracker;
    handles[STATE] = state;
  }
}

static void destroy_handles(void** handles) {
  for (int32_t task = 0; task < TASK_COUNT; task++) {
    ok(TASKS[task].destroy(handles[task]));
  }
  ok(avocet_model_destroy(handles[MODEL]));
  ok(avocet_pose_tracker_destroy_state(handles[STATE]));
  ok(avocet_pose_tracker_destroy(handles[TRACKER]));
}

static void fill_results(stock_t* stock, const void** results) {
  const char* text = NULL;
  const avocet_devices_t* devices = NULL;
  const avocet_image_t* picture = NULL;
  const avocet_tracked_poses_t* poses = NULL;
  char path[PATH_SIZE];
  for (int32_t task = 0; task < TASK_COUNT; task++) {
    ok(TASKS[task].apply(stock->live[task], stock->pictures, 2, NULL, &results[task]));
  }
  avocet_pose_tracker_state_t state = stock->live[STATE];
  ok(avocet_pose_tracker_apply(stock->live[TRACKER], &state, stock->pictures, NULL, 1, &poses));
  ok(avocet_stats_json(stock->live[CLASSIFIER], &text));
  ok(avocet_image_read(path_of(path, "%s/assets/images/mnist_28.png", shared_folder()), &picture));
  ok(avocet_device_list(&devices));
  results[TRACKED] = poses;
  results[TEXT] = text;
  results[PICTURE] = picture;
  results[DEVICES] = devices;
}

static void release_results(const void** results) {
  for (int32_t task = 0; task < TASK_COUNT; task++) {
    ok(TASKS[task].release(results[task]));
  }
  ok(avocet_pose_tracker_release_result(results[TRACKED]));
  ok(avocet_string_release(results[TEXT]));
  ok(avocet_image_release(results[PICTURE]));
  ok(avocet_device_release_list(results[DEVICES]));
}

/* A released address may be that of a live result. */
static void forget_reused(stock_t* stock) {
  for (int32_t i = 0; i < RESULT_COUNT; i++) {
    for (int32_t j = 0; j < RESULT_COUNT; j++) {
      if (stock->released[i] == stock->results[j]) {
        stock->released[i] = NULL;
      }
    }
  }
}

void stock_fill(stock_t* stock, uint64_t seed) {
  memset(stock, 0, sizeof *stock);
  stock->random.state = seed;
  for (int32_t i = 0; i < COUNT_OF(stock->pictures); i++) {
    stock->pictures[i] = make_picture(PICTURE_WIDTH, PICTURE_HEIGHT);
  }
  stock->zip = read_bytes(getenv("AVOCET_SMALL_ZIP"), &stock->zip_bytes);
  stock->bytes = malloc(stock->zip_bytes > NOISE_BYTES ? stock->zip_bytes : NOISE_BYTES);
  assert_non_null(stock->bytes);
  fill_handles(stock);
  destroy_handles(stock->stale);
  fill_results(stock, stock->released);
  const void* released[RESULT_COUNT];
  memcpy(released, stock->released, sizeof released);
  release_results(released);
  fill_results(stock, stock->results);
  forget_reused(stock);
}

void stock_empty(stock_t* stock) {
  release_results(stock->results);
  destroy_handles(stock->live);
  for (int32_t i = 0; i < COUNT_OF(stock->pictures); i++) {
    free_picture(&stock->pictures[i]);
  }
  free(stock->zip);
  free(stock->bytes);
}
