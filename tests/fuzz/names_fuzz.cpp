// File names, encoded words, addresses, dates, and the charsets behind them. The first byte
// chooses.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "parsers/mime/address.hpp"
#include "parsers/mime/date.hpp"
#include "parsers/mime/encoded_word.hpp"
#include "parsers/mime/part_name.hpp"
#include "parsers/text/charset.hpp"
#include "parsers/text/html_text.hpp"
#include "parsers/text/utf8.hpp"

namespace {

void must_be_text(std::string_view text) {
  if (!baosong::parsers::is_valid_utf8(text)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace baosong::parsers;
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 6) {
    case 0:
      must_be_text(mime::part_name({}, mime::parse_structured(text)));
      break;
    case 1:
      must_be_text(mime::decode_words(text));
      break;
    case 2:
      for (const Address& address : mime::parse_addresses(text)) {
        must_be_text(address.name);
        must_be_text(address.address);
      }
      break;
    case 3:
      static_cast<void>(mime::parse_date_time(text));
      break;
    case 4: {
      const std::size_t mark = text.find('\n');
      if (mark != std::string_view::npos)
        must_be_text(to_utf8(text.substr(mark + 1), text.substr(0, mark)));
      break;
    }
    default:
      if (is_valid_utf8(text)) must_be_text(html_to_text(text));
      must_be_text(fold(text));
  }
  return 0;
}
