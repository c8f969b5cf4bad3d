// Turns the XML of a main part or of notes into text, tables and counts, streaming.
//
// What a reader of the printed page would not see is left out: deleted and moved-away text, field
// instructions, hidden runs, phonetic guides, the fallback of alternate content, separator notes,
// and prompts of unfilled content controls.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/facts.hpp"
#include "parsers/word/styles.hpp"
#include "parsers/word/xml.hpp"

namespace baosong::parsers {

// The text facts of a document while it is read: several parts share one set of limits.
struct StoryOutput {
  WordFacts facts;
  std::size_t text_bytes = 0;            // kept so far, against limits::kFactTextBytes
  std::size_t rows = 0;                  // against limits::kFactRows
  std::vector<std::string> image_links;  // relationship ids in the order of first use
  bool foreign = false;  // some of the text is a file of its own, which Word imports (altChunk)
};

class Story : public XmlHandler {
 public:
  enum class Kind { kMain, kNotes };
  Story(Kind kind, const Styles& styles, StoryOutput& out);

  void start(Ns ns, std::string_view local, const Attributes& attributes) override;
  void end(Ns ns, std::string_view local) override;
  void text(std::string_view utf8) override;

 private:
  friend struct StoryRules;
  using Open = void (Story::*)(const Attributes&);
  using Close = void (Story::*)();
  struct Rule {
    Ns ns;
    std::string_view local;
    Open open;
    Close close;
    bool skip = false;  // leave out the element and all that is in it
  };
  static const Rule* find_rule(Ns ns, std::string_view local);

  struct ParagraphState {
    std::string text, prompt;  // prompt: text of content controls that nobody filled
    Layout layout;             // of its own properties and its style
    std::string style;
    bool styled = false;  // layout is complete
    bool any_run = false, all_bold = true;
    int half_points = 0;
    int instructions = 0;      // open fields whose instruction is being written
    std::vector<bool> fields;  // complex fields, innermost last: true while in the instruction
  };
  struct RunState {
    Layout layout;
    std::string style;
    bool resolved = false;  // style and paragraph are in `layout`
  };
  // Where paragraphs go: the body, a cell, a text box, a note.
  struct Container {
    enum class Kind { kBody, kCell, kBox, kNote } kind;
    std::string text, prompt;
  };
  struct TableState {
    std::size_t index = 0;
    bool kept = false, row_deleted = false;
    std::vector<Cell> row;
    Cell cell;
  };
  struct Control {
    bool prompt = false;
  };

  void open_paragraph(const Attributes&);
  void close_paragraph();
  void open_run(const Attributes&);
  void close_run();
  void open_run_properties(const Attributes&);
  void close_run_properties();
  void open_paragraph_properties(const Attributes&);
  void close_paragraph_properties();
  void open_property(const Attributes&);
  void open_run_style(const Attributes&);
  void open_paragraph_style(const Attributes&);
  void open_text(const Attributes&);
  void close_text();
  void put_tab(const Attributes&);
  void put_break(const Attributes&);
  void put_hyphen(const Attributes&);
  void put_symbol(const Attributes&);
  void note_foreign(const Attributes&);
  void open_field_mark(const Attributes&);
  void open_table(const Attributes&);
  void close_table();
  void open_row(const Attributes&);
  void close_row();
  void open_grid_before(const Attributes&);
  void open_row_deletion(const Attributes&);
  void open_row_properties(const Attributes&);
  void close_row_properties();
  void open_cell(const Attributes&);
  void close_cell();
  void open_span(const Attributes&);
  void open_merge(const Attributes&);
  void open_control(const Attributes&);
  void close_control();
  void open_control_properties(const Attributes&);
  void close_control_properties();
  void open_prompt_mark(const Attributes&);
  void open_box(const Attributes&);
  void close_box();
  void open_note(const Attributes&);
  void close_note();
  void open_alternate(const Attributes&);
  void close_alternate();
  void open_choice(const Attributes&);
  void open_fallback(const Attributes&);
  void open_picture(const Attributes&);

  void put(std::string_view utf8);
  void resolve_run();
  [[nodiscard]] bool in_prompt() const;
  Count& counter();
  bool keep(std::size_t bytes);

  StoryOutput& out_;
  const Styles& styles_;
  std::vector<const Rule*> open_;  // one for each open element, null for those without a rule
  int skipping_ = 0;               // depth inside an element that is left out
  bool skip_this_ = false;         // an Open asks to leave its element out
  std::string_view local_;         // of the element that is being opened
  std::vector<Container> containers_;
  std::vector<ParagraphState> paragraphs_;  // a text box stands inside a paragraph
  std::vector<RunState> runs_;
  std::vector<TableState> tables_;
  std::vector<Control> controls_;
  std::vector<bool> choices_;  // alternate content: a choice was taken
  std::string loose_;          // the text of a w:t that does not keep its outer blanks
  bool in_text_ = false, keeps_blanks_ = false, in_run_properties_ = false,
       in_paragraph_properties_ = false;
  bool in_row_properties_ = false, in_control_properties_ = false;
};

}  // namespace baosong::parsers
