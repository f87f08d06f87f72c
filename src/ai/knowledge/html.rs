//! HTML as words: what a reader would see of a page, as Markdown or as plain text. Scripts, styles and comments are data that
//! nobody reads: they go. A tokenizer is enough, so that no depth of nesting matters; linear in the text.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};

/// What is in these is not the page's text.
const UNREAD: [&str; 10] =
    ["script", "style", "noscript", "template", "svg", "iframe", "object", "textarea", "select", "button"];
/// These stand on lines of their own.
const BLOCKS: [&str; 24] = [
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "aside",
    "nav",
    "blockquote",
    "figure",
    "figcaption",
    "form",
    "fieldset",
    "address",
    "details",
    "summary",
    "dl",
    "dt",
    "dd",
    "hr",
    "body",
    "table",
    "caption",
];
/// A list within a list within a list … is indented no further.
const INDENT_MAX: usize = 6;

/// A page's text.
#[derive(Debug, Default, PartialEq)]
pub struct Page {
    /// What stands in `<title>`; empty without one.
    pub title: String,
    /// Markdown.
    pub body: String,
}

/// A whole page as Markdown.
pub fn to_markdown(html: &str) -> Page {
    let mut writer = Writer { is_markdown: true, ..Writer::default() };
    writer.read(html);
    Page { title: writer.title.split_whitespace().collect::<Vec<_>>().join(" "), body: writer.out.trim().to_owned() }
}

/// A piece of HTML as plain lines.
pub fn to_text(html: &str) -> String {
    let mut writer = Writer::default();
    writer.read(html);
    writer.out.trim().to_owned()
}

#[derive(Default)]
struct Writer {
    is_markdown: bool,
    out: String,
    title: String,
    /// The element whose content is passed over, and how many of its name are open.
    unread: Option<(String, usize)>,
    is_in_title: bool,
    is_in_head: bool,
    is_in_pre: bool,
    /// The next number of each open list; `None` for bullets.
    lists: Vec<Option<usize>>,
    /// Cells so far in the open row, and whether the table's head line is written.
    cells: usize,
    is_head_written: bool,
    is_in_cell: bool,
    /// Where the open link leads.
    link: Option<String>,
}

impl Writer {
    fn read(&mut self, html: &str) {
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
            match token {
                Token::StartTag(tag) => self.start(&tag),
                Token::EndTag(tag) => self.end(&String::from_utf8_lossy(&tag.name)),
                Token::String(text) => self.text(&String::from_utf8_lossy(&text)),
                Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
            }
        }
    }

    fn start(&mut self, tag: &StartTag<()>) {
        let name = String::from_utf8_lossy(&tag.name);
        let name = name.as_ref();
        if let Some((unread, open)) = &mut self.unread {
            *open += usize::from(unread == name && !tag.self_closing);
            return;
        }
        if UNREAD.contains(&name) {
            if !tag.self_closing {
                self.unread = Some((name.to_owned(), 1));
            }
            return;
        }
        match name {
            "head" => self.is_in_head = true,
            "title" => self.is_in_title = true,
            "br" => self.line_break(),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.is_in_head = false;
                self.block();
                if self.is_markdown && !self.is_in_cell {
                    let level = name[1..].parse().unwrap_or(1);
                    self.out.push_str(&"#".repeat(level));
                    self.out.push(' ');
                }
            }
            "ul" | "ol" => {
                if self.lists.is_empty() {
                    self.block();
                }
                self.lists.push((name == "ol").then_some(1));
            }
            "li" => self.item(),
            "tr" => {
                self.line();
                self.cells = 0;
            }
            "td" | "th" => {
                self.cells += 1;
                self.is_in_cell = true;
                self.out.push_str(if self.is_markdown { "| " } else { "" });
            }
            "pre" => {
                self.block();
                self.is_in_pre = true;
                self.out.push_str(if self.is_markdown { "```\n" } else { "" });
            }
            "a" if self.is_markdown && self.link.is_none() => {
                let target =
                    tag.attributes.get("href".as_bytes()).map(|to| String::from_utf8_lossy(to).trim().to_owned());
                self.link = target.filter(|to| is_link(to));
                self.out.push_str(if self.link.is_some() { "[" } else { "" });
            }
            _ if BLOCKS.contains(&name) => {
                self.is_in_head &= name != "body";
                self.is_head_written &= name != "table";
                self.block();
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if let Some((unread, open)) = &mut self.unread {
            *open -= usize::from(unread == name);
            if *open == 0 {
                self.unread = None;
            }
            return;
        }
        match name {
            "head" => self.is_in_head = false,
            "title" => self.is_in_title = false,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.block(),
            "ul" | "ol" => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.block();
                }
            }
            "td" | "th" => {
                self.is_in_cell = false;
                self.out.push(' ');
            }
            "tr" => self.end_row(),
            "pre" if self.is_in_pre => {
                self.is_in_pre = false;
                self.line();
                self.out.push_str(if self.is_markdown { "```\n\n" } else { "\n" });
            }
            "a" => {
                if let Some(target) = self.link.take() {
                    self.out.push_str(&format!("]({target})"));
                }
            }
            _ if BLOCKS.contains(&name) => self.block(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.unread.is_some() {
            return;
        }
        if self.is_in_title {
            self.title.push_str(text);
            return;
        }
        if self.is_in_pre {
            self.out.push_str(text);
            return;
        }
        if self.is_in_head && text.trim().is_empty() {
            return;
        }
        for letter in text.chars() {
            if letter.is_whitespace() {
                if !self.out.is_empty() && !self.out.ends_with(char::is_whitespace) {
                    self.out.push(' ');
                }
                continue;
            }
            let begins_line = self.out.is_empty() || self.out.ends_with('\n');
            let is_mark = matches!(letter, '\\' | '*' | '`' | '<' | '[')
                || (letter == '|' && self.is_in_cell)
                || (begins_line && matches!(letter, '#' | '>' | '+' | '-' | '='));
            if self.is_markdown && is_mark {
                self.out.push('\\');
            }
            self.out.push(letter);
        }
    }

    fn item(&mut self) {
        self.line();
        let depth = self.lists.len().saturating_sub(1).min(INDENT_MAX);
        self.out.push_str(&"   ".repeat(depth));
        match self.lists.last_mut() {
            Some(Some(next)) => {
                self.out.push_str(&format!("{next}. "));
                *next += 1;
            }
            _ => self.out.push_str("- "),
        }
    }

    fn end_row(&mut self) {
        self.is_in_cell = false;
        if self.cells > 0 && self.is_markdown {
            self.out.push('|');
            if !self.is_head_written {
                self.is_head_written = true;
                self.out.push('\n');
                self.out.push_str(&"|---".repeat(self.cells));
                self.out.push('|');
            }
        }
        self.out.push('\n');
    }

    /// A new line, unless one has begun.
    fn line(&mut self) {
        while self.out.ends_with(' ') {
            self.out.pop();
        }
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    fn line_break(&mut self) {
        if self.is_in_head || self.unread.is_some() {
            return;
        }
        if self.is_in_cell {
            return self.text(" ");
        }
        while self.out.ends_with(' ') {
            self.out.pop();
        }
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push_str(if self.is_markdown { "\\\n" } else { "\n" });
        }
    }

    /// An empty line, unless there is one. Within an item or a cell text goes on as it is.
    fn block(&mut self) {
        if self.is_in_cell {
            return self.text(" ");
        }
        if self.out.ends_with("- ") || self.out.ends_with(". ") && !self.lists.is_empty() {
            return;
        }
        self.line();
        if !self.out.is_empty() && !self.out.ends_with("\n\n") && self.lists.is_empty() {
            self.out.push('\n');
        }
    }
}

