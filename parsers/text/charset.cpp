#include "parsers/text/charset.hpp"

#include <unicode/ucnv.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "parsers/text/utf8.hpp"

namespace baosong::parsers {
namespace {

enum class Reading {
  kConvert,  // ICU's converter of that name
  kUtf8,
  kUtf16,   // the byte order must be found out
  kLatin1,  // said by programs that know nothing better
  kGuess,
};

struct Row {
  std::string_view label;  // lower case, without '-', '_', ' ' and a leading "x"
  Reading reading;
  const char* converter = "";
};

// Labels that ICU does not know, or for which it knows something narrower than what mail means.
constexpr std::array kRows{
    Row{"", Reading::kGuess},
    Row{"usascii", Reading::kGuess},
    Row{"ascii", Reading::kGuess},
    Row{"ansix3.41968", Reading::kGuess},
    Row{"646", Reading::kGuess},
    Row{"unknown8bit", Reading::kGuess},
    Row{"unknown", Reading::kGuess},
    Row{"default", Reading::kGuess},
    Row{"defaultcharset", Reading::kGuess},
    Row{"8bit", Reading::kGuess},
    Row{"7bit", Reading::kGuess},
    Row{"binary", Reading::kGuess},
    Row{"none", Reading::kGuess},
    Row{"utf8", Reading::kUtf8},
    Row{"utf8mb4", Reading::kUtf8},
    Row{"unicode11utf8", Reading::kUtf8},
    Row{"cp65001", Reading::kUtf8},
    Row{"65001", Reading::kUtf8},
    Row{"utf16", Reading::kUtf16},
    Row{"unicode", Reading::kUtf16},
    Row{"ucs2", Reading::kUtf16},
    Row{"iso10646ucs2", Reading::kUtf16},
    Row{"utf7", Reading::kConvert, "UTF-7"},
    Row{"unicode11utf7", Reading::kConvert, "UTF-7"},
    Row{"gb18030", Reading::kConvert, "gb18030"},
    Row{"gb180302022", Reading::kConvert, "gb18030"},
    Row{"gbk", Reading::kConvert, "gb18030"},
    Row{"gb2312", Reading::kConvert, "gb18030"},
    Row{"gb231280", Reading::kConvert, "gb18030"},
    Row{"gb", Reading::kConvert, "gb18030"},
    Row{"gb13000", Reading::kConvert, "gb18030"},
    Row{"csgb2312", Reading::kConvert, "gb18030"},
    Row{"csgbk", Reading::kConvert, "gb18030"},
    Row{"csiso58gb231280", Reading::kConvert, "gb18030"},
    Row{"isoir58", Reading::kConvert, "gb18030"},
    Row{"chinese", Reading::kConvert, "gb18030"},
    Row{"euccn", Reading::kConvert, "gb18030"},
    Row{"cngb", Reading::kConvert, "gb18030"},
    Row{"cp936", Reading::kConvert, "gb18030"},
    Row{"ms936", Reading::kConvert, "gb18030"},
    Row{"936", Reading::kConvert, "gb18030"},
    Row{"windows936", Reading::kConvert, "gb18030"},
    Row{"zhcn", Reading::kConvert, "gb18030"},
    Row{"hzgb2312", Reading::kConvert, "HZ"},
    Row{"hz", Reading::kConvert, "HZ"},
    Row{"big5", Reading::kConvert, "windows-950"},
    Row{"cnbig5", Reading::kConvert, "windows-950"},
    Row{"csbig5", Reading::kConvert, "windows-950"},
    Row{"cp950", Reading::kConvert, "windows-950"},
    Row{"950", Reading::kConvert, "windows-950"},
    Row{"ksc56011987", Reading::kConvert, "windows-949"},
    Row{"ksc5601", Reading::kConvert, "windows-949"},
    Row{"euckr", Reading::kConvert, "windows-949"},
    Row{"shiftjis", Reading::kConvert, "ibm-943_P15A-2003"},
    Row{"sjis", Reading::kConvert, "ibm-943_P15A-2003"},
    Row{"iso2022jp", Reading::kConvert, "ISO-2022-JP-2"},
    Row{"iso88591", Reading::kLatin1},
    Row{"latin1", Reading::kLatin1},
    Row{"windows1252", Reading::kLatin1},
    Row{"cp1252", Reading::kLatin1},
};

// ICU matches labels without case, '-', '_' and blanks; so does the table above.
std::string plain_label(std::string_view charset) {
  std::string out;
  for (const char c : charset) {
    if (c >= 'A' && c <= 'Z') {
      out.push_back(static_cast<char>(c + 32));
    } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.') {
      out.push_back(c);
    }
    if (out.size() == 40) break;
  }
  if (out.starts_with("x") && out.size() > 2) out.erase(0, 1);
  return out;
}

struct Closer {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, Closer>;

struct Choice {
  Reading reading = Reading::kGuess;
  Converter converter;
  bool known = false;
};

Choice choose(const std::string& label, std::string_view charset) {
  Choice choice;
  const char* name = "";
  const auto row = std::ranges::find(kRows, label, &Row::label);
  const std::string own(charset.substr(0, 60));
  if (row != kRows.end()) {
    choice.reading = row->reading;
    choice.known = true;
    name = row->converter;
  } else {
    name = own.c_str();
  }
  if (*name == '\0') return choice;
  UErrorCode status = U_ZERO_ERROR;
  choice.converter.reset(ucnv_open(name, &status));
  if (U_SUCCESS(status) == 0) {
    choice.converter.reset();
    return choice;
  }
  choice.reading = Reading::kConvert;
  choice.known = true;
  return choice;
}

// Opening a converter costs more than using it, so each thread keeps the last few. The bound is
// for hostile mail that names a new label in each field.
Choice& cached(std::string_view charset) {
  constexpr std::size_t kKept = 24;
  struct Entry {
    std::string label;
    Choice choice;
  };
  thread_local std::vector<std::unique_ptr<Entry>> cache;
  std::string label = plain_label(charset);
  const auto found = std::ranges::find_if(cache, [&](const auto& e) { return e->label == label; });
  if (found != cache.end()) return (*found)->choice;
  if (cache.size() == kKept) cache.erase(cache.begin());
  Choice choice = choose(label, charset);
  cache.push_back(std::make_unique<Entry>(Entry{std::move(label), std::move(choice)}));
  return cache.back()->choice;
}

bool is_ascii(std::string_view bytes) {
  return std::ranges::all_of(bytes, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string_view without_bom(std::string_view utf8) {
  return utf8.starts_with("\xEF\xBB\xBF") ? utf8.substr(3) : utf8;
}

// Pieces that were joined before decoding (UTF-16 encoded words) carry a BOM each; none is text.
void drop_boms(std::string& text) {
  constexpr std::string_view kBom = "\xEF\xBB\xBF";
  std::size_t at = text.find(kBom);
  if (at == std::string::npos) return;
  std::string kept;
  std::size_t from = 0;
  for (; at != std::string::npos; at = text.find(kBom, from)) {
    kept.append(text, from, at - from);
    from = at + kBom.size();
  }
  kept.append(text, from);
  text = std::move(kept);
}

std::string convert(std::string_view bytes, UConverter& converter) {
  // In pieces: the buffer stays small and no 32-bit length of ICU can overflow.
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 2);
  std::array<UChar, 2048> wide;  // filled below, as far as they are read
  std::array<char, 3 * 2048 + 4> narrow;
  ucnv_resetToUnicode(&converter);
  const char* from = bytes.data();
  const char* const end = from + bytes.size();
  UChar carry = 0;  // a lead surrogate whose other half did not fit
  for (;;) {
    UChar* to = wide.data();
    if (carry != 0) *to++ = carry;
    carry = 0;
    UErrorCode status = U_ZERO_ERROR;
    ucnv_toUnicode(&converter, &to, wide.data() + wide.size(), &from, end, nullptr, 1, &status);
    auto length = static_cast<std::int32_t>(to - wide.data());
    const bool more = status == U_BUFFER_OVERFLOW_ERROR;
    if (more && length > 1 && U16_IS_LEAD(wide[static_cast<std::size_t>(length) - 1])) {
      carry = wide[static_cast<std::size_t>(--length)];
    }
    std::int32_t written = 0;
    UErrorCode narrowed = U_ZERO_ERROR;
    u_strToUTF8WithSub(narrow.data(), static_cast<std::int32_t>(narrow.size()), &written,
                       wide.data(), length, static_cast<UChar32>(kReplacement), nullptr, &narrowed);
    if (U_SUCCESS(narrowed) != 0) out.append(narrow.data(), static_cast<std::size_t>(written));
    if (!more) break;
  }
  drop_boms(out);
  return out;
}

std::string convert_as(std::string_view bytes, std::string_view charset) {
  Choice& choice = cached(charset);
  return choice.converter ? convert(bytes, *choice.converter) : scrub_utf8(bytes);
}

// Whole characters of three and more bytes, and bytes that fit nowhere.
struct Utf8Signs {
  std::size_t good = 0, bad = 0;
};
Utf8Signs utf8_signs(std::string_view bytes) {
  Utf8Signs signs;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t start = at;
    const char32_t c = next_character(bytes, at);
    if (c == kReplacement && at - start == 1) {
      ++signs.bad;
    } else if (at - start >= 3) {
      ++signs.good;
    }
  }
  return signs;
}

// Whether every 8-bit byte belongs to a pair as GB 2312 text has them; in Western text most stand
// alone between ASCII letters.
bool looks_like_gb(std::string_view bytes) {
  std::size_t pairs = 0;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const auto lead = static_cast<unsigned char>(bytes[at]);
    if (lead < 0x80) continue;
    if (lead < 0xA1 || lead > 0xF7 || at + 1 == bytes.size()) return false;
    if (static_cast<unsigned char>(bytes[at + 1]) < 0xA1) return false;
    ++at;
    ++pairs;
  }
  return pairs >= 2;
}

// Whether every pair of bytes is one of Big5's frequent characters and none is in GB 2312: as GBK
// such text would be rare characters only, and nobody writes that.
bool looks_like_big5(std::string_view bytes) {
  std::size_t pairs = 0;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const auto lead = static_cast<unsigned char>(bytes[at]);
    if (lead < 0x80) continue;
    if (lead < 0xA4 || lead > 0xC6 || ++at == bytes.size()) return false;
    const auto trail = static_cast<unsigned char>(bytes[at]);
    if (trail < 0x40 || trail > 0x7E) return false;
    ++pairs;
  }
  return pairs >= 2;
}

