//! A file as the text of an entry: its type by name and content, its title from its first heading, its `<title>` or its name.
//! What stands in it is data: scripts and styles of pages are dropped, nothing is ever run.

use super::encoding::decode;
use crate::ai::knowledge::{html, passages};
use crate::domain::KnowledgeText;
use crate::domain::knowledge::{FILE_BYTES_MAX, FILE_ENDINGS, TITLE_CHARS_MAX};

/// The longest file name that is shown, in characters.
const NAME_CHARS_MAX: usize = 100;

/// A file as it was sent.
pub struct Upload {
    pub name: String,
    /// `None`: it was longer than [`FILE_BYTES_MAX`] and not read further.
    pub bytes: Option<Vec<u8>>,
}

impl Upload {
    /// Its name without folders, short enough to be shown.
    pub(super) fn shown_name(&self) -> String {
        let name = self.name.rsplit(['/', '\\']).next().unwrap_or_default();
        let name: String = name.chars().filter(|c| !c.is_control()).take(NAME_CHARS_MAX).collect();
        if name.trim().is_empty() { "A file without a name".to_owned() } else { name }
    }
}

/// Reads a file.
///
/// # Errors
/// A sentence that says what is wrong and what to do.
pub(super) fn read(upload: &Upload) -> Result<KnowledgeText, String> {
    let name = upload.shown_name();
    let ending = FILE_ENDINGS.iter().find(|ending| name.to_lowercase().ends_with(*ending));
    let Some(ending) = ending else {
        return Err(
            "Files of this type can't be read. Send Markdown (.md), plain text (.txt) or HTML (.html).".to_owned()
        );
    };
    let bytes = upload.bytes.as_ref().filter(|bytes| bytes.len() <= FILE_BYTES_MAX);
    let bytes = bytes.ok_or("This file is larger than 1 MB. Split it and try again.")?;
    let text = decode(bytes)?;
    let is_page = ending.starts_with(".htm");
    let (body, title) = if is_page {
        let page = html::to_markdown(&text);
        let title = passages::first_heading(&page.body).or(Some(page.title));
        (page.body, title)
    } else {
        let title = passages::first_heading(&text);
        (text, title)
    };
    if body.trim().is_empty() {
        return Err(if is_page { "There is no text on this page." } else { "This file is empty." }.to_owned());
    }
    let of_name = || name[..name.len() - ending.len()].replace(['_', '-'], " ");
    let title = title.filter(|title| !title.trim().is_empty()).unwrap_or_else(of_name);
    Ok(KnowledgeText { title: shortened(&title), body })
}

fn shortened(title: &str) -> String {
    if title.chars().count() <= TITLE_CHARS_MAX {
        return title.to_owned();
    }
    let head: String = title.chars().take(TITLE_CHARS_MAX - 1).collect();
    format!("{}…", head.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> Result<KnowledgeText, String> {
        read(&Upload { name: name.into(), bytes: Some(text.as_bytes().to_vec()) })
    }

    #[test]
    fn a_title_comes_from_the_heading_the_page_or_the_name() {
        for (name, text, title) in [
            ("a.md", "Intro\n\n## Returns *now*\n\nText", "Returns now"),
            ("opening_hours.txt", "Nine to five", "opening hours"),
            ("x.html", "<title>Shop</title><h1>Shipping</h1><p>Fast", "Shipping"),
            ("x.HTM", "<title>Shop</title><p>Fast", "Shop"),
            ("C:\\docs\\big-faq.md", "Text", "big faq"),
        ] {
            assert_eq!(file(name, text).unwrap().title, title, "{name}");
        }
        assert_eq!(file("x.md", &format!("# {}", "y".repeat(300))).unwrap().title.chars().count(), TITLE_CHARS_MAX);
    }

    #[test]
    fn what_cannot_be_taken_says_why() {
        for (name, text, why) in [
            ("a.pdf", "x", "type"),
            ("md", "x", "type"),
            ("a.md", "  \n", "empty"),
            ("a.html", "<script>x()</script>", "no text"),
            ("a.txt", "%PDF-1.7", "PDF"),
        ] {
            assert!(file(name, text).unwrap_err().contains(why), "{name}");
        }
        let large = Upload { name: "a.txt".into(), bytes: None };
        assert!(read(&large).unwrap_err().contains("1 MB"));
    }
}
