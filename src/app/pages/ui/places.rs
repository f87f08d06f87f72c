//! Dialogs, menus, toasts, cards, waiting and empty places, the frame.

use super::{Sheet, Shelf};
use crate::api;
use crate::app::components::{
    Badge, Button, Card, ConfirmDialog, ConflictPanel, Connection, ConnectionBar, Dialog, Drawing, EmptyState,
    ErrorState, Glyph, Look, Menu, MenuItem, PageBody, PageHeader, Size, SkeletonCards, SkeletonForm, SkeletonRows,
    Tab, TextField, Tone, use_toasts,
};
use crate::domain::Problem;
use leptos::prelude::*;

#[component]
pub(super) fn Overlays() -> impl IntoView {
    let toasts = use_toasts();
    let (is_open, is_asking, is_deleting) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let sorted = RwSignal::new(0_usize);
    let doings = Signal::derive(move || {
        vec![
            MenuItem::new("Return to AI", move || toasts.done("Returned to AI")).icon(Glyph::Spark),
            MenuItem::new("Snooze", move || toasts.done("Snoozed")).icon(Glyph::Snooze),
            MenuItem::new("Assign", || {}).icon(Glyph::UserPlus).disabled(true),
            MenuItem::new("Delete", move || is_deleting.set(true)).icon(Glyph::Trash).danger(),
        ]
    });
    let orders = Signal::derive(move || {
        let order =
            |index: usize, label: &str| MenuItem::new(label, move || sorted.set(index)).chosen(sorted.get() == index);
        vec![order(0, "Longest wait"), order(1, "Newest"), order(2, "Priority")]
    });
    let actions = ViewFnOnce::from(move || {
        view! {
            <Button on_click=move |_| is_open.set(false)>"Cancel"</Button>
            <Button look=Look::Primary on_click=move |_| is_open.set(false)>
                "Hand to team"
            </Button>
        }
    });
    view! {
        <Sheet title="Dialogs, menus, toasts">
            <Shelf>
                <Button id="ui-open-dialog" on_click=move |_| is_open.set(true)>"Dialog"</Button>
                <Button on_click=move |_| is_asking.set(true)>"Confirm"</Button>
                <Button on_click=move |_| is_deleting.set(true)>"Confirm by name"</Button>
                <Menu id="ui-menu" label="Menu" items=doings />
                <Menu id="ui-order" label="Sort" icon=Glyph::Filter size=Size::Small items=orders />
                <Menu id="ui-more" label="More" glyph=Glyph::More look=Look::Ghost at_end=true items=doings />
                <Button on_click=move |_| toasts.done("Saved")>"Toast"</Button>
                <Button on_click=move |_| {
                    toasts.done_with_undo("Conversation resolved", move || toasts.done("Opened again"));
                }>"Toast with undo"</Button>
                <Button on_click=move |_| {
                    toasts.failed("Not sent. Check your connection and try again.");
                }>"Failed toast"</Button>
            </Shelf>
            <Dialog id="ui-dialog" open=is_open title="Hand to team" actions>
                <TextField name="ui-reason-text" label="Reason" help="Your team reads it first." example="Wants a refund" />
            </Dialog>
            <ConfirmDialog
                id="ui-confirm"
                open=is_asking
                title="Leave without saving?"
                confirm="Leave"
                cancel="Stay"
                on_confirm=move |_| is_asking.set(false)
            >
                "What you changed here is lost."
            </ConfirmDialog>
            <ConfirmDialog
                id="ui-delete"
                open=is_deleting
                title="Delete Ada?"
                confirm="Delete agent"
                is_danger=true
                typed_name="Ada"
                on_confirm=move |_| is_deleting.set(false)
            >
                "Its conversations stay. The widget on your site stops answering."
            </ConfirmDialog>
        </Sheet>
    }
}

#[component]
pub(super) fn Parts() -> impl IntoView {
    let badge = ViewFnOnce::from(|| {
        view! {
            <Badge tone=Tone::Success icon=Glyph::Check>
                "Enabled"
            </Badge>
        }
    });
    let toasts = use_toasts();
    view! {
        <Sheet title="Cards and empty places">
            <ConflictPanel
                id="ui-conflict"
                form_id="ui-form"
                path="/ui".to_owned()
                by="Grace Hopper".to_owned()
                at_ms=1_768_212_000_000
                change="When to Use".to_owned()
                on_take_theirs=move |()| toasts.done("These are Grace Hopper's settings now")
                on_keep_mine=move |()| toasts.done("Saved")
            >
                <p>"What they saved, or what differs."</p>
            </ConflictPanel>
            <Card title="Card" text="A part of a page with its own heading." actions=badge>
                <p>"What belongs together stands in one card."</p>
            </Card>
            <div class="grid grid-cols-2 gap-4 max-md:grid-cols-1">
                <Card>
                    <EmptyState
                        drawing=Drawing::Passed
                        title="Nobody waits"
                        text="When an AI agent needs a person, the conversation shows up here."
                    />
                </Card>
                <Card>
                    <EmptyState
                        drawing=Drawing::Agent
                        title="No AI agent yet"
                        text="An AI agent answers your customers and brings in a person when it should."
                    >
                        <Button look=Look::Primary icon=Glyph::Plus>
                            "New AI agent"
                        </Button>
                    </EmptyState>
                </Card>
                <Card>
                    <EmptyState drawing=Drawing::Talk title="Choose a conversation" text="Its messages are shown here." />
                </Card>
                <Card>
                    <EmptyState drawing=Drawing::History title="No earlier version" text="Every save is kept here." />
                </Card>
                <Card>
                    <ErrorState
                        error=api::Error(Problem::new(500, "internal", "Something went wrong on our side. Try again in a moment."))
                        on_retry=|_| {}
                    />
                </Card>
                <Card>
                    <ErrorState
                        error=api::Error(Problem::new(404, "not_found", "This conversation does not exist, or it was deleted."))
                        on_retry=|_| {}
                    />
                </Card>
            </div>
        </Sheet>
    }
}

#[component]
pub(super) fn Waits() -> impl IntoView {
    view! {
        <Sheet title="Waiting">
            <div class="grid grid-cols-2 gap-6 max-md:grid-cols-1">
                <SkeletonRows count=3 />
                <SkeletonForm count=2 />
            </div>
            <SkeletonCards count=1 />
        </Sheet>
    }
}

#[component]
pub(super) fn Frames() -> impl IntoView {
    let connection = RwSignal::new(Connection::Lost);
    let flip = move |_| {
        connection.update(|now| *now = if *now == Connection::Lost { Connection::Good } else { Connection::Lost });
    };
    let tabs = ViewFnOnce::from(|| {
        view! {
            <Tab href="/ui">"Dashboard"</Tab>
            <Tab href="/ui/actions">"Actions"</Tab>
        }
    });
    let actions = ViewFnOnce::from(move || view! { <Button on_click=flip>"Lose or find the connection"</Button> });
    view! {
        <Sheet title="Page">
            <div class="flex h-80 flex-col overflow-hidden rounded-card border border-border">
                <ConnectionBar connection />
                <PageHeader title="Components" back=("/".to_owned(), "AI agents".to_owned()) actions tabs />
                <PageBody>
                    <p>"The page scrolls; its head stays."</p>
                </PageBody>
            </div>
        </Sheet>
    }
}
