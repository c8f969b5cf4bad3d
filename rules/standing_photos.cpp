// Photos: they add up by content; a faulty one counts as sent until enough good ones are there.
#include <algorithm>

#include "rules/likeness.hpp"
#include "rules/standing_work.hpp"
#include "rules/versions.hpp"

namespace baosong::rules::work {
namespace {

constexpr std::size_t kCompared = 200;  // photos of an item that are compared with each other

bool alike(const Candidate& a, const Candidate& b, std::int64_t distance) {
  return picture_distance(picture_of(a.document()), picture_of(b.document())) <= distance;
}

std::int64_t distance_of(const RuleSetting& rule) {
  return rule.params.contains("distance") ? rule.integer("distance") : 0;
}

bool is_photo(const Candidate& c) {
  return c.half == Half::kPhoto && (parsers::is_image(c.document().format) ||
                                    c.document().trouble != parsers::Trouble::kNone);
}

// Adds the pictures of a Word that are none of those that are known.
void add_pictures(const Candidate& c, std::int64_t distance, std::vector<Picture>& seen) {
  if (c.word() == nullptr || !c.valid()) return;
  for (const Picture& picture : pictures_in(c.document())) {
    const bool known = std::ranges::any_of(
        seen, [&](const Picture& o) { return picture_distance(picture, o) <= distance; });
    if (!known && seen.size() < kCompared) seen.push_back(picture);
  }
}

}  // namespace

ItemWork weigh_photos(const Notice& notice, const Item& item, std::span<const Entry> entries) {
  ItemWork work;
  work.item = &item;
  work.candidates = candidates_for(notice, item, entries);
  work.touched = !work.candidates.empty();
  work.want = item.min;

  std::size_t last_good = 0;
  for (Candidate& c : work.candidates) {
    if (!is_photo(c)) {
      if (c.half == Half::kAlbum) c.fate = Fate::kCurrent, work.staff = work.staff || c.unread;
      continue;
    }
    ++work.came;
    if (!c.valid()) continue;
    ++work.have;
    c.fate = Fate::kCurrent;
    last_good = std::max(last_good, c.rank.mail);
  }
  const std::int64_t distance = distance_of(notice.rule(&item, "photo.duplicate"));
  for (Candidate& c : work.candidates) {
    if (c.valid() || c.half != Half::kPhoto) continue;
    // The same picture under a better name, sent again by a program that changed its bytes.
    const bool again = work.candidates.size() <= kCompared &&
                       std::ranges::any_of(work.candidates, [&](const Candidate& o) {
                         return o.valid() && o.rank.mail > c.rank.mail && alike(o, c, distance);
                       });
    if (again) {
      c.fate = Fate::kReplaced;
      --work.came;
    } else if (work.have >= item.min) {
      c.fate = c.rank.mail < last_good ? Fate::kReplaced : Fate::kSoftened;
    }
  }
  return work;
}

void count_photos(const Notice& notice, ItemWork& photos, const ItemWork* text) {
  const Item& item = *photos.item;
  const std::int64_t distance = distance_of(notice.rule(&item, "photo.duplicate"));
  // What came as a file counts as that; Word shrinks a copy, so its bytes are others.
  std::vector<Picture> pictures;
  for (const Candidate& c : photos.candidates) {
    if (is_photo(c) && pictures.size() < kCompared) pictures.push_back(picture_of(c.document()));
  }
  const std::size_t files = pictures.size();
  std::size_t albums = 0;
  for (const Candidate& c : photos.candidates) {
    if (c.half == Half::kAlbum) add_pictures(c, distance, pictures), ++albums;
  }
  if (text != nullptr) {
    std::vector<Picture> alone;
    for (const Candidate& c : text->candidates) {
      if (c.fate == Fate::kCurrent) add_pictures(c, distance, alone);
    }
    // One picture in a text is an illustration; it hands no photos in.
    if (alone.size() >= 2 || photos.came > 0) {
      for (const Candidate& c : text->candidates) {
        if (c.fate == Fate::kCurrent) add_pictures(c, distance, pictures);
      }
    }
  }
  const int embedded = static_cast<int>(pictures.size() - files);
  const auto fields = [&](int have) {
    return SentenceFields{{"have", std::to_string(have)}, {"want", std::to_string(item.min)}};
  };
  if (photos.came < item.min && embedded > 0) {
    photos.touched = true;
    photos.have = std::min(photos.have + embedded, std::max(photos.have, item.min));
    DocumentRef where;
    const ItemWork& holder = albums > 0 ? photos : *text;
    for (const Candidate& c : holder.candidates) {
      if (c.fate == Fate::kCurrent && c.word() != nullptr && !c.word()->images.empty())
        where = {c.entry->mail, &c.document()};
    }
    say(notice, &item, where, notice.rule(&item, "photo.embedded-only").severity,
        {.code = "photo.embedded-only",
         .measured = std::to_string(embedded),
         .limit = std::to_string(item.min),
         .fields = fields(embedded)},
        photos.findings);
  }
  const bool unread_album = photos.staff && photos.came == 0;
  const int seen = photos.came + embedded;
  if (!photos.touched || unread_album) return;
  photos.wanting = seen < item.min;
  // Without a single photo the link, the archive or the wrong file says it all.
  if (seen > 0 && seen < item.min) {
    say(notice, &item, {}, notice.rule(&item, "item.count").severity,
        {.code = "item.count",
         .variant = "photos",
         .measured = std::to_string(seen),
         .limit = std::to_string(item.min),
         .fields = fields(seen)},
        photos.findings);
  }
  if (item.max && photos.have > *item.max &&
      notice.rule(&item, "item.count").severity != Severity::kOff) {
    say(notice, &item, {}, notice.rule(&item, "item.count").severity_param("more_severity"),
        {.code = "item.count",
         .variant = "more",
         .measured = std::to_string(photos.have),
         .limit = std::to_string(*item.max),
         .fields = {{"have", std::to_string(photos.have)}, {"want", std::to_string(*item.max)}}},
        photos.findings);
  }
}

void find_photo_duplicates(const Notice& notice, ItemWork& photos, std::span<const Entry> entries) {
  const RuleSetting& rule = notice.rule(photos.item, "photo.duplicate");
  if (rule.severity == Severity::kOff) return;
  const auto tell = [&](const LedgerMail* mail, const parsers::Document& d,
                        const parsers::Document& other) {
    say(notice, photos.item, {mail, &d}, rule.severity,
        {.code = "photo.duplicate", .fields = {{"earlier", other.name}}}, photos.findings);
  };
  // The same bytes twice in one mail are one photo; across mails they were sent again.
  for (const Entry& e : entries) {
    if (e.earlier != nullptr && e.earlier->mail == e.mail && e.is_for(*photos.item))
      tell(e.mail, e.document(), e.earlier->document());
  }
  const auto& all = photos.candidates;
  const std::size_t n = std::min(all.size(), kCompared);
  for (std::size_t i = 1; i < n; ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      if (all[i].rank.mail != all[k].rank.mail || all[i].fate == Fate::kReplaced ||
          !alike(all[i], all[k], distance_of(rule)))
        continue;
      tell(all[i].entry->mail, all[i].document(), all[k].document());
      break;
    }
  }
}

