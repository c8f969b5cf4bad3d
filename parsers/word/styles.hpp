// What styles.xml gives to paragraphs and runs, inheritance resolved.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "parsers/word/xml.hpp"

namespace baosong::parsers {

// Character and paragraph properties that matter here; what is not said comes from further up.
struct Layout {
  std::optional<bool> bold;
  std::optional<bool> hidden;  // vanish
  std::optional<bool> centered;
  std::optional<int> half_points;
  std::optional<int> outline;  // 0-8 a heading, 9 body text

  // What `this` does not say is taken from `base`.
  void inherit(const Layout& base);
  // Reads one property element (b, sz, jc …); others are ignored.
  void read(std::string_view local, const Attributes& attributes);
};

class Styles : public XmlHandler {
 public:
  void start(Ns ns, std::string_view local, const Attributes& attributes) override;
  void end(Ns ns, std::string_view local) override;
  void text(std::string_view /*utf8*/) override {}

  // Styles of the document's defaults for an empty or unknown id. The outline level of a style
  // that is called a heading or title is set even when the file leaves it out.
  [[nodiscard]] Layout paragraph(std::string_view id) const;
  [[nodiscard]] Layout character(std::string_view id) const;  // without the defaults

 private:
  struct Style {
    Layout layout;
    std::string based_on;
    std::string name;
  };
  [[nodiscard]] Layout resolve(std::string_view id) const;

  std::map<std::string, Style, std::less<>> styles_;
  Layout defaults_;
  std::string default_paragraph_;
  std::string current_;  // id of the style that is open
  bool in_style_ = false, in_defaults_ = false;
  int skipped_ = 0;  // depth inside what describes something else: parts of tables, old versions
};

// Built-in heading styles keep these names in every language version; 标题 and 题 are what WPS and
// hand-made templates use.
bool names_heading(std::string_view style_name);

}  // namespace baosong::parsers
