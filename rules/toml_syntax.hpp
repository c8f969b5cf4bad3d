// What the TOML parser says, in words for an administrator.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace baosong::rules {

struct SyntaxAdvice {
  std::string wrong, right;
};
// `description` is the parser's English sentence, `line` the line it stopped in, `column` where, in
// characters from 1.
SyntaxAdvice explain_syntax(std::string_view description, std::string_view line,
                            std::uint32_t column);

}  // namespace baosong::rules
