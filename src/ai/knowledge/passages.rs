//! Cutting an entry's Markdown into passages: plain text under its headings, cut at paragraphs, then sentences, then words.
//! Markup goes, and so does raw HTML with its scripts; nothing of it is ever run or followed. Linear in the text.

use super::html;
use crate::domain::Passage;
use crate::domain::knowledge::PASSAGE_CHARS_MAX;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// A passage of this many characters takes no further paragraph: short passages are found more exactly. The items of a list
/// stay together while they fit.
const PASSAGE_CHARS_GOOD: usize = 300;
/// The longest heading path, in characters.
const HEADING_CHARS_MAX: usize = 200;

/// The passages of a body, in reading order.
pub fn cut(markdown: &str) -> Vec<Passage> {
    let mut shelf = Cutter::default();
    for block in blocks(markdown) {
        shelf.take(block);
    }
    shelf.close();
    shelf.passages
}

/// The first heading of a body, for a title.
pub fn first_heading(markdown: &str) -> Option<String> {
    blocks(markdown).into_iter().find_map(|block| match block {
        Block::Heading(_, text) => Some(text),
        Block::Text { .. } => None,
    })
}

#[derive(Debug, PartialEq)]
enum Block {
    /// Level from 1, and its words.
    Heading(usize, String),
    Text {
        text: String,
        /// It belongs to the list or table before it.
        goes_on: bool,
    },
}

#[derive(Default)]
struct Cutter {
    path: Vec<(usize, String)>,
    open: String,
    passages: Vec<Passage>,
}

impl Cutter {
    fn take(&mut self, block: Block) {
        match block {
            Block::Heading(level, words) => {
                self.close();
                self.path.retain(|(above, _)| *above < level);
                self.path.push((level, words));
            }
            Block::Text { text, goes_on } => {
                for piece in pieces(&text) {
                    let (have, more) = (self.open.chars().count(), piece.chars().count());
                    let is_enough = have >= PASSAGE_CHARS_GOOD && !goes_on;
                    if have > 0 && (is_enough || have + 1 + more > PASSAGE_CHARS_MAX) {
                        self.close();
                    }
                    if !self.open.is_empty() {
                        self.open.push('\n');
                    }
                    self.open.push_str(&piece);
                }
            }
        }
    }

    fn close(&mut self) {
        let text = std::mem::take(&mut self.open);
        if text.trim().is_empty() {
            return;
        }
        let path = self.path.iter().map(|(_, words)| words.as_str()).collect::<Vec<_>>().join(" › ");
        let heading = path.chars().take(HEADING_CHARS_MAX).collect();
        self.passages.push(Passage { ordinal: self.passages.len() as i64, heading, text });
    }
}

/// The text in pieces that each fit a passage.
fn pieces(text: &str) -> Vec<String> {
    if text.chars().count() <= PASSAGE_CHARS_MAX {
        return vec![text.to_owned()];
    }
    let mut pieces = vec![String::new()];
    for sentence in sentences(text) {
        for part in parts(sentence) {
            let last = pieces.last_mut().expect("there is always one");
            if !last.is_empty() && last.chars().count() + 1 + part.chars().count() > PASSAGE_CHARS_MAX {
                pieces.push(part);
            } else {
                if !last.is_empty() {
                    last.push(' ');
                }
                last.push_str(&part);
            }
        }
    }
    pieces
}

/// A sentence, or its words in groups that each fit a passage, or, where not even a word fits, its letters.
fn parts(sentence: &str) -> Vec<String> {
    if sentence.chars().count() <= PASSAGE_CHARS_MAX {
        return vec![sentence.to_owned()];
    }
    let mut parts: Vec<String> = Vec::new();
    let (mut open, mut length) = (String::new(), 0);
    for word in sentence.split_whitespace() {
        let letters: Vec<char> = word.chars().collect();
        for group in letters.chunks(PASSAGE_CHARS_MAX) {
            if length > 0 && length + 1 + group.len() > PASSAGE_CHARS_MAX {
                parts.push(std::mem::take(&mut open));
                length = 0;
            }
            if length > 0 {
                open.push(' ');
                length += 1;
            }
            open.extend(group);
            length += group.len();
        }
    }
    parts.push(open);
    parts.retain(|part| !part.is_empty());
    parts
}

