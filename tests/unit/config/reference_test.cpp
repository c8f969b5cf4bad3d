// docs/RULES.md and docs/SETTINGS.md are what the tables say. BAOSONG_ACCEPT=1 writes them anew.
#include "daemon/reference.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "tests/support/load_notice.hpp"

namespace baosong {
namespace {

void expect_same(const std::string& name, const std::string& text) {
  const auto path = std::string(BAOSONG_CONFIG) + "/../docs/" + name;
  if (std::getenv("BAOSONG_ACCEPT") != nullptr) {
    std::ofstream(path, std::ios::binary) << text;
    GTEST_SKIP() << "written anew: " << path;
  }
  EXPECT_EQ(test::read_text(path), text)
      << "run with BAOSONG_ACCEPT=1 to write " << name << " anew";
}

TEST(Reference, RulesAreTheTable) {
  expect_same("RULES.md", daemon::rules_markdown(test::shipped_notice()));
}
TEST(Reference, SettingsAreTheTable) { expect_same("SETTINGS.md", daemon::settings_markdown()); }

}  // namespace
}  // namespace baosong
