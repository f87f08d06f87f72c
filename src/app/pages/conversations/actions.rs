//! What a teammate does with the open conversation: the buttons and menus of its header.

use super::allowed::Allowed;
use super::hand_over::HandToTeamDialog;
use super::opened::{Opened, use_opened};
use crate::api;
use crate::app::components::priority_badge::priority_label;
use crate::app::components::{Button, Dialog, Glyph, Look, Menu, MenuItem, Size};
use crate::browser;
use crate::domain::{Owner, Priority};
use leptos::prelude::*;

const HOUR_MS: i64 = 3_600_000;

/// Every act that applies now; the one that matters most first.
#[component]
pub fn Actions() -> impl IntoView {
    let opened = use_opened();
    let allowed = Memo::new(move |_| opened.head.with(|head| Allowed::new(head, &opened.me())));
    let is_handing = RwSignal::new(false);
    let take_over = move |()| {
        let (id, epoch) = opened.head.with_untracked(|head| (head.id.clone(), head.owner_epoch));
        opened.act("take_over", api::conversation::take_over(id, epoch), || {});
    };
    let reopen = move |()| opened.act("reopen", api::conversation::reopen(opened.id()), || {});
    let resolve_look = move || if allowed.get().take_over { Look::Secondary } else { Look::Primary };
    let shows = move |part: fn(Allowed) -> bool| Memo::new(move |_| part(allowed.get()));
    let (can_take, can_reopen, can_resolve) = (shows(|a| a.take_over), shows(|a| a.reopen), shows(|a| a.resolve));
    let (can_snooze, can_assign) = (shows(|a| a.snooze), shows(|a| a.assign));
    let (can_set_priority, has_more) = (shows(|a| a.set_priority), shows(|a| a.hand_to_team || a.return_to_ai));
    view! {
        <div class="flex flex-wrap items-center gap-1.5" role="toolbar" aria-label="Conversation actions">
            <Show when=move || can_take.get()>
                <Button
                    look=Look::Primary
                    size=Size::Small
                    icon=Glyph::UserCheck
                    pending=opened.is_busy("take_over")
                    on_click=take_over
                >
                    "Take over"
                </Button>
            </Show>
            <Show when=move || can_reopen.get()>
                <Button
                    look=Look::Primary
                    size=Size::Small
                    icon=Glyph::Undo
                    pending=opened.is_busy("reopen")
                    on_click=reopen
                >
                    "Reopen"
                </Button>
            </Show>
            {move || {
                can_resolve
                    .get()
                    .then(|| {
                        view! {
                            <Button
                                look=resolve_look()
                                size=Size::Small
                                icon=Glyph::Check
                                pending=opened.is_busy("resolve")
                                on_click=move |()| resolve(opened)
                            >
                                "Resolve"
                            </Button>
                        }
                    })
            }}
            <Show when=move || can_snooze.get()>
                <Menu id="snooze-menu" label="Snooze" glyph=Glyph::Snooze size=Size::Small items=snooze_items(opened) />
            </Show>
            <Show when=move || can_assign.get()>
                <Menu id="assign-menu" label="Assign" size=Size::Small items=assign_items(opened) />
            </Show>
            <Show when=move || can_set_priority.get()>
                <Menu id="priority-menu" label="Priority" size=Size::Small items=priority_items(opened) />
            </Show>
            <Show when=move || has_more.get()>
                <Menu
                    id="more-menu"
                    label="More actions"
                    glyph=Glyph::More
                    size=Size::Small
                    at_end=true
                    items=more_items(opened, allowed, is_handing)
                />
            </Show>
        </div>
        <HandToTeamDialog open=is_handing />
        <LostRaceDialog />
    }
}

fn resolve(opened: Opened) {
    let (id, again) = (opened.id(), opened.id());
    opened.act("resolve", api::conversation::resolve(id), move || {
        opened.toasts().done_with_undo("Resolved", move || {
            // The page may show another conversation by now: the undo does not depend on it.
            let (again, toasts) = (again.clone(), opened.toasts());
            leptos::task::spawn_local(async move {
                match api::conversation::reopen(again).await {
                    Ok(()) => opened.refresh(),
                    Err(error) => toasts.failed(error.to_string()),
                }
            });
        });
    });
}

/// From now to the end of a snooze, both in epoch milliseconds.
type Until = fn(i64) -> i64;

