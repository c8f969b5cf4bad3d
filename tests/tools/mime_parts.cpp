// mime_parts parts --json FILE...: what `baosong parts --json` prints, from the MIME library alone.
#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>

#include "parsers/mime/parts.hpp"

namespace {

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<int>(c));
    } else {
      out += c;
    }
  }
  return out + '"';
}

void print(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  const std::string mail = std::move(bytes).str();
  const auto list = baosong::parsers::mime::list_parts(mail);
  std::string line = "{\"parts\": [";
  for (const auto& part : list.parts) {
    if (!line.ends_with('[')) line += ", ";
    line += fmt::format(
        R"({{"path": {}, "type": {}, "disposition": {}, "name": {}, "size": {}, "sha256": "{}", "sha256_normalised": "{}"}})",
        quoted(part.path), quoted(part.type), quoted(part.disposition), quoted(part.name),
        part.size, part.sha256, part.sha256_normalised);
  }
  line += "], \"problems\": [";
  for (const auto& problem : list.problems) {
    if (!line.ends_with('[')) line += ", ";
    line += quoted(problem);
  }
  std::puts((line + "]}").c_str());
}

}  // namespace

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument != "parts" && argument != "--json") print(argument);
  }
  return 0;
}
