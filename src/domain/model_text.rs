//! An agent's model as an admin types it: every number as text, so that what can't be read is kept and explained. Read in
//! the browser and, after a plain form post, on the server.

use super::model::{BUDGET_RANGE, PRICE_RANGE, TEMPERATURE_RANGE, TOKENS_MAX_RANGE};
use super::{ModelSettings, OnFailure, Provider};
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// How many decimals a temperature has.
const TEMPERATURE_PLACES: u32 = 2;
/// How many decimals a price in dollars has.
const PRICE_PLACES: u32 = 6;
/// More digits than any number here may have.
const DIGITS_MAX: usize = 15;
/// Out of every range: validation then explains what is meant to stand there.
const UNREADABLE: i64 = -1;

/// What stands in the form's fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelText {
    pub provider: Provider,
    pub base_url: String,
    pub model: String,
    pub instructions: String,
    /// Such as `0.3`.
    pub temperature: String,
    pub tokens_max: String,
    /// Empty or 0: no limit.
    pub tokens_per_conversation: String,
    pub tokens_per_day: String,
    /// Dollars for a million tokens, such as `0.15`; empty or 0: not known.
    pub price_in: String,
    pub price_out: String,
    pub on_failure: OnFailure,
}

impl From<&ModelSettings> for ModelText {
    fn from(settings: &ModelSettings) -> Self {
        let unless_zero = |value: i64, text: String| if value == 0 { String::new() } else { text };
        let count = |value: i64| unless_zero(value, value.to_string());
        let price = |value: i64| unless_zero(value, decimal_text(value, PRICE_PLACES));
        Self {
            provider: settings.provider,
            base_url: settings.base_url.clone(),
            model: settings.model.clone(),
            instructions: settings.instructions.clone(),
            temperature: decimal_text(settings.temperature, TEMPERATURE_PLACES),
            tokens_max: settings.tokens_max.to_string(),
            tokens_per_conversation: count(settings.tokens_per_conversation),
            tokens_per_day: count(settings.tokens_per_day),
            price_in: price(settings.price_in),
            price_out: price(settings.price_out),
            on_failure: settings.on_failure,
        }
    }
}

impl ModelText {
    /// The settings that are meant. A number that can't be read becomes one that [`ModelSettings::validate`] refuses; for the
    /// built-in engine, which uses none of them and whose form shows none, the default.
    pub fn read(&self) -> ModelSettings {
        let default = ModelSettings::default();
        let is_asked = self.provider != Provider::BuiltIn;
        let number = |read: Option<i64>, range: RangeInclusive<i64>, default: i64| match read {
            read if is_asked => read.unwrap_or(UNREADABLE),
            read => read.filter(|value| range.contains(value)).unwrap_or(default),
        };
        let temperature = parse_decimal(&self.temperature, TEMPERATURE_PLACES);
        let price = |text: &str| number(unless_empty(text, |text| parse_decimal(text, PRICE_PLACES)), PRICE_RANGE, 0);
        let budget = |text: &str| number(unless_empty(text, parse_count), BUDGET_RANGE, 0);
        ModelSettings {
            provider: self.provider,
            base_url: self.base_url.clone(),
            model: self.model.clone(),
            instructions: self.instructions.clone(),
            temperature: number(temperature, TEMPERATURE_RANGE, default.temperature),
            tokens_max: number(parse_count(&self.tokens_max), TOKENS_MAX_RANGE, default.tokens_max),
            tokens_per_conversation: budget(&self.tokens_per_conversation),
            tokens_per_day: budget(&self.tokens_per_day),
            price_in: price(&self.price_in),
            price_out: price(&self.price_out),
            on_failure: self.on_failure,
        }
        .tidy()
    }
}

fn unless_empty(text: &str, read: impl Fn(&str) -> Option<i64>) -> Option<i64> {
    if text.trim().is_empty() { Some(0) } else { read(text) }
}

