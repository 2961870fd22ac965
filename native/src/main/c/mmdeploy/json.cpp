// SPDX-License-Identifier: Apache-2.0
#include "json.hpp"

#include <charconv>
#include <cmath>
#include <cstring>

namespace mm {
namespace {

constexpr int MAX_DEPTH = 200;

// Reads a text from left to right.
class Parser {
 public:
  explicit Parser(const char* text) : begin_(text), at_(text), end_(text + std::strlen(text)) {}

  Value parse() {
    Value value = any(0);
    space();
    if (at_ != end_) {
      wrong("nothing more");
    }
    return value;
  }

 private:
  [[noreturn]] void wrong(const char* expected) const {
    size_t line = 1;
    const char* start = begin_;
    for (const char* p = begin_; p < at_; p++) {
      if (*p == '\n') {
        line++;
        start = p + 1;
      }
    }
    throw Failure(MMDEPLOY_E_INVALID_ARG, "json, line " + std::to_string(line) + ", column " +
                                              std::to_string(at_ - start + 1) + ": expected " + expected);
  }

  void space() {
    while (at_ != end_ && std::strchr(" \t\r\n", *at_) != nullptr) {
      at_++;
    }
  }

  bool take(char c) {
    space();
    if (at_ == end_ || *at_ != c) {
      return false;
    }
    at_++;
    return true;
  }

  void want(char c, const char* expected) {
    if (!take(c)) {
      wrong(expected);
    }
  }

  Value any(int depth) {
    if (depth == MAX_DEPTH) {
      wrong("at most 200 levels");
    }
    space();
    switch (at_ == end_ ? '\0' : *at_) {
      case '{':
        return fields(depth);
      case '[':
        return items(depth);
      case '"':
        return text(string());
      case 't':
        return word("true", boolean(true));
      case 'f':
        return word("false", boolean(false));
      case 'n':
        return word("null", {});
      default:
        return number();
    }
  }

  Value word(const char* letters, Value value) {
    size_t length = std::strlen(letters);
    if (static_cast<size_t>(end_ - at_) < length || std::memcmp(at_, letters, length) != 0) {
      wrong("a value");
    }
    at_ += length;
    return value;
  }

  Value fields(int depth) {
    at_++;
    Object fields;
    if (take('}')) {
      return object({});
    }
    do {
      space();
      if (at_ == end_ || *at_ != '"') {
        wrong("a name in quotation marks");
      }
      std::string name = string();
      want(':', "':'");
      set(fields, std::move(name), any(depth + 1));
    } while (take(','));
    want('}', "',' or '}'");
    return object(std::move(fields));
  }

  static void set(Object& fields, std::string name, Value value) {
    for (auto& [key, held] : fields) {
      if (key == name) {
        held = std::move(value);
        return;
      }
    }
    fields.emplace_back(std::move(name), std::move(value));
  }

  Value items(int depth) {
    at_++;
    List items;
    if (take(']')) {
      return list({});
    }
    do {
      items.push_back(any(depth + 1));
    } while (take(','));
    want(']', "',' or ']'");
    return list(std::move(items));
  }

  bool digits() {
    const char* from = at_;
    while (at_ != end_ && *at_ >= '0' && *at_ <= '9') {
      at_++;
    }
    return at_ != from;
  }

  // The grammar first: from_chars takes more than JSON has.
  Value number() {
    const char* from = at_;
    bool whole = true;
    at_ += at_ != end_ && *at_ == '-';
    bool zero = at_ != end_ && *at_ == '0';
    if (zero ? (at_++, false) : !digits()) {
      wrong("a value");
    }
    if (at_ != end_ && *at_ == '.') {
      whole = false;
      at_++;
      if (!digits()) {
        wrong("a digit");
      }
    }
    if (at_ != end_ && (*at_ == 'e' || *at_ == 'E')) {
      whole = false;
      at_++;
      at_ += at_ != end_ && (*at_ == '+' || *at_ == '-');
      if (!digits()) {
        wrong("a digit");
      }
    }
    return whole ? whole_number(from) : real_number(from);
  }

  Value whole_number(const char* from) const {
    int64_t n = 0;
    return std::from_chars(from, at_, n).ec == std::errc() ? integer(n) : real_number(from);
  }

  Value real_number(const char* from) const {
    double x = 0;
    if (std::from_chars(from, at_, x).ec != std::errc()) {
      wrong("a number that fits into 64 bits");
    }
    return real(x);
  }

  std::string string() {
    at_++;
    std::string out;
    while (true) {
      if (at_ == end_ || static_cast<unsigned char>(*at_) < 0x20) {
        wrong("'\"'");
      }
      char c = *at_++;
      if (c == '"') {
        return out;
      }
      if (c == '\\') {
        escape(out);
      } else {
        out.push_back(c);
      }
    }
  }

