// Addresses, dates and texts of header fields.
#include <gmock/gmock.h>

#include "parsers/mime/address.hpp"
#include "parsers/mime/date.hpp"
#include "parsers/mime/encoded_word.hpp"

namespace baosong::parsers {
bool operator==(const Address& a, const Address& b) {
  return a.name == b.name && a.address == b.address;
}
void PrintTo(const Address& a, std::ostream* out) { *out << a.name << " <" << a.address << ">"; }
}  // namespace baosong::parsers

namespace baosong::parsers::mime {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Address, OneOfEverySpelling) {
  const auto one = [](std::string_view raw) { return parse_address(raw); };
  EXPECT_EQ(one(" a@126.com"), (Address{"", "a@126.com"}));
  EXPECT_EQ(one("<a@126.com>"), (Address{"", "a@126.com"}));
  EXPECT_EQ(one("张小禾 <a@126.com>"), (Address{"张小禾", "a@126.com"}));
  EXPECT_EQ(one("\"Zhang, Xiaohe\" <a@126.com>"), (Address{"Zhang, Xiaohe", "a@126.com"}));
  EXPECT_EQ(one("=?GBK?B?1cXQobrM?= <a@126.com>"), (Address{"张小禾", "a@126.com"}));
  EXPECT_EQ(one("\"=?GBK?B?1cXQobrM?=\"\r\n <a@126.com>"), (Address{"张小禾", "a@126.com"}));
  EXPECT_EQ(one("\xD5\xC5\xD0\xA1\xBA\xCC <a@126.com>"), (Address{"张小禾", "a@126.com"}));
  EXPECT_EQ(one("a@126.com (Zhang (Xiaohe))"), (Address{"Zhang (Xiaohe)", "a@126.com"}));
  EXPECT_EQ(one("a@126.com <a@126.com>"), (Address{"a@126.com", "a@126.com"}));
  EXPECT_EQ(one("Zhang a@126.com"), (Address{"Zhang", "a@126.com"}));
  EXPECT_EQ(one("Zhang <<a@126.com>>"), (Address{"Zhang", "a@126.com"}));
  EXPECT_EQ(one("Zhang <a@126.com"), (Address{"Zhang", "a@126.com"}));
  EXPECT_EQ(one("<@relay.cn:a@126.com>"), (Address{"", "a@126.com"}));
  EXPECT_EQ(one("\"O\\\"K\" <a@126.com>"), (Address{"O\"K", "a@126.com"}));
  EXPECT_EQ(one("<>"), (Address{"", ""}));
  EXPECT_EQ(one("nobody"), (Address{"nobody", ""}));
  EXPECT_EQ(one(""), (Address{"", ""}));
}

TEST(Address, Lists) {
  EXPECT_THAT(parse_addresses("a@x.cn, \"B, C\" <b@x.cn>;c@x.cn,"),
              ElementsAre(Address{"", "a@x.cn"}, Address{"B, C", "b@x.cn"}, Address{"", "c@x.cn"}));
  EXPECT_THAT(parse_addresses("undisclosed-recipients:;"), IsEmpty());
  EXPECT_THAT(parse_addresses("undisclosed-recipients:"), IsEmpty());
  EXPECT_THAT(parse_addresses("Team: a@x.cn, b@x.cn;, c@x.cn"),
              ElementsAre(Address{"", "a@x.cn"}, Address{"", "b@x.cn"}, Address{"", "c@x.cn"}));
  std::string many;
  for (int i = 0; i < 100000; ++i) many += "a@x.cn,";
  EXPECT_EQ(parse_addresses(many).size(), 1000U);
}

TEST(Date, OneOfEverySpelling) {
  const auto text = [](std::string_view raw) {
    const auto time = parse_date_time(raw);
    return time ? format_rfc3339(*time, Zone{}) : "none";
  };
  for (const std::string_view raw :
       {"Tue, 25 Oct 2022 10:00:00 +0800", "Tue, 25 Oct 2022 10:00:00 +0800 (CST)",
        "25 Oct 2022 02:00:00 GMT", "Tue,25 Oct 2022 10:00 +0800",
        " Tue, 25\r\n Oct 2022 10:00:00 +08:00", "Tue Oct 25 10:00:00 2022",
        "Tue Oct 25 10:00:00 CST 2022", "25-Oct-2022 10:00:00 +0800", "25 October 22 10:00:00",
        "2022-10-25 10:00:00", "2022-10-25T10:00:00+08:00", "2022-10-25T02:00:00Z",
        "2022/10/25 10:00", "Mon, 24 Oct 2022 22:00:00 EDT",
        "Tue, 25 Oct 2022 10:00:00.123 +0800"}) {
    EXPECT_EQ(text(raw), "2022-10-25T10:00:00+08:00") << raw;
  }
  EXPECT_EQ(text("Sat, 31 Dec 2016 23:59:60 +0000"), "2017-01-01T07:59:59+08:00");
}

TEST(Date, WhatIsNone) {
  for (const std::string_view raw :
       {"", "yesterday", "Tue, 32 Oct 2022 10:00:00", "Tue, 25 Foo 2022 10:00:00",
        "30 Feb 2022 10:00:00", "25 Oct 2022 24:00:00", "25 Oct 10:00:00",
        "99999999999999999999 Oct 2022", "2022-13-01 10:00:00", "::::", "-", "+"}) {
    EXPECT_FALSE(parse_date_time(raw)) << raw;
  }
}

TEST(Date, Received) {
  EXPECT_TRUE(parse_received(
      "from a (b; c) by d with SMTP id x;\r\n\tTue, 25 Oct 2022 10:00:00 +0800 (CST)"));
  EXPECT_FALSE(parse_received("from a by d"));
}

TEST(Words, InUnstructuredText) {
  EXPECT_EQ(decode_words("Re: =?gbk?B?sai45g==?= ok"), "Re: 报告 ok");
  EXPECT_EQ(decode_words("=?gbk?B?sag=?=\t =?gbk?B?uOY=?= =?utf-8?q?x?="), "报告x");
  EXPECT_EQ(decode_words("=?utf-8?b?5ZGK?= and =?broken"), "告 and =?broken");
  EXPECT_EQ(decode_words("t\0u\x01"), "t");
  EXPECT_EQ(decode_words(std::string_view("t\0u\tv", 5)), "tu v");
  EXPECT_EQ(decode_words("=?iso-2022-jp?B?GyRCJUElYxsoQg==?="), "チャ");
  EXPECT_EQ(decode_words("=?utf-16?B?/v9ipVRK?="), "报告");
  EXPECT_EQ(decode_words("=?x?z?y?="), "=?x?z?y?=");
}

}  // namespace
}  // namespace baosong::parsers::mime
