//! Files as entries: chosen or dropped, sent at once, each with its own outcome. Without scripts the form is a plain one.

use super::{entry_path, knowledge_path};
use crate::app::components::{Button, Glyph, Icon, use_toasts};
use crate::browser;
use crate::domain::AgentId;
use crate::domain::knowledge::{FILE_ENDINGS, FILES_MAX};
use crate::wire::knowledge::FileResult;
use leptos::prelude::*;
use leptos_router::components::A;

const FORM_ID: &str = "upload-form";
const INPUT_ID: &str = "files";

/// Where files are chosen or dropped, and what became of them.
#[component]
pub fn UploadFiles(
    agent_id: AgentId,
    /// What became of files that a plain form has just sent.
    posted: Vec<FileResult>,
    /// What became of files that were sent from here.
    uploaded: RwSignal<Vec<FileResult>>,
    #[prop(into)] on_uploaded: Callback<()>,
) -> impl IntoView {
    let is_pending = RwSignal::new(false);
    let is_over = RwSignal::new(false);
    let failure = RwSignal::new(None::<String>);
    let toasts = use_toasts();
    let path = StoredValue::new(knowledge_path(&agent_id));
    let send = move || {
        if is_pending.get_untracked() {
            return;
        }
        is_pending.set(true);
        failure.set(None);
        leptos::task::spawn_local(async move {
            let answer = browser::send_form(FORM_ID, &path.get_value()).await;
            browser::clear_form(FORM_ID);
            if is_pending.try_set(false).is_some() {
                return;
            }
            match read(answer) {
                Ok(results) => {
                    let taken = results.iter().filter(|result| result.entry.is_some()).count();
                    uploaded.set(results);
                    if taken > 0 {
                        toasts.done(if taken == 1 {
                            "1 entry added".to_owned()
                        } else {
                            format!("{taken} entries added")
                        });
                        on_uploaded.run(());
                    }
                }
                Err(why) => failure.set(Some(why)),
            }
        });
    };
    let border = move || if is_over.get() { "border-accent bg-accent-tint" } else { "border-field/60" };
    let results = move || {
        let sent = uploaded.get();
        if sent.is_empty() { posted.clone() } else { sent }
    };
    view! {
        <section aria-labelledby="upload-title" class="flex flex-col gap-2">
            <h2 id="upload-title" class="text-lg font-semibold">
                "Add files"
            </h2>
            <form
                id=FORM_ID
                method="post"
                enctype="multipart/form-data"
                action=path.get_value()
                class=move || format!("flex flex-col gap-3 rounded-card border border-dashed px-5 py-4 transition-colors {}", border())
                on:submit=move |event| {
                    event.prevent_default();
                    send();
                }
                on:dragover=move |event| {
                    event.prevent_default();
                    is_over.set(true);
                }
                on:dragleave=move |_| is_over.set(false)
                on:drop=move |event| {
                    event.prevent_default();
                    is_over.set(false);
                    if browser::take_dropped_files(&event, INPUT_ID) {
                        send();
                    }
                }
            >
                <label for=INPUT_ID class="text-muted">
                    {format!("Drop Markdown, text or HTML files here, or choose them: up to {FILES_MAX} at once, 1 MB each. Every file becomes an entry.")}
                </label>
                <input
                    id=INPUT_ID
                    name="files"
                    type="file"
                    multiple=true
                    accept=FILE_ENDINGS.join(",")
                    class="w-full min-w-0 text-sm text-muted file:mr-3 file:h-9 file:cursor-pointer file:rounded-control file:border file:border-solid file:border-field/60 file:bg-surface file:px-3.5 file:text-base file:font-medium file:text-text hover:file:bg-sunken max-md:file:h-11"
                    on:change=move |_| send()
                />
                // Without scripts nothing sends the files by itself.
                <Button r#type="submit" class="self-start in-data-hydrated:hidden">
                    "Upload"
                </Button>
                <p role="status" class="text-muted empty:hidden">
                    {move || is_pending.get().then_some("Reading your files…")}
                </p>
            </form>
            <div role="status" class="flex flex-col gap-2">
                {move || failure.get().map(|why| view! { <p class="text-danger-text">{why}</p> })}
                {move || {
                    let results = results();
                    (!results.is_empty())
                        .then(|| {
                            let agent_id = agent_id.clone();
                            view! {
                                <ul class="divide-y divide-border rounded-card border border-border bg-surface" aria-label="Your files">
                                    {results
                                        .into_iter()
                                        .map(|result| view! { <ResultLine result agent_id=agent_id.clone() /> })
                                        .collect_view()}
                                </ul>
                            }
                        })
                }}
            </div>
        </section>
    }
}

#[component]
fn ResultLine(result: FileResult, agent_id: AgentId) -> impl IntoView {
    let FileResult { name, entry, error } = result;
    let is_taken = entry.is_some();
    let (glyph, colour) =
        if is_taken { (Glyph::CheckCircle, "text-success-text") } else { (Glyph::Error, "text-danger-text") };
    view! {
        <li class="flex items-start gap-3 px-4 py-2.5">
            <Icon glyph class=format!("mt-0.5 shrink-0 {colour}") />
            <div class="flex min-w-0 flex-1 flex-col">
                <span class="truncate font-medium">{name}</span>
                {entry
                    .map(|(id, title)| {
                        view! {
                            <span class="truncate text-sm text-muted">
                                "Added as "
                                <A href=entry_path(&agent_id, &id) attr:class="text-accent-text hover:underline">
                                    {title}
                                </A>
                            </span>
                        }
                    })}
                {error.map(|error| view! { <span class="text-sm text-danger-text">{error}</span> })}
            </div>
        </li>
    }
}

/// The outcomes, or why there are none.
fn read(answer: Option<(u16, String)>) -> Result<Vec<FileResult>, String> {
    let Some((status, body)) = answer else {
        return Err("The server can't be reached. Check your connection and try again.".to_owned());
    };
    if status == 200 {
        return serde_json::from_str(&body)
            .map_err(|_| "The answer could not be read. Load the page again.".to_owned());
    }
    // A problem as the server tells programs.
    let detail = serde_json::from_str::<serde_json::Value>(&body).ok();
    let detail = detail.as_ref().and_then(|problem| problem.get("detail")?.as_str());
    Err(detail.unwrap_or("Something went wrong on our side. Try again in a moment.").to_owned())
}
