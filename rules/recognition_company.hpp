// Documents that say nothing themselves go where their mail goes: the second pass of recognition.
// Internal to rules/.
#pragma once

#include <string_view>
#include <vector>

#include "parsers/facts.hpp"
#include "rules/ledger.hpp"
#include "rules/recognition_words.hpp"

namespace baosong::rules {

// What the first pass made of a document. Settled without an item: none fits, and none is looked
// for.
struct Asked {
  Recognition recognition;
  bool settled = false;
};

// Steps of the path above the document, innermost first; views into the document.
std::vector<std::string_view> folders_of(const parsers::Document& document);

// Settles photos and texts that the first pass left open, by companions, by the words of the mail,
// by the batch that was open at `received`. `asked` has one row for each of reading.documents.
void keep_company(const Notice& notice, const ItemWords& words, const parsers::Reading& reading,
                  std::vector<Asked>& asked, Time received);

}  // namespace baosong::rules
