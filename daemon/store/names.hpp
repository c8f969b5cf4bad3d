// Enumerations as the store writes them: the name in the table of names, and back.
#pragma once

#include <array>
#include <stdexcept>
#include <string>
#include <string_view>

namespace baosong::daemon {

// A name that is not in the table means that the file was changed by somebody else: throws.
template <class E, std::size_t N>
E from_name(const std::array<std::string_view, N>& names, std::string_view name) {
  for (std::size_t i = 0; i < N; ++i) {
    if (names[i] == name) return static_cast<E>(i);
  }
  throw std::runtime_error("the store holds an unknown name: " + std::string(name));
}

}  // namespace baosong::daemon
