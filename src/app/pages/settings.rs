//! `/settings`: my profile, how Baton looks and sounds here, and signing out.

use crate::api::session::SignOut;
use crate::app::components::{
    Avatar, AvatarSize, Badge, Button, Card, Glyph, Icon, PageBody, PageHeader, Toggle, Tone, use_toasts,
};
use crate::app::frame::use_me;
use crate::app::live::use_live;
use crate::app::sound;
use crate::app::theme::Theme;
use crate::browser::{self, NotificationPermission};
use crate::domain::Role;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// What a teammate sets for themselves.
#[component]
pub fn SettingsPage() -> impl IntoView {
    view! {
        <PageHeader title="Settings" />
        <PageBody>
            <Profile />
            <Appearance />
            <Notices />
            <Leaving />
        </PageBody>
    }
}

#[component]
fn Profile() -> impl IntoView {
    let me = use_me();
    let role = match me.teammate.role {
        Role::Owner => "Owner",
        Role::Admin => "Admin",
        Role::Teammate => "Teammate",
        Role::Viewer => "Viewer",
    };
    view! {
        <Card title="My profile">
            <div class="flex items-center gap-4">
                <Avatar name=me.teammate.name.clone() size=AvatarSize::Large />
                <div class="flex min-w-0 flex-1 flex-col">
                    <span class="truncate font-medium">{me.teammate.name}</span>
                    <span class="truncate text-muted">{me.teammate.email}</span>
                </div>
                <Badge>{role}</Badge>
            </div>
        </Card>
    }
}

#[component]
fn Appearance() -> impl IntoView {
    let chosen = RwSignal::new(Theme::chosen());
    let choices = Theme::ALL.map(|theme| {
        let glyph = match theme {
            Theme::System => Glyph::Monitor,
            Theme::Light => Glyph::Sun,
            Theme::Dark => Glyph::Moon,
        };
        view! {
            <label class="flex h-11 cursor-pointer items-center gap-2.5 rounded-control border border-field/60 px-3.5 font-medium transition-colors hover:bg-sunken has-checked:border-accent has-checked:bg-accent-tint has-checked:text-accent-text has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring">
                <input
                    type="radio"
                    name="theme"
                    value=theme.as_str()
                    class="sr-only"
                    checked=chosen.get_untracked() == theme
                    prop:checked=move || chosen.get() == theme
                    on:change=move |_| {
                        chosen.set(theme);
                        theme.choose();
                    }
                />
                <Icon glyph />
                {theme.label()}
            </label>
        }
    });
    view! {
        <Card title="Appearance" text="In this browser.">
            <fieldset>
                <legend class="sr-only">"Theme"</legend>
                <div class="grid grid-cols-3 gap-3 max-md:grid-cols-1">{choices.collect_view()}</div>
            </fieldset>
        </Card>
    }
}

/// Sound and notifications of this browser. They save at once.
#[component]
fn Notices() -> impl IntoView {
    let toasts = use_toasts();
    let is_sound_on = RwSignal::new(true);
    let are_notices_on = RwSignal::new(false);
    let permission = RwSignal::new(NotificationPermission::NotAsked);
    // Only the browser knows; the server renders the defaults.
    Effect::new(move |_| {
        is_sound_on.set(sound::is_sound_on());
        permission.set(browser::notification_permission());
        are_notices_on.set(sound::are_notices_on() && permission.get_untracked() == NotificationPermission::Granted);
    });
    let change_sound = move |is_on: bool| {
        is_sound_on.set(is_on);
        sound::set_sound(is_on);
        if is_on {
            browser::play_chime();
        }
    };
    let change_notices = move |are_on: bool| {
        are_notices_on.set(are_on);
        sound::set_notices(are_on);
        if !are_on {
            return;
        }
        leptos::task::spawn_local(async move {
            let answer = browser::ask_notification_permission().await;
            permission.set(answer);
            if answer != NotificationPermission::Granted {
                are_notices_on.set(false);
                toasts.failed("Your browser did not allow notifications.");
            }
        });
    };
    let is_blocked = Signal::derive(move || {
        matches!(permission.get(), NotificationPermission::Denied | NotificationPermission::Unsupported)
    });
    let why_blocked = move || match permission.get() {
        NotificationPermission::Denied => {
            Some("Your browser blocks notifications from Baton. Allow them in its site settings, then reload.")
        }
        NotificationPermission::Unsupported => {
            Some("This browser has no notifications for this address. They need HTTPS.")
        }
        NotificationPermission::NotAsked | NotificationPermission::Granted => None,
    };
    let test = move |_| {
        browser::show_notification(
            "A test from Baton",
            "This is how a conversation that needs you looks.",
            "baton-test",
            || {},
        );
    };
    view! {
        <Card title="Notifications" text="In this browser, when a conversation needs you.">
            <div class="flex flex-col gap-5">
                <Toggle
                    name="sound"
                    label="Sound"
                    help="Two soft notes."
                    checked=is_sound_on
                    on_change=change_sound
                />
                <Toggle
                    name="notifications"
                    label="Browser notifications"
                    help="Shown by your system while Baton is in the background."
                    checked=are_notices_on
                    disabled=is_blocked
                    on_change=change_notices
                />
                {move || {
                    why_blocked()
                        .map(|why| {
                            view! {
                                <p class="flex items-center gap-2 text-sm">
                                    <Badge tone=Tone::Warning icon=Glyph::BellOff>
                                        "Not available"
                                    </Badge>
                                    <span class="text-muted">{why}</span>
                                </p>
                            }
                        })
                }}
                <Show when=move || are_notices_on.get()>
                    <div>
                        <Button icon=Glyph::Bell on_click=test>
                            "Send a test"
                        </Button>
                    </div>
                </Show>
            </div>
        </Card>
    }
}

#[component]
fn Leaving() -> impl IntoView {
    let live = use_live();
    view! {
        <Card title="Sign out" text="Ends this session in this browser. Your conversations stay where they are.">
            <form method="post" action=SignOut::url() on:submit=move |_| live.close()>
                <Button r#type="submit" icon=Glyph::SignOut>
                    "Sign out"
                </Button>
            </form>
        </Card>
    }
}