/// Only addresses that a customer can open. Blanks and brackets would end the link early.
fn is_link(target: &str) -> bool {
    let is_known = ["https://", "http://", "mailto:"].iter().any(|scheme| target.starts_with(scheme));
    is_known && !target.contains(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_page_becomes_markdown() {
        let page = to_markdown(
            "<!doctype html><html><head><title>Help &amp; more</title><style>p{color:red}</style></head><body>
            <h1>Returns</h1><p>Send it back within <b>30 days</b>,<br>free of charge.
            <a href='https://x.example/r'>How</a> <a href='javascript:x()'>no</a></p>
            <ol><li><p>Pack it</p></li><li>Send it<ul><li>by post</li></ul></li></ol>
            <table><tr><th>To</th><th>Price</th></tr><tr><td>Norway</td><td>5&nbsp;€</td></tr></table>
            <pre>a  b\n c</pre></body></html>",
        );
        assert_eq!(page.title, "Help & more");
        assert_eq!(
            page.body,
            "# Returns\n\nSend it back within 30 days,\\\nfree of charge. [How](https://x.example/r) no\n\n\
             1. Pack it\n2. Send it\n   - by post\n\n| To | Price |\n|---|---|\n| Norway | 5 € |\n\n```\na  b\n c\n```"
        );
    }

    #[test]
    fn scripts_styles_and_comments_are_not_text() {
        let html = "<p>One<script>alert('<p>two</p>')</script><!-- three --><style>four</style>\
            <template><p>five</p><template>six</template>seven</template><svg><text>eight</text></svg> nine</p>\
            <p onclick=\"ten()\">eleven</p>&lt;script&gt;twelve";
        assert_eq!(to_text(html), "One nine\n\neleven\n\n<script>twelve");
        assert_eq!(to_markdown(html).body, "One nine\n\neleven\n\n\\<script>twelve");
        assert_eq!(to_text("<script>never closed <p>x</p>"), "");
    }

    #[test]
    fn no_depth_of_nesting_matters() {
        let deep = format!("{}x{}", "<div><ul><li>".repeat(30_000), "</li></ul></div>".repeat(30_000));
        assert!(to_markdown(&deep).body.ends_with('x'));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]
        #[test]
        fn any_soup_of_tags_is_read(soup in "(<(/)?(p|ul|ol|li|td|tr|table|pre|script|a|h2|title|head|template|br)( href=\"https://x\")?>|[a-z *#|&<>\"]){0,60}") {
            let _ = to_markdown(&soup);
            let _ = to_text(&soup);
        }
    }
}
