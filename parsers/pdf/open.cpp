#include "parsers/pdf/open.hpp"

#include <poppler-global.h>

#include <limits>

namespace baosong::parsers {
namespace {

void silence_poppler() {
  static const bool kDone = [] {
    poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
    return true;
  }();
  static_cast<void>(kDone);
}

}  // namespace

std::unique_ptr<poppler::document> open_pdf(std::string_view bytes) {
  silence_poppler();
  if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return nullptr;
  return std::unique_ptr<poppler::document>(
      poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
}

}  // namespace baosong::parsers