// The letter does not say whose it is; the digest does.
void find_used_elsewhere(const Notice& notice, const Ledger& ledger, const Candidate& c,
                         ItemWork& work) {
  const RuleSetting& rule = notice.rule(work.item, "photo.reused");
  const auto distance = std::min<std::int64_t>(distance_of(rule), kLookalikeBits);
  const auto pictures = pictures_in(c.document());
  const PhotoElsewhere* first = nullptr;
  for (const PhotoElsewhere& other : ledger.photos_elsewhere) {
    const bool like = std::ranges::any_of(pictures, [&](const Picture& picture) {
      return picture_distance(picture, other.picture) <= distance;
    });
    if (!like || other.received >= c.entry->mail->received) continue;
    if (first == nullptr || other.received < first->received) first = &other;
  }
  if (first == nullptr) return;
  const bool same_notice = first->notice == notice.id;
  say(notice, work.item, {c.entry->mail, &c.document()}, rule.severity,
      {.code = "photo.reused",
       .variant = c.word() == nullptr ? "elsewhere" : "elsewhere-embedded",
       .measured = same_notice ? first->unit : first->unit + "/" + first->notice},
      work.findings);
}

void find_reused_photos(const Notice& notice, const Ledger& ledger, std::vector<ItemWork>& items) {
  std::vector<ItemWork*> photos;
  for (ItemWork& work : items) {
    if (work.item->kind == ItemKind::kPhotos && work.candidates.size() <= kCompared)
      photos.push_back(&work);
  }
  for (ItemWork* later : photos) {
    const RuleSetting& rule = notice.rule(later->item, "photo.reused");
    if (rule.severity == Severity::kOff) continue;
    // Photos that came in the text of another item stand for this one's.
    const bool embedded = std::ranges::find(later->findings, "photo.embedded-only",
                                            &Finding::rule) != later->findings.end();
    if (const ItemWork* text = embedded ? find(items, later->item->text_item) : nullptr) {
      for (const Candidate& c : text->candidates) {
        if (c.fate == Fate::kCurrent && c.word() != nullptr)
          find_used_elsewhere(notice, ledger, c, *later);
      }
    }
    for (const Candidate& c : later->candidates) {
      const Candidate* before = nullptr;
      for (const ItemWork* earlier : photos) {
        if (earlier == later || before != nullptr) continue;
        const bool first =
            notice.batch_of(*earlier->item).closes < notice.batch_of(*later->item).closes;
        for (const Candidate& o : earlier->candidates) {
          if ((first || o.rank.mail < c.rank.mail) && o.rank.mail <= c.rank.mail &&
              alike(o, c, distance_of(rule)))
            before = &o;
        }
      }
      if (c.fate == Fate::kReplaced) continue;
      if (c.half == Half::kAlbum && c.fate == Fate::kCurrent) {
        find_used_elsewhere(notice, ledger, c, *later);
        continue;
      }
      if (c.half != Half::kPhoto) continue;
      if (before == nullptr) {
        find_used_elsewhere(notice, ledger, c, *later);
        continue;
      }
      say(notice, later->item, {c.entry->mail, &c.document()}, rule.severity,
          {.code = "photo.reused", .fields = {{"earlier", before->document().name}}},
          later->findings);
    }
  }
}

}  // namespace baosong::rules::work
