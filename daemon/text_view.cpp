#include "daemon/text_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "daemon/letters/mask.hpp"
#include "daemon/letters/wording.hpp"

namespace baosong::daemon {
namespace {

constexpr std::array<std::string_view, rules::kDispositionNames.size()> kDispositions{
    "报送材料", "来信询问", "自动回复", "退信", "群发或列表邮件", "本系统自己的邮件", "空邮件"};
constexpr std::array<std::string_view, rules::kVerdictNames.size()> kVerdicts{
    "回执（暂无需补充）", "回执（请补充）", "去信询问单位", "先由工作人员查看，不发信",
    "不处理、不发信"};
constexpr std::array<std::string_view, rules::kItemStateNames.size()> kStates{
    "未收到",           "部分收到",   "待补充",   "齐全",        "齐全（逾期）",
    "无推荐（已说明）", "待人工核对", "无需报送", "工作人员登记"};
constexpr std::array<std::string_view, rules::kSeverityNames.size()> kSeverities{"", "说明", "提示",
                                                                                 "待补充"};
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kEvidence{
    {{"address", "已确认的邮箱地址"},
     {"form-cell", "表格中的填报单位"},
     {"title", "标题"},
     {"file-name", "文件名"},
     {"folder-name", "文件夹名"},
     {"subject", "主题"},
     {"body", "正文"},
     {"display-name", "发件人名称"}}};
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kWhy{
    {{"title", "标题"},
     {"table-heads", "表头"},
     {"file-name", "文件名"},
     {"folder-name", "文件夹名"},
     {"content", "内容"},
     {"companions", "同一封邮件中的其他文件"},
     {"open-batch", "当前批次"},
     {"elimination", "排除法"}}};

template <class Enum, std::size_t N>
std::string_view word_of(const std::array<std::string_view, N>& words, Enum value) {
  return words.at(static_cast<std::size_t>(value));
}
template <std::size_t N>
std::string_view word_of(const std::array<std::pair<std::string_view, std::string_view>, N>& words,
                         std::string_view key) {
  const auto at =
      std::ranges::find(words, key, &std::pair<std::string_view, std::string_view>::first);
  return at == words.end() ? key : at->second;
}

std::string item_name(const rules::Notice& notice, std::string_view id) {
  const auto* item = notice.item(id);
  return item == nullptr ? std::string(id) : item->name;
}

std::string finding_line(const rules::Notice& notice, const rules::Finding& finding) {
  return fmt::format("[{}] {}{}{}  ({})\n", word_of(kSeverities, finding.severity),
                     item_name(notice, finding.item), finding.item.empty() ? "" : "：",
                     finding.message, finding.rule);
}

// "展板素材文稿（依标题）：题目“…”，812字"
std::string facts_of(const parsers::Document& document) {
  if (const auto* word = std::get_if<parsers::WordFacts>(&document.facts)) {
    return fmt::format("{}字，表格{}个，图片{}张", word->body.high, word->tables.size(),
                       word->images.size());
  }
  if (const auto* pdf = std::get_if<parsers::PdfFacts>(&document.facts)) {
    return fmt::format("{}页，{}", pdf->pages, pdf->text_characters > 0 ? "有文字" : "扫描件");
  }
  if (const auto* photo = std::get_if<parsers::PhotoFacts>(&document.facts))
    return fmt::format("{}×{}像素", photo->width, photo->height);
  return {};
}

std::string size_words(std::uint64_t bytes) {
  if (bytes < 1024) return fmt::format("{}字节", bytes);
  const auto kilo = static_cast<double>(bytes) / 1024.0;
  return kilo < 1024.0 ? fmt::format("{:.0f}KB", kilo) : fmt::format("{:.1f}MB", kilo / 1024.0);
}

std::string who_line(const rules::Notice& notice, const rules::Attribution& attribution) {
  if (attribution.outcome == rules::Attributed::kNobody) return "未能确认";
  std::vector<std::string> parts;
  for (const auto& one : attribution.evidence) {
    const auto* unit = notice.unit(one.unit);
    parts.push_back(fmt::format(
        "{}“{}”{}", word_of(kEvidence, one.kind), shorten(one_line(one.text), 30),
        attribution.outcome == rules::Attributed::kConflict && unit != nullptr ? "→" + unit->name
                                                                               : ""));
    if (parts.size() == 4) break;
  }
  const auto* unit = notice.unit(attribution.unit);
  return fmt::format("{}（依据：{}）",
                     unit == nullptr ? "出现不止一个单位，待人工确认" : unit->name,
                     join(parts, "，"));
}

std::string documents_text(const rules::Notice& notice, const DryRun& run) {
  std::string out;
  for (const auto& entry : run.judgement.mail.documents) {
    std::string item = entry.recognition.item, why = entry.recognition.why;
    for (const auto& place : run.standing.assignments) {
      if (place.path == entry.document.path) item = place.item, why = place.why;
    }
    auto facts = facts_of(entry.document);
    // A link has no bytes of its own.
    if (entry.document.format != parsers::Format::kCloudLink) {
      facts = size_words(entry.document.size) + (facts.empty() ? "" : "，" + facts);
    }
    out +=
        fmt::format("  {}  {}{}{}\n      → {}{}\n", one_line(entry.document.path),
                    name_of(entry.document.format), facts.empty() ? "" : "，", facts,
                    item.empty() ? "未能对应到材料项目" : item_name(notice, item),
                    item.empty() || why.empty() ? "" : fmt::format("（依{}）", word_of(kWhy, why)));
  }
  return out;
}

}  // namespace

std::string check_text(const rules::Notice& notice, const DryRun& run, std::string_view file) {
  std::string out = fmt::format("==== {}\n", one_line(file));
  if (run.reading.is_mail) {
    const auto& mail = run.reading.message;
    out += fmt::format("来信：{}  {}  “{}”\n类别：{}\n", format_rfc3339(run.received, notice.zone),
                       mail.from.address.empty() ? "（没有发件人）" : one_line(mail.from.address),
                       one_line(mail.subject), word_of(kDispositions, run.judgement.disposition));
  }
  const bool person = run.judgement.disposition == rules::Disposition::kSubmission ||
                      run.judgement.disposition == rules::Disposition::kInquiry;
  if (person) out += fmt::format("单位：{}\n", who_line(notice, run.judgement.attribution));
  if (!run.judgement.mail.documents.empty()) out += "文件：\n" + documents_text(notice, run);
  if (run.has_standing && run.reading.is_mail) {
    out += "材料：\n";
    std::size_t width = 0;
    for (const auto& item : run.standing.items)
      width = std::max(width, display_width(item_name(notice, item.item)));
    for (const auto& item : run.standing.items) {
      out += fmt::format("  {}  {}\n", pad(item_name(notice, item.item), width),
                         word_of(kStates, item.state));
    }
  }
  if (!run.decision.findings.empty()) {
    out += "核对结果：\n";
    for (const auto& finding : run.decision.findings) out += "  " + finding_line(notice, finding);
  } else if (!run.reading.is_mail) {
    out += "核对结果：未发现需要补充之处\n";
  }
  if (run.reading.is_mail)
    out += fmt::format("处理：{}\n", word_of(kVerdicts, run.decision.verdict));
  if (run.letter) {
    out += fmt::format("回信：{}\n收件：{}\n", run.letter->subject, run.letter->to);
    std::size_t from = 0;
    for (auto to = run.letter->text.find('\n'); to != std::string::npos;
         from = to + 1, to = run.letter->text.find('\n', from)) {
      out += fmt::format("  | {}\n", std::string_view(run.letter->text).substr(from, to - from));
    }
  }
  auto office = notice.signature;
  office.push_back(notice.contact);
  return mask(out, office);
}

std::string status_text(const DigestInput& input, std::string_view only) {
  const auto& notice = *input.notice;
  if (only.empty()) {
    return fmt::format(
        "{}（截至{}）\n\n{}\n来信：邮箱显示{}封，存档{}封，已处理{}封，待人工读取{}封\n",
        notice.title, chinese_moment(input.now, notice.zone, input.now),
        unit_table(unit_lines(input)), input.counts.seen, input.counts.archived,
        input.counts.decided, input.counts.quarantined);
  }
  std::string out;
  for (const auto& standing : input.standings) {
    const auto* unit = notice.unit(standing.unit);
    if (standing.unit != only || unit == nullptr) continue;
    const auto last =
        std::ranges::find(input.last_mails, standing.unit, &std::pair<std::string, Time>::first);
    out += fmt::format(
        "{}（截至{}，最近来信{}）\n", unit->name, chinese_moment(input.now, notice.zone, input.now),
        last == input.last_mails.end() ? std::string("无")
                                       : chinese_moment(last->second, notice.zone, input.now));
    for (const auto& item : standing.items) {
      out += fmt::format("{}：{}", item_name(notice, item.item), word_of(kStates, item.state));
      if (item.want > 1) out += fmt::format("（{}/{}）", item.have, item.want);
      out += item.note.empty() ? "\n" : fmt::format("，{}\n", item.note);
      for (const auto& document : item.documents) {
        if (document.current) out += fmt::format("    {}\n", one_line(document.path));
      }
      for (const auto& finding : item.findings) {
        out +=
            fmt::format("    [{}] {}\n", word_of(kSeverities, finding.severity), finding.message);
      }
    }
    for (const auto& finding : standing.findings) out += finding_line(notice, finding);
  }
  return mask(out);
}

}  // namespace baosong::daemon