std::string from_utf16(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE")) return convert_as(bytes, "UTF-16LE");
  if (bytes.starts_with("\xFE\xFF")) return convert_as(bytes, "UTF-16BE");
  // Without a BOM the high bytes tell: 00 for ASCII, else 4E to 9F for 汉字.
  std::array<std::size_t, 2> zero{}, han{};
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const auto byte = static_cast<unsigned char>(bytes[at]);
    if (byte == 0) ++zero[at % 2];
    if (byte >= 0x4E && byte <= 0x9F) ++han[at % 2];
  }
  const auto& high = zero[0] != zero[1] ? zero : han;
  return convert_as(bytes, high[1] > high[0] ? "UTF-16LE" : "UTF-16BE");
}

// A UTF-8 label yields only to bytes that are GB18030 from end to end.
std::string from_labelled_utf8(std::string_view bytes) {
  if (is_valid_utf8(bytes)) return std::string(without_bom(bytes));
  const Utf8Signs signs = utf8_signs(bytes);
  if (signs.good <= signs.bad) {
    std::string other = convert_as(bytes, "gb18030");
    if (other.find("\xEF\xBF\xBD") == std::string::npos) return other;
  }
  return scrub_utf8(bytes);
}

}  // namespace

std::string scrub_utf8(std::string_view bytes) {
  bytes = without_bom(bytes);
  if (is_valid_utf8(bytes)) return std::string(bytes);
  std::string out;
  out.reserve(bytes.size() + 8);
  bool broken = false;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t start = at;
    const char32_t c = next_character(bytes, at);
    const bool bad = c == kReplacement && at - start == 1;
    const bool continues = broken && (static_cast<unsigned char>(bytes[start]) & 0xC0U) == 0x80;
    if (!(bad && continues)) append_utf8(out, c);
    broken = bad;
  }
  return out;
}

