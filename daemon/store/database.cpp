#include "daemon/store/database.hpp"

#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/SQLite/SQLiteException.h>
#include <Poco/NumberFormatter.h>
#include <fmt/format.h>

namespace baosong::daemon {
namespace sqlite = Poco::Data::SQLite;
using namespace Poco::Data::Keywords;

Result<Database> Database::open(const std::string& path, std::chrono::milliseconds busy) {
  static const bool registered = [] {
    sqlite::Connector::registerConnector();
    return true;
  }();
  static_cast<void>(registered);
  return guarded([&]() -> Result<Database> {
    // One second: Poco tries again to open for so long, whatever the reason.
    Database database(Poco::Data::Session(sqlite::Connector::KEY, path, 1));
    // busy_timeout first: switching to WAL needs a lock already. Poco sets a timeout of its own.
    for (const std::string& pragma :
         {fmt::format("PRAGMA busy_timeout = {}", busy.count()),
          std::string("PRAGMA foreign_keys = ON"), std::string("PRAGMA synchronous = FULL"),
          std::string("PRAGMA temp_store = MEMORY")}) {
      database.session_ << pragma, now;
    }
    std::string mode;
    database.session_ << "PRAGMA journal_mode = WAL", into(mode), now;
    return database;
  });
}

Result<void> Database::script(std::string_view sql) {
  return guarded([&]() -> Result<void> {
    session_ << std::string(sql), now;
    return {};
  });
}

Result<void> Database::transaction(const std::function<Result<void>()>& work) {
  const auto roll_back = [this] {
    try {
      session_ << "ROLLBACK", now;
    } catch (const Poco::Exception&) {
      // SQLite rolled back by itself (full disk, I/O error).
    }
  };
  if (auto begun = run("BEGIN IMMEDIATE"); !begun) return begun;
  try {
    if (auto worked = work(); !worked) {
      roll_back();
      return worked;
    }
    if (auto committed = run("COMMIT"); !committed) {
      roll_back();
      return committed;
    }
  } catch (...) {
    roll_back();
    throw;
  }
  return {};
}

Error damaged_store() {
  return {ErrorKind::kPermanent, "数据库文件已损坏", "请保留该文件备查，可由存档的原始邮件重建"};
}

Error Database::world_failure() {
  const auto error = [](ErrorKind kind, std::string message, std::string hint) {
    return Error{kind, std::move(message), std::move(hint)};
  };
  try {
    throw;
  } catch (const sqlite::DBLockedException&) {
    return error(ErrorKind::kTransient, "数据库正被另一个程序占用",
                 "请关闭正在写入数据库的程序后重试");
  } catch (const sqlite::TableLockedException&) {
    return error(ErrorKind::kTransient, "数据库正被另一个程序占用",
                 "请关闭正在写入数据库的程序后重试");
  } catch (const sqlite::DatabaseFullException&) {
    return error(ErrorKind::kTransient, "写入数据库失败：磁盘空间已满",
                 "请清理磁盘后重试，已收到的邮件不会丢失");
  } catch (const sqlite::ReadOnlyException&) {
    return error(ErrorKind::kPermanent, "写入数据库失败：数据库或其目录为只读",
                 "请检查状态目录的属主和权限");
  } catch (const sqlite::CantOpenDBFileException&) {
    return error(ErrorKind::kPermanent, "无法打开数据库文件",
                 "请检查状态目录是否存在、权限是否正确");
  } catch (const sqlite::IOErrorException& e) {
    return error(ErrorKind::kTransient, fmt::format("读写数据库出错：{}", e.message()),
                 "请检查磁盘空间和状态目录的权限");
  } catch (const sqlite::CorruptImageException&) {
    return damaged_store();
  } catch (const Poco::Data::ConnectionFailedException& e) {
    return error(ErrorKind::kPermanent, fmt::format("无法打开数据库：{}", e.message()),
                 "请检查状态目录是否存在、权限是否正确");
  } catch (const sqlite::SQLiteException& e) {
    // Poco has no class of its own for SQLITE_NOTADB.
    if (e.message().find("not a database") == std::string::npos) throw;
    return damaged_store();
  }
}

void Database::bind_blob(Poco::Data::Statement& statement, const Blob& value) {
  statement, bind(Poco::Data::BLOB(reinterpret_cast<const unsigned char*>(value.bytes.data()),
                                   value.bytes.size()));
}
void Database::bind_null(Poco::Data::Statement& statement) {
  statement, bind(Poco::Nullable<std::int64_t>());
}
void Database::bind_number(Poco::Data::Statement& statement, std::int64_t value) {
  statement, bind(value);
}
void Database::bind_text(Poco::Data::Statement& statement, std::string_view value) {
  statement, bind(std::string(value));
}
void Database::into_column(Poco::Data::Statement& statement, std::vector<std::int64_t>& column) {
  statement, into(column);
}
void Database::into_column(Poco::Data::Statement& statement, std::vector<std::string>& column) {
  statement, into(column);
}
void Database::into_column(Poco::Data::Statement& statement,
                           std::vector<Poco::Data::BLOB>& column) {
  statement, into(column);
}

}  // namespace baosong::daemon
