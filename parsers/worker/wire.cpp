#include "parsers/worker/wire.hpp"

#include "parsers/worker/codec.hpp"

// The frame: 4 bytes of magic, the version as u16, then the fields in the order of visit.hpp, as
// codec.hpp writes them.
namespace baosong::parsers {
namespace {

using wire::Decoder;
using wire::Encoder;

constexpr std::string_view kReadingMagic = "BSRD";
constexpr std::string_view kDocumentMagic = "BSDC";
constexpr std::string_view kPartsMagic = "BSPT";

std::string version_bytes() {
  Encoder encoder;
  encoder(kWireVersion);
  return encoder.take();
}

template <class T>
std::string encode_frame(std::string_view magic, const T& value) {
  Encoder encoder;
  encoder.raw(magic);
  encoder(kWireVersion, value);
  return encoder.take();
}

template <class T>
Result<T> decode_frame(std::string_view magic, std::string_view frame) {
  const auto bad = [](std::string_view why) {
    return baosong::fail(ErrorKind::kInput, "读取结果的数据帧无法识别：" + std::string(why));
  };
  Decoder decoder(frame);
  if (!decoder.literal(magic)) return bad("magic number");
  if (!decoder.literal(version_bytes())) {
    return baosong::fail(ErrorKind::kInput, "台账里的读取结果出自另一版本的程序",
                         "服务启动时会由邮件存档重新读取；也可停止服务后运行 baosong rebuild");
  }
  T value;
  decoder(value);
  if (!decoder.complete()) return bad(decoder.fault());
  return value;
}

}  // namespace

std::string reading_head() { return std::string(kReadingMagic) + version_bytes(); }
std::string encode(const Reading& reading) { return encode_frame(kReadingMagic, reading); }
Result<Reading> decode_reading(std::string_view frame) {
  return decode_frame<Reading>(kReadingMagic, frame);
}
std::string encode(const Document& document) { return encode_frame(kDocumentMagic, document); }
Result<Document> decode_document(std::string_view frame) {
  return decode_frame<Document>(kDocumentMagic, frame);
}
std::string encode(const mime::PartList& parts) { return encode_frame(kPartsMagic, parts); }
Result<mime::PartList> decode_parts(std::string_view frame) {
  return decode_frame<mime::PartList>(kPartsMagic, frame);
}

}  // namespace baosong::parsers
