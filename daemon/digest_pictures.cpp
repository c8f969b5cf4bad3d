#include "daemon/digest_pictures.hpp"

#include "daemon/letters/pictures.hpp"
#include "daemon/letters/wording.hpp"

namespace baosong::daemon {

using kainjow::mustache::data;

void Gallery::add(data& row, const std::vector<std::uint8_t>& jpeg) {
  if (jpeg.empty() || full()) return;
  jpegs_.push_back(jpeg);
  row.set("picture", value(picture_mark(jpegs_.size())));
}

void set_seals(data& all, const DigestInput& in, Gallery& gallery) {
  data seals(data::type::list);
  std::int64_t more = 0;
  for (const auto& row : seals_seen(in)) {
    if (gallery.full()) {
      ++more;
      continue;
    }
    data one;
    one.set("who", value(row.who));
    one.set("what", value(row.what));
    one.set("detail", value(row.detail));
    gallery.add(one, row.picture);
    seals.push_back(one);
  }
  all.set("has_seals", data(seals.is_non_empty_list() || more > 0));
  all.set("seals", seals);
  if (more > 0) all.set("more_seals", value(more));
}

void set_needs(data& all, const DigestInput& in, Gallery& gallery) {
  data needs(data::type::list);
  std::int64_t number = 0, count = 0;
  for (const auto& need : needs_of(in)) {
    data rows(data::type::list);
    for (const auto& row : need.rows) {
      data one;
      one.set("when", value(row.when));
      one.set("who", value(row.who));
      one.set("what", value(row.what));
      one.set("detail", value(row.detail));
      if (!row.id.empty()) one.set("id", value(row.id));
      gallery.add(one, row.picture);
      rows.push_back(one);
    }
    data one;
    one.set("number", value(++number));
    one.set("kind", value(need.kind));
    one.set("todo", value(need.todo));
    one.set("urgent", data(need.urgent));
    one.set("count", value(static_cast<std::int64_t>(need.rows.size())));
    one.set("rows", rows);
    needs.push_back(one);
    count += static_cast<std::int64_t>(need.rows.size());
  }
  all.set("has_needs", data(needs.is_non_empty_list()));
  all.set("need_count", value(count));
  all.set("needs", needs);
}

}  // namespace baosong::daemon
