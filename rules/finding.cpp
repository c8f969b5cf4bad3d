// g++ 12 takes the library's moved vectors for null when it inlines them here.
#pragma GCC diagnostic ignored "-Wnull-dereference"

#include "rules/finding.hpp"

#include <kainjow/mustache.hpp>
#include <stdexcept>

#include "rules/mask.hpp"

namespace baosong::rules {

std::string sentence(const Notice& notice, std::string_view code, std::string_view variant,
                     const SentenceFields& fields) {
  std::string key(code);
  if (!variant.empty()) key.append(".").append(variant);
  const auto found = notice.sentences.find(key);
  if (found == notice.sentences.end()) throw std::logic_error("no sentence for " + key);

  kainjow::mustache::mustache form(found->second);
  // Plain text: the letters escape it when they write HTML.
  form.set_custom_escape([](const std::string& text) { return text; });
  kainjow::mustache::data data;
  for (const auto& [name, value] : fields) {
    // An empty text would open its {{#section}}; false does not.
    if (value.empty()) {
      data.set(name, kainjow::mustache::data{false});
    } else {
      data.set(name, mask(value));
    }
  }
  return form.render(data);
}

}  // namespace baosong::rules
