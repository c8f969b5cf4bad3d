// Streaming XML for Office files (expat): namespaces resolved, DOCTYPE refused (so there are no
// entities to expand), depth bounded. Memory is that of the longest single token.
#pragma once

#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct XML_ParserStruct;

namespace baosong::parsers {

// Namespaces by role: the transitional and the strict URI of one vocabulary are the same thing
// (ISO/IEC 29500-1 and -4).
enum class Ns : std::uint8_t {
  kNone,     // no namespace: attributes of relationships and of spreadsheets
  kWord,     // w:
  kCompat,   // mc:
  kDrawing,  // a:
  kVml,      // v:
  kLink,     // r: (attributes that name a relationship)
  kSheet,    // spreadsheetml
  kPackage,  // relationship parts
  kSymbol,   // w16se: characters that fonts of their own have
  kXml,      // xml:space
  kOther,
};

class Attributes {
 public:
  explicit Attributes(const char** pairs) : pairs_(pairs) {}
  [[nodiscard]] std::optional<std::string_view> find(Ns ns, std::string_view local) const;

 private:
  const char** pairs_;  // expat's: name, value, name, value, nullptr
};

class XmlHandler {
 public:
  XmlHandler() = default;
  XmlHandler(const XmlHandler&) = delete;
  XmlHandler& operator=(const XmlHandler&) = delete;
  virtual ~XmlHandler() = default;
  virtual void start(Ns ns, std::string_view local, const Attributes& attributes) = 0;
  virtual void end(Ns ns, std::string_view local) = 0;
  virtual void text(std::string_view utf8) = 0;
};

class XmlReader {
 public:
  explicit XmlReader(XmlHandler& handler);
  ~XmlReader();
  XmlReader(const XmlReader&) = delete;
  XmlReader& operator=(const XmlReader&) = delete;

  // False once the document is broken or refused; then fault() says why, in English. What a handler
  // throws comes out here.
  bool feed(std::string_view bytes);
  bool finish();
  [[nodiscard]] const std::string& fault() const { return fault_; }

 private:
  struct Callbacks;
  bool parse(std::string_view bytes, bool last);
  bool parse_waiting(bool last);
  void refuse(const char* why);

  XmlHandler& handler_;
  XML_ParserStruct* parser_;
  std::string waiting_;   // not given to expat yet
  std::size_t fed_ = 0;   // given to it
  std::size_t held_ = 0;  // of these, what belongs to a token that is not complete
  int depth_ = 0;
  std::string fault_;
  std::exception_ptr thrown_;
};

// "1", "true" and "on" or no value at all switch a property on (ST_OnOff).
bool is_on(std::optional<std::string_view> value);
// A decimal number; nullopt for anything else or when it does not fit.
std::optional<int> to_int(std::string_view text);

}  // namespace baosong::parsers
