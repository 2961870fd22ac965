// SPDX-License-Identifier: Apache-2.0
// Values: trees that never change, so that copies share their parts.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "table.hpp"

namespace mm {

struct Value;
using List = std::vector<Value>;
using Object = std::vector<std::pair<std::string, Value>>;

// A view, of the caller's pixels or of those of an answer that it keeps alive.
using Picture = std::shared_ptr<const avocet_image_t>;

// The pixels of an object, rows without gaps.
struct Mask {
  int width;
  int height;
  std::shared_ptr<const uint8_t> pixels;
};

// The classes of a picture's pixels, keeps the answer alive that they belong to.
using ClassMap = std::shared_ptr<const avocet_segmentation_t>;

struct Value {
  std::variant<std::monostate, bool, int64_t, double, std::string, std::shared_ptr<const List>,
               std::shared_ptr<const Object>, Picture, Mask, ClassMap>
      data;

  bool is_null() const { return std::holds_alternative<std::monostate>(data); }
};

inline Value boolean(bool b) { return {b}; }
inline Value integer(int64_t n) { return {n}; }
inline Value real(double x) { return {x}; }
inline Value text(std::string s) { return {std::move(s)}; }
inline Value list(List items) { return {std::make_shared<const List>(std::move(items))}; }
inline Value object(Object fields) { return {std::make_shared<const Object>(std::move(fields))}; }

// What a value has to be; throws MMDEPLOY_E_FAIL where it is not.
const List& list_of(const Value& value, const char* what);
double number_of(const Value& value, const char* what);
const std::string& text_of(const Value& value, const char* what);
Picture picture_of(const Value& value, const char* what);

// A field of an object; nullptr where there is none, or the value is no object.
const Value* find(const Value& value, const char* name);

// A field that has to be there.
const Value& field(const Value& value, const char* name);

// A list of exactly so many numbers, and the number of one field.
std::vector<double> numbers_of(const Value& value, size_t count, const char* what);
float float_field(const Value& value, const char* name);
int int_field(const Value& value, const char* name);

// What a handle of a value means.
struct ValueBox {
  explicit ValueBox(Value v) : value(std::move(v)) {}

  const Value value;
  // Made when it is asked for.
  std::once_flag once;
  std::string json;
};

Table<ValueBox, HandleKind::VALUE>& values();

mmdeploy_value_t give(Value value);

Value value_of(mmdeploy_value_t handle);

}  // namespace mm
