// What the text around a download link says of the file: its name, its size, when the link ends.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace baosong::parsers::mime {

struct CloudDetails {
  std::string name;
  std::string size;     // "128.03M" as the mail says
  std::string expires;  // "2022-11-27T21:59" or "2022-11-27"; empty when it never ends or is not
                        // said
};

// The first day that is named with words like 到期 around it, or that counts from the day of the
// mail: "2022年11月9日 13:35 到期", "有效期至2022-11-09", "有效期30天", "7天后到期".
std::string read_expiry(std::string_view text, std::optional<std::chrono::year_month_day> sent);

// "(128.03M, 2022年11月27日 21:59 到期)", with brackets and commas of either width. Returns where
// it begins, npos when there is none.
std::size_t read_bracket(std::string_view text, std::optional<std::chrono::year_month_day> sent,
                         CloudDetails& out);

// What stands behind a label: "文件名：", "大小：", "有效期：", "通过网盘分享的文件：".
CloudDetails read_labelled(std::string_view text, std::optional<std::chrono::year_month_day> sent);

}  // namespace baosong::parsers::mime
