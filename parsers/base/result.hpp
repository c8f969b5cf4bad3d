// How the project says that something went wrong.
//
// Three kinds of bad are kept apart. What a sender did wrong is data: a parsers::Trouble or a
// rules::Finding. What the world did wrong (disk, network, config) is an Error in a Result. What
// we did wrong is an exception that reaches main().
#pragma once

#include <chrono>
#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace baosong {

enum class ErrorKind {
  kUsage,      // the command line is off: exit 2
  kConfig,     // a config file is off: exit 2
  kTransient,  // the world failed and the same call may work later: exit 3
  kPermanent,  // the world failed and trying again will not help: exit 3
  kInput,      // bytes from outside that are not what they should be
};

struct Error {
  ErrorKind kind = ErrorKind::kPermanent;
  std::string message;  // one Chinese sentence for the person who reads it, without a newline
  std::string hint;     // what would be right or what to do; may be empty
  // kTransient, kPermanent: whoever tries again does it no sooner; 0: as soon as is usual.
  std::chrono::seconds retry_after{0};

  [[nodiscard]] bool may_retry() const { return kind == ErrorKind::kTransient; }
};

// A value or an Error. Only what std::expected also offers is used, so it can take its place.
template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using tl::expected<T, Error>::expected;
};

inline tl::unexpected<Error> fail(ErrorKind kind, std::string message, std::string hint = {}) {
  return tl::unexpected<Error>(Error{kind, std::move(message), std::move(hint)});
}

}  // namespace baosong
