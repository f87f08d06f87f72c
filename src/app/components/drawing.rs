//! Baton's own small drawings for empty places, made of tokens' colours. Decoration: the words stand beside them.

use leptos::prelude::*;

/// Which drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawing {
    /// A baton passed between two hands' dots: nobody waits.
    Passed,
    /// Two speech bubbles.
    Talk,
    /// A bot's face with a spark.
    Agent,
    /// A page with lines and a clock.
    History,
    /// A cable that came apart.
    Broken,
    /// A path that leads nowhere.
    Lost,
}

/// A drawing, 120 × 88.
#[component]
pub fn DrawingView(drawing: Drawing) -> impl IntoView {
    let markup = match drawing {
        Drawing::Passed => {
            r#"<circle class="fill-sunken" cx="60" cy="44" r="36"/>
            <g transform="rotate(-24 60 44)"><rect class="fill-surface stroke-accent" x="24" y="38" width="72" height="12" rx="6"/><path class="stroke-accent" d="M40 38v12M80 38v12"/><rect class="fill-accent-tint" x="41" y="39" width="38" height="10"/></g>
            <circle class="fill-ai" cx="22" cy="66" r="6"/><circle class="fill-intervention" cx="98" cy="22" r="6"/>
            <path class="stroke-field" stroke-dasharray="2 5" d="M12 30c6-10 14-16 24-19M108 58c-6 10-14 16-24 19"/>"#
        }
        Drawing::Talk => {
            r#"<circle class="fill-sunken" cx="60" cy="44" r="36"/>
            <path class="fill-surface stroke-field" d="M22 26a8 8 0 0 1 8-8h36a8 8 0 0 1 8 8v16a8 8 0 0 1-8 8H40l-10 9v-9a8 8 0 0 1-8-8z"/>
            <path class="stroke-field" d="M34 30h28M34 38h18"/>
            <path class="fill-accent-tint stroke-accent" d="M98 46a8 8 0 0 0-8-8H60a8 8 0 0 0-8 8v14a8 8 0 0 0 8 8h22l10 8v-8a8 8 0 0 0 6-8z"/>
            <circle class="fill-accent" cx="66" cy="53" r="2.5"/><circle class="fill-accent" cx="75" cy="53" r="2.5"/><circle class="fill-accent" cx="84" cy="53" r="2.5"/>"#
        }
        Drawing::Agent => {
            r#"<circle class="fill-sunken" cx="60" cy="44" r="36"/>
            <path class="stroke-field" d="M60 18v-6"/><circle class="fill-ai" cx="60" cy="10" r="3.5"/>
            <rect class="fill-surface stroke-field" x="34" y="22" width="52" height="42" rx="10"/>
            <circle class="fill-accent" cx="50" cy="40" r="4"/><circle class="fill-accent" cx="70" cy="40" r="4"/>
            <path class="stroke-field" d="M51 52c5 4 13 4 18 0M26 38v10M94 38v10"/>
            <path class="fill-ai" d="M98 14l2 5 5 2-5 2-2 5-2-5-5-2 5-2z"/>"#
        }
        Drawing::History => {
            r#"<circle class="fill-sunken" cx="60" cy="44" r="36"/>
            <path class="fill-surface stroke-field" d="M34 14h34l14 14v46H34z"/><path class="stroke-field" d="M68 14v14h14M44 36h26M44 46h26M44 56h14"/>
            <circle class="fill-accent-tint stroke-accent" cx="82" cy="64" r="13"/><path class="stroke-accent" d="M82 57v7l5 3"/>"#
        }
        Drawing::Broken => {
            r#"<circle class="fill-sunken" cx="60" cy="44" r="36"/>
            <path class="stroke-field" d="M10 52c14 0 16-8 28-8M110 36c-14 0-16 8-28 8"/>
            <rect class="fill-surface stroke-field" x="36" y="36" width="16" height="16" rx="4"/><rect class="fill-surface stroke-field" x="68" y="36" width="16" height="16" rx="4"/>
            <path class="stroke-danger" d="M58 26l2 8M66 28l-3 6M54 62l3-6M62 63l-1-7"/><path class="stroke-field" d="M52 41h4M52 47h4"/>"#
        }
        Drawing::Lost => {
            r#"<circle class="fill-sunken" cx="60" cy="44" r="36"/>
            <path class="stroke-field" stroke-dasharray="3 6" d="M18 74c20-4 8-22 26-26s14-18 30-16"/>
            <path class="fill-surface stroke-accent" d="M84 12a12 12 0 0 1 12 12c0 9-12 20-12 20S72 33 72 24a12 12 0 0 1 12-12z"/><circle class="fill-accent" cx="84" cy="24" r="4"/>"#
        }
    };
    view! {
        <svg
            width="120"
            height="88"
            viewBox="0 0 120 88"
            fill="none"
            stroke-width="2"
            stroke-linecap="round"
            stroke-linejoin="round"
            aria-hidden="true"
            inner_html=markup
        ></svg>
    }
}
