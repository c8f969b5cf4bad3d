// fuzz-replay TARGET FOLDER...: gives every file below the folders to one of the fuzz targets, so
// that the ordinary builds and their sanitizers see what the fuzzers found.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>
#include <vector>

extern "C" {
#define TARGET(name) int fuzz_##name(const std::uint8_t* data, std::size_t size);
#include "targets.inc"
#undef TARGET
}

namespace {

struct Row {
  std::string_view name;
  int (*run)(const std::uint8_t* data, std::size_t size);
};
constexpr Row kTargets[] = {
#define TARGET(name) {#name, &fuzz_##name},
#include "targets.inc"
#undef TARGET
};

std::size_t replay(const Row& target, const std::filesystem::path& folder) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    // Of this size and no more, so that a sanitizer sees a read beyond the end.
    const std::vector<char> read((std::istreambuf_iterator<char>(file)), {});
    const std::vector<std::uint8_t> bytes(read.begin(), read.end());
    std::printf("%s\n", entry.path().c_str());
    std::fflush(stdout);
    target.run(bytes.data(), bytes.size());
    ++count;
  }
  return count;
}

}  // namespace

int main(int argc, char** argv) {
  for (const Row& target : kTargets) {
    if (argc < 3 || target.name != argv[1]) continue;
    for (int i = 2; i < argc; ++i) {
      if (replay(target, argv[i]) == 0) {
        std::fprintf(stderr, "fuzz-replay: %s holds no file\n", argv[i]);
        return 1;
      }
    }
    return 0;
  }
  std::fputs("usage: fuzz-replay TARGET FOLDER...\n", stderr);
  return 2;
}
