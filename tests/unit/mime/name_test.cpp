// File names in every spelling that mail has for them.
#include <gtest/gtest.h>

#include "tests/unit/mime/sample.hpp"

namespace baosong::parsers::mime {
namespace {

using sample::leaves;
using sample::name_of;
using sample::with_attachment;

struct Case {
  std::string_view disposition, name;
};

void check(std::initializer_list<Case> cases) {
  for (const Case& c : cases) EXPECT_EQ(name_of(c.disposition), c.name) << c.disposition;
}

TEST(Name, Plain) {
  check({{"attachment; filename=a.docx", "a.docx"},
         {"attachment; filename=\"a b.docx\"", "a b.docx"},
         {"attachment; filename = \"a.docx\"", "a.docx"},
         {"ATTACHMENT; FileName=\"a.docx\"", "a.docx"},
         {"attachment; filename=\"a;b.docx\"; size=3", "a;b.docx"},
         {"attachment; filename=\"a\\\"b.docx\"", "a\"b.docx"},
         {"attachment", ""},
         {"attachment; filename=\"\"", ""}});
}

TEST(Name, BrokenQuoting) {
  check({{"attachment; filename=foo bar.docx", "foo bar.docx"},
         {"attachment; filename=foo bar.docx; size=3", "foo bar.docx"},
         {"attachment; filename=foo bar.docx size=3", "foo bar.docx"},
         {"attachment; filename='a b.docx'", "a b.docx"},
         {"attachment; filename=\"a\"b.docx\"", "a\"b.docx"},
         {"attachment; filename=\"abc.docx", "abc.docx"},
         {"attachment; filename=\"abc.docx; size=12", "abc.docx"},
         {"attachment filename=\"a.docx\"", "a.docx"},
         {"filename=\"a.docx\"", "a.docx"},
         {"attachment; filename=\"a.docx\" size=3", "a.docx"},
         {"attachment; filename=\"a.docx\";;", "a.docx"},
         {"attachment (a comment); filename=\"a.docx\" (another)", "a.docx"},
         {"attachment;| filename=\"a.docx\"", "a.docx"},
         {"attachment;|filename=\"a.docx\"", "a.docx"},
         {"attachment; filename=a (1).docx", "a (1).docx"}});
}

TEST(Name, EncodedWords) {
  check({{"attachment; filename=\"=?gbk?B?udjT2rGouOYuZG9jeA==?=\"", "关于报告.docx"},
         {"attachment; filename==?GB2312?B?udjT2rGouOYuZG9jeA==?=", "关于报告.docx"},
         {"attachment; filename=\"=?gb18030?B?t6LGsQ==?=.pdf\"", "发票.pdf"},
         {"attachment; filename=\"1_=?gbk?B?t6LGsS5wZGY=?=\"", "1_发票.pdf"},
         {"attachment; filename=\"=?utf-8?Q?a_b=20c.docx?=\"", "a b c.docx"},
         {"attachment; filename=\"=?utf-8*zh-CN?q?=E6=8A=a5.doc?=\"", "报.doc"},
         {"attachment; filename=\"=?gbk?B?\?=a.docx\"", "a.docx"},
         {"attachment; filename=\"=?gb2312?B?sai45g==\"", "报告"},  // cut before its end
         {"attachment; filename=\"=?nobody-knows?B?sai45g==?=\"", "报告"},
         {"attachment; filename=\"a=?b.docx\"", "a=?b.docx"}});
}

TEST(Name, EncodedWordsThatWereCutAnywhere) {
  // inside a character of UTF-8, of GBK, inside a group of base64, inside the word itself
  check(
      {{"attachment;| filename=\"=?utf-8?B?5oql5Q==?=| =?utf-8?B?kYouZG9j?=\"", "报告.doc"},
       {"attachment; filename=\"=?gb18030?B?sai4?=|\t =?gb18030?B?5i5kb2M=?=\"", "报告.doc"},
       {"attachment; filename=\"=?gbk?B?sai45i5?=| =?gbk?B?kb2N4?=\"", "报告.docx"},
       {"attachment; filename=\"=?gbk?B?sai45i5| kb2N4?=\"", "报告.docx"},
       {"attachment; filename=\"=?gbk?B?sag=?==?gbk?B?uOY=?=\"", "报告"},
       {"attachment; filename=\"=?gb2312?Q?2-=B1=A8?=| =?gb2312?Q?=B8=E6=2Exls?=\"", "2-报告.xls"},
       {"attachment; filename=\"=?gbk?B?sag=?= =?utf-8?B?5ZGK?=\"", "报告"}});
}

TEST(Name, EncodedTwice) {
  check({{"attachment; filename=\"=?utf-8?B?PT9nYms/Qj9zYWk0NWc9PT89?=\"", "报告"}});
}

TEST(Name, Rfc2231) {
  check(
      {{"attachment; filename*=utf-8''%E6%8A%A5%E5%91%8A.docx", "报告.docx"},
       {"attachment; FileName*=GBK'zh-CN'%B1%A8%B8%E6.docx", "报告.docx"},
       {"attachment; filename*=\"gb2312''%B1%A8%B8%E6.mp3\"", "报告.mp3"},
       {"attachment; filename*=''%B1%A8%B8%E6.docx", "报告.docx"},
       {"attachment; filename*=%E6%8A%A5.docx", "报.docx"},
       {"attachment; filename=\"bao.docx\"; filename*=utf-8''%E6%8A%A5.docx", "报.docx"},
       {"attachment; filename*=utf-8''%E6%8A%A5.docx; filename=\"bao.docx\"", "报.docx"},
       {"attachment; filename*0=\"a b\"; filename*1=\"c.docx\"", "a bc.docx"},
       {"attachment; filename*0*=utf-8''%E6%8A%A5; filename*1=\"a b\"; filename*2*=%E5%91%8A.docx",
        "报a b告.docx"},
       // cut inside a character, shuffled, more than ten segments
       {"attachment;| filename*1*=%A8%B8%E6;| filename*0*=gb2312''%B1;| filename*2=.doc",
        "报告.doc"},
       {"attachment; filename*10=k; filename*9=j; filename*8=i; filename*7=h; filename*6=g; "
        "filename*5=f; "
        "filename*4=e; filename*3=d; filename*2=c; filename*1=b; filename*0=a; filename*11=.doc",
        "abcdefghijk.doc"},
       {"attachment; filename*0=\"=?gbk?B?sag=?=\"; filename*1=\"=?gbk?B?uOY=?=\"", "报告"}});
}

TEST(Name, RawBytes) {
  check(
      {{"attachment; filename=\"报告.docx\"", "报告.docx"},
       {"attachment; filename=\"\xB1\xA8\xB8\xE6.docx\"", "报告.docx"},
       {"attachment; filename=\xB1\xA8\xB8\xE6.docx", "报告.docx"},
       {"attachment; filename=\"\xD5\x5C\x88\xF3.docx\"", "誠報.docx"},  // 5C is a second byte
       {"attachment; filename=\"\xD5\x5C\"; size=3", "誠"},
       {"attachment; filename=\"\xB1\xA8|\t\xB8\xE6.docx\"", "报告.docx"},  // folded
       {"attachment; filename=\"\xE6\x8A| \xA5\xE5\x91\x8A.docx\"",
        "报告.docx"},                                                      // inside a character
       {"attachment; filename=\"\xB1\xA8 \xB8\xE6.docx\"", "报 告.docx"},  // a blank of the sender
       {"attachment; filename=\"报告终稿\xE5\x91.docx\"", "报告终稿\uFFFD.docx"}});
}

TEST(Name, WhatShouldNotBeThere) {
  check({{"attachment; filename=\"%E6%8A%A5%E5%91%8A.docx\"", "报告.docx"},
         {"attachment; filename=\"utf-8''%E6%8A%A5.docx\"", "报.docx"},
         {"attachment; filename=\"100%25.docx\"", "100%25.docx"},
         {"attachment; filename=\"&#25253;&#x544a;.docx\"", "报告.docx"},
         {"attachment; filename=\"C:\\Users\\me\\a.docx\"", "a.docx"},
         {"attachment; filename=\"..\\..\\a.docx\"", "a.docx"},
         {"attachment; filename=\"a\\\\b.docx\"", "a\\b.docx"},
         {"attachment; filename=\"../../etc/passwd\"", "passwd"},
         {"attachment; filename=\"///\"", ""},
         {"attachment; filename=\"a\x01\x7F.docx\"", "a.docx"},
         {"=?unknown-8bit?q?attachment=3B_filename=3D=22=B1=A8=B8=E6=2Edoc=22?=", "报告.doc"}});
}

TEST(Name, WhichOfTheTwo) {
  const auto name = [](std::string_view type, std::string_view disposition) {
    return leaves(with_attachment("Content-Type: a/b; " + std::string(type) +
                                      "|Content-Disposition: attachment; " +
                                      std::string(disposition),
                                  "x"))[1]
        .name;
  };
  EXPECT_EQ(name("name=\"t.doc\"", "filename=\"d.doc\""), "d.doc");
  EXPECT_EQ(name("name=\"=?gbk?B?sai45i5kb2N4?=\"", "filename=\"tcmime.1388.1527.1742.bin\""),
            "报告.docx");
  EXPECT_EQ(name("name=\"=?gbk?B?sai45i5kb2N4?=\"", "filename=\"?\?\?\?.docx\""), "报告.docx");
  EXPECT_EQ(name("name=\"t.doc\"", "size=3"), "t.doc");
  EXPECT_EQ(leaves(with_attachment("Content-Type: application/msword; name=\"=?gbk?B?se0uZG9j?=\"",
                                   "x"))[1]
                .name,
            "表.doc");
}

TEST(Name, LongNamesAreCut) {
  const std::string name = name_of("attachment; filename=\"" + std::string(5000, 'a') + "\"");
  EXPECT_EQ(name.size(), 1024U);
}

}  // namespace
}  // namespace baosong::parsers::mime
