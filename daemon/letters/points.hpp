// What a letter has to say, before it is put into words: gathered from the standing and the
// decision, sorted, alike points joined, and without what is not this reader's business.
#pragma once

#include <string>
#include <vector>

#include "daemon/letters/letter.hpp"

namespace baosong::daemon {

struct Received {
  std::string item, files, state;
  bool settled = false;
};
struct Point {
  std::string item;  // name; empty when no item is meant
  std::string text;
};
struct Outstanding {
  const rules::Batch* batch = nullptr;
  std::vector<std::string> items;
};

struct Points {
  std::vector<Received> received;        // items of which something came, in the notice's order
  std::vector<Point> wanted;             // findings of severity error
  std::vector<Point> hints;              // advice about what this mail brought
  std::vector<std::string> for_staff;    // names of files that no item fits
  std::vector<Outstanding> outstanding;  // nothing came yet, batch by batch
  std::vector<const rules::Batch*> wanted_batches;  // of `wanted`
  std::vector<const rules::Batch*>
      touched_batches;  // of the items that this mail brought something for
  std::vector<const rules::Batch*> late_batches;  // of these, closed before the mail came
  int settled = 0;                                // items that need nothing more
  int files = 0;                                  // documents of the mail
  int duplicates = 0;                             // of these, bytes that had come before
  bool all_settled = false;                       // every item of the touched batches is
  bool earlier_only = false;                      // what is wanted is about earlier mails alone
  bool by_staff = false;                          // staff look at something of this mail first
  bool only_unreadable = false;  // every error about this mail: a file that cannot be opened
  bool only_cloud = false;       // every error about this mail: a link instead of a file
};

Points gather(const LetterInput& input);

// Joins findings of one rule and item that differ only in the name of the file:
// “a.jpg”… and “b.jpg”… become “a.jpg”、“b.jpg”…. Keeps the order of the first of each group.
std::vector<rules::Finding> join_alike(const std::vector<rules::Finding>& findings);

}  // namespace baosong::daemon
