// Which charset the bytes of an RTF text are in: that of the font, else that of the document.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

namespace baosong::parsers::word {

inline constexpr int kNoCodepage = 0;

// \fcharsetN (the numbers of Windows) -> code page; kNoCodepage when it says nothing.
int codepage_of_charset(int charset);

// Two bytes a character: a byte of 0x81 and above begins a pair.
bool is_double_byte(int codepage);

class RtfFonts {
 public:
  void document(int codepage) { document_ = codepage; }  // \ansicpg, \mac, \pc, \pca
  [[nodiscard]] int document() const { return document_; }
  void font(int number, int codepage);

  // Of text in `font`, or in `east_asian`, the font that \dbch names for such characters (-1:
  // none). A Western font says nothing about bytes that are East Asian pairs: programs leave
  // Chinese text in one.
  [[nodiscard]] int codepage(int font, int east_asian) const;
  [[nodiscard]] std::string decode(std::string_view bytes, int font, int east_asian) const;

 private:
  [[nodiscard]] int of(int font) const;

  std::unordered_map<int, int> fonts_;
  int document_ = 1252;
};

}  // namespace baosong::parsers::word
