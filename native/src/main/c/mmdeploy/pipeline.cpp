// SPDX-License-Identifier: Apache-2.0
// mmdeploy/pipeline.h
#include <mmdeploy/pipeline.h>

#include "json.hpp"
#include "tasks.hpp"

namespace mm {
namespace {

// The pipeline itself: MMDeploy's files have it under a key.
const Value& unwrapped(const Value& config) {
  const Value* inner = find(config, "type") == nullptr ? find(config, "pipeline") : nullptr;
  return inner == nullptr ? config : *inner;
}

std::vector<std::string> input_names(const Value& pipeline) {
  const Value* input = find(pipeline, "input");
  require(input != nullptr, "config: no input");
  std::vector<std::string> names;
  if (const auto* one = std::get_if<std::string>(&input->data)) {
    names.push_back(*one);
  } else {
    for (const Value& name : list_of(*input, "list of inputs")) {
      names.push_back(text_of(name, "name of an input"));
    }
  }
  return names;
}

void open_pipeline(const Value& config, const Settings& settings, mmdeploy_pipeline_t* pipeline) {
  std::vector<std::string> inputs = input_names(unwrapped(config));
  std::vector<avocet_named_model_t> models;
  for (const auto& [name, model] : settings.models) {
    models.push_back({name.c_str(), model->id});
  }
  avocet_options_t options = options_of(settings);
  avocet_pipeline_t handle = nullptr;
  check(avocet_pipeline_create_from_json(to_json(config).c_str(), nullptr, models.data(),
                                         static_cast<int32_t>(models.size()), &options, &handle));
  auto task = std::make_shared<Task>(Kind::PIPELINE, handle, settings);
  task->inputs = std::move(inputs);
  *pipeline = static_cast<mmdeploy_pipeline_t>(publish(std::move(task)));
}

}  // namespace
}  // namespace mm

using namespace mm;

extern "C" {

int mmdeploy_pipeline_create_v3(mmdeploy_value_t config, mmdeploy_context_t context, mmdeploy_pipeline_t* pipeline) {
  return guarded([=] {
    require(pipeline != nullptr, "pipeline=NULL");
    open_pipeline(value_of(config), settings_of(context), pipeline);
  });
}

int mmdeploy_pipeline_create_from_model(mmdeploy_model_t model, mmdeploy_context_t context,
                                        mmdeploy_pipeline_t* pipeline) {
  return guarded([=] { open(Kind::PIPELINE, model, settings_of(context), pipeline); });
}

int mmdeploy_pipeline_apply(mmdeploy_pipeline_t pipeline, mmdeploy_value_t input, mmdeploy_value_t* output) {
  return guarded([=] { run_value(Kind::PIPELINE, pipeline, input, output); });
}

int mmdeploy_pipeline_apply_async(mmdeploy_pipeline_t pipeline, mmdeploy_sender_t input, mmdeploy_sender_t* output) {
  return guarded([=] { run_sender(Kind::PIPELINE, pipeline, input, output); });
}

void mmdeploy_pipeline_destroy(mmdeploy_pipeline_t pipeline) {
  guarded([=] { close_task(pipeline, Kind::PIPELINE); });
}
}
