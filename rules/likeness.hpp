// How much two texts, or two names, have in common.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

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

// Every character of `part` stands in `whole`, in order: 医药学校 in 吉林省医药中等职业学校.
bool is_subsequence(std::string_view part, std::string_view whole);

// Two names as documents give them: equal, or one long one inside the other.
bool same_name(std::string_view a, std::string_view b);
// A name as a file name gives it, shortened at will: inside, or a subsequence.
bool name_hints_at(std::string_view hint, std::string_view name);

}  // namespace baosong::rules
