//! When two spellings of a value count as the same. The rule is `score.py`'s, word for word.

/// Words that a value may have or lack.
const IDLE: [&str; 9] = ["dollar", "dollars", "pound", "pounds", "euro", "euros", "mr", "mrs", "ms"];
/// Words that a value may begin with or not.
const OPENING: [&str; 3] = ["on", "the", "in"];

/// Whether a value is one of those that count as right.
pub fn is_one_of(value: &str, right: &[String]) -> bool {
    let value = plain(value);
    right.iter().any(|right| plain(right) == value)
}

/// Lower case, without idle words, an opening word, and everything but letters, digits, `_` and `@`.
fn plain(value: &str) -> String {
    let lower = value.to_lowercase();
    let mut kept = String::with_capacity(lower.len());
    let mut rest = lower.as_str();
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c| is_word(c) != is_word(first)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        if !IDLE.contains(&run) {
            kept.push_str(run);
        }
        rest = after;
    }
    let opened =
        OPENING.iter().find_map(|word| kept.strip_prefix(word).filter(|rest| rest.starts_with(char::is_whitespace)));
    opened.unwrap_or(&kept).chars().filter(|c| is_word(*c) || *c == '@').collect()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_marks_and_idle_words_make_no_difference() {
        for (value, right) in [
            ("250 Euros", "€250"),
            ("Mrs. O'Neil", "oneil"),
            ("the Grand Hotel", "Grand Hotel"),
            ("on Monday", "monday"),
            ("ana@example.com", "Ana@Example.com "),
            ("11:45 am", "1145AM"),
            ("Müller", "müller"),
        ] {
            assert!(is_one_of(value, &[right.into()]), "{value} | {right}");
        }
    }

    #[test]
    fn other_values_and_other_words_do() {
        for (value, right) in
            [("12345", "12354"), ("then", "n"), ("in", ""), ("msc", "c"), ("a_b", "ab"), ("a@b", "ab")]
        {
            assert!(!is_one_of(value, &[right.into()]), "{value} | {right}");
        }
        assert!(is_one_of("two", &["one".into(), "Two".into()]));
        assert!(!is_one_of("one", &[]));
    }
}
