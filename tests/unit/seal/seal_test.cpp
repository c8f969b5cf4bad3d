#include "parsers/seal/seal.hpp"

#include <gtest/gtest.h>

#include "tests/support/draw_page.hpp"

namespace baosong::parsers::seal {
namespace {

using test::Colour;
using test::kInkBlack;
using test::kPageScale;
using test::kSealRed;
using test::PageDrawing;

Search look(const PageDrawing& page) { return find_seals(page.view(), kPageScale); }

void print_lines(PageDrawing& page, Colour ink = kInkBlack) {
  for (double y = 30; y < 270; y += 7) page.line(25, y, 185, y, 0.6, ink);
}

TEST(Seal, IsWhereItWasPressed) {
  PageDrawing page;
  print_lines(page);
  page.seal(140, 220, 42);
  const Search found = look(page);
  ASSERT_EQ(found.seals.size(), 1U);
  EXPECT_NEAR(found.seals[0].x * kPageScale, 140, 0.5);
  EXPECT_NEAR(found.seals[0].y * kPageScale, 220, 0.5);
  EXPECT_NEAR(found.seals[0].diameter * kPageScale, 42, 0.8);
  EXPECT_GE(found.seals[0].confidence, 0.9);
  EXPECT_FALSE(found.greyish);
}

TEST(Seal, NeedsNoStarAndMindsNone) {
  PageDrawing page;
  page.seal(60, 100, 42);
  page.seal(140, 200, 45);
  page.disk(140, 200, 12, kSealRed);
  EXPECT_EQ(look(page).seals.size(), 2U);
}

TEST(Seal, SizesThatCount) {
  for (const auto& [diameter, counts] : {std::pair{26.5, false},
                                         {29.5, true},
                                         {38.0, true},
                                         {48.0, true},
                                         {55.0, true},
                                         {58.0, false}}) {
    PageDrawing page;
    page.seal(105, 150, diameter);
    EXPECT_EQ(!look(page).seals.empty(), counts) << diameter;
  }
}

TEST(Seal, RedsFromMagentaToOrangeAndNoOtherColour) {
  for (const Colour red :
       {Colour{215, 40, 150}, {200, 20, 80}, {225, 30, 20}, {230, 95, 40}, {240, 170, 175}}) {
    PageDrawing page;
    page.seal(105, 150, 42, red);
    EXPECT_EQ(look(page).seals.size(), 1U) << red.g << ' ' << red.b;
  }
  for (const Colour other : {Colour{30, 60, 200}, {20, 120, 60}, {110, 40, 160}, {200, 190, 30}}) {
    PageDrawing page;
    page.seal(105, 150, 42, other);
    EXPECT_TRUE(look(page).seals.empty()) << other.r << ' ' << other.g;
  }
}

TEST(Seal, PaperMayBeYellowOrInTheShade) {
  for (const Colour paper :
       {Colour{250, 240, 205}, {150, 146, 140}, {235, 205, 160}, {190, 205, 235}}) {
    PageDrawing page(paper);
    print_lines(page);
    page.seal(105, 150, 42);
    EXPECT_EQ(look(page).seals.size(), 1U) << paper.r << ' ' << paper.b;
  }
}

TEST(Seal, ARingThatIsThereInPartIsEnoughAndHalfIsNot) {
  PageDrawing most;
  most.ring(105, 150, 42, 1.1, kSealRed, 4.4);
  most.writing(105, 150, 18.8, 11, 4.4, kSealRed);
  EXPECT_EQ(look(most).seals.size(), 1U);
  PageDrawing little;
  little.ring(105, 150, 42, 1.1, kSealRed, 1.6);
  little.writing(105, 150, 18.8, 11, 4.4, kSealRed);
  EXPECT_TRUE(look(little).seals.empty());
}

TEST(Seal, RoundThingsThatAreNone) {
  const auto none = [](const char* what, const std::function<void(PageDrawing&)>& draw) {
    PageDrawing page;
    print_lines(page);
    draw(page);
    EXPECT_TRUE(look(page).seals.empty()) << what;
  };
  none("nothing", [](PageDrawing&) {});
  none("empty ring", [](PageDrawing& p) { p.ring(105, 150, 42, 1.2, kSealRed); });
  none("ring and middle",
       [](PageDrawing& p) { p.ring(105, 150, 42, 1.2, kSealRed), p.disk(105, 150, 14, kSealRed); });
  none("disk", [](PageDrawing& p) { p.disk(105, 150, 42, kSealRed); });
  none("rings in rings", [](PageDrawing& p) {
    for (const double d : {48.0, 40.0, 32.0, 24.0, 16.0}) p.ring(105, 150, d, 1, kSealRed);
  });
  none("writing between two rings",
       [](PageDrawing& p) { p.seal(105, 150, 42), p.ring(105, 150, 27, 0.8, kSealRed); });
  none("red print all over", [](PageDrawing& p) {
    for (double y = 40; y < 250; y += 5) {
      for (double x = 30; x < 180; x += 4.5)
        p.line(x, y, x + 3, y + 3, 0.6, kSealRed), p.line(x + 3, y, x, y + 3, 0.6, kSealRed);
    }
  });
  none("a ring on red print", [](PageDrawing& p) {
    for (double y = 110; y < 190; y += 5) {
      for (double x = 60; x < 150; x += 4.5)
        p.line(x, y, x + 3, y + 3, 0.6, kSealRed), p.line(x + 3, y, x, y + 3, 0.6, kSealRed);
    }
    p.ring(105, 150, 42, 1.2, kSealRed);
  });
  none("a square with strokes", [](PageDrawing& p) {
    for (const double d : {-18.0, 18.0})
      p.line(105 + d, 132, 105 + d, 168, 1.5, kSealRed),
          p.line(87, 150 + d, 123, 150 + d, 1.5, kSealRed);
    for (double d = -14; d < 16; d += 5)
      p.line(105 + d, 136, 105 + d, 164, 1, kSealRed),
          p.line(91, 150 + d, 119, 150 + d, 1, kSealRed);
  });
  none("letterhead", [](PageDrawing& p) {
    for (double x = 40; x < 170; x += 12)
      p.line(x, 40, x + 9, 56, 3, kSealRed), p.line(x, 48, x + 9, 48, 3, kSealRed);
    p.line(25, 65, 185, 65, 0.8, kSealRed);
  });
}

TEST(Seal, LinesThroughARingAreNoText) {
  PageDrawing wheel;
  wheel.ring(105, 150, 42, 1.5, kSealRed);
  for (int i = 0; i < 20; ++i) {
    const double c = std::cos(i * 0.314), s = std::sin(i * 0.314);
    wheel.line(105, 150, 105 + 20 * c, 150 + 20 * s, 0.8, kSealRed);
  }
  EXPECT_TRUE(look(wheel).seals.empty());
  PageDrawing square;  // a name seal that somebody put into a ring
  square.ring(105, 150, 44, 1.2, kSealRed);
  for (const double d : {-11.0, 11.0})
    square.line(105 + d, 139, 105 + d, 161, 1, kSealRed),
        square.line(94, 150 + d, 116, 150 + d, 1, kSealRed);
  for (double d = -8; d < 9; d += 4)
    square.line(105 + d, 141, 105 + d, 159, 0.8, kSealRed),
        square.line(96, 150 + d, 114, 150 + d, 0.8, kSealRed);
  EXPECT_TRUE(look(square).seals.empty());
}

TEST(Seal, TextWithoutARingIsNone) {
  PageDrawing page;
  page.writing(105, 150, 18.8, 14, 4.4, kSealRed);
  EXPECT_TRUE(look(page).seals.empty());
}

TEST(Seal, WhatItTouchesDoesNotHideIt) {
  PageDrawing page;
  page.seal(105, 150, 42);
  page.line(127.5, 100, 127.5, 200, 3, kSealRed);  // a red rule right beside it
  page.line(25, 95, 185, 95, 1, kSealRed);
  EXPECT_EQ(look(page).seals.size(), 1U);
  PageDrawing two;
  two.seal(80, 150, 42);
  two.seal(124, 152, 42);
  EXPECT_EQ(look(two).seals.size(), 2U);
}

TEST(Seal, FaintInkIsFoundBesideStrongRedPrint) {
  PageDrawing page;
  for (double y = 20; y < 90; y += 5) {
    for (double x = 20; x < 190; x += 4.5)
      page.line(x, y, x + 3, y + 3, 0.6, kSealRed), page.line(x + 3, y, x, y + 3, 0.6, kSealRed);
  }
  page.seal(105, 200, 42, {255, 215, 215});
  EXPECT_EQ(look(page).seals.size(), 1U);
}

TEST(Seal, AnOvalIsNoCircle) {
  for (const double flat : {0.7, 0.75}) {
    PageDrawing page;
    for (int i = 0; i < 360; ++i) {
      const double t = i * 0.01745, u = t + 0.0175;
      page.line(105 + 22 * std::cos(t), 150 + flat * 22 * std::sin(t), 105 + 22 * std::cos(u),
                150 + flat * 22 * std::sin(u), 1.2, kSealRed);
      if (i % 8 == 0)
        page.line(105 + 19 * std::cos(t), 150 + flat * 19 * std::sin(t), 105 + 15 * std::cos(t),
                  150 + flat * 15 * std::sin(t), 0.6, kSealRed);
    }
    EXPECT_TRUE(look(page).seals.empty()) << flat;
  }
}

TEST(Seal, BlackAndWhiteIsAHintAtMost) {
  PageDrawing page;
  page.seal(105, 150, 42, kInkBlack);
  const Search found = look(page);
  EXPECT_TRUE(found.seals.empty());
  ASSERT_TRUE(found.greyish);
  EXPECT_NEAR(found.greyish->x * kPageScale, 105, 0.5);
  PageDrawing plain;
  print_lines(plain);
  EXPECT_FALSE(look(plain).greyish);
}

TEST(Seal, PicturesOfAnotherScaleAreLeftAlone) {
  PageDrawing page;
  page.seal(105, 150, 42);
  EXPECT_TRUE(find_seals(page.view(), 0.19).seals.empty());
  EXPECT_TRUE(find_seals(page.view(), 0.41).seals.empty());
  EXPECT_TRUE(find_seals(page.view(), std::nan("")).seals.empty());
  RgbView small = page.view();
  small.width = small.height = 63;
  EXPECT_TRUE(find_seals(small, kPageScale).seals.empty());
  small.height = 1;
  EXPECT_TRUE(find_seals(small, kPageScale).seals.empty());
}

}  // namespace
}  // namespace baosong::parsers::seal
