#include "parsers/mime/cloud_link.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "parsers/mime/ascii.hpp"
#include "parsers/mime/body_text.hpp"
#include "parsers/mime/cloud_details.hpp"
#include "parsers/mime/date.hpp"
#include "parsers/mime/message.hpp"
#include "parsers/mime/part_name.hpp"
#include "parsers/mime/quoting.hpp"
#include "parsers/text/utf8.hpp"

namespace baosong::parsers::mime {
namespace {

struct Provider {
  std::string_view host;  // the end of the host name
  std::string_view sign;  // somewhere behind it
  std::string_view name;
};
constexpr std::array kProviders{
    Provider{"mail.163.com", "large-attachment-download", "网易超大附件"},
    Provider{"163.com", "X-NETEASE-HUGE-ATTACHMENT", "网易超大附件"},
    Provider{"126.com", "X-NETEASE-HUGE-ATTACHMENT", "网易超大附件"},
    Provider{"yeah.net", "X-NETEASE-HUGE-ATTACHMENT", "网易超大附件"},
    Provider{"163.com", "X-NTES-HUGE-ATTACHMENT", "网易超大附件"},
    Provider{"126.com", "X-NTES-HUGE-ATTACHMENT", "网易超大附件"},
    Provider{"fs.163.com", "/fs/display", "网易超大附件"},
    Provider{"dashi.163.com", "cloud-attachment-download", "网易云附件"},
    Provider{"u.163.com", "/", "网易云附件"},
    Provider{"qq.com", "ftnExs_download", "QQ邮箱超大附件"},
    Provider{"mail.qq.com", "/ftn/download", "QQ邮箱超大附件"},
    Provider{"weiyun.com", "/", "微云文件"},
    Provider{"mail.sina.com.cn", "filecenter/download", "新浪文件中转站"},
    Provider{"pan.baidu.com", "/", "百度网盘文件"},
    Provider{"yun.baidu.com", "/", "百度网盘文件"},
    Provider{"mail.10086.cn", "/", "139邮箱超大附件"},
    Provider{"139.com", "/", "139文件中转站"},
    Provider{"aliyundrive.com", "/s/", "阿里云盘文件"},
    Provider{"alipan.com", "/s/", "阿里云盘文件"},
    Provider{"pan.quark.cn", "/s/", "夸克网盘文件"},
    Provider{"cloud.189.cn", "/", "天翼云盘文件"},
    Provider{"mail.189.cn", "/", "189邮箱超大附件"},
    Provider{"mail.sina.com.cn", "/bigfile", "新浪文件中转站"},
    Provider{"mail.aliyun.com", "/", "阿里邮箱超大附件"},
    Provider{"mail.sohu.com", "/bigfile", "搜狐超大附件"},
    Provider{"lanzou.com", "/", "蓝奏云文件"},
    Provider{"lanzoui.com", "/", "蓝奏云文件"},
    Provider{"lanzoux.com", "/", "蓝奏云文件"},
    Provider{"123pan.com", "/s/", "123云盘文件"},
    Provider{"jianguoyun.com", "/p/", "坚果云文件"},
    Provider{"kdocs.cn", "/l/", "金山文档"},
    Provider{"docs.qq.com", "/doc/", "腾讯文档"},
    Provider{"docs.qq.com", "/sheet/", "腾讯文档"},
    Provider{"wenshushu.cn", "/", "文叔叔文件"},
    Provider{"cowtransfer.com", "/s/", "奶牛快传文件"},
};

std::string_view host_of(std::string_view url) {
  const std::size_t begin = url.find("://");
  if (begin == std::string_view::npos) return {};
  const std::string_view rest = url.substr(begin + 3);
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  const std::size_t user = authority.rfind('@');
  const std::string_view host =
      user == std::string_view::npos ? authority : authority.substr(user + 1);
  return host.substr(0, host.find(':'));
}

const Provider* provider_of(std::string_view url) {
  const std::string host = lower(host_of(url));
  const std::size_t path = url.find('/', url.find("://") + 3);
  if (host.empty() || path == std::string_view::npos) return nullptr;
  // A home page is no file.
  if (trim_blanks(url.substr(path)).size() < 3) return nullptr;
  const auto row = std::ranges::find_if(kProviders, [&](const Provider& p) {
    const bool ends = host == p.host || host.ends_with("." + std::string(p.host));
    return ends && url.substr(path).find(p.sign) != std::string_view::npos;
  });
  return row == kProviders.end() ? nullptr : &*row;
}

std::string_view query_value(std::string_view url, std::string_view key) {
  for (std::size_t at = url.find(key); at != std::string_view::npos; at = url.find(key, at + 1)) {
    const std::size_t end = at + key.size();
    if (at > 0 && (url[at - 1] == '?' || url[at - 1] == '&') && end < url.size() &&
        url[end] == '=') {
      const std::string_view value = url.substr(end + 1);
      return value.substr(0, value.find_first_of("&#"));
    }
  }
  return {};
}

// What tells one file from another: the key of the file where the address has one.
std::string identity(std::string_view url) {
  for (const std::string_view key : {"file", "k", "key"}) {
    const std::string_view value = query_value(url, key);
    if (value.size() >= 4) return std::string(value);
  }
  return std::string(url.substr(0, url.find('#')));
}

struct Found {
  std::string_view url;
  std::size_t begin = 0, end = 0;  // of the link in the text, its marks included
};

bool ends_url(char c) {
  return static_cast<unsigned char>(c) <= 0x20 || is_eight_bit(c) || c == '"' || c == '<' ||
         c == '>' || c == '\'';
}

// Marked links of HTML and bare ones of plain text, in order.
std::vector<Found> all_links(std::string_view text) {
  std::vector<Found> found;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t mark = std::min(text.find(kLinkBegin, at), text.size());
    std::size_t bare = std::min(text.find("http", at), text.size());
    if (mark < bare) {
      const std::size_t end = std::min(text.find(kLinkEnd, mark), text.size());
      found.push_back(
          {text.substr(mark + 1, end - mark - 1), mark, std::min(end + 1, text.size())});
      at = found.back().end;
    } else if (bare < text.size()) {
      std::size_t end = bare;
      while (end < text.size() && !ends_url(text[end])) ++end;
      if (text.substr(bare).starts_with("http://") || text.substr(bare).starts_with("https://")) {
        found.push_back({text.substr(bare, end - bare), bare, end});
      }
      at = std::max(end, bare + 4);
    } else {
      break;
    }
  }
  return found;
}

// Words that stand where a name might stand.
bool is_caption(std::string_view text) {
  constexpr std::array<std::string_view, 9> kCaptions{"下载",     "进入下载页面", "点击下载",
                                                      "download", "打开",         "在线预览",
                                                      "预览",     "查看",         "进入下载页面:"};
  const std::string folded = fold(text);
  return folded.empty() || folded.starts_with("http") ||
         std::ranges::find(kCaptions, folded) != kCaptions.end() ||
         folded.find("超大附件") != std::string::npos;
}

std::string_view last_line(std::string_view text) {
  text = trim(text);
  const std::size_t mark = text.find_last_of("\n\t\x0F");
  return trim(mark == std::string_view::npos ? text : text.substr(mark + 1));
}

// A link whose own text is a name is followed by size and day; a bare link, and one that says
// "download", is preceded by all three.
CloudDetails details_of(std::string_view text, const Found& link, std::size_t previous,
                        std::size_t next, const std::optional<std::chrono::year_month_day>& sent) {
  constexpr std::size_t kWindow = 400;
  CloudDetails out;
  const std::string_view after = cut_utf8(text.substr(link.end, next - link.end), kWindow);
  const std::size_t shown = read_bracket(after, sent, out);
  if (text[link.begin] == kLinkBegin) {
    const std::string_view own = after.substr(0, std::min(shown, after.find_first_of("\n\t")));
    if (!is_caption(own)) {
      out.name = std::string(trim(own));
      if (out.expires.empty()) out.expires = read_expiry(after, sent);
      return out;
    }
  }
  std::size_t from = std::max(previous, link.begin > kWindow ? link.begin - kWindow : 0);
  while (from < link.begin && (static_cast<unsigned char>(text[from]) & 0xC0U) == 0x80) ++from;
  const std::string_view before = text.substr(from, link.begin - from);
  CloudDetails earlier;
  const std::size_t mark = read_bracket(before, sent, earlier);
  if (mark != std::string_view::npos) {
    const std::string_view name = last_line(before.substr(0, mark));
    if (!is_caption(name)) earlier.name = std::string(name);
    return earlier;
  }
  // Labels stand in front of the link, all of them, or behind it.
  CloudDetails labelled = read_labelled(before, sent);
  if (labelled.name.empty() && labelled.size.empty() && labelled.expires.empty()) {
    labelled = read_labelled(after, sent);
  }
  if (labelled.expires.empty()) labelled.expires = read_expiry(after, sent);
  if (is_caption(labelled.name)) labelled.name.clear();
  if (out.size.empty()) out.size = std::move(labelled.size);
  if (out.expires.empty()) out.expires = std::move(labelled.expires);
  out.name = std::move(labelled.name);
  return out;
}

std::string title_of(std::string_view url) {
  for (const std::string_view key : {"title", "filename", "name"}) {
    const std::string_view value = query_value(url, key);
    if (!value.empty()) return decode_name({"filename", std::string(value), "", false});
  }
  return {};
}

// Collects links; several to one file become one, with the best that each of them says.
class Collector {
 public:
  explicit Collector(std::optional<std::chrono::year_month_day> sent) : sent_(sent) {}

