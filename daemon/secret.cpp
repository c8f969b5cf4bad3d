#include "daemon/secret.hpp"

#include <fmt/format.h>

#include <fstream>

namespace baosong::daemon {

Result<std::string> read_password(const std::string& path, std::string_view setting) {
  if (path.empty()) {
    return fail(ErrorKind::kConfig, fmt::format("没有设置邮箱授权码文件（{}）", setting),
                "请把授权码单独存成一个只有本服务可读的文件");
  }
  std::ifstream file(path);
  std::string line;
  if (!file || !std::getline(file, line)) {
    return fail(ErrorKind::kConfig, fmt::format("读不到授权码文件 {}（{}）", path, setting),
                "请检查文件是否存在、本服务是否有权读取");
  }
  while (line.ends_with('\r') || line.ends_with(' ')) line.pop_back();
  return line;
}

}  // namespace baosong::daemon
