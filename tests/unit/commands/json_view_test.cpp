#include "daemon/json_view.hpp"

#include <Poco/JSON/Parser.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/letters/sample.hpp"

namespace baosong::test {
namespace {

using testing::HasSubstr;
using testing::Not;

parsers::Document document(const char* path, parsers::Format format, parsers::Facts facts) {
  parsers::Document out;
  out.path = path;
  const std::string whole = path;
  out.name = whole.substr(whole.rfind('/') + 1);
  out.size = 20480;
  out.sha256 = std::string(64, 'd');
  out.format = format;
  out.facts = std::move(facts);
  return out;
}

DryRun sample_run() {
  DryRun run;
  run.reading.is_mail = true;
  run.reading.sha256 = std::string(64, 'a');
  run.reading.message.message_id = "<one@x.cn>";
  run.reading.message.from.address = "a@126.com";
  run.reading.message.subject = "朝阳区—终身学习活动周材料";
  run.received = at("2022-10-24T08:00:00Z");
  run.judgement.disposition = rules::Disposition::kSubmission;
  run.judgement.attribution.outcome = rules::Attributed::kOne;
  run.judgement.attribution.unit = "chaoyang";
  run.judgement.attribution.evidence = {{"subject", "朝阳区—终身学习活动周材料", "chaoyang", true}};
  run.judgement.mail.sha256 = run.reading.sha256;
  parsers::PdfFacts pdf;
  pdf.pages = 2;
  run.judgement.mail.documents = {
      {document("材料.zip/附件2.pdf", parsers::Format::kPdf, pdf), {"", {}, "", false}}};
  run.standing.assignments = {
      {run.reading.sha256, "材料.zip/附件2.pdf", "unit-forms", "elimination"}};
  run.standing.items = {{"unit-forms", ItemState::kNeedsStaff, {}, {}, 0, 1, {}}};
  run.has_standing = true;
  run.decision.verdict = rules::Verdict::kCorrect;
  Finding finding;
  finding.rule = "pdf.seal-not-seen";
  finding.severity = Severity::kWarning;
  finding.item = "unit-forms";
  finding.document = "材料.zip/附件2.pdf";
  finding.measured = "0";
  finding.limit = "1";
  finding.message = "“附件2.pdf”未识别到印章";
  run.decision.findings = {finding};
  Letter letter;
  letter.to = "a@126.com";
  letter.subject = "回复";
  letter.text = "您好\n";
  run.letter = letter;
  return run;
}

TEST(CheckJson, IsExactlyTheFixedForm) {
  const std::string hash_a(64, 'a'), hash_d(64, 'd');
  EXPECT_EQ(
      to_line(check_json(sample_notice(), sample_run())),
      R"({"message":{"sha256":")" + hash_a +
          R"(","message_id":"<one@x.cn>","from":"a@126.com","subject":"朝阳区—终身学习活动周材料","received":"2022-10-24T16:00:00+08:00"},)"
          R"("disposition":"submission","unit":{"id":"chaoyang","name":"朝阳区","evidence":[{"kind":"subject","text":"朝阳区—终身学习活动周材料"}]},)"
          R"("documents":[{"path":"材料.zip/附件2.pdf","name":"附件2.pdf","size":20480,"sha256":")" +
          hash_d +
          R"(","format":"pdf","item":"unit-forms","why":"elimination","facts":{"pages":2,"text_characters":0,"seal":null,"signature":false}}],)"
          R"("findings":[{"rule":"pdf.seal-not-seen","severity":"warning","item":"unit-forms","document":"材料.zip/附件2.pdf","measured":"0","limit":"1","message":"“附件2.pdf”未识别到印章"}],)"
          R"("items":[{"id":"unit-forms","state":"needs-staff"}],"decision":"correct","letter":{"to":"a@126.com","subject":"回复","text":"您好\n"}})");
}

TEST(CheckJson, WhatIsNotThereIsNull) {
  auto run = sample_run();
  run.judgement.attribution = {};
  run.has_standing = false;
  run.standing = {};
  run.letter.reset();
  run.decision.findings.clear();
  run.judgement.mail.documents.clear();
  run.reading.message = {};
  run.reading.problems = {"no header"};
  run.decision.verdict = rules::Verdict::kSilent;
  EXPECT_THAT(to_line(check_json(sample_notice(), run)),
              HasSubstr(R"("message_id":null,"from":null,"subject":"",)"));
  EXPECT_THAT(
      to_line(check_json(sample_notice(), run)),
      HasSubstr(
          R"("unit":null,"documents":[],"findings":[],"items":[],"decision":"silent","letter":null,"problems":["no header"]})"));
}

