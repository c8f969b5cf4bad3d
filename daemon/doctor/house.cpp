// This machine: configuration, clock, disk, lock, store.
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "daemon/disk.hpp"
#include "daemon/doctor/check.hpp"
#include "daemon/doctor/patient.hpp"
#include "daemon/limits.hpp"
#include "daemon/mailbox/mailbox.hpp"
#include "daemon/mailbox/maildir.hpp"
#include "daemon/store/inspect.hpp"
#include "daemon/worker/pool.hpp"

namespace baosong::daemon::doctor {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::minutes kSetBack{5};
// The program is younger than this.
constexpr Time kEarliest{std::chrono::sys_days(std::chrono::year(2022) / 10 / 1)};

bool is_there(const std::string& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

Finding as_finding(const Error& error) {
  return {error.may_retry() ? Health::kWorld : Health::kFault, error.message, error.hint};
}

std::string size_text(std::uint64_t bytes) {
  return bytes >= (10ULL << 30) ? fmt::format("{}GB", bytes >> 30)
                                : fmt::format("{}MB", bytes >> 20);
}

// A file in `folder` is written, synced and removed again.
Finding try_to_write(const std::string& folder) {
  const auto target = fmt::format("{}/.doctor-{}", folder, ::getpid());
  auto file = NewFile::create(real_disk(), target + ".part");
  if (!file) return as_finding(file.error());
  if (auto written = file->append(std::string(4096, '\n')); !written) {
    return as_finding(written.error());
  }
  auto kept = file->commit(target);
  ::unlink(target.c_str());
  if (!kept) return as_finding(kept.error());
  return {Health::kWell, fmt::format("{} 可以写入", folder), ""};
}

// Who holds a flock on the file, by /proc/locks: asking for the lock itself, even for a moment,
// could turn a service away that starts just then. 0: nobody.
long holder_of(const std::string& path) {
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0) return 0;
  const auto wanted = fmt::format("{:02x}:{:02x}:{}", ::major(status.st_dev),
                                  ::minor(status.st_dev), status.st_ino);
  std::ifstream locks("/proc/locks");
  std::string number, kind, advisory, mode, file, rest;
  for (long pid = 0; locks >> number >> kind >> advisory >> mode >> pid >> file;) {
    std::getline(locks, rest);
    if (kind == "FLOCK" && file == wanted) return pid;
  }
  return 0;
}

// "baosong.service" when the service manager started that process.
bool is_service(long pid) {
  std::ifstream groups(fmt::format("/proc/{}/cgroup", pid));
  for (std::string line; std::getline(groups, line);) {
    if (line.find("/baosong.service") != std::string::npos) return true;
  }
  return false;
}

}  // namespace

Finding look_at_config(Patient& patient) {
  const auto& faults = patient.config.faults;
  if (faults.empty()) return {Health::kWell, fmt::format("{} 没有问题", patient.config_file), ""};
  return {Health::kFault,
          fmt::format("有{}处需要修改，第一处：{}", faults.size(), rules::to_text(faults.front())),
          "运行 baosong config check 看全部，改好后再运行一次 baosong doctor"};
}

Finding look_at_clock(Patient& patient) {
  const Time now = patient.clock.now();
  const auto shown = format_rfc3339(now, patient.config.notice.zone);
  if (now < kEarliest) {
    return {Health::kFault, fmt::format("本机时间是 {}，不可能", shown),
            "请校准：timedatectl set-ntp true"};
  }
  const auto store = fmt::format("{}/{}", patient.config.settings.state, kStoreFile);
  if (is_there(store)) {
    if (const auto seen = inspect_store(store); seen && seen->latest > now + kSetBack) {
      return {Health::kFault,
              fmt::format("本机时间 {} 早于台账里最后一笔 {}：时间被调回过", shown,
                          format_rfc3339(seen->latest, patient.config.notice.zone)),
              "请校准：timedatectl set-ntp true；时间不准会误判逾期"};
    }
  }
  return {Health::kWell, shown, ""};
}

Finding look_at_state(Patient& patient) {
  const auto& state = patient.config.settings.state;
  if (!is_there(state)) return {Health::kWell, fmt::format("{} 还没有，首次运行时新建", state), ""};
  return try_to_write(state);
}

