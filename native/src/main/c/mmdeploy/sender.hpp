// SPDX-License-Identifier: Apache-2.0
// Plans to make a value.
#pragma once

#include <type_traits>

#include "scheduler.hpp"
#include "value.hpp"

namespace mm {

// A value, or why there is none.
struct Outcome {
  int status = MMDEPLOY_SUCCESS;
  std::string error;
  Value value;
};

// The exception being handled, as an outcome.
Outcome caught_outcome();

// Gets an outcome, once. Must not throw. Copies share the function: a long chain of receivers, each in the next, is not
// copied with it.
class Receiver {
 public:
  template <typename F, typename = std::enable_if_t<!std::is_same_v<std::decay_t<F>, Receiver>>>
  Receiver(F&& function)  // NOLINT: functions are given as they are
      : function_(std::make_shared<const std::function<void(Outcome)>>(std::forward<F>(function))) {}

  void operator()(Outcome outcome) const { (*function_)(std::move(outcome)); }

 private:
  std::shared_ptr<const std::function<void(Outcome)>> function_;
};

// Started at most once. Whoever is called back must not need the sender: it goes when start returns.
struct Sender {
  std::function<void(Receiver)> start;
  // Senders in the longest chain, this one counted: they run and go recursively.
  int depth = 1;
  // Whether several may be started, each by itself.
  bool copyable = false;
};

using SenderPtr = std::shared_ptr<Sender>;

SenderPtr just(Value value);
SenderPtr schedule(SchedulerPtr scheduler);
SenderPtr transfer(SenderPtr input, SchedulerPtr scheduler);
SenderPtr on(SchedulerPtr scheduler, SenderPtr input);

// What a function makes of the value; it may throw.
SenderPtr then(SenderPtr input, std::function<Value(Value)> function);

// What the sender sends that a function makes of the value; it may throw.
SenderPtr let_value(SenderPtr input, std::function<SenderPtr(Value)> function);

// What a function, which gets the receiver to call, makes of the value.
SenderPtr chain(SenderPtr input, std::function<void(Value, Receiver)> function);

SenderPtr split(SenderPtr input);
SenderPtr when_all(std::vector<SenderPtr> inputs);
SenderPtr ensure_started(SenderPtr input);
Outcome sync_wait(Sender& sender);

Table<Sender, HandleKind::SENDER>& senders();

mmdeploy_sender_t give(SenderPtr sender);

// Ends a sender's handle; throws where it is stale.
SenderPtr take_sender(mmdeploy_sender_t handle);

// The same for one that another sender is to follow; throws, and leaves it, where it has too many before it.
SenderPtr take_input(mmdeploy_sender_t handle);

}  // namespace mm
