// UTF-8 in small steps: decoding, checking, classes of characters, folding for comparison.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace baosong::parsers {

inline constexpr char32_t kReplacement = 0xFFFD;

// Decodes the character at `at` and moves `at` past it. Invalid bytes give kReplacement, one byte
// at a time, so the loop always ends. `at` must be below text.size().
char32_t next_character(std::string_view text, std::size_t& at);
void append_utf8(std::string& out, char32_t character);
bool is_valid_utf8(std::string_view text);

bool is_han(char32_t c);         // 汉字, all planes
bool is_east_asian(char32_t c);  // 汉字, kana, hangul, full-width forms and punctuation
bool is_space(char32_t c);       // Unicode White_Space, U+200B, U+FEFF and U+3000

// The form in which names, titles, labels and aliases are compared: full-width ASCII becomes
// half-width, letters become lower case, brackets and quotes of every style become one style,
// white space of every kind is dropped. Idempotent.
std::string fold(std::string_view utf8);

// Cuts at `bytes` without splitting a character.
std::string_view cut_utf8(std::string_view text, std::size_t bytes);
std::string_view trim(std::string_view text);  // white space as is_space() says, both ends

}  // namespace baosong::parsers
