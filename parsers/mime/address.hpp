// Addresses of From, To and their like (RFC 5322, section 3.4), as leniently as people write them.
#pragma once

#include <string_view>
#include <vector>

#include "parsers/facts.hpp"

namespace baosong::parsers::mime {

// `raw` is the value of a field as it stands in the mail. Groups are flattened
// ("undisclosed-recipients:;" gives nothing), comments become the name when there is no other,
// encoded words are decoded inside quotes too. At most 1,000 addresses are read.
std::vector<Address> parse_addresses(std::string_view raw);

// The first address, or an empty one.
Address parse_address(std::string_view raw);

}  // namespace baosong::parsers::mime
