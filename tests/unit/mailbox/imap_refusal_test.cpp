#include "daemon/mailbox/imap_refusal.hpp"

#include <gtest/gtest.h>

#include "daemon/limits.hpp"
#include "parsers/text/utf8.hpp"

namespace baosong::daemon::imap {
namespace {

using std::chrono::seconds;

struct Row {
  Asked asked;
  const char* said;
  ErrorKind kind;
  seconds wait;
};

TEST(ImapRefusal, SaysHowLongToStayAway) {
  const Row rows[] = {
      // Coremail: after ID this is throttling, not a wrong password.
      {Asked::kFolder, "NO EXAMINE Unsafe Login. Please contact kefu@188.com for help",
       ErrorKind::kTransient, limits::kThrottledRetry},
      {Asked::kConnection, "BYE Unsafe Login", ErrorKind::kTransient, limits::kThrottledRetry},
      {Asked::kConnection, "BYE Too many connections", ErrorKind::kTransient,
       limits::kThrottledRetry},
      {Asked::kLogin, "NO [LIMIT] slow down", ErrorKind::kTransient, limits::kThrottledRetry},
      {Asked::kLogin, "NO 登录过于频繁，请稍后再试", ErrorKind::kTransient,
       limits::kThrottledRetry},
      // A wrong code; again and again it would lock the account.
      {Asked::kLogin, "NO LOGIN Login error or password error", ErrorKind::kPermanent,
       limits::kRefusedRetry},
      {Asked::kLogin, "NO [AUTHENTICATIONFAILED] Authentication failed, try again later.",
       ErrorKind::kPermanent, limits::kRefusedRetry},
      // Not now, but soon.
      {Asked::kLogin, "NO [UNAVAILABLE] Temporary authentication failure.", ErrorKind::kTransient,
       seconds(0)},
      {Asked::kConnection, "BYE Autologout; idle for too long", ErrorKind::kTransient, seconds(0)},
      {Asked::kFolder, "NO no such mailbox", ErrorKind::kPermanent, seconds(0)},
  };
  for (const Row& row : rows) {
    const Error error = refusal(row.asked, row.said);
    EXPECT_EQ(error.kind, row.kind) << row.said;
    EXPECT_EQ(error.retry_after, row.wait) << row.said;
    EXPECT_NE(error.message.find(row.said), std::string::npos) << error.message;
  }
  EXPECT_NE(refusal(Asked::kLogin, "NO wrong").hint.find("授权码"), std::string::npos);
}

TEST(ImapRefusal, AServersWordsBecomeOneValidLine) {
  EXPECT_EQ(printable("NO a\tb\x01 c "), "NO a b  c");
  const std::string gbk = printable("NO \xD3\xC3\xBB\xA7");
  EXPECT_TRUE(parsers::is_valid_utf8(gbk)) << gbk;
  EXPECT_EQ(printable(std::string(5000, 'x')).size(), 200u);
}

}  // namespace
}  // namespace baosong::daemon::imap
