// Does the name of a photo say what the photo shows?
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rules/notice.hpp"

namespace baosong::rules {

enum class PhotoName : std::uint8_t {
  kFine,     // at least min_han 汉字 that say something
  kGeneric,  // 活动照片1, 朝阳区照片, reading
  kMachine,  // 微信图片_…, IMG_…, 1.jpg, 照片1, hashes, timestamps
};

// The words that say nothing about a scene: units and their aliases, `generic_words`, the words of
// cameras and chats. Built once for many names.
struct PhotoWords {
  std::vector<std::string> words;  // folded, longest first
  int min_han = 4;
};
PhotoWords photo_words(const Notice& notice, const std::vector<std::string>& generic_words,
                       int min_han);
// With the words that photo.name-generic (else photo.name-machine) has for the item.
PhotoWords photo_words(const Notice& notice, const Item* item);

// `file_name` may hold folders; they are not looked at. Copy suffixes, dates, digits and `words`
// are taken away; what is left is counted. A machine's prefix before a telling name does no harm.
PhotoName judge_photo_name(std::string_view file_name, const PhotoWords& words);

}  // namespace baosong::rules
