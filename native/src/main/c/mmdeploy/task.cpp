// SPDX-License-Identifier: Apache-2.0
#include "task.hpp"

#include <unordered_map>

#include "batcher.hpp"

namespace mm {
namespace {

// Tasks by Avocet's ids.
class Tasks {
 public:
  void put(TaskPtr task) {
    std::lock_guard<std::mutex> lock(mutex_);
    const void* id = task->handle;
    tasks_[id] = std::move(task);
  }

  TaskPtr find(const void* id) const {
    std::lock_guard<std::mutex> lock(mutex_);
    auto found = tasks_.find(id);
    return found == tasks_.end() ? nullptr : found->second;
  }

  // Whether it was there.
  bool remove(const TaskPtr& task) {
    std::lock_guard<std::mutex> lock(mutex_);
    auto found = tasks_.find(task->handle);
    if (found == tasks_.end() || found->second != task) {
      return false;
    }
    tasks_.erase(found);
    return true;
  }

 private:
  mutable std::mutex mutex_;
  std::unordered_map<const void*, TaskPtr> tasks_;
};

Tasks& tasks() {
  static auto* table = new Tasks;
  return *table;
}

bool fits(Kind held, Kind asked) {
  if (held == Kind::POSE_TRACKER || asked == Kind::POSE_TRACKER) {
    return held == asked;
  }
  return held == asked || held == Kind::PIPELINE || asked == Kind::PIPELINE;
}

}  // namespace

Task::Task(Kind k, AvocetHandle h, const Settings& settings) : kind(k), handle(h), scheduler_(settings.scheduler()) {
  if (auto batch = std::dynamic_pointer_cast<BatchScheduler>(scheduler_)) {
    // The batcher is the task's, so it must not keep the task.
    batcher_ = std::make_shared<Batcher>(batch, [this](const Value& input) { return run(input); });
  }
  if (settings.profiler != nullptr) {
    scope_ = settings.profiler->add(functions_of(kind).name, handle);
  }
}

Task::~Task() { close(); }

void Task::submit(Value input, const Receiver& receiver) {
  // Whoever runs it needs the task.
  Receiver keeping = [self = shared_from_this(), receiver](Outcome outcome) { receiver(std::move(outcome)); };
  if (batcher_ != nullptr) {
    batcher_->add(std::move(input), std::move(keeping));
  } else if (scheduler_ != nullptr) {
    scheduler_->execute([this, input = std::move(input), keeping] { keeping(run(input)); });
  } else {
    keeping(run(input));
  }
}

Outcome Task::run(const Value& input) {
  Outcome outcome;
  try {
    timed([&] {
      outcome.value = inputs.empty() ? functions_of(kind).run(handle, input)
                                     : run_pipeline(static_cast<avocet_pipeline_t>(handle), inputs, input);
    });
  } catch (...) {
    outcome = caught_outcome();
  }
  return outcome;
}

void Task::close() {
  std::call_once(closed_, [this] {
    if (batcher_ != nullptr) {
      batcher_->close();
    }
    if (scope_ != nullptr) {
      scope_->finish();
    }
    functions_of(kind).destroy(handle);
  });
}

void* open_task(Kind kind, const ModelPtr& model, const Settings& settings) {
  AvocetHandle handle = functions_of(kind).create(model->id, options_of(settings));
  return publish(std::make_shared<Task>(kind, handle, settings));
}

void* publish(TaskPtr task) {
  void* handle = task->handle;
  tasks().put(std::move(task));
  return handle;
}

TaskPtr task_of(const void* handle, Kind kind) {
  TaskPtr task = tasks().find(handle);
  require(task != nullptr && fits(task->kind, kind), "handle: NULL, destroyed already, or of another task");
  return task;
}

void close_task(const void* handle, Kind kind) {
  if (handle == nullptr) {
    return;
  }
  TaskPtr task = task_of(handle, kind);
  // First: another handle may have this number as soon as Avocet has closed this one.
  if (tasks().remove(task)) {
    task->close();
  }
}

Value run_and_wait(const TaskPtr& task, Value input) {
  Outcome outcome = sync_wait(*apply_async(task, just(std::move(input))));
  if (outcome.status != MMDEPLOY_SUCCESS) {
    throw Failure(outcome.status, outcome.error);
  }
  return std::move(outcome.value);
}

SenderPtr apply_async(TaskPtr task, SenderPtr input) {
  return chain(std::move(input), [task = std::move(task)](Value value, const Receiver& receiver) {
    task->submit(std::move(value), receiver);
  });
}

}  // namespace mm
