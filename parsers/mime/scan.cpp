#include "parsers/mime/scan.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "parsers/base/limits.hpp"
#include "parsers/mime/ascii.hpp"
#include "parsers/mime/boundary.hpp"
#include "parsers/mime/decode.hpp"
#include "parsers/mime/part_name.hpp"
#include "parsers/mime/uuencode.hpp"

namespace baosong::parsers::mime {
namespace {

constexpr std::size_t kMostProblems = 50;
constexpr int kMostDecodedMails = 8;  // inner mails that were base64 encoded, one inside the other

bool is_mail_type(std::string_view type) {
  return type == "message/rfc822" || type == "message/global" || type == "message/news";
}

// Content-Type, -Disposition and so on of one header. Of several Content-Types a multipart that has
// a boundary is the useful one; of everything else the first counts.
struct MimeFields {
  Structured type, disposition;
  bool has_type = false, has_disposition = false, has_encoding = false;
  std::string_view encoding, content_id;
};

class Scanner {
 public:
  explicit Scanner(std::string_view mail) { sources_.push_back({mail, 0, 0}); }

  Scan run() {
    skip_envelope();
    open_part(-1, "text/plain", true);
    while (!sources_.empty()) {
      step();
    }
    return std::move(scan_);
  }

 private:
  // A buffer that is being scanned: the mail, or an inner mail that had to be decoded first.
  struct Source {
    std::string_view bytes;
    std::size_t at = 0;
    std::size_t floor = 0;  // levels below this belong to the source outside
  };

  std::string_view bytes() const { return sources_.back().bytes; }
  std::size_t& at() { return sources_.back().at; }
  std::size_t floor() const { return sources_.back().floor; }

  void problem(std::string text) {
    if (scan_.problems.size() < kMostProblems &&
        std::ranges::find(scan_.problems, text) == scan_.problems.end()) {
      scan_.problems.push_back(std::move(text));
    }
  }

  // A BOM, empty lines and the separator line of an mbox file are no part of the mail.
  void skip_envelope() {
    const std::string_view mail = bytes();
    if (mail.starts_with("\xEF\xBB\xBF")) at() = 3;
    skip_empty_lines();
    const std::string_view rest = mail.substr(at());
    if (rest.starts_with("From ") || rest.starts_with(">From ")) {
      const std::size_t end = mail.find_first_of("\r\n", at());
      at() = end == std::string_view::npos ? mail.size() : past_line_end(mail, end);
    }
  }
  void skip_empty_lines() {
    while (at() < bytes().size() && is_line_end(bytes()[at()])) ++at();
  }

  // To the next delimiter: ends the part that is open there and opens the one that follows.
  void step() {
    const std::string_view mail = bytes();
    std::size_t mark = mail.size();
    std::optional<Delimiter> found;
    if (levels_.size() > floor()) {
      for (mark = find_dashes(mail, at()); mark < mail.size(); mark = find_dashes(mail, mark + 2)) {
        if ((found = delimiter_at(mail, mark, levels_, floor()))) break;
      }
    }
    end_leaf(mark);
    if (sources_.back().bytes.data() != mail.data()) return;  // the leaf was a mail to be decoded
    at() = mark;
    if (!found) return end_source();
    close_levels(found->level + 1, mark);
    at() = found->next;
    Level& level = levels_[found->level];
    if (found->close) {
      level.closed = true;
      return;
    }
    if (level.closed) problem("a part stands behind the closing delimiter");
    const Part& parent = scan_.parts[static_cast<std::size_t>(level.part)];
    const bool digest = parent.type == "multipart/digest";
    open_part(level.part, digest ? "message/rfc822" : "text/plain", false);
  }

  void end_source() {
    close_levels(floor(), bytes().size());
    sources_.pop_back();
  }

  // A multipart in which no part was found is a leaf (DESIGN, section 7).
  void close_levels(std::size_t from, std::size_t end) {
    while (levels_.size() > from) {
      const Level& level = levels_.back();
      Part& part = scan_.parts[static_cast<std::size_t>(level.part)];
      part.body = range(part.body.data(), end);
      if (level.children == 0 && !level.dashes.empty()) {
        part.is_leaf = true;
        problem("a multipart without a part");
      } else if (!level.closed && !level.dashes.empty()) {
        problem("a multipart ends without its closing delimiter");
      }
      levels_.pop_back();
    }
  }

  std::string_view range(const char* begin, std::size_t end) const {
    const auto start = static_cast<std::size_t>(begin - bytes().data());
    return start >= end ? bytes().substr(start, 0) : bytes().substr(start, end - start);
  }

