// SPDX-License-Identifier: Apache-2.0
#include "batcher.hpp"

#include <iterator>

namespace mm {
namespace {

// How many samples an input has: entries of its first list. What is no input at all fails when it is run.
size_t samples_in(const Value& input) {
  const auto* columns = std::get_if<std::shared_ptr<const List>>(&input.data);
  if (columns == nullptr || (*columns)->empty()) {
    return 1;
  }
  const auto* first = std::get_if<std::shared_ptr<const List>>(&(*columns)->front().data);
  return first == nullptr ? 1 : (*first)->size();
}

}  // namespace

void Batcher::add(Value input, Receiver receiver) {
  size_t count = samples_in(input);
  Batch before;
  Batch full;
  bool first = false;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (!gathered_.empty() && samples_ + count > scheduler_->most()) {
      before = take();
    }
    gathered_.push_back({std::move(input), count, std::move(receiver)});
    samples_ += count;
    first = gathered_.size() == 1;
    if (closed_ || samples_ >= scheduler_->most()) {
      full = take();
      first = false;
    }
    if (first) {
      flush_later();
    }
  }
  run_later(std::move(before), false);
  run_later(std::move(full), false);
}

void Batcher::close() {
  Batch batch;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    closed_ = true;
    batch = take();
  }
  if (!batch.empty()) {
    run(std::move(batch));
  }
}

// With the lock held.
Batcher::Batch Batcher::take() {
  Batch batch;
  batch.swap(gathered_);
  samples_ = 0;
  round_++;
  return batch;
}

// With the lock held.
void Batcher::flush_later() {
  if (scheduler_->timeout_us() < 0) {
    return;
  }
  std::weak_ptr<Batcher> weak = weak_from_this();
  call_later(std::chrono::microseconds(scheduler_->timeout_us()), [weak, round = round_] {
    auto self = weak.lock();
    if (self == nullptr) {
      return;
    }
    Batch batch;
    {
      std::lock_guard<std::mutex> lock(self->mutex_);
      if (self->round_ == round) {
        batch = self->take();
      }
    }
    self->run_later(std::move(batch), true);
  });
}

void Batcher::run_later(Batch batch, bool late) {
  if (batch.empty()) {
    return;
  }
  auto work = [self = shared_from_this(), batch = std::move(batch)]() mutable { self->run(std::move(batch)); };
  late ? scheduler_->execute_late(std::move(work)) : scheduler_->execute(std::move(work));
}

void Batcher::run(Batch batch) {
  if (batch.size() > 1 && run_together(batch)) {
    return;
  }
  // One after the other, so that each gets the status of its own.
  for (Item& item : batch) {
    item.receiver(run_(item.input));
  }
}

bool Batcher::run_together(const Batch& batch) {
  std::vector<Outcome> parts;
  try {
    size_t columns = list_of(batch[0].input, "list of inputs").size();
    std::vector<List> merged(columns);
    size_t total = 0;
    for (const Item& item : batch) {
      const List& own = list_of(item.input, "list of inputs");
      if (own.size() != columns) {
        return false;
      }
      for (size_t c = 0; c < columns; c++) {
        const List& samples = list_of(own[c], "list of samples");
        merged[c].insert(merged[c].end(), samples.begin(), samples.end());
      }
      total += item.samples;
    }
    List inputs;
    for (List& column : merged) {
      inputs.push_back(list(std::move(column)));
    }
    Outcome outcome = run_(list(std::move(inputs)));
    if (outcome.status != MMDEPLOY_SUCCESS) {
      return false;
    }
    const List& outputs = list_of(outcome.value, "list of outputs");
    size_t from = 0;
    for (const Item& item : batch) {
      List own;
      for (const Value& output : outputs) {
        const List& samples = list_of(output, "list of samples");
        if (samples.size() != total) {
          return false;
        }
        auto begin = samples.begin() + static_cast<std::ptrdiff_t>(from);
        own.push_back(list(List(begin, begin + static_cast<std::ptrdiff_t>(item.samples))));
      }
      from += item.samples;
      parts.push_back({MMDEPLOY_SUCCESS, {}, list(std::move(own))});
    }
  } catch (const Failure&) {
    return false;
  }
  for (size_t i = 0; i < batch.size(); i++) {
    batch[i].receiver(std::move(parts[i]));
  }
  return true;
}

}  // namespace mm
