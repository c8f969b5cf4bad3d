// Which templates there are and which {{fields}} each may use: one table for composing, for the
// config checker and for docs/LETTERS.md.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "daemon/letters/letter.hpp"
#include "rules/load.hpp"

namespace baosong::daemon {

struct TemplateField {
  std::string_view name;
  std::string_view within;   // the list it belongs to ("received"), or empty
  std::string_view meaning;  // one line of English
};

struct TemplateRow {
  std::string_view name;  // "acknowledgement": acknowledgement.text.mustache and .html.mustache
  bool html;              // false: there is a text form only (subjects)
  std::span<const TemplateField> fields;
};
std::span<const TemplateRow> template_table();

// The file of a template: "acknowledgement" -> "acknowledgement.text.mustache".
std::string template_file(std::string_view name, bool html);
// The template that writes a letter of this kind.
std::string_view template_of(LetterKind kind);

// Everything that is wrong with the templates: one is missing, a tag or section is not closed, a
// field does not exist (with the nearest that does), a part is included that is not there, an HTML
// template lets a value through unescaped. Faults name line and column of the tag.
std::vector<rules::Fault> check_templates(const Templates& templates);

}  // namespace baosong::daemon
