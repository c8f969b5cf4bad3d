// From the name of a mail server to its greeting; the same for both servers.
#include <fmt/format.h>
#include <openssl/x509_vfy.h>

#include <array>

#include "daemon/doctor/check.hpp"
#include "daemon/doctor/patient.hpp"
#include "daemon/net/loopback.hpp"
#include "daemon/secret.hpp"

namespace baosong::daemon::doctor {
namespace {

Server& side_of(Patient& patient, Side side) {
  return side == Side::kMailbox ? patient.mailbox : patient.outbox;
}

std::string_view usual(Side side) {
  return side == Side::kMailbox ? "imaps://imap.126.com:993" : "smtps://smtp.126.com:465";
}

struct Objection {
  long result;  // X509_V_ERR_*
  std::string_view says, todo;
};
constexpr std::string_view kOwnServer =
    "公共邮箱不应出现这种情况：可能有设备在中间解密，请联系网络管理员；自建服务器请把它的根证书设为"
    " "
    "ca_file";
constexpr std::array kObjections{
    Objection{X509_V_ERR_CERT_HAS_EXPIRED, "服务器的证书已过期",
              "请先核对本机时间（timedatectl）；时间无误则是服务器的问题，请联系其管理员"},
    Objection{X509_V_ERR_CERT_NOT_YET_VALID, "服务器的证书尚未生效",
              "多半是本机时间慢了，请校准（timedatectl set-ntp true）"},
    Objection{X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, "服务器的证书不是受信任的机构签发的",
              kOwnServer},
    Objection{X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, "服务器的证书不是受信任的机构签发的",
              kOwnServer},
    Objection{X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, "服务器的证书不是受信任的机构签发的",
              kOwnServer},
    Objection{X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, "服务器的证书不是受信任的机构签发的",
              kOwnServer},
    // libcurl compares the name itself, before it asks OpenSSL for its verdict.
    Objection{X509_V_ERR_UNSPECIFIED, "服务器的证书不是发给这个地址的", "请核对地址里的服务器名"},
};

Finding refused_certificate(const Probe& found) {
  for (const Objection& row : kObjections) {
    if (row.result == found.verify_result) {
      return {Health::kFault, std::string(row.says), std::string(row.todo)};
    }
  }
  return {Health::kFault, fmt::format("服务器的证书未通过验证：{}", found.detail),
          std::string(kOwnServer)};
}

std::string day(Time time) {
  const auto date = civil(time, Zone{}).date;
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

}  // namespace

template <Side side>
Finding look_at_code(Patient& patient) {
  Server& server = side_of(patient, side);
  const auto setting = fmt::format("{}.password_file", server.setting);
  if (server.password.empty()) {
    auto code = read_password(server.password_file, setting);
    if (!code) return {Health::kFault, code.error().message, code.error().hint};
    if (code->empty()) {
      return {Health::kFault,
              fmt::format("授权码文件 {} 是空的", secret_path(server.password_file)),
              "请把授权码写在文件的第一行"};
    }
    server.password = std::move(*code);
  }
  if (auto warning = secret_exposure(server.password_file)) {
    return {Health::kMind, "读到了，但本机其他用户也能读到", std::move(*warning)};
  }
  return {Health::kWell,
          fmt::format("读到了（{}），其他用户读不到", secret_path(server.password_file)), ""};
}
template Finding look_at_code<Side::kMailbox>(Patient&);
template Finding look_at_code<Side::kOutbox>(Patient&);

template <Side side>
Finding look_at_name(Patient& patient) {
  Server& server = side_of(patient, side);
  const auto host = host_of(server.url);
  if (patient.probe_of(server).reached < Probe::Reached::kName) {
    return {
        Health::kWorld, fmt::format("找不到服务器 {}", host),
        fmt::format("请核对 {}.url 的拼写（126 邮箱为 {}）；拼写无误则检查本机的网络和域名解析："
                    "getent hosts {}",
                    server.setting, usual(side), host)};
  }
  const auto& address = server.probe->address;
  return {Health::kWell,
          address.empty() ? std::string(host) : fmt::format("{}（{}）", host, address), ""};
}
template Finding look_at_name<Side::kMailbox>(Patient&);
template Finding look_at_name<Side::kOutbox>(Patient&);

template <Side side>
Finding look_at_port(Patient& patient) {
  Server& server = side_of(patient, side);
  if (patient.probe_of(server).reached < Probe::Reached::kPort) {
    return {Health::kWorld,
            fmt::format("连接不上 {}：{}", server.url,
                        server.probe->silent ? "没有任何回应" : "对方没有开这个端口"),
            fmt::format("请核对端口（126 邮箱为 {}）；端口无误则请网络管理员放行这个出站端口",
                        usual(side))};
  }
  return {Health::kWell, "连得上", ""};
}
template Finding look_at_port<Side::kMailbox>(Patient&);
template Finding look_at_port<Side::kOutbox>(Patient&);

template <Side side>
Finding look_at_certificate(Patient& patient) {
  Server& server = side_of(patient, side);
  const Probe& found = patient.probe_of(server);
  if (found.refused_certificate) return refused_certificate(found);
  if (found.reached < Probe::Reached::kTls) {
    return {Health::kFault, fmt::format("加密连接建立不起来：{}", found.detail),
            fmt::format("这个端口多半不是加密端口，请核对 {}.url（126 邮箱为 {}）", server.setting,
                        usual(side))};
  }
  if (found.reached < Probe::Reached::kGreeting) {
    return {Health::kWorld, fmt::format("对方没有按邮件协议回应：{}", found.detail),
            fmt::format("请核对 {}.url（126 邮箱为 {}）；无误则过一会儿再试", server.setting,
                        usual(side))};
  }
  if (!found.encrypted) return {Health::kWell, "服务器就在本机，没有加密", ""};
  if (!found.expires) return {Health::kWell, "证书有效", ""};
  // Whoever runs the server renews it; there is nothing to do here before it runs out.
  const auto days = std::chrono::floor<std::chrono::days>(*found.expires - patient.clock.now());
  return {Health::kWell,
          fmt::format("证书有效期至 {}（还有{}天）", day(*found.expires), days.count()), ""};
}
template Finding look_at_certificate<Side::kMailbox>(Patient&);
template Finding look_at_certificate<Side::kOutbox>(Patient&);

}  // namespace baosong::daemon::doctor
