#include "rules/nearest.hpp"

#include "daemon/commands/command.hpp"

namespace baosong::daemon {

std::string nearest(std::string_view word, std::span<const std::string_view> candidates) {
  return rules::nearest(word, candidates);
}

}  // namespace baosong::daemon
