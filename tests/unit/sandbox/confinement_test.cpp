// What a reader that was taken over can do: nothing. Each deed is done by worker-probe, locked in
// by the code that locks in the real one; that it works without walls is checked beside it.
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>

#include "tests/support/scratch.hpp"
#include "tests/unit/sandbox/sandbox.hpp"

namespace baosong::daemon::testing {

std::string ProbeTest::free(const std::string& deed) {
  const std::string command = std::string(BAOSONG_PROBE) + " --free '" + deed + "'";
  FILE* out = ::popen(command.c_str(), "r");
  std::string said;
  for (int c = std::fgetc(out); c != EOF && c != '\n'; c = std::fgetc(out)) {
    said.push_back(static_cast<char>(c));
  }
  ::pclose(out);
  return said;
}

namespace {

const std::string kForbidden(text_of(parsers::Ended::kForbidden));
const std::string kRefused = "refused: EACCES";

class Confinement : public ProbeTest {
 protected:
  // The deed ends the reader, or fails.
  void expect_impossible(const std::string& deed) {
    const Deed done = perform(deed);
    if (done.ended.empty()) {
      EXPECT_EQ(done.said, kRefused) << deed;
    } else {
      EXPECT_EQ(done.ended, kForbidden) << deed;
    }
  }
  Scratch place;
};

TEST_F(Confinement, NoNetwork) {
  EXPECT_EQ(free("socket"), "done");
  EXPECT_EQ(perform("socket").ended, kForbidden);
  EXPECT_EQ(perform("unix-socket").ended, kForbidden);
}

TEST_F(Confinement, NoFileOutsideTheList) {
  const std::string secret = place / "authorisation-code";
  put(secret, "the code");
  EXPECT_EQ(free("read " + secret), "done");
  for (const std::string& path :
       {secret, std::string("/etc/passwd"), std::string("/proc/self/environ"),
        std::string("/proc/self/maps"), std::string("/dev/null")}) {
    EXPECT_EQ(perform("read " + path).said, kRefused) << path;
    EXPECT_EQ(perform("stat " + path).said, kRefused) << path;
  }
  EXPECT_EQ(perform("list " + place.path()).said, kRefused);
}

TEST_F(Confinement, WhatStandsOnTheListCanBeRead) {
  WorkerPool real;
  if (real.self_test().value().landlock == 0) GTEST_SKIP() << "this kernel has no Landlock";
  EXPECT_EQ(perform("list /usr/share/poppler").said, "done");
}

TEST_F(Confinement, NoWritingAnywhere) {
  const std::string path = place / "new";
  put(place / "old", "kept");
  for (const std::string& deed :
       {"write " + path, "write " + (place / "old"), "truncate " + (place / "old"),
        std::string("write /usr/share/poppler/x"), std::string("write /dev/null"), "mkdir " + path,
        "unlink " + (place / "old"), "chmod " + (place / "old")}) {
    expect_impossible(deed);
  }
  EXPECT_FALSE(std::filesystem::exists(path));
  EXPECT_EQ(get(place / "old"), "kept");
  EXPECT_EQ(free("write " + path), "done");
  EXPECT_TRUE(std::filesystem::exists(path));
}

TEST_F(Confinement, NoOtherProgram) {
  EXPECT_EQ(free("fork"), "done");
  EXPECT_EQ(free("exec"), "done");
  for (const char* deed : {"fork", "exec", "exec-at-once"}) {
    EXPECT_EQ(perform(deed).ended, kForbidden) << deed;
  }
  EXPECT_EQ(free("run-memory"), "done");
  EXPECT_EQ(perform("run-memory").said, kRefused);
}

TEST_F(Confinement, NoHandOnTheDaemon) {
  const std::string self = std::to_string(::getpid());
  EXPECT_EQ(free("signal " + self), "done");
  for (const char* deed : {"ptrace ", "memory-of ", "signal ", "limits-of "}) {
    EXPECT_EQ(perform(deed + self).ended, kForbidden) << deed;
  }
  for (const char* file : {"mem", "environ", "maps", "fd", "cmdline"}) {
    EXPECT_EQ(perform("read /proc/" + self + "/" + file).said, kRefused) << file;
  }
}

TEST_F(Confinement, NothingIsHandedDown) {
  ::setenv("BAOSONG_TEST_SECRET", "the code", 1);
  EXPECT_EQ(perform("environment").said, "TZ=UTC0 ");
  const std::string descriptors = perform("descriptors").said;
  EXPECT_EQ(descriptors, "0 1 2 3 ");  // the void three times, and the answer pipe
  ::unsetenv("BAOSONG_TEST_SECRET");
}

#ifndef BAOSONG_SANITIZED
TEST_F(Confinement, MemoryIsBounded) {
  EXPECT_EQ(free("allocate 600"), "done");
  EXPECT_EQ(perform("allocate 600").said, "refused: ENOMEM");
  EXPECT_EQ(perform("allocate 100").said, "done");
}
#endif

// The same as somebody else than root, from a place where nobody's own program may lie.
int as_nobody(const std::function<bool()>& body) {
  const pid_t pid = ::fork();
  if (pid == 0) {
    if (::setgid(65534) != 0 || ::setuid(65534) != 0) ::_exit(3);
    ::_exit(body() ? 0 : 1);
  }
  int status = 0;
  ::waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 100 + WTERMSIG(status);
}

TEST_F(Confinement, HoldsForOrdinaryUsersToo) {
  if (::geteuid() != 0) GTEST_SKIP() << "the other tests run as an ordinary user already";
  std::filesystem::permissions(place.path(), std::filesystem::perms(0755));
  const std::string program = place / "worker-probe";
  std::filesystem::copy_file(BAOSONG_PROBE, program);
  EXPECT_EQ(as_nobody([&] {
              WorkerPool own(program);
              const auto input = in_memory("x");
              const auto said = own.read_file(input->get(), "read /etc/passwd");
              if (!said || said->problems != std::vector<std::string>{kRefused}) return false;
              const auto ended = own.read_file(input->get(), "socket");
              return ended && own.casualties().size() == 1 &&
                     own.casualties()[0].ended == parsers::Ended::kForbidden;
            }),
            0);
}

TEST_F(Confinement, HoldsWithoutProc) {
  const pid_t pid = ::fork();
  if (pid == 0) {
    if (::unshare(CLONE_NEWNS) != 0 ||
        ::mount("", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        ::umount2("/proc", MNT_DETACH) != 0) {
      ::_exit(77);
    }
    WorkerPool own(BAOSONG_PROBE);
    const auto input = in_memory("x");
    const auto said = own.read_file(input->get(), "read /etc/passwd");
    ::_exit(said && said->problems == std::vector<std::string>{kRefused} ? 0 : 1);
  }
  int status = 0;
  ::waitpid(pid, &status, 0);
  ASSERT_TRUE(WIFEXITED(status));
  if (WEXITSTATUS(status) == 77) GTEST_SKIP() << "/proc cannot be taken away here";
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace baosong::daemon::testing