std::string guess_utf8(std::string_view bytes) {
  if (is_valid_utf8(bytes)) return std::string(without_bom(bytes));
  // UTF-8 that was cut inside a character has far more whole characters than odd bytes.
  const Utf8Signs signs = utf8_signs(bytes);
  if (signs.good > signs.bad) return scrub_utf8(bytes);
  return convert_as(bytes, looks_like_big5(bytes) ? "big5" : "gb18030");
}

std::string to_utf8(std::string_view bytes, std::string_view charset) {
  Choice& choice = cached(charset);
  switch (choice.reading) {
    case Reading::kConvert:
      return convert(bytes, *choice.converter);
    case Reading::kUtf16:
      return from_utf16(bytes);
    case Reading::kLatin1:
      if (is_ascii(bytes)) return std::string(bytes);
      if (is_valid_utf8(bytes) || looks_like_gb(bytes)) return guess_utf8(bytes);
      return convert_as(bytes, "ibm-5348_P100-1997");  // windows-1252, a superset of Latin-1
    case Reading::kUtf8:
      return from_labelled_utf8(bytes);
    case Reading::kGuess:
      break;
  }
  return guess_utf8(bytes);
}

bool is_known_charset(std::string_view charset) { return cached(charset).known; }

}  // namespace baosong::parsers
