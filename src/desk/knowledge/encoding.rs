//! The text of a file, whatever it was written with: UTF-8 with or without its mark, UTF-16, or the Windows encoding of old
//! files. What is no text is named, so that its owner knows what to do.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How far into a page its own word about its encoding is looked for, in bytes, as browsers do.
const META_BYTES: usize = 1_024;

/// What files of other kinds begin with, and what they are.
const KINDS: &[(&[u8], &str)] = &[
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a Word document or an archive"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"{\\rtf", "a rich-text document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a recording or a picture"),
    (b"\x1f\x8b", "an archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
];

/// Reads the bytes as text.
///
/// # Errors
/// A sentence that says what the file is instead, and what to do.
pub(super) fn decode(bytes: &[u8]) -> Result<String, String> {
    if let Some((_, kind)) = KINDS.iter().find(|(mark, _)| bytes.starts_with(mark)) {
        return Err(format!("This is {kind}, not text. Save it as plain text, Markdown or HTML and try again."));
    }
    let text = if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        whole(encoding, &bytes[mark..])
    } else if let Some(encoding) = without_mark(bytes) {
        whole(encoding, bytes)
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        Some(text.to_owned())
    } else {
        whole(of_page(bytes).unwrap_or(WINDOWS_1252), bytes)
    };
    text.filter(|text| !text.chars().any(is_odd)).ok_or_else(|| {
        "This file is not text, or its encoding is not known. Save it as UTF-8 and try again.".to_owned()
    })
}

fn whole(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned)
}

/// UTF-16 that does not say so: in most languages every other byte is zero.
fn without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let pairs = bytes.chunks_exact(2).take(2_000);
    let (mut count, mut first, mut second) = (0, 0, 0);
    for pair in pairs {
        count += 1;
        first += usize::from(pair[0] == 0);
        second += usize::from(pair[1] == 0);
    }
    let is_most = |zeros: usize| count >= 2 && zeros * 10 >= count * 6;
    match (is_most(first), is_most(second)) {
        (false, true) => Some(UTF_16LE),
        (true, false) => Some(UTF_16BE),
        _ => None,
    }
}

/// What a page says of its encoding: `<meta charset="…">`.
fn of_page(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(META_BYTES)]).to_lowercase();
    let (_, rest) = head.split_once("charset=")?;
    let label: String = rest
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_:".contains(*c))
        .collect();
    // A page that says UTF-8 and is not is not helped by reading it so.
    Encoding::for_label(label.as_bytes()).filter(|encoding| *encoding != UTF_8)
}

/// Characters that no text has: the control characters but for those that set lines and columns apart.
fn is_odd(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{1a}' | '\u{85}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf_16(text: &str, of: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(of).collect()
    }

    #[test]
    fn every_common_encoding_is_read() {
        let text = "Grüße für 5 € – naïve";
        let marked = |mark: &[u8], rest: Vec<u8>| [mark, &rest].concat();
        for bytes in [
            text.as_bytes().to_vec(),
            marked(b"\xef\xbb\xbf", text.as_bytes().to_vec()),
            marked(b"\xff\xfe", utf_16(text, u16::to_le_bytes)),
            marked(b"\xfe\xff", utf_16(text, u16::to_be_bytes)),
            utf_16(text, u16::to_le_bytes),
            utf_16(text, u16::to_be_bytes),
            WINDOWS_1252.encode(text).0.into_owned(),
        ] {
            assert_eq!(decode(&bytes).as_deref(), Ok(text), "{bytes:?}");
        }
        let page = b"<meta charset='iso-8859-2'><p>\xb3\xf3d\xbc</p>";
        assert!(decode(page).unwrap().ends_with("<p>łódź</p>"));
    }

    #[test]
    fn what_is_no_text_is_named() {
        assert!(decode(b"%PDF-1.7 ...").unwrap_err().contains("PDF"));
        assert!(decode(b"PK\x03\x04 word/document.xml").unwrap_err().contains("Word"));
        for bytes in [&b"\x00\x01\x02\x03"[..], b"text \x00 text", b"\xff\xfe\x00\xd8", b"caf\x81", &[7; 40]] {
            assert!(decode(bytes).unwrap_err().contains("UTF-8"), "{bytes:?}");
        }
    }
}
