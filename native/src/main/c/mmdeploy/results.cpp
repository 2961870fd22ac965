// SPDX-License-Identifier: Apache-2.0
#include "results.hpp"

#include <mutex>
#include <unordered_map>

#include "failure.hpp"

namespace mm {
namespace {

struct Answer {
  Kind kind;
  Block block;
};

struct Answers {
  std::mutex mutex;
  std::unordered_map<const void*, Answer> by_address;
};

Answers& answers() {
  static auto* all = new Answers;
  return *all;
}

}  // namespace

void keep(Kind kind, const void* results, Block block) {
  Answers& all = answers();
  std::lock_guard<std::mutex> lock(all.mutex);
  all.by_address.emplace(results, Answer{kind, std::move(block)});
}

void release(Kind kind, const void* results) noexcept {
  guarded([=] {
    // Freed without the lock.
    Block block;
    Answers& all = answers();
    std::lock_guard<std::mutex> lock(all.mutex);
    auto found = all.by_address.find(results);
    if (found != all.by_address.end() && found->second.kind == kind) {
      block = std::move(found->second.block);
      all.by_address.erase(found);
    }
  });
}

}  // namespace mm
