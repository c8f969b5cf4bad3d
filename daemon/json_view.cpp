#include "daemon/json_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "rules/meaning/meaning.hpp"

namespace baosong::daemon {
namespace {

using parsers::Document;

JsonObject object() { return JsonObject(Poco::JSON_PRESERVE_KEY_ORDER); }

// Poco's empty Var is JSON's null.
const Poco::Dynamic::Var kNull;

Poco::Dynamic::Var or_null(const std::string& text) {
  return text.empty() ? kNull : Poco::Dynamic::Var(text);
}
Poco::Dynamic::Var text(std::string_view word) { return std::string(word); }

// To the millimetre's tenth, and no digits that the measurement does not carry.
double rounded(double value) { return std::round(value * 1000.0) / 1000.0; }

void set_facts(JsonObject& out, const parsers::WordFacts& facts, const rules::Notice& notice,
               const rules::Item* item) {
  const auto title = rules::title_of(facts, notice, item);
  std::uint64_t rows = 0;
  for (const auto& table : facts.tables) rows += table.rows.size();
  out.set("title", title ? or_null(title->text) : kNull);
  out.set("characters", facts.body.high);
  out.set("characters_low", facts.body.low);
  out.set("tables", static_cast<std::uint64_t>(facts.tables.size()));
  out.set("rows", rows);
  out.set("images", static_cast<std::uint64_t>(facts.images.size()));
}

void set_facts(JsonObject& out, const parsers::PdfFacts& facts) {
  out.set("pages", facts.pages);
  out.set("text_characters", facts.text_characters);
  if (facts.seal) {
    auto seal = object();
    seal.set("page", facts.seal->page);
    seal.set("x_mm", rounded(facts.seal->x_mm));
    seal.set("y_mm", rounded(facts.seal->y_mm));
    seal.set("diameter_mm", rounded(facts.seal->diameter_mm));
    seal.set("confidence", rounded(facts.seal->confidence));
    out.set("seal", seal);
  } else {
    out.set("seal", kNull);
  }
  out.set("signature", facts.signature);
}

void set_facts(JsonObject& out, const parsers::PhotoFacts& facts) {
  out.set("width", facts.width);
  out.set("height", facts.height);
  out.set("sharpness", facts.measured ? Poco::Dynamic::Var(rounded(facts.sharpness)) : kNull);
  out.set("taken", or_null(facts.taken));
  // As text: a JSON number does not carry 64 bits everywhere.
  out.set("dhash",
          facts.measured ? Poco::Dynamic::Var(fmt::format("{:016x}", facts.dhash)) : kNull);
}

void set_facts(JsonObject& out, const parsers::CloudLink& facts) {
  out.set("host", facts.host);
  out.set("size", or_null(facts.size_text));
  out.set("expires", or_null(facts.expires));
}

JsonArray findings_json(const std::vector<rules::Finding>& findings) {
  JsonArray out;
  for (const auto& finding : findings) out.add(finding_json(finding));
  return out;
}

// Where a document ended up: the standing knows more than the first look at the file.
rules::Assignment assigned(const DryRun& run, const rules::LedgerDocument& document) {
  for (const auto& one : run.standing.assignments) {
    if (one.message_sha256 == run.judgement.mail.sha256 && one.path == document.document.path)
      return one;
  }
  return {run.judgement.mail.sha256, document.document.path, document.recognition.item,
          document.recognition.why};
}

JsonArray documents_json(const rules::Notice& notice, const DryRun& run) {
  JsonArray out;
  for (const auto& entry : run.judgement.mail.documents) {
    const Document& document = entry.document;
    const auto place = assigned(run, entry);
    auto one = object();
    one.set("path", document.path);
    one.set("name", document.name);
    one.set("size", document.size);
    one.set("sha256", document.sha256);
    one.set("format", text(name_of(document.format)));
    one.set("item", or_null(place.item));
    one.set("why", or_null(place.why));
    one.set("facts", facts_json(document, notice, notice.item(place.item)));
    out.add(one);
  }
  return out;
}

JsonObject item_json(const rules::ItemStanding& item, bool with_findings) {
  auto out = object();
  out.set("id", item.item);
  out.set("state", text(name_of(item.state)));
  if (with_findings) out.set("findings", findings_json(item.findings));
  return out;
}

}  // namespace

JsonObject facts_json(const Document& document, const rules::Notice& notice,
                      const rules::Item* item) {
  auto out = object();
  if (const auto* word = std::get_if<parsers::WordFacts>(&document.facts))
    set_facts(out, *word, notice, item);
  if (const auto* pdf = std::get_if<parsers::PdfFacts>(&document.facts)) set_facts(out, *pdf);
  if (const auto* photo = std::get_if<parsers::PhotoFacts>(&document.facts)) set_facts(out, *photo);
  if (const auto* link = std::get_if<parsers::CloudLink>(&document.facts)) set_facts(out, *link);
  return out;
}

JsonObject finding_json(const rules::Finding& finding) {
  auto out = object();
  out.set("rule", finding.rule);
  out.set("severity", text(name_of(finding.severity)));
  out.set("item", or_null(finding.item));
  out.set("document", or_null(finding.document));
  out.set("measured", or_null(finding.measured));
  out.set("limit", or_null(finding.limit));
  out.set("message", finding.message);
  return out;
}

JsonObject check_json(const rules::Notice& notice, const DryRun& run) {
  const auto& mail = run.reading.message;
  auto message = object();
  message.set("sha256", run.reading.sha256);
  message.set("message_id", or_null(mail.message_id));
  message.set("from", or_null(mail.from.address));
  message.set("subject", run.reading.is_mail ? Poco::Dynamic::Var(mail.subject) : kNull);
  message.set("received", format_rfc3339(run.received, notice.zone));

  auto out = object();
  out.set("message", message);
  out.set("disposition", text(name_of(run.judgement.disposition)));
  const auto& attribution = run.judgement.attribution;
  const auto* unit =
      attribution.outcome == rules::Attributed::kOne ? notice.unit(attribution.unit) : nullptr;
  if (unit != nullptr) {
    JsonArray evidence;
    for (const auto& one : attribution.evidence) {
      if (one.unit != unit->id) continue;
      auto row = object();
      row.set("kind", one.kind);
      row.set("text", one.text);
      evidence.add(row);
    }
    auto who = object();
    who.set("id", unit->id);
    who.set("name", unit->name);
    who.set("evidence", evidence);
    out.set("unit", who);
  } else {
    out.set("unit", kNull);
  }
  out.set("documents", documents_json(notice, run));
  out.set("findings", findings_json(run.decision.findings));
  JsonArray items;
  if (run.has_standing) {
    for (const auto& item : run.standing.items) items.add(item_json(item, false));
  }
  out.set("items", items);
  out.set("decision", text(name_of(run.decision.verdict)));
  if (run.letter) {
    auto letter = object();
    letter.set("to", run.letter->to);
    letter.set("subject", run.letter->subject);
    letter.set("text", run.letter->text);
    out.set("letter", letter);
  } else {
    out.set("letter", kNull);
  }
  // Only there when reading met something: engineers look at it, scripts need not.
  if (!run.reading.problems.empty()) {
    JsonArray problems;
    for (const auto& problem : run.reading.problems) problems.add(problem);
    out.set("problems", problems);
  }
  return out;
}

JsonObject status_json(const DigestInput& input, std::string_view only) {
  const auto& notice = *input.notice;
  auto out = object();
  out.set("notice", notice.id);
  out.set("as_of", format_rfc3339(input.now, notice.zone));
  JsonArray units;
  for (const auto& unit : notice.units) {
    const auto standing = std::ranges::find(input.standings, unit.id, &rules::Standing::unit);
    if (standing == input.standings.end() || (!only.empty() && unit.id != only)) continue;
    auto one = object();
    one.set("id", unit.id);
    one.set("name", unit.name);
    one.set("state", text(name_of(standing->state)));
    const auto last =
        std::ranges::find(input.last_mails, unit.id, &std::pair<std::string, Time>::first);
    one.set("last_mail", last == input.last_mails.end()
                             ? kNull
                             : Poco::Dynamic::Var(format_rfc3339(last->second, notice.zone)));
    JsonArray items;
    for (const auto& item : standing->items) items.add(item_json(item, true));
    one.set("items", items);
    units.add(one);
  }
  out.set("units", units);
  auto mail = object();
  mail.set("seen", input.counts.seen);
  mail.set("archived", input.counts.archived);
  mail.set("decided", input.counts.decided);
  mail.set("quarantined", input.counts.quarantined);
  out.set("mail", mail);
  return out;
}

JsonObject parts_json(const parsers::mime::PartList& list) {
  JsonArray parts;
  for (const auto& part : list.parts) {
    auto one = object();
    one.set("path", part.path);
    one.set("type", part.type);
    one.set("disposition", part.disposition);
    one.set("name", part.name);
    one.set("size", part.size);
    one.set("sha256", part.sha256);
    one.set("sha256_normalised", part.sha256_normalised);
    parts.add(one);
  }
  JsonArray problems;
  for (const auto& problem : list.problems) problems.add(problem);
  auto out = object();
  out.set("parts", parts);
  out.set("problems", problems);
  return out;
}

std::string to_line(const JsonObject& object) {
  std::ostringstream out;
  object.stringify(out);
  return out.str();
}

}  // namespace baosong::daemon
