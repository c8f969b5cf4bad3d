// What evaluate() works with between the ledger and the standing. Internal to rules/standing*.cpp,
// pairing.cpp and versions.cpp. Pointers go into the ledger and the notice, which outlive the work.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/checks/check.hpp"
#include "rules/standing.hpp"

namespace baosong::rules::work {

// A document of the ledger with the items it was settled for.
struct Entry {
  const LedgerMail* mail = nullptr;
  const LedgerDocument* row = nullptr;
  std::size_t mail_order = 0;
  std::vector<const Item*> items;  // the main one first; empty: none
  std::string why;
  const Entry* earlier = nullptr;  // the first document with the same bytes
  const Item* scanned = nullptr;   // a scan: the paper whose title a program read on it
  std::uint32_t confidence = 0;    // the program's own, 0 to 100

  const parsers::Document& document() const { return row->document; }
  bool is_for(const Item& item) const;
};

// Several versions of one thing: mail by mail, and within a mail the one that calls itself final
// last.
struct Rank {
  std::size_t mail = 0;
  bool final = false;
  auto operator<=>(const Rank&) const = default;
};

// What became of a document within its item; the greatest wins when it serves several slots.
enum class Fate : std::uint8_t {
  kLoose,     // in no version of anything; what is found on it is said as it is
  kReplaced,  // a later valid version took its place: nothing is said any more
  kSoftened,  // faulty, but something valid is there: its errors become warnings
  kCurrent,   // part of the version that counts
};

// An entry as one item sees it.
struct Candidate {
  const Entry* entry = nullptr;
  Half half = Half::kWord;
  Rank rank;
  Findings findings;    // of the document checks
  bool faulty = false;  // one of them is an error
  bool broken = false;  // its content is unknown: unreadable, locked, disguised, of another kind
  bool unread = false;  // taken, but nobody could read its text
  Fate fate = Fate::kLoose;
  std::string nominee;

  bool valid() const { return !faulty && !broken; }
  const parsers::Document& document() const { return entry->document(); }
  const parsers::WordFacts* word() const {
    return std::get_if<parsers::WordFacts>(&document().facts);
  }
  const parsers::PdfFacts* pdf() const { return std::get_if<parsers::PdfFacts>(&document().facts); }
};
using Candidates = std::vector<Candidate>;
using Places = std::vector<std::size_t>;  // indexes of Candidates

// One thing that an item asks for: a nomination, a table, a text. Its Words and PDFs, all versions.
struct Slot {
  std::string nominee;  // as the form names it; may be empty
  Places words;
  Places pdfs;
  int worth = 1;  // texts it holds: two cases may stand in one file
};

// What became of one item.
struct ItemWork {
  const Item* item = nullptr;
  Candidates candidates;
  std::vector<Slot> slots;
  int lacking_pdfs = 0;  // slots with a Word and no PDF of any kind
  Findings findings;     // about the item as a whole
  bool touched = false;  // something came for it, or was said about it
  bool wanting = false;  // count or a half is short
  bool staff = false;    // only people can tell
  int have = 0, want = 0;
  int came = 0;  // photos, readable or not
  std::string note;
  ItemState state = ItemState::kMissing;
};

// Every document of the mails in order, photos settled, scans by elimination not yet.
std::vector<Entry> gather(const Notice& notice, std::span<const LedgerMail* const> mails);

// All items of a ledger, weighed together: scans settled by elimination, tables held against forms,
// nil statements and staff's marks heard. States are final but for lateness.
struct Weighed {
  std::vector<Entry> entries;
  std::vector<ItemWork> items;  // in the notice's order
};
Weighed weigh(const Notice& notice, const Ledger& ledger, std::span<const LedgerMail* const> mails);

// The parts of weigh(). `unsure_scans`: a scan that nobody can place may hold the PDFs that are
// wanting.
ItemWork weigh_papers(const Notice& notice, const std::string& unit, const Item& item,
                      std::span<const Entry> entries, bool unsure_scans);
ItemWork weigh_photos(const Notice& notice, const Item& item, std::span<const Entry> entries);
// item.count and photo.embedded-only; `text` is the item whose Word may hold the photos, or null.
void count_photos(const Notice& notice, ItemWork& photos, const ItemWork* text);
void find_photo_duplicates(const Notice& notice, ItemWork& photos, std::span<const Entry> entries);
void find_reused_photos(const Notice& notice, const Ledger& ledger, std::vector<ItemWork>& items);
// table.rows-mismatch, when both the table and its forms are in.
void compare_rows(const Notice& notice, ItemWork& table, const ItemWork& forms);
// A summary table that says 无 and nothing else.
bool says_nil(const ItemWork& table);

// Candidates of an item: one for each different content, under its best name. Checks have run.
Candidates candidates_for(const Notice& notice, const Item& item, std::span<const Entry> entries);

bool is_scan(const parsers::Document& document);  // a readable PDF without a text layer
ItemWork* find(std::vector<ItemWork>& items, std::string_view id);

}  // namespace baosong::rules::work
