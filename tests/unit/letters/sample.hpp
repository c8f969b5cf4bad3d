// A small notice and the values of a mail, made by hand: what a letter says is tested apart from
// how findings come about.
#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "daemon/letters/letter.hpp"

namespace baosong::test {

using namespace daemon;
using rules::Finding;
using rules::ItemState;
using rules::Severity;

inline Time at(const char* text) { return parse_rfc3339(text).value(); }

inline Templates shipped_templates() {
  Templates out;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(BAOSONG_CONFIG) + "/replies")) {
    if (entry.path().extension() != ".mustache") continue;
    std::ostringstream text;
    text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    out.files.push_back({entry.path().filename().string(), text.str()});
  }
  return out;
}

inline rules::Item item_row(const char* id, const char* name, const char* batch) {
  rules::Item item;
  item.id = id;
  item.name = name;
  item.batch = batch;
  return item;
}

inline rules::Notice sample_notice() {
  rules::Notice notice;
  notice.id = "2022";
  notice.title = "2022年长春市全民终身学习活动周材料";
  notice.mailbox = "jlqmxx@126.com";
  notice.contact = "吴老师，电话 0431-82857798";
  notice.signature = {"领导小组办公室（长春开放大学）",
                      "联系人：吴老师  电话：0431-82857798、19900001234",
                      "（本邮件由材料接收系统自动发出，如有出入，以人工审核为准。）"};
  rules::Batch october;
  october.id = "october";
  october.name = "第一批";
  october.deadline = parse_date("2022-10-25").value();
  october.closes = at("2022-10-25T23:59:59+08:00");
  rules::Batch december = october;
  december.id = "december";
  december.name = "第二批";
  december.deadline = parse_date("2022-12-10").value();
  december.closes = at("2022-12-10T23:59:59+08:00");
  notice.batches = {october, december};
  notice.items = {item_row("exhibit-text", "展板素材文稿", "october"),
                  item_row("exhibit-photos", "展板照片", "october"),
                  item_row("unit-forms", "先进单位申报表", "october"),
                  item_row("person-forms", "先进个人申报表", "october"),
                  item_row("annual-summary", "年度工作总结", "december")};
  rules::Unit unit;
  unit.id = "chaoyang";
  unit.name = "朝阳区";
  unit.formal = "朝阳区教育局";
  unit.addresses = {"office@cyjy.example.cn"};
  rules::Unit other = unit;
  other.id = "nongan";
  other.name = "农安县";
  other.formal = "农安县教育局";
  other.addresses = {};
  notice.units = {unit, other};
  return notice;
}

// One mail of one unit. Everything may be changed before compose() is called.
struct Case {
  rules::Notice notice = sample_notice();
  parsers::Message message;
  rules::Judgement judgement;
  rules::Standing standing;
  rules::Decision decision;
  rules::Ledger ledger;
  bool has_standing = true, has_ledger = false;
  Time now;

  explicit Case(const char* received = "2022-10-24T15:20:00+08:00") : now(at(received)) {
    message.message_id = "<one@mail.example.cn>";
    message.from = {"张小禾", "zhangxiaohe@mail.example.cn"};
    message.subject = "朝阳区—终身学习活动周材料";
    judgement.disposition = rules::Disposition::kSubmission;
    judgement.attribution.outcome = rules::Attributed::kOne;
    judgement.attribution.unit = "chaoyang";
    judgement.mail.sha256 = std::string(64, 'a');
    judgement.mail.received = now;
    judgement.mail.from = message.from.address;
    standing.unit = "chaoyang";
    for (const auto& item : notice.items)
      standing.items.push_back({item.id, ItemState::kMissing, {}, {}, 0, 1, {}});
    decision.verdict = rules::Verdict::kAcknowledge;
  }

  rules::ItemStanding& item(const char* id) {
    for (auto& one : standing.items) {
      if (one.item == id) return one;
    }
    throw std::logic_error(id);
  }
  // A file of this mail that counts for an item.
  void bring(const char* id, const char* name, ItemState state) {
    bring_from(judgement.mail.sha256, id, name, state);
    rules::LedgerDocument document;
    document.document.path = document.document.name = name;
    document.recognition.item = id;
    judgement.mail.documents.push_back(document);
  }
  void bring_from(const std::string& mail, const char* id, const char* name, ItemState state) {
    item(id).state = state;
    item(id).documents.push_back({mail, name, name, true, ""});
  }
  // A file of this mail that no item fits.
  void bring_unknown(const char* name) {
    rules::LedgerDocument document;
    document.document.path = document.document.name = name;
    judgement.mail.documents.push_back(document);
  }
  Finding finding(const char* rule, Severity severity, const char* item_id, const char* document,
                  const char* text) {
    Finding f;
    f.rule = rule;
    f.severity = severity;
    f.item = item_id;
    f.document = document;
    if (!f.document.empty()) f.message_sha256 = judgement.mail.sha256;
    f.message = text;
    return f;
  }
  void find(const char* rule, Severity severity, const char* item_id, const char* document,
            const char* text) {
    auto f = finding(rule, severity, item_id, document, text);
    (f.item.empty() ? standing.findings : item(item_id).findings).push_back(f);
    decision.findings.push_back(f);
  }
  void missing(const char* item_id, Severity severity) {
    auto f = finding("item.missing", severity, item_id, "", "尚未收到，待报送。");
    f.about_sent = false;
    item(item_id).findings.push_back(f);
  }
  std::optional<Letter> compose() {
    if (has_ledger) ledger.mails.push_back(judgement.mail);
    return daemon::compose(shipped_templates(), LetterInput{&notice,
                                                            &judgement,
                                                            &message,
                                                            has_standing ? &standing : nullptr,
                                                            has_ledger ? &ledger : nullptr,
                                                            &decision,
                                                            {judgement.mail.sha256},
                                                            now});
  }
};

}  // namespace baosong::test
