// A picture inside a document while its bytes stream by.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "parsers/base/hash.hpp"
#include "parsers/facts.hpp"

namespace baosong::parsers {

class Media {
 public:
  void take(std::string_view piece);
  // Once, at the end. nullopt for drawings (emf, wmf, svg), which are no pictures anybody took.
  // `measure`: what it looks like is wanted too; of very large ones it is not measured anyway.
  std::optional<EmbeddedImage> finish(bool measure);

 private:
  Sha256 hash_;
  std::uint64_t size_ = 0;
  std::string bytes_;  // all of them while that is not too much, else the beginning
};

// The same bytes are listed once.
void add_image(WordFacts& facts, std::optional<EmbeddedImage> image);

}  // namespace baosong::parsers
