#include "parsers/text/html_text.hpp"

#include <gtest/gtest.h>

namespace baosong::parsers {
namespace {

TEST(Html, ReadsAsAPersonDoes) {
  EXPECT_EQ(html_to_text("<div>您好：</div><div>材料<b>见</b>附件。<br>谢谢 \n &amp; 再见</div>"),
            "您好：\n材料见附件。\n谢谢 & 再见");
  EXPECT_EQ(html_to_text("<table><tr><td>单位</td><td>朝阳区</td></tr><tr><td>a</td></tr></table>"),
            "单位\t朝阳区\na");
}

TEST(Html, StyleScriptAndCommentsAreNoText) {
  EXPECT_EQ(
      html_to_text("<head><title>t</title><style>p>a{}</style></head><!-- x > y --><p>正文</p>"
                   "<script>if (a<b) '</p>'</SCRIPT>完"),
      "正文\n完");
}

TEST(Html, CitationsAreMarked) {
  EXPECT_EQ(html_to_text("新<blockquote type=\"cite\"><p>旧</p><p>旧2</p></blockquote>又新"),
            "新\n> 旧\n> 旧2\n又新");
  EXPECT_EQ(html_to_text("<blockquote style=\"margin-left:40px\">缩进</blockquote>"), "缩进");
}

TEST(Html, Entities) {
  EXPECT_EQ(decode_entities("a&amp;b&#20013;&#x4e2d;&nbsp;&bogus;&"), "a&b中中\u00A0&bogus;&");
  EXPECT_EQ(decode_entities("?a=1&copy=2&amp;file=3"), "?a=1&copy=2&file=3");
}

TEST(Html, BrokenMarkupKeepsItsText) {
  EXPECT_EQ(html_to_text("1 < 2 且 3 > 2"), "1 < 2 且 3 > 2");
  EXPECT_EQ(html_to_text("完<b unfinished"), "完");
  EXPECT_EQ(html_to_text("</blockquote></blockquote>x"), "x");
}

TEST(Html, StaysLinear) {
  std::string open;
  for (int i = 0; i < 500000; ++i) open += "<a<!--";
  EXPECT_TRUE(html_to_text(open).empty());
  std::string quotes;
  for (int i = 0; i < 200000; ++i) quotes += "<style></x";
  EXPECT_TRUE(html_to_text(quotes).empty());
}

}  // namespace
}  // namespace baosong::parsers
