//! How two settings differ, field by field, as the form shows them.

use crate::app::components::text_area::thousands;
use crate::domain::model_text::{decimal_text, dollars_text};
use crate::domain::{ModelSettings, OnFailure, Provider};

/// One field that differs, as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The field's label on the form.
    pub field: &'static str,
    pub theirs: String,
    pub mine: String,
}

/// The fields that differ, in the order of the form.
pub fn differences(theirs: &ModelSettings, mine: &ModelSettings) -> Vec<Difference> {
    as_text(theirs)
        .into_iter()
        .zip(as_text(mine))
        .filter(|((_, theirs), (_, mine))| theirs != mine)
        .map(|((field, theirs), (_, mine))| Difference { field, theirs, mine })
        .collect()
}

fn as_text(settings: &ModelSettings) -> [(&'static str, String); 11] {
    let tokens =
        |tokens: i64| if tokens == 0 { "No limit".to_owned() } else { format!("{} tokens", count_text(tokens)) };
    let price = |price: i64| if price == 0 { "Not set".to_owned() } else { dollars_text(price.saturating_mul(1_000)) };
    [
        ("Provider", provider_label(settings.provider).to_owned()),
        ("Base address", settings.base_url.clone()),
        ("Model", settings.model.clone()),
        ("Instructions", settings.instructions.clone()),
        ("Temperature", decimal_text(settings.temperature, 2)),
        ("Most tokens of an answer", count_text(settings.tokens_max)),
        ("Budget of a conversation", tokens(settings.tokens_per_conversation)),
        ("Budget of a day", tokens(settings.tokens_per_day)),
        ("Price of tokens read", price(settings.price_in)),
        ("Price of tokens written", price(settings.price_out)),
        ("When the model does not answer", on_failure_label(settings.on_failure).to_owned()),
    ]
}

/// A count with commas; what could not be read is empty.
pub fn count_text(count: i64) -> String {
    usize::try_from(count).map(thousands).unwrap_or_default()
}

/// The words of the form.
pub fn provider_label(provider: Provider) -> &'static str {
    match provider {
        Provider::BuiltIn => "Built-in",
        Provider::Openai => "OpenAI-compatible",
        Provider::Anthropic => "Anthropic",
    }
}

/// The words of the form.
pub fn on_failure_label(on_failure: OnFailure) -> &'static str {
    match on_failure {
        OnFailure::BuiltIn => "The built-in engine answers",
        OnFailure::Human => "A person takes over",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_told_in_the_order_of_the_form() {
        let before = ModelSettings::default();
        let after =
            ModelSettings { provider: Provider::Openai, tokens_per_day: 100_000, price_in: 150_000, ..before.clone() };
        let told = differences(&before, &after);
        assert_eq!(
            told.iter().map(|this| (this.field, this.theirs.as_str(), this.mine.as_str())).collect::<Vec<_>>(),
            [
                ("Provider", "Built-in", "OpenAI-compatible"),
                ("Budget of a day", "No limit", "100,000 tokens"),
                ("Price of tokens read", "Not set", "$0.15"),
            ]
        );
        assert_eq!(differences(&after, &after), []);
    }
}
