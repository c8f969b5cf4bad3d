// Who watches over a reading. Some input crashes a library or keeps it busy for ever, and no code
// inside the reader can catch that. So the reader says when it begins something that may end it,
// always in the same order for the same bytes, and whoever watches can read the same bytes again
// and leave out what ended the reader before.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace baosong::parsers {

// Why something is left out.
enum class Ended : std::uint8_t {
  kCrashed,
  kTooSlow,
  kForbidden,  // it asked the kernel for what a reader never needs
  kMany,       // too much else in this mail ended the reader; this was not tried
  kLast = kMany,
};
constexpr std::string_view text_of(Ended ended) {
  switch (ended) {
    case Ended::kCrashed:
      return "the reader crashed";
    case Ended::kTooSlow:
      return "reading took too long";
    case Ended::kForbidden:
      return "the reader was stopped by its sandbox";
    case Ended::kMany:
      return "not tried: too much else in this mail could not be read safely";
  }
  return "unknown";
}

// Stands in Reading::problems when not even the mail as such could be read safely; then there is
// no document.
inline constexpr std::string_view kNotReadSafely = "not read: it could not be read safely";

class Guide {
 public:
  virtual ~Guide() = default;
  // Called before each operation that may end the reader. A value: leave it out, for this reason.
  virtual std::optional<Ended> enter() = 0;
  // Whether most of the time for the operation has passed: work that can end early should.
  virtual bool hurry() { return false; }
};

}  // namespace baosong::parsers
