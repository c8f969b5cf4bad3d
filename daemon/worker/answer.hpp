// What comes out of the answer pipe, taken apart as it comes. The other end may be in the hands of
// whoever wrote the mail: anything but the frames of protocol.hpp is refused.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace baosong::daemon {

class AnswerParser {
 public:
  // False when what came so far cannot be an answer; then nothing more is taken.
  bool feed(std::string_view bytes);

  [[nodiscard]] std::uint32_t operation() const { return operation_; }  // the last that began
  [[nodiscard]] bool complete() const { return complete_; }
  [[nodiscard]] std::string take() { return std::move(answer_); }

 private:
  bool head(char byte);
  bool begin(std::uint32_t number);

  std::string head_;  // a frame whose first bytes are here
  std::string answer_;
  std::uint32_t left_ = 0;  // bytes of the answer that are still to come
  std::uint32_t operation_ = 0;
  bool in_answer_ = false;
  bool complete_ = false;
  bool refused_ = false;
};

}  // namespace baosong::daemon
