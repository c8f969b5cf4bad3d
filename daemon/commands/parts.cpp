// baosong parts: the leaf parts of a mail with the hashes of what they hold.
#include "parsers/mime/parts.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "daemon/commands/command.hpp"
#include "daemon/disk.hpp"
#include "daemon/json_view.hpp"
#include "daemon/letters/wording.hpp"
#include "daemon/worker/pool.hpp"

namespace baosong::daemon {
namespace {

std::string parts_text(const parsers::mime::PartList& list, const std::string& path) {
  std::string out = fmt::format("==== {}\n", one_line(path));
  for (const auto& part : list.parts) {
    out += fmt::format(
        "{:<8} {:<32} {:>10}  {}  {}{}\n", part.path, one_line(part.type), part.size,
        part.sha256.substr(0, 16), one_line(part.name),
        part.disposition.empty() ? "" : fmt::format("  [{}]", one_line(part.disposition)));
  }
  for (const auto& problem : list.problems) out += fmt::format("! {}\n", problem);
  return out;
}

Result<Exit> run_parts(const Invocation& invocation) {
  Exit exit = Exit::kDone;
  WorkerPool workers;
  for (const auto& path : invocation.operands) {
    const auto file = MappedFile::open(path);
    if (!file) {
      print_error(file.error());
      exit = Exit::kWorld;
      continue;
    }
    const auto list = workers.list_parts(file->descriptor());
    if (!list) return tl::unexpected(list.error());
    const auto said = invocation.json ? to_line(parts_json(*list)) + "\n" : parts_text(*list, path);
    std::fwrite(said.data(), 1, said.size(), stdout);
  }
  return exit;
}

}  // namespace

extern constinit const CommandRow kPartsCommand{
    "parts",  "FILE…", "the leaf parts of a mail: type, name, size, SHA-256 of the decoded bytes",
    {},       1,       kMany,
    run_parts};

}  // namespace baosong::daemon
