// Small mails for tests.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parsers/mime/decode.hpp"
#include "parsers/mime/scan.hpp"

namespace baosong::parsers::mime::sample {

// "a|b|" -> "a\r\nb\r\n"
inline std::string lines(std::string_view text, std::string_view end = "\r\n") {
  std::string out;
  for (const char c : text) {
    if (c == '|') {
      out += end;
    } else {
      out += c;
    }
  }
  return out;
}

inline std::string mail(std::string_view header, std::string_view body) {
  return lines("From: a@126.com|To: b@126.com|Subject: t|MIME-Version: 1.0|") + lines(header) +
         "\r\n" + lines(body);
}

// A mixed mail of a text and one attachment with these Content-* fields.
inline std::string with_attachment(std::string_view fields, std::string_view body) {
  return mail("Content-Type: multipart/mixed; boundary=\"----=_Part_1\"|",
              "------=_Part_1|Content-Type: text/plain||hello|------=_Part_1|" +
                  std::string(fields) + "||" + std::string(body) + "|------=_Part_1--|");
}

struct Leaf {
  std::string name;
  std::string content;
  bool operator==(const Leaf&) const = default;
};

inline std::vector<Leaf> leaves(std::string_view raw) {
  std::vector<Leaf> out;
  const Scan scanned = scan(raw);
  for (const Part& part : scanned.parts) {
    if (part.is_leaf) out.push_back({part.name, decode_body(part)});
  }
  return out;
}

// The name of the attachment of with_attachment() whose Content-Disposition is given.
inline std::string name_of(std::string_view disposition) {
  const auto found = leaves(with_attachment(
      "Content-Type: application/octet-stream|Content-Disposition: " + std::string(disposition),
      "x"));
  return found.size() == 2 ? found[1].name : "(" + std::to_string(found.size()) + " leaves)";
}

}  // namespace baosong::parsers::mime::sample
