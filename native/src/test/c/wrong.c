/* SPDX-License-Identifier: Apache-2.0 */
#include "wrong.h"

#include <math.h>
#include <string.h>

int32_t wrong_number(random_t* random, int32_t count) {
  const int32_t wrong[] = {-1, count, count + 1, INT32_MAX, INT32_MIN, -count, 255};
  return wrong[below(random, COUNT_OF(wrong))];
}

void* wrong_handle(stock_t* stock, int32_t kind) {
  random_t* random = &stock->random;
  int32_t other = (kind + 1 + below(random, KIND_COUNT - 1)) % KIND_COUNT;
  uintptr_t own = (uintptr_t)stock->live[kind];
  switch (below(random, 8)) {
    case 0:
      return NULL;
    case 1:
      return stock->stale[below(random, KIND_COUNT)];
    case 2:
      return stock->live[other];
    case 3:
      /* Another generation, another slot, another type. */
      return (void*)(own ^ ((uintptr_t)1 << below(random, 64)));
    case 4:
      return stock;
    case 5:
      return (void*)(uintptr_t)stock->results[below(random, RESULT_COUNT)];
    case 6:
      return (void*)(uintptr_t)(below(random, 1000) + 1);
    default:
      return (void*)(uintptr_t)next(random);
  }
}

const void* wrong_result(stock_t* stock, int32_t kind) {
  random_t* random = &stock->random;
  int32_t other = (kind + 1 + below(random, RESULT_COUNT - 1)) % RESULT_COUNT;
  const void* released = stock->released[below(random, RESULT_COUNT)];
  const char* own = stock->results[kind];
  switch (below(random, 7)) {
    case 0:
      return stock->results[other];
    case 1:
      return released != NULL ? released : stock;
    case 2:
      /* Inside of a live result. */
      return own + 1 + below(random, 64);
    case 3:
      return own - 1 - below(random, 64);
    case 4:
      return &stock->values;
    case 5:
      return stock->live[below(random, KIND_COUNT)];
    default:
      return (const void*)(uintptr_t)(next(random) | 1);
  }
}

static void spoil_size(random_t* random, avocet_image_t* image) {
  const int32_t sizes[] = {0, -1, INT32_MIN};
  int32_t size = sizes[below(random, COUNT_OF(sizes))];
  switch (below(random, 5)) {
    case 0:
      image->width = size;
      break;
    case 1:
      image->height = size;
      break;
    case 2:
      /* A row longer than the stride. */
      image->width = INT32_MAX - below(random, 1000);
      break;
    case 3:
      /* Above 2 GiB, with a stride that would do. */
      image->width = image->format == AVOCET_GRAY8 ? 1 << 20 : 1 << 18;
      image->height = (1 << 12) + 2 * below(random, 1 << 20);
      for (int i = 0; i < 3; i++) {
        image->planes[i].stride = INT32_MAX;
      }
      break;
    default:
      image->format = AVOCET_NV12 + below(random, 4);
      image->width = 3;
      image->height = 2;
      image->planes[1] = image->planes[0];
      image->planes[2] = image->planes[0];
  }
}

void spoil_image(random_t* random, avocet_image_t* image) {
  switch (below(random, 8)) {
    case 0:
      image->size = (uint32_t)below(random, (int32_t)sizeof *image);
      break;
    case 1:
      image->size = (uint32_t)INT32_MAX + (uint32_t)below(random, 1000);
      break;
    case 2:
      image->format = wrong_number(random, 10);
      break;
    case 3:
      image->rotation = wrong_number(random, 4);
      break;
    case 4:
      image->memory = wrong_number(random, 2);
      break;
    case 5:
      image->planes[0].data = NULL;
      break;
    case 6: {
      const int32_t strides[] = {0, -1, 1, image->width * 3 - 1, -image->width * 3, INT32_MIN};
      image->planes[0].stride = strides[below(random, COUNT_OF(strides))];
      break;
    }
    default:
      spoil_size(random, image);
  }
}

const avocet_image_t* wrong_images(stock_t* stock, int32_t* count) {
  random_t* random = &stock->random;
  memcpy(stock->images, stock->pictures, sizeof stock->images);
  *count = 1 + below(random, COUNT_OF(stock->images));
  int32_t wrong = below(random, *count);
  spoil_image(random, &stock->images[wrong]);
  if (wrong > 0) {
    /* The first one's size counts for all. */
    stock->images[wrong].size = stock->images[0].size;
    if (memcmp(&stock->images[wrong], &stock->pictures[wrong], sizeof *stock->images) == 0) {
      stock->images[wrong].planes[0].data = NULL;
    }
  }
  return stock->images;
}

static const char* noise(stock_t* stock, int32_t length) {
  for (int32_t i = 0; i < length; i++) {
    stock->text[i] = (char)(1 + below(&stock->random, 255));
  }
  stock->text[length] = '\0';
  return stock->text;
}

