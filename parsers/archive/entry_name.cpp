#include "parsers/archive/entry_name.hpp"

#include <algorithm>
#include <array>

#include "parsers/base/limits.hpp"
#include "parsers/text/charset.hpp"
#include "parsers/text/utf8.hpp"

namespace baosong::parsers {
namespace {

constexpr std::array<std::string_view, 4> kClutterNames{"__macosx", ".ds_store", "thumbs.db",
                                                        "desktop.ini"};
constexpr std::array<std::string_view, 2> kClutterPrefixes{"~$", "._"};

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

bool is_unsafe(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F;
}

std::string safe_step(std::string_view step) {
  std::string out;
  for (std::size_t at = 0; at < step.size();) {
    const char32_t c = next_character(step, at);
    append_utf8(out, is_unsafe(c) ? U'_' : c);
  }
  return std::string(trim(out));
}

bool is_drive(std::string_view step) {
  return step.size() == 2 && step[1] == ':' &&
         ((step[0] >= 'A' && step[0] <= 'Z') || (step[0] >= 'a' && step[0] <= 'z'));
}

}  // namespace

std::string clean_path(std::string_view raw) {
  // A NUL ends a name for every program that could have packed it on purpose.
  raw = raw.substr(0, raw.find('\0'));
  const std::string text = guess_utf8(raw.substr(0, 4 * limits::kNameBytes));
  std::string out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find_first_of("/\\", at), text.size());
    const std::string step = safe_step(std::string_view(text).substr(at, end - at));
    at = end + 1;
    if (step.empty() || step == "." || step == ".." || is_drive(step)) continue;
    if (!out.empty()) out.push_back('/');
    out += step;
  }
  // Of a name that is too long the end matters: it says what kind of file it is.
  if (out.size() > limits::kNameBytes) {
    std::size_t from = out.size() - limits::kNameBytes;
    while (from < out.size() && (static_cast<unsigned char>(out[from]) & 0xC0U) == 0x80U) ++from;
    out.erase(0, from);
  }
  return out.empty() ? "未命名" : out;
}

std::string_view last_step(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

bool is_clutter(std::string_view clean) {
  for (std::size_t at = 0; at <= clean.size();) {
    const std::size_t end = std::min(clean.find('/', at), clean.size());
    const std::string step = lower_ascii(clean.substr(at, end - at));
    at = end + 1;
    if (std::find(kClutterNames.begin(), kClutterNames.end(), step) != kClutterNames.end()) {
      return true;
    }
    if (std::any_of(kClutterPrefixes.begin(), kClutterPrefixes.end(),
                    [&](std::string_view prefix) { return step.starts_with(prefix); })) {
      return true;
    }
  }
  return false;
}

}  // namespace baosong::parsers
