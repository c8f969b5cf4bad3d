// Readers that crash, hang, lie or vanish: each is a finding, and the next reading works.
#include "daemon/worker/pool.hpp"

#include <gmock/gmock.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "parsers/base/limits.hpp"
#include "parsers/worker/protocol.hpp"
#include "tests/unit/sandbox/sandbox.hpp"

namespace baosong::daemon::testing {
namespace {

const std::string kCrashed(text_of(parsers::Ended::kCrashed));
const std::string kTooSlow(text_of(parsers::Ended::kTooSlow));
const std::string kForbidden(text_of(parsers::Ended::kForbidden));

class Pool : public ProbeTest {
 protected:
  Pool() {
    pool.set_patience({.file_cpu = std::chrono::milliseconds(100),
                       .file = std::chrono::seconds(1),
                       .mail = std::chrono::seconds(5)});
  }
  void expect_alive() { EXPECT_EQ(perform("environment").said, "TZ=UTC0 "); }
};

TEST_F(Pool, WhatEndsAReaderIsSaid) {
  for (const char* deed : {"abort", "crash", "overflow x"}) {
    EXPECT_EQ(perform(deed).ended, kCrashed) << deed;
    expect_alive();
  }
}

TEST_F(Pool, AReaderThatLeavesWithoutAnAnswerIsNotBelieved) {
  EXPECT_EQ(perform("leave").ended, kCrashed);
  expect_alive();
}

TEST_F(Pool, ProcessorTimeIsBounded) {
  EXPECT_EQ(perform("spin").ended, kTooSlow);
#ifndef BAOSONG_SANITIZED  // there a reader may use more, and the clock runs out before
  EXPECT_THAT(pool.casualties().back().how, ::testing::HasSubstr("signal"));
#endif
  expect_alive();
}

TEST_F(Pool, WaitingIsBounded) {
  EXPECT_EQ(perform("wait").ended, kTooSlow);
  EXPECT_EQ(pool.casualties().back().how, "time on the clock");
  expect_alive();
}

std::string frame(char kind, std::uint32_t number) {
  std::string out(1, kind);
  for (unsigned i = 0; i < 4; ++i) out.push_back(static_cast<char>(number >> (8 * i) & 0xFFU));
  return out;
}

TEST_F(Pool, WhatIsNoAnswerIsRefused) {
  const std::string steps = frame('S', 1) + frame('S', 2);
  for (const std::string& bytes :
       {std::string("hello"), frame('S', 2), frame('S', 1) + frame('S', 1), frame('A', 4) + "abcde",
        frame('A', static_cast<std::uint32_t>(limits::kReaderAnswerBytes) + 1), steps + "x",
        frame('A', 0) + frame('A', 0), frame('A', 4) + "BSRD"}) {
    const Deed done = perform("raw", bytes);
    EXPECT_EQ(done.ended, kForbidden) << bytes.substr(0, 20);
    expect_alive();
  }
  EXPECT_EQ(perform("raw", steps).ended, kCrashed);  // ended too early
  EXPECT_EQ(perform("lie").ended, kForbidden);       // a mail of another size
}

TEST_F(Pool, AServerThatWasKilledIsStartedAgain) {
  expect_alive();
  const pid_t first = pool.server().value();
  ::kill(first, SIGKILL);
  expect_alive();
  EXPECT_NE(pool.server().value(), first);
}

TEST_F(Pool, AServerThatIsKilledWhileItReadsBlamesNobodyAtOnce) {
  pool.set_patience({.file_cpu = std::chrono::milliseconds(1500),
                     .file = std::chrono::seconds(30),
                     .mail = std::chrono::seconds(60)});
  expect_alive();
  const pid_t server = pool.server().value();
  std::thread killer([server] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    ::kill(server, SIGKILL);
  });
  const Deed done = perform("spin");
  killer.join();
  // Read again, the file itself ends its reader.
  EXPECT_EQ(done.ended, kTooSlow);
  expect_alive();
}

TEST_F(Pool, RestEndsTheProgramUntilItIsNeeded) {
  EXPECT_FALSE(pool.server());
  expect_alive();
  const pid_t server = pool.server().value();
  pool.rest();
  EXPECT_FALSE(pool.server());
  EXPECT_NE(::kill(server, 0), 0);
  expect_alive();
}

TEST_F(Pool, SignalsForTheGroupDoNotEndAReading) {
  expect_alive();
  const pid_t server = pool.server().value();
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) ::kill(server, signal);
  expect_alive();
  EXPECT_EQ(pool.server().value(), server);
}

TEST(PoolStart, AProgramThatCannotWorkIsAnErrorAndNoLoop) {
  for (const char* program : {"/bin/false", "/bin/true", "/nonexistent", ""}) {
    WorkerPool pool{std::string(program)};
    const auto input = in_memory("x");
    const auto reading = pool.read_mail(input->get());
    ASSERT_FALSE(reading) << program;
    EXPECT_TRUE(reading.error().may_retry());
    EXPECT_FALSE(reading.error().message.empty());
  }
}

TEST(PoolStart, TheSelfTestSaysWhatKernelAndMachineOffer) {
  WorkerPool pool;
  const auto hello = pool.self_test();
  ASSERT_TRUE(hello) << hello.error().message;
  RecordProperty("landlock", static_cast<int>(hello->landlock));
}

TEST(Messages, CrossTheSocketAndNothingElseIsTaken) {
  using namespace parsers::protocol;
  Request request;
  request.task = Task::kDetect;
  request.name = "附件.docx";
  request.left_out = {{7, parsers::Ended::kTooSlow}};
  request.none_from = 9;
  const auto back = decode_request(encode(request));
  ASSERT_TRUE(back);
  EXPECT_EQ(encode(*back), encode(request));
  const std::string good = encode(request);
  for (std::size_t size = 0; size < good.size(); ++size) {
    EXPECT_FALSE(decode_request(good.substr(0, size)));
  }
  EXPECT_FALSE(decode_request(good + "x"));
  EXPECT_FALSE(decode_hello(good));
  EXPECT_FALSE(decode_done(encode(Hello{})));
  EXPECT_EQ(decode_done(encode(Done{true, 3, 4, 5}))->code, 3U);
  std::string other = good;
  other[4] = static_cast<char>(other[4] + 1);
  EXPECT_FALSE(decode_request(other));  // another version
}

}  // namespace
}  // namespace baosong::daemon::testing
