// The first half of attribution: every place of a mail that may say who sends it, and how far each
// can be believed. The second half (attribution.cpp) weighs them. Internal to rules/.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/facts.hpp"
#include "rules/aliases.hpp"

namespace baosong::rules {

// Strongest first; the order in which evidence is shown.
enum class Place : std::uint8_t {
  kAddress,
  kFormCell,
  kTitle,
  kFolderName,
  kFileName,
  kSubject,
  kBody,
  kDisplayName
};
constexpr std::string_view name_of(Place place) {
  constexpr std::string_view kNames[] = {"address",   "form-cell", "title", "folder-name",
                                         "file-name", "subject",   "body",  "display-name"};
  return kNames[static_cast<std::size_t>(place)];
}

enum class Weight : std::uint8_t {
  kDeciding,    // decides alone; two of them that differ are a conflict
  kSupporting,  // decides when nothing deciding is there; never a conflict with it
  kHint,        // counts only together with a hint of another kind
};

struct Signal {
  Place place = Place::kBody;
  Weight weight = Weight::kHint;
  const Unit* unit = nullptr;
  bool strong = false;  // a strong alias, or a bureau or school by name
  // It says what a text or a picture is about, which need not be the sender: a headline, a scene,
  // a sentence. Such signs never add up by themselves.
  bool topical = false;
  std::string text;  // what people are shown
};

struct Signals {
  std::vector<Signal> found;
  // Units that stand side by side where one was expected ("朝阳区、南关区材料"): no evidence for
  // either, but a reason to look when nothing else decides.
  std::vector<Signal> listed;
};

Signals collect_signals(const Notice& notice, const AliasMatcher& matcher,
                        const parsers::Reading& reading);

}  // namespace baosong::rules
