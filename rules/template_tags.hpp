// The tags of a mustache text, for checking that every {{field}} exists before anything is
// rendered. Only what the config checker needs: rendering is the mustache library's work.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace baosong::rules {

enum class TagKind : std::uint8_t { kValue, kSection, kInverted, kEnd, kPartial };

struct TemplateTag {
  TagKind kind = TagKind::kValue;
  std::string name;
  std::size_t at = 0;  // byte offset of the opening braces
};

struct TemplateTags {
  std::vector<TemplateTag> tags;  // comments left out
  // What does not fit together (a tag that is not closed, a section that ends as another); Chinese.
  struct Flaw {
    std::size_t at = 0;
    std::string wrong, right;
  };
  std::vector<Flaw> flaws;
};
TemplateTags template_tags(std::string_view text);

// Line and column (in characters, from 1) of a byte offset.
struct TextPlace {
  std::uint32_t line = 1, column = 1;
};
TextPlace place_of(std::string_view text, std::size_t at);

}  // namespace baosong::rules
