// SPDX-License-Identifier: Apache-2.0
// Handles: numbers that say which slot of a table they mean and which use of that slot, so that a stale one is noticed.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "failure.hpp"

namespace mm {

// Kinds of handles that are this library's own; those of models, tasks and trackers' states are Avocet's.
enum class HandleKind : uint64_t { VALUE = 1, DEVICE, CONTEXT, PROFILER, SENDER, SCHEDULER };

// Things by handle. A handle is 'M', kind, 24 bits of use, 24 bits of slot: no address of a process has that first
// byte.
template <typename T, HandleKind KIND>
class Table {
  static_assert(sizeof(void*) == 8, "handles need 64 bits");

 public:
  void* put(std::shared_ptr<T> thing) {
    std::lock_guard<std::mutex> lock(mutex_);
    size_t slot = slots_.size();
    if (free_.size() > KEPT_FREE) {
      slot = free_.front();
      free_.pop_front();
    } else if (slot > SLOT_MASK) {
      throw Failure(MMDEPLOY_E_OUT_OF_RANGE, "more than 16,777,216 handles of a kind: destroy some");
    } else {
      slots_.emplace_back();
    }
    slots_[slot].thing = std::move(thing);
    return reinterpret_cast<void*>(PREFIX | slots_[slot].use << 24 | slot);
  }

  // What a handle means, nothing where it means nothing.
  std::shared_ptr<T> find(const void* handle) const {
    std::lock_guard<std::mutex> lock(mutex_);
    const Slot* slot = slot_of(handle);
    return slot == nullptr ? nullptr : slot->thing;
  }

  // The same, and ends the handle.
  std::shared_ptr<T> take(const void* handle) {
    std::lock_guard<std::mutex> lock(mutex_);
    auto* slot = const_cast<Slot*>(slot_of(handle));
    if (slot == nullptr) {
      return nullptr;
    }
    slot->use = (slot->use + 1) & USE_MASK;
    free_.push_back(static_cast<uint32_t>(slot - slots_.data()));
    return std::move(slot->thing);
  }

  std::shared_ptr<T> get(const void* handle, const char* what) const {
    auto thing = find(handle);
    require(thing != nullptr, what);
    return thing;
  }

 private:
  struct Slot {
    std::shared_ptr<T> thing;
    uint64_t use = 0;
  };

  static constexpr uint64_t SLOT_MASK = 0xffffff;
  static constexpr uint64_t USE_MASK = 0xffffff;
  static constexpr uint64_t PREFIX = uint64_t{'M'} << 56 | static_cast<uint64_t>(KIND) << 48;
  // Slots rest before they are used again, so that a stale handle stays one for a long time.
  static constexpr size_t KEPT_FREE = 256;

  const Slot* slot_of(const void* handle) const {
    auto id = reinterpret_cast<uint64_t>(handle);
    uint64_t at = id & SLOT_MASK;
    if ((id & ~(USE_MASK << 24 | SLOT_MASK)) != PREFIX || at >= slots_.size()) {
      return nullptr;
    }
    const Slot& slot = slots_[at];
    return slot.thing != nullptr && slot.use == (id >> 24 & USE_MASK) ? &slot : nullptr;
  }

  mutable std::mutex mutex_;
  std::vector<Slot> slots_;
  std::deque<uint32_t> free_;
};

}  // namespace mm