  void add(std::string_view text) {
    constexpr std::size_t kMost = 200;
    const std::vector<Found> links = all_links(text);
    for (std::size_t i = 0; i < links.size() && files_.size() < kMost; ++i) {
      const Provider* provider = provider_of(links[i].url);
      if (provider == nullptr) continue;
      const std::size_t previous = i == 0 ? 0 : links[i - 1].end;
      const std::size_t next = i + 1 < links.size() ? links[i + 1].begin : text.size();
      add(links[i].url, details_of(text, links[i], previous, next, sent_), *provider);
    }
  }
  std::vector<CloudAttachment> finish() {
    for (File& file : files_) {
      CloudAttachment& out = file.attachment;
      if (out.name.empty()) out.name = title_of(out.url);
      if (out.name.empty()) out.name = std::string(file.provider->name);
      found_.push_back(std::move(out));
    }
    return std::move(found_);
  }

 private:
  struct File {
    std::string key;
    const Provider* provider;
    CloudAttachment attachment;
  };

  void add(std::string_view url, CloudDetails details, const Provider& provider) {
    std::string key = identity(url);
    auto file = std::ranges::find(files_, key, &File::key);
    if (file == files_.end()) {
      files_.push_back(
          {std::move(key), &provider, {"", std::string(url), {lower(host_of(url)), "", ""}}});
      file = files_.end() - 1;
    }
    CloudAttachment& known = file->attachment;
    if (known.name.empty()) known.name = std::move(details.name);
    if (known.facts.size_text.empty()) known.facts.size_text = std::move(details.size);
    if (known.facts.expires.empty()) known.facts.expires = std::move(details.expires);
  }

