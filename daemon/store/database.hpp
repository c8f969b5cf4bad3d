// Poco::Data::SQLite behind one door: its exceptions that stand for the world's failures become
// Errors; those that stand for our own (a broken statement, a violated constraint) fly on.
//
// A row is a std::tuple of std::int64_t, std::string and Blob, in the order of the columns; NULL
// comes out as 0 or empty, so queries use coalesce() where the difference matters.
#pragma once

#include <Poco/Data/LOB.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "parsers/base/result.hpp"

namespace baosong::daemon {

// Bytes, as opposed to text.
struct Blob {
  std::string bytes;
};
struct Null {};

// The one way in which a file that is damaged, or no database at all, is said.
Error damaged_store();

class Database {
 public:
  // WAL, synchronous=FULL, foreign keys on. ":memory:" is a store of its own.
  static Result<Database> open(const std::string& path, std::chrono::milliseconds busy);

  // Several statements in one text; nothing is bound.
  Result<void> script(std::string_view sql);

  template <class... Args>
  Result<void> run(std::string_view sql, Args&&... args) {
    return guarded([&]() -> Result<void> {
      Poco::Data::Statement statement(session_);
      statement << std::string(sql);
      (bind_one(statement, std::forward<Args>(args)), ...);
      statement.execute();
      return {};
    });
  }

  template <class Row, class... Args>
  Result<std::vector<Row>> rows(std::string_view sql, Args&&... args) {
    return guarded([&]() -> Result<std::vector<Row>> {
      Poco::Data::Statement statement(session_);
      statement << std::string(sql);
      (bind_one(statement, std::forward<Args>(args)), ...);
      Columns<Row> columns;
      into_all(statement, columns, std::make_index_sequence<std::tuple_size_v<Row>>{});
      statement.execute();
      return zip<Row>(columns, std::make_index_sequence<std::tuple_size_v<Row>>{});
    });
  }

  // The first row, if there is one.
  template <class Row, class... Args>
  Result<std::optional<Row>> row(std::string_view sql, Args&&... args) {
    auto all = rows<Row>(sql, std::forward<Args>(args)...);
    if (!all) return tl::unexpected(all.error());
    if (all->empty()) return std::optional<Row>();
    return std::optional<Row>(std::move(all->front()));
  }

  // One value; 0 when there is no row.
  template <class... Args>
  Result<std::int64_t> number(std::string_view sql, Args&&... args) {
    auto found = row<std::tuple<std::int64_t>>(sql, std::forward<Args>(args)...);
    if (!found) return tl::unexpected(found.error());
    return *found ? std::get<0>(**found) : 0;
  }

  // BEGIN IMMEDIATE … COMMIT; an Error or an exception out of `work` rolls everything back.
  // Not to be nested.
  Result<void> transaction(const std::function<Result<void>()>& work);

 private:
  explicit Database(Poco::Data::Session session) : session_(std::move(session)) {}

  // The Error that the exception being handled stands for; rethrows what is our own fault.
  static Error world_failure();

  template <class F>
  static auto guarded(F&& work) -> decltype(work()) {
    try {
      return work();
    } catch (const Poco::Exception&) {
      return tl::unexpected(world_failure());
    }
  }

  template <class T>
  static void bind_one(Poco::Data::Statement& statement, T&& value) {
    using Plain = std::remove_cvref_t<T>;
    if constexpr (std::is_same_v<Plain, Blob>) {
      bind_blob(statement, value);
    } else if constexpr (std::is_same_v<Plain, Null>) {
      bind_null(statement);
    } else if constexpr (std::is_integral_v<Plain>) {
      bind_number(statement, static_cast<std::int64_t>(value));
    } else {
      bind_text(statement, std::string_view(value));
    }
  }
  static void bind_blob(Poco::Data::Statement& statement, const Blob& value);
  static void bind_null(Poco::Data::Statement& statement);
  static void bind_number(Poco::Data::Statement& statement, std::int64_t value);
  static void bind_text(Poco::Data::Statement& statement, std::string_view value);

  // What Poco extracts a column into, and how it becomes a value of ours.
  template <class T>
  struct Stored {
    using Type = T;
    static T from(T&& value) { return std::move(value); }
  };

  template <class Row>
  struct ColumnsOf;
  template <class... Ts>
  struct ColumnsOf<std::tuple<Ts...>> {
    using Type = std::tuple<std::vector<typename Stored<Ts>::Type>...>;
  };
  template <class Row>
  using Columns = typename ColumnsOf<Row>::Type;

  static void into_column(Poco::Data::Statement& statement, std::vector<std::int64_t>& column);
  static void into_column(Poco::Data::Statement& statement, std::vector<std::string>& column);
  static void into_column(Poco::Data::Statement& statement, std::vector<Poco::Data::BLOB>& column);

  template <class C, std::size_t... I>
  static void into_all(Poco::Data::Statement& statement, C& columns, std::index_sequence<I...>) {
    (into_column(statement, std::get<I>(columns)), ...);
  }
  template <class Row, class C, std::size_t... I>
  static std::vector<Row> zip(C& columns, std::index_sequence<I...>) {
    std::vector<Row> out;
    out.reserve(std::get<0>(columns).size());
    for (std::size_t r = 0; r < std::get<0>(columns).size(); ++r) {
      out.emplace_back(
          Stored<std::tuple_element_t<I, Row>>::from(std::move(std::get<I>(columns)[r]))...);
    }
    return out;
  }

  Poco::Data::Session session_;
};

template <>
struct Database::Stored<Blob> {
  using Type = Poco::Data::BLOB;
  static Blob from(Poco::Data::BLOB&& value) {
    return Blob{std::string(reinterpret_cast<const char*>(value.rawContent()), value.size())};
  }
};

}  // namespace baosong::daemon
