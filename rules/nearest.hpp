// "Did you mean …?" for keys, codes and ids.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace baosong::rules {

// The candidate most like `word`, when it is like enough to be meant; else empty.
std::string nearest(std::string_view word, std::span<const std::string_view> candidates);

// `“title”` when one is near, else `以下之一：id、name`; the half of a Fault that says what would
// be right.
std::string suggestion(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace baosong::rules
