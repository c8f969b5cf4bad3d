// mustache.hpp, once inlined, makes g++ 12 see a null pointer that cannot be.
#pragma GCC diagnostic ignored "-Wnull-dereference"

#include "daemon/letters/render.hpp"

#include <algorithm>
#include <stdexcept>

#include "daemon/letters/fields.hpp"
#include "daemon/letters/wording.hpp"

namespace baosong::daemon {
namespace {

// Sections that are left out leave their blank lines behind: one is kept, and none at the end.
std::string tidy(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c != '\n' || !out.ends_with("\n\n")) out += c;
  }
  while (out.ends_with('\n')) out.pop_back();
  return out + '\n';
}

}  // namespace

using kainjow::mustache::data;

data value(std::string_view utf8) { return data(one_line(utf8)); }
data value(std::int64_t number) { return data(std::to_string(number)); }

std::string render(const Templates& templates, std::string_view name, bool html,
                   const data& values) {
  const auto wanted = template_file(name, html);
  const auto at = std::ranges::find(templates.files, wanted, &rules::ConfigFile::name);
  if (at == templates.files.end()) throw std::logic_error("template not loaded: " + wanted);

  data all = values;
  const std::string_view end = html ? ".html.mustache" : ".text.mustache";
  for (const auto& file : templates.files) {
    if (!file.name.starts_with("part-") || !file.name.ends_with(end)) continue;
    // The line that includes a part brings its own newline.
    std::string text = file.text;
    if (text.ends_with('\n')) text.pop_back();
    all.set(file.name.substr(0, file.name.size() - end.size()), data(text));
  }
  kainjow::mustache::mustache tmpl(at->text);
  if (!html) tmpl.set_custom_escape([](const std::string& text) { return text; });
  std::string out = tmpl.render(all);
  if (!tmpl.is_valid()) throw std::logic_error("template " + wanted + ": " + tmpl.error_message());
  return html ? out : tidy(out);
}

}  // namespace baosong::daemon