/// The sentences of a plain text, trimmed; every line is one by itself at least.
pub fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for line in text.lines() {
        let mut start = 0;
        let mut letters = line.char_indices().peekable();
        while let Some((at, letter)) = letters.next() {
            let after = at + letter.len_utf8();
            let ends = match letter {
                '。' | '！' | '？' => true,
                '.' | '!' | '?' | '…' => {
                    let rest = line[after..].trim_start_matches(['.', '!', '?', '…', '"', '”', '»', '’', '\'', ')']);
                    let gap = rest.len() < line[after..].len() || rest.starts_with(char::is_whitespace);
                    let next = rest.trim_start().chars().next();
                    gap && rest.starts_with(char::is_whitespace)
                        && next.is_some_and(|c| !c.is_lowercase())
                        && !is_abbreviated(&line[start..at], letter)
                }
                _ => false,
            };
            if ends {
                let closing = line[after..].len()
                    - line[after..].trim_start_matches(['.', '!', '?', '…', '"', '”', '»', '’', '\'', ')']).len();
                let end = after + closing;
                found.push(line[start..end].trim());
                start = end;
                while letters.next_if(|(at, _)| *at < end).is_some() {}
            }
        }
        found.push(line[start..].trim());
    }
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// "Dr." and "z. B." end no sentence, nor does the number of a list.
fn is_abbreviated(before: &str, mark: char) -> bool {
    let word = before.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
    let is_known = || {
        [
            "dr", "mr", "mrs", "ms", "prof", "st", "sr", "sra", "nr", "no", "bzw", "ca", "inkl", "zzgl", "vs", "etc",
            "approx",
        ]
        .contains(&word.to_lowercase().as_str())
    };
    let is_number = || !word.is_empty() && word.chars().all(|c| c.is_ascii_digit()) && before.trim() == word;
    mark == '.' && (is_known() || is_number() || (word.chars().count() == 1 && word.chars().all(char::is_alphabetic)))
}

/// What is open while the Markdown is read.
#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    text: String,
    heading: Option<usize>,
    /// The next number of each open list; `None` for bullets.
    lists: Vec<Option<u64>>,
    /// What stands before the item that is open, once.
    mark: Option<String>,
    /// The head of the open table, and the row that is open.
    head: Vec<String>,
    row: Vec<String>,
    is_head: bool,
    html: String,
    /// Within a script or style in the middle of a line: nobody reads it.
    is_unread: bool,
    /// Where the open links lead, and where their words begin.
    links: Vec<(String, usize)>,
}

fn blocks(markdown: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        reader.hear(event);
    }
    reader.end_block();
    reader.blocks
}

impl Reader {
    fn hear(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) if !self.is_unread => self.text.push_str(&text),
            Event::SoftBreak => self.text.push(' '),
            Event::HardBreak => self.text.push('\n'),
            Event::Html(html) => self.html.push_str(&html),
            Event::InlineHtml(tag) => self.inline(&tag.to_lowercase()),
            Event::Rule => self.end_block(),
            _ => {}
        }
    }

    /// A tag in the middle of a line. What stands between two tags is text of its own.
    fn inline(&mut self, tag: &str) {
        if tag.starts_with("<script") || tag.starts_with("<style") {
            self.is_unread = true;
        } else if tag.starts_with("</script") || tag.starts_with("</style") {
            self.is_unread = false;
        } else if tag.starts_with("<br") {
            self.text.push('\n');
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.end_block();
                self.heading = Some(number(*level));
            }
            Tag::List(first) => {
                self.end_block();
                self.lists.push(*first);
            }
            Tag::Item => {
                self.end_block();
                self.mark = Some(match self.lists.last_mut() {
                    Some(Some(next)) => {
                        *next += 1;
                        format!("{}. ", *next - 1)
                    }
                    _ => "- ".to_owned(),
                });
            }
            Tag::Link { dest_url, .. } => self.links.push((dest_url.to_string(), self.text.len())),
            Tag::TableHead => self.is_head = true,
            Tag::TableRow => self.row.clear(),
            Tag::TableCell => self.text.clear(),
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented)
            | Tag::Paragraph
            | Tag::BlockQuote(_)
            | Tag::HtmlBlock
            | Tag::Table(_) => self.end_block(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                let text = one_line(&std::mem::take(&mut self.text));
                if let Some(level) = self.heading.take()
                    && !text.is_empty()
                {
                    self.blocks.push(Block::Heading(level, text));
                }
            }
            TagEnd::List(_) => {
                self.end_block();
                self.lists.pop();
            }
            TagEnd::Link => {
                // A customer reads plain text: the address stands behind the words.
                if let Some((target, from)) = self.links.pop()
                    && target.starts_with("http")
                    && self.text.get(from..).is_some_and(|words| words != target)
                {
                    self.text.push_str(&format!(" ({target})"));
                }
            }
            TagEnd::TableCell => {
                let cell = one_line(&std::mem::take(&mut self.text));
                if self.is_head { self.head.push(cell) } else { self.row.push(cell) }
            }
            TagEnd::TableHead => self.is_head = false,
            TagEnd::TableRow => {
                let row = self.row_text();
                self.add(row, true);
            }
            TagEnd::Table => self.head.clear(),
            TagEnd::HtmlBlock => {
                self.text = html::to_text(&std::mem::take(&mut self.html));
                self.end_block();
            }
            TagEnd::Paragraph | TagEnd::Item | TagEnd::CodeBlock | TagEnd::BlockQuote(_) => self.end_block(),
            _ => {}
        }
    }

    /// Each cell with the head of its column, so that a row can be understood by itself.
    fn row_text(&self) -> String {
        let cells = self.row.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
        let named = cells.map(|(at, cell)| match self.head.get(at).filter(|head| at > 0 && !head.is_empty()) {
            Some(head) => format!("{head}: {cell}"),
            None => cell.clone(),
        });
        named.collect::<Vec<_>>().join("; ")
    }

    fn end_block(&mut self) {
        self.is_unread = false;
        let text = std::mem::take(&mut self.text);
        let lines: Vec<&str> = text.lines().map(str::trim_end).filter(|line| !line.trim().is_empty()).collect();
        if lines.is_empty() {
            return;
        }
        let text = match self.mark.take() {
            Some(mark) => format!("{mark}{}", lines.join("\n").trim_start()),
            None => lines.join("\n"),
        };
        self.add(text, !self.lists.is_empty());
    }

    fn add(&mut self, text: String, goes_on: bool) {
        if !text.trim().is_empty() {
            self.blocks.push(Block::Text { text, goes_on });
        }
    }
}

