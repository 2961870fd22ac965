// SPDX-License-Identifier: Apache-2.0
// Answers in MMDeploy's layouts. They are known by their address, so that releasing one twice, or as another task's, is
// noticed.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "kind.hpp"

namespace mm {

// The memory of one answer.
class Block {
 public:
  // An array of zeros, of at least one entry so that it has an address of its own.
  template <typename T>
  T* array(size_t count) {
    std::shared_ptr<T> made(new T[count == 0 ? 1 : count](), std::default_delete<T[]>());
    parts_.push_back(made);
    return made.get();
  }

  template <typename T>
  T* copy(const T* from, size_t count) {
    T* to = array<T>(count);
    for (size_t i = 0; i < count; i++) {
      to[i] = from[i];
    }
    return to;
  }

 private:
  std::vector<std::shared_ptr<void>> parts_;
};

// Keeps an answer by the address of its results until it is released.
void keep(Kind kind, const void* results, Block block);

// Frees an answer; does nothing where the address is not that of an answer of this kind.
void release(Kind kind, const void* results) noexcept;

}  // namespace mm
