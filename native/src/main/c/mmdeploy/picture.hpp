// SPDX-License-Identifier: Apache-2.0
// MMDeploy's pictures as Avocet's.
#pragma once

#include "value.hpp"

namespace mm {

// A view; throws MMDEPLOY_E_INVALID_ARG for a picture that cannot be.
Picture view_of(const mmdeploy_mat_t& mat);

// Views of count pictures; throws the same.
std::vector<Picture> views_of(const mmdeploy_mat_t* mats, int count);

// {"ori_img": picture}
Value sample_of(Picture picture);

}  // namespace mm
