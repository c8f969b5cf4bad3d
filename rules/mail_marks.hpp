// What the head of a mail gives away, shared by disposition and attribution. Internal to rules/.
#pragma once

#include <string_view>

#include "parsers/facts.hpp"

namespace baosong::rules {

// The subject begins as a reply does (Re: 回复： 答复：), before any forward prefix.
bool is_reply_subject(std::string_view subject);

// A picture that belongs to the look of the mail: a signature's logo, a background, an icon.
bool is_decoration(const parsers::Document& document);

}  // namespace baosong::rules
