#include "daemon/letters/pictures.hpp"

#include <fmt/format.h>

#include "daemon/base64.hpp"
#include "parsers/base/hash.hpp"

namespace baosong::daemon {
namespace {

constexpr std::string_view kSource = "src=\"";
constexpr std::string_view kInline = "src=\"data:image/jpeg;base64,";

}  // namespace

std::string picture_mark(std::size_t number) { return fmt::format("picture:{}", number); }

std::string with_pictures(std::string_view html, std::span<const std::vector<std::uint8_t>> jpegs) {
  std::string out(html);
  for (std::size_t i = 0; i < jpegs.size(); ++i) {
    const std::string mark = fmt::format("{}{}\"", kSource, picture_mark(i + 1));
    const auto at = out.find(mark);
    if (at == std::string::npos) continue;  // a template may leave pictures out
    const auto& jpeg = jpegs[i];
    out.replace(at, mark.size(),
                fmt::format("{}{}\"", kInline,
                            base64({reinterpret_cast<const char*>(jpeg.data()), jpeg.size()})));
  }
  return out;
}

Detached detach_pictures(std::string_view html, std::string_view key) {
  Detached out;
  const std::string mail = sha256_hex(key).substr(0, 16);
  std::size_t from = 0;
  for (auto at = html.find(kInline); at != std::string_view::npos; at = html.find(kInline, from)) {
    const auto end = html.find('"', at + kInline.size());
    if (end == std::string_view::npos) break;
    out.ids.push_back(fmt::format("{}.{}@baosong", out.ids.size() + 1, mail));
    out.pictures.emplace_back(html.substr(at + kInline.size(), end - at - kInline.size()));
    out.html += html.substr(from, at - from);
    out.html += fmt::format("{}cid:{}\"", kSource, out.ids.back());
    from = end + 1;
  }
  out.html += html.substr(from);
  return out;
}

}  // namespace baosong::daemon
