#include "rules/likeness.hpp"

#include <algorithm>
#include <bit>
#include <variant>

#include "parsers/text/utf8.hpp"
#include "rules/meaning/meaning.hpp"

namespace baosong::rules {
namespace {

std::size_t characters(std::string_view text) {
  std::size_t n = 0;
  for (std::size_t at = 0; at < text.size(); ++n) parsers::next_character(text, at);
  return n;
}

bool contains_other(const std::string& a, const std::string& b, std::size_t at_least) {
  const auto& shorter = a.size() < b.size() ? a : b;
  const auto& longer = a.size() < b.size() ? b : a;
  return characters(shorter) >= at_least && longer.find(shorter) != std::string::npos;
}

}  // namespace

PairSet::PairSet(std::string_view folded) {
  std::size_t left = kCap;
  take(folded, left);
  settle();
}

PairSet::PairSet(const std::vector<std::string>& folded) {
  std::size_t left = kCap;
  for (const auto& text : folded) take(text, left);
  settle();
}

void PairSet::take(std::string_view folded, std::size_t& left) {
  char32_t last = 0;
  for (std::size_t at = 0; at < folded.size() && left > 0; --left) {
    const char32_t c = parsers::next_character(folded, at);
    if (last != 0) pairs_.push_back((static_cast<std::uint64_t>(last) << 32) | c);
    last = c;
  }
}

void PairSet::settle() {
  std::ranges::sort(pairs_);
  const auto rest = std::ranges::unique(pairs_);
  pairs_.erase(rest.begin(), rest.end());
}

double PairSet::share_in(const PairSet& other) const {
  if (pairs_.empty()) return 1.0;
  std::size_t common = 0;
  auto at = other.pairs_.begin();
  for (const auto pair : pairs_) {
    at = std::lower_bound(at, other.pairs_.end(), pair);
    if (at == other.pairs_.end()) break;
    if (*at == pair) ++common;
  }
  return static_cast<double>(common) / static_cast<double>(pairs_.size());
}

bool tells_apart(std::uint64_t dhash) {
  const int bits = std::popcount(dhash);
  return bits >= 10 && bits <= 54;
}

Picture picture_of(const parsers::Document& photo) {
  Picture out;
  if (photo.size > 0) out.sha256 = photo.sha256;
  if (const auto* facts = std::get_if<parsers::PhotoFacts>(&photo.facts)) {
    out.measured = facts->measured;
    out.dhash = facts->dhash;
    out.turned = facts->turned;
  }
  return out;
}

std::vector<Picture> pictures_in(const parsers::Document& document) {
  constexpr std::uint64_t kDecorationBytes = 20'000;  // a picture in a Word below this is a logo
  constexpr std::uint32_t kDecorationSide = 300;
  std::vector<Picture> out;
  if (parsers::is_image(document.format)) out.push_back(picture_of(document));
  if (const auto* word = std::get_if<parsers::WordFacts>(&document.facts)) {
    for (const auto& image : word->images) {
      const bool small = image.size < kDecorationBytes ||
                         (image.width > 0 && std::max(image.width, image.height) < kDecorationSide);
      if (!small) out.push_back({image.sha256, image.measured, image.dhash, image.turned});
    }
  }
  std::erase_if(out, [](const Picture& picture) { return picture.sha256.empty(); });
  return out;
}

int picture_distance(const Picture& a, const Picture& b) {
  constexpr int kUnlike = 64;
  if (!a.sha256.empty() && a.sha256 == b.sha256) return 0;
  if (!a.measured || !b.measured || !tells_apart(a.dhash) || !tells_apart(b.dhash)) return kUnlike;
  int least = std::popcount(a.dhash ^ b.dhash);
  for (const std::uint64_t turned : a.turned) {
    if (tells_apart(turned)) least = std::min(least, std::popcount(turned ^ b.dhash));
  }
  return least;
}

bool is_subsequence(std::string_view part, std::string_view whole) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < part.size();) {
    const char32_t wanted = parsers::next_character(part, i);
    bool found = false;
    while (at < whole.size() && !found) found = parsers::next_character(whole, at) == wanted;
    if (!found) return false;
  }
  return true;
}

bool same_name(std::string_view a, std::string_view b) {
  const std::string left = fold_name(a), right = fold_name(b);
  if (left.empty() || right.empty()) return false;
  // Containment only for long names: 李明 is not 李明华, 清和街道社区教育学校 is
  // 朝阳区清和街道社区教育学校.
  return left == right || contains_other(left, right, 5);
}

bool name_hints_at(std::string_view hint, std::string_view name) {
  const std::string left = fold_name(hint), right = fold_name(name);
  if (left.empty() || right.empty()) return false;
  if (left == right || contains_other(left, right, characters(right) <= 4 ? characters(right) : 2))
    return true;
  return characters(left) >= 3 && characters(right) >= 5 && is_subsequence(left, right);
}

}  // namespace baosong::rules
