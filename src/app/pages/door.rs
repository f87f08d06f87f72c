//! What the pages before the frame look like: setting up and signing in.

use leptos::prelude::*;
use leptos_meta::Title;

/// A quiet page with Baton's sign, a title and a form.
#[component]
pub fn Door(
    #[prop(into)] title: String,
    /// One line under the title.
    #[prop(into)]
    text: String,
    children: Children,
) -> impl IntoView {
    view! {
        <Title text=title.clone() />
        <main class="grid min-h-dvh place-items-center bg-canvas px-4 py-10 max-md:place-items-start">
            <div class="mx-auto flex w-full max-w-md flex-col gap-6">
                <div class="flex items-center gap-2.5">
                    <img src="/favicon.svg" alt="" width="28" height="28" />
                    <span class="text-lg font-semibold">"Baton"</span>
                </div>
                <div class="flex flex-col gap-6 rounded-card border border-border bg-surface p-8 max-md:p-5">
                    <div class="flex flex-col gap-1">
                        <h1 class="text-xl font-semibold">{title}</h1>
                        <p class="text-muted">{text}</p>
                    </div>
                    {children()}
                </div>
            </div>
        </main>
    }
}
