// load_config(): the files beside the settings, read and checked together.
#include <fmt/format.h>

#include <algorithm>

#include "daemon/config_files.hpp"
#include "daemon/letters/fields.hpp"
#include "daemon/settings.hpp"
#include "rules/nearest.hpp"

namespace baosong::daemon {
namespace {

using rules::ConfigFile;
using rules::Fault;

std::string beside(const Settings& settings, std::string_view name) {
  return settings.config_dir == "." ? std::string(name)
                                    : fmt::format("{}/{}", settings.config_dir, name);
}

// The notice is named by a setting, so a missing file is most likely a wrong name.
std::optional<ConfigFile> read_notice(const Settings& settings, std::vector<Fault>& faults) {
  std::vector<Fault> own;
  auto file =
      read_config_file(beside(settings, fmt::format("notices/{}.toml", settings.notice)), own);
  if (own.empty()) return file;
  std::vector<std::string> ids;
  for (const auto& name : files_ending_in(beside(settings, "notices"), ".toml")) {
    ids.push_back(name.substr(0, name.size() - std::string_view(".toml").size()));
  }
  const std::vector<std::string_view> known(ids.begin(), ids.end());
  own.front().wrong = fmt::format("通知“{}”的文件读不到：{}", settings.notice, own.front().wrong);
  own.front().right = known.empty() ? "把通知文件放进 notices/ 目录"
                                    : "设置 notice 为" + rules::suggestion(settings.notice, known);
  faults.push_back(std::move(own.front()));
  return std::nullopt;
}

Templates read_templates(const Settings& settings, std::vector<Fault>& faults) {
  Templates templates;
  const auto folder = beside(settings, "replies");
  const auto names = files_ending_in(folder, ".mustache");
  if (names.empty()) {
    faults.push_back(
        {folder, 0, 0, "没有信件模板（*.mustache）", "从安装包的 config/replies 目录恢复"});
    return templates;
  }
  for (const auto& name : names) {
    if (auto file = read_config_file(fmt::format("{}/{}", folder, name), faults)) {
      templates.files.push_back({name, std::move(file->text)});
    }
  }
  for (auto& fault : check_templates(templates)) {
    fault.file = fmt::format("{}/{}", folder, fault.file);
    faults.push_back(std::move(fault));
  }
  return templates;
}

}  // namespace

Config load_config(const std::string& file, const std::vector<std::string>& overrides) {
  Config config;
  auto loaded = load_settings(file, overrides);
  config.settings = std::move(loaded.settings);
  config.faults = std::move(loaded.faults);

  const auto notice = read_notice(config.settings, config.faults);
  const auto units = read_config_file(beside(config.settings, "units.toml"), config.faults);
  const auto findings =
      read_config_file(beside(config.settings, "replies/findings.toml"), config.faults);
  std::vector<Fault> of_templates;
  config.templates = read_templates(config.settings, of_templates);
  // Without one of them the others would be blamed for what they refer to.
  if (notice && units && findings) {
    auto result = rules::load_notice({*notice, *units, *findings});
    config.notice = std::move(result.notice);
    config.faults.insert(config.faults.end(), result.faults.begin(), result.faults.end());
    if (!config.notice.id.empty() && config.notice.id != config.settings.notice) {
      config.faults.push_back({notice->name, 0, 0,
                               fmt::format("文件名是“{}”，里面的 id 却是“{}”",
                                           config.settings.notice, config.notice.id),
                               fmt::format("id = \"{}\"", config.settings.notice)});
    }
  }
  config.faults.insert(config.faults.end(), of_templates.begin(), of_templates.end());
  return config;
}

}  // namespace baosong::daemon
