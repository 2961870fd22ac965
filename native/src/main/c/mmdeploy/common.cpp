// SPDX-License-Identifier: Apache-2.0
// Values of mmdeploy/common.h, and mmdeploy/avocet_extensions.h
#include <mmdeploy/avocet_extensions.h>

#include "json.hpp"
#include "picture.hpp"
#include "tasks.hpp"

namespace mm {

void give_input(const mmdeploy_mat_t* mats, int count, mmdeploy_value_t* value) {
  require(value != nullptr, "value=NULL");
  *value = give(input_of(mats, count));
}

Value input_of(const mmdeploy_mat_t* mats, int count) {
  List samples;
  for (Picture& view : views_of(mats, count)) {
    samples.push_back(sample_of(std::move(view)));
  }
  return list({list(std::move(samples))});
}

}  // namespace mm

using namespace mm;

extern "C" {

mmdeploy_value_t mmdeploy_value_copy(mmdeploy_value_t value) {
  return guarded_handle([=] { return give(value_of(value)); });
}

void mmdeploy_value_destroy(mmdeploy_value_t value) {
  guarded([=] { values().take(value); });
}

int mmdeploy_common_create_input(const mmdeploy_mat_t* mats, int mat_count, mmdeploy_value_t* value) {
  return guarded([=] { give_input(mats, mat_count, value); });
}

int mmdeploy_value_create_from_json(const char* json, mmdeploy_value_t* value) {
  return guarded([=] {
    require(value != nullptr, "value=NULL");
    *value = give(parse_json(json));
  });
}

const char* mmdeploy_value_json(mmdeploy_value_t value) {
  return guarded_handle([=] {
    auto box = values().get(value, "value: NULL, destroyed already, or no value at all");
    std::call_once(box->once, [&] { box->json = to_json(box->value); });
    return box->json.c_str();
  });
}

const char* mmdeploy_last_error(void) { return last_error(); }
}
