// SPDX-License-Identifier: Apache-2.0
#include "context.hpp"

#include <unordered_map>

#include <cstring>

namespace mm {
namespace {

// Models by Avocet's ids.
class Models {
 public:
  void put(ModelPtr model) {
    std::lock_guard<std::mutex> lock(mutex_);
    const void* id = model->id;
    models_[id] = std::move(model);
  }

  ModelPtr find(const void* id) const {
    std::lock_guard<std::mutex> lock(mutex_);
    auto found = models_.find(id);
    return found == models_.end() ? nullptr : found->second;
  }

  ModelPtr take(const void* id) {
    std::lock_guard<std::mutex> lock(mutex_);
    auto found = models_.find(id);
    if (found == models_.end()) {
      return nullptr;
    }
    ModelPtr model = std::move(found->second);
    models_.erase(found);
    return model;
  }

 private:
  mutable std::mutex mutex_;
  std::unordered_map<const void*, ModelPtr> models_;
};

Models& models() {
  static auto* table = new Models;
  return *table;
}

template <typename CREATE>
void open_model(CREATE create, mmdeploy_model_t* model) {
  avocet_model_t id = nullptr;
  int32_t status = create(&id);
  // MMDeploy has no status of its own for a file that is not there.
  check(status == AVOCET_FILE_NOT_FOUND ? AVOCET_FAIL : status);
  models().put(std::make_shared<Model>(id));
  *model = reinterpret_cast<mmdeploy_model_t>(id);
}

void add(Context& context, int type, const char* name, const void* object) {
  if (type == MMDEPLOY_TYPE_DEVICE) {
    auto device = devices().get(object, "device: NULL, destroyed already, or no device at all");
    context.change([&](Settings& s) { s.device = *device; });
  } else if (type == MMDEPLOY_TYPE_PROFILER) {
    auto profiler = profilers().get(object, "profiler: NULL, destroyed already, or no profiler at all");
    context.change([&](Settings& s) { s.profiler = profiler; });
  } else if (type == MMDEPLOY_TYPE_MODEL) {
    require(name != nullptr, "context: a model needs a name");
    auto model = model_of(object);
    context.change([&](Settings& s) { std::swap(s.models[name], model); });
  } else if (type == MMDEPLOY_TYPE_SCHEDULER) {
    require(name != nullptr, "context: a scheduler needs a name");
    auto scheduler = schedulers().get(object, "scheduler: NULL, destroyed already, or no scheduler at all");
    context.change([&](Settings& s) { std::swap(s.schedulers[name], scheduler); });
  } else {
    throw Failure(MMDEPLOY_E_NOT_SUPPORTED, "context: type=" + std::to_string(type) + " is not taken");
  }
}

}  // namespace

SchedulerPtr Settings::scheduler() const {
  for (const auto& entry : schedulers) {
    if (dynamic_cast<BatchScheduler*>(entry.second.get()) != nullptr) {
      return entry.second;
    }
  }
  return schedulers.empty() ? nullptr : schedulers.begin()->second;
}

Settings Context::settings() const {
  std::lock_guard<std::mutex> lock(mutex_);
  return settings_;
}

Device device_named(const char* name, int id) {
  require(name != nullptr, "device_name=NULL");
  if (std::strcmp(name, "cpu") == 0) {
    return {};
  }
  if (std::strcmp(name, "cuda") != 0 || id < 0) {
    throw Failure(MMDEPLOY_E_INVALID_ARG, std::string("device_name=") + name + ", device_id=" + std::to_string(id) +
                                              ": expected cpu, or cuda with a number from 0");
  }
  return {true, "cuda:" + std::to_string(id)};
}

Table<Device, HandleKind::DEVICE>& devices() {
  static auto* table = new Table<Device, HandleKind::DEVICE>;
  return *table;
}

Table<Context, HandleKind::CONTEXT>& contexts() {
  static auto* table = new Table<Context, HandleKind::CONTEXT>;
  return *table;
}

ModelPtr model_of(const void* handle) {
  ModelPtr model = models().find(handle);
  require(model != nullptr, "model: NULL, destroyed already, or no model at all");
  return model;
}

Settings settings_of(mmdeploy_context_t context) {
  if (context == nullptr) {
    return {};
  }
  return contexts().get(context, "context: destroyed already, or no context at all")->settings();
}

}  // namespace mm

using namespace mm;

extern "C" {

int mmdeploy_device_create(const char* device_name, int device_id, mmdeploy_device_t* device) {
  return guarded([=] {
    require(device != nullptr, "device=NULL");
    auto made = std::make_shared<Device>(device_named(device_name, device_id));
    *device = static_cast<mmdeploy_device_t>(devices().put(made));
  });
}

void mmdeploy_device_destroy(mmdeploy_device_t device) {
  guarded([=] { devices().take(device); });
}

int mmdeploy_context_create(mmdeploy_context_t* context) {
  return guarded([=] {
    require(context != nullptr, "context=NULL");
    *context = static_cast<mmdeploy_context_t>(contexts().put(std::make_shared<Context>()));
  });
}

int mmdeploy_context_create_by_device(const char* device_name, int device_id, mmdeploy_context_t* context) {
  return guarded([=] {
    require(context != nullptr, "context=NULL");
    Device device = device_named(device_name, device_id);
    auto made = std::make_shared<Context>();
    made->change([&](Settings& s) { s.device = device; });
    *context = static_cast<mmdeploy_context_t>(contexts().put(made));
  });
}

void mmdeploy_context_destroy(mmdeploy_context_t context) {
  guarded([=] { contexts().take(context); });
}

int mmdeploy_context_add(mmdeploy_context_t context, mmdeploy_context_type_t type, const char* name,
                         const void* object) {
  int number = raw(type);
  return guarded([=] {
    auto found = contexts().get(context, "context: NULL, destroyed already, or no context at all");
    add(*found, number, name, object);
  });
}

int mmdeploy_model_create_by_path(const char* path, mmdeploy_model_t* model) {
  return guarded([=] {
    require(path != nullptr && model != nullptr, "path=NULL or model=NULL");
    open_model([=](avocet_model_t* id) { return avocet_model_create_by_path(path, id); }, model);
  });
}

int mmdeploy_model_create(const void* buffer, int size, mmdeploy_model_t* model) {
  return guarded([=] {
    require(model != nullptr, "model=NULL");
    if (buffer == nullptr || size <= 0) {
      throw Failure(MMDEPLOY_E_FAIL, "buffer=NULL or size=" + std::to_string(size) + ": expected a file's bytes");
    }
    open_model([=](avocet_model_t* id) { return avocet_model_create(buffer, static_cast<size_t>(size), id); }, model);
  });
}

void mmdeploy_model_destroy(mmdeploy_model_t model) {
  guarded([=] { models().take(model); });
}
}
