#include "daemon/doctor/probe.hpp"

#include <curl/curl.h>

#include <array>
#include <ctime>
#include <memory>
#include <string_view>

#include "daemon/net/loopback.hpp"

namespace baosong::daemon::doctor {
namespace {

// "Expire date:Nov 27 13:00:00 2026 GMT", as libcurl's OpenSSL backend writes it.
std::optional<Time> expiry_in(const curl_certinfo& info) {
  constexpr std::string_view kLabel = "Expire date:";
  if (info.num_of_certs < 1) return std::nullopt;
  for (const curl_slist* row = info.certinfo[0]; row != nullptr; row = row->next) {
    const std::string_view text(row->data);
    if (!text.starts_with(kLabel)) continue;
    std::tm date{};
    if (::strptime(row->data + kLabel.size(), "%b %d %H:%M:%S %Y", &date) == nullptr) break;
    return Time(std::chrono::seconds(::timegm(&date)));
  }
  return std::nullopt;
}

Probe::Reached reached_with(CURLcode code, const std::string& address) {
  switch (static_cast<int>(code)) {
    case CURLE_OK:
      return Probe::Reached::kGreeting;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_URL_MALFORMAT:
      return Probe::Reached::kNothing;
    case CURLE_COULDNT_CONNECT:
      return Probe::Reached::kName;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_USE_SSL_FAILED:
      return Probe::Reached::kPort;
    default:
      // A time-out, or a conversation that is none: how far it came shows in what is known.
      return address.empty() ? Probe::Reached::kName : Probe::Reached::kTls;
  }
}

}  // namespace

Probe probe(const std::string& url, const std::string& ca_file, std::chrono::seconds patience) {
  curl_global_init(CURL_GLOBAL_DEFAULT);  // counted; libcurl is there for the rest of the program
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle(curl_easy_init(),
                                                                   &curl_easy_cleanup);
  Probe out;
  if (!handle) return out;
  CURL* easy = handle.get();
  std::array<char, CURL_ERROR_SIZE> words{};
  const long limit = static_cast<long>(std::chrono::milliseconds(patience).count());
  curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy, CURLOPT_CONNECT_ONLY, 1L);
  curl_easy_setopt(easy, CURLOPT_CERTINFO, 1L);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, words.data());
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, limit);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, 2 * limit);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt(
      easy, CURLOPT_USE_SSL,
      static_cast<long>(is_this_machine(host_of(url)) ? CURLUSESSL_TRY : CURLUSESSL_ALL));
  if (!ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, ca_file.c_str());
  const CURLcode code = curl_easy_perform(easy);

  char* address = nullptr;
  if (curl_easy_getinfo(easy, CURLINFO_PRIMARY_IP, &address) == CURLE_OK && address != nullptr) {
    out.address = address;
  }
  out.reached = reached_with(code, out.address);
  out.silent = code == CURLE_OPERATION_TIMEDOUT;
  out.refused_certificate = code == CURLE_PEER_FAILED_VERIFICATION;
  out.detail = words[0] != '\0' ? words.data() : curl_easy_strerror(code);
  curl_easy_getinfo(easy, CURLINFO_SSL_VERIFYRESULT, &out.verify_result);
  // A time-out between the port and the greeting: without a certificate TLS did not get through.
  curl_certinfo* certificates = nullptr;
  if (curl_easy_getinfo(easy, CURLINFO_CERTINFO, &certificates) == CURLE_OK &&
      certificates != nullptr) {
    out.expires = expiry_in(*certificates);
    out.encrypted = certificates->num_of_certs > 0;
  }
  if (out.reached == Probe::Reached::kTls && out.silent && !out.encrypted) {
    out.reached = Probe::Reached::kPort;
  }
  return out;
}

}  // namespace baosong::daemon::doctor
