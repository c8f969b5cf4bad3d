// An OPC package (ISO/IEC 29500-2): the zip that a docx or xlsx is. Part names are compared as
// lower-case paths without a leading slash.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/facts.hpp"
#include "parsers/word/xml.hpp"

namespace baosong::parsers {

struct Relationship {
  std::string id;
  std::string type;    // last step of the type URI: "officeDocument", "styles", "image" …
  std::string target;  // part name, resolved; empty for what lies outside the package
};

class Package {
 public:
  // `bytes` must live as long as the package. Reads the relationship parts at once.
  explicit Package(std::string_view bytes);

  // Of one part; those of the package itself for "".
  [[nodiscard]] const std::vector<Relationship>& relationships(const std::string& part) const;
  // The target of the first relationship of that type; empty when there is none.
  [[nodiscard]] std::string target(const std::string& part, std::string_view type) const;

  // One walk over the parts: `wanted` returns what shall receive the bytes of a part, or null to
  // skip it. Stops at a trouble. Several walks share one budget of streamed bytes.
  using Sink = std::function<bool(std::string_view)>;
  void walk(std::size_t part_cap, const std::function<Sink(const std::string& part)>& wanted);

  // Streams the named parts through their handlers; returns those that were there.
  std::set<std::string> parse(const std::map<std::string, XmlHandler*>& parts,
                              std::size_t part_cap);

  [[nodiscard]] Trouble trouble() const { return trouble_; }
  [[nodiscard]] const std::string& detail() const { return detail_; }
  void fail(Trouble trouble, std::string detail);  // keeps the first

 private:
  std::string_view bytes_;
  std::size_t bytes_left_;
  std::map<std::string, std::vector<Relationship>> relationships_;
  Trouble trouble_ = Trouble::kNone;
  std::string detail_;
};

}  // namespace baosong::parsers
