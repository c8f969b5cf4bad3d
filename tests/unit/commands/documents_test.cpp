// The man page and the README speak of the commands that there are, no more and no fewer.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "daemon/commands/command.hpp"

namespace baosong::daemon {
namespace {

std::string source_file(const std::string& name) {
  std::ifstream in(std::string(BAOSONG_CONFIG) + "/../" + name);
  std::ostringstream text;  // istreambuf_iterator makes g++ 12 see a null pointer
  text << in.rdbuf();
  return text.str();
}

// "\-\-fetch\-only" as a reader sees it.
std::string without_escapes(std::string text) {
  std::erase(text, '\\');
  return text;
}

TEST(ManPage, HasASectionForEachCommandAndForNoOther) {
  const std::string page = source_file("docs/baosong.1");
  std::set<std::string> sections, commands;
  const std::regex section(R"(\n\.SS ([a-z]+( [a-z]+)*))");
  for (std::sregex_iterator it(page.begin(), page.end(), section), end; it != end; ++it) {
    sections.insert((*it)[1]);
  }
  for (const auto* row : command_table()) commands.insert(std::string(row->name));
  EXPECT_EQ(sections, commands);
}

TEST(ManPage, HasEveryOption) {
  const std::string page = without_escapes(source_file("docs/baosong.1"));
  const auto expect = [&](const OptionRow& option) {
    EXPECT_NE(page.find("--" + std::string(option.name)), std::string::npos) << option.name;
  };
  for (const auto& option : global_options()) expect(option);
  for (const auto* row : command_table()) {
    for (const auto& option : row->options) expect(option);
  }
}

TEST(Readme, UsesOnlyCommandsThatThereAre) {
  const std::string text = source_file("README.md");
  const std::regex call(R"(\nbaosong ([a-z]+)( [a-z]+)?)");
  std::size_t calls = 0;
  for (std::sregex_iterator it(text.begin(), text.end(), call), end; it != end; ++it, ++calls) {
    const std::string one = (*it)[1], two = one + std::string((*it)[2]);
    const auto known = [&](const CommandRow* row) { return row->name == one || row->name == two; };
    const auto table = command_table();
    EXPECT_TRUE(std::any_of(table.begin(), table.end(), known)) << two;
  }
  EXPECT_GT(calls, 5U);
}

}  // namespace
}  // namespace baosong::daemon
