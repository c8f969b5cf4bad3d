#include "parsers/mime/attachments.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "parsers/mime/ascii.hpp"
#include "parsers/mime/decode.hpp"

namespace baosong::parsers::mime {
namespace {

// Machine talk, unless the sender gave it a name and calls it an attachment.
constexpr std::array<std::string_view, 6> kMachineTypes{
    "message/delivery-status", "message/disposition-notification", "message/feedback-report",
    "message/partial",         "application/pgp-signature",        "application/pkcs7-signature"};

struct Suffix {
  std::string_view type, suffix;
};
constexpr std::array kSuffixes{
    Suffix{"image/jpeg", ".jpg"},
    Suffix{"image/jpg", ".jpg"},
    Suffix{"image/pjpeg", ".jpg"},
    Suffix{"image/png", ".png"},
    Suffix{"image/gif", ".gif"},
    Suffix{"image/bmp", ".bmp"},
    Suffix{"image/tiff", ".tif"},
    Suffix{"image/heic", ".heic"},
    Suffix{"application/pdf", ".pdf"},
    Suffix{"application/msword", ".doc"},
    Suffix{"application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"},
    Suffix{"application/vnd.ms-excel", ".xls"},
    Suffix{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"},
    Suffix{"application/zip", ".zip"},
    Suffix{"application/x-zip-compressed", ".zip"},
    Suffix{"application/x-rar-compressed", ".rar"},
    Suffix{"application/ms-tnef", ".dat"},
    Suffix{"text/plain", ".txt"},
    Suffix{"text/html", ".html"},
};

std::string_view suffix_of(std::string_view type) {
  const auto row = std::ranges::find(kSuffixes, type, &Suffix::type);
  return row == kSuffixes.end() ? std::string_view{".bin"} : row->suffix;
}

// Every Content-ID that an HTML body shows: <img src="cid:...">.
std::set<std::string, std::less<>> shown_ids(const Scan& scan) {
  std::set<std::string, std::less<>> ids;
  std::string store;
  for (const Part& part : scan.parts) {
    if (!part.is_leaf || part.type != "text/html") continue;
    const std::string_view html = decode_body(part, store);
    for (std::size_t at = 0; at < html.size();) {
      at = html.find(':', at);
      if (at == std::string_view::npos) break;
      const bool cid = at >= 3 && iequals(html.substr(at - 3, 3), "cid");
      ++at;
      if (!cid) continue;
      const std::string_view id = html.substr(at, 256);
      ids.emplace(id.substr(0, id.find_first_of("\"'<> \t\r\n)&")));
    }
  }
  return ids;
}

// "a.docx" a second time is "a (2).docx".
std::string numbered(const std::string& path, int number) {
  const std::size_t step = path.rfind('/');
  const std::size_t dot = path.rfind('.');
  const bool in_name = dot != std::string::npos && (step == std::string::npos || dot > step + 1);
  const std::size_t at = in_name ? dot : path.size();
  return path.substr(0, at) + " (" + std::to_string(number) + ")" + path.substr(at);
}

class Lister {
 public:
  explicit Lister(const Scan& scan)
      : scan_(scan), shown_(shown_ids(scan)), prefixes_(scan.parts.size()) {}

  std::vector<Attachment> run() {
    for (std::size_t i = 0; i < scan_.parts.size(); ++i) {
      const Part& part = scan_.parts[i];
      const std::string above =
          part.parent < 0 ? "" : prefixes_[static_cast<std::size_t>(part.parent)];
      if (part.is_leaf && is_file(part)) add(static_cast<std::int32_t>(i), part, above);
      prefixes_[i] = opens_mail(i) ? unique(above + mail_name(part)) + "/" : above;
    }
    return std::move(found_);
  }

 private:
  bool opens_mail(std::size_t i) const {
    return !scan_.parts[i].is_leaf && i + 1 < scan_.parts.size() &&
           scan_.parts[i + 1].parent == static_cast<std::int32_t>(i) &&
           scan_.parts[i + 1].message == static_cast<std::int32_t>(i + 1);
  }
  static std::string mail_name(const Part& part) {
    return part.name.empty() ? "转发邮件.eml" : part.name;
  }

  std::string unique(const std::string& path) {
    const int number = ++taken_[path];
    return number == 1 ? path : unique(numbered(path, number));
  }

  void add(std::int32_t index, const Part& part, const std::string& above) {
    std::string name = part.name;
    if (name.empty())
      name = "未命名" + std::to_string(++nameless_) + std::string(suffix_of(part.type));
    Attachment file;
    file.part = index;
    file.path = unique(above + name);
    file.name = file.path.substr(above.size());
    file.inline_image = part.type.starts_with("image/") && !part.content_id.empty() &&
                        shown_.contains(part.content_id);
    found_.push_back(std::move(file));
  }

  const Scan& scan_;
  std::set<std::string, std::less<>> shown_;
  std::vector<std::string> prefixes_;  // of what lies in the part of that index
  std::map<std::string, int> taken_;
  int nameless_ = 0;
  std::vector<Attachment> found_;
};

}  // namespace

bool is_file(const Part& part) {
  const bool attached = part.disposition == "attachment";
  if (part.is_multipart()) return false;
  const bool machine = std::ranges::find(kMachineTypes, part.type) != kMachineTypes.end() ||
                       part.type == "text/rfc822-headers";
  if (machine) return attached && !part.name.empty() && !part.type.starts_with("application/");
  return attached || !part.name.empty() || !part.is_text();
}

std::vector<Attachment> list_attachments(const Scan& scan) { return Lister(scan).run(); }

}  // namespace baosong::parsers::mime