const avocet_options_t* wrong_options(stock_t* stock) {
  random_t* random = &stock->random;
  avocet_options_t* options = &stock->options;
  avocet_options_init(options);
  switch (below(random, 9)) {
    case 0:
      options->size = (uint32_t)below(random, (int32_t)sizeof *options);
      break;
    case 1:
      options->threads = wrong_number(random, 1025);
      break;
    case 2:
      options->device = noise(stock, below(random, 100));
      break;
    case 3:
      options->concurrency = wrong_number(random, 1025);
      break;
    case 4:
      options->max_batch = wrong_number(random, 1025);
      break;
    case 5:
      options->plan = wrong_number(random, 4);
      break;
    case 6:
      options->engine_option_count = below(random, 2) == 0 ? -1 - below(random, 100) : 1 + below(random, 100);
      break;
    case 7:
      stock->engine_options[0].name = below(random, 2) == 0 ? NULL : noise(stock, 20);
      stock->engine_options[0].value = "1";
      options->engine_options = stock->engine_options;
      options->engine_option_count = 1;
      break;
    default:
      options->device = below(random, 2) == 0 ? "cpu:1:2:3" : "nothing:of:the:kind";
  }
  /* 255 is a number of threads, of slots and of pictures; what noise would be right is made wrong. */
  if (options->threads == 255 || options->concurrency == 255 || options->max_batch == 255) {
    options->plan = -1;
  }
  if (options->device != NULL && strcmp(options->device, "cpu") == 0) {
    options->device = "";
  }
  return options;
}

static void wrong_region(random_t* random, avocet_call_options_t* options) {
  const int32_t places[] = {-1, PICTURE_WIDTH, INT32_MAX, INT32_MIN, 0};
  const int32_t sizes[] = {PICTURE_WIDTH + 1, INT32_MAX, -1, INT32_MIN};
  options->region_x = places[below(random, COUNT_OF(places))];
  options->region_y = places[below(random, COUNT_OF(places))];
  options->region_width = sizes[below(random, COUNT_OF(sizes))];
  options->region_height = sizes[below(random, COUNT_OF(sizes))];
}

const avocet_call_options_t* wrong_call_options(stock_t* stock) {
  random_t* random = &stock->random;
  avocet_call_options_t* options = &stock->call_options;
  avocet_call_options_init(options);
  switch (below(random, 6)) {
    case 0:
      options->size = (uint32_t)below(random, (int32_t)sizeof *options);
      break;
    case 1:
      options->top_k = -1 - below(random, INT32_MAX);
      break;
    case 2: {
      const float thresholds[] = {NAN, INFINITY, 1.5F, 1e30F};
      options->score_threshold = thresholds[below(random, COUNT_OF(thresholds))];
      break;
    }
    case 3:
      options->class_count = below(random, 2) == 0 ? -1 - below(random, 100) : 1 + below(random, 100);
      break;
    default:
      wrong_region(random, options);
  }
  return options;
}

const char* wrong_path(stock_t* stock) {
  random_t* random = &stock->random;
  char* text = stock->text;
  switch (below(random, 9)) {
    case 0:
      return NULL;
    case 1:
      return "";
    case 2:
      return path_of(text, "%s/conformance/cases", shared_folder());
    case 3:
      return path_of(text, "%s/conformance/README.md", shared_folder());
    case 4:
      return path_of(text, "%s/nothing/of/the/kind", shared_folder());
    case 5:
      return "/dev/null";
    case 6:
      return "/proc/self/mem";
    case 7:
      memset(text, 'x', sizeof stock->text - 1);
      text[sizeof stock->text - 1] = '\0';
      return text;
    default:
      return noise(stock, 1 + below(random, 200));
  }
}

static const char PIPELINE_JSON[] =
    "{\"type\":\"Pipeline\",\"input\":\"img\",\"output\":\"x\",\"tasks\":[{\"type\":\"Inference\",\"input\":\"img\","
    "\"output\":\"x\",\"params\":{\"model\":\"nothing\"}}]}";

const char* wrong_json(stock_t* stock) {
  random_t* random = &stock->random;
  char* text = stock->text;
  switch (below(random, 6)) {
    case 0:
      return NULL;
    case 1:
      return "";
    case 2:
      return noise(stock, 1 + below(random, 1000));
    case 3: {
      int32_t depth = 1 + below(random, (int32_t)sizeof stock->text - 2);
      memset(text, below(random, 2) == 0 ? '[' : '{', (size_t)depth);
      text[depth] = '\0';
      return text;
    }
    case 4:
      memcpy(text, PIPELINE_JSON, sizeof PIPELINE_JSON);
      text[below(random, (int32_t)sizeof PIPELINE_JSON - 1)] = (char)(1 + below(random, 255));
      return text;
    default:
      memcpy(text, PIPELINE_JSON, sizeof PIPELINE_JSON);
      text[below(random, (int32_t)sizeof PIPELINE_JSON - 1)] = '\0';
      return text;
  }
}

