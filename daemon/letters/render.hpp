// Mustache templates -> text and HTML.
#pragma once

#include <kainjow/mustache.hpp>
#include <string>
#include <string_view>

#include "daemon/letters/letter.hpp"

namespace baosong::daemon {

// Fills the template `name`; in HTML every value is escaped. Parts ("part-…") may be included.
// A template that is missing or broken throws: check_templates() has refused it before.
std::string render(const Templates& templates, std::string_view name, bool html,
                   const kainjow::mustache::data& values);

// A value for a template: one line, no control characters.
kainjow::mustache::data value(std::string_view utf8);
kainjow::mustache::data value(std::int64_t number);

}  // namespace baosong::daemon
