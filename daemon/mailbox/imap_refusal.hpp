// What an IMAP server means when it says NO, BAD or BYE, and what an administrator can do about it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "parsers/base/result.hpp"

namespace baosong::daemon::imap {

// What was asked for when the refusal came.
enum class Asked : std::uint8_t {
  kConnection,  // nothing yet, or the server hung up by itself
  kLogin,
  kFolder,
  kMails,
};

// `text` is what the server said behind tag or "*": "NO [AUTHENTICATIONFAILED] …". The error says
// by retry_after when the server wants to be left alone.
Error refusal(Asked asked, std::string_view text);

// The server's words show that it will answer nobody for a while, so this is not about one mail.
bool is_throttling(std::string_view text);

// A server's words in one line of valid UTF-8, cut to a length fit for a message.
std::string printable(std::string_view text);

// The server says what IMAP does not know.
Error protocol_error(std::string_view what);

// "OK done" begins with the word OK, without case. "* BYE …" is the server's goodbye.
bool is_word(std::string_view text, std::string_view word);
bool is_bye(std::string_view line);

// Without case, as IMAP compares its words.
bool contains_folded(std::string_view text, std::string_view word);

}  // namespace baosong::daemon::imap
