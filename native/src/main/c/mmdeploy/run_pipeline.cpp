// SPDX-License-Identifier: Apache-2.0
#include <cstring>
#include <deque>

#include "run.hpp"

namespace mm {
namespace {

// Values as Avocet takes them; what they point to lives as long as this and the values.
class Arena {
 public:
  avocet_value_t value(const Value& from) {
    return std::visit([this](const auto& held) { return convert(held); }, from.data);
  }

  // A sample: a picture with nothing beside it is given as such.
  avocet_value_t sample(const Value& from) {
    const auto* fields = std::get_if<std::shared_ptr<const Object>>(&from.data);
    bool bare = fields != nullptr && (*fields)->size() == 1 && (*fields)->front().first == "ori_img";
    return value(bare ? (*fields)->front().second : from);
  }

  avocet_value_t samples(const List& from) {
    std::vector<avocet_value_t> items;
    for (const Value& item : from) {
      items.push_back(sample(item));
    }
    return many(AVOCET_VALUE_LIST, std::move(items));
  }

  avocet_value_t object(const std::vector<std::string>& names, std::vector<avocet_value_t> items) {
    avocet_value_t made = many(AVOCET_VALUE_OBJECT, std::move(items));
    names_.emplace_back();
    for (const std::string& name : names) {
      names_.back().push_back(name.c_str());
    }
    made.names = names_.back().data();
    return made;
  }

 private:
  static avocet_value_t of(avocet_value_kind kind) {
    avocet_value_t made = {};
    made.kind = kind;
    return made;
  }

  avocet_value_t many(avocet_value_kind kind, std::vector<avocet_value_t> items) {
    avocet_value_t made = of(kind);
    items_.push_back(std::move(items));
    made.count = static_cast<int32_t>(items_.back().size());
    made.items = items_.back().data();
    return made;
  }

  avocet_value_t convert(std::monostate) { return of(AVOCET_VALUE_NULL); }

  avocet_value_t convert(bool b) {
    avocet_value_t made = of(AVOCET_VALUE_BOOL);
    made.integer = b;
    return made;
  }

  avocet_value_t convert(int64_t n) {
    avocet_value_t made = of(AVOCET_VALUE_INT);
    made.integer = n;
    return made;
  }

  avocet_value_t convert(double x) {
    avocet_value_t made = of(AVOCET_VALUE_REAL);
    made.real = x;
    return made;
  }

  avocet_value_t convert(const std::string& s) {
    avocet_value_t made = of(AVOCET_VALUE_TEXT);
    made.text = s.c_str();
    return made;
  }

  avocet_value_t convert(const std::shared_ptr<const List>& list) {
    std::vector<avocet_value_t> items;
    for (const Value& item : *list) {
      items.push_back(value(item));
    }
    return many(AVOCET_VALUE_LIST, std::move(items));
  }

  avocet_value_t convert(const std::shared_ptr<const Object>& fields) {
    std::vector<avocet_value_t> items;
    std::vector<const char*> names;
    for (const auto& [name, held] : *fields) {
      items.push_back(value(held));
      names.push_back(name.c_str());
    }
    avocet_value_t made = many(AVOCET_VALUE_OBJECT, std::move(items));
    names_.push_back(std::move(names));
    made.names = names_.back().data();
    return made;
  }

  avocet_value_t convert(const Picture& picture) {
    avocet_value_t made = of(AVOCET_VALUE_IMAGE);
    made.image = picture.get();
    return made;
  }

  // Pipelines make masks and maps, and none reads them.
  avocet_value_t convert(const Mask&) { return of(AVOCET_VALUE_NULL); }
  avocet_value_t convert(const ClassMap&) { return of(AVOCET_VALUE_NULL); }

  // Deques: what they hold stays where it is.
  std::deque<std::vector<avocet_value_t>> items_;
  std::deque<std::vector<const char*>> names_;
};

using Owner = std::shared_ptr<const avocet_value_t>;

Mask mask_of(const avocet_image_t& image, const Owner& owner) {
  const auto* from = static_cast<const uint8_t*>(image.planes[0].data);
  if (image.planes[0].stride == image.width) {
    return {image.width, image.height, std::shared_ptr<const uint8_t>(owner, from)};
  }
  auto width = static_cast<size_t>(image.width);
  auto height = static_cast<size_t>(image.height);
  std::shared_ptr<uint8_t> pixels(new uint8_t[width * height], std::default_delete<uint8_t[]>());
  for (size_t y = 0; y < height; y++) {
    std::memcpy(pixels.get() + y * width, from + y * static_cast<size_t>(image.planes[0].stride), width);
  }
  return {image.width, image.height, pixels};
}

Value value_from(const avocet_value_t& from, const Owner& owner) {
  switch (from.kind) {
    case AVOCET_VALUE_BOOL:
      return boolean(from.integer != 0);
    case AVOCET_VALUE_INT:
      return integer(from.integer);
    case AVOCET_VALUE_REAL:
      return real(from.real);
    case AVOCET_VALUE_TEXT:
      return text(from.text);
    case AVOCET_VALUE_LIST: {
      List items;
      for (int32_t i = 0; i < from.count; i++) {
        items.push_back(value_from(from.items[i], owner));
      }
      return list(std::move(items));
    }
    case AVOCET_VALUE_OBJECT: {
      Object fields;
      for (int32_t i = 0; i < from.count; i++) {
        fields.emplace_back(from.names[i], value_from(from.items[i], owner));
      }
      return object(std::move(fields));
    }
    case AVOCET_VALUE_IMAGE:
      return {Picture(owner, from.image)};
    case AVOCET_VALUE_MASK:
      return {mask_of(*from.image, owner)};
    default:
      return {};
  }
}

}  // namespace

Value run_pipeline(avocet_pipeline_t pipeline, const std::vector<std::string>& names, const Value& input) {
  Arena arena;
  std::vector<avocet_value_t> inputs;
  for (size_t i = 0; i < names.size(); i++) {
    inputs.push_back(arena.samples(samples_of(input, i, names.size())));
  }
  avocet_value_t all = arena.object(names, std::move(inputs));
  const avocet_value_t* answer = nullptr;
  check(avocet_pipeline_apply_values(pipeline, &all, &answer));
  Owner owner(answer, avocet_pipeline_release_result);
  // Outputs go by their order here, not by name.
  List outputs;
  for (int32_t i = 0; i < answer->count; i++) {
    outputs.push_back(value_from(answer->items[i], owner));
  }
  return list(std::move(outputs));
}

}  // namespace mm
