//! Cutting text into folded words with their place in the original. No meaning lives here: stopwords and
//! synonyms are in `lexicon`. Everything is linear in the text and works on any unicode.

/// The most characters of one text that are read; longer texts are cut, never refused.
pub const TEXT_CHARS_MAX: usize = 8_000;

/// One word: lower case, without accents and apostrophes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    pub text: String,
    /// Byte offsets into the original.
    pub start: usize,
    pub end: usize,
    /// Punctuation that ends a clause stands before it.
    pub breaks: bool,
}

/// Cuts `text` into words. Apostrophes are dropped ("don't" is `dont`), except after an article of one of the
/// Romance languages ("l'agent" is `l`, `agent`).
pub fn words(text: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    let mut open: Option<Word> = None;
    let mut breaks = false;
    let mut letters = text.char_indices().take(TEXT_CHARS_MAX).peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, c)| *c);
        let after = at + letter.len_utf8();
        if letter.is_alphanumeric() {
            let word = open.get_or_insert_with(|| Word { text: String::new(), start: at, end: at, breaks });
            fold_into(letter, &mut word.text);
            word.end = after;
            breaks = false;
        } else if is_apostrophe(letter) && next.is_some_and(char::is_alphanumeric) {
            if open.as_ref().is_some_and(|word| is_article(&word.text)) {
                found.extend(open.take());
            }
        } else {
            found.extend(open.take().filter(|word| !word.text.is_empty()));
            breaks |= ends_clause(letter, next);
        }
    }
    found.extend(open.filter(|word| !word.text.is_empty()));
    found
}

fn ends_clause(letter: char, next: Option<char>) -> bool {
    match letter {
        '.' | ',' | ';' | ':' => next.is_none_or(|c| !c.is_alphanumeric()),
        '!' | '?' | '\n' | '…' | '。' | '、' | '！' | '？' => true,
        _ => false,
    }
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | 'ʼ' | '´' | '`')
}

fn is_article(word: &str) -> bool {
    matches!(
        word,
        "l" | "d"
            | "j"
            | "m"
            | "t"
            | "s"
            | "n"
            | "c"
            | "qu"
            | "un"
            | "dell"
            | "all"
            | "nell"
            | "sull"
            | "quell"
            | "jusqu"
            | "quelqu"
    )
}

/// Lower case without accents, other characters as they are.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().take(TEXT_CHARS_MAX) {
        if is_apostrophe(letter) {
            folded.push('\'');
        } else {
            fold_into(letter, &mut folded);
        }
    }
    folded
}

/// The words of `text` joined by single spaces, with a space at both ends, so that ` word ` finds whole words.
pub fn padded(text: &str) -> String {
    let mut joined = String::from(" ");
    for word in words(text) {
        joined.push_str(&word.text);
        joined.push(' ');
    }
    joined
}

/// Whether any of the folded `phrases` stands in `padded` as whole words.
pub fn has_any(padded: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| find_phrase(padded, phrase).is_some())
}

/// Where `phrase` begins in `padded`, as whole words.
pub fn find_phrase(padded: &str, phrase: &str) -> Option<usize> {
    padded.match_indices(phrase).map(|(at, _)| at).find(|at| {
        let end = at + phrase.len();
        padded[..*at].ends_with(' ') && (padded[end..].starts_with(' ') || end == padded.len())
    })
}

fn fold_into(letter: char, out: &mut String) {
    for lower in letter.to_lowercase() {
        match lower {
            'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ā' | 'ą' => out.push('a'),
            'ç' | 'ć' | 'č' => out.push('c'),
            'é' | 'è' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => out.push('e'),
            'í' | 'ì' | 'î' | 'ï' | 'ı' => out.push('i'),
            'ñ' | 'ń' => out.push('n'),
            'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' => out.push('o'),
            'ú' | 'ù' | 'û' | 'ü' => out.push('u'),
            'ý' | 'ÿ' => out.push('y'),
            'ß' => out.push_str("ss"),
            'œ' => out.push_str("oe"),
            'æ' => out.push_str("ae"),
            // Combining marks, as in a decomposed é.
            '\u{300}'..='\u{36f}' => {}
            other => out.push(other),
        }
    }
}

/// A light stem: endings that change with number and tense go, the rest stays readable.
pub fn stem(word: &str) -> String {
    if let Some((_, base)) = IRREGULAR.iter().find(|(form, _)| *form == word) {
        return (*base).to_owned();
    }
    if !word.is_ascii() || word.len() < 4 || word.bytes().any(|b| b.is_ascii_digit()) {
        return word.to_owned();
    }
    let mut base = word.to_owned();
    if let Some(head) = base.strip_suffix("ies").filter(|head| head.len() > 2) {
        base = format!("{head}y");
    } else if base.ends_with("sses") || base.ends_with("xes") || base.ends_with("ches") || base.ends_with("shes") {
        base.truncate(base.len() - 2);
    } else if base.ends_with('s') && !base.ends_with("ss") && !base.ends_with("us") && !base.ends_with("is") {
        base.truncate(base.len() - 1);
    }
    for ending in ["lation", "ation", "ing", "ed", "ly", "al"] {
        let Some(head) = base.strip_suffix(ending) else { continue };
        let keep = if ending == "lation" { &base[..head.len() + 1] } else { head };
        if keep.len() >= 3 && keep.bytes().any(|b| b"aeiouy".contains(&b)) {
            base = undouble(keep);
            break;
        }
    }
    if base.len() > 4
        && let Some(head) = base.strip_suffix('e')
    {
        base = head.to_owned();
    }
    if let Some(head) = base.strip_suffix('y').filter(|head| head.len() > 2) {
        base = format!("{head}i");
    }
    base
}

