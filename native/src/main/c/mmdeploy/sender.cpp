// SPDX-License-Identifier: Apache-2.0
#include "sender.hpp"

#include <algorithm>
#include <optional>

namespace mm {
namespace {

constexpr int MAX_DEPTH = 1000;
constexpr const char* STALE = "sender: NULL, used already, or no sender at all";

SenderPtr made(int depth, std::function<void(Receiver)> start, bool copyable = false) {
  return std::make_shared<Sender>(Sender{std::move(start), depth, copyable});
}

// One outcome for many receivers, whichever comes first.
class Shared : public std::enable_shared_from_this<Shared> {
 public:
  explicit Shared(SenderPtr input) : input_(std::move(input)) {}

  void start() {
    SenderPtr input;
    {
      std::lock_guard<std::mutex> lock(mutex_);
      input.swap(input_);
    }
    if (input != nullptr) {
      input->start([self = shared_from_this()](Outcome outcome) { self->settle(std::move(outcome)); });
    }
  }

  void receive(Receiver receiver) {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      if (!outcome_) {
        receivers_.push_back(std::move(receiver));
        return;
      }
    }
    receiver(*outcome_);
  }

 private:
  void settle(Outcome outcome) {
    std::vector<Receiver> receivers;
    {
      std::lock_guard<std::mutex> lock(mutex_);
      outcome_ = std::move(outcome);
      receivers.swap(receivers_);
    }
    for (Receiver& receiver : receivers) {
      receiver(*outcome_);
    }
  }

  std::mutex mutex_;
  SenderPtr input_;
  // Never changes once it is there.
  std::optional<Outcome> outcome_;
  std::vector<Receiver> receivers_;
};

// Gathers what several send.
class Gathered {
 public:
  Gathered(size_t count, Receiver receiver) : outcomes_(count), left_(count), receiver_(std::move(receiver)) {}

  void settle(size_t i, Outcome outcome) {
    // Each has a place of its own; the last to count down sees what all have written.
    outcomes_[i] = std::move(outcome);
    if (left_.fetch_sub(1) == 1) {
      receiver_(all());
    }
  }

  Outcome all() {
    List items;
    for (Outcome& outcome : outcomes_) {
      if (outcome.status != MMDEPLOY_SUCCESS) {
        return std::move(outcome);
      }
      items.push_back(std::move(outcome.value));
    }
    return {MMDEPLOY_SUCCESS, {}, list(std::move(items))};
  }

 private:
  std::vector<Outcome> outcomes_;
  std::atomic<size_t> left_;
  Receiver receiver_;
};

}  // namespace

Outcome caught_outcome() {
  int status = caught();
  return {status, last_error(), {}};
}

SenderPtr just(Value value) {
  return made(1, [value = std::move(value)](const Receiver& receiver) { receiver({MMDEPLOY_SUCCESS, {}, value}); });
}

SenderPtr schedule(SchedulerPtr scheduler) { return transfer(just({}), std::move(scheduler)); }

SenderPtr transfer(SenderPtr input, SchedulerPtr scheduler) {
  int depth = input->depth + 1;
  return made(depth, [input = std::move(input), scheduler = std::move(scheduler)](Receiver receiver) {
    input->start([scheduler, receiver = std::move(receiver)](Outcome outcome) {
      scheduler->execute([receiver, outcome = std::move(outcome)] { receiver(outcome); });
    });
  });
}

SenderPtr on(SchedulerPtr scheduler, SenderPtr input) {
  int depth = input->depth + 1;
  return made(depth, [input = std::move(input), scheduler = std::move(scheduler)](Receiver receiver) {
    scheduler->execute([input, receiver = std::move(receiver)] { input->start(receiver); });
  });
}

SenderPtr chain(SenderPtr input, std::function<void(Value, Receiver)> function) {
  int depth = input->depth + 1;
  return made(depth, [input = std::move(input), function = std::move(function)](Receiver receiver) {
    input->start([function, receiver = std::move(receiver)](Outcome outcome) {
      if (outcome.status != MMDEPLOY_SUCCESS) {
        receiver(std::move(outcome));
      } else {
        function(std::move(outcome.value), receiver);
      }
    });
  });
}

SenderPtr then(SenderPtr input, std::function<Value(Value)> function) {
  return chain(std::move(input), [function = std::move(function)](Value value, const Receiver& receiver) {
    Outcome outcome;
    try {
      outcome.value = function(std::move(value));
    } catch (...) {
      outcome = caught_outcome();
    }
    receiver(std::move(outcome));
  });
}

SenderPtr let_value(SenderPtr input, std::function<SenderPtr(Value)> function) {
  return chain(std::move(input), [function = std::move(function)](Value value, const Receiver& receiver) {
    SenderPtr sender;
    try {
      sender = function(std::move(value));
    } catch (...) {
      receiver(caught_outcome());
      return;
    }
    sender->start(receiver);
  });
}

SenderPtr split(SenderPtr input) {
  int depth = input->depth + 1;
  auto shared = std::make_shared<Shared>(std::move(input));
  return made(
      depth,
      [shared](Receiver receiver) {
        shared->receive(std::move(receiver));
        shared->start();
      },
      true);
}

SenderPtr ensure_started(SenderPtr input) {
  int depth = input->depth + 1;
  auto shared = std::make_shared<Shared>(std::move(input));
  auto sender = made(depth, [shared](Receiver receiver) { shared->receive(std::move(receiver)); });
  shared->start();
  return sender;
}

SenderPtr when_all(std::vector<SenderPtr> inputs) {
  int depth = 1;
  for (const SenderPtr& input : inputs) {
    depth = std::max(depth, input->depth + 1);
  }
  return made(depth, [inputs = std::move(inputs)](const Receiver& receiver) {
    auto gathered = std::make_shared<Gathered>(inputs.size(), receiver);
    if (inputs.empty()) {
      receiver(gathered->all());
    }
    for (size_t i = 0; i < inputs.size(); i++) {
      inputs[i]->start([gathered, i](Outcome outcome) { gathered->settle(i, std::move(outcome)); });
    }
  });
}

Outcome sync_wait(Sender& sender) {
  struct Waiting {
    Event event;
    Outcome outcome;
  };
  // Shared: the thread that sets the event may still be in it when the waiting one has gone on.
  auto waiting = std::make_shared<Waiting>();
  sender.start([waiting](Outcome outcome) {
    waiting->outcome = std::move(outcome);
    waiting->event.set();
  });
  waiting->event.wait();
  return std::move(waiting->outcome);
}

Table<Sender, HandleKind::SENDER>& senders() {
  static auto* table = new Table<Sender, HandleKind::SENDER>;
  return *table;
}

mmdeploy_sender_t give(SenderPtr sender) { return static_cast<mmdeploy_sender_t>(senders().put(std::move(sender))); }

SenderPtr take_sender(mmdeploy_sender_t handle) {
  SenderPtr sender = senders().take(handle);
  require(sender != nullptr, STALE);
  return sender;
}

SenderPtr take_input(mmdeploy_sender_t handle) {
  if (senders().get(handle, STALE)->depth >= MAX_DEPTH) {
    throw Failure(MMDEPLOY_E_OUT_OF_RANGE, "sender: at most 1,000 may follow each other");
  }
  return take_sender(handle);
}

}  // namespace mm
