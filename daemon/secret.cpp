#include "daemon/secret.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

namespace baosong::daemon {
namespace {

constexpr std::string_view kCredential = "credential:";
constexpr std::string_view kCredentialStore = "/etc/credstore";
// systemd takes no longer name (CREDENTIAL_NAME_MAX is NAME_MAX).
constexpr std::size_t kLongestName = 255;

}  // namespace

bool is_credential(std::string_view place) { return place.starts_with(kCredential); }

std::string secret_path(const std::string& place) {
  if (!is_credential(place)) return place;
  const auto name = std::string_view(place).substr(kCredential.size());
  const char* directory = std::getenv("CREDENTIALS_DIRECTORY");
  return fmt::format("{}/{}", directory == nullptr ? kCredentialStore : std::string_view(directory),
                     name);
}

std::optional<std::string> secret_form_fault(std::string_view place) {
  if (!is_credential(place)) return std::nullopt;
  const auto name = place.substr(kCredential.size());
  const bool fits = !name.empty() && name.size() <= kLongestName && !name.starts_with('.') &&
                    std::ranges::all_of(name, [](char c) {
                      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                             (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
                    });
  if (fits) return std::nullopt;
  return fmt::format("“{}”不是凭据名：只能用字母、数字、点、横线和下划线", name);
}

std::optional<std::string> secret_exposure(const std::string& place) {
  struct stat status{};
  const std::string path = secret_path(place);
  if (path.empty() || ::stat(path.c_str(), &status) != 0) return std::nullopt;
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) == 0) return std::nullopt;
  // systemd gives the file to the service's user by an access list, which shows as group bits.
  if (is_credential(place) && (status.st_mode & S_IRWXO) == 0) return std::nullopt;
  return fmt::format("授权码文件 {} 的权限是 {:04o}，本机其他用户可以读到；请运行 chmod 600 {}",
                     path, status.st_mode & 07777U, path);
}

Result<std::string> read_password(const std::string& place, std::string_view setting) {
  if (place.empty()) {
    return fail(ErrorKind::kConfig, fmt::format("没有设置邮箱授权码文件（{}）", setting),
                "请把授权码单独存成一个只有本服务可读的文件");
  }
  const std::string path = secret_path(place);
  std::ifstream file(path);
  std::string line;
  if (!file || !std::getline(file, line)) {
    return fail(ErrorKind::kConfig, fmt::format("读不到授权码文件 {}（{}）", path, setting),
                is_credential(place)
                    ? "请把授权码存入 /etc/credstore（权限 600，属主 root），然后重新启动服务"
                    : "请检查文件是否存在、本服务是否有权读取");
  }
  while (line.ends_with('\r') || line.ends_with(' ')) line.pop_back();
  return line;
}

}  // namespace baosong::daemon