const void* wrong_bytes(stock_t* stock, size_t* bytes) {
  random_t* random = &stock->random;
  *bytes = (size_t)below(random, NOISE_BYTES);
  switch (below(random, 5)) {
    case 0:
      *bytes = 0;
      return below(random, 2) == 0 ? NULL : stock->bytes;
    case 1:
      return NULL;
    case 2:
      for (size_t i = 0; i < *bytes; i++) {
        stock->bytes[i] = (uint8_t)next(random);
      }
      return stock->bytes;
    case 3:
      /* Cut off. */
      *bytes = (size_t)below(random, (int32_t)stock->zip_bytes);
      return memcpy(stock->bytes, stock->zip, *bytes);
    default:
      *bytes = stock->zip_bytes;
      memcpy(stock->bytes, stock->zip, *bytes);
      for (int32_t i = 1 + below(random, 20); i > 0; i--) {
        stock->bytes[below(random, (int32_t)*bytes)] = (uint8_t)next(random);
      }
      return stock->bytes;
  }
}

/* A right input to begin with: an object with the list img of one picture. */
static avocet_value_t* right_values(stock_t* stock) {
  avocet_value_t* values = stock->values;
  memset(values, 0, sizeof stock->values);
  stock->images[0] = stock->pictures[0];
  stock->names[0] = "img";
  values[0].kind = AVOCET_VALUE_OBJECT;
  values[0].count = 1;
  values[0].names = stock->names;
  values[0].items = &values[1];
  values[1].kind = AVOCET_VALUE_LIST;
  values[1].count = 1;
  values[1].items = &values[2];
  values[2].kind = AVOCET_VALUE_IMAGE;
  values[2].image = &stock->images[0];
  return values;
}

const avocet_value_t* wrong_values(stock_t* stock) {
  random_t* random = &stock->random;
  avocet_value_t* values = right_values(stock);
  avocet_value_t* any = &values[below(random, 3)];
  switch (below(random, 11)) {
    case 0:
      return NULL;
    case 1:
      any->kind = wrong_number(random, 9);
      break;
    case 2:
      values[below(random, 2)].count = -1 - below(random, INT32_MAX);
      break;
    case 3:
      values[below(random, 2)].items = NULL;
      break;
    case 4:
      values[0].names = NULL;
      break;
    case 5:
      stock->names[0] = below(random, 2) == 0 ? NULL : noise(stock, below(random, 50));
      break;
    case 6:
      values[2].image = NULL;
      break;
    case 7:
      spoil_image(random, &stock->images[0]);
      break;
    case 8:
      /* A tree that never ends. */
      values[2].kind = AVOCET_VALUE_LIST;
      values[2].count = 1;
      values[2].items = &values[1 + below(random, 2)];
      break;
    case 9:
      values[2].kind = AVOCET_VALUE_TEXT;
      values[2].text = below(random, 2) == 0 ? NULL : noise(stock, below(random, 200));
      break;
    default:
      /* Not NULL: of nothing, networks make nothing. */
      any->kind = AVOCET_VALUE_BOOL + below(random, 4);
  }
  return values;
}

const avocet_tracker_params_t* wrong_params(stock_t* stock) {
  random_t* random = &stock->random;
  avocet_tracker_params_t* params = &stock->params;
  avocet_tracker_params_init(params);
  const float wrong[] = {NAN, INFINITY, -INFINITY, -2, 1e30F};
  float number = wrong[below(random, COUNT_OF(wrong))];
  float* const floats[] = {&params->detection_threshold, &params->detection_nms_threshold, &params->box_scale,
                           &params->pose_nms_threshold,  &params->track_iou_threshold,     &params->position_weight,
                           &params->velocity_weight,     &params->smoothing_beta,          &params->smoothing_cutoff,
                           &params->velocity_cutoff};
  int32_t* const counts[] = {&params->detection_interval, &params->detection_label, &params->max_missing,
                             &params->history_size};
  switch (below(random, 4)) {
    case 0:
      params->size = (uint32_t)below(random, (int32_t)sizeof *params);
      break;
    case 1:
      *counts[below(random, COUNT_OF(counts))] = -1 - below(random, INT32_MAX);
      break;
    case 2:
      stock->sigma = number;
      params->keypoint_sigmas = &stock->sigma;
      params->keypoint_sigma_count = below(random, 3) == 0 ? -1 - below(random, 100) : 1;
      break;
    default:
      *floats[below(random, COUNT_OF(floats))] = number;
  }
  return params;
}
