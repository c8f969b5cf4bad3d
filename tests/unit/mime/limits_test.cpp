// What hostile mail is made of. Structure is asserted here, time is measured in the benchmark.
#include "parsers/base/limits.hpp"

#include <gmock/gmock.h>

#include "tests/unit/mime/sample.hpp"

namespace baosong::parsers::mime {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string repeated(std::size_t count, std::string_view piece) {
  std::string out;
  out.reserve(count * piece.size());
  for (std::size_t i = 0; i < count; ++i) out += piece;
  return out;
}

std::string nested(int depth) {
  std::string out;
  for (int i = 0; i < depth; ++i) {
    const std::string b = "b" + std::to_string(i);
    out += "Content-Type: multipart/mixed; boundary=" + b + "\r\n\r\n--" + b + "\r\n";
  }
  return out + "\r\nleaf";
}

std::size_t depth_of(const Scan& found) {
  std::size_t depth = 0;
  for (const Part& part : found.parts) {
    depth = std::max(depth, static_cast<std::size_t>(std::ranges::count(part.path, '.')) + 1);
  }
  return depth;
}

TEST(Limits, Depth) {
  const auto limit = static_cast<std::size_t>(limits::kMimeDepth);
  const std::string at = nested(limits::kMimeDepth), above = nested(limits::kMimeDepth + 1);
  EXPECT_THAT(scan(at).problems, Not(Contains(HasSubstr("nested deeper"))));
  EXPECT_EQ(depth_of(scan(at)), limit + 1);
  const Scan found = scan(above);
  EXPECT_THAT(found.problems, Contains(HasSubstr("nested deeper")));
  EXPECT_EQ(depth_of(found), limit + 1);
  // What was not taken apart is still there.
  EXPECT_TRUE(found.parts.back().is_leaf);
  EXPECT_THAT(std::string(found.parts.back().body), HasSubstr("leaf"));
}

TEST(Limits, AHundredThousandNested) {
  const std::string mail = nested(100000);
  const Scan found = scan(mail);
  EXPECT_EQ(found.parts.size(), static_cast<std::size_t>(limits::kMimeDepth) + 1);
  EXPECT_THAT(found.problems, Contains(HasSubstr("nested deeper")));
}

TEST(Limits, NestedMails) {
  const std::string mail = repeated(100000, "Content-Type: message/rfc822\r\n\r\n") + "\r\nleaf";
  const Scan found = scan(mail);
  EXPECT_EQ(depth_of(found), static_cast<std::size_t>(limits::kMimeDepth) + 1);
  EXPECT_THAT(found.problems, Contains(HasSubstr("nested deeper")));
}

TEST(Limits, Parts) {
  const std::string head = "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
  const std::string part = "--b\r\n\r\nx\r\n";
  const std::string at = head + repeated(limits::kMimeParts - 1, part) + "--b--\r\n";
  const std::string above = head + repeated(limits::kMimeParts, part) + "--b--\r\n";
  EXPECT_THAT(scan(at).problems, IsEmpty());
  EXPECT_EQ(scan(at).parts.size(), limits::kMimeParts);
  EXPECT_THAT(scan(above).problems, Contains(HasSubstr("more than 2000 parts")));
  EXPECT_EQ(scan(above).parts.size(), limits::kMimeParts);
}

TEST(Limits, HeaderFields) {
  const auto fields = [](std::size_t count) {
    return scan(repeated(count, "X: y\r\n") + "\r\nbody").problems;
  };
  EXPECT_THAT(fields(limits::kHeaderFields), IsEmpty());
  EXPECT_THAT(fields(limits::kHeaderFields + 1), Contains(HasSubstr("is cut")));
  const std::string mail = repeated(limits::kHeaderFields + 1, "X: y\r\n") + "\r\nbody";
  EXPECT_EQ(scan(mail).parts[0].body, "body");
}

TEST(Limits, HeaderBytes) {
  const std::string small = "X: " + std::string(limits::kHeaderBytes - 100, 'a') + "\r\n\r\nbody";
  EXPECT_THAT(scan(small).problems, IsEmpty());
  for (const std::string& mail :
       {"X: " + std::string(16 * limits::kMiB, 'a') + "\r\nSubject: s\r\n\r\nbody",
        "X: a\r\n" + repeated(4 * limits::kMiB, " b\r\n") + "\r\nbody"}) {
    const Scan found = scan(mail);
    EXPECT_THAT(found.problems, Contains(HasSubstr("is cut")));
    EXPECT_EQ(found.parts[0].body, "body");
  }
}

TEST(Limits, BoundaryLikeLines) {
  std::string mail = nested(60);
  for (int i = 0; i < 200000; ++i) mail += "\r\n--b" + std::to_string(i % 70) + "x";
  EXPECT_EQ(depth_of(scan(mail)), 61U);
  const std::string dashes =
      "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n" + repeated(4000000, "-a");
  EXPECT_EQ(scan(dashes).parts.size(), 2U);
}

TEST(Limits, Parameters) {
  for (const std::string& parameters :
       {repeated(100000, "; filename*0*=a"), repeated(100000, "; name=\"x"),
        "; filename=\"" + repeated(2000000, "\""), repeated(2000000, ";"),
        repeated(200000, "; a*1=b"), "; x=" + std::string(2000000, ' ') + "y"}) {
    const std::string mail = "Content-Type: text/plain" + parameters + "\r\n\r\nbody";
    const Scan found = scan(mail);
    EXPECT_THAT(found.problems, Contains(HasSubstr("cut")));
    EXPECT_EQ(found.parts[0].body, "body");
  }
}

TEST(Limits, Lines) {
  // Each of these once cost some parser the square of its length.
  for (const std::string& mail :
       {repeated(1000000, "\r"), repeated(1000000, "\n"), repeated(500000, "x\r\n"),
        repeated(500000, "\r-"),
        "Content-Type: a\r\n" + repeated(300000, "no field\r\n") + "To: x\r\n\r\n",
        "Subject: " + repeated(200000, "=?a?b?"),
        "Content-Type: a/b; name=\"" + repeated(200000, "=?a?q?=") + "\"",
        "\r\n\r\n" + repeated(200000, "begin 644 x\n"),
        "\r\n\r\n" + repeated(200000, "begin 644 x\n#0V%T\n")}) {
    EXPECT_FALSE(scan(mail).parts.empty());
  }
}

}  // namespace
}  // namespace baosong::parsers::mime
