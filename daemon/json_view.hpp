// What `check --json`, `status --json` and `parts --json` print. Names, order and words are an
// interface that scripts rely on (see the man page). Values in, JSON out; no clock, no disk.
#pragma once

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>

#include <string>
#include <vector>

#include "daemon/digest.hpp"
#include "daemon/intake.hpp"
#include "parsers/mime/parts.hpp"

namespace baosong::daemon {

// Keys keep the order in which they are set.
using JsonObject = Poco::JSON::Object;
using JsonArray = Poco::JSON::Array;

JsonObject check_json(const rules::Notice& notice, const DryRun& run);

// Units in official order; `only` names one of them, or is empty.
JsonObject status_json(const DigestInput& input, std::string_view only);

JsonObject parts_json(const parsers::mime::PartList& list);

JsonObject finding_json(const rules::Finding& finding);
// The facts of a document; `item` (may be null) tells which captions stand above its title.
JsonObject facts_json(const parsers::Document& document, const rules::Notice& notice,
                      const rules::Item* item);

// One line of UTF-8, nothing but what JSON demands is escaped.
std::string to_line(const JsonObject& object);

}  // namespace baosong::daemon
