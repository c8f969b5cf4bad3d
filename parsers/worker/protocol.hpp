// What the daemon and the program that reads for it (worker/) say to each other. Both ends are
// built from this file; the version keeps programs of different builds apart.
//
//   daemon -> worker   one message a request: Request, with two descriptors: the input, which is
//                      read only, and a pipe for the answer
//   worker -> daemon   one message at its start: Hello; one message after each request: Done
//   pipe -> daemon     frames: 'S' and a u32, the operation that begins now; at last 'A', a u32
//                      count and the answer (wire.hpp). Nothing may follow.
//
// The daemon trusts the worker to have confined itself before it read the input, and nothing that
// comes after that.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/base/result.hpp"
#include "parsers/worker/guide.hpp"

namespace baosong::parsers::protocol {

enum class Task : std::uint8_t {
  kMail,    // a Reading of a mail
  kDetect,  // a Reading of a mail or a bare document
  kParts,   // a PartList
  kLast = kParts,
};

// An operation of Guide, counted from 1, that is to be left out.
struct LeftOut {
  std::uint32_t operation = 0;
  Ended ended = Ended::kCrashed;
};

struct Request {
  Task task = Task::kMail;
  std::string name;    // of the file; empty for a mail out of a mailbox
  bool titles = true;  // of scans are to be read
  std::vector<LeftOut> left_out;
  std::uint32_t none_from = 0xFFFFFFFF;     // this operation and all that follow are left out
  std::uint32_t file_cpu_milliseconds = 0;  // at most limits::kFileCpuMilliseconds; 0: that
};

struct Hello {
  std::uint32_t landlock = 0;  // version of Landlock in force; 0: this kernel has none, and the
                               // filter of system calls alone keeps the reader from files
  bool reads_scans = false;    // the titles of scans can be read
  std::string fault;           // English; why the worker cannot serve; empty: it can
};

struct Done {
  bool exited = false;     // by itself; false: by a signal
  std::uint32_t code = 0;  // exit status or signal
  std::uint64_t peak_kib = 0;
  std::uint64_t cpu_microseconds = 0;
};

inline constexpr std::size_t kMessageBytes = 16 * 1024;  // one message of either side
inline constexpr char kStep = 'S';
inline constexpr char kAnswer = 'A';

std::string encode(const Request& request);
std::string encode(const Hello& hello);
std::string encode(const Done& done);
Result<Request> decode_request(std::string_view message);
Result<Hello> decode_hello(std::string_view message);
Result<Done> decode_done(std::string_view message);

}  // namespace baosong::parsers::protocol
