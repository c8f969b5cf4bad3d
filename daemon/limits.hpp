// Every limit of the service in one place, as parsers/base/limits.hpp has those of what comes from
// outside.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace baosong::limits {

// The log: one line. journald cuts at 48 KiB.
inline constexpr std::size_t kLogLine = 2000;  // bytes

// The loop looks at the clock this often, whatever it waits for: a letter that is due, the hour of
// the digest, a clock that was set.
inline constexpr std::chrono::seconds kLongestWait{60};

// A step that failed is tried again after the first, then the double of it, up to the last.
inline constexpr std::chrono::seconds kFirstRetry{30};
inline constexpr std::chrono::seconds kLastRetry{900};

// The digest: pictures of seals in its HTML, each at most parsers' kSealPictureBytes.
inline constexpr std::size_t kDigestPictures = 24;

// The disk: below the first there is no room for the next large mail, below the second it gets
// tight (doctor).
inline constexpr std::uint64_t kNoRoom = 256ULL << 20;       // bytes
inline constexpr std::uint64_t kLittleRoom = 2048ULL << 20;  // bytes

// How often a mailbox is compared with the archive as a whole, and how soon again after the two did
// not agree.
inline constexpr std::chrono::seconds kCensusEvery{24 * 3600};
inline constexpr std::chrono::seconds kCensusAgain{3600};

// A server that refused the login is left alone for so long (NetEase locks accounts that try again
// and again), and so is one that says it was asked too often.
inline constexpr std::chrono::seconds kRefusedRetry = std::chrono::minutes(30);
inline constexpr std::chrono::seconds kThrottledRetry = std::chrono::minutes(15);
// How often one receive() may log in, whatever happens.
inline constexpr unsigned kLoginsInARow = 3;

// IMAP: how slow a server may be. Beside the silence (mailbox.timeout) that ends a connection at
// any time, one command may take so many silences, and longer by what a literal takes at this rate.
inline constexpr int kCommandSilences = 3;
inline constexpr std::uint64_t kSlowestRate = std::uint64_t{8} << 10U;  // bytes a second
inline constexpr std::chrono::milliseconds kGoodbye{1000};              // for the answer to LOGOUT

// A mailbox at a provider is not looked into more often, lest the account be locked.
inline constexpr std::chrono::seconds kLeastPoll{30};

// IMAP: an IDLE is renewed before a server may take us for gone (RFC 2177: 29 minutes); and however
// much news there is, looks into one mailbox are at least so far apart.
inline constexpr std::chrono::seconds kIdleLongest = std::chrono::minutes(28);
inline constexpr std::chrono::seconds kLeastBetweenLooks{2};
// A server that offers IDLE and fails at it so often in a row is only looked into.
inline constexpr unsigned kIdleTries = 3;

// IMAP: how much it may say.
inline constexpr std::size_t kStrayLines = 250'000;     // that nobody asked for, in one command
inline constexpr std::size_t kListedMails = 1'000'000;  // of one mailbox
inline constexpr std::uint64_t kLiteralBytes = std::uint64_t{1} << 30U;  // of one mail

// IMAP: a mail that the server shows and does not hand out is called unreadable after so many
// tries, then left alone for longer and longer.
inline constexpr unsigned kMailTries = 3;
inline constexpr std::chrono::seconds kMailFirstRest = std::chrono::hours(1);
inline constexpr std::chrono::seconds kMailLastRest = std::chrono::hours(24);
// So many tries refused one after the other are the server's trouble and not the mails'.
inline constexpr unsigned kRefusedMails = 20;

// Received mails become durable together, as soon as there are so many of them or so much.
inline constexpr std::size_t kSettledMails = 64;
inline constexpr std::uint64_t kSettledBytes = 8ULL << 20;  // bytes

// IMAP, beside the mails themselves
inline constexpr std::size_t kFolders = 2000;          // folders of one account
inline constexpr std::size_t kFolderNameBytes = 1024;  // a folder's name that comes as a literal
inline constexpr std::size_t kMessageIdBytes = 8192;   // a header that was cut to its Message-ID

// SMTP
inline constexpr std::size_t kReplyLines = 200;   // lines of one reply (RFC 5321, 4.2)
inline constexpr std::size_t kReplyBytes = 300;   // of a server's words that are kept
inline constexpr std::size_t kMailLine = 998;     // octets without CRLF (RFC 5321, 4.5.3.1.6)
inline constexpr int kLettersPerConnection = 10;  // then a new connection (NetEase: MI:DMC)
inline constexpr int kEndPatience = 5;            // times outbox.timeout, after the end of data
                                                  // (RFC 5321, 4.5.3.2.6: 2 and 10 minutes)

// A letter that was not taken is tried again after the first, then the double of it, up to the
// last.
inline constexpr std::chrono::seconds kLetterRetry{60};
inline constexpr std::chrono::seconds kLetterLastRetry{4 * 3600};

// Doubt: how long the Sent folder is given to show a letter, and how many letters that surely left
// have to be found there before "not found" is believed.
inline constexpr std::chrono::seconds kSentSettles{600};
inline constexpr std::size_t kSentProofs = 3;
inline constexpr std::size_t kSentLooked = 500;  // mails of the Sent folder that are looked at

// /health: a mailbox is ill when it was not read for so many polls, the disk when less than kNoRoom
// is free.
inline constexpr int kHealthyPolls = 5;
// The endpoint drops a client that is silent for so long.
inline constexpr std::chrono::seconds kHttpPatience{5};

}  // namespace baosong::limits