  // Adds the part whose header begins here and, while it is a container that holds a mail, the
  // mail.
  void open_part(std::int32_t parent, std::string_view default_type, bool is_mail) {
    for (bool more = true; more;) {
      if (scan_.parts.size() >= limits::kMimeParts) {
        problem("more than " + std::to_string(limits::kMimeParts) + " parts: the rest is left out");
        at() = bytes().size();
        levels_.resize(std::min(levels_.size(), floor()));
        return;
      }
      const auto index = static_cast<std::int32_t>(scan_.parts.size());
      scan_.parts.push_back(child_of(parent, is_mail));
      more = read_part(index, default_type);
      parent = index;
      default_type = "text/plain";
      is_mail = true;
    }
  }

  Part child_of(std::int32_t parent, bool is_mail) {
    Part part;
    part.parent = parent;
    part.path = "1";
    if (parent < 0) return part;
    const Part& above = scan_.parts[static_cast<std::size_t>(parent)];
    const auto number = is_mail ? 1 : ++levels_.back().children;
    part.path = above.path + "." + std::to_string(number);
    part.message = is_mail ? static_cast<std::int32_t>(scan_.parts.size()) : above.message;
    part.inside_message = is_mail || above.inside_message;
    return part;
  }

  // Reads a header. True when the part is a mail whose own header follows at once.
  bool read_part(std::int32_t index, std::string_view default_type) {
    Part& part = scan_.parts[static_cast<std::size_t>(index)];
    part.first_field = static_cast<std::uint32_t>(scan_.fields.size());
    const Header header = read_header(
        bytes(), at(),
        [this](std::size_t i) { return delimiter_at(bytes(), i, levels_, floor()).has_value(); },
        scan_.fields);
    part.field_count = static_cast<std::uint32_t>(scan_.fields.size()) - part.first_field;
    at() = header.body;
    if (header.cut)
      problem("a header over " + std::to_string(limits::kHeaderFields) + " fields or 1 MiB is cut");
    if (header.no_blank) problem("no empty line between header and body");
    part.body = bytes().substr(header.body);
    part.type = default_type;
    const bool has_type = interpret(part);
    leaf_ = index;
    if (header.at_delimiter) {
      // The delimiter stands where the body should begin: nothing belongs to this part.
      part.body = {};
      empty_ = true;
      return false;
    }
    empty_ = false;
    return open_container(part, index, has_type);
  }

  // Fills the fields of `part` out of its header. False when it has no usable Content-Type.
  bool interpret(Part& part) {
    const MimeFields found = mime_fields(scan_.header(part));
    if (found.type.cut || found.disposition.cut) problem("a field with too many parameters is cut");
    part.content_type = found.type;
    const std::string& type = found.type.value;
    if (type.find('/') != std::string::npos) {
      part.type = type;
    } else if (type == "multipart" ||
               (found.type.find("boundary") != nullptr && type.starts_with("mult"))) {
      part.type = "multipart/mixed";
    }
    part.disposition = found.disposition.value;
    part.name = part_name(found.type, found.disposition);
    part.encoding = parse_encoding(found.encoding);
    std::string_view id = trim_blanks(found.content_id);
    if (id.starts_with('<')) id.remove_prefix(1);
    if (id.ends_with('>')) id.remove_suffix(1);
    part.content_id = std::string(id);
    return !type.empty();
  }

  static MimeFields mime_fields(std::span<const Field> fields) {
    MimeFields found;
    for (const Field& field : fields) {
      if (to_lower(field.name[0]) != 'c') continue;
      if (iequals(field.name, "content-type")) {
        if (found.has_type && found.type.value.starts_with("multipart/")) continue;
        Structured type = parse_structured(field.value);
        if (found.has_type && !(type.value.starts_with("multipart/") && type.find("boundary")))
          continue;
        found.has_type = !type.value.empty();
        found.type = std::move(type);
      } else if (iequals(field.name, "content-disposition") && !found.has_disposition) {
        found.has_disposition = true;
        found.disposition = parse_structured(field.value);
      } else if (iequals(field.name, "content-transfer-encoding") && !found.has_encoding) {
        found.has_encoding = true;
        found.encoding = field.value;
      } else if (iequals(field.name, "content-id") && found.content_id.empty()) {
        found.content_id = field.value;
      }
    }
    return found;
  }

  bool open_container(Part& part, std::int32_t index, bool has_type) {
    const bool mail = is_mail_type(part.type);
    const std::optional<std::string> boundary = mail ? std::nullopt : boundary_of(part, has_type);
    if (!boundary && !(mail && part.encoding == Encoding::kIdentity)) return false;
    if (levels_.size() >= static_cast<std::size_t>(limits::kMimeDepth)) {
      problem("nested deeper than " + std::to_string(limits::kMimeDepth) + ": not taken apart");
      return false;
    }
    part.is_leaf = false;
    leaf_ = -1;
    levels_.push_back({index, boundary ? "--" + *boundary : "", 0, false});
    if (mail) skip_to_inner_mail();
    return mail;
  }

