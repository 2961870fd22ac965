// SPDX-License-Identifier: Apache-2.0
#include "failure.hpp"

#include <pthread.h>

#include <atomic>
#include <cstring>

namespace mm {
namespace {

// An array rather than a string, so that a thread's end has nothing to free and setting it cannot fail.
thread_local char error_text[2048];

std::atomic<bool> used{false};
std::atomic<bool> forked{false};

// A daemon that forks before its first call may use the library in the child.
[[maybe_unused]] const int watching = pthread_atfork(nullptr, nullptr, [] { forked = used.load(); });

}  // namespace

int mapped(int32_t status) { return status < 0 || status > AVOCET_FAIL ? MMDEPLOY_E_FAIL : status; }

void check(int32_t status) {
  if (status != AVOCET_OK) {
    throw Failure(mapped(status), avocet_last_error());
  }
}

void require(bool holds, const char* text) {
  if (!holds) {
    throw Failure(MMDEPLOY_E_INVALID_ARG, text);
  }
}

int fail(int status, const std::string& text) noexcept {
  std::strncpy(error_text, text.c_str(), sizeof error_text - 1);
  return status;
}

void succeed() noexcept { error_text[0] = '\0'; }

const char* last_error() noexcept { return error_text; }

void refuse_forked() {
  used = true;
  if (forked) {
    throw Failure(MMDEPLOY_E_FAIL, "the library does not work in a child made by fork(): exec there");
  }
}

int caught() noexcept {
  try {
    throw;
  } catch (const Failure& e) {
    return fail(e.status(), e.text());
  } catch (const std::bad_alloc&) {
    return fail(MMDEPLOY_E_OUT_OF_MEMORY, "out of memory");
  } catch (const std::exception& e) {
    return fail(MMDEPLOY_E_FAIL, e.what());
  } catch (...) {
    return fail(MMDEPLOY_E_FAIL, "a function that was called back threw");
  }
}

}  // namespace mm
