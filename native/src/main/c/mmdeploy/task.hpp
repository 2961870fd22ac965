// SPDX-License-Identifier: Apache-2.0
// Handles of tasks, pipelines and trackers.
#pragma once

#include "run.hpp"
#include "sender.hpp"

namespace mm {

class Batcher;

// A handle of Avocet's with what it was opened with.
class Task : public std::enable_shared_from_this<Task> {
 public:
  // Takes the handle over.
  Task(Kind kind, AvocetHandle handle, const Settings& settings);
  Task(const Task&) = delete;
  Task& operator=(const Task&) = delete;
  ~Task();

  // Runs on the context's scheduler, or here.
  void submit(Value input, const Receiver& receiver);

  // Runs here and now.
  Outcome run(const Value& input);

  // Calls a function and notes how long it took.
  template <typename F>
  void timed(F function) {
    auto start = Scope::Clock::now();
    function();
    if (scope_ != nullptr) {
      scope_->note(start, Scope::Clock::now());
    }
  }

  // Runs what is gathered, waits for the calls under way and closes the handle; later runs fail.
  void close();

  const Kind kind;
  const AvocetHandle handle;
  // A pipeline's inputs; of other kinds empty.
  std::vector<std::string> inputs;

 private:
  SchedulerPtr scheduler_;
  std::shared_ptr<Batcher> batcher_;
  std::shared_ptr<Scope> scope_;
  std::once_flag closed_;
};

using TaskPtr = std::shared_ptr<Task>;

// Opens a model for a kind and gives its handle, which is Avocet's.
void* open_task(Kind kind, const ModelPtr& model, const Settings& settings);

// Makes an opened task known, and gives its handle.
void* publish(TaskPtr task);

// A task of a kind; throws MMDEPLOY_E_INVALID_ARG. Pipelines may stand for any kind but trackers, and be stood for.
TaskPtr task_of(const void* handle, Kind kind);

void close_task(const void* handle, Kind kind);

// Runs a task on a value and waits.
Value run_and_wait(const TaskPtr& task, Value input);

// A sender that runs a task on what another sends.
SenderPtr apply_async(TaskPtr task, SenderPtr input);

}  // namespace mm
