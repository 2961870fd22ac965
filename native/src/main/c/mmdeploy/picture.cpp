// SPDX-License-Identifier: Apache-2.0
#include "picture.hpp"

#include "context.hpp"

namespace mm {
namespace {

int32_t format_of(int format) {
  switch (format) {
    case MMDEPLOY_PIXEL_FORMAT_BGR:
      return AVOCET_BGR;
    case MMDEPLOY_PIXEL_FORMAT_RGB:
      return AVOCET_RGB;
    case MMDEPLOY_PIXEL_FORMAT_GRAYSCALE:
      return AVOCET_GRAY8;
    case MMDEPLOY_PIXEL_FORMAT_NV12:
      return AVOCET_NV12;
    case MMDEPLOY_PIXEL_FORMAT_NV21:
      return AVOCET_NV21;
    case MMDEPLOY_PIXEL_FORMAT_BGRA:
      return AVOCET_BGRA;
    default:
      throw Failure(MMDEPLOY_E_INVALID_ARG, "mat.format=" + std::to_string(format) + ": unknown");
  }
}

int32_t memory_of(mmdeploy_device_t device) {
  if (device == nullptr) {
    return AVOCET_MEMORY_HOST;
  }
  auto found = devices().get(device, "mat.device: destroyed already, or no device at all");
  return found->gpu ? AVOCET_MEMORY_CUDA : AVOCET_MEMORY_HOST;
}

}  // namespace

Picture view_of(const mmdeploy_mat_t& mat) {
  require(mat.data != nullptr, "mat.data=NULL");
  require(raw(mat.type) == MMDEPLOY_DATA_TYPE_UINT8, "mat.type: only MMDEPLOY_DATA_TYPE_UINT8 is taken");
  auto image = std::make_shared<avocet_image_t>();
  if (avocet_image_wrap(image.get(), format_of(raw(mat.format)), mat.width, mat.height, mat.data, 0) != AVOCET_OK) {
    throw Failure(MMDEPLOY_E_INVALID_ARG, avocet_last_error());
  }
  image->memory = memory_of(mat.device);
  return image;
}

std::vector<Picture> views_of(const mmdeploy_mat_t* mats, int count) {
  require(count >= 0 && count <= MAX_ITEMS, "the count of pictures is outside 0..1000000");
  require(count == 0 || mats != nullptr, "mats=NULL");
  std::vector<Picture> views;
  for (int i = 0; i < count; i++) {
    views.push_back(view_of(mats[i]));
  }
  return views;
}

Value sample_of(Picture picture) { return object({{"ori_img", {std::move(picture)}}}); }

}  // namespace mm
