#include "parsers/word/styles.hpp"

#include <algorithm>
#include <array>

#include "parsers/text/utf8.hpp"

namespace baosong::parsers {
namespace {

constexpr int kBasedOnDepth = 32;  // based-on chains may be circular
constexpr std::size_t kMostStyles = 5000;

constexpr std::array<std::string_view, 5> kSkipped{"tblStylePr", "latentStyles", "pPrChange",
                                                   "rPrChange", "numPr"};

}  // namespace

bool names_heading(std::string_view name) {
  const std::string folded = fold(name);
  return folded == "title" || folded == "subtitle" || folded == "标题" || folded == "副标题" ||
         folded == "大标题" || folded == "主标题" || folded == "文章标题" ||
         (folded.starts_with("heading") && folded.size() <= 9) ||
         (folded.starts_with("标题") && folded.size() == std::string_view("标题").size() + 1);
}

void Layout::inherit(const Layout& base) {
  if (!bold) bold = base.bold;
  if (!hidden) hidden = base.hidden;
  if (!centered) centered = base.centered;
  if (!half_points) half_points = base.half_points;
  if (!outline) outline = base.outline;
}

void Layout::read(std::string_view local, const Attributes& attributes) {
  const auto value = attributes.find(Ns::kWord, "val");
  if (local == "b") {
    bold = is_on(value);
  } else if (local == "vanish") {
    hidden = is_on(value);
  } else if (local == "jc") {
    centered = value.value_or("") == "center";
  } else if (local == "sz") {
    if (const auto size = to_int(value.value_or("")); size && *size > 0 && *size < 4000) {
      half_points = *size;
    }
  } else if (local == "outlineLvl") {
    outline = to_int(value.value_or(""));
  }
}

void Styles::start(Ns ns, std::string_view local, const Attributes& attributes) {
  if (skipped_ > 0 || std::find(kSkipped.begin(), kSkipped.end(), local) != kSkipped.end()) {
    ++skipped_;
    return;
  }
  if (ns != Ns::kWord) return;
  if (local == "docDefaults") {
    in_defaults_ = true;
  } else if (local == "style") {
    current_ = attributes.find(Ns::kWord, "styleId").value_or("");
    in_style_ = !current_.empty() && styles_.size() < kMostStyles;
    if (!in_style_) return;
    styles_[current_] = {};
    const auto standard = attributes.find(Ns::kWord, "default");
    if (standard && is_on(standard) &&
        attributes.find(Ns::kWord, "type").value_or("") == "paragraph") {
      default_paragraph_ = current_;
    }
  } else if (in_defaults_) {
    defaults_.read(local, attributes);
  } else if (in_style_) {
    Style& style = styles_[current_];
    const auto value = attributes.find(Ns::kWord, "val");
    if (local == "basedOn") {
      style.based_on = value.value_or("");
    } else if (local == "name") {
      style.name = value.value_or("");
    } else {
      style.layout.read(local, attributes);
    }
  }
}

void Styles::end(Ns ns, std::string_view local) {
  if (skipped_ > 0) {
    --skipped_;
    return;
  }
  if (ns != Ns::kWord) return;
  if (local == "docDefaults") in_defaults_ = false;
  if (local == "style") in_style_ = false;
}

Layout Styles::resolve(std::string_view id) const {
  Layout out;
  std::string_view next = id;
  for (int depth = 0; depth < kBasedOnDepth && !next.empty(); ++depth) {
    const auto style = styles_.find(next);
    if (style == styles_.end()) break;
    out.inherit(style->second.layout);
    if (!out.outline && names_heading(style->second.name)) out.outline = 0;
    next = style->second.based_on;
  }
  return out;
}

Layout Styles::paragraph(std::string_view id) const {
  Layout out = resolve(id.empty() || !styles_.contains(id) ? default_paragraph_ : id);
  out.inherit(defaults_);
  return out;
}

Layout Styles::character(std::string_view id) const { return resolve(id); }

}  // namespace baosong::parsers
