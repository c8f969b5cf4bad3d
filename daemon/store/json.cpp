#include "daemon/store/json.hpp"

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

#include <sstream>

#include "daemon/store/names.hpp"
#include "rules/severity.hpp"

namespace baosong::daemon::store_json {
namespace {

using Poco::JSON::Array;
using Poco::JSON::Object;

std::string print(const Array& array) {
  std::ostringstream out;
  array.stringify(out);
  return out.str();
}
Array::Ptr parse(const std::string& json) {
  Poco::JSON::Parser parser;
  return parser.parse(json).extract<Array::Ptr>();
}

}  // namespace

std::string from_texts(const std::vector<std::string>& texts) {
  Array array;
  for (const std::string& text : texts) array.add(text);
  return print(array);
}
std::vector<std::string> to_texts(const std::string& json) {
  const Array::Ptr array = parse(json);
  std::vector<std::string> out;
  for (unsigned i = 0; i < array->size(); ++i) out.push_back(array->getElement<std::string>(i));
  return out;
}

std::string from_findings(const std::vector<rules::Finding>& findings) {
  Array array;
  for (const rules::Finding& finding : findings) {
    Object object;
    object.set("rule", finding.rule);
    object.set("severity", std::string(name_of(finding.severity)));
    object.set("item", finding.item);
    object.set("document", finding.document);
    object.set("mail", finding.message_sha256);
    object.set("measured", finding.measured);
    object.set("limit", finding.limit);
    object.set("message", finding.message);
    object.set("about_sent", finding.about_sent);
    array.add(object);
  }
  return print(array);
}
std::vector<rules::Finding> to_findings(const std::string& json) {
  const Array::Ptr array = parse(json);
  std::vector<rules::Finding> out;
  for (unsigned i = 0; i < array->size(); ++i) {
    const Object::Ptr object = array->getObject(i);
    const auto text = [&](const char* key) { return object->getValue<std::string>(key); };
    rules::Finding finding;
    finding.rule = text("rule");
    finding.severity = from_name<rules::Severity>(rules::kSeverityNames, text("severity"));
    finding.item = text("item");
    finding.document = text("document");
    finding.message_sha256 = text("mail");
    finding.measured = text("measured");
    finding.limit = text("limit");
    finding.message = text("message");
    finding.about_sent = object->getValue<bool>("about_sent");
    out.push_back(std::move(finding));
  }
  return out;
}

std::string from_evidence(const std::vector<rules::Evidence>& evidence) {
  Array array;
  for (const rules::Evidence& one : evidence) {
    Object object;
    object.set("kind", one.kind);
    object.set("text", one.text);
    object.set("unit", one.unit);
    object.set("strong", one.strong);
    array.add(object);
  }
  return print(array);
}
std::vector<rules::Evidence> to_evidence(const std::string& json) {
  const Array::Ptr array = parse(json);
  std::vector<rules::Evidence> out;
  for (unsigned i = 0; i < array->size(); ++i) {
    const Object::Ptr object = array->getObject(i);
    out.push_back({object->getValue<std::string>("kind"), object->getValue<std::string>("text"),
                   object->getValue<std::string>("unit"), object->getValue<bool>("strong")});
  }
  return out;
}

}  // namespace baosong::daemon::store_json