  std::optional<std::chrono::year_month_day> sent_;
  std::vector<File> files_;
  std::vector<CloudAttachment> found_;
};

std::optional<std::chrono::year_month_day> sent_on(const Scan& scan) {
  if (scan.parts.empty()) return std::nullopt;
  constexpr std::size_t kLongest = 1024;
  const Field* date = find_field(scan.header(scan.parts[0]), "date");
  if (date == nullptr) return std::nullopt;
  const auto moment = parse_date_time(unfold(date->value.substr(0, kLongest)));
  if (!moment) return std::nullopt;
  return civil(*moment, Zone{}).date;
}

}  // namespace

std::vector<CloudAttachment> find_cloud_links(std::string_view text) {
  Collector collector(std::nullopt);
  collector.add(text);
  return collector.finish();
}

std::vector<CloudAttachment> find_cloud_links(const Scan& scan) {
  Collector collector(sent_on(scan));
  for (std::size_t i = 0; i < scan.parts.size(); ++i) {
    if (scan.parts[i].message != static_cast<std::int32_t>(i)) continue;
    const SplitText split = split_quoted(body_text(scan, static_cast<std::int32_t>(i)));
    collector.add(split.fresh);
    const bool forwards =
        split.says_forward || is_forward_subject(subject_of(scan.header(scan.parts[i])));
    if (!forwards) continue;
    for (const Forwarded& head : split.heads) collector.add(head.text);
  }
  return collector.finish();
}

}  // namespace baosong::parsers::mime
