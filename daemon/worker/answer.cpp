#include "daemon/worker/answer.hpp"

#include <algorithm>

#include "parsers/base/bytes.hpp"
#include "parsers/base/limits.hpp"
#include "parsers/worker/protocol.hpp"

namespace baosong::daemon {

namespace protocol = parsers::protocol;

bool AnswerParser::begin(std::uint32_t number) {
  if (head_[0] == protocol::kStep) {
    if (number != operation_ + 1) return false;
    operation_ = number;
    head_.clear();
    return true;
  }
  if (number > limits::kReaderAnswerBytes) return false;
  in_answer_ = true;
  left_ = number;
  complete_ = left_ == 0;
  return true;
}

bool AnswerParser::head(char byte) {
  constexpr std::size_t kHead = 5;
  if (head_.empty() && byte != protocol::kStep && byte != protocol::kAnswer) return false;
  head_.push_back(byte);
  return head_.size() < kHead || begin(little32(head_, 1));
}

bool AnswerParser::feed(std::string_view bytes) {
  while (!bytes.empty() && !refused_) {
    if (!in_answer_) {
      refused_ = !head(bytes.front());
      bytes.remove_prefix(1);
      continue;
    }
    const std::size_t size = std::min<std::size_t>(left_, bytes.size());
    if (size == 0) refused_ = true;  // bytes after the end
    answer_.append(bytes.substr(0, size));
    bytes.remove_prefix(size);
    left_ -= static_cast<std::uint32_t>(size);
    complete_ = left_ == 0 && !refused_;
  }
  return !refused_;
}

}  // namespace baosong::daemon
