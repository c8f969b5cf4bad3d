# Script half of baosong_embed: writes one header and one source with every file as a char array.
file(WRITE "${HEADER}.new" "// Generated from files of the source tree.
#pragma once
#include <span>
#include <string_view>
namespace baosong::embedded {
#ifndef BAOSONG_EMBEDDED_FILE
#define BAOSONG_EMBEDDED_FILE
struct File {
  std::string_view name;
  std::string_view text;
};
#endif
extern const std::span<const File> ${NAME};
}  // namespace baosong::embedded
")
set(out "#include \"${INCLUDE}\"\nnamespace baosong::embedded {\nnamespace {\n")
set(rows "")
set(i 0)
foreach(file IN LISTS FILES)
  get_filename_component(base "${file}" NAME)
  file(READ "${file}" hex HEX)
  string(LENGTH "${hex}" digits)
  math(EXPR bytes "${digits} / 2")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," hex "${hex}")
  string(APPEND out "const char kFile${i}[] = {${hex}'\\0'};\n")
  string(APPEND rows "    {\"${base}\", {kFile${i}, ${bytes}}},\n")
  math(EXPR i "${i} + 1")
endforeach()
string(APPEND out "const File kFiles[] = {\n${rows}};\n}  // namespace\nconst std::span<const File> ${NAME}{kFiles};\n}  // namespace baosong::embedded\n")
file(WRITE "${SOURCE}.new" "${out}")
file(RENAME "${HEADER}.new" "${HEADER}")
file(RENAME "${SOURCE}.new" "${SOURCE}")