Finding look_at_space(Patient& patient) {
  fs::path place = fs::absolute(patient.config.settings.state);
  while (!is_there(place) && place.has_relative_path()) place = place.parent_path();
  struct statvfs space{};
  if (::statvfs(place.c_str(), &space) != 0) {
    return {Health::kWorld, "问不到磁盘的剩余空间", "请检查磁盘"};
  }
  const std::uint64_t left = std::uint64_t{space.f_bavail} * space.f_frsize;
  const auto says = fmt::format("剩余 {}", size_text(left));
  if (left < limits::kNoRoom)
    return {Health::kWorld, says, "请立即清理或扩大磁盘；空间不足时停止收信，已收到的不会丢"};
  if (left < limits::kLittleRoom) return {Health::kMind, says, "请清理或扩大磁盘"};
  return {Health::kWell, says, ""};
}

Finding look_at_lock(Patient& patient) {
  const auto pid = holder_of(patient.config.settings.state + "/lock");
  if (pid <= 0) return {Health::kWell, "没有程序在使用这个状态目录", ""};
  if (is_service(pid))
    return {Health::kWell, fmt::format("服务 baosong.service 正在运行（进程 {}）", pid), ""};
  return {Health::kMind,
          fmt::format("状态目录正被进程 {} 使用，它不是 baosong.service 启动的", pid),
          fmt::format("若不是您手工运行的（ps -fp {}），请结束它，否则服务启动不了", pid)};
}

Finding look_at_store(Patient& patient) {
  const auto path = fmt::format("{}/{}", patient.config.settings.state, kStoreFile);
  if (!is_there(path)) return {Health::kWell, "还没有，首次运行时新建", ""};
  const auto seen = inspect_store(path);
  if (!seen) return as_finding(seen.error());
  if (!seen->damage.empty()) {
    return {Health::kFault, fmt::format("台账文件已损坏：{}", seen->damage),
            "请停止服务，保留该文件备查，再运行 baosong rebuild 由邮件存档重建"};
  }
  if (!seen->unknown.empty()) {
    return {Health::kFault, fmt::format("台账由更新版本的程序建立（“{}”）", seen->unknown),
            "请安装相同或更新的版本"};
  }
  if (seen->wanting > 0) {
    return {Health::kMind, "台账是旧版本的格式",
            "服务启动时自动升级，并先留一份副本；重新启动服务即可"};
  }
  if (seen->outdated > 0) {
    return {Health::kMind, fmt::format("其中{}封邮件的读取结果出自另一版本的程序", seen->outdated),
            "服务启动时自动由邮件存档重新读取，原台账留一份副本；重新启动服务即可"};
  }
  return {Health::kWell, fmt::format("完好，邮件{}封", seen->mails), ""};
}

Finding look_at_reader(Patient&) {
  WorkerPool workers;
  const auto hello = workers.self_test();
  if (!hello) return as_finding(hello.error());
  std::string words = "读取程序在隔离环境中工作正常";
  if (hello->landlock == 0) words += "（本机内核没有 Landlock，只靠系统调用过滤）";
  words += hello->reads_scans ? "；扫描件的标题可以识别"
                              : "；没有安装文字识别，扫描件按文件名辨认（需要时安装 "
                                "tesseract-ocr-chi-sim）";
  return {Health::kWell, std::move(words), ""};
}

Finding look_at_maildir_in(Patient& patient) {
  const auto path = maildir_path(patient.mailbox.url).value_or("");
  for (const char* part : {"/new", "/cur"}) {
    std::error_code error;
    const fs::directory_iterator entries(path + part, error);
    if (error) {
      return {Health::kFault,
              disk_failure("打开收信目录", path + part, error.value()).value().message,
              "请核对 mailbox.url 里的目录，或确认存放邮件的磁盘已挂载、服务有权读取"};
    }
  }
  return {Health::kWell, fmt::format("{} 可以读取", path), ""};
}

Finding look_at_maildir_out(Patient& patient) {
  const auto path = maildir_path(patient.outbox.url).value_or("");
  const auto fresh = path + "/new";
  if (!is_there(fresh))
    return {Health::kWell, fmt::format("{} 还没有，发第一封信时新建", path), ""};
  return try_to_write(path + "/tmp");
}

}  // namespace baosong::daemon::doctor
