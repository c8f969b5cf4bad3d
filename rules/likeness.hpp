// How much two texts, or two names, have in common.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rules/ledger.hpp"

namespace baosong::rules {

// A set of the pairs of neighbouring characters of a folded text; the first kCap characters count.
class PairSet {
 public:
  static constexpr std::size_t kCap = 20'000;
  PairSet() = default;
  explicit PairSet(std::string_view folded);
  // Pairs within each text, none across two of them: cells stand in another order elsewhere.
  explicit PairSet(const std::vector<std::string>& folded);
  bool empty() const { return pairs_.empty(); }
  std::size_t size() const { return pairs_.size(); }
  // Share of these pairs that `other` has too, 0 to 1; 1 when there are none.
  double share_in(const PairSet& other) const;

 private:
  void take(std::string_view folded, std::size_t& left);
  void settle();

  std::vector<std::uint64_t> pairs_;  // sorted, each once
};

// dHash bits up to which two photos of different senders are taken for one: certain, not likely.
inline constexpr int kLookalikeBits = 4;
// Plain areas and simple gradients all have nearly the same hash: it tells them apart from nothing.
bool tells_apart(std::uint64_t dhash);
// Bits that differ between the hashes, in the position in which they differ least; 64 when one of
// them was not measured or tells nothing, 0 for the same bytes.
int picture_distance(const Picture& a, const Picture& b);

// Every character of `part` stands in `whole`, in order: 医药学校 in 吉林省医药中等职业学校.
bool is_subsequence(std::string_view part, std::string_view whole);

// Two names as documents give them: equal, or one long one inside the other.
bool same_name(std::string_view a, std::string_view b);
// A name as a file name gives it, shortened at will: inside, or a subsequence.
bool name_hints_at(std::string_view hint, std::string_view name);

}  // namespace baosong::rules
