// One attempt to reach a mail server, by the same library and with the same demands as the service
// itself, told apart into its steps. Nothing is said to the server but what libcurl says while it
// connects.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "parsers/base/time.hpp"

namespace baosong::daemon::doctor {

struct Probe {
  // How far it came; each step includes those before.
  enum class Reached : std::uint8_t { kNothing, kName, kPort, kTls, kGreeting };
  Reached reached = Reached::kNothing;
  bool silent = false;     // ended because nothing came in time
  long verify_result = 0;  // X509_V_ERR_* of OpenSSL; 0: nothing against the certificate itself
  bool refused_certificate = false;
  bool encrypted = true;        // false: a plain connection, which only this machine is granted
  std::string address;          // numeric, once the port was reached
  std::string detail;           // libcurl's own words, English
  std::optional<Time> expires;  // of the certificate, once it was accepted
};

Probe probe(const std::string& url, const std::string& ca_file, std::chrono::seconds patience);

}  // namespace baosong::daemon::doctor