fn undouble(word: &str) -> String {
    let bytes = word.as_bytes();
    match bytes {
        [.., before, last] if before == last && !b"aeiousz".contains(last) => word[..word.len() - 1].to_owned(),
        _ => word.to_owned(),
    }
}

/// Forms whose stem the rules would miss, with the stem they share.
const IRREGULAR: &[(&str, &str)] = &[
    ("lost", "los"),
    ("lose", "los"),
    ("losing", "los"),
    ("stolen", "steal"),
    ("stole", "steal"),
    ("theft", "steal"),
    ("broke", "break"),
    ("broken", "break"),
    ("paid", "pay"),
    ("bought", "buy"),
    ("sent", "send"),
    ("left", "leav"),
    ("leave", "leav"),
    ("forgot", "forget"),
    ("forgotten", "forget"),
    ("wrote", "writ"),
    ("written", "writ"),
    ("kept", "keep"),
    ("took", "tak"),
    ("taken", "tak"),
    ("went", "go"),
    ("gone", "go"),
    ("made", "mak"),
    ("gave", "giv"),
    ("given", "giv"),
    ("got", "get"),
    ("billed", "bill"),
    ("billing", "bill"),
    ("changed", "chang"),
    ("delivery", "deliver"),
    ("deliveries", "deliver"),
    ("complaint", "complain"),
    ("complaints", "complain"),
    ("removal", "remov"),
    ("renewal", "renew"),
    ("children", "child"),
    ("people", "person"),
    ("suing", "sue"),
    ("lawsuit", "sue"),
    ("lawyers", "lawyer"),
    ("wifi", "wifi"),
    ("news", "news"),
    ("cancelled", "cancel"),
    ("cancellation", "cancel"),
    ("cancellations", "cancel"),
    ("failure", "fail"),
    ("failures", "fail"),
    ("subscription", "subscrib"),
    ("subscriptions", "subscrib"),
    ("deletion", "delet"),
    ("closure", "clos"),
];

/// Whether two words differ by one slip of the keyboard: a letter changed, added, dropped or two swapped.
pub fn is_one_slip_apart(left: &str, right: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    if a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let same_head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (rest_a, rest_b) = (&a[same_head..], &b[same_head..]);
    let same_tail = rest_a.iter().rev().zip(rest_b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (core_a, core_b) = (&rest_a[..rest_a.len() - same_tail], &rest_b[..rest_b.len() - same_tail]);
    match (core_a, core_b) {
        ([], [_]) | ([_], []) | ([_], [_]) => true,
        ([x, y], [p, q]) => x == q && y == p,
        _ => false,
    }
}

/// At most `chars_max` characters of `text`, trimmed, on one line, with an ellipsis where something was cut.
pub fn excerpt(text: &str, chars_max: usize) -> String {
    let line = text.trim();
    if line.chars().count() <= chars_max {
        return line.to_owned();
    }
    let cut: String = line.chars().take(chars_max.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_keep_their_place() {
        let text = "Don't — l'Élève, ÇA va?";
        let found = words(text);
        let texts: Vec<&str> = found.iter().map(|w| w.text.as_str()).collect();
        assert_eq!(texts, ["dont", "l", "eleve", "ca", "va"]);
        assert_eq!(&text[found[2].start..found[2].end], "Élève");
        assert!(found[3].breaks);
    }

    #[test]
    fn forms_of_one_word_share_a_stem() {
        for (left, right) in [
            ("cancel", "cancellation"),
            ("charges", "charged"),
            ("refund", "refunding"),
            ("delivery", "delivered"),
            ("complaint", "complaining"),
            ("invoice", "invoices"),
            ("delete", "deleting"),
            ("stolen", "stole"),
        ] {
            assert_eq!(stem(left), stem(right), "{left} {right}");
        }
    }

    #[test]
    fn one_slip_is_forgiven_and_two_are_not() {
        for (left, right) in [("person", "persn"), ("human", "hunan"), ("agent", "agnet"), ("speak", "speakk")] {
            assert!(is_one_slip_apart(left, right), "{left} {right}");
        }
        assert!(!is_one_slip_apart("human", "hamun2"));
        assert!(!is_one_slip_apart("human", "human"));
    }
}
