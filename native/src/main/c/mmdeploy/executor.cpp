// SPDX-License-Identifier: Apache-2.0
// mmdeploy/executor.h
#include <unordered_set>

#include "sender.hpp"

namespace mm {
namespace {

SchedulerPtr scheduler_of(mmdeploy_scheduler_t handle) {
  return schedulers().get(handle, "scheduler: NULL, destroyed already, or no scheduler at all");
}

mmdeploy_scheduler_t give(SchedulerPtr scheduler) {
  return static_cast<mmdeploy_scheduler_t>(schedulers().put(std::move(scheduler)));
}

Value call(mmdeploy_then_fn_t fn, void* context, Value value) {
  mmdeploy_value_t answer = fn(mm::give(std::move(value)), context);
  auto box = values().take(answer);
  if (box == nullptr) {
    throw Failure(MMDEPLOY_E_FAIL, "the function of a then sender returned NULL or no value");
  }
  return box->value;
}

SenderPtr call(mmdeploy_let_value_fn_t fn, void* context, Value value) {
  // Ends with its last copy at the latest.
  std::shared_ptr<mmdeploy_value> borrowed(mm::give(std::move(value)), [](auto handle) { values().take(handle); });
  SenderPtr sender = senders().take(fn(borrowed.get(), context));
  if (sender == nullptr) {
    throw Failure(MMDEPLOY_E_FAIL, "the function of a let_value sender returned NULL or no sender");
  }
  auto start = [sender, borrowed](const Receiver& receiver) {
    sender->start([borrowed, receiver](Outcome outcome) {
      // Now, and not when this thread has gone on.
      values().take(borrowed.get());
      receiver(std::move(outcome));
    });
  };
  return std::make_shared<Sender>(Sender{start, sender->depth + 1, false});
}

// All or none, as far as no other thread uses one of them at the same time.
std::vector<SenderPtr> take_all(mmdeploy_sender_t handles[], int32_t n) {
  require(n >= 0 && n <= MAX_ITEMS && (n == 0 || handles != nullptr), "when_all: inputs=NULL, or n outside 0..1000000");
  std::unordered_set<mmdeploy_sender_t> different(handles, handles + n);
  require(different.size() == static_cast<size_t>(n), "when_all: the same sender is there twice");
  for (int32_t i = 0; i < n; i++) {
    require(senders().find(handles[i]) != nullptr, "when_all: a sender is NULL, used already, or no sender at all");
  }
  std::vector<SenderPtr> inputs;
  for (int32_t i = 0; i < n; i++) {
    inputs.push_back(take_input(handles[i]));
  }
  return inputs;
}

}  // namespace
}  // namespace mm

using namespace mm;

