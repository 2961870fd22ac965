// SPDX-License-Identifier: Apache-2.0
#include "value.hpp"

#include <cmath>
#include <limits>

namespace mm {
namespace {

[[noreturn]] void wrong(const char* what) {
  throw Failure(MMDEPLOY_E_FAIL, std::string("the value has another shape than is expected: no ") + what);
}

template <typename T>
const T& expect(const Value& value, const char* what) {
  const T* held = std::get_if<T>(&value.data);
  if (held == nullptr) {
    wrong(what);
  }
  return *held;
}

}  // namespace

const List& list_of(const Value& value, const char* what) { return *expect<std::shared_ptr<const List>>(value, what); }

const std::string& text_of(const Value& value, const char* what) { return expect<std::string>(value, what); }

Picture picture_of(const Value& value, const char* what) { return expect<Picture>(value, what); }

double number_of(const Value& value, const char* what) {
  if (const auto* n = std::get_if<int64_t>(&value.data)) {
    return static_cast<double>(*n);
  }
  return expect<double>(value, what);
}

const Value* find(const Value& value, const char* name) {
  const auto* object = std::get_if<std::shared_ptr<const Object>>(&value.data);
  if (object == nullptr) {
    return nullptr;
  }
  for (const auto& [key, held] : **object) {
    if (key == name) {
      return &held;
    }
  }
  return nullptr;
}

const Value& field(const Value& value, const char* name) {
  const Value* held = find(value, name);
  if (held == nullptr) {
    wrong(name);
  }
  return *held;
}

std::vector<double> numbers_of(const Value& value, size_t count, const char* what) {
  const List& items = list_of(value, what);
  if (items.size() != count) {
    wrong(what);
  }
  std::vector<double> numbers;
  for (const Value& item : items) {
    numbers.push_back(number_of(item, what));
  }
  return numbers;
}

float float_field(const Value& value, const char* name) {
  return static_cast<float>(number_of(field(value, name), name));
}

int int_field(const Value& value, const char* name) {
  double number = number_of(field(value, name), name);
  if (!(std::abs(number) <= std::numeric_limits<int>::max())) {
    wrong(name);
  }
  return static_cast<int>(number);
}

Table<ValueBox, HandleKind::VALUE>& values() {
  // Never taken down: threads that outlive main() may still use it. The same holds for the other tables.
  static auto* table = new Table<ValueBox, HandleKind::VALUE>;
  return *table;
}

mmdeploy_value_t give(Value value) {
  return static_cast<mmdeploy_value_t>(values().put(std::make_shared<ValueBox>(std::move(value))));
}

Value value_of(mmdeploy_value_t handle) {
  return values().get(handle, "value: NULL, destroyed already, or no value at all")->value;
}

}  // namespace mm
