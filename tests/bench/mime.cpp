// Reading mail: the scanner and its decoders against mimetic, on mail made in memory. Bytes per
// second are bytes of mail as they come over the wire.
#include <benchmark/benchmark.h>
#include <mimetic/mimetic.h>

#include <cstring>
#include <string>
#include <vector>

#include "parsers/mime/attachments.hpp"
#include "parsers/mime/decode.hpp"
#include "parsers/mime/message.hpp"
#include "parsers/mime/scan.hpp"

namespace {

using namespace baosong::parsers;

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string base64_lines(std::size_t bytes, unsigned seed) {
  std::string out;
  out.reserve(bytes / 3 * 4 + bytes / 28);
  for (std::size_t i = 0; i < bytes / 3 * 4; ++i) {
    seed = seed * 1664525U + 1013904223U;
    out += kAlphabet[seed >> 26U];
    if (i % 76 == 75) out += "\r\n";
  }
  return out + "\r\n";
}

std::string mail(std::size_t files, std::size_t bytes_each, unsigned seed) {
  std::string out =
      "Received: from mail.126.com by mx; Tue, 25 Oct 2022 09:13:22 +0800 (CST)\r\n"
      "From: =?GBK?B?1cXQobrM?= <zhang@126.com>\r\nTo: <office@126.com>\r\n"
      "Subject: =?GBK?B?s6/R9Mf4ssTBzw==?=\r\nDate: Tue, 25 Oct 2022 09:13:22 +0800 (CST)\r\n"
      "Message-ID: <1.2.3.Coremail.zhang@126.com>\r\nMIME-Version: 1.0\r\n"
      "Content-Type: multipart/mixed; boundary=\"----=_Part_1_1\"\r\n\r\n"
      "------=_Part_1_1\r\nContent-Type: text/plain; charset=GBK\r\nContent-Transfer-Encoding: "
      "base64\r\n\r\n"
      "xPq6w6OssoTBz7z7uL28/qGj\r\n";
  for (std::size_t i = 0; i < files; ++i) {
    out += "------=_Part_1_1\r\nContent-Type: image/jpeg; name=\"=?GBK?B?1dXGrA==?=" +
           std::to_string(i) +
           ".jpg\"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; "
           "filename=\"=?GBK?B?1dXGrA==?=" +
           std::to_string(i) + ".jpg\"\r\n\r\n" +
           base64_lines(bytes_each, seed + static_cast<unsigned>(i));
  }
  return out + "------=_Part_1_1--\r\n";
}

// A submission of four photos, 20 MB on the wire; and two thousand small mails of 7 KB.
const std::vector<std::string>& large() {
  static const std::vector<std::string> mails{mail(4, 3'650'000, 7)};
  return mails;
}
const std::vector<std::string>& small() {
  static const std::vector<std::string> mails = [] {
    std::vector<std::string> made;
    for (unsigned i = 0; i < 2000; ++i) made.push_back(mail(1, 4300, i));
    return made;
  }();
  return mails;
}
const std::vector<std::string>& mails_of(const benchmark::State& state) {
  return state.range(0) == 0 ? large() : small();
}

template <class Read>
void run(benchmark::State& state, Read read) {
  const auto& mails = mails_of(state);
  std::size_t bytes = 0;
  for (const auto& one : mails) bytes += one.size();
  for (auto _ : state) {
    for (const auto& one : mails) benchmark::DoNotOptimize(read(one));
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
  state.SetLabel(state.range(0) == 0 ? "1 mail of 20 MB" : "2000 mails of 7 KB");
}

std::size_t decode_all(const mime::Scan& scan) {
  std::size_t sum = 0;
  std::string store;
  for (const mime::Part& part : scan.parts) {
    if (part.is_leaf) sum += mime::decode_body(part, store).size();
  }
  return sum;
}

void memory_copy(benchmark::State& state) {
  std::string to(32'000'000, '\0');
  run(state, [&](const std::string& one) {
    std::memcpy(to.data(), one.data(), one.size());
    return to[one.size() / 2];
  });
}
void scan_only(benchmark::State& state) {
  run(state, [](const std::string& one) { return mime::scan(one).parts.size(); });
}
void scan_and_decode(benchmark::State& state) {
  run(state, [](const std::string& one) { return decode_all(mime::scan(one)); });
}
void whole_message(benchmark::State& state) {
  run(state, [](const std::string& one) {
    const mime::Scan scan = mime::scan(one);
    return decode_all(scan) + mime::read_message(scan).text.size() +
           mime::list_attachments(scan).size();
  });
}

std::size_t decode_mimetic(mimetic::MimeEntity& entity) {
  std::size_t sum = 0;
  if (entity.header().contentTransferEncoding().mechanism() == "base64") {
    mimetic::Base64::Decoder decoder;
    std::string out;
    out.reserve(entity.body().size());
    mimetic::decode(entity.body().begin(), entity.body().end(), decoder, std::back_inserter(out));
    sum += out.size();
  }
  for (mimetic::MimeEntity* part : entity.body().parts()) sum += decode_mimetic(*part);
  return sum;
}
void mimetic_load_and_decode(benchmark::State& state) {
  run(state, [](const std::string& one) {
    mimetic::MimeEntity entity(one.begin(), one.end());
    return decode_mimetic(entity);
  });
}

BENCHMARK(memory_copy)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(scan_only)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(scan_and_decode)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(whole_message)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(mimetic_load_and_decode)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

// Mail that is made to be slow. Each must stay far below half a second.
std::string repeated(std::size_t count, const std::string& piece) {
  std::string out;
  out.reserve(count * piece.size());
  for (std::size_t i = 0; i < count; ++i) out += piece;
  return out;
}
std::string hostile(std::int64_t kind) {
  std::string nested;
  switch (kind) {
    case 0:
      for (int i = 0; i < 100'000; ++i) {
        const std::string b = "b" + std::to_string(i);
        nested += "Content-Type: multipart/mixed; boundary=" + b + "\r\n\r\n--" + b + "\r\n";
      }
      return nested;
    case 1:
      return repeated(2'000'000, "X-A: b\r\n") + "\r\nbody";
    case 2:
      for (int i = 0; i < 60; ++i) {
        nested += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\r\n\r\n--b" +
                  std::to_string(i) + "\r\n";
      }
      return nested + repeated(200'000, "--b59x\r\n--b1\r");
    default:
      return "Content-Type: text/plain" + repeated(130'000, "; filename*0*=a") + "\r\n\r\nbody";
  }
}
void hostile_mail(benchmark::State& state) {
  static constexpr const char* kNames[] = {"100,000 nested multiparts", "16 MB header",
                                           "200,000 boundary-like lines", "2 MB of parameters"};
  const std::string one = hostile(state.range(0));
  for (auto _ : state) {
    const mime::Scan scan = mime::scan(one);
    benchmark::DoNotOptimize(mime::read_message(scan).text.size() +
                             mime::list_attachments(scan).size());
  }
  state.SetLabel(kNames[state.range(0)]);
}
BENCHMARK(hostile_mail)->DenseRange(0, 3)->Unit(benchmark::kMillisecond);

}  // namespace
