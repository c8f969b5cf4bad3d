// Makes winmail.dat ([MS-OXTNEF]) and Outlook messages ([MS-OXMSG]).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/make_ole.hpp"

namespace baosong::test {

inline std::string utf16le(std::u16string_view text) {
  std::string out;
  for (const char16_t c : text) put_little(out, c, 2);
  return out;
}

// A list of MAPI properties as TNEF writes it.
class TnefProperties {
 public:
  TnefProperties& unicode(unsigned id, std::u16string_view text) {
    return variable(id, 0x001F, utf16le(text) + std::string(2, '\0'));
  }
  TnefProperties& string8(unsigned id, std::string_view text) {
    return variable(id, 0x001E, std::string(text) + '\0');
  }
  TnefProperties& binary(unsigned id, std::string_view bytes) {
    return variable(id, 0x0102, bytes);
  }
  TnefProperties& object(unsigned id, std::string_view bytes) {
    return variable(id, 0x000D, std::string(16, 'g') + std::string(bytes));
  }
  TnefProperties& number(unsigned id, std::uint32_t value) {
    tag(id, 0x0003);
    put_little(data_, value, 4);
    return *this;
  }
  TnefProperties& time(unsigned id) {
    tag(id, 0x0040);
    data_.append(8, 't');
    return *this;
  }
  TnefProperties& named(std::u16string_view name, std::uint32_t value) {
    tag(0x8001, 0x0003);
    data_.append(16, 'g');
    put_little(data_, 1, 4);
    put(utf16le(name));
    put_little(data_, value, 4);
    return *this;
  }
  [[nodiscard]] std::string bytes() const {
    std::string out;
    put_little(out, count_, 4);
    return out + data_;
  }

 private:
  void tag(unsigned id, unsigned type) {
    ++count_;
    put_little(data_, type, 2);
    put_little(data_, id, 2);
  }
  void put(std::string_view bytes) {
    put_little(data_, bytes.size(), 4);
    data_ += bytes;
    while (data_.size() % 4 != 0) data_.push_back('\0');
  }
  TnefProperties& variable(unsigned id, unsigned type, std::string_view bytes) {
    tag(id, type);
    put_little(data_, 1, 4);
    put(bytes);
    return *this;
  }

  std::string data_;
  std::size_t count_ = 0;
};

class TnefBuilder {
 public:
  TnefBuilder() {
    put_little(out_, 0x223E9F78, 4);
    put_little(out_, 1, 2);
  }
  TnefBuilder& attribute(char level, std::uint32_t id, std::string_view data) {
    out_.push_back(level);
    put_little(out_, id, 4);
    put_little(out_, data.size(), 4);
    out_ += data;
    unsigned sum = 0;
    for (const char c : data) sum += static_cast<unsigned char>(c);
    put_little(out_, sum & 0xFFFFU, 2);
    return *this;
  }
  TnefBuilder& codepage(std::uint32_t number) {
    std::string data;
    put_little(data, number, 8);
    return attribute(1, 0x00069007, data);
  }
  TnefBuilder& message(const TnefProperties& properties) {
    return attribute(1, 0x00069003, properties.bytes());
  }
  // `title` is 8-bit.
  TnefBuilder& attachment(std::string_view title, std::string_view bytes,
                          const TnefProperties& properties = {}) {
    attribute(2, 0x00069002, std::string(14, '\0'));
    attribute(2, 0x00018010, std::string(title) + '\0');
    if (!bytes.empty()) attribute(2, 0x0006800F, bytes);
    return attribute(2, 0x00069005, properties.bytes());
  }
  [[nodiscard]] const std::string& bytes() const { return out_; }

 private:
  std::string out_;
};

// "0037001F" -> the stream of that property.
inline OleNode msg_property(const std::string& tag, std::string bytes) {
  return {"__substg1.0_" + tag, std::move(bytes)};
}
inline OleNode msg_attachment(int number, std::u16string_view name, std::string bytes) {
  return ole_storage(
      "__attach_version1.0_#0000000" + std::to_string(number),
      {msg_property("3707001F", utf16le(name)), msg_property("37010102", std::move(bytes))});
}

}  // namespace baosong::test