TEST(CheckJson, ConflictNamesNoUnit) {
  auto run = sample_run();
  run.judgement.attribution.outcome = rules::Attributed::kConflict;
  EXPECT_THAT(to_line(check_json(sample_notice(), run)), HasSubstr(R"("unit":null)"));
}

TEST(FactsJson, HasTheFixedKeysForEachFormat) {
  const auto notice = sample_notice();
  const auto line = [&](parsers::Facts facts) {
    return to_line(
        facts_json(document("x", parsers::Format::kUnknown, std::move(facts)), notice, nullptr));
  };
  parsers::PdfFacts pdf;
  pdf.pages = 3;
  pdf.text_characters = 17;
  pdf.seal = parsers::Seal{2, 120.25, 200.5, 42.0, 0.93, {}};
  pdf.signature = true;
  EXPECT_EQ(
      line(pdf),
      R"({"pages":3,"text_characters":17,"seal":{"page":2,"x_mm":120.25,"y_mm":200.5,"diameter_mm":42,"confidence":0.93},"signature":true})");
  parsers::PhotoFacts photo;
  photo.width = 4000;
  photo.height = 3000;
  EXPECT_EQ(line(photo),
            R"({"width":4000,"height":3000,"sharpness":null,"taken":null,"dhash":null})");
  photo.measured = true;
  photo.sharpness = 81.5;
  photo.taken = "2022-10-24T10:15:30";
  photo.dhash = 0xfedcba9876543210U;
  EXPECT_EQ(
      line(photo),
      R"({"width":4000,"height":3000,"sharpness":81.5,"taken":"2022-10-24T10:15:30","dhash":"fedcba9876543210"})");
  parsers::WordFacts word;
  word.body = {812, 800, 830, 700};
  word.tables.resize(1);
  word.tables[0].rows.resize(3);
  word.images.resize(2);
  EXPECT_EQ(
      line(word),
      R"({"title":null,"characters":812,"characters_low":800,"tables":1,"rows":3,"images":2})");
  EXPECT_EQ(line(std::monostate{}), "{}");
  EXPECT_EQ(line(parsers::TextFacts{"x"}), "{}");
}

TEST(StatusJson, IsExactlyTheFixedForm) {
  auto notice = sample_notice();
  DigestInput input;
  input.notice = &notice;
  input.now = at("2022-10-24T16:00:00+08:00");
  input.counts = {5, 5, 4, 1};
  for (const char* unit : {"chaoyang", "nongan"}) {
    rules::Standing standing;
    standing.unit = unit;
    standing.state = rules::UnitState::kPartial;
    standing.items = {{"unit-forms", ItemState::kPartial, {}, {}, 0, 1, {}}};
    input.standings.push_back(standing);
  }
  input.last_mails = {{"nongan", at("2022-10-24T09:12:00+08:00")}};
  EXPECT_EQ(
      to_line(status_json(input, "")),
      R"({"notice":"2022","as_of":"2022-10-24T16:00:00+08:00","units":[)"
      R"({"id":"chaoyang","name":"朝阳区","state":"partial","last_mail":null,"items":[{"id":"unit-forms","state":"partial","findings":[]}]},)"
      R"({"id":"nongan","name":"农安县","state":"partial","last_mail":"2022-10-24T09:12:00+08:00","items":[{"id":"unit-forms","state":"partial","findings":[]}]}],)"
      R"("mail":{"seen":5,"archived":5,"decided":4,"quarantined":1}})");
  EXPECT_THAT(to_line(status_json(input, "nongan")), Not(HasSubstr("chaoyang")));
}

TEST(Json, AnyTextComesBackAsItWas) {
  auto run = sample_run();
  run.letter->text = "“引号\"\\/\t\x01</script>\xe2\x80\xa8𠀀";
  const auto back = Poco::JSON::Parser()
                        .parse(to_line(check_json(sample_notice(), run)))
                        .extract<Poco::JSON::Object::Ptr>();
  EXPECT_EQ(back->getObject("letter")->getValue<std::string>("text"), run.letter->text);
  EXPECT_THAT(to_line(check_json(sample_notice(), run)), Not(HasSubstr("\n")));
}

}  // namespace
}  // namespace baosong::test
