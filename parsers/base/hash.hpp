// SHA-256 of bytes, as 64 lower-case hex digits.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace baosong {

std::string sha256_hex(std::string_view bytes);

// The same for bytes that come piece by piece.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  void update(std::string_view bytes);
  std::string hex();  // ends the sum; call it once

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace baosong
