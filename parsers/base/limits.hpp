// Every limit on what comes from outside, in one place. A limit that is reached is said (a problem
// of the mail, a trouble of the document); the raw mail stays, so nothing is lost.
#pragma once

#include <cstddef>
#include <cstdint>

namespace baosong::limits {

inline constexpr std::size_t kKiB = 1024;
inline constexpr std::size_t kMiB = 1024 * kKiB;

// MIME (RFC 2045, 5322)
inline constexpr std::size_t kMailBytes = 256 * kMiB;  // a mail larger than this is kept, not read
inline constexpr int kMimeDepth = 64;                  // nested multiparts and message/rfc822
inline constexpr std::size_t kMimeParts = 2000;        // leaf parts of one mail
inline constexpr std::size_t kHeaderFields = 4000;     // fields of one header
inline constexpr std::size_t kHeaderBytes = 1 * kMiB;  // one header, all fields
inline constexpr std::size_t kBodyTextBytes = 512 * kKiB;  // text of a body that is kept as a fact

// Archives
inline constexpr int kArchiveDepth = 3;  // archive inside archive
inline constexpr std::size_t kArchiveEntries = 2000;
inline constexpr std::size_t kArchiveEntryBytes = 50 * kMiB;
inline constexpr std::size_t kArchiveTotalBytes = 200 * kMiB;
inline constexpr std::size_t kDocuments = 2000;  // documents of one mail, all depths
inline constexpr std::size_t kNameBytes = 1024;  // a file name; longer ones are cut

// Word
inline constexpr std::size_t kDocumentXmlBytes = 32 * kMiB;
inline constexpr std::size_t kDocxTotalBytes = 256 * kMiB;
inline constexpr std::size_t kDocxEntries = 2000;
inline constexpr int kXmlDepth = 400;
inline constexpr std::size_t kFactParagraphs = 4000;       // paragraphs kept as facts; counts go on
inline constexpr std::size_t kFactTextBytes = 512 * kKiB;  // text kept as a fact; counts go on
inline constexpr std::size_t kFactTables = 200;
inline constexpr std::size_t kFactRows = 2000;  // rows of all tables together
inline constexpr std::size_t kFactImages = 2000;
inline constexpr std::size_t kRtfDepth = 1000;  // groups inside groups

// PDF
inline constexpr int kPdfTextPages = 50;                     // pages whose text is read
inline constexpr int kSealPages = 20;                        // pages on which a seal is looked for
inline constexpr std::size_t kScanHeadBytes = 4 * kKiB;      // text read from the top of a scan
inline constexpr std::size_t kSealPictureBytes = 48 * kKiB;  // the cut-out of a seal

// Photos
inline constexpr std::uint64_t kPhotoPixels = 200'000'000;
inline constexpr std::size_t kEmbeddedMeasured = 24;      // pictures of one Word file
inline constexpr std::size_t kEmbeddedBytes = 16 * kMiB;  // of one that is measured
inline constexpr std::uint64_t kEmbeddedPixels = 40'000'000;

// The process that reads (worker/). Where one of these is passed, the file that was being read is
// said to be unsafe and the next one is read.
inline constexpr std::size_t kReaderBytes = 320 * kMiB;   // what it may allocate
inline constexpr std::size_t kReaderSpace = 2048 * kMiB;  // its address space, libraries and mail
inline constexpr int kFileCpuMilliseconds = 1500;         // processor time for one file
inline constexpr int kHurryCpuMilliseconds = 900;  // then no further page of a PDF is looked at
inline constexpr int kFileSeconds = 20;         // time on the clock for one file, waiting included
inline constexpr int kMailCpuSeconds = 60;      // processor time for one mail
inline constexpr int kMailSeconds = 120;        // time on the clock for one mail
inline constexpr std::size_t kUnsafeFiles = 8;  // of one mail; then the rest is left out
inline constexpr std::size_t kModelBytes = 64 * kMiB;         // of what reads the titles of scans
inline constexpr std::size_t kReaderAnswerBytes = 64 * kMiB;  // the facts of one mail

}  // namespace baosong::limits
