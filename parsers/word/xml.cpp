#include "parsers/word/xml.hpp"

#include <expat.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <new>

#include "parsers/base/limits.hpp"

namespace baosong::parsers {
namespace {

constexpr char kSeparator = '\n';  // cannot stand in a URI or a name

struct NsRow {
  std::string_view uri;
  Ns ns;
};
constexpr std::array kNamespaces{
    NsRow{"http://schemas.openxmlformats.org/wordprocessingml/2006/main", Ns::kWord},
    NsRow{"http://purl.oclc.org/ooxml/wordprocessingml/main", Ns::kWord},
    NsRow{"http://schemas.openxmlformats.org/markup-compatibility/2006", Ns::kCompat},
    NsRow{"http://schemas.openxmlformats.org/drawingml/2006/main", Ns::kDrawing},
    NsRow{"http://purl.oclc.org/ooxml/drawingml/main", Ns::kDrawing},
    NsRow{"urn:schemas-microsoft-com:vml", Ns::kVml},
    NsRow{"http://schemas.openxmlformats.org/officeDocument/2006/relationships", Ns::kLink},
    NsRow{"http://purl.oclc.org/ooxml/officeDocument/relationships", Ns::kLink},
    NsRow{"http://schemas.openxmlformats.org/spreadsheetml/2006/main", Ns::kSheet},
    NsRow{"http://purl.oclc.org/ooxml/spreadsheetml/main", Ns::kSheet},
    NsRow{"http://schemas.openxmlformats.org/package/2006/relationships", Ns::kPackage},
    NsRow{"http://schemas.microsoft.com/office/word/2015/wordml/symex", Ns::kSymbol},
    NsRow{"http://www.w3.org/XML/1998/namespace", Ns::kXml},
};

struct Name {
  Ns ns;
  std::string_view local;
};

Name split(const char* expat_name) {
  const std::string_view name(expat_name);
  const std::size_t at = name.rfind(kSeparator);
  if (at == std::string_view::npos) return {Ns::kNone, name};
  const std::string_view uri = name.substr(0, at);
  for (const auto& row : kNamespaces) {
    if (row.uri == uri) return {row.ns, name.substr(at + 1)};
  }
  return {Ns::kOther, name.substr(at + 1)};
}

}  // namespace

std::optional<std::string_view> Attributes::find(Ns ns, std::string_view local) const {
  for (const char** pair = pairs_; *pair != nullptr; pair += 2) {
    const std::string_view name(pair[0]);
    if (!name.ends_with(local)) continue;
    const Name found = split(pair[0]);
    if (found.local == local && found.ns == ns) return pair[1];
  }
  return std::nullopt;
}

// expat is C: nothing may be thrown through it, so what a handler throws is kept for parse().
struct XmlReader::Callbacks {
  template <class Body>
  static void guarded(void* self, Body body) {
    auto& reader = *static_cast<XmlReader*>(self);
    if (reader.thrown_ || !reader.fault_.empty()) return;
    try {
      body(reader);
    } catch (...) {
      reader.thrown_ = std::current_exception();
      XML_StopParser(reader.parser_, XML_FALSE);
    }
  }
  static void start(void* self, const char* name, const char** attributes) {
    guarded(self, [&](XmlReader& reader) {
      if (++reader.depth_ > limits::kXmlDepth) return reader.refuse("nested too deeply");
      const Name element = split(name);
      reader.handler_.start(element.ns, element.local, Attributes(attributes));
    });
  }
  static void end(void* self, const char* name) {
    guarded(self, [&](XmlReader& reader) {
      --reader.depth_;
      const Name element = split(name);
      reader.handler_.end(element.ns, element.local);
    });
  }
  static void text(void* self, const char* bytes, int size) {
    guarded(self, [&](XmlReader& reader) {
      reader.handler_.text({bytes, static_cast<std::size_t>(size)});
    });
  }
  static void doctype(void* self, const char* /*name*/, const char* /*system_id*/,
                      const char* /*public_id*/, int /*has_internal_subset*/) {
    guarded(self, [](XmlReader& reader) { reader.refuse("DOCTYPE"); });
  }
};

XmlReader::XmlReader(XmlHandler& handler)
    : handler_(handler), parser_(XML_ParserCreateNS(nullptr, kSeparator)) {
  if (parser_ == nullptr) throw std::bad_alloc();
  XML_SetUserData(parser_, this);
  XML_SetElementHandler(parser_, &Callbacks::start, &Callbacks::end);
  XML_SetCharacterDataHandler(parser_, &Callbacks::text);
  XML_SetStartDoctypeDeclHandler(parser_, &Callbacks::doctype);
}

XmlReader::~XmlReader() { XML_ParserFree(parser_); }

void XmlReader::refuse(const char* why) {
  fault_ = why;
  XML_StopParser(parser_, XML_FALSE);
}

// expat before 2.6 (and Debian's 2.5.0-1+deb12u1) looks at a token that is not complete from its
// beginning again with every call, so an attribute of many megabytes in small pieces costs the
// square of its length. What it is given next is therefore never less than what it still holds.
bool XmlReader::feed(std::string_view bytes) {
  waiting_ += bytes;
  if (waiting_.size() < held_) return fault_.empty();
  return parse_waiting(false);
}
bool XmlReader::finish() { return parse_waiting(true); }

bool XmlReader::parse_waiting(bool last) {
  fed_ += waiting_.size();
  const bool fine = parse(waiting_, last);
  waiting_.clear();
  const XML_Index done = XML_GetCurrentByteIndex(parser_);
  held_ = done >= 0 ? fed_ - std::min(fed_, static_cast<std::size_t>(done)) : 0;
  return fine;
}

bool XmlReader::parse(std::string_view bytes, bool last) {
  constexpr std::size_t kPiece = 1U << 26U;  // what fits an int
  do {
    if (!fault_.empty()) return false;
    const std::string_view piece = bytes.substr(0, kPiece);
    bytes.remove_prefix(piece.size());
    const bool final = last && bytes.empty();
    const XML_Status status =
        XML_Parse(parser_, piece.data(), static_cast<int>(piece.size()), final ? 1 : 0);
    if (thrown_) std::rethrow_exception(thrown_);
    if (status == XML_STATUS_ERROR && fault_.empty()) {
      const char* why = XML_ErrorString(XML_GetErrorCode(parser_));
      fault_ = why == nullptr ? "not well-formed" : why;
    }
  } while (!bytes.empty());
  return fault_.empty();
}

bool is_on(std::optional<std::string_view> value) {
  return !value || (*value != "0" && *value != "false" && *value != "off");
}

std::optional<int> to_int(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace baosong::parsers
