// A pool whose worker does deeds instead of reading.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "daemon/worker/pool.hpp"

namespace baosong::daemon::testing {

struct Deed {
  std::string said;   // empty when the reader did not live to say anything
  std::string ended;  // empty when it did
};

class ProbeTest : public ::testing::Test {
 protected:
  Deed perform(const std::string& deed, const std::string& bytes = "x") {
    const auto input = in_memory(bytes);
    EXPECT_TRUE(input);
    const auto reading = pool.read_file(input->get(), deed);
    EXPECT_TRUE(reading) << reading.error().message;
    if (!reading) return {};
    EXPECT_EQ(reading->problems.size(), 1U);
    Deed out;
    if (reading->problems.at(0) != parsers::kNotReadSafely) {
      out.said = reading->problems[0];
    } else {
      EXPECT_FALSE(pool.casualties().empty());
      out.ended = text_of(pool.casualties().back().ended);
    }
    return out;
  }
  static std::string free(const std::string& deed);

  WorkerPool pool{BAOSONG_PROBE};
};

}  // namespace baosong::daemon::testing
