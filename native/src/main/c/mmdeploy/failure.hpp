// SPDX-License-Identifier: Apache-2.0
// Failures inside the library are exceptions; at its border they become a status and a text of the thread.
#pragma once

#include <avocet/avocet.h>
#include <mmdeploy/common.h>

#include <cstring>
#include <exception>
#include <new>
#include <string>
#include <system_error>
#include <utility>

namespace mm {

class Failure : public std::exception {
 public:
  Failure(int status, std::string text) : status_(status), text_(std::move(text)) {}

  int status() const { return status_; }
  const std::string& text() const { return text_; }
  const char* what() const noexcept override { return text_.c_str(); }

 private:
  int status_;
  std::string text_;
};

// Most pictures, boxes or senders in one call: more is a mistake rather than a wish.
constexpr int MAX_ITEMS = 1000000;

// Avocet's status as MMDeploy's: those from 7 on have no name there.
int mapped(int32_t status);

// Goes on where a call of Avocet succeeded, or else throws with its text.
void check(int32_t status);

// Goes on where something holds, or else throws MMDEPLOY_E_INVALID_ARG.
void require(bool holds, const char* text);

// The number that a caller put where an enum is expected: C++ must not read it as one where the enum has no such number.
template <typename E>
int raw(const E& value) {
  static_assert(sizeof(E) == sizeof(int));
  int number = 0;
  std::memcpy(&number, &value, sizeof number);
  return number;
}

// Sets the thread's error text and returns the status.
int fail(int status, const std::string& text) noexcept;

// Makes the thread's error text empty.
void succeed() noexcept;

const char* last_error() noexcept;

// Throws in a child of a process that had used the library: locks and threads are not there as they should be.
void refuse_forked();

// The exception being handled, as a status with its text set.
int caught() noexcept;

// Runs a function of the API that returns nothing but a status.
template <typename F>
int guarded(F function) noexcept {
  try {
    refuse_forked();
    function();
    succeed();
    return MMDEPLOY_SUCCESS;
  } catch (...) {
    return caught();
  }
}

// Runs a function of the API that returns a handle, NULL on failure.
template <typename F>
auto guarded_handle(F function) noexcept -> decltype(function()) {
  try {
    refuse_forked();
    auto handle = function();
    succeed();
    return handle;
  } catch (...) {
    caught();
    return nullptr;
  }
}

}  // namespace mm
