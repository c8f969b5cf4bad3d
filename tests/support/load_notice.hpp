// The shipped configuration for tests: the same files that an office starts from.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "rules/load.hpp"

namespace baosong::test {

inline std::string read_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in.good()) << "cannot read " << path;
  std::ostringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

inline rules::NoticeFiles shipped_files() {
  const std::string dir = BAOSONG_CONFIG;
  return {{"notices/2022-lifelong-learning-week.toml",
           read_text(dir + "/notices/2022-lifelong-learning-week.toml")},
          {"units.toml", read_text(dir + "/units.toml")},
          {"replies/findings.toml", read_text(dir + "/replies/findings.toml")}};
}

// Fails the running test when the files have a fault. For tests that change a setting: edit the
// texts of shipped_files() first.
inline rules::Notice load_or_fail(const rules::NoticeFiles& files) {
  auto loaded = rules::load_notice(files);
  for (const auto& fault : loaded.faults) ADD_FAILURE() << rules::to_text(fault);
  return std::move(loaded.notice);
}

// Loaded once; the notice is immutable.
inline const rules::Notice& shipped_notice() {
  static const rules::Notice notice = load_or_fail(shipped_files());
  return notice;
}

}  // namespace baosong::test
