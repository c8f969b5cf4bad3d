#include "daemon/secret.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>

#include "tests/support/scratch.hpp"

namespace baosong::daemon {
namespace {

namespace fs = std::filesystem;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Optional;

class Secret : public ::testing::Test {
 protected:
  void SetUp() override { ::unsetenv("CREDENTIALS_DIRECTORY"); }
  void TearDown() override { ::unsetenv("CREDENTIALS_DIRECTORY"); }
  testing::Scratch scratch_;
};

TEST_F(Secret, IsTheFirstLineOfTheFileWithoutWhatEditorsAdd) {
  testing::put(scratch_ / "code", "ABCDEF \r\nsecond\n");
  EXPECT_EQ(read_password(scratch_ / "code", "s").value(), "ABCDEF");
}

TEST_F(Secret, ACredentialLiesWhereTheServiceManagerPutIt) {
  testing::put(scratch_ / "given/baosong.code", "FROM-SYSTEMD\n");
  ::setenv("CREDENTIALS_DIRECTORY", (scratch_ / "given").c_str(), 1);
  EXPECT_EQ(read_password("credential:baosong.code", "s").value(), "FROM-SYSTEMD");
}

TEST_F(Secret, WithoutTheServiceManagerACredentialIsLookedForInItsStore) {
  EXPECT_EQ(secret_path("credential:baosong.code"), "/etc/credstore/baosong.code");
  EXPECT_EQ(secret_path("/a/file"), "/a/file");
}

TEST_F(Secret, WhatIsNotThereIsSaidWithItsPathAndSetting) {
  ::setenv("CREDENTIALS_DIRECTORY", scratch_.path().c_str(), 1);
  const auto none = read_password("credential:none", "outbox.password_file");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, ErrorKind::kConfig);
  EXPECT_THAT(none.error().message, HasSubstr(scratch_ / "none"));
  EXPECT_THAT(none.error().message, HasSubstr("outbox.password_file"));
  EXPECT_THAT(none.error().hint, HasSubstr("/etc/credstore"));
}

TEST_F(Secret, OnlyNamesThatAreFileNamesAreCredentials) {
  for (const char* good :
       {"/etc/baosong/code", "code", "credential:baosong.code", "credential:a-b_1"})
    EXPECT_EQ(secret_form_fault(good), std::nullopt) << good;
  for (const std::string bad : {"credential:", "credential:../code", "credential:a/b",
                                "credential:.hidden", "credential:a b", "credential:授权码"})
    EXPECT_THAT(secret_form_fault(bad), Optional(HasSubstr("不是凭据名"))) << bad;
  EXPECT_EQ(secret_form_fault("credential:" + std::string(255, 'a')), std::nullopt);
  EXPECT_NE(secret_form_fault("credential:" + std::string(256, 'a')), std::nullopt);
}

TEST_F(Secret, AFileThatOthersMayReadIsWarnedAbout) {
  testing::put(scratch_ / "code", "ABCDEF\n");
  fs::permissions(scratch_ / "code", fs::perms(0600));
  EXPECT_THAT(secret_exposure(scratch_ / "code"), Eq(std::nullopt));
  for (const unsigned mode : {0604U, 0640U, 0644U}) {
    fs::permissions(scratch_ / "code", fs::perms(mode));
    EXPECT_THAT(secret_exposure(scratch_ / "code"), Optional(HasSubstr("chmod 600"))) << mode;
    EXPECT_THAT(*secret_exposure(scratch_ / "code"), Not(HasSubstr("ABCDEF")));
  }
  EXPECT_THAT(secret_exposure(scratch_ / "none"), Eq(std::nullopt));
}

TEST_F(Secret, TheAccessListOfACredentialIsNoExposure) {
  testing::put(scratch_ / "code", "ABCDEF\n");
  ::setenv("CREDENTIALS_DIRECTORY", scratch_.path().c_str(), 1);
  fs::permissions(scratch_ / "code", fs::perms(0440));
  EXPECT_THAT(secret_exposure("credential:code"), Eq(std::nullopt));
  fs::permissions(scratch_ / "code", fs::perms(0444));
  EXPECT_NE(secret_exposure("credential:code"), std::nullopt);
}

}  // namespace
}  // namespace baosong::daemon
