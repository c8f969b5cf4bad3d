// The last look at a Reading before it leaves the reader.
#pragma once

#include "parsers/facts.hpp"

namespace baosong::parsers {

// Makes every string valid UTF-8, so that whoever stores, prints or sends it need not ask.
void mend_utf8(Reading& reading);

}  // namespace baosong::parsers
