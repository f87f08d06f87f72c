//! Places where content will be, in the shape of what comes. Silent for 150 ms, then calm.

use leptos::prelude::*;

/// Rows of a list: a circle and two lines each.
#[component]
pub fn SkeletonRows(#[prop(default = 6)] count: u8) -> impl IntoView {
    view! {
        <Waiting>
            {(0..count)
                .map(|row| {
                    let width = ["w-2/5", "w-1/3", "w-1/2"][usize::from(row % 3)];
                    view! {
                        <div class="flex h-16 items-center gap-3 border-b border-border px-4">
                            <div class="skeleton size-7 rounded-full"></div>
                            <div class="flex flex-1 flex-col gap-2">
                                <div class=format!("skeleton h-3 {width}")></div>
                                <div class="skeleton h-2.5 w-4/5"></div>
                            </div>
                        </div>
                    }
                })
                .collect_view()}
        </Waiting>
    }
}

/// Cards of a page.
#[component]
pub fn SkeletonCards(#[prop(default = 3)] count: u8) -> impl IntoView {
    view! {
        <Waiting>
            <div class="flex flex-col gap-4">
                {(0..count)
                    .map(|_| {
                        view! {
                            <div class="flex flex-col gap-3 rounded-card border border-border p-5">
                                <div class="skeleton h-4 w-1/3"></div>
                                <div class="skeleton h-3 w-4/5"></div>
                                <div class="skeleton h-3 w-3/5"></div>
                            </div>
                        }
                    })
                    .collect_view()}
            </div>
        </Waiting>
    }
}

/// Lines of a form: label and control.
#[component]
pub fn SkeletonForm(#[prop(default = 4)] count: u8) -> impl IntoView {
    view! {
        <Waiting>
            <div class="flex flex-col gap-6">
                {(0..count)
                    .map(|_| {
                        view! {
                            <div class="flex flex-col gap-2">
                                <div class="skeleton h-3.5 w-32"></div>
                                <div class="skeleton h-9 w-full"></div>
                                <div class="skeleton h-3 w-2/3"></div>
                            </div>
                        }
                    })
                    .collect_view()}
            </div>
        </Waiting>
    }
}

/// Any shape: hidden from readers of screens, who hear "Loading" instead.
#[component]
pub fn Waiting(children: Children) -> impl IntoView {
    view! {
        <div role="status" class="appear-late">
            <span class="sr-only">"Loading"</span>
            <div aria-hidden="true">{children()}</div>
        </div>
    }
}
