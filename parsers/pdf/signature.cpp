#include "parsers/pdf/signature.hpp"

#include <qpdf/qpdf-c.h>

#include <set>
#include <utility>
#include <vector>

namespace baosong::parsers {
namespace {

constexpr std::size_t kMostFields = 10'000;

// qpdf through its C interface: it turns every exception into an error code, and its C++ headers do
// not compile with clang in C++20. Handles of objects are freed with the document.
class Qpdf {
 public:
  Qpdf() : data_(qpdf_init()) {
    qpdf_silence_errors(data_);
    qpdf_set_suppress_warnings(data_, QPDF_TRUE);
  }
  ~Qpdf() {
    // An error that nobody asked for would be printed.
    if (qpdf_has_error(data_) != QPDF_FALSE) qpdf_get_error(data_);
    qpdf_cleanup(&data_);
  }
  Qpdf(const Qpdf&) = delete;
  Qpdf& operator=(const Qpdf&) = delete;

  bool open(std::string_view bytes) {
    const auto status =
        static_cast<unsigned>(qpdf_read_memory(data_, "mail", bytes.data(), bytes.size(), nullptr));
    return (status & unsigned{QPDF_ERRORS}) == 0;
  }
  qpdf_oh root() { return qpdf_get_root(data_); }
  qpdf_oh key(qpdf_oh dictionary, const char* name) {
    return qpdf_oh_get_key(data_, dictionary, name);
  }
  bool has_key(qpdf_oh dictionary, const char* name) {
    return qpdf_oh_has_key(data_, dictionary, name) != QPDF_FALSE;
  }
  bool is_dictionary(qpdf_oh object) { return qpdf_oh_is_dictionary(data_, object) != QPDF_FALSE; }
  bool is_name(qpdf_oh object) { return qpdf_oh_is_name(data_, object) != QPDF_FALSE; }
  std::string_view name(qpdf_oh object) { return qpdf_oh_get_name(data_, object); }
  // 0 for what stands in the place where it is used.
  int number(qpdf_oh object) { return qpdf_oh_get_object_id(data_, object); }
  int size(qpdf_oh object) {
    const bool is_array = qpdf_oh_is_array(data_, object) != QPDF_FALSE;
    return is_array ? qpdf_oh_get_array_n_items(data_, object) : 0;
  }
  qpdf_oh item(qpdf_oh array, int at) { return qpdf_oh_get_array_item(data_, array, at); }

 private:
  qpdf_data data_;
};

// The kind of a field is inherited from its parents.
struct Pending {
  qpdf_oh field;
  bool signature;
};

}  // namespace

bool has_signature(std::string_view bytes) {
  // A signature says which bytes it covers, so its dictionary cannot lie in a compressed stream:
  // without this name in the plain bytes there is none, and qpdf need not be asked.
  if (bytes.find("/ByteRange") == std::string_view::npos) return false;
  Qpdf pdf;
  // Damage is for poppler to report; a file that qpdf cannot read has no signature to show.
  if (!pdf.open(bytes)) return false;
  const qpdf_oh root = pdf.root();
  if (!pdf.is_dictionary(root)) return false;
  const qpdf_oh form = pdf.key(root, "/AcroForm");
  if (!pdf.is_dictionary(form)) return false;
  std::vector<Pending> work;
  const auto push = [&](qpdf_oh list, bool signature) {
    const int count = pdf.size(list);
    for (int i = 0; i < count && work.size() < kMostFields; ++i) {
      work.push_back({pdf.item(list, i), signature});
    }
  };
  push(pdf.key(form, "/Fields"), false);
  std::set<int> seen;
  for (std::size_t steps = 0; !work.empty() && steps < kMostFields; ++steps) {
    const Pending next = work.back();
    work.pop_back();
    if (!pdf.is_dictionary(next.field)) continue;
    const int number = pdf.number(next.field);
    if (number != 0 && !seen.insert(number).second) continue;
    const qpdf_oh type = pdf.key(next.field, "/FT");
    const bool signature = pdf.is_name(type) ? pdf.name(type) == "/Sig" : next.signature;
    const qpdf_oh value = pdf.key(next.field, "/V");
    if (signature && pdf.is_dictionary(value) && pdf.has_key(value, "/ByteRange")) return true;
    push(pdf.key(next.field, "/Kids"), signature);
  }
  return false;
}

}  // namespace baosong::parsers
