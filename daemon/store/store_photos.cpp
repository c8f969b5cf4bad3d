// The photos that count: table photo.
#include <fmt/format.h>

#include <array>
#include <bit>

#include "daemon/store/columns.hpp"
#include "daemon/store/database.hpp"
#include "daemon/store/queries.hpp"
#include "daemon/store/store.hpp"
#include "rules/likeness.hpp"

namespace baosong::daemon {
namespace q = queries;
namespace {

// Bands of 13, 13, 13, 13 and 12 bits: one more than the bits that may differ.
using Bands = std::array<std::int64_t, rules::kLookalikeBits + 1>;
Bands bands_of(std::uint64_t dhash) {
  constexpr unsigned kBits = 13;
  static_assert((rules::kLookalikeBits + 1) * kBits >= 64);
  Bands bands{};
  for (std::size_t i = 0; i < bands.size(); ++i, dhash >>= kBits)
    bands[i] = static_cast<std::int64_t>(dhash & ((1U << kBits) - 1));
  return bands;
}

using Row =
    std::tuple<std::string, std::string, std::string, std::int64_t, std::int64_t, std::int64_t>;
rules::PhotoElsewhere to_photo(const Row& row) {
  rules::PhotoElsewhere out;
  out.notice = std::get<0>(row);
  out.unit = std::get<1>(row);
  out.picture.sha256 = std::get<2>(row);
  out.picture.measured = std::get<3>(row) != 0;
  out.picture.dhash = std::bit_cast<std::uint64_t>(std::get<4>(row));
  out.received = to_time(std::get<5>(row));
  return out;
}

const rules::LedgerDocument* find(const rules::LedgerMail& mail, std::string_view path) {
  const auto at = std::ranges::find_if(mail.documents,
                                       [&](const auto& row) { return row.document.path == path; });
  return at == mail.documents.end() ? nullptr : &*at;
}

}  // namespace

Result<void> Store::set_photos(const rules::Notice& notice, const rules::Ledger& ledger,
                               const rules::Standing& standing) {
  if (auto done = db_->run(q::kDropPhotos, notice.id, ledger.unit); !done) return done;
  for (const rules::ItemStanding& item : standing.items) {
    for (const auto& document : item.documents) {
      const auto mail =
          std::ranges::find(ledger.mails, document.message_sha256, &rules::LedgerMail::sha256);
      if (!document.current || mail == ledger.mails.end()) continue;
      const rules::LedgerDocument* row = find(*mail, document.path);
      if (row == nullptr) continue;
      // A scan that came as a picture is none.
      const rules::Item* kind = notice.item(item.item);
      if (parsers::is_image(row->document.format) &&
          (kind == nullptr || kind->kind != rules::ItemKind::kPhotos))
        continue;
      if (auto added = add_photos(notice.id, ledger.unit, item.item, *mail, row->document); !added)
        return added;
    }
  }
  return {};
}

Result<void> Store::add_photos(std::string_view notice, std::string_view unit,
                               std::string_view item, const rules::LedgerMail& mail,
                               const parsers::Document& document) {
  const bool whole = parsers::is_image(document.format);
  std::size_t number = 0;
  for (const rules::Picture& picture : rules::pictures_in(document)) {
    const std::string path = whole ? document.path : fmt::format("{}#{}", document.path, ++number);
    const auto add = [&](auto... hash) {
      return db_->run(q::kAddPhoto, notice, unit, mail.sha256, path, item, picture.sha256,
                      seconds_of(mail.received), hash...);
    };
    const Bands b = bands_of(picture.dhash);
    const bool known = picture.measured && rules::tells_apart(picture.dhash);
    auto added = known
                     ? add(std::bit_cast<std::int64_t>(picture.dhash), b[0], b[1], b[2], b[3], b[4])
                     : add(Null{}, Null{}, Null{}, Null{}, Null{}, Null{});
    if (!added) return added;
  }
  return {};
}

Result<void> Store::find_photos_elsewhere(const rules::Notice& notice, rules::Ledger& ledger) {
  ledger.photos_elsewhere.clear();
  const auto take = [&](Result<std::vector<Row>> rows) -> Result<void> {
    if (!rows) return tl::unexpected(rows.error());
    for (const Row& row : *rows) ledger.photos_elsewhere.push_back(to_photo(row));
    return {};
  };
  std::vector<rules::Picture> pictures;
  for (const rules::LedgerMail& mail : ledger.mails) {
    for (const rules::LedgerDocument& row : mail.documents) {
      for (auto& picture : rules::pictures_in(row.document)) pictures.push_back(std::move(picture));
    }
  }
  for (const rules::Picture& picture : pictures) {
    if (auto done = take(db_->rows<Row>(q::kPhotosOfBytes, picture.sha256, notice.id, ledger.unit));
        !done)
      return done;
    if (!picture.measured) continue;
    const std::array<std::uint64_t, 4> hashes{picture.dhash, picture.turned[0], picture.turned[1],
                                              picture.turned[2]};
    for (const std::uint64_t hash : hashes) {
      if (!rules::tells_apart(hash)) continue;
      const Bands b = bands_of(hash);
      if (auto done = take(
              db_->rows<Row>(q::kPhotosLike, b[0], b[1], b[2], b[3], b[4], notice.id, ledger.unit));
          !done)
        return done;
    }
  }
  // Most of what shares a band is another picture.
  std::erase_if(ledger.photos_elsewhere, [&](const rules::PhotoElsewhere& other) {
    return std::ranges::none_of(pictures, [&](const rules::Picture& picture) {
      return rules::picture_distance(picture, other.picture) <= rules::kLookalikeBits;
    });
  });
  return {};
}

}  // namespace baosong::daemon
