// The fields of every value that crosses the pipe, named once. An encoder, a decoder and whatever
// else must see each field (the UTF-8 mender of read.cpp) are visitors over these rows, so that no
// two of them can disagree about the order. Adding, removing or moving a field changes the frame:
// raise kWireVersion.
#pragma once

#include <type_traits>

#include "parsers/facts.hpp"
#include "parsers/mime/parts.hpp"

namespace baosong::parsers::wire {

// `T` or `const T`, so that one row serves the reader and the writer.
template <class T, class Wanted>
concept Is = std::is_same_v<std::remove_const_t<T>, Wanted>;

template <class V>
void fields(V& v, Is<Count> auto& x) {
  v(x.high, x.low, x.non_space, x.han);
}
template <class V>
void fields(V& v, Is<Paragraph> auto& x) {
  v(x.text, x.count, x.heading, x.centered, x.bold, x.half_points);
}
template <class V>
void fields(V& v, Is<Cell> auto& x) {
  v(x.text, x.placeholder, x.span, x.continues);
}
template <class V>
void fields(V& v, Is<Table> auto& x) {
  v(x.rows, x.after_paragraph);
}
template <class V>
void fields(V& v, Is<EmbeddedImage> auto& x) {
  v(x.sha256, x.size, x.width, x.height, x.measured, x.dhash, x.turned);
}
template <class V>
void fields(V& v, Is<WordFacts> auto& x) {
  v(x.body, x.text_boxes, x.notes, x.paragraphs, x.tables, x.images, x.box_texts, x.cut);
}
template <class V>
void fields(V& v, Is<Seal> auto& x) {
  v(x.page, x.x_mm, x.y_mm, x.diameter_mm, x.confidence, x.picture);
}
template <class V>
void fields(V& v, Is<ScanHead> auto& x) {
  v(x.text, x.confidence);
}
template <class V>
void fields(V& v, Is<PdfFacts> auto& x) {
  v(x.pages, x.text_characters, x.text, x.producer, x.signature, x.seal, x.grey_seal,
    x.seal_looked_for, x.seal_pages, x.head);
}
template <class V>
void fields(V& v, Is<PhotoFacts> auto& x) {
  v(x.width, x.height, x.sharpness, x.measured, x.dhash, x.turned, x.taken, x.has_exif);
}
template <class V>
void fields(V& v, Is<CloudLink> auto& x) {
  v(x.host, x.size_text, x.expires);
}
template <class V>
void fields(V& v, Is<TextFacts> auto& x) {
  v(x.text);
}
template <class V>
void fields(V& v, Is<Document> auto& x) {
  v(x.path, x.name, x.size, x.sha256, x.format, x.kind, x.trouble, x.trouble_detail, x.inline_image,
    x.facts);
}
template <class V>
void fields(V& v, Is<Address> auto& x) {
  v(x.name, x.address);
}
template <class V>
void fields(V& v, Is<Field> auto& x) {
  v(x.name, x.value);
}
template <class V>
void fields(V& v, Is<Forwarded> auto& x) {
  v(x.from, x.subject, x.text);
}
template <class V>
void fields(V& v, Is<Bounce> auto& x) {
  v(x.recipient, x.status, x.original_message_id);
}
template <class V>
void fields(V& v, Is<Message> auto& x) {
  v(x.message_id, x.from, x.reply_to, x.to, x.cc, x.subject, x.in_reply_to, x.references, x.date,
    x.received, x.content_type, x.report_type, x.fields, x.text, x.quoted, x.forwarded, x.bounce);
}
template <class V>
void fields(V& v, Is<Reading> auto& x) {
  v(x.is_mail, x.sha256, x.size, x.message, x.documents, x.problems);
}
template <class V>
void fields(V& v, Is<mime::LeafPart> auto& x) {
  v(x.path, x.type, x.disposition, x.name, x.size, x.sha256, x.sha256_normalised);
}
template <class V>
void fields(V& v, Is<mime::PartList> auto& x) {
  v(x.parts, x.problems);
}

}  // namespace baosong::parsers::wire
