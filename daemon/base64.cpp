#include "daemon/base64.hpp"

#include <Poco/Base64Encoder.h>

#include <sstream>

namespace baosong::daemon {

std::string base64(std::string_view bytes) {
  std::ostringstream out;
  Poco::Base64Encoder encoder(out);
  encoder.rdbuf()->setLineLength(0);
  encoder << bytes;
  encoder.close();
  return out.str();
}

}  // namespace baosong::daemon
