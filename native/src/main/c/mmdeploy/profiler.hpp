// SPDX-License-Identifier: Apache-2.0
// When calls of handles start and end.
#pragma once

#include <chrono>

#include "value.hpp"

namespace mm {

// A stage of a handle: how often it ran, and its median time.
struct Stage {
  std::string name;
  int64_t count;
  double milliseconds;
};

// The calls of one handle.
class Scope {
 public:
  using Clock = std::chrono::steady_clock;

  struct Call {
    Clock::time_point start;
    Clock::time_point end;
  };

  Scope(std::string name, const void* handle) : name_(std::move(name)), handle_(handle) {}

  void note(Clock::time_point start, Clock::time_point end);

  // Asks the handle for its stages, the first time that this is called; later the handle may be closed.
  void finish();

  const std::string& name() const { return name_; }
  // To be called after finish only.
  const std::vector<Call>& calls() const { return calls_; }
  const std::vector<Stage>& stages() const { return stages_; }

 private:
  std::string name_;
  const void* handle_;
  std::mutex mutex_;
  bool finished_ = false;
  std::vector<Call> calls_;
  std::vector<Stage> stages_;
};

class Profiler {
 public:
  explicit Profiler(std::string path) : path_(std::move(path)) {}

  // A scope for a handle that is being opened.
  std::shared_ptr<Scope> add(const char* name, const void* handle);

  // Writes the file; throws where that fails.
  void write();

 private:
  std::string path_;
  std::mutex mutex_;
  std::vector<std::shared_ptr<Scope>> scopes_;
};

Table<Profiler, HandleKind::PROFILER>& profilers();

}  // namespace mm
