// What the digest shows with pictures: the rows for people, and the seals of the day. Internal to
// daemon/digest*.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "daemon/digest.hpp"
#include "daemon/letters/render.hpp"
#include "daemon/limits.hpp"

namespace baosong::daemon {

// The pictures that the HTML shows, in the order in which it does.
class Gallery {
 public:
  [[nodiscard]] bool full() const { return jpegs_.size() >= limits::kDigestPictures; }
  // Nothing when the picture is empty or there are enough.
  void add(kainjow::mustache::data& row, const std::vector<std::uint8_t>& jpeg);
  [[nodiscard]] std::span<const std::vector<std::uint8_t>> jpegs() const { return jpegs_; }

 private:
  std::vector<std::vector<std::uint8_t>> jpegs_;
};

void set_needs(kainjow::mustache::data& all, const DigestInput& input, Gallery& gallery);
void set_seals(kainjow::mustache::data& all, const DigestInput& input, Gallery& gallery);

}  // namespace baosong::daemon
