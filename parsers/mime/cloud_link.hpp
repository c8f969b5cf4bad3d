// Cloud attachments (超大附件, 网盘): files that are no part of the mail, only a link in its body.
//
// Found by link and text. The id "divNeteaseBigAttach" in a <style> says nothing: web mail copies
// its style sheet into every answer. Links are never followed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parsers/facts.hpp"
#include "parsers/mime/scan.hpp"

namespace baosong::parsers::mime {

struct CloudAttachment {
  std::string name;  // as the mail shows it; the provider's name (网易超大附件) when it shows none
  std::string url;   // as the mail has it, entities decoded
  CloudLink facts;
};

// In a text made by body_text(). Each file once, however many links point to it.
std::vector<CloudAttachment> find_cloud_links(std::string_view text);

// Those of a whole mail: in what its sender wrote anew, in what he forwarded, in inner mails; not
// in what he merely quoted.
std::vector<CloudAttachment> find_cloud_links(const Scan& scan);

}  // namespace baosong::parsers::mime
