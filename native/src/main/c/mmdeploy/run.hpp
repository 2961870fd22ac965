// SPDX-License-Identifier: Apache-2.0
// Calls of Avocet's handles on values: a list with a list for each input, an entry a sample, in; the same of outputs
// out.
#pragma once

#include "context.hpp"
#include "kind.hpp"

namespace mm {

// Avocet's handle of any kind.
using AvocetHandle = void*;

// Avocet's functions of a kind that one model makes.
struct Functions {
  const char* name;
  AvocetHandle (*create)(avocet_model_t model, const avocet_options_t& options);
  Value (*run)(AvocetHandle handle, const Value& input);
  void (*destroy)(AvocetHandle handle);
};

const Functions& functions_of(Kind kind);

// Options with a context's device, and runs of networks as large as its batches.
avocet_options_t options_of(const Settings& settings);

// The list of samples of an input.
const List& samples_of(const Value& input, size_t index, size_t inputs);

// The picture of a sample.
Picture picture_of_sample(const Value& sample);

// Of a pipeline, whose inputs have names.
Value run_pipeline(avocet_pipeline_t pipeline, const std::vector<std::string>& names, const Value& input);

}  // namespace mm
