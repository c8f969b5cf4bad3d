// Config text of any kind gives a notice or faults, never a crash or an exception. The first byte
// says which of the three files the rest stands for.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "rules/load.hpp"

namespace {

constexpr std::string_view kNotice =
    "id = \"n\"\ntitle = \"t\"\ncall = \"c\"\nyear = 2022\nmailbox = \"a@b\"\nzone = \"UTC\"\n"
    "contact = \"c\"\nsignature = []\n[[batches]]\nid = \"b\"\nname = \"b\"\ndeadline = "
    "2022-10-25\n"
    "[[items]]\nid = \"i\"\nname = \"i\"\nbatch = \"b\"\nkind = \"text\"\nword = true\ntitles = "
    "[\"t\"]\n";
constexpr std::string_view kUnits =
    "[[units]]\nid = \"u\"\nname = \"u\"\nformal = \"u\"\nkind = \"zone\"\nstrong = [\"u\"]\n";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string text(data + 1, data + size);
  baosong::rules::NoticeFiles files{{"notice.toml", std::string(kNotice)},
                                    {"units.toml", std::string(kUnits)},
                                    {"findings.toml", ""}};
  auto& file = data[0] % 3 == 0 ? files.notice : data[0] % 3 == 1 ? files.units : files.findings;
  file.text = text;
  const auto loaded = baosong::rules::load_notice(files);
  for (const auto& fault : loaded.faults) {
    if (baosong::rules::to_text(fault).empty() || fault.wrong.empty()) std::abort();
  }
  return 0;
}
