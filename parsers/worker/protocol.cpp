#include "parsers/worker/protocol.hpp"

#include "parsers/worker/codec.hpp"
#include "parsers/worker/wire.hpp"

namespace baosong::parsers::wire {

template <class V>
void fields(V& v, Is<protocol::LeftOut> auto& x) {
  v(x.operation, x.ended);
}
template <class V>
void fields(V& v, Is<protocol::Request> auto& x) {
  v(x.task, x.name, x.titles, x.left_out, x.none_from, x.file_cpu_milliseconds);
}
template <class V>
void fields(V& v, Is<protocol::Hello> auto& x) {
  v(x.landlock, x.reads_scans, x.fault);
}
template <class V>
void fields(V& v, Is<protocol::Done> auto& x) {
  v(x.exited, x.code, x.peak_kib, x.cpu_microseconds);
}

}  // namespace baosong::parsers::wire

namespace baosong::parsers::protocol {
namespace {

// What one side says must not be taken for another kind of message.
template <class T>
struct Magic;
template <>
struct Magic<Request> {
  static constexpr std::string_view kBytes = "BSRQ";
};
template <>
struct Magic<Hello> {
  static constexpr std::string_view kBytes = "BSHI";
};
template <>
struct Magic<Done> {
  static constexpr std::string_view kBytes = "BSDN";
};

template <class T>
std::string message_of(const T& value) {
  wire::Encoder encoder;
  encoder.raw(Magic<T>::kBytes);
  encoder(kWireVersion, value);
  return encoder.take();
}

template <class T>
Result<T> value_of(std::string_view message) {
  wire::Decoder decoder(message);
  std::uint16_t version = 0;
  T value;
  if (decoder.literal(Magic<T>::kBytes)) decoder(version);
  if (version == kWireVersion) decoder(value);
  if (version == kWireVersion && decoder.complete()) return value;
  return fail(ErrorKind::kInput, "与读取程序之间的消息无法识别",
              "请确认 baosong 与 baosong-worker 来自同一版本");
}

}  // namespace

std::string encode(const Request& request) { return message_of(request); }
std::string encode(const Hello& hello) { return message_of(hello); }
std::string encode(const Done& done) { return message_of(done); }
Result<Request> decode_request(std::string_view message) { return value_of<Request>(message); }
Result<Hello> decode_hello(std::string_view message) { return value_of<Hello>(message); }
Result<Done> decode_done(std::string_view message) { return value_of<Done>(message); }

}  // namespace baosong::parsers::protocol
