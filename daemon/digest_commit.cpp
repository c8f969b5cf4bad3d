#include "daemon/digest_commit.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "rules/toml_reader.hpp"

namespace baosong::daemon {
namespace {

// Inside a transaction.
Result<std::size_t> add_letters(Store& store, const Templates& templates, const DigestInput& input,
                                const std::vector<std::string>& to, std::string_view actor) {
  const auto known =
      store.letters_decided({input.now - std::chrono::hours(1), input.now + std::chrono::hours(1)});
  if (!known) return tl::unexpected<Error>(known.error());
  std::size_t added = 0;
  for (const auto& address : to) {
    NewLetter fresh;
    fresh.letter = make_digest(templates, input, address);
    fresh.decided_at = fresh.due_at = input.now;
    const auto same = [&](const LetterRow& row) {
      return row.letter.message_id == fresh.letter.message_id;
    };
    if (std::ranges::any_of(*known, same)) continue;
    if (auto id = store.add_letter(fresh); !id) return tl::unexpected<Error>(id.error());
    if (auto logged = store.log({0, input.now, std::string(actor), "digest",
                                 fresh.letter.message_id, fresh.letter.subject});
        !logged) {
      return tl::unexpected<Error>(logged.error());
    }
    ++added;
  }
  return added;
}

std::string day_text(const std::chrono::year_month_day& day) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

}  // namespace

Result<std::size_t> commit_digest(Store& store, const Templates& templates,
                                  const DigestInput& input, const std::vector<std::string>& to) {
  Result<std::size_t> added = 0;
  auto done = store.transaction([&]() -> Result<void> {
    added = add_letters(store, templates, input, to, "staff");
    if (!added) return tl::unexpected<Error>(added.error());
    return {};
  });
  if (!done) return tl::unexpected<Error>(done.error());
  return added;
}

std::optional<std::chrono::year_month_day> digest_day(const DigestSettings& settings, Time now,
                                                      const Zone& zone) {
  if (settings.at.empty() || settings.to.empty()) return std::nullopt;
  const auto at = rules::parse_clock(settings.at);
  if (!at) return std::nullopt;
  const Civil today = civil(now, zone);
  const auto since_midnight = std::chrono::hours(today.hour) + std::chrono::minutes(today.minute) +
                              std::chrono::seconds(today.second);
  if (since_midnight < *at) return std::nullopt;
  return today.date;
}

Result<std::size_t> commit_scheduled_digest(Store& store, const Templates& templates,
                                            const rules::Notice& notice,
                                            const DigestSettings& settings, Time now) {
  const auto due = digest_day(settings, now, notice.zone);
  if (!due) return 0;
  const std::string day = day_text(*due);
  Result<std::size_t> added = 0;
  auto done = store.transaction([&]() -> Result<void> {
    const auto written = store.digest_written(notice.id, day);
    if (!written) return tl::unexpected<Error>(written.error());
    if (*written) return {};
    const auto input = read_digest(store, notice, now);
    if (!input) return tl::unexpected<Error>(input.error());
    added = add_letters(store, templates, *input, settings.to, "baosong");
    if (!added) return tl::unexpected<Error>(added.error());
    return store.add_digest_day(notice.id, day, now);
  });
  if (!done) return tl::unexpected<Error>(done.error());
  return added;
}

}  // namespace baosong::daemon
