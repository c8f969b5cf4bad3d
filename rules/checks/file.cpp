// Can the file be opened at all?
#include <fmt/format.h>

#include "parsers/base/time.hpp"
#include "rules/checks/check.hpp"

namespace baosong::rules {

using parsers::Format;
using parsers::Trouble;

namespace {

// "2022-11-27T21:59" as a letter says it: "11月27日 21:59". What is no date stays as the mail had
// it.
std::string expiry_words(const std::string& expires) {
  const auto date = parse_date(expires.substr(0, 10));
  if (!date) return expires;
  std::string out = fmt::format("{}月{}日", static_cast<unsigned>(date->month()),
                                static_cast<unsigned>(date->day()));
  if (expires.size() > 11) out += " " + expires.substr(11);
  return out;
}

}  // namespace

bool taken_unread(const parsers::Document& d) {
  if (d.trouble != Trouble::kNone && d.trouble != Trouble::kUnsupported) return false;
  if (!std::holds_alternative<std::monostate>(d.facts) || d.kind != parsers::Kind::kPlain) {
    return false;
  }
  return parsers::is_word(d.format) || d.format == Format::kXls || d.format == Format::kXlsx ||
         parsers::is_image(d.format);
}

void check_readable(const CheckInput& input, Findings& out) {
  struct Row {
    Trouble trouble;
    std::string_view variant;
    std::string_view reason;
  };
  static constexpr std::array kRows{
      Row{Trouble::kEmpty, "empty", "没有内容"},
      Row{Trouble::kDamaged, "", "内容不完整或已损坏"},
      Row{Trouble::kTooLarge, "too-large", "超出能够读取的大小"},
      Row{Trouble::kUnsupported, "unsupported", "暂不能读取这种格式"},
      Row{Trouble::kUnsafe, "unsafe", "无法正常读取"},
  };
  const auto& d = input.document();
  if (taken_unread(d)) return;
  for (const Row& row : kRows) {
    if (row.trouble != d.trouble) continue;
    Said said{.code = "file.unreadable",
              .variant = row.variant,
              .fields = {{"reason", std::string(row.reason)}, {"format", format_in_words(d)}}};
    if (d.trouble == Trouble::kUnsupported) said.variant = unreadable_variant(d.kind);
    if (d.trouble == Trouble::kEmpty) said.measured = "0";
    say(input, input.rule("file.unreadable").severity, std::move(said), out);
  }
}

void check_encrypted(const CheckInput& input, Findings& out) {
  const auto& d = input.document();
  if (d.trouble != Trouble::kEncrypted) return;
  say(input, input.rule("file.encrypted").severity,
      {.code = "file.encrypted", .variant = parsers::is_archive(d.format) ? "archive" : ""}, out);
}

void check_cloud_link(const CheckInput& input, Findings& out) {
  const auto& d = input.document();
  if (d.format != Format::kCloudLink) return;
  const auto* link = std::get_if<parsers::CloudLink>(&d.facts);
  SentenceFields fields{{"link_name", d.name}, {"host", ""}, {"size", ""}, {"expires", ""}};
  if (link != nullptr) {
    fields["host"] = link->host;
    fields["size"] = link->size_text;
    fields["expires"] = expiry_words(link->expires);
  }
  const bool dated = !fields["expires"].empty();
  say(input, input.rule("file.cloud-link").severity,
      {.code = "file.cloud-link", .variant = dated ? "" : "no-expiry", .fields = std::move(fields)},
      out);
}

}  // namespace baosong::rules
