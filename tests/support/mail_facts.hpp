// Readings as the mail reader gives them, built in a line or two.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "parsers/facts.hpp"

namespace baosong::testing {

// By the suffix, as a well-behaved sender has it.
inline parsers::Format format_for(std::string_view name) {
  using parsers::Format;
  const std::string_view suffix = name.substr(std::min(name.rfind('.'), name.size()));
  if (suffix == ".docx") return Format::kDocx;
  if (suffix == ".doc") return Format::kDoc;
  if (suffix == ".xlsx") return Format::kXlsx;
  if (suffix == ".pdf") return Format::kPdf;
  if (suffix == ".jpg") return Format::kJpeg;
  if (suffix == ".png") return Format::kPng;
  if (suffix == ".zip") return Format::kZip;
  if (suffix == ".rar") return Format::kRar;
  return Format::kUnknown;
}

inline parsers::Document document(std::string path, parsers::Facts facts = {}) {
  parsers::Document out;
  out.name = path.substr(path.rfind('/') + 1);  // npos + 1 is 0
  out.path = std::move(path);
  out.size = 500'000;
  out.sha256 = std::string(64, '0');
  out.format = format_for(out.name);
  if (out.format == parsers::Format::kJpeg && facts.index() == 0) {
    parsers::PhotoFacts photo;
    photo.width = 4000;
    photo.height = 3000;
    facts = photo;
  }
  if (out.format == parsers::Format::kPdf && facts.index() == 0) facts = parsers::PdfFacts{};
  out.facts = std::move(facts);
  return out;
}

inline parsers::PdfFacts pdf_text(std::string text) {
  parsers::PdfFacts out;
  out.pages = 1;
  out.text_characters = static_cast<std::uint32_t>(text.size() / 3);
  out.text = std::move(text);
  return out;
}

class MailBuilder {
 public:
  MailBuilder() {
    reading_.is_mail = true;
    reading_.sha256 = std::string(64, 'f');
    reading_.message.from.address = "100000009@qq.com";
    reading_.message.text = "请查收。";
  }
  MailBuilder& from(std::string address, std::string name = {}) {
    reading_.message.from = {std::move(name), std::move(address)};
    return *this;
  }
  MailBuilder& subject(std::string text) {
    return reading_.message.subject = std::move(text), *this;
  }
  MailBuilder& body(std::string text) { return reading_.message.text = std::move(text), *this; }
  MailBuilder& quoted(std::string text) { return reading_.message.quoted = std::move(text), *this; }
  MailBuilder& field(std::string name, std::string value) {
    reading_.message.fields.push_back({std::move(name), std::move(value)});
    return *this;
  }
  MailBuilder& report(std::string type) {
    reading_.message.content_type = "multipart/report";
    reading_.message.report_type = std::move(type);
    return *this;
  }
  MailBuilder& forwarded(std::string name, std::string address, std::string subject,
                         std::string text) {
    reading_.message.forwarded.push_back(
        {{std::move(name), std::move(address)}, std::move(subject), std::move(text)});
    return *this;
  }
  MailBuilder& add(parsers::Document d) {
    return reading_.documents.push_back(std::move(d)), *this;
  }
  MailBuilder& file(std::string path, parsers::Facts facts = {}) {
    return add(document(std::move(path), std::move(facts)));
  }
  [[nodiscard]] const parsers::Reading& reading() const { return reading_; }
  operator parsers::Reading() const { return reading_; }  // NOLINT: reads as the mail it builds

 private:
  parsers::Reading reading_;
};

}  // namespace baosong::testing
