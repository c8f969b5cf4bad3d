#include "parsers/worker/mend.hpp"

#include <array>
#include <optional>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "parsers/text/charset.hpp"
#include "parsers/text/utf8.hpp"
#include "parsers/worker/visit.hpp"

namespace baosong::parsers {
namespace {

class Mender {
 public:
  template <class... T>
  void operator()(T&... values) {
    (mend(values), ...);
  }

 private:
  void mend(std::string& text) {
    if (!is_valid_utf8(text)) text = scrub_utf8(text);
  }
  template <class T>
  void mend(std::vector<T>& values) {
    for (auto& value : values) mend(value);
  }
  template <class T, std::size_t kSize>
  void mend(std::array<T, kSize>& /*numbers*/) {
    static_assert(std::is_arithmetic_v<T>);
  }
  template <class T>
  void mend(std::optional<T>& value) {
    if (value) mend(*value);
  }
  void mend(Facts& facts) {
    std::visit([this](auto& value) { mend(value); }, facts);
  }
  void mend(std::monostate& /*nothing*/) {}
  void mend(Time& /*value*/) {}
  template <class T>
    requires std::is_arithmetic_v<T> || std::is_enum_v<T>
  void mend(T& /*value*/) {}
  template <class T>
    requires std::is_class_v<T>
  void mend(T& value) {
    wire::fields(*this, value);
  }
};

}  // namespace

void mend_utf8(Reading& reading) { Mender{}(reading); }

}  // namespace baosong::parsers
