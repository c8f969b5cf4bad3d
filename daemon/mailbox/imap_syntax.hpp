// The pieces of IMAP's grammar (RFC 3501, section 9) that the mailbox needs: FETCH items, dates,
// strings, mailbox names. Pure functions on text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/base/time.hpp"

namespace baosong::daemon::imap {

// "24-Oct-2022 16:00:00 +0800", the day may be padded with a blank.
std::optional<Time> parse_date_time(std::string_view text);

// A quoted string; CR, LF and NUL cannot stand in one: nullopt.
std::optional<std::string> quote(std::string_view text);

// RFC 3501, 5.1.3: "发件箱" -> "&U9FO9nux-".
std::string modified_utf7(std::string_view utf8);

std::optional<std::uint64_t> parse_number(std::string_view digits);

// What a FETCH response said about one mail.
struct Fetched {
  std::uint64_t uid = 0;
  std::uint64_t size = 0;
  std::optional<Time> internal_date;
  bool has_body = false;     // BODY[] came, even when it was NIL
  bool body_nil = false;     // expunged in between
  bool body_quoted = false;  // a short body may come as a quoted string
  std::string quoted_body;
};

// Reads "* 12 FETCH (UID 5 BODY[] {42}" in fragments, between which the caller takes the literals.
class FetchParser {
 public:
  // Which item holds the bytes: BODY[], or BODY[HEADER.FIELDS (…)] however the server writes the
  // list of fields.
  enum class Body : std::uint8_t { kWhole, kHeaderFields };
  explicit FetchParser(Body body = Body::kWhole) : body_(body) {}

  enum class Step : std::uint8_t {
    kLiteral,  // `literal` bytes of the body follow, then the next fragment
    kDone,     // the list is closed
    kBroken,   // not FETCH grammar, or a literal where none may be
  };
  // True when `line` starts an untagged FETCH; `rest` is what follows "FETCH ".
  static bool starts(std::string_view line, std::string_view& rest);

  Step feed(std::string_view fragment);
  std::uint64_t literal = 0;
  Fetched mail;

 private:
  std::string_view token(std::string_view& rest, bool& quoted, std::string& unquoted) const;
  bool value(std::string_view word, bool quoted, const std::string& text);
  [[nodiscard]] bool is_body() const;
  Body body_;
  enum class Place : std::uint8_t { kBefore, kName, kValue, kFlags, kClosed };
  Place place_ = Place::kBefore;
  std::string name_;
  int depth_ = 0;  // of lists inside a value that is passed over
};

// One mailbox of a LIST or XLIST response (RFC 3501, 7.2.2; attributes of RFC 6154).
struct Listed {
  std::vector<std::string> attributes;  // "\\Sent", in upper case
  std::string name;                     // as the server writes it: modified UTF-7
  // The name is a literal of so many bytes that follow the line; `name` is empty then.
  std::optional<std::uint64_t> literal;
};
std::optional<Listed> listed_of(std::string_view line);

// "* 172 EXISTS" -> 172; "* OK [UIDVALIDITY 1] …" -> 1. nullopt when the line is another.
std::optional<std::uint64_t> exists_of(std::string_view line);
std::optional<std::uint64_t> code_of(std::string_view line, std::string_view code);

}  // namespace baosong::daemon::imap
