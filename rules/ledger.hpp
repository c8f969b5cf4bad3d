// All that a unit has sent for a notice, in order. The input of evaluate().
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "parsers/facts.hpp"
#include "rules/notice.hpp"

namespace baosong::rules {

// Which item a document is for, and why we think so.
struct Recognition {
  std::string item;  // item id; empty when no item fits
  std::vector<std::string>
      also;  // further items that the same file holds (Q4: all annexes in one docx)
  // "title", "table-heads", "file-name", "folder-name", "content", "companions", "open-batch",
  // "elimination" (decided by evaluate()), or empty
  std::string why;
  bool certain = false;  // title or table heads: a later guess does not move it
};

struct LedgerDocument {
  parsers::Document document;
  Recognition recognition;
};

// 无推荐: the unit says that it nominates nobody for an item.
struct NilStatement {
  std::string item;
  std::string text;  // the sentence it was read from
};

struct LedgerMail {
  std::string sha256;  // of the raw mail; its identity
  std::string message_id;
  std::string subject;
  std::string from;
  Time received{};
  std::vector<LedgerDocument> documents;
  std::vector<NilStatement> nil_statements;
};

enum class ItemState : std::uint8_t {
  kMissing,
  kPartial,
  kNeedsCorrection,
  kComplete,
  kLate,
  kNoneToNominate,
  kNeedsStaff,
  kNotRequired,
  kSetByStaff,
};
inline constexpr std::array<std::string_view, 9> kItemStateNames{
    "missing",          "partial",     "needs-correction", "complete",    "late",
    "none-to-nominate", "needs-staff", "not-required",     "set-by-staff"};
constexpr std::string_view name_of(ItemState s) {
  return kItemStateNames[static_cast<std::size_t>(s)];
}

// What staff decided about an item (Q21: handed in on paper, waived …).
struct StaffMark {
  std::string item;
  ItemState state = ItemState::kSetByStaff;
  std::string why;
  Time at{};
};

// A picture by its looks: what is compared when the bytes differ.
struct Picture {
  std::string sha256;
  bool measured = false;
  std::uint64_t dhash = 0;
  std::array<std::uint64_t, 3> turned{};  // see parsers::PhotoFacts
};
Picture picture_of(const parsers::Document& photo);
// The photos that a document holds: an image is one, a Word may have some; logos are left out.
std::vector<Picture> pictures_in(const parsers::Document& document);

// A photo that counts for another unit or counted in another notice, and may be one of this ledger.
struct PhotoElsewhere {
  std::string notice, unit;
  Picture picture;
  Time received{};
};

struct Ledger {
  std::string unit;
  std::vector<LedgerMail> mails;  // by received time, then by sha256
  std::vector<StaffMark> marks;   // the last one for an item counts
  // Whoever fills the ledger looks them up: kLookalikeBits and less apart, or the same bytes.
  std::vector<PhotoElsewhere> photos_elsewhere;
};

}  // namespace baosong::rules
