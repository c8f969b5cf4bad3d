#include "parsers/pdf/signature.hpp"

#define POINTERHOLDER_TRANSITION 4  // only std::shared_ptr; without it the header warns
#include <exception>
#include <new>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace baosong::parsers {
namespace {

constexpr std::size_t kMostFields = 10'000;

bool is_signed(QPDFObjectHandle field) {
  QPDFObjectHandle value = field.getKey("/V");
  return value.isDictionary() && value.hasKey("/ByteRange");
}

// The kind of a field is inherited from its parents; so is its value.
struct Pending {
  QPDFObjectHandle field;
  bool signature;
};

}  // namespace

bool has_signature(std::string_view bytes) {
  // A signature says which bytes it covers, so its dictionary cannot lie in a compressed stream:
  // without this name in the plain bytes there is none, and qpdf need not be asked.
  if (bytes.find("/ByteRange") == std::string_view::npos) return false;
  try {
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    pdf.processMemoryFile("mail", bytes.data(), bytes.size());
    QPDFObjectHandle form = pdf.getRoot().getKey("/AcroForm");
    if (!form.isDictionary()) return false;
    std::vector<Pending> work;
    const auto push = [&](QPDFObjectHandle list, bool signature) {
      if (!list.isArray()) return;
      for (int i = 0; i < list.getArrayNItems(); ++i)
        work.push_back({list.getArrayItem(i), signature});
    };
    push(form.getKey("/Fields"), false);
    std::set<QPDFObjGen> seen;
    for (std::size_t steps = 0; !work.empty() && steps < kMostFields; ++steps) {
      Pending next = std::move(work.back());
      work.pop_back();
      if (!next.field.isDictionary()) continue;
      if (next.field.isIndirect() && !seen.insert(next.field.getObjGen()).second) continue;
      QPDFObjectHandle type = next.field.getKey("/FT");
      const bool signature = type.isName() ? type.getName() == "/Sig" : next.signature;
      if (signature && is_signed(next.field)) return true;
      push(next.field.getKey("/Kids"), signature);
    }
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception&) {
    // Damage is for poppler to report; a file that qpdf cannot read has no signature to show.
  }
  return false;
}

}  // namespace baosong::parsers
