#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "daemon/commands/command.hpp"
#include "daemon/letters/fields.hpp"
#include "parsers/text/utf8.hpp"

namespace baosong::daemon {
namespace {

using rules::ConfigFile;
using rules::Fault;

constexpr std::string_view kPart = "part-";
constexpr std::string_view kTextEnd = ".text.mustache", kHtmlEnd = ".html.mustache";

struct Tag {
  char kind =
      'v';  // v: field, &: unescaped, # ^ / : section, > : part, ! : comment, = : delimiters
  std::string name;
  std::size_t at = 0;
  bool closed = true;
};

std::vector<Tag> tags_of(std::string_view text) {
  std::vector<Tag> tags;
  for (std::size_t at = text.find("{{"); at != std::string_view::npos; at = text.find("{{", at)) {
    const bool triple = text.substr(at).starts_with("{{{");
    const std::string_view close = triple ? "}}}" : "}}";
    const std::size_t from = at + close.size();
    const std::size_t end = text.find(close, from);
    const std::size_t line_end = std::min(text.find('\n', from), text.size());
    Tag tag;
    tag.at = at;
    tag.closed = end != std::string_view::npos && (end < line_end || text.substr(from, 1) == "!");
    std::string_view inside =
        parsers::trim(text.substr(from, (tag.closed ? end : line_end) - from));
    if (triple) {
      tag.kind = '&';
    } else if (!inside.empty() &&
               std::string_view("#^/>!&=").find(inside.front()) != std::string_view::npos) {
      tag.kind = inside.front();
      inside = parsers::trim(inside.substr(1));
    }
    tag.name = std::string(inside);
    tags.push_back(std::move(tag));
    at = tags.back().closed ? end + close.size() : line_end;
  }
  return tags;
}

std::string nearest_of(std::string_view name, const std::set<std::string>& known) {
  const std::vector<std::string_view> candidates(known.begin(), known.end());
  const std::string best = nearest(name, candidates);
  return best.empty() ? best : fmt::format("“{}”", best);
}

class Checker {
 public:
  explicit Checker(const Templates& templates) {
    for (const auto& file : templates.files) files_.emplace(file.name, &file);
  }

  std::vector<Fault> run() {
    std::set<std::string> wanted;
    for (const auto& row : template_table()) {
      for (const bool html : {false, true}) {
        if (html && !row.html) continue;
        const auto name = template_file(row.name, html);
        wanted.insert(name);
        const auto at = files_.find(name);
        if (at == files_.end()) {
          faults_.insert(
              {name, 0, 0, {"缺少模板文件", "从安装包的 config/replies 目录恢复该文件"}});
        } else {
          check(*at->second, row, html, {""}, {name});
        }
      }
    }
    for (const auto& [name, file] : files_) {
      if (wanted.contains(name) || !name.ends_with(".mustache")) continue;
      const bool part =
          name.starts_with(kPart) && (name.ends_with(kTextEnd) || name.ends_with(kHtmlEnd));
      if (!part)
        faults_.insert({name, 0, 0, {"不认识的模板文件", nearest_of(name, wanted)}});
      else if (!included_.contains(name))
        faults_.insert({name, 0, 0, {"没有模板引用这一部分", "删除该文件，或在模板中引用"}});
    }
    std::vector<Fault> out;
    for (const auto& [file, line, column, words] : faults_) {
      out.push_back({file, line, column, words.first, words.second});
    }
    return out;
  }

 private:
  using Scopes = std::vector<std::string>;  // the lists a tag stands in, "" first

  void fault(const ConfigFile& file, std::size_t at, std::string wrong, std::string right) {
    const auto before = std::string_view(file.text).substr(0, at);
    const auto line = static_cast<std::uint32_t>(1 + std::ranges::count(before, '\n'));
    const std::size_t start = before.rfind('\n') + 1;  // npos + 1 is 0
    std::uint32_t column = 1;
    for (std::size_t i = start; i < at; ++column) parsers::next_character(file.text, i);
    faults_.insert({file.name, line, column, {std::move(wrong), std::move(right)}});
  }