/// A whole number as people write it: `100000`, `100,000`, `100 000`.
fn parse_count(text: &str) -> Option<i64> {
    let digits: String =
        text.trim().chars().filter(|c| !matches!(c, ',' | ' ' | '_' | '\u{a0}' | '\u{202f}')).collect();
    let is_number = !digits.is_empty() && digits.len() <= DIGITS_MAX && digits.chars().all(|c| c.is_ascii_digit());
    is_number.then(|| digits.parse().ok())?
}

/// A number with up to `places` decimals, counted in its last place: `0.15` with two places is 15. A comma is a point.
fn parse_decimal(text: &str, places: u32) -> Option<i64> {
    let text = text.trim().trim_start_matches('$').trim_start().replace(',', ".");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let places = places as usize;
    let is_number = !(whole.is_empty() && fraction.is_empty())
        && whole.len() + places <= DIGITS_MAX
        && fraction.len() <= places
        && whole.chars().chain(fraction.chars()).all(|c| c.is_ascii_digit());
    is_number.then(|| format!("0{whole}{fraction:0<places$}").parse().ok())?
}

/// The other way round, without zeros at the end.
pub fn decimal_text(value: i64, places: u32) -> String {
    let unit = 10_i64.pow(places);
    let (sign, value) = (if value < 0 { "-" } else { "" }, value.abs());
    let fraction = format!("{:0width$}", value % unit, width = places as usize);
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{fraction}", value / unit)
}

/// An amount in billionths of a dollar, in dollars: cents from one cent on, more exactly below.
pub fn dollars_text(billionths: i64) -> String {
    const CENT: i64 = 10_000_000;
    match billionths {
        0 => "$0".to_owned(),
        // As much as two digits tell.
        1..CENT => {
            let mut places = 3;
            while places < 9 && billionths / 10_i64.pow(9 - places) < 10 {
                places += 1;
            }
            let unit = 10_i64.pow(9 - places);
            format!("${}", decimal_text((billionths + unit / 2) / unit, places))
        }
        _ => {
            let cents = billionths.saturating_add(CENT / 2) / CENT;
            format!("${}.{:02}", cents / 100, cents % 100)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn openai() -> ModelSettings {
        ModelSettings { provider: Provider::Openai, model: "m".into(), ..ModelSettings::default() }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let settings = ModelSettings {
            temperature: 125,
            tokens_per_day: 2_000_000,
            price_in: 150_000,
            price_out: 10_000_000,
            ..openai()
        };
        let text = ModelText::from(&settings);
        assert_eq!(
            (text.temperature.as_str(), text.price_in.as_str(), text.price_out.as_str(), text.tokens_per_day.as_str()),
            ("1.25", "0.15", "10", "2000000")
        );
        assert_eq!(text.tokens_per_conversation, "");
        assert_eq!(text.read(), settings);
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        assert_eq!(parse_count(" 100,000 "), Some(100_000));
        assert_eq!(parse_count("1 000"), Some(1_000));
        assert_eq!(parse_decimal("0,15", 6), Some(150_000));
        assert_eq!(parse_decimal("$2.5", 6), Some(2_500_000));
        assert_eq!(parse_decimal(".7", 2), Some(70));
        for wrong in ["", "many", "-1", "1.234", "1.2.3", "99999999999999999999"] {
            assert_eq!(parse_decimal(wrong, 2), None, "{wrong}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_explained_only_where_it_is_used() {
        let text = ModelText { temperature: "warm".into(), price_in: "cheap".into(), ..ModelText::from(&openai()) };
        let fields: Vec<String> = text.read().validate().into_iter().map(|error| error.field).collect();
        assert_eq!(fields, ["temperature", "price_in"]);
        let built_in = ModelText { provider: Provider::BuiltIn, ..text };
        assert_eq!(built_in.read().validate(), []);
        assert_eq!(built_in.read().temperature, ModelSettings::default().temperature);
    }

    #[test]
    fn dollars_are_as_exact_as_they_need_to_be() {
        assert_eq!(dollars_text(0), "$0");
        assert_eq!(dollars_text(210_000), "$0.00021");
        assert_eq!(dollars_text(4_000_000), "$0.004");
        assert_eq!(dollars_text(125_000_000), "$0.13");
        assert_eq!(dollars_text(12_340_000_000), "$12.34");
    }
}
