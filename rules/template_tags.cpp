#include "rules/template_tags.hpp"

#include <fmt/format.h>

#include "parsers/text/utf8.hpp"

namespace baosong::rules {
namespace {

TagKind kind_of(char sign) {
  switch (sign) {
    case '#':
      return TagKind::kSection;
    case '^':
      return TagKind::kInverted;
    case '/':
      return TagKind::kEnd;
    case '>':
      return TagKind::kPartial;
    default:
      return TagKind::kValue;
  }
}

}  // namespace

TemplateTags template_tags(std::string_view text) {
  TemplateTags out;
  std::vector<TemplateTag> open;
  for (std::size_t at = text.find("{{"); at != std::string_view::npos; at = text.find("{{", at)) {
    const bool triple = text.substr(at).starts_with("{{{");
    const std::string_view close = triple ? "}}}" : "}}";
    const std::size_t first = at + close.size();
    const std::size_t end = text.find(close, first);
    if (end == std::string_view::npos) {
      out.flaws.push_back({at,
                           fmt::format("“{}”没有用“{}”结束", text.substr(at, close.size()), close),
                           triple ? "{{{字段}}}" : "{{字段}}"});
      break;
    }
    std::string_view inner = parsers::trim(text.substr(first, end - first));
    const std::size_t begin = at;
    at = end + close.size();
    if (!inner.empty() && inner[0] == '!') continue;
    TemplateTag tag;
    if (!inner.empty()) tag.kind = triple ? TagKind::kValue : kind_of(inner[0]);
    if (tag.kind != TagKind::kValue || inner.starts_with("&"))
      inner = parsers::trim(inner.substr(1));
    tag.name = std::string(inner);
    tag.at = begin;
    if (tag.kind == TagKind::kSection || tag.kind == TagKind::kInverted) open.push_back(tag);
    if (tag.kind == TagKind::kEnd) {
      if (open.empty()) {
        out.flaws.push_back({begin, fmt::format("{{{{/{}}}}}前面没有对应的开头", tag.name),
                             fmt::format("前面加{{{{#{}}}}}，或删去", tag.name)});
      } else {
        if (open.back().name != tag.name) {
          out.flaws.push_back(
              {begin,
               fmt::format("{{{{/{}}}}}与前面的{{{{#{}}}}}不配对", tag.name, open.back().name),
               fmt::format("{{{{/{}}}}}", open.back().name)});
        }
        open.pop_back();
      }
    }
    out.tags.push_back(std::move(tag));
  }
  for (const auto& tag : open) {
    out.flaws.push_back(
        {tag.at,
         fmt::format("{{{{{}{}}}}}没有结尾", tag.kind == TagKind::kSection ? "#" : "^", tag.name),
         fmt::format("后面加{{{{/{}}}}}", tag.name)});
  }
  return out;
}

TextPlace place_of(std::string_view text, std::size_t at) {
  TextPlace place;
  for (std::size_t i = 0; i < at && i < text.size();) {
    if (parsers::next_character(text, i) == U'\n') {
      ++place.line;
      place.column = 1;
    } else {
      ++place.column;
    }
  }
  return place;
}

}  // namespace baosong::rules