extern "C" {

mmdeploy_scheduler_t mmdeploy_executor_inline(void) {
  return guarded_handle([] { return give(std::make_shared<InlineScheduler>()); });
}

mmdeploy_scheduler_t mmdeploy_executor_system_pool(void) {
  return guarded_handle([] { return give(system_pool()); });
}

mmdeploy_scheduler_t mmdeploy_executor_create_thread_pool(int num_threads) {
  return guarded_handle([=] {
    if (num_threads > 1024) {
      throw Failure(MMDEPLOY_E_OUT_OF_RANGE, "num_threads=" + std::to_string(num_threads) + ": at most 1024");
    }
    return give(std::make_shared<PoolScheduler>(num_threads));
  });
}

mmdeploy_scheduler_t mmdeploy_executor_create_thread(void) {
  return guarded_handle([] { return give(std::make_shared<PoolScheduler>(1)); });
}

mmdeploy_scheduler_t mmdeploy_executor_dynamic_batch(mmdeploy_scheduler_t scheduler, int max_batch_size, int timeout) {
  return guarded_handle([=] {
    require(max_batch_size >= 1, "dynamic_batch: max_batch_size is less than 1");
    return give(std::make_shared<BatchScheduler>(scheduler_of(scheduler), max_batch_size, timeout));
  });
}

int mmdeploy_scheduler_destroy(mmdeploy_scheduler_t scheduler) {
  return guarded([=] {
    require(scheduler == nullptr || schedulers().take(scheduler) != nullptr,
            "scheduler: destroyed already, or no scheduler at all");
  });
}

mmdeploy_sender_t mmdeploy_sender_copy(mmdeploy_sender_t input) {
  return guarded_handle([=] {
    SenderPtr sender = senders().get(input, "sender: NULL, used already, or no sender at all");
    require(sender->copyable, "sender: only those of mmdeploy_executor_split can be copied");
    return give(std::make_shared<Sender>(*sender));
  });
}

int mmdeploy_sender_destroy(mmdeploy_sender_t sender) {
  return guarded([=] {
    require(sender == nullptr || senders().take(sender) != nullptr, "sender: used already, or no sender at all");
  });
}

mmdeploy_sender_t mmdeploy_executor_just(mmdeploy_value_t value) {
  return guarded_handle([=] { return give(just(value == nullptr ? Value{} : value_of(value))); });
}

mmdeploy_sender_t mmdeploy_executor_schedule(mmdeploy_scheduler_t scheduler) {
  return guarded_handle([=] { return give(schedule(scheduler_of(scheduler))); });
}

mmdeploy_sender_t mmdeploy_executor_transfer_just(mmdeploy_scheduler_t scheduler, mmdeploy_value_t value) {
  return guarded_handle([=] {
    auto place = scheduler_of(scheduler);
    return give(transfer(just(value_of(value)), place));
  });
}

mmdeploy_sender_t mmdeploy_executor_transfer(mmdeploy_sender_t input, mmdeploy_scheduler_t scheduler) {
  return guarded_handle([=] {
    auto place = scheduler_of(scheduler);
    return give(transfer(take_input(input), place));
  });
}

mmdeploy_sender_t mmdeploy_executor_on(mmdeploy_scheduler_t scheduler, mmdeploy_sender_t input) {
  return guarded_handle([=] {
    auto place = scheduler_of(scheduler);
    return give(on(place, take_input(input)));
  });
}

mmdeploy_sender_t mmdeploy_executor_then(mmdeploy_sender_t input, mmdeploy_then_fn_t fn, void* context) {
  return guarded_handle([=] {
    require(fn != nullptr, "then: fn=NULL");
    return give(then(take_input(input), [=](Value value) { return call(fn, context, std::move(value)); }));
  });
}

mmdeploy_sender_t mmdeploy_executor_let_value(mmdeploy_sender_t input, mmdeploy_let_value_fn_t fn, void* context) {
  return guarded_handle([=] {
    require(fn != nullptr, "let_value: fn=NULL");
    return give(let_value(take_input(input), [=](Value value) { return call(fn, context, std::move(value)); }));
  });
}

mmdeploy_sender_t mmdeploy_executor_split(mmdeploy_sender_t input) {
  return guarded_handle([=] { return give(split(take_input(input))); });
}

mmdeploy_sender_t mmdeploy_executor_when_all(mmdeploy_sender_t inputs[], int32_t n) {
  return guarded_handle([=] { return give(when_all(take_all(inputs, n))); });
}

mmdeploy_sender_t mmdeploy_executor_ensure_started(mmdeploy_sender_t input) {
  return guarded_handle([=] { return give(ensure_started(take_input(input))); });
}

int mmdeploy_executor_start_detached(mmdeploy_sender_t input) {
  return guarded([=] { take_sender(input)->start([](const Outcome&) {}); });
}

int mmdeploy_executor_sync_wait_v2(mmdeploy_sender_t input, mmdeploy_value_t* output) {
  return guarded([=] {
    Outcome outcome = sync_wait(*take_sender(input));
    if (outcome.status != MMDEPLOY_SUCCESS) {
      throw Failure(outcome.status, outcome.error);
    }
    if (output != nullptr) {
      *output = mm::give(std::move(outcome.value));
    }
  });
}

mmdeploy_value_t mmdeploy_executor_sync_wait(mmdeploy_sender_t input) {
  mmdeploy_value_t output = nullptr;
  mmdeploy_executor_sync_wait_v2(input, &output);
  return output;
}

void mmdeploy_executor_execute(mmdeploy_scheduler_t scheduler, void (*fn)(void*), void* context) {
  guarded([=] {
    require(fn != nullptr, "execute: fn=NULL");
    scheduler_of(scheduler)->execute([=] {
      try {
        fn(context);
      } catch (...) {
        // There is nobody to tell.
      }
    });
  });
}
}
