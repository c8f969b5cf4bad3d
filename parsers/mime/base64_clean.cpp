// The inner loops of base64: groups of four characters of the alphabet, nothing else.
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include <array>
#include <cstdint>
#include <cstring>

#include "parsers/mime/base64.hpp"

namespace baosong::parsers::mime::detail {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint32_t kBad = 0x80000000U;

// Four tables, one for each place in a group, hold the six bits where the little-endian answer
// wants them: the group is the OR of four look-ups.
struct Tables {
  std::array<std::array<std::uint32_t, 256>, 4> place{};
};
constexpr Tables make_tables() {
  Tables t;
  for (auto& table : t.place) table.fill(kBad);
  for (std::uint32_t v = 0; v < 64; ++v) {
    const auto c = static_cast<unsigned char>(kAlphabet[v]);
    const auto bytes = [](std::uint32_t triple) {
      return (triple >> 16U & 0xFFU) | (triple & 0xFF00U) | (triple & 0xFFU) << 16U;
    };
    t.place[0][c] = bytes(v << 18U);
    t.place[1][c] = bytes(v << 12U);
    t.place[2][c] = bytes(v << 6U);
    t.place[3][c] = bytes(v);
  }
  return t;
}
constexpr Tables kTables = make_tables();

#if defined(__x86_64__)
// 32 characters -> 24 bytes, after Muła and Lemire, "Faster Base64 Encoding and Decoding Using AVX2
// Instructions" (2018): classify by nibbles, add the offset of the class, pack with multiply-add.
__attribute__((target("avx2"))) void clean_avx2(const char*& from, const char* end, char*& to) {
  const __m256i low_lut =
      _mm256_setr_epi8(0x15, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x13, 0x1A, 0x1B,
                       0x1B, 0x1B, 0x1A, 0x15, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11,
                       0x13, 0x1A, 0x1B, 0x1B, 0x1B, 0x1A);
  const __m256i high_lut =
      _mm256_setr_epi8(0x10, 0x10, 0x01, 0x02, 0x04, 0x08, 0x04, 0x08, 0x10, 0x10, 0x10, 0x10, 0x10,
                       0x10, 0x10, 0x10, 0x10, 0x10, 0x01, 0x02, 0x04, 0x08, 0x04, 0x08, 0x10, 0x10,
                       0x10, 0x10, 0x10, 0x10, 0x10, 0x10);
  const __m256i roll_lut =
      _mm256_setr_epi8(0, 16, 19, 4, -65, -65, -71, -71, 0, 0, 0, 0, 0, 0, 0, 0, 0, 16, 19, 4, -65,
                       -65, -71, -71, 0, 0, 0, 0, 0, 0, 0, 0);
  const __m256i pack = _mm256_setr_epi8(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1, 2,
                                        1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1);
  const __m256i slash = _mm256_set1_epi8(0x2F);
  while (end - from >= 32) {
    __m256i in;
    std::memcpy(&in, from, sizeof in);
    const __m256i high_nibbles = _mm256_and_si256(_mm256_srli_epi32(in, 4), slash);
    const __m256i low = _mm256_shuffle_epi8(low_lut, _mm256_and_si256(in, slash));
    const __m256i high = _mm256_shuffle_epi8(high_lut, high_nibbles);
    if (_mm256_testz_si256(low, high) == 0) return;
    const __m256i roll =
        _mm256_shuffle_epi8(roll_lut, _mm256_add_epi8(_mm256_cmpeq_epi8(in, slash), high_nibbles));
    const __m256i six = _mm256_add_epi8(in, roll);
    const __m256i twelve = _mm256_maddubs_epi16(six, _mm256_set1_epi32(0x01400140));
    const __m256i triple = _mm256_madd_epi16(twelve, _mm256_set1_epi32(0x00011000));
    __m256i out = _mm256_shuffle_epi8(triple, pack);
    out = _mm256_permutevar8x32_epi32(out, _mm256_setr_epi32(0, 1, 2, 4, 5, 6, -1, -1));
    std::memcpy(to, &out, sizeof out);
    from += 32;
    to += 24;
  }
}
#endif

}  // namespace

void decode_clean_scalar(const char*& from, const char* end, char*& to) {
  const auto byte = [](const char* p) { return static_cast<unsigned char>(*p); };
  while (end - from >= 4) {
    const std::uint32_t group = kTables.place[0][byte(from)] | kTables.place[1][byte(from + 1)] |
                                kTables.place[2][byte(from + 2)] | kTables.place[3][byte(from + 3)];
    if (group >= kBad) return;
    std::memcpy(to, &group, sizeof group);
    from += 4;
    to += 3;
  }
}

bool decode_clean_avx2(const char*& from, const char* end, char*& to) {
#if defined(__x86_64__)
  static const bool available = __builtin_cpu_supports("avx2") != 0;
  if (available) clean_avx2(from, end, to);
  return available;
#else
  static_cast<void>(from), static_cast<void>(end), static_cast<void>(to);
  return false;
#endif
}

}  // namespace baosong::parsers::mime::detail
