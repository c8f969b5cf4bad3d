#include "rules/load.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "rules/load_parts.hpp"

namespace baosong::rules {
namespace {

constexpr std::array kNoticeKeys{
    KeyRow{"id", KeyType::kText, true, "\"2022-lifelong-learning-week\""},
    KeyRow{"title", KeyType::kText, true, "\"2022年长春市全民终身学习活动周材料\""},
    KeyRow{"call", KeyType::kText, true, "\"《关于……的通知》\""},
    KeyRow{"year", KeyType::kInt, true, "2022"},
    KeyRow{"mailbox", KeyType::kText, true, "\"someone@126.com\""},
    KeyRow{"zone", KeyType::kText, true, "\"Asia/Shanghai\""},
    KeyRow{"contact", KeyType::kText, true, "\"吴老师，电话 0431-00000000\""},
    KeyRow{"signature", KeyType::kTexts, true, "[\"办公室名称\", \"联系人：……\"]"},
    KeyRow{"own_text", KeyType::kTexts, false, "[\"通知里的句子\"]"},
    KeyRow{"policies", KeyType::kTable, false, "{ late = \"accept\" }"},
    KeyRow{"batches", KeyType::kTables, true, "[[batches]]"},
    KeyRow{"rules", KeyType::kTable, false, "{ \"file.duplicate\" = { severity = \"info\" } }"},
    KeyRow{"items", KeyType::kTables, true, "[[items]]"},
};
constexpr std::array kBatchKeys{
    KeyRow{"id", KeyType::kText, true, "\"october\""},
    KeyRow{"name", KeyType::kText, true, "\"第一批\""},
    KeyRow{"deadline", KeyType::kDate, true, "2022-10-25"},
    KeyRow{"cutoff", KeyType::kClock, false, "\"23:59:59\""},
    KeyRow{"inclusive", KeyType::kBool, false, "true"},
    KeyRow{"remind_days_before", KeyType::kInts, false, "[3, 1, 0]"},
};
constexpr std::array kPolicyKeys{
    KeyRow{"accept_image_scan", KeyType::kBool, false, "false"},
    KeyRow{"correct_closed", KeyType::kBool, false, "false"},
    KeyRow{"late", KeyType::kText, false, "\"accept\""},
    KeyRow{"unknown_unit", KeyType::kText, false, "\"ask\""},
};
constexpr std::array<std::string_view, 2> kLate{"accept", "hold"};
constexpr std::array<std::string_view, 2> kUnknownUnit{"ask", "hold"};

void load_head(const TableReader& root, Notice& notice) {
  notice.id = root.text("id");
  if (!notice.id.empty() && !is_id(notice.id))
    root.fault("id", fmt::format("“{}”不能作代号", notice.id), std::string(kIdForm));
  notice.title = root.text("title");
  notice.call = root.text("call");
  notice.year = static_cast<int>(root.integer("year"));
  if (root.has("year") && (root.integer("year") < 2000 || root.integer("year") > 2100)) {
    root.fault("year", fmt::format("“year”是 {}，超出了范围", root.integer("year")),
               "2000 到 2100 之间");
  }
  notice.mailbox = root.text("mailbox");
  if (!notice.mailbox.empty() && notice.mailbox.find('@') == std::string::npos) {
    root.fault("mailbox", fmt::format("“{}”不是邮箱地址", notice.mailbox),
               "mailbox = \"someone@126.com\"");
  }
  notice.contact = root.text("contact");
  notice.signature = root.texts("signature");
  notice.own_text = root.texts("own_text");
  if (const auto zone = root.text("zone"); !zone.empty()) {
    if (const auto found = find_zone(zone)) {
      notice.zone = *found;
    } else {
      root.fault("zone", fmt::format("不认识的时区“{}”", zone),
                 "\"Asia/Shanghai\"、\"UTC\" 或 \"+08:00\"");
    }
  }
}

void load_policies(const TomlFile& file, const TableReader& root, Notice& notice) {
  const auto* table = root.table("policies");
  if (table == nullptr) return;
  const TableReader reader(file, *table, kPolicyKeys, "[policies]");
  notice.policies.accept_image_scan = reader.flag("accept_image_scan");
  notice.policies.correct_closed = reader.flag("correct_closed");
  notice.policies.late = reader.choice("late", kLate);
  notice.policies.unknown_unit = reader.choice("unknown_unit", kUnknownUnit);
}

// The last second that is in time. Without `inclusive` the day itself is too late, and the cutoff
// is that of the day before.
Time closing_time(const Batch& batch, std::chrono::seconds cutoff, bool inclusive,
                  const Zone& zone) {
  const auto day = std::chrono::sys_days{batch.deadline} - std::chrono::days{inclusive ? 0 : 1};
  return day + cutoff - zone.offset;
}

void load_batches(const TomlFile& file, const TableReader& root, Notice& notice) {
  constexpr std::chrono::seconds kEndOfDay{86'399};
  for (const auto* table : root.tables("batches")) {
    const TableReader reader(file, *table, kBatchKeys, "[[batches]]");
    Batch batch;
    batch.id = reader.text("id");
    if (!batch.id.empty() && !is_id(batch.id)) {
      reader.fault("id", fmt::format("“{}”不能作代号", batch.id), std::string(kIdForm));
    }
    if (!batch.id.empty() && notice.batch(batch.id) != nullptr) {
      reader.fault("id", fmt::format("批次代号“{}”用了两次", batch.id), "每个批次一个代号");
    }
    batch.name = reader.text("name");
    if (const auto date = reader.date("deadline")) batch.deadline = *date;
    const auto cutoff = reader.clock("cutoff").value_or(kEndOfDay);
    if (batch.deadline.ok())
      batch.closes = closing_time(batch, cutoff, reader.flag("inclusive", true), notice.zone);
    for (std::size_t i = 0; const auto days : reader.integers("remind_days_before")) {
      if (days < 0 || days > 365) {
        file.fault(reader.place("remind_days_before", i),
                   fmt::format("提前 {} 天提醒，超出了范围", days), "0 到 365 之间");
      } else {
        batch.remind_days_before.push_back(static_cast<int>(days));
      }
      ++i;
    }
    notice.batches.push_back(std::move(batch));
  }
}

}  // namespace

bool is_id(std::string_view text) {
  constexpr std::size_t kLongest = 64;
  const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  return !text.empty() && text.size() <= kLongest && plain(text[0]) &&
         std::ranges::all_of(text, [&](char c) { return plain(c) || c == '-'; });
}

std::string to_text(const Fault& fault) {
  std::string out = fault.file;
  if (fault.line != 0) out += fmt::format(":{}:{}", fault.line, fault.column);
  out += ": " + fault.wrong + "。";
  if (!fault.right.empty()) out += "应为：" + fault.right;
  return out;
}

Loaded load_notice(const NoticeFiles& files) {
  Loaded out;
  const TomlFile notice(files.notice, out.faults);
  const TomlFile units(files.units, out.faults);
  const TomlFile findings(files.findings, out.faults);

  load_units(units, out.notice);
  // A file that could not be read at all would only report everything as missing.
  if (!notice.broken() || !notice.root().empty()) {
    const TableReader root(notice, notice.root(), kNoticeKeys, "通知");
    load_head(root, out.notice);
    load_policies(notice, root, out.notice);
    load_batches(notice, root, out.notice);
    out.notice.rules = read_rules(notice, root.table("rules"), nullptr, default_rules());
    load_items(notice, root, !units.broken(), out.notice);
  }
  load_findings(findings, out.notice);

  const auto order = [&](const Fault& f) {
    return f.file == files.notice.name ? 0 : f.file == files.units.name ? 1 : 2;
  };
  std::ranges::stable_sort(out.faults, {},
                           [&](const Fault& f) { return std::tuple(order(f), f.line, f.column); });
  return out;
}

}  // namespace baosong::rules
