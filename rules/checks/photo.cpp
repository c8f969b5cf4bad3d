// One photo by itself: its name, its size, its sharpness.
#include <algorithm>
#include <array>
#include <utility>

#include "rules/checks/check.hpp"
#include "rules/photo_name.hpp"

namespace baosong::rules {
namespace {

bool is_photo(const CheckInput& input) {
  if (input.item == nullptr || input.item->kind != ItemKind::kPhotos) return false;
  const auto& d = input.document();
  return parsers::is_image(d.format) && (d.trouble == parsers::Trouble::kNone || taken_unread(d));
}

const parsers::PhotoFacts* photo_of(const CheckInput& input) {
  return is_photo(input) ? std::get_if<parsers::PhotoFacts>(&input.document().facts) : nullptr;
}

PhotoName name_of(const CheckInput& input) {
  const std::string& name = input.document().name;
  if (input.photo_words != nullptr) return judge_photo_name(name, *input.photo_words);
  return judge_photo_name(name, photo_words(input.notice, input.item));
}

std::string size_in_words(std::uint64_t bytes) {
  if (bytes < 1024 * 1024) return std::to_string((bytes + 512) / 1024) + "KB";
  const auto tenths = (bytes * 10 + 512 * 1024) / (1024 * 1024);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + "MB";
}

// What chat programs leave of a photo: no EXIF, and a side of their own.
bool looks_like_chat(const parsers::PhotoFacts& photo) {
  constexpr std::array<std::uint32_t, 3> kShortSides{1080, 1440, 960};
  constexpr std::uint32_t kLongSide = 1280;
  const auto [shorter, longer] = std::minmax(photo.width, photo.height);
  return !photo.has_exif &&
         (std::ranges::find(kShortSides, shorter) != kShortSides.end() || longer == kLongSide);
}

}  // namespace

void check_name_machine(const CheckInput& input, Findings& out) {
  if (!is_photo(input) || name_of(input) != PhotoName::kMachine) return;
  // Where the notice does not ask for telling names it is no more than advice.
  const Severity severity = input.rule("photo.name-machine").severity;
  say(input, severity,
      {.code = "photo.name-machine", .variant = severity == Severity::kError ? "" : "advice"}, out);
}

void check_name_generic(const CheckInput& input, Findings& out) {
  if (!is_photo(input) || name_of(input) != PhotoName::kGeneric) return;
  say(input, input.rule("photo.name-generic").severity, {.code = "photo.name-generic"}, out);
}

void check_resolution(const CheckInput& input, Findings& out) {
  const auto* photo = photo_of(input);
  const RuleSetting& rule = input.rule("photo.resolution");
  if (photo == nullptr || rule.severity == Severity::kOff || photo->width == 0 ||
      !rule.params.contains("long_side"))
    return;
  const auto [shorter, longer] = std::minmax(photo->width, photo->height);
  SentenceFields fields{{"width", std::to_string(photo->width)},
                        {"height", std::to_string(photo->height)},
                        {"size", size_in_words(input.document().size)}};
  const auto long_side = rule.integer("long_side");
  const auto short_side = rule.integer("short_side");
  const auto bytes = rule.integer("bytes");
  if (longer < long_side) {
    say(input, rule.severity,
        {.code = "photo.resolution",
         .variant = looks_like_chat(*photo) ? "chat" : "",
         .measured = std::to_string(longer),
         .limit = std::to_string(long_side),
         .fields = fields},
        out);
  } else if (shorter < short_side) {
    say(input, rule.severity,
        {.code = "photo.resolution",
         .measured = std::to_string(shorter),
         .limit = std::to_string(short_side),
         .fields = fields},
        out);
  } else if (std::cmp_less(input.document().size, bytes)) {
    say(input, rule.severity,
        {.code = "photo.resolution",
         .variant = looks_like_chat(*photo) ? "chat" : "small-file",
         .measured = std::to_string(input.document().size),
         .limit = std::to_string(bytes),
         .fields = fields},
        out);
  }
}

void check_blur(const CheckInput& input, Findings& out) {
  const auto* photo = photo_of(input);
  const RuleSetting& rule = input.rule("photo.blurred");
  if (photo == nullptr || !photo->measured || rule.severity == Severity::kOff ||
      !rule.params.contains("below"))
    return;
  const double below = rule.number("below");
  if (photo->sharpness >= below) return;
  // Never more than a hint: dark or misty scenes measure low too.
  say(input, std::min(rule.severity, Severity::kWarning),
      {.code = "photo.blurred",
       .measured = std::to_string(static_cast<int>(photo->sharpness)),
       .limit = std::to_string(static_cast<int>(below))},
      out);
}

}  // namespace baosong::rules
