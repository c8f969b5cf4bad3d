// On mail that keeps the RFCs, the scanner and mimetic must see the same parts with the same bytes.
#include <gtest/gtest.h>
#include <mimetic/mimetic.h>

#include <sstream>

#include "parsers/mime/parts.hpp"
#include "tests/unit/mime/sample.hpp"

namespace baosong::parsers::mime {
namespace {

struct Seen {
  std::string type, content;
  bool operator==(const Seen&) const = default;
};
void PrintTo(const Seen& seen, std::ostream* out) {
  *out << seen.type << " " << testing::PrintToString(seen.content);
}

std::string decoded(mimetic::MimeEntity& entity) {
  std::string encoding = entity.header().contentTransferEncoding().mechanism();
  for (char& c : encoding) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  const std::string& body = entity.body();
  std::string out;
  if (encoding == "base64") {
    mimetic::Base64::Decoder decoder;
    mimetic::decode(body.begin(), body.end(), decoder, std::back_inserter(out));
  } else if (encoding == "quoted-printable") {
    mimetic::QP::Decoder decoder;
    mimetic::decode(body.begin(), body.end(), decoder, std::back_inserter(out));
    out = normalised(out);  // mimetic turns the CRLF of quoted-printable into LF
  } else {
    out = body;
  }
  return out;
}

void collect(mimetic::MimeEntity& entity, std::vector<Seen>& out) {
  if (entity.body().parts().empty()) {
    std::string type =
        entity.header().contentType().type() + "/" + entity.header().contentType().subtype();
    for (char& c : type) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    out.push_back({type == "/" ? "text/plain" : type, decoded(entity)});
  }
  for (mimetic::MimeEntity* part : entity.body().parts()) collect(*part, out);
}

std::vector<Seen> with_mimetic(const std::string& mail) {
  std::istringstream stream(mail);
  mimetic::MimeEntity entity(stream);
  std::vector<Seen> out;
  collect(entity, out);
  return out;
}

std::vector<Seen> with_scanner(const std::string& mail) {
  std::vector<Seen> out;
  const Scan found = scan(mail);
  for (const Part& part : found.parts) {
    if (!part.is_leaf) continue;
    const bool quoted = part.encoding == Encoding::kQuotedPrintable;
    out.push_back({part.type, quoted ? normalised(decode_body(part)) : decode_body(part)});
  }
  return out;
}

TEST(Mimetic, AgreesOnWellFormedMail) {
  const std::string related =
      "--r|Content-Type: text/html||<p>x</p>|--r|Content-Type: image/png; name=\"a.png\"|"
      "Content-Transfer-Encoding: base64|Content-ID: <a@b>||iVBORw0KGgo=|--r--|";
  for (const std::string& mail : {
           sample::mail("Content-Type: text/plain|", "hello|world|"),
           sample::mail("Content-Type: text/plain|Content-Transfer-Encoding: quoted-printable|",
                        "a=3Db=|c|d|"),
           sample::mail("Content-Type: application/pdf|Content-Transfer-Encoding: base64|",
                        "JVBERi0xLjQK|JSVFT0YK|"),
           sample::mail("Content-Type: multipart/mixed; boundary=\"----=_Part_1\"|",
                        "preamble|------=_Part_1|Content-Type: "
                        "text/plain||one|two|------=_Part_1|Content-Type: "
                        "application/octet-stream|Content-Transfer-Encoding: "
                        "base64||AAECAwQF|------=_Part_1--|epilogue|"),
           sample::mail("Content-Type: multipart/mixed; boundary=o|",
                        "--o|Content-Type: multipart/related; boundary=r||" + related +
                            "|--o|Content-Type: text/plain||"
                            "end|--o--|"),
           sample::mail("Content-Type: multipart/alternative;| boundary=\"a b\"|",
                        "--a b|Content-Type: text/plain||p|--a b|Content-Type: "
                        "text/html||<b>h</b>|--a b--|"),
       }) {
    EXPECT_EQ(with_scanner(mail), with_mimetic(mail)) << mail;
  }
}

}  // namespace
}  // namespace baosong::parsers::mime
