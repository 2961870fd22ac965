// SPDX-License-Identifier: Apache-2.0
#include "scheduler.hpp"

#include <pthread.h>
#include <signal.h>

#include <condition_variable>
#include <map>
#include <thread>

namespace mm {

class Queue {
 public:
  void add(Work work) {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      works_.push_back(std::move(work));
    }
    changed_.notify_one();
  }

  void end() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      ended_ = true;
    }
    changed_.notify_all();
  }

  // Lets waiting threads look again; the lock makes sure that none is between looking and waiting.
  void wake() {
    { std::lock_guard<std::mutex> lock(mutex_); }
    changed_.notify_all();
  }

  // A thread's life: the oldest work first, until the end.
  void run() {
    std::unique_lock<std::mutex> lock(mutex_);
    while (true) {
      changed_.wait(lock, [this] { return ended_ || !works_.empty(); });
      if (works_.empty()) {
        return;
      }
      Work work = std::move(works_.front());
      works_.pop_front();
      lock.unlock();
      work();
      work = nullptr;
      lock.lock();
    }
  }

  // Works until something is so: the newest work first, which is most likely what is waited for, and keeps stacks
  // short.
  void run_until(const std::atomic<bool>& done) {
    std::unique_lock<std::mutex> lock(mutex_);
    while (!done) {
      changed_.wait(lock, [&] { return done || !works_.empty(); });
      if (done || works_.empty()) {
        continue;
      }
      Work work = std::move(works_.back());
      works_.pop_back();
      lock.unlock();
      work();
      work = nullptr;
      lock.lock();
    }
    // The one notification for a work that came meanwhile may have gone to this thread.
    changed_.notify_one();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Work> works_;
  bool ended_ = false;
};

namespace {

// The queue that this thread works on.
thread_local std::shared_ptr<Queue> my_queue;

// A thread that leaves the host program's signals to the host program's threads. Those that tell of a fault stay as
// they are: a thread that is attached to a JVM needs them.
std::thread quiet_thread(Work work) {
  sigset_t quiet;
  sigset_t before;
  sigfillset(&quiet);
  for (int fault : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGSYS, SIGABRT, SIGPROF}) {
    sigdelset(&quiet, fault);
  }
  pthread_sigmask(SIG_SETMASK, &quiet, &before);
  try {
    std::thread thread(std::move(work));
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return thread;
  } catch (...) {
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    throw;
  }
}

unsigned processors() {
  unsigned n = std::thread::hardware_concurrency();
  return n == 0 ? 1 : n;
}

// Calls what is due, in order.
class Timer {
 public:
  Timer() {
    quiet_thread([this] { run(); }).detach();
  }

  void add(std::chrono::microseconds delay, Work work) {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      works_.emplace(std::chrono::steady_clock::now() + delay, std::move(work));
    }
    changed_.notify_one();
  }

 private:
  [[noreturn]] void run() {
    std::unique_lock<std::mutex> lock(mutex_);
    while (true) {
      if (works_.empty()) {
        changed_.wait(lock);
        continue;
      }
      auto due = works_.begin()->first;
      if (std::chrono::steady_clock::now() < due) {
        changed_.wait_until(lock, due);
        continue;
      }
      Work work = std::move(works_.begin()->second);
      works_.erase(works_.begin());
      lock.unlock();
      work();
      work = nullptr;
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::multimap<std::chrono::steady_clock::time_point, Work> works_;
};

}  // namespace

PoolScheduler::PoolScheduler(int threads) : queue_(std::make_shared<Queue>()) {
  unsigned count = threads < 1 ? processors() : static_cast<unsigned>(threads);
  try {
    threads_.reserve(count);
    while (threads_.size() < count) {
      threads_.push_back(quiet_thread([queue = queue_] {
        my_queue = queue;
        queue->run();
        my_queue = nullptr;
      }));
    }
  } catch (...) {
    end();
    throw;
  }
}

PoolScheduler::~PoolScheduler() { end(); }

void PoolScheduler::end() {
  queue_->end();
  for (std::thread& thread : threads_) {
    if (my_queue != nullptr) {
      thread.detach();
    } else {
      thread.join();
    }
  }
}

void PoolScheduler::execute(Work work) { queue_->add(std::move(work)); }

BatchScheduler::BatchScheduler(SchedulerPtr other, int most, int timeout_us)
    : other_(std::move(other)), most_(static_cast<size_t>(most)), timeout_us_(timeout_us) {
  late_ = dynamic_cast<InlineScheduler*>(other_.get()) == nullptr ? other_ : system_pool();
}

const SchedulerPtr& system_pool() {
  static auto* pool = new SchedulerPtr(std::make_shared<PoolScheduler>(0));
  return *pool;
}

void call_later(std::chrono::microseconds delay, Work work) {
  static auto* timer = new Timer;
  timer->add(delay, std::move(work));
}

Event::Event() : queue_(my_queue) {}

void Event::set() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    set_ = true;
  }
  changed_.notify_all();
  if (queue_ != nullptr) {
    queue_->wake();
  }
}

void Event::wait() {
  if (queue_ != nullptr) {
    queue_->run_until(set_);
  }
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [this] { return set_.load(); });
}

Table<Scheduler, HandleKind::SCHEDULER>& schedulers() {
  static auto* table = new Table<Scheduler, HandleKind::SCHEDULER>;
  return *table;
}

}  // namespace mm
