#include "rules/versions.hpp"

#include <algorithm>
#include <array>

#include "parsers/text/utf8.hpp"

namespace baosong::rules::work {
namespace {

constexpr std::array<std::string_view, 13> kFinalWords{"最终", "终稿",   "定稿", "终版",     "修改",
                                                       "修订", "更正",   "更新", "以此为准", "新版",
                                                       "最新", "正式版", "改后"};

// Longest first: "加盖公章" before "盖章".
constexpr std::array<std::string_view, 34> kHalfWords{
    "以此为准", "最终版本", "加盖公章", "扫描件", "扫描版", "最终版", "修改稿", "修改版", "修订稿",
    "修订版",   "更正版",   "盖章版",   "盖章件", "盖章页", "电子版", "正式版", "签字版", "word版",
    "已盖章",   "pdf版",    "最终",     "终稿",   "定稿",   "终版",   "修改",   "修订",   "更正",
    "更新",     "新版",     "最新",     "盖章",   "扫描",   "word",   "pdf"};

}  // namespace

bool says_final(std::string_view file_name) {
  const std::string folded = parsers::fold(file_name);
  return std::ranges::any_of(kFinalWords,
                             [&](auto word) { return folded.find(word) != std::string::npos; });
}

std::string name_stem(std::string_view file_name) {
  std::string text = parsers::fold(file_name);
  for (int i = 0; i < 2; ++i) {
    const auto dot = text.rfind('.');
    if (dot == std::string::npos || dot == 0 || text.size() - dot > 5) break;
    text.resize(dot);
  }
  // Copy suffixes: (1), - 副本, 副本(2).
  for (bool again = true; again;) {
    again = false;
    if (text.ends_with("副本"))
      text.resize(text.size() - std::string_view("副本").size()), again = true;
    if (text.ends_with(')')) {
      const auto open = text.rfind('(');
      const bool digits = open != std::string::npos && open + 1 < text.size() - 1 &&
                          std::all_of(text.begin() + static_cast<std::ptrdiff_t>(open) + 1,
                                      text.end() - 1, [](char c) { return c >= '0' && c <= '9'; });
      if (digits && open > 0) text.resize(open), again = true;
    }
    while (!text.empty() && (text.back() == '-' || text.back() == '_'))
      text.pop_back(), again = true;
  }
  for (const auto word : kHalfWords) {
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word))
      text.erase(at, word.size());
  }
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = parsers::next_character(text, at);
    const bool ascii_mark = c < 0x80 && !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'));
    if (!ascii_mark) parsers::append_utf8(out, c);
  }
  return out;
}

void settle_versions(Candidates& all, const Places& versions) {
  if (versions.empty()) return;
  std::optional<Rank> best;  // of a valid one
  Rank latest = all[versions.front()].rank;
  for (const std::size_t i : versions) {
    const Candidate& c = all[i];
    latest = std::max(latest, c.rank);
    if (c.valid() && (!best || *best < c.rank)) best = c.rank;
  }
  const Rank counts = best.value_or(latest);
  for (const std::size_t i : versions) {
    Candidate& c = all[i];
    const Fate fate = c.rank < counts      ? Fate::kReplaced
                      : best && !c.valid() ? Fate::kSoftened
                                           : Fate::kCurrent;
    c.fate = std::max(c.fate, fate);
  }
}

void apply_fates(const Notice& notice, const Item& item, Candidates& all) {
  for (Candidate& c : all) {
    if (c.fate == Fate::kReplaced) c.findings.clear();
    if (c.fate != Fate::kSoftened) continue;
    for (Finding& finding : c.findings) {
      if (finding.severity != Severity::kError) continue;
      finding.severity = Severity::kWarning;
      finding.message += sentence(notice, "item.count", "kept",
                                  {{"item", item.name},
                                   {"document", c.document().name},
                                   {"measured", ""},
                                   {"limit", ""},
                                   {"have", ""},
                                   {"want", ""}});
    }
  }
}

}  // namespace baosong::rules::work
