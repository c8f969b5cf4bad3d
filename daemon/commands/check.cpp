// baosong check: reads mails or bare documents as a dry run; nothing is stored or sent.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>

#include "daemon/check_document.hpp"
#include "daemon/commands/command.hpp"
#include "daemon/commands/setup.hpp"
#include "daemon/disk.hpp"
#include "daemon/intake.hpp"
#include "daemon/json_view.hpp"
#include "daemon/progress.hpp"
#include "daemon/text_view.hpp"
#include "daemon/worker/pool.hpp"
#include "parsers/base/hash.hpp"

namespace baosong::daemon {
namespace {

std::string_view base_name(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

bool named_as_mail(std::string_view name) {
  if (name.size() < 4) return false;
  std::string end(name.substr(name.size() - 4));
  std::ranges::transform(end, end.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  return end == ".eml";
}

// Nothing in it that a mail has: somebody's rubbish under the name of a mail.
bool like_a_mail(const parsers::Message& mail) {
  return !mail.fields.empty() || !mail.from.address.empty() || !mail.subject.empty() || mail.date ||
         mail.received || !mail.message_id.empty();
}

// A file named .eml is what came out of a mailbox, whatever it looks like.
Result<parsers::Reading> read_file(WorkerPool& workers, const MappedFile& file,
                                   std::string_view name) {
  auto reading = workers.read_file(file.descriptor(), name);
  if (reading && !reading->is_mail && named_as_mail(name)) {
    reading = workers.read_mail(file.descriptor());
  }
  if (!reading) return reading;
  reading->sha256 = sha256_hex(file.bytes());
  if (reading->is_mail && !like_a_mail(reading->message)) {
    reading->problems.emplace_back(
        file.bytes().empty() ? "empty file" : "no mail: not one header field of a mail");
  }
  return reading;
}

struct Outcome {
  bool faults = false, world = false;
};

void check_one(WorkerPool& workers, const Config& config, const Invocation& invocation,
               const std::string& path, Progress& progress, Outcome& outcome) {
  const auto file = MappedFile::open(path);
  if (!file) {
    progress.clear();
    print_error(file.error());
    outcome.world = true;
    return;
  }
  const auto& notice = config.notice;
  auto answer = read_file(workers, *file, base_name(path));
  if (!answer) {
    progress.clear();
    print_error(answer.error());
    outcome.world = true;
    return;
  }
  parsers::Reading& reading = *answer;
  if (reading.is_mail && !like_a_mail(reading.message)) {
    progress.clear();
    Error rubbish;
    rubbish.kind = ErrorKind::kInput;
    rubbish.message =
        fmt::format("“{}”不是邮件{}", path, file->bytes().empty() ? "（空文件）" : "");
    rubbish.hint = "请确认文件是从邮箱导出的 .eml 原件";
    print_error(rubbish);
    outcome.faults = true;
  }
  const DryRun run =
      reading.is_mail
          ? dry_run(notice, config.templates, std::move(reading), file->modified(), invocation.now)
          : check_document(notice, std::move(reading), moment_of(invocation));
  if (std::ranges::any_of(run.decision.findings,
                          [](const auto& f) { return f.severity == rules::Severity::kError; })) {
    outcome.faults = true;
  }
  progress.clear();
  const auto said = invocation.json ? to_line(check_json(notice, run)) + "\n"
                                    : check_text(notice, run, path) + "\n";
  std::fwrite(said.data(), 1, said.size(), stdout);
}

Result<Exit> run_check(const Invocation& invocation) {
  const auto config = config_for(invocation);
  if (!config) return tl::unexpected<Error>(config.error());
  Outcome outcome;
  WorkerPool workers;
  workers.read_titles(config->settings.reader.reads_titles());
  Progress progress("核对文件", "个", invocation.operands.size());
  for (const auto& path : invocation.operands) {
    check_one(workers, *config, invocation, path, progress, outcome);
    progress.advance();
  }
  if (outcome.world) return Exit::kWorld;
  return outcome.faults ? Exit::kFaults : Exit::kDone;
}

}  // namespace

extern constinit const CommandRow kCheckCommand{
    "check",  "FILE…", "read mails or bare documents as a dry run; nothing is stored or sent",
    {},       1,       kMany,
    run_check};

}  // namespace baosong::daemon