fn snooze_items(opened: Opened) -> Signal<Vec<MenuItem>> {
    let presets: [(&str, Until); 4] = [
        ("For 1 hour", |now_ms| now_ms + HOUR_MS),
        ("For 4 hours", |now_ms| now_ms + 4 * HOUR_MS),
        ("Until tomorrow, 9:00", |now_ms| browser::local_hour_ms(now_ms, 1, 9)),
        ("Until next week, 9:00", |now_ms| browser::local_hour_ms(now_ms, 7, 9)),
    ];
    let items = presets.map(|(label, until)| {
        MenuItem::new(label, move || {
            let until_ms = until(browser::now_ms());
            opened.act("snooze", api::conversation::snooze(opened.id(), until_ms), move || {
                opened.toasts().done(format!("Snoozed until {}", browser::local_date_time(until_ms)));
            });
        })
    });
    Signal::stored(items.to_vec())
}

fn assign_items(opened: Opened) -> Signal<Vec<MenuItem>> {
    Signal::derive(move || {
        let me = opened.my_id();
        let (owner, team) = opened.state.with(|state| (state.thread().head.owner.clone(), state.thread().team.clone()));
        let mut team: Vec<_> = team.into_iter().filter(|teammate| teammate.role.can_work()).collect();
        // The reader first: the most frequent choice.
        team.sort_by_key(|teammate| teammate.id != me);
        team.into_iter()
            .map(|teammate| {
                let is_owner = owner == Owner::Teammate(teammate.id.clone());
                let is_me = teammate.id == me;
                let label = if is_me { "Me".to_owned() } else { teammate.name.clone() };
                let said = if is_me { "Assigned to you".to_owned() } else { format!("Assigned to {}", teammate.name) };
                let to = teammate.id;
                MenuItem::new(label, move || {
                    let said = said.clone();
                    if !is_owner {
                        opened.act("assign", api::conversation::assign(opened.id(), to.clone()), move || {
                            opened.toasts().done(said);
                        });
                    }
                })
                .chosen(is_owner)
            })
            .collect()
    })
}

fn priority_items(opened: Opened) -> Signal<Vec<MenuItem>> {
    Signal::derive(move || {
        let now = opened.head.with(|head| head.priority);
        let item = move |priority: Option<Priority>, label: &str| {
            MenuItem::new(label, move || {
                if priority != now {
                    opened.act("priority", api::conversation::set_priority(opened.id(), priority), || {});
                }
            })
            .chosen(priority == now)
        };
        let mut items: Vec<_> =
            Priority::ALL.into_iter().rev().map(|priority| item(Some(priority), priority_label(priority))).collect();
        items.push(item(None, "No priority"));
        items
    })
}

fn more_items(opened: Opened, allowed: Memo<Allowed>, is_handing: RwSignal<bool>) -> Signal<Vec<MenuItem>> {
    Signal::derive(move || {
        let allowed = allowed.get();
        let mut items = Vec::new();
        if allowed.hand_to_team {
            items.push(MenuItem::new("Hand to team", move || is_handing.set(true)).icon(Glyph::Users));
        }
        if allowed.return_to_ai {
            let return_to_ai = move || {
                let name = opened.head.with_untracked(|head| head.agent_name.clone());
                opened.act("return_to_ai", api::conversation::return_to_ai(opened.id()), move || {
                    opened.toasts().done(format!("{name} answers again"));
                });
            };
            items.push(MenuItem::new("Return to AI", return_to_ai).icon(Glyph::Spark));
        }
        items
    })
}

/// Somebody else was quicker.
#[component]
fn LostRaceDialog() -> impl IntoView {
    let opened = use_opened();
    let is_open = RwSignal::new(false);
    Effect::new(move |_| {
        if opened.lost_to.with(Option::is_some) {
            is_open.set(true);
        }
    });
    let winner =
        Memo::new(move |before: Option<&String>| opened.lost_to.get().or_else(|| before.cloned()).unwrap_or_default());
    let close = move |()| {
        is_open.set(false);
        opened.lost_to.set(None);
    };
    let actions = ViewFnOnce::from(move || {
        view! {
            <Button look=Look::Primary on_click=close>
                "All right"
            </Button>
        }
    });
    view! {
        <Dialog id="lost-race" open=is_open title=move || format!("{} took this conversation", winner.get()) actions>
            <p class="text-muted">
                {move || winner.get()}
                " was quicker and answers this customer now. You can read along, write a note, or assign it to yourself."
            </p>
        </Dialog>
    }
}