  static std::set<std::string> known_in(const TemplateRow& row, const Scopes& scopes) {
    std::set<std::string> known;
    for (const auto& field : row.fields) {
      if (std::ranges::find(scopes, field.within) != scopes.end())
        known.insert(std::string(field.name));
    }
    return known;
  }

  void check(const ConfigFile& file, const TemplateRow& row, bool html, Scopes scopes,
             const std::vector<std::string>& way) {
    std::vector<Tag> open;
    const std::size_t outer = scopes.size();
    if (!parsers::is_valid_utf8(file.text)) fault(file, 0, "不是 UTF-8 文本", "另存为 UTF-8 编码");
    for (const auto& tag : tags_of(file.text)) {
      if (!tag.closed) {
        fault(file, tag.at, "“{{” 没有在本行内结束", "补上“}}”");
        continue;
      }
      switch (tag.kind) {
        case '!':
          break;
        case '=':
          fault(file, tag.at, "不支持更改定界符", "使用“{{”和“}}”");
          break;
        case '>':
          include(file, tag, row, html, scopes, way);
          break;
        case '/':
          if (open.empty() || open.back().name != tag.name) {
            fault(file, tag.at, fmt::format("“{{{{/{}}}}}” 与开头的标记不对应", tag.name),
                  open.empty() ? "删除它" : fmt::format("“{{{{/{}}}}}”", open.back().name));
          } else {
            open.pop_back();
            scopes.resize(outer + open.size());
          }
          break;
        default:
          field(file, tag, row, html, scopes);
          if (tag.kind == '#' || tag.kind == '^') {
            open.push_back(tag);
            scopes.push_back(tag.kind == '#' ? tag.name : std::string("^"));
          }
      }
    }
    for (const auto& tag : open) {
      fault(file, tag.at, fmt::format("“{{{{{}{}}}}}” 没有结束", tag.kind, tag.name),
            fmt::format("补上“{{{{/{}}}}}”", tag.name));
    }
  }

  void field(const ConfigFile& file, const Tag& tag, const TemplateRow& row, bool html,
             const Scopes& scopes) {
    if (tag.kind == '&' && html) {
      fault(file, tag.at, fmt::format("“{}” 未经转义就写入网页格式的信件", tag.name),
            fmt::format("“{{{{{}}}}}”", tag.name));
    }
    const auto known = known_in(row, scopes);
    if (!known.contains(tag.name)) {
      fault(file, tag.at, fmt::format("模板“{}”中没有字段“{}”", row.name, tag.name),
            nearest_of(tag.name, known));
    }
  }

  void include(const ConfigFile& file, const Tag& tag, const TemplateRow& row, bool html,
               const Scopes& scopes, const std::vector<std::string>& way) {
    const auto name = template_file(tag.name, html);
    const auto at = files_.find(name);
    if (at == files_.end() || !tag.name.starts_with(kPart)) {
      std::set<std::string> parts;
      for (const auto& [known, unused] : files_) {
        const auto end = html ? kHtmlEnd : kTextEnd;
        if (known.starts_with(kPart) && known.ends_with(end))
          parts.insert(known.substr(0, known.size() - end.size()));
      }
      fault(file, tag.at, fmt::format("没有可引用的部分“{}”", tag.name),
            nearest_of(tag.name, parts));
      return;
    }
    included_.insert(name);
    if (std::ranges::find(way, name) != way.end()) {
      fault(file, tag.at, fmt::format("“{}” 直接或间接地引用了自己", tag.name), "删除这一引用");
      return;
    }
    auto further = way;
    further.push_back(name);
    check(*at->second, row, html, scopes, further);
  }

  std::map<std::string, const ConfigFile*> files_;
  std::set<std::string> included_;
  // Sorted and free of repetitions: a part is checked once for each template that includes it.
  std::set<
      std::tuple<std::string, std::uint32_t, std::uint32_t, std::pair<std::string, std::string>>>
      faults_;
};

}  // namespace

std::vector<rules::Fault> check_templates(const Templates& templates) {
  return Checker(templates).run();
}

}  // namespace baosong::daemon
