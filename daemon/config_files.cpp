#include "daemon/config_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace baosong::daemon {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSettingsName = "baosong.toml";
constexpr std::string_view kSystemFile = "/etc/baosong/baosong.toml";
constexpr std::uintmax_t kLargestConfig = 4U << 20;  // bytes; a notice is some 20 KB

// Chinese for what people run into; the rest is left to the system's own words.
std::string reason(int number) {
  switch (number) {
    case ENOENT:
      return "没有这个文件";
    case EACCES:
      return "没有读取的权限";
    case EISDIR:
      return "这是目录，不是文件";
    default:
      return fmt::format("读不出来（{}）", std::strerror(number));
  }
}

}  // namespace

std::string find_settings_file(const std::string& given) {
  std::error_code ignored;
  if (!given.empty()) {
    return fs::is_directory(given, ignored) ? (fs::path(given) / kSettingsName).string() : given;
  }
  if (fs::exists(kSystemFile, ignored)) return std::string(kSystemFile);
  const auto program = fs::read_symlink("/proc/self/exe", ignored);
  if (!program.empty()) {
    const auto installed =
        program.parent_path().parent_path() / "share/baosong/config" / kSettingsName;
    if (fs::exists(installed, ignored)) return installed.string();
  }
  return (fs::path(BAOSONG_SOURCE_CONFIG) / kSettingsName).string();
}

std::string directory_of(const std::string& path) {
  const auto parent = fs::path(path).parent_path().string();
  return parent.empty() ? "." : parent;
}

std::optional<rules::ConfigFile> read_config_file(const std::string& path,
                                                  std::vector<rules::Fault>& faults) {
  std::error_code error;
  if (fs::is_directory(path, error)) {
    faults.push_back({path, 0, 0, reason(EISDIR), {}});
    return std::nullopt;
  }
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    faults.push_back({path, 0, 0, reason(errno == 0 ? ENOENT : errno), {}});
    return std::nullopt;
  }
  if (const auto size = fs::file_size(path, error); !error && size > kLargestConfig) {
    faults.push_back(
        {path, 0, 0, fmt::format("有 {} 字节，不像配置文件", size), "不超过 4 MiB 的 UTF-8 文本"});
    return std::nullopt;
  }
  std::ostringstream text;
  text << in.rdbuf();
  return rules::ConfigFile{path, std::move(text).str()};
}

std::vector<std::string> files_ending_in(const std::string& folder, std::string_view ending) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    const auto name = it->path().filename().string();
    if (name.ends_with(ending) && !name.starts_with('.')) names.push_back(name);
  }
  std::ranges::sort(names);
  return names;
}

}  // namespace baosong::daemon