  void escape(std::string& out) {
    static const char letters[] = "\"\\/bfnrt";
    static const char meanings[] = "\"\\/\b\f\n\r\t";
    char c = at_ == end_ ? '\0' : *at_++;
    const char* letter = c == '\0' ? nullptr : std::strchr(letters, c);
    if (c == 'u') {
      append_utf8(out, code_point());
    } else if (letter != nullptr) {
      out.push_back(meanings[letter - letters]);
    } else {
      wrong("an escape");
    }
  }

  uint32_t hex4() {
    uint32_t unit = 0;
    if (end_ - at_ < 4 || std::from_chars(at_, at_ + 4, unit, 16).ptr != at_ + 4) {
      wrong("four hexadecimal digits");
    }
    at_ += 4;
    return unit;
  }

  uint32_t code_point() {
    uint32_t unit = hex4();
    if (unit < 0xd800 || unit > 0xdfff) {
      return unit;
    }
    if (unit > 0xdbff || end_ - at_ < 6 || at_[0] != '\\' || at_[1] != 'u') {
      wrong("the other half of a character");
    }
    at_ += 2;
    uint32_t low = hex4();
    if (low < 0xdc00 || low > 0xdfff) {
      wrong("the other half of a character");
    }
    return 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
  }

  static void append_utf8(std::string& out, uint32_t c) {
    if (c < 0x80) {
      out.push_back(static_cast<char>(c));
    } else if (c < 0x800) {
      out.push_back(static_cast<char>(0xc0 | c >> 6));
      out.push_back(static_cast<char>(0x80 | (c & 0x3f)));
    } else if (c < 0x10000) {
      out.push_back(static_cast<char>(0xe0 | c >> 12));
      out.push_back(static_cast<char>(0x80 | (c >> 6 & 0x3f)));
      out.push_back(static_cast<char>(0x80 | (c & 0x3f)));
    } else {
      out.push_back(static_cast<char>(0xf0 | c >> 18));
      out.push_back(static_cast<char>(0x80 | (c >> 12 & 0x3f)));
      out.push_back(static_cast<char>(0x80 | (c >> 6 & 0x3f)));
      out.push_back(static_cast<char>(0x80 | (c & 0x3f)));
    }
  }

  const char* begin_;
  const char* at_;
  const char* end_;
};

const char* format_name(int32_t format) {
  static const char* const names[] = {"BGR", "RGB", "BGRA", "RGBA", "GRAY8", "GRAY16", "NV12", "NV21", "I420", "YUYV"};
  return format >= 0 && format < 10 ? names[format] : "";
}

// Appends values to a text.
class Writer {
 public:
  void write(const Value& value) {
    std::visit([this](const auto& held) { put(held); }, value.data);
  }

  std::string out;

 private:
  void put(std::monostate) { out += "null"; }
  void put(bool b) { out += b ? "true" : "false"; }
  void put(int64_t n) { out += std::to_string(n); }

  void put(double x) {
    if (!std::isfinite(x)) {
      out += "null";
      return;
    }
    // to_chars, since printf writes the locale's decimal comma. What was a float gets a float's few digits.
    char digits[32];
    auto narrow = static_cast<float>(x);
    bool was_float = static_cast<double>(narrow) == x;
    char* end = digits + sizeof digits;
    out.append(digits, was_float ? std::to_chars(digits, end, narrow).ptr : std::to_chars(digits, end, x).ptr);
  }

  void put(const std::string& s) {
    static const char hex[] = "0123456789abcdef";
    out += '"';
    for (char c : s) {
      auto byte = static_cast<unsigned char>(c);
      if (c == '"' || c == '\\') {
        out += '\\';
        out += c;
      } else if (byte < 0x20) {
        out += "\\u00";
        out += hex[byte >> 4];
        out += hex[byte & 15];
      } else {
        out += c;
      }
    }
    out += '"';
  }

  void put(const std::shared_ptr<const List>& items) {
    const char* before = "[";
    for (const Value& item : *items) {
      out += before;
      write(item);
      before = ",";
    }
    out += items->empty() ? "[]" : "]";
  }

  void put(const std::shared_ptr<const Object>& fields) {
    const char* before = "{";
    for (const auto& [name, held] : *fields) {
      out += before;
      put(name);
      out += ':';
      write(held);
      before = ",";
    }
    out += fields->empty() ? "{}" : "}";
  }

  void size(int32_t width, int32_t height) {
    out += "{\"width\":" + std::to_string(width) + ",\"height\":" + std::to_string(height);
  }

  void put(const Picture& picture) {
    size(picture->width, picture->height);
    out += std::string(",\"format\":\"") + format_name(picture->format) + "\"}";
  }

  void put(const Mask& mask) {
    size(mask.width, mask.height);
    out += '}';
  }

  void put(const ClassMap& map) {
    size(map->width, map->height);
    out += ",\"classes\":" + std::to_string(map->classes) + "}";
  }
};

}  // namespace

Value parse_json(const char* text) {
  require(text != nullptr, "json: NULL");
  return Parser(text).parse();
}

std::string to_json(const Value& value) {
  Writer writer;
  writer.write(value);
  return std::move(writer.out);
}

}  // namespace mm
