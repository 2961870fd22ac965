// SPDX-License-Identifier: Apache-2.0
// Gathers inputs of one handle and runs them together.
#pragma once

#include "sender.hpp"

namespace mm {

class Batcher : public std::enable_shared_from_this<Batcher> {
 public:
  using Run = std::function<Outcome(const Value&)>;

  Batcher(std::shared_ptr<BatchScheduler> scheduler, Run run)
      : scheduler_(std::move(scheduler)), run_(std::move(run)) {}

  // Gathers an input; whoever runs the batch calls the receiver.
  void add(Value input, Receiver receiver);

  // Runs what is gathered in this thread; what comes later does not wait.
  void close();

 private:
  struct Item {
    Value input;
    size_t samples;
    Receiver receiver;
  };
  using Batch = std::vector<Item>;

  Batch take();
  void flush_later();
  void run_later(Batch batch, bool late);
  void run(Batch batch);
  bool run_together(const Batch& batch);

  std::shared_ptr<BatchScheduler> scheduler_;
  Run run_;
  std::mutex mutex_;
  Batch gathered_;
  size_t samples_ = 0;
  // Counts batches, so that a timer knows whether its own has gone already.
  uint64_t round_ = 0;
  bool closed_ = false;
};

}  // namespace mm