fn number(level: HeadingLevel) -> usize {
    level as usize
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(markdown: &str) -> Vec<(String, String)> {
        cut(markdown).into_iter().map(|passage| (passage.heading, passage.text)).collect()
    }

    fn pair(heading: &str, text: &str) -> (String, String) {
        (heading.into(), text.into())
    }

    #[test]
    fn passages_stand_under_their_headings() {
        let found = texts(
            "Hello **you**.\n\n# Returns\nWithin [30 days](https://x.example).\n\n## Shoes\nUnworn.\n\n# Help\n`F1`",
        );
        let expected = [
            pair("", "Hello you."),
            pair("Returns", "Within 30 days (https://x.example)."),
            pair("Returns › Shoes", "Unworn."),
            pair("Help", "F1"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn lists_and_tables_can_be_read_by_themselves() {
        let list = texts("Do this:\n\n1. Open it\n2. Close it\n   - slowly\n");
        assert_eq!(list, [pair("", "Do this:\n1. Open it\n2. Close it\n- slowly")]);
        let table = texts("| To | Price | Days |\n|---|---|---|\n| Norway | 5 € | 3 |\n| Chile | 9 € | |\n");
        assert_eq!(table, [pair("", "Norway; Price: 5 €; Days: 3\nChile; Price: 9 €")]);
    }

    #[test]
    fn raw_html_leaves_its_words_and_nothing_else() {
        let found = texts(
            "<div onclick=\"x()\">\n<p>Open <b>daily</b></p><script>steal()</script>\n</div>\n\nA<br>b <i>c</i> <script>d()</script>",
        );
        assert_eq!(found, [pair("", "Open daily\nA\nb c")]);
    }

    #[test]
    fn long_text_is_cut_at_paragraphs_then_sentences_then_words() {
        let paragraph = "This sentence has forty-two letters in it. ".repeat(9);
        let found = cut(&format!("{paragraph}\n\n{paragraph}"));
        assert_eq!(found.len(), 2);
        let found = cut(&paragraph.repeat(4));
        assert!(found.len() > 2);
        assert!(found.iter().all(|passage| passage.text.ends_with("it.")), "{found:?}");
        let found = cut(&format!("{} {}", "word ".repeat(300), "x".repeat(2_000)));
        assert!(found.iter().all(|passage| passage.text.chars().count() <= PASSAGE_CHARS_MAX));
        let letters: usize = found.iter().map(|passage| passage.text.matches('x').count()).sum();
        assert_eq!(letters, 2_000);
    }

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        let found = sentences(
            "We open at 9.30 a.m. every day, e.g. on Sunday. Dr. Who answers! “Really?” Yes… he does.\n- A list\n1. One",
        );
        assert_eq!(
            found,
            [
                "We open at 9.30 a.m. every day, e.g. on Sunday.",
                "Dr. Who answers!",
                "“Really?”",
                "Yes… he does.",
                "- A list",
                "1. One"
            ]
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_text_is_cut_into_passages_of_the_right_size(text in "(\\PC|[#*|`<>&\n -]){0,900}") {
            for (place, passage) in cut(&text).into_iter().enumerate() {
                prop_assert_eq!(passage.ordinal, place as i64);
                let length = passage.text.chars().count();
                prop_assert!(length > 0 && length <= PASSAGE_CHARS_MAX);
                prop_assert!(passage.heading.chars().count() <= HEADING_CHARS_MAX);
            }
            let _ = sentences(&text);
        }
    }
}
