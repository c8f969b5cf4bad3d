#include "parsers/worker/read.hpp"

#include <exception>
#include <new>
#include <string>

#include "parsers/archive/entry_name.hpp"
#include "parsers/base/hash.hpp"
#include "parsers/base/limits.hpp"
#include "parsers/worker/mend.hpp"
#include "parsers/worker/sniff.hpp"
#include "parsers/worker/walk.hpp"

namespace baosong::parsers {
namespace {

bool is_mail(std::string_view bytes, std::string_view name, InputKind kind, Guide* guide) {
  if (kind == InputKind::kMail) return true;
  // What cannot even be looked at is a document that cannot be read.
  if (guide != nullptr && guide->enter()) return false;
  const Sniffed found = sniff(bytes, name);
  if (found.format == Format::kEml) return true;
  // Called a mail, and nothing else is known about it.
  return has_extension(name, ".eml") &&
         (found.format == Format::kText ||
          (found.format == Format::kUnknown && found.kind == Kind::kPlain));
}

void read_mail(std::string_view bytes, Reading& out, Guide* guide, TitleReader* titles) {
  out.is_mail = true;
  if (bytes.size() > limits::kMailBytes) {
    out.problems.emplace_back("mail larger than the limit: kept, not read");
    return;
  }
  if (!may_be_mail(bytes)) {
    out.problems.emplace_back(kNotAMail);
    return;
  }
  Walk(out, guide, titles).mail(bytes);
}

}  // namespace

Reading read(std::string_view bytes, std::string_view name, InputKind kind, Guide* guide,
             TitleReader* titles) {
  Reading out;
  out.sha256 = sha256_hex(bytes);
  out.size = bytes.size();
  try {
    if (is_mail(bytes, name, kind, guide)) {
      read_mail(bytes, out, guide, titles);
    } else {
      Walk(out, guide, titles).file(bytes, clean_path(name));
    }
  } catch (const std::bad_alloc&) {
    out.problems.emplace_back("out of memory: not read to the end");
  } catch (const std::exception& error) {
    out.problems.emplace_back(error.what());
  }
  mend_utf8(out);
  return out;
}

}  // namespace baosong::parsers
