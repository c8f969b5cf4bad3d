// How rows of the wider queries become values; shared by the files of Store.
#pragma once

#include <cstdint>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

#include "daemon/store/names.hpp"
#include "daemon/store/rows.hpp"
#include "parsers/base/result.hpp"

namespace baosong::daemon {

inline Time to_time(std::int64_t seconds) { return Time(std::chrono::seconds(seconds)); }
inline std::int64_t seconds_of(Time time) { return time.time_since_epoch().count(); }

// BAOSONG_MAIL_COLUMNS
using MailColumns =
    std::tuple<std::string, std::int64_t, std::string, std::int64_t, std::int64_t, std::string,
               std::string, std::string, std::string, std::string, std::string>;
template <class Row>
MailRow to_mail(const Row& row) {
  MailRow mail;
  mail.sha256 = std::get<0>(row);
  mail.size = static_cast<std::uint64_t>(std::get<1>(row));
  mail.state = from_name<MailState>(kMailStateNames, std::get<2>(row));
  mail.first_seen = to_time(std::get<3>(row));
  mail.received = to_time(std::get<4>(row));
  mail.message_id = std::get<5>(row);
  mail.from = std::get<6>(row);
  mail.from_name = std::get<7>(row);
  mail.subject = std::get<8>(row);
  mail.trouble = std::get<9>(row);
  mail.key = std::get<10>(row);
  return mail;
}

// Result<vector<Row>> -> Result<vector<Value>>
template <class Rows, class F>
auto each(Rows&& rows, F&& make)
    -> Result<std::vector<std::decay_t<decltype(make(rows->front()))>>> {
  if (!rows) return tl::unexpected(rows.error());
  std::vector<std::decay_t<decltype(make(rows->front()))>> out;
  out.reserve(rows->size());
  for (auto& row : *rows) out.push_back(make(row));
  return out;
}

}  // namespace baosong::daemon
