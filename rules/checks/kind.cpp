// How letters name what Format has no word for, and which sentence says how to save it again.
#include <algorithm>
#include <array>

#include "rules/checks/check.hpp"

namespace baosong::rules {
namespace {

using parsers::Kind;

struct Row {
  Kind kind;
  std::string_view words;
  std::string_view variant;  // of file.unreadable
};
constexpr std::array kRows{
    Row{Kind::kOldWord, "旧版Word（95及更早）", "old-office"},
    Row{Kind::kOldExcel, "旧版或二进制的Excel", "old-office"},
    Row{Kind::kWorks, "Microsoft Works文档", "works"},
    Row{Kind::kOldWps, "早期WPS文档", "old-wps"},
    Row{Kind::kWebPage, "网页（HTML）", "unsupported"},
    Row{Kind::kWebArchive, "单个文件网页（MHT）", "unsupported"},
    Row{Kind::kOfficeXml, "XML", "unsupported"},
    Row{Kind::kPresentation, "演示文稿（PPT）", "presentation"},
    Row{Kind::kOpenDocument, "OpenDocument（odt、ods）", "open-document"},
    Row{Kind::kOfd, "OFD版式文件", "ofd"},
    Row{Kind::kOutlook, "Outlook邮件（msg）", "outlook"},
    Row{Kind::kVolume, "分卷压缩包中的一卷", "volume"},
    Row{Kind::kSelfExtracting, "自解压程序（exe）", "program"},
    Row{Kind::kProgram, "程序（exe）", "program"},
    Row{Kind::kOtherArchive, "压缩包（tar、gz等）", "other-archive"},
    Row{Kind::kOtherPicture, "图片（gif、webp等）", "other-picture"},
    Row{Kind::kMedia, "音频或视频", "media"},
    Row{Kind::kLockFile, "Word临时文件", "lock-file"},
};

const Row* row_of(Kind kind) {
  const auto* row = std::ranges::find(kRows, kind, &Row::kind);
  return row == kRows.end() ? nullptr : row;
}

}  // namespace

std::string_view kind_in_words(Kind kind) {
  const Row* row = row_of(kind);
  return row == nullptr ? std::string_view{} : row->words;
}

std::string_view unreadable_variant(Kind kind) {
  const Row* row = row_of(kind);
  return row == nullptr ? "unsupported" : row->variant;
}

}  // namespace baosong::rules