  // Empty lines before the inner header are skipped when a header does follow.
  void skip_to_inner_mail() {
    const std::size_t start = at();
    skip_empty_lines();
    if (!is_field_line(bytes().substr(at(), 300)) && !bytes().substr(at()).starts_with("From "))
      at() = start;
    const std::string_view rest = bytes().substr(at());
    if (rest.starts_with("From ") || rest.starts_with(">From ")) {
      const std::size_t end = bytes().find('\n', at());
      at() = end == std::string_view::npos ? bytes().size() : end + 1;
    }
  }

  std::optional<std::string> boundary_of(Part& part, bool has_type) {
    if (part.is_multipart()) {
      const std::string_view named = trim_blanks(part.content_type.get("boundary"));
      if (!named.empty()) return std::string(named);
      problem("a multipart without a boundary parameter");
      return guess_boundary(part.body);
    }
    // No Content-Type at all, and the body begins as the body of a multipart does.
    if (has_type || part.is_leaf == false) return std::nullopt;
    const std::size_t first = part.body.find_first_not_of("\r\n");
    if (first == std::string_view::npos || !part.body.substr(first).starts_with("--"))
      return std::nullopt;
    auto boundary = guess_boundary(part.body.substr(0, first + 400));
    if (boundary) {
      part.type = "multipart/mixed";
      problem("no Content-Type, but parts");
    }
    return boundary;
  }

  // The line break before a delimiter belongs to it (RFC 2046, section 5.1.1).
  void end_leaf(std::size_t mark) {
    if (leaf_ < 0) return;
    const std::int32_t index = std::exchange(leaf_, -1);
    Part& part = scan_.parts[static_cast<std::size_t>(index)];
    if (std::exchange(empty_, false)) return;
    std::size_t end = mark;
    if (mark < bytes().size()) {
      if (end > 0 && bytes()[end - 1] == '\n') --end;
      if (end > 0 && bytes()[end - 1] == '\r') --end;
    }
    part.body = range(part.body.data(), end);
    if (is_mail_type(part.type)) return open_encoded_mail(index, mark);
    if (part.type == "text/plain" && part.encoding == Encoding::kIdentity) add_uuencoded(index);
  }

  // RFC 2046, 5.2.1 forbids encoding a message/rfc822; some programs do it all the same.
  void open_encoded_mail(std::int32_t index, std::size_t mark) {
    if (scan_.parts[static_cast<std::size_t>(index)].encoding == Encoding::kIdentity) return;
    if (decoded_mails_ >= kMostDecodedMails ||
        levels_.size() >= static_cast<std::size_t>(limits::kMimeDepth)) {
      return problem("too many encoded inner mails: not taken apart");
    }
    ++decoded_mails_;
    at() = mark;
    Part& part = scan_.parts[static_cast<std::size_t>(index)];
    scan_.buffers.push_back(std::make_shared<const std::string>(decode_body(part)));
    part.is_leaf = false;
    sources_.push_back({*scan_.buffers.back(), 0, levels_.size() + 1});
    levels_.push_back({index, "", 0, false});
    skip_envelope();
    open_part(index, "text/plain", true);
  }

  // Files inside the text itself, as programs before MIME sent them: each becomes a leaf behind it.
  void add_uuencoded(std::int32_t index) {
    const std::string_view text = scan_.parts[static_cast<std::size_t>(index)].body;
    int number = 0;
    for (const UuBlock& block : find_uuencoded(text)) {
      if (scan_.parts.size() >= limits::kMimeParts) return;
      const Part& above = scan_.parts[static_cast<std::size_t>(index)];
      Part file;
      file.parent = index;
      file.path = above.path + "." + std::to_string(++number);
      file.message = above.message;
      file.inside_message = above.inside_message;
      file.type = "application/octet-stream";
      file.disposition = "attachment";
      Structured name;
      name.parameters.push_back({"filename", std::string(block.name), "", false});
      file.name = part_name({}, name);
      file.encoding = Encoding::kUuencode;
      file.body = block.block;
      scan_.parts.push_back(std::move(file));
    }
  }

  Scan scan_;
  std::vector<Source> sources_;
  std::vector<Level> levels_;
  std::int32_t leaf_ = -1;  // the leaf whose body is being passed, -1 between parts
  bool empty_ = false;      // ... and it has no body
  int decoded_mails_ = 0;
};

}  // namespace

Scan scan(std::string_view mail) { return Scanner(mail).run(); }

}  // namespace baosong::parsers::mime
