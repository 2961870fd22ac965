// SPDX-License-Identifier: Apache-2.0
// What handles are opened with.
#pragma once

#include <mmdeploy/model.h>

#include <map>

#include "profiler.hpp"
#include "scheduler.hpp"

namespace mm {

struct Device {
  bool gpu = false;
  // As avocet_options_t takes it.
  std::string name = "cpu";
};

// A model of Avocet's that closes when the last who needs it has gone.
class Model {
 public:
  explicit Model(avocet_model_t id) : id(id) {}
  Model(const Model&) = delete;
  Model& operator=(const Model&) = delete;
  ~Model() { avocet_model_destroy(id); }

  const avocet_model_t id;
};

using ModelPtr = std::shared_ptr<Model>;

// What a context holds; a copy is what a handle is opened with.
struct Settings {
  Device device;
  std::map<std::string, ModelPtr> models;
  std::map<std::string, SchedulerPtr> schedulers;
  std::shared_ptr<Profiler> profiler;

  // The one to run on, or nothing.
  SchedulerPtr scheduler() const;
};

class Context {
 public:
  Settings settings() const;

  template <typename F>
  void change(F function) {
    std::lock_guard<std::mutex> lock(mutex_);
    function(settings_);
  }

 private:
  mutable std::mutex mutex_;
  Settings settings_;
};

Device device_named(const char* name, int id);

Table<Device, HandleKind::DEVICE>& devices();
Table<Context, HandleKind::CONTEXT>& contexts();

// A model by the handle that mmdeploy_model_create gave, which is Avocet's.
ModelPtr model_of(const void* handle);

// What a context holds; of NULL the defaults.
Settings settings_of(mmdeploy_context_t context);

}  // namespace mm
