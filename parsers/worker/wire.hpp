// A Reading as bytes, so that it can cross a pipe and lie in the store. The frame starts with a
// magic number and a version; every count is checked against the bytes that are left, so a hostile
// frame costs no more memory than its own size times a constant.
#pragma once

#include <string>
#include <string_view>

#include "parsers/base/result.hpp"
#include "parsers/facts.hpp"
#include "parsers/mime/parts.hpp"

namespace baosong::parsers {

inline constexpr std::uint16_t kWireVersion = 3;

// How every frame of a Reading begins that this version writes.
std::string reading_head();

std::string encode(const Reading& reading);
Result<Reading> decode_reading(std::string_view frame);

std::string encode(const Document& document);
Result<Document> decode_document(std::string_view frame);

std::string encode(const mime::PartList& parts);
Result<mime::PartList> decode_parts(std::string_view frame);

}  // namespace baosong::parsers
