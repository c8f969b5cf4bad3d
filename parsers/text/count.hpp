// 字数 as Word counts it: each East Asian character or full-width punctuation mark is 1, each run
// of other non-space characters is 1, white space (the full-width space too) is 0.
#pragma once

#include <cstdint>
#include <string_view>

namespace baosong::parsers {

// Word decides by the font whether “ ” ‘ ’ — … · are East Asian; the file alone does not tell. So
// two counts are kept: `high` takes each of them for an East Asian mark, `low` for a character of a
// run. A limit is broken only when both break it.
struct Count {
  std::uint32_t high = 0;       // 字数, ambiguous marks count 1 each
  std::uint32_t low = 0;        // 字数, ambiguous marks belong to runs
  std::uint32_t non_space = 0;  // every character but white space
  std::uint32_t han = 0;        // 汉字 only

  Count& operator+=(const Count& other) {
    high += other.high;
    low += other.low;
    non_space += other.non_space;
    han += other.han;
    return *this;
  }
  bool operator==(const Count&) const = default;
};

// Counts one paragraph or cell of UTF-8 text (invalid bytes count as one character each). Runs do
// not reach across calls: the caller adds paragraphs up.
Count count_characters(std::string_view utf8);

}  // namespace baosong::parsers
