// What the head of a mail gives away, shared by disposition and attribution. Internal to rules/.
#pragma once

#include "parsers/facts.hpp"

namespace baosong::rules {

// A picture that belongs to the look of the mail: a signature's logo, a background, an icon.
bool is_decoration(const parsers::Document& document);

}  // namespace baosong::rules
