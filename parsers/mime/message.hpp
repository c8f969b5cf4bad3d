// A mail as facts: who wrote what to whom, and which machine says so (RFC 5322, 3834, 2369).
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "parsers/facts.hpp"
#include "parsers/mime/scan.hpp"

namespace baosong::parsers::mime {

// Fields that are kept as facts (Message::fields): what tells a machine's mail from a person's, and
// what helps staff to trace a mail. Everything else stays in the raw mail. Lower case, sorted.
inline constexpr std::array<std::string_view, 27> kKeptFields{
    "auto-submitted",
    "delivered-to",
    "disposition-notification-to",
    "feedback-id",
    "list-id",
    "list-post",
    "list-unsubscribe",
    "mailing-list",
    "precedence",
    "return-path",
    "sender",
    "x-auto-response-suppress",
    "x-autoreply",
    "x-autorespond",
    "x-baosong-letter",
    "x-baosong-notice",
    "x-cm-original-message-id",
    "x-coremail-autoreply",
    "x-failed-recipients",
    "x-forwarded-for",
    "x-forwarded-to",
    "x-loop",
    "x-mailer",
    "x-originating-ip",
    "x-qq-auto-fwd",
    "x-qq-auto-reply",
    "x-qq-holidayreply",
};

// The mail at Scan::parts[0]. Never fails: what is missing is empty.
Message read_message(const Scan& scan);

// The decoded Subject of a header; empty when it has none.
std::string subject_of(std::span<const Field> header);

}  // namespace baosong::parsers::mime
