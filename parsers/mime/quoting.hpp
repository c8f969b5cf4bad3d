// Takes the text of a mail apart: what the sender wrote anew, what he quoted, what he forwarded
// inside the text. The marks are those of NetEase, QQ, Foxmail, Outlook, Apple and Gmail.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parsers/facts.hpp"

namespace baosong::parsers::mime {

struct SplitText {
  std::string fresh;   // new text, trimmed
  std::string quoted;  // everything from the first mark on, and lines that begin with '>'
  // Mails whose head (发件人, 主题 ...) stands in the quoted part, outermost first; `text` is the
  // new text of each. Empty for a mere "... 写道：".
  std::vector<Forwarded> heads;
  bool says_forward = false;  // the first mark speaks of forwarding (转发邮件信息)
};

// `text` is UTF-8 with LF line ends. Linear in its size.
SplitText split_quoted(std::string_view text);

// Whether a subject says "forwarded": Fw:, Fwd:, 转发：, also behind Re:.
bool is_forward_subject(std::string_view subject);

}  // namespace baosong::parsers::mime
