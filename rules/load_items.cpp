// [[items]]: what a unit owes, how it is recognised, who owes it.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "parsers/text/utf8.hpp"
#include "rules/load_parts.hpp"
#include "rules/nearest.hpp"

namespace baosong::rules {
namespace {

constexpr std::array kItemKeys{
    KeyRow{"id", KeyType::kText, true, "\"unit-forms\""},
    KeyRow{"name", KeyType::kText, true, "\"先进单位申报表\""},
    KeyRow{"annex", KeyType::kInt, false, "2"},
    KeyRow{"batch", KeyType::kText, true, "\"october\""},
    KeyRow{"kind", KeyType::kText, true, "\"form\""},
    KeyRow{"word", KeyType::kBool, false, "true"},
    KeyRow{"pdf", KeyType::kBool, false, "true"},
    KeyRow{"sealed", KeyType::kBool, false, "true"},
    KeyRow{"min", KeyType::kInt, false, "1"},
    KeyRow{"max", KeyType::kInt, false, "1"},
    KeyRow{"nil_allowed", KeyType::kBool, false, "true"},
    KeyRow{"nil_with", KeyType::kText, false, "\"unit-forms\""},
    KeyRow{"nil_words", KeyType::kTexts, false, "[\"先进单位\"]"},
    KeyRow{"bundle_ok", KeyType::kBool, false, "true"},
    KeyRow{"personal_data", KeyType::kBool, false, "true"},
    KeyRow{"forms_item", KeyType::kText, false, "\"unit-forms\""},
    KeyRow{"table_item", KeyType::kText, false, "\"unit-table\""},
    KeyRow{"photos_item", KeyType::kText, false, "\"exhibit-photos\""},
    KeyRow{"text_item", KeyType::kText, false, "\"exhibit-text\""},
    KeyRow{"titles", KeyType::kTexts, false, "[\"先进单位申报表\"]"},
    KeyRow{"title_all", KeyType::kTexts, false, "[\"先进单位\", \"申报\"]"},
    KeyRow{"file_words", KeyType::kTexts, false, "[\"先进单位申报表\", \"附件2\"]"},
    KeyRow{"table_heads", KeyType::kTexts, false, "[\"单位名称\", \"负责人\"]"},
    KeyRow{"nominee_labels", KeyType::kTexts, false, "[\"单位名称\"]"},
    KeyRow{"captions", KeyType::kTexts, false, "[\"展板素材\"]"},
    KeyRow{"duty", KeyType::kTable, false, "{ ccou = \"optional\" }"},
    KeyRow{"quota_max", KeyType::kTable, false, "{ chaoyang = 2 }"},
    KeyRow{"rules", KeyType::kTable, false, "{ \"text.title-length\" = { max = 20 } }"},
};

ItemKind kind_named(std::string_view name) {
  return static_cast<ItemKind>(std::ranges::find(kItemKindNames, name) - kItemKindNames.begin());
}

std::vector<std::string_view> ids_of(const auto& rows) {
  std::vector<std::string_view> ids;
  for (const auto& row : rows) ids.push_back(row.id);
  return ids;
}

Item read_item(const TomlFile& file, const TableReader& reader, const Notice& notice) {
  Item item;
  item.id = reader.text("id");
  item.name = reader.text("name");
  item.annex = reader.count("annex", 0);
  item.batch = reader.text("batch");
  item.kind = kind_named(reader.choice("kind", kItemKindNames));
  item.word = reader.flag("word");
  item.pdf = reader.flag("pdf");
  item.sealed = reader.flag("sealed");
  item.min = reader.count("min", 1);
  if (reader.has("max")) item.max = reader.count("max", 1);
  item.nil_allowed = reader.flag("nil_allowed");
  item.nil_with = reader.text("nil_with");
  item.nil_words = reader.texts("nil_words");
  item.bundle_ok = reader.flag("bundle_ok");
  item.personal_data = reader.flag("personal_data");
  item.forms_item = reader.text("forms_item");
  item.table_item = reader.text("table_item");
  item.photos_item = reader.text("photos_item");
  item.text_item = reader.text("text_item");
  item.titles = reader.texts("titles");
  item.title_all = reader.texts("title_all");
  item.file_words = reader.texts("file_words");
  item.table_heads = reader.texts("table_heads");
  item.nominee_labels = reader.texts("nominee_labels");
  item.captions = reader.texts("captions");
  item.rules = read_rules(file, reader.table("rules"), &item, notice.rules);
  return item;
}

constexpr std::array<std::string_view, 3> kRecognisers{"titles", "title_all", "file_words"};

// What an item says about itself.
void check_alone(const TableReader& reader, const Item& item) {
  const auto label = item.name.empty() ? item.id : item.name;
  if (!item.id.empty() && !is_id(item.id)) {
    reader.fault("id", fmt::format("“{}”不能作代号", item.id), std::string(kIdForm));
  }
  if (item.max && *item.max < item.min) {
    reader.fault("max", fmt::format("“max”（{}）比“min”（{}）小", *item.max, item.min),
                 "max 不小于 min，或删去 max");
  }
  const bool photos = item.kind == ItemKind::kPhotos;
  if (!photos && !item.word && !item.pdf) {
    reader.fault("kind", fmt::format("没有说明“{}”要Word还是PDF", label),
                 "word = true、pdf = true 或两者都写");
  }
  if (photos && (item.word || item.pdf)) {
    reader.fault(item.word ? "word" : "pdf", fmt::format("“{}”是照片，不能又要Word或PDF", label),
                 "删去这一行，或另立一项");
  }
  if (item.sealed && !item.pdf) {
    reader.fault("sealed", fmt::format("“{}”要盖章，却不要PDF", label),
                 "加上 pdf = true，或删去 sealed");
  }
  const bool recognisable =
      std::ranges::any_of(kRecognisers,
                          [&](auto key) { return reader.contains(key) && !reader.has(key); }) ||
      !item.titles.empty() || !item.title_all.empty() || !item.file_words.empty();
  if (!recognisable) {
    reader.fault("id", fmt::format("没有写明怎样认出“{}”", label),
                 photos ? "加上 file_words = [\"文件名里的词\"]"
                        : "加上 titles = [\"标题里的词\"] 或 file_words = [\"文件名里的词\"]");
  }
  if (item.nil_allowed && item.nil_words.empty() &&
      (reader.has("nil_words") || !reader.contains("nil_words"))) {
    reader.fault("nil_allowed", fmt::format("“{}”允许说明无推荐，却没有写明怎样认出", label),
                 "加上 nil_words = [\"先进单位\"]");
  }
  for (const std::string_view key : {"titles", "title_all", "file_words", "nil_words",
                                     "table_heads", "nominee_labels", "captions"}) {
    for (std::size_t i = 0; const auto& word : reader.texts(key)) {
      if (parsers::fold(word).empty())
        reader.file().fault(reader.place(key, i), fmt::format("“{}”里有空的一条", key),
                            "写上词语，或删去");
      ++i;
    }
  }
}

struct ReferenceRow {
  std::string_view key;
  std::string Item::* member;
  ItemKind from, to;         // which kinds it may join
  std::string Item::* back;  // what must point back; null: nothing
};
constexpr std::array kReferences{
    ReferenceRow{"forms_item", &Item::forms_item, ItemKind::kTable, ItemKind::kForm,
                 &Item::table_item},
    ReferenceRow{"table_item", &Item::table_item, ItemKind::kForm, ItemKind::kTable,
                 &Item::forms_item},
    ReferenceRow{"photos_item", &Item::photos_item, ItemKind::kText, ItemKind::kPhotos,
                 &Item::text_item},
    ReferenceRow{"text_item", &Item::text_item, ItemKind::kPhotos, ItemKind::kText,
                 &Item::photos_item},
};
constexpr std::array<std::string_view, 4> kBackKeys{"table_item", "forms_item", "text_item",
                                                    "photos_item"};

void check_references(const TableReader& reader, const Item& item, const Notice& notice,
                      bool complete) {
  for (std::size_t i = 0; i < kReferences.size(); ++i) {
    const auto& row = kReferences[i];
    const auto& target = item.*row.member;
    if (target.empty()) continue;
    if (item.kind != row.from) {
      reader.fault(row.key, fmt::format("“{}”这类材料不用“{}”", item.name, row.key), "删去这一行");
      continue;
    }
    const auto* other = notice.item(target);
    if (other == nullptr) {
      if (complete)
        reader.fault(row.key, fmt::format("没有代号是“{}”的材料", target),
                     suggestion(target, ids_of(notice.items)));
    } else if (other->kind != row.to) {
      reader.fault(
          row.key, fmt::format("“{}”指向的“{}”不是这类材料", row.key, other->name),
          fmt::format("kind = \"{}\" 的材料", kItemKindNames[static_cast<std::size_t>(row.to)]));
    } else if (const auto* back = notice.item((*other).*row.back);
               (*other).*row.back != item.id &&
               // Where the way back leads nowhere it is reported there.
               (((*other).*row.back).empty() || (back != nullptr && back->kind == row.from))) {
      reader.fault(row.key, fmt::format("“{}”指向“{}”，那边却没有指回来", row.key, target),
                   fmt::format("在“{}”下写 {} = \"{}\"", target, kBackKeys[i], item.id));
    }
  }
  if (item.nil_with.empty()) return;
  const auto* other = notice.item(item.nil_with);
  if (other == nullptr) {
    if (complete) {
      reader.fault("nil_with", fmt::format("没有代号是“{}”的材料", item.nil_with),
                   suggestion(item.nil_with, ids_of(notice.items)));
    }
  } else if (!other->nil_allowed) {
    reader.fault("nil_with", fmt::format("“{}”没有允许说明无推荐", other->name),
                 fmt::format("在“{}”下写 nil_allowed = true", item.nil_with));
  }
}

// duty and quota_max: tables whose keys are unit ids.
void read_units_of(const TomlFile& file, const TableReader& reader, Item& item,
                   const Notice& notice, bool complete) {
  const auto known = [&](const toml::key& id) {
    if (!complete || notice.unit(id.str()) != nullptr) return true;
    file.fault(place_of(id), fmt::format("没有代号是“{}”的单位", id.str()),
               suggestion(id.str(), ids_of(notice.units)));
    return false;
  };
  if (const auto* table = reader.table("duty")) {
    for (const auto& [id, node] : *table) {
      if (!known(id)) continue;
      const auto text = node.value_or(std::string{});
      const auto* at = std::ranges::find(kDutyNames, text);
      if (at == kDutyNames.end()) {
        file.fault(place_of(node), fmt::format("“duty”不能写{}", describe(node)),
                   suggestion(text, kDutyNames));
      } else {
        item.duty.emplace(id.str(), static_cast<Duty>(at - kDutyNames.begin()));
      }
    }
  }
  if (const auto* table = reader.table("quota_max")) {
    for (const auto& [id, node] : *table) {
      if (!known(id)) continue;
      const auto number = node.value_exact<std::int64_t>();
      if (!number || *number < 0 || *number > 10'000) {
        file.fault(place_of(node), fmt::format("名额应该是整数，这里写的是{}", describe(node)),
                   "0 到 10000 之间的整数");
      } else {
        item.quota_max.emplace(id.str(), static_cast<int>(*number));
      }
    }
  }
}

// Two items with the same title could never be told apart.
void check_titles(const TableReader& reader, const Item& item,
                  std::map<std::string, std::string>& seen) {
  for (std::size_t i = 0; const auto& title : item.titles) {
    const auto [at, fresh] = seen.emplace(parsers::fold(title), item.name);
    if (!fresh && at->second != item.name) {
      reader.file().fault(reader.place("titles", i),
                          fmt::format("标题“{}”已经用来认“{}”", title, at->second),
                          "只留给一项材料");
    }
    ++i;
  }
}

}  // namespace

void load_items(const TomlFile& file, const TableReader& root, bool units_complete,
                Notice& notice) {
  std::vector<TableReader> readers;
  for (const auto* table : root.tables("items")) {
    const auto& reader = readers.emplace_back(file, *table, kItemKeys, "[[items]]");
    Item item = read_item(file, reader, notice);
    check_alone(reader, item);
    if (!item.id.empty() && notice.item(item.id) != nullptr) {
      reader.fault("id", fmt::format("材料代号“{}”用了两次", item.id), "每项材料一个代号");
    }
    if (!item.batch.empty() && notice.batch(item.batch) == nullptr && !file.broken()) {
      reader.fault("batch", fmt::format("没有代号是“{}”的批次", item.batch),
                   suggestion(item.batch, ids_of(notice.batches)));
    }
    notice.items.push_back(std::move(item));
  }
  std::map<std::string, std::string> titles;
  for (std::size_t i = 0; i < readers.size(); ++i) {
    check_references(readers[i], notice.items[i], notice, !file.broken());
    check_titles(readers[i], notice.items[i], titles);
    read_units_of(file, readers[i], notice.items[i], notice, units_complete);
  }
}

}  // namespace baosong::rules
