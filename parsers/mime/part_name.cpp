#include "parsers/mime/part_name.hpp"

#include <algorithm>

#include "parsers/base/limits.hpp"
#include "parsers/mime/ascii.hpp"
#include "parsers/mime/encoded_word.hpp"
#include "parsers/text/charset.hpp"
#include "parsers/text/html_text.hpp"
#include "parsers/text/utf8.hpp"

namespace baosong::parsers::mime {
namespace {

constexpr std::string_view kReplaced = "\xEF\xBF\xBD";

bool is_ascii(std::string_view text) { return std::ranges::none_of(text, is_eight_bit); }

// "%E6%8A%A5.docx" in a plain parameter, or "utf-8''%E6..." without the star. Only when it gives
// something that is no ASCII: "100%25.doc" is a name.
std::string without_percents(std::string_view value) {
  if (!is_ascii(value) || value.find('%') == std::string_view::npos) return std::string(value);
  const Structured again = parse_structured("x; name*=" + std::string(value));
  if (again.parameters.empty() || is_ascii(again.parameters[0].value)) return std::string(value);
  const Parameter& found = again.parameters[0];
  const std::string text = to_utf8(found.value, found.charset);
  return text.find(kReplaced) == std::string::npos ? text : std::string(value);
}

std::string plain_name(std::string_view value) {
  if (!is_ascii(value)) return decode_words(value);
  std::string text = without_percents(decode_words(value));
  if (text.find("&#") != std::string::npos) text = decode_entities(text);
  return text;
}

// The last step of a path. A backslash alone does not make one: it may be part of a name.
std::string_view last_step(std::string_view name) {
  const bool windows = (name.size() > 2 && name[1] == ':' && name[2] == '\\') ||
                       name.starts_with('\\') || name.find("..\\") != std::string_view::npos;
  const std::string_view marks = windows ? "/\\" : "/";
  while (!name.empty() && marks.find(name.back()) != std::string_view::npos) name.remove_suffix(1);
  const std::size_t mark = name.find_last_of(marks);
  return mark == std::string_view::npos ? name : name.substr(mark + 1);
}

std::string clean(std::string name) {
  std::erase_if(name, [](char c) { return (c >= 0 && c < 0x20) || c == 0x7F; });
  const std::string_view step = trim(last_step(trim(name)));
  return std::string(cut_utf8(step, limits::kNameBytes));
}

// Lower is better: what a program put in because it could not write the name, or a name that lost
// characters on the way.
int faults(std::string_view name) {
  if (name.empty()) return 3;
  const std::string small = lower(name);
  if (small.starts_with("tcmime.") && small.ends_with(".bin")) return 2;
  if (name.find(kReplaced) != std::string_view::npos) return 1;
  return name.find("??") != std::string_view::npos || name.find("=?") != std::string_view::npos ? 1
                                                                                                : 0;
}

std::string name_of(const Structured& field, std::string_view parameter) {
  std::string best;
  for (const Parameter& candidate : field.parameters) {
    if (candidate.name != parameter) continue;
    std::string name = clean(decode_name(candidate));
    const int gain = faults(best) - faults(name);
    if (gain > 0 || (gain == 0 && candidate.extended && !name.empty())) best = std::move(name);
  }
  return best;
}

}  // namespace

std::string decode_name(const Parameter& parameter) {
  if (!parameter.extended) return plain_name(parameter.value);
  if (!parameter.charset.empty() && !is_ascii(parameter.value)) {
    return to_utf8(parameter.value, parameter.charset);
  }
  // Some programs put encoded words into extended parameters; RFC 2047 forbids it.
  return plain_name(parameter.value);
}

std::string part_name(const Structured& type, const Structured& disposition) {
  std::string best = name_of(disposition, "filename");
  for (const auto& [field, parameter] :
       {std::pair{&type, "name"}, std::pair{&disposition, "name"}, std::pair{&type, "filename"}}) {
    if (faults(best) == 0) break;
    std::string name = name_of(*field, parameter);
    if (faults(name) < faults(best)) best = std::move(name);
  }
  return best;
}

}  // namespace baosong::parsers::mime
