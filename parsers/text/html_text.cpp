#include "parsers/text/html_text.hpp"

#include <algorithm>
#include <array>

#include "parsers/text/utf8.hpp"

namespace baosong::parsers {
namespace {

enum class Effect { kBlock, kCell, kBreak, kSkip, kQuote };
struct Element {
  std::string_view name;
  Effect effect;
};
// Sorted. Elements that are not named here are inline and leave no trace.
constexpr std::array kElements{
    Element{"address", Effect::kBlock},    Element{"article", Effect::kBlock},
    Element{"blockquote", Effect::kQuote}, Element{"br", Effect::kBreak},
    Element{"center", Effect::kBlock},     Element{"dd", Effect::kBlock},
    Element{"div", Effect::kBlock},        Element{"dl", Effect::kBlock},
    Element{"dt", Effect::kBlock},         Element{"footer", Effect::kBlock},
    Element{"form", Effect::kBlock},       Element{"h1", Effect::kBlock},
    Element{"h2", Effect::kBlock},         Element{"h3", Effect::kBlock},
    Element{"h4", Effect::kBlock},         Element{"h5", Effect::kBlock},
    Element{"h6", Effect::kBlock},         Element{"header", Effect::kBlock},
    Element{"hr", Effect::kBlock},         Element{"li", Effect::kBlock},
    Element{"ol", Effect::kBlock},         Element{"p", Effect::kBlock},
    Element{"pre", Effect::kBlock},        Element{"script", Effect::kSkip},
    Element{"section", Effect::kBlock},    Element{"style", Effect::kSkip},
    Element{"table", Effect::kBlock},      Element{"tbody", Effect::kBlock},
    Element{"td", Effect::kCell},          Element{"th", Effect::kCell},
    Element{"title", Effect::kSkip},       Element{"tr", Effect::kBlock},
    Element{"ul", Effect::kBlock}};
static_assert(std::ranges::is_sorted(kElements, {}, &Element::name));

// In the start tag of a blockquote: this is somebody else's text, not an indented paragraph.
constexpr std::array<std::string_view, 5> kCitationSigns{
    "type=\"cite\"", "type=cite", "gmail_quote", "isreplycontent", "ntes-mailmaster-quote"};

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f'; }

// Builds lines with white space collapsed.
class Page {
 public:
  explicit Page(std::size_t expected) { out_.reserve(expected); }

  void text(std::string_view piece) {
    for (const char c : piece) {
      if (is_blank(c)) {
        blank_ = true;
      } else {
        put(c);
      }
    }
  }
  void cell() {
    if (line_open_ && !out_.ends_with('\t')) out_.push_back('\t');
    blank_ = false;
  }
  // A block begins or ends: what follows stands on a line of its own.
  void block() {
    if (line_open_) line_break();
  }
  void line_break() {
    while (!out_.empty() && (out_.back() == '\t' || out_.back() == ' ')) out_.pop_back();
    out_.push_back('\n');
    line_open_ = blank_ = false;
  }
  void quote(int step) { depth_ = std::max(0, depth_ + step); }
  std::string finish() {
    while (!out_.empty() && (is_blank(out_.back()))) out_.pop_back();
    return std::move(out_);
  }

 private:
  void put(char c) {
    if (!line_open_ && depth_ > 0) out_ += "> ";
    if (blank_ && line_open_ && !out_.ends_with('\t')) out_.push_back(' ');
    blank_ = false;
    line_open_ = true;
    out_.push_back(c);
  }

  std::string out_;
  bool line_open_ = false, blank_ = false;
  int depth_ = 0;
};

// Moves over markup. Every search that found nothing once is never made again, so a page of a
// million '<' costs no more than one.
class Reader {
 public:
  explicit Reader(std::string_view html) : html_(html), page_(html.size() / 2) {}

  std::string run() {
    while (at_ < html_.size()) {
      const std::size_t mark = std::min(html_.find('<', at_), html_.size());
      page_.text(decode_entities(html_.substr(at_, mark - at_)));
      at_ = mark;
      if (at_ < html_.size()) markup();
    }
    std::string text = page_.finish();
    return text;
  }

 private:
  void markup() {
    const std::string_view rest = html_.substr(at_);
    if (rest.starts_with("<!--")) return skip_past("-->", comment_ends_);
    const char next = rest.size() > 1 ? rest[1] : ' ';
    const bool letter = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
    if (!letter && next != '/' && next != '!' && next != '?') {
      page_.text("<");
      ++at_;
      return;
    }
    const std::size_t start = at_;
    skip_past(">", tag_ends_);
    tag(html_.substr(start, at_ - start));
  }

  // Past `end`, or to the end of the input when it does not come.
  void skip_past(std::string_view end, bool& may_come) {
    const std::size_t found = may_come ? html_.find(end, at_) : std::string_view::npos;
    may_come = found != std::string_view::npos;
    at_ = may_come ? found + end.size() : html_.size();
  }

  void tag(std::string_view markup) {
    markup.remove_prefix(1);
    const bool closing = markup.starts_with('/');
    if (closing) markup.remove_prefix(1);
    const std::size_t length = std::min(markup.find_first_of(" \t\r\n\f/>"), markup.size());
    const std::string name = lower(markup.substr(0, std::min<std::size_t>(length, 16)));
    const auto row = std::ranges::lower_bound(kElements, name, {}, &Element::name);
    if (row == kElements.end() || row->name != name) return;
    switch (row->effect) {
      case Effect::kBlock:
        page_.block();
        break;
      case Effect::kBreak:
        page_.line_break();
        break;
      case Effect::kCell:
        if (!closing) page_.cell();
        break;
      case Effect::kSkip:
        if (!closing) skip_content(name);
        break;
      case Effect::kQuote:
        quote(markup, closing);
        break;
    }
  }

  void quote(std::string_view markup, bool closing) {
    page_.block();
    if (closing) {
      if (open_.empty()) return;
      page_.quote(open_.back() == 'q' ? -1 : 0);
      open_.pop_back();
      return;
    }
    const std::string attributes = lower(markup.substr(0, 1000));
    const bool citation = std::ranges::any_of(kCitationSigns, [&](std::string_view sign) {
      return attributes.find(sign) != std::string::npos;
    });
    open_.push_back(citation ? 'q' : '-');
    page_.quote(citation ? 1 : 0);
  }

  // The content of style and script is no markup: it ends at its own end tag only.
  void skip_content(std::string_view name) {
    for (std::size_t end = at_; (end = html_.find("</", end)) != std::string_view::npos; end += 2) {
      if (lower(html_.substr(end + 2, name.size())) == name) {
        at_ = end;
        return;
      }
    }
    at_ = html_.size();
  }

  std::string_view html_;
  Page page_;
  std::size_t at_ = 0;
  std::string open_;  // one letter for each open blockquote: 'q' cites, '-' indents
  bool comment_ends_ = true, tag_ends_ = true;
};

}  // namespace

std::string html_to_text(std::string_view html) { return Reader(html).run(); }

}  // namespace baosong::parsers
