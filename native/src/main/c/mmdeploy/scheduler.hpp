// SPDX-License-Identifier: Apache-2.0
// Where work runs.
#pragma once

#include <mmdeploy/executor.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <thread>

#include "table.hpp"

namespace mm {

using Work = std::function<void()>;

class Scheduler {
 public:
  Scheduler() = default;
  Scheduler(const Scheduler&) = delete;
  Scheduler& operator=(const Scheduler&) = delete;
  virtual ~Scheduler() = default;

  // Work is always done, once.
  virtual void execute(Work work) = 0;
};

using SchedulerPtr = std::shared_ptr<Scheduler>;

// Runs work in the thread that brings it.
class InlineScheduler final : public Scheduler {
 public:
  void execute(Work work) override { work(); }
};

// Work that waits; lives as long as a thread works on it.
class Queue;

// Threads that share a queue.
class PoolScheduler final : public Scheduler {
 public:
  explicit PoolScheduler(int threads);
  // Work that is queued is done. Waits for it, unless this is a thread of a pool itself, which might wait for itself.
  ~PoolScheduler() override;

  void execute(Work work) override;

 private:
  void end();

  std::shared_ptr<Queue> queue_;
  std::vector<std::thread> threads_;
};

// Gathers inputs of handles, see Batcher; all else is the other scheduler's.
class BatchScheduler final : public Scheduler {
 public:
  BatchScheduler(SchedulerPtr other, int most, int timeout_us);

  void execute(Work work) override { other_->execute(std::move(work)); }

  // The same for work that the timer's thread brings, which must not run it itself.
  void execute_late(Work work) { late_->execute(std::move(work)); }

  size_t most() const { return most_; }
  int timeout_us() const { return timeout_us_; }

 private:
  SchedulerPtr other_;
  SchedulerPtr late_;
  size_t most_;
  int timeout_us_;
};

const SchedulerPtr& system_pool();

// Calls something short after a time, from a thread of its own.
void call_later(std::chrono::microseconds delay, Work work);

// Something that happens once, and that threads wait for.
class Event {
 public:
  Event();

  void set();

  // A thread of a pool works meanwhile.
  void wait();

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::atomic<bool> set_{false};
  // The waiting thread's own.
  std::shared_ptr<Queue> queue_;
};

Table<Scheduler, HandleKind::SCHEDULER>& schedulers();

}  // namespace mm
