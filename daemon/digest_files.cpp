// The rows of the digest that speak of files.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <set>

#include "daemon/digest_rows.hpp"
#include "daemon/letters/wording.hpp"

namespace baosong::daemon {
namespace {

// Findings of the standings, one row for each file.
NeedRows files_with(
    const DigestInput& in, std::initializer_list<std::string_view> codes,
    const std::function<std::string(const rules::Ledger&, const rules::Finding&)>& detail,
    const std::function<std::vector<std::uint8_t>(const rules::Ledger&, const rules::Finding&)>&
        picture = {}) {
  NeedRows rows;
  for (std::size_t i = 0; i < in.standings.size(); ++i) {
    const auto& standing = in.standings[i];
    const rules::Ledger empty;
    const auto& ledger = i < in.ledgers.size() ? in.ledgers[i] : empty;
    std::set<std::pair<std::string, std::string>> seen;
    const auto add = [&](const rules::Finding& finding) {
      if (std::ranges::find(codes, finding.rule) == codes.end()) return;
      if (!seen.insert({finding.message_sha256, finding.document}).second) return;
      const auto mail =
          std::ranges::find(ledger.mails, finding.message_sha256, &rules::LedgerMail::sha256);
      rows.push_back({mail == ledger.mails.end() ? std::string("—")
                                                 : short_moment(mail->received, in.notice->zone),
                      unit_name(in, standing.unit), finding.document, detail(ledger, finding)});
      if (picture) rows.back().picture = picture(ledger, finding);
    };
    for (const auto& item : standing.items) std::ranges::for_each(item.findings, add);
    std::ranges::for_each(standing.findings, add);
  }
  return rows;
}

// What was read of the file that a finding is about; null when it says nothing of this kind.
template <class Facts>
const Facts* facts_of(const rules::Ledger& ledger, const rules::Finding& finding) {
  for (const auto& mail : ledger.mails) {
    if (mail.sha256 != finding.message_sha256) continue;
    for (const auto& document : mail.documents) {
      if (document.document.path != finding.document) continue;
      if (const auto* facts = std::get_if<Facts>(&document.document.facts)) return facts;
    }
  }
  return nullptr;
}

// "2022-11-09T13:35", as the link's own text gave it.
std::string expiry_of(const rules::Ledger& ledger, const rules::Finding& finding) {
  const auto* link = facts_of<parsers::CloudLink>(ledger, finding);
  return link == nullptr ? std::string() : link->expires;
}

// Whole days from the digest's day to the link's last; nullopt when the link does not say.
std::optional<std::int64_t> days_left(const std::string& expires, const DigestInput& in) {
  const auto day = parse_date(expires.substr(0, 10));
  if (!day) return std::nullopt;
  const auto today = std::chrono::sys_days(civil(in.now, in.notice->zone).date);
  return (std::chrono::sys_days(*day) - today).count();
}

std::string expiry_words(const std::string& expires, const DigestInput& in) {
  const auto day = parse_date(expires.substr(0, 10));
  if (!day) return "未写明到期时间，请尽快下载";
  const std::int64_t left = days_left(expires, in).value_or(0);
  const auto date = fmt::format("{}月{}日", static_cast<unsigned>(day->month()),
                                static_cast<unsigned>(day->day()));
  if (left < 0) return fmt::format("{}已到期，请联系对方重发", date);
  return left == 0 ? date + "到期（今天）" : fmt::format("{}到期（还有{}天）", date, left);
}

}  // namespace

NeedRows cloud_links(const DigestInput& in) {
  return files_with(in, {"file.cloud-link"}, [&](const auto& ledger, const auto& finding) {
    return expiry_words(expiry_of(ledger, finding), in);
  });
}

// The links that end within the days that the notice's rule names.
std::optional<std::string> links_that_end(const DigestInput& in) {
  const rules::RuleSetting& rule = in.notice->rule(nullptr, "file.cloud-link");
  if (!rule.params.contains("warn_days")) return std::nullopt;
  const std::int64_t warn = rule.integer("warn_days");
  int soon = 0;
  files_with(in, {"file.cloud-link"}, [&](const auto& ledger, const auto& finding) {
    const auto left = days_left(expiry_of(ledger, finding), in);
    soon += left && *left >= 0 && *left <= warn ? 1 : 0;
    return std::string();
  });
  if (soon == 0) return std::nullopt;
  return fmt::format("有{}个云附件{}到期，请尽快人工下载登记。", soon,
                     warn == 0 ? "今天" : fmt::format("将在{}天内", warn));
}

NeedRows unreadable(const DigestInput& in) {
  return files_with(in, {"file.unreadable", "file.encrypted"},
                    [](const auto&, const auto& finding) {
                      return std::string(finding.rule == "file.encrypted" ? "设有密码，已请对方更换"
                                                                          : "打不开，已请对方更换");
                    });
}

NeedRows unrecognised(const DigestInput& in) {
  return files_with(in, {"file.unrecognised"},
                    [](const auto&, const auto&) { return std::string("未能对应到材料项目"); });
}

NeedRows seals(const DigestInput& in) {
  const auto grey = [](const rules::Ledger& ledger, const rules::Finding& finding) {
    const auto* pdf = facts_of<parsers::PdfFacts>(ledger, finding);
    return pdf != nullptr && pdf->grey_seal ? &*pdf->grey_seal : nullptr;
  };
  return files_with(
      in, {"pdf.seal-not-seen"},
      [&](const auto& ledger, const auto& finding) {
        return std::string(grey(ledger, finding) ? "黑白扫描，疑似有印章" : "未识别到印章");
      },
      [&](const auto& ledger, const auto& finding) {
        const auto* seal = grey(ledger, finding);
        return seal == nullptr ? std::vector<std::uint8_t>() : seal->picture;
      });
}

NeedRows seals_seen(const DigestInput& in) {
  NeedRows rows;
  const auto today = civil(in.now, in.notice->zone).date;
  for (const auto& ledger : in.ledgers) {
    for (const auto& mail : ledger.mails) {
      if (civil(mail.received, in.notice->zone).date != today) continue;
      for (const auto& document : mail.documents) {
        const auto* pdf = std::get_if<parsers::PdfFacts>(&document.document.facts);
        if (pdf == nullptr || !pdf->seal || pdf->seal->picture.empty()) continue;
        rows.push_back({short_moment(mail.received, in.notice->zone),
                        unit_name(in, ledger.unit),
                        document.document.path,
                        fmt::format("第{}页", pdf->seal->page),
                        {},
                        pdf->seal->picture});
      }
    }
  }
  return rows;
}

NeedRows doubtful_scans(const DigestInput& in) {
  NeedRows rows = files_with(in, {"item.pair-differs"}, [](const auto&, const auto& finding) {
    // Two texts that differ are told with a share; a title that a program read with its confidence.
    const auto space = finding.measured.rfind(' ');
    if (space == std::string::npos || !finding.measured.ends_with('%')) return std::string();
    return fmt::format("首页标题似为“{}”（识别可信度{}）", finding.measured.substr(0, space),
                       finding.measured.substr(space + 1));
  });
  std::erase_if(rows, [](const NeedRow& row) { return row.detail.empty(); });
  return rows;
}

// One row for each unit: it may have sent dozens.
NeedRows scans_by_name(const DigestInput& in) {
  constexpr std::size_t kNamed = 3;
  NeedRows rows;
  for (const auto& standing : in.standings) {
    std::vector<std::string> names;
    std::size_t count = 0;
    for (const auto& item : standing.items) {
      for (const auto& document : item.documents) {
        if (!document.current || !document.by_name_only) continue;
        if (++count <= kNamed) names.push_back(document.name);
      }
    }
    if (count == 0) continue;
    const auto last =
        std::ranges::find(in.last_mails, standing.unit, &std::pair<std::string, Time>::first);
    rows.push_back({last == in.last_mails.end() ? std::string("—")
                                                : short_moment(last->second, in.notice->zone),
                    unit_name(in, standing.unit), join(names, "、") + (count > kNamed ? "等" : ""),
                    fmt::format("{}份扫描件按文件名登记，标题未能识别", count)});
  }
  return rows;
}

}  // namespace baosong::daemon
