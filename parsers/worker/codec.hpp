// How values become bytes and come back: integers are little-endian, a string or list is a u32
// count and its elements, an optional is a bool and its value, a variant is the index as u8 and its
// value, a class is its fields in the order of visit.hpp. Decoding is strict: one value has one
// encoding, every count is held against the bytes that are left, and nothing may follow.
#pragma once

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "parsers/facts.hpp"
#include "parsers/text/utf8.hpp"
#include "parsers/worker/visit.hpp"

namespace baosong::parsers::wire {

// The last enumerator of every enumeration that crosses the pipe.
template <class T>
inline constexpr T kLast = T::kLast;
template <>
inline constexpr Format kLast<Format> = Format::kText;
template <>
inline constexpr Trouble kLast<Trouble> = Trouble::kUnsafe;
static_assert(static_cast<std::size_t>(kLast<Format>) + 1 == kFormatNames.size());
// 0000-01-01 to 9999-12-31: what RFC 3339 can write.
inline constexpr std::int64_t kFirstSecond = -62'167'219'200;
inline constexpr std::int64_t kLastSecond = 253'402'300'799;

class Encoder {
 public:
  template <class... T>
  void operator()(const T&... values) {
    (put(values), ...);
  }
  void raw(std::string_view bytes) { out_.append(bytes); }
  std::string take() { return std::move(out_); }

 private:
  template <class T>
    requires std::integral<T> || std::is_enum_v<T>
  void put(const T& value) {
    auto rest = static_cast<std::uint64_t>(value);
    for (std::size_t i = 0; i < sizeof(T); ++i, rest >>= 8U) {
      out_.push_back(static_cast<char>(rest & 0xFFU));
    }
  }
  void put(const double& value) { put(std::bit_cast<std::uint64_t>(value)); }
  void put(const Time& value) { put(static_cast<std::int64_t>(value.time_since_epoch().count())); }
  void put(const std::string& value) {
    put_count(value.size());
    out_.append(value);
  }
  template <class T>
  void put(const std::vector<T>& values) {
    put_count(values.size());
    for (const auto& value : values) put(value);
  }
  template <class T, std::size_t kSize>
  void put(const std::array<T, kSize>& values) {
    for (const T& value : values) put(value);
  }
  template <class T>
  void put(const std::optional<T>& value) {
    put(value.has_value());
    if (value) put(*value);
  }
  void put(const std::monostate& /*nothing*/) {}
  void put(const Facts& facts) {
    put(static_cast<std::uint8_t>(facts.index()));
    std::visit([this](const auto& value) { put(value); }, facts);
  }
  template <class T>
    requires std::is_class_v<T>
  void put(const T& value) {
    fields(*this, value);  // found where the type's row is, perhaps later than here
  }
  void put_count(std::size_t count) {
    // The limits on what is read lie far below; a larger value is our own bug.
    if (count > std::numeric_limits<std::uint32_t>::max()) throw std::length_error("wire count");
    put(static_cast<std::uint32_t>(count));
  }

  std::string out_;
};

template <class T>
std::string default_frame() {
  Encoder encoder;
  encoder(T{});
  return encoder.take();
}

class Decoder {
 public:
  explicit Decoder(std::string_view bytes) : rest_(bytes) {}

  template <class... T>
  void operator()(T&... values) {
    (get(values), ...);
  }
  bool literal(std::string_view bytes) {
    if (!rest_.starts_with(bytes)) return false;
    rest_.remove_prefix(bytes.size());
    return true;
  }
  [[nodiscard]] bool complete() const { return !fault_ && rest_.empty(); }
  [[nodiscard]] std::string_view fault() const {
    return fault_ ? fault_ : rest_.empty() ? "" : "bytes after the end";
  }

 private:
  void fail(const char* why) {
    if (!fault_) fault_ = why;
    rest_ = {};  // whatever is asked for next fails too
  }

  template <std::integral T>
  void get(T& value) {
    if (rest_.size() < sizeof(T)) return fail("ends too early");
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i) {
      sum |= std::uint64_t{static_cast<unsigned char>(rest_[i])} << (8 * i);
    }
    rest_.remove_prefix(sizeof(T));
    if constexpr (std::is_same_v<T, bool>) {
      if (sum > 1) return fail("a bool is neither 0 nor 1");
    }
    value = static_cast<T>(sum);
  }
  template <class T>
    requires std::is_enum_v<T>
  void get(T& value) {
    std::underlying_type_t<T> number{};
    get(number);
    if (number > static_cast<std::underlying_type_t<T>>(kLast<T>)) {
      return fail("unknown enumerator");
    }
    value = static_cast<T>(number);
  }
  void get(double& value) {
    std::uint64_t bits = 0;
    get(bits);
    value = std::bit_cast<double>(bits);
  }
  void get(Time& value) {
    std::int64_t seconds = 0;
    get(seconds);
    if (seconds < kFirstSecond || seconds > kLastSecond) return fail("no such time");
    value = Time{std::chrono::seconds{seconds}};
  }
  void get(std::string& value) {
    const std::size_t size = get_count(1);
    const std::string_view bytes = rest_.substr(0, size);
    if (!is_valid_utf8(bytes)) return fail("text is not UTF-8");
    value.assign(bytes);
    rest_.remove_prefix(bytes.size());
  }
  template <class T>
  void get(std::vector<T>& values) {
    // A default value is the shortest frame of its kind: more elements than fit cannot follow.
    static const std::size_t shortest = default_frame<T>().size();
    const std::size_t count = get_count(shortest);
    values.clear();
    values.reserve(count);
    for (std::size_t i = 0; i < count && !fault_; ++i) get(values.emplace_back());
  }
  template <class T, std::size_t kSize>
  void get(std::array<T, kSize>& values) {
    for (T& value : values) get(value);
  }
  template <class T>
  void get(std::optional<T>& value) {
    bool present = false;
    get(present);
    if (present) {
      get(value.emplace());
    } else {
      value.reset();
    }
  }
  void get(std::monostate& /*nothing*/) {}
  template <std::size_t kIndex = 0>
  void get_alternative(Facts& facts, std::size_t index) {
    if constexpr (kIndex == std::variant_size_v<Facts>) {
      fail("unknown kind of facts");
    } else if (index == kIndex) {
      get(facts.emplace<kIndex>());
    } else {
      get_alternative<kIndex + 1>(facts, index);
    }
  }
  void get(Facts& facts) {
    std::uint8_t index = 0;
    get(index);
    get_alternative(facts, index);
  }
  template <class T>
    requires std::is_class_v<T>
  void get(T& value) {
    fields(*this, value);  // found where the type's row is, perhaps later than here
  }
  std::size_t get_count(std::size_t shortest) {
    std::uint32_t count = 0;
    get(count);
    if (count <= rest_.size() / shortest) return count;
    fail("a count is larger than the rest");
    return 0;
  }

  std::string_view rest_;
  const char* fault_ = nullptr;
};

}  // namespace baosong::parsers::wire
