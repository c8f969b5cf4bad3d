#include "daemon/worker/admit.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>
#include <set>
#include <string>
#include <variant>

#include "parsers/base/limits.hpp"
#include "parsers/text/utf8.hpp"

namespace baosong::daemon {
namespace {

using parsers::Document;
using parsers::Format;
using parsers::Trouble;

constexpr std::uint64_t kLargestFile = limits::kMailBytes;
// A path is one name below another for each container that was opened on the way.
constexpr std::size_t kPathBytes = 32 * limits::kNameBytes;

bool is_sha256(std::string_view text) {
  return text.size() == 64 && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

bool has_control(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (is_control(parsers::next_character(text, at))) return true;
  }
  return false;
}

// One line that may stand in a header of a letter.
void make_plain(std::string& text) {
  if (!has_control(text)) return;
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = parsers::next_character(text, at);
    parsers::append_utf8(out, is_control(c) ? U' ' : c);
  }
  text = std::move(out);
}

bool is_relative(std::string_view path) {
  if (path.empty() || path.size() > kPathBytes || has_control(path)) return false;
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string_view step = path.substr(at, end - at);
    if (step.empty() || step == "." || step == "..") return false;
    at = end + 1;
  }
  return true;
}

bool all_finite(std::initializer_list<double> numbers) {
  return std::ranges::all_of(numbers, [](double x) { return std::isfinite(x); });
}

struct MayHold {
  Format format;

  bool operator()(const std::monostate& /*nothing*/) const { return true; }
  bool operator()(const parsers::WordFacts& facts) const {
    const bool kind = parsers::is_word(format) || format == Format::kXlsx || format == Format::kXls;
    return kind && std::ranges::all_of(facts.images,
                                       [](const auto& image) { return is_sha256(image.sha256); });
  }
  bool operator()(const parsers::PdfFacts& facts) const {
    const auto fits = [](const std::optional<parsers::Seal>& seal) {
      return !seal || all_finite({seal->x_mm, seal->y_mm, seal->diameter_mm, seal->confidence});
    };
    const bool head = !facts.head || (facts.head->text.size() <= limits::kScanHeadBytes &&
                                      facts.head->confidence <= 100);
    return format == Format::kPdf && fits(facts.seal) && fits(facts.grey_seal) && head;
  }
  bool operator()(const parsers::PhotoFacts& facts) const {
    return parsers::is_image(format) && all_finite({facts.sharpness});
  }
  bool operator()(const parsers::CloudLink& /*link*/) const { return format == Format::kCloudLink; }
  bool operator()(const parsers::TextFacts& /*text*/) const { return format == Format::kText; }
};

bool admit_document(const Document& document) {
  const std::size_t slash = document.path.rfind('/');
  const std::string_view last = slash == std::string::npos
                                    ? std::string_view(document.path)
                                    : std::string_view(document.path).substr(slash + 1);
  return is_relative(document.path) && document.name == last && document.size <= kLargestFile &&
         is_sha256(document.sha256) && std::visit(MayHold{document.format}, document.facts);
}

void make_plain(parsers::Address& address) {
  make_plain(address.name);
  make_plain(address.address);
}

void make_plain(parsers::Message& message) {
  for (std::string* text : {&message.message_id, &message.subject, &message.in_reply_to,
                            &message.content_type, &message.report_type}) {
    make_plain(*text);
  }
  for (auto& id : message.references) make_plain(id);
  for (auto* list : {&message.to, &message.cc}) {
    for (auto& address : *list) make_plain(address);
  }
  make_plain(message.from);
  make_plain(message.reply_to);
  for (auto& forwarded : message.forwarded) {
    make_plain(forwarded.from);
    make_plain(forwarded.subject);
  }
  if (message.bounce) {
    make_plain(message.bounce->recipient);
    make_plain(message.bounce->status);
    make_plain(message.bounce->original_message_id);
  }
}

}  // namespace

bool admit(parsers::Reading& reading, std::uint64_t size) {
  if (reading.size != size || !is_sha256(reading.sha256)) return false;
  if (reading.documents.size() > limits::kDocuments) return false;
  std::set<std::string_view> paths;
  for (const Document& document : reading.documents) {
    if (!admit_document(document) || !paths.insert(document.path).second) return false;
  }
  make_plain(reading.message);
  for (auto& problem : reading.problems) make_plain(problem);
  return true;
}

bool admit(parsers::mime::PartList& list) {
  if (list.parts.size() > limits::kMimeParts + 1) return false;
  for (auto& part : list.parts) {
    if (!is_sha256(part.sha256) || !is_sha256(part.sha256_normalised)) return false;
    for (std::string* text : {&part.path, &part.type, &part.disposition}) make_plain(*text);
  }
  for (auto& problem : list.problems) make_plain(problem);
  return true;
}

}  // namespace baosong::daemon
