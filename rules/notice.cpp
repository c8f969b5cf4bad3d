#include "rules/notice.hpp"

#include <algorithm>
#include <stdexcept>

namespace baosong::rules {
namespace {

template <class T>
const T* by_id(const std::vector<T>& rows, std::string_view id) {
  const auto at = std::ranges::find(rows, id, &T::id);
  return at == rows.end() ? nullptr : &*at;
}

// The loader fills in every parameter, so a miss is a typing error of ours.
template <class T>
const T& param(const RuleSetting& setting, std::string_view name) {
  const auto at = setting.params.find(name);
  if (at == setting.params.end())
    throw std::logic_error("rule parameter not loaded: " + std::string(name));
  return std::get<T>(at->second);
}

}  // namespace

bool RuleSetting::flag(std::string_view name) const { return param<bool>(*this, name); }
std::int64_t RuleSetting::integer(std::string_view name) const {
  return param<std::int64_t>(*this, name);
}
double RuleSetting::number(std::string_view name) const { return param<double>(*this, name); }
std::string RuleSetting::text(std::string_view name) const {
  return param<std::string>(*this, name);
}
std::vector<std::int64_t> RuleSetting::integers(std::string_view name) const {
  return param<std::vector<std::int64_t>>(*this, name);
}
std::vector<std::string> RuleSetting::texts(std::string_view name) const {
  return param<std::vector<std::string>>(*this, name);
}
Severity RuleSetting::severity_param(std::string_view name) const {
  const auto at = std::ranges::find(kSeverityNames, param<std::string>(*this, name));
  if (at == kSeverityNames.end())
    throw std::logic_error("severity not checked: " + std::string(name));
  return static_cast<Severity>(at - kSeverityNames.begin());
}

const Item* Notice::item(std::string_view key) const { return by_id(items, key); }
const Unit* Notice::unit(std::string_view key) const { return by_id(units, key); }
const Batch* Notice::batch(std::string_view key) const { return by_id(batches, key); }

const Batch& Notice::batch_of(const Item& item) const {
  const Batch* found = batch(item.batch);
  if (found == nullptr) throw std::logic_error("item without a batch: " + item.id);
  return *found;
}

const RuleSetting& Notice::rule(const Item* item, std::string_view code) const {
  static const RuleSetting kOff{};
  if (item != nullptr) {
    if (const auto at = item->rules.find(code); at != item->rules.end()) return at->second;
  }
  const auto at = rules.find(code);
  return at == rules.end() ? kOff : at->second;
}

Duty Notice::duty(const Item& item, std::string_view unit_id) const {
  const auto at = item.duty.find(unit_id);
  return at == item.duty.end() ? Duty::kRequired : at->second;
}

}  // namespace baosong::rules
