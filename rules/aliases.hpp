// Which units a text names. Leftmost-longest matching over all aliases and traps of all units
// together, so that 长春汽车经济技术开发区 is never the 经济技术开发区 inside it and 二道白河 never
// 二道.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rules/notice.hpp"

namespace baosong::rules {

struct Mention {
  const Unit* unit = nullptr;
  AliasStrength strength = AliasStrength::kStrong;
  bool bureau = false;  // the education bureau (or what stands for it) is named, not the place
  bool school = false;  // a community school whose name starts with the alias
  std::size_t begin = 0, end = 0;  // bytes of the folded text; `end` behind the bureau's name
};

// Holds views into nothing but itself and pointers into the notice, which must outlive it.
class AliasMatcher {
 public:
  explicit AliasMatcher(const Notice& notice);

  // Mentions in order, without overlap. Linear in the text.
  [[nodiscard]] std::vector<Mention> find(std::string_view folded) const;

  // Folded text without the notice's own phrases: they name 长春开放大学 and others, but say
  // nothing about who sends.
  [[nodiscard]] std::string without_own_text(std::string folded) const;

 private:
  struct Pattern {
    std::string text;            // folded
    const Unit* unit = nullptr;  // null: a trap
    AliasStrength strength = AliasStrength::kStrong;
  };
  void add(std::string_view text, const Unit* unit, AliasStrength strength);
  [[nodiscard]] const Pattern* longest_at(std::string_view folded, std::size_t at) const;

  std::unordered_map<std::string, std::vector<Pattern>>
      by_first_;                           // first character -> longest first
  std::vector<std::string> own_text_;      // folded, longest first
  std::vector<std::string> school_words_;  // folded
};

}  // namespace baosong::rules
