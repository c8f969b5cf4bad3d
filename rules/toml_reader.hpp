// TOML read against a table of known keys: every fault is collected with its line and column, so
// that an administrator sees all of them at once. Internal to the loaders; throws nothing but for
// our own mistakes (a key asked for that is not in the table).
#pragma once

#include <toml++/toml.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/load.hpp"

namespace baosong::rules {

enum class KeyType : std::uint8_t {
  kText,
  kInt,
  kBool,
  kDate,
  kClock,
  kTexts,
  kInts,
  kTable,
  kTables
};

struct KeyRow {
  std::string_view name;
  KeyType type;
  bool required;
  std::string_view example;  // as TOML would write the value; shown when the key is missing or off
};

struct Place {
  std::uint32_t line = 0, column = 0;
};
Place place_of(const toml::node& node);
Place place_of(const toml::key& key);

// One parsed file. A syntax error blanks its line and reading goes on, so that one typing error
// does not hide the others; `broken()` tells that things may be missing for that reason alone.
class TomlFile {
 public:
  TomlFile(const ConfigFile& file, std::vector<Fault>& faults);

  const toml::table& root() const { return root_; }
  bool broken() const { return broken_; }
  const std::string& name() const { return name_; }
  void fault(Place place, std::string wrong, std::string right = {}) const;

 private:
  std::string name_;
  toml::table root_;
  std::vector<Fault>* faults_;
  bool broken_ = false;
};

// The keys of one table. The constructor reports unknown keys, missing ones and wrong types; the
// getters answer the empty value where there was a fault.
class TableReader {
 public:
  TableReader(const TomlFile& file, const toml::table& table, std::span<const KeyRow> keys,
              std::string_view what);

  // Whether the key is there, even with a value of a wrong type.
  bool contains(std::string_view key) const { return table_->contains(key); }
  bool has(std::string_view key) const { return value(key) != nullptr; }
  std::string text(std::string_view key) const;
  std::int64_t integer(std::string_view key, std::int64_t fallback = 0) const;
  // For counts: out of 0..100000 is a fault.
  int count(std::string_view key, int fallback) const;
  bool flag(std::string_view key, bool fallback = false) const;
  std::optional<std::chrono::year_month_day> date(std::string_view key) const;
  std::optional<std::chrono::seconds> clock(std::string_view key) const;  // since midnight
  std::vector<std::string> texts(std::string_view key) const;
  std::vector<std::int64_t> integers(std::string_view key) const;
  const toml::table* table(std::string_view key) const;
  std::vector<const toml::table*> tables(std::string_view key) const;
  // The tables inside a table, by name; what is no table is a fault.
  std::vector<std::pair<std::string, const toml::table*>> named_tables(std::string_view key) const;

  // Text that must be one of `allowed`; the first of them when it is not (and the fault is
  // reported).
  std::string choice(std::string_view key, std::span<const std::string_view> allowed) const;

  Place place(std::string_view key) const;  // of the value, or of the table when it is missing
  Place place(std::string_view key, std::size_t element) const;
  void fault(std::string_view key, std::string wrong, std::string right = {}) const;
  const TomlFile& file() const { return *file_; }

 private:
  const KeyRow& row(std::string_view key) const;
  const toml::node* value(std::string_view key) const;  // null when missing or of a wrong type

  const TomlFile* file_;
  const toml::table* table_;
  std::span<const KeyRow> keys_;
};

// Whether a node is what a type asks for, and the Chinese name of each.
bool fits(const toml::node& node, KeyType type);
std::string_view name_of(KeyType type);
std::string describe(const toml::node& node);  // "文字“abc”", "整数 3"

// "17:00" or "17:00:30" as seconds since midnight.
std::optional<std::chrono::seconds> parse_clock(std::string_view text);

}  // namespace baosong::rules
