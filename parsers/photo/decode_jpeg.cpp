// jpeglib.h uses FILE and size_t without including what declares them.
// clang-format off
#include <cstddef>
#include <cstdio>
#include <jerror.h>
#include <jpeglib.h>
// clang-format on

#include <algorithm>
#include <array>
#include <csetjmp>
#include <memory>
#include <span>
#include <vector>

#include "parsers/base/limits.hpp"
#include "parsers/photo/decode.hpp"

namespace baosong::parsers {
namespace {

// Coefficients of a progressive file are held whole: this is what libjpeg may take for them.
constexpr long kDecoderBytes = 96L * 1024 * 1024;
// Real progressive files have about ten scans; thousands are a way to burn time.
constexpr int kMostScans = 64;

// libjpeg reports by callbacks and leaves by longjmp: between setjmp and longjmp no C++ object may
// be created, so everything the decoding needs lives in here and is made before.
struct Decoder {
  jpeg_decompress_struct info;
  jpeg_error_mgr errors;
  jpeg_progress_mgr progress;
  std::jmp_buf leave;
  std::array<char, JMSG_LENGTH_MAX> fault;
  bool broken;
};

Decoder& decoder_of(j_common_ptr info) { return *static_cast<Decoder*>(info->client_data); }

void note_fault(j_common_ptr info) {
  Decoder& decoder = decoder_of(info);
  if (decoder.broken) return;
  decoder.broken = true;
  info->err->format_message(info, decoder.fault.data());
}

[[noreturn]] void on_error(j_common_ptr info) {
  note_fault(info);
  std::longjmp(decoder_of(info).leave, 1);
}

void on_message(j_common_ptr info, int level) {
  // Bytes between segments are harmless and common; every other warning means lost picture data,
  // and what follows is grey anyway.
  if (level < 0 && info->err->msg_code != JWRN_EXTRANEOUS_DATA) on_error(info);
}

void on_progress(j_common_ptr info) {
  const auto& scans = *reinterpret_cast<j_decompress_ptr>(info);
  if (scans.input_scan_number > kMostScans) ERREXIT(info, JERR_BAD_PROGRESSION);
}

unsigned denominator_for(std::size_t longest) {
  for (const unsigned denominator : {8U, 4U, 2U}) {
    if (longest / denominator >= kMeasuredSide) return denominator;
  }
  return 1;
}

void to_grey(const JSAMPLE* row, int components, bool inverted, std::span<std::uint8_t> out) {
  if (components == 1) {
    std::copy_n(row, out.size(), out.begin());
    return;
  }
  // CMYK. Adobe stores it inverted, so 255 is no ink.
  for (std::size_t x = 0; x < out.size(); ++x) {
    const JSAMPLE* ink = row + 4 * x;
    unsigned light = 0;
    for (int i = 0; i < 3; ++i) light += inverted ? ink[i] : 255U - ink[i];
    const unsigned black = inverted ? ink[3] : 255U - ink[3];
    out[x] = static_cast<std::uint8_t>(light * black / (3U * 255U));
  }
}

// Reads the header; false on damage.
bool open(Decoder& d, std::string_view bytes) {
  if (setjmp(d.leave) != 0) return false;
  jpeg_create_decompress(&d.info);
  d.info.mem->max_memory_to_use = kDecoderBytes;
  d.info.progress = &d.progress;
  jpeg_mem_src(&d.info, reinterpret_cast<const unsigned char*>(bytes.data()),
               static_cast<unsigned long>(bytes.size()));
  return jpeg_read_header(&d.info, TRUE) == JPEG_HEADER_OK;
}

bool start(Decoder& d) {
  if (setjmp(d.leave) != 0) return false;
  const bool cmyk = d.info.jpeg_color_space == JCS_CMYK || d.info.jpeg_color_space == JCS_YCCK;
  d.info.out_color_space = cmyk ? JCS_CMYK : JCS_GRAYSCALE;
  d.info.scale_num = 1;
  d.info.scale_denom = denominator_for(std::max(d.info.image_width, d.info.image_height));
  return jpeg_start_decompress(&d.info) != FALSE;
}

bool read_row(Decoder& d, JSAMPLE* row) {
  if (setjmp(d.leave) != 0) return false;
  JSAMPROW rows[1] = {row};
  return jpeg_read_scanlines(&d.info, rows, 1) == 1;
}

bool finish(Decoder& d) {
  if (setjmp(d.leave) != 0) return false;
  return jpeg_finish_decompress(&d.info) != FALSE;
}

// What a progressive file makes libjpeg hold: two bytes a coefficient of every component.
std::size_t held_bytes(const jpeg_decompress_struct& info) {
  if (info.progressive_mode == FALSE) return 0;
  std::size_t sum = 0;
  for (int i = 0; i < info.num_components; ++i) {
    const auto& part = info.comp_info[i];
    sum += std::size_t{2} * info.image_width * static_cast<unsigned>(part.h_samp_factor) /
           static_cast<unsigned>(std::max(info.max_h_samp_factor, 1)) * info.image_height *
           static_cast<unsigned>(part.v_samp_factor) /
           static_cast<unsigned>(std::max(info.max_v_samp_factor, 1));
  }
  return sum;
}

struct Destroy {
  void operator()(Decoder* d) const {
    jpeg_destroy_decompress(&d->info);
    delete d;
  }
};

}  // namespace

DecodedImage decode_jpeg(std::string_view bytes) {
  const std::unique_ptr<Decoder, Destroy> owner(new Decoder{});
  Decoder& d = *owner;
  d.info.err = jpeg_std_error(&d.errors);
  d.info.client_data = &d;
  d.errors.error_exit = &on_error;
  d.errors.emit_message = &on_message;
  d.errors.output_message = [](j_common_ptr) {};
  d.progress.progress_monitor = &on_progress;

  DecodedImage out;
  const auto broken = [&] {
    out.fault = d.broken ? d.fault.data() : "ends too early";
    out.grey.reset();
    return out;
  };
  if (!open(d, bytes)) return broken();
  out.width = d.info.image_width;
  out.height = d.info.image_height;
  if (std::uint64_t{out.width} * out.height > limits::kPhotoPixels) return out;
  if (held_bytes(d.info) > static_cast<std::size_t>(kDecoderBytes) * 3 / 4) return out;
  if (!start(d)) return broken();

  const bool cmyk = d.info.out_color_space == JCS_CMYK;
  const bool inverted = d.info.saw_Adobe_marker != FALSE;
  std::vector<JSAMPLE> row(std::size_t{d.info.output_width} *
                           static_cast<unsigned>(d.info.output_components));
  std::vector<std::uint8_t> grey(d.info.output_width);
  Shrinker shrinker(d.info.output_width, d.info.output_height, kMeasuredSide);
  while (d.info.output_scanline < d.info.output_height) {
    if (!read_row(d, row.data())) return broken();
    to_grey(row.data(), cmyk ? 4 : 1, inverted, grey);
    shrinker.row(grey);
  }
  if (!finish(d)) return broken();
  out.grey = shrinker.take();
  return out;
}

}  // namespace baosong::parsers
