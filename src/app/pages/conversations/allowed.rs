//! What a teammate may do with a conversation as it stands. The engine has the last word; this only decides which
//! controls are shown. Pure.

use crate::domain::{Lifecycle, Owner, Teammate};
use crate::wire::conversation::Head;

/// Which controls are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Allowed {
    pub take_over: bool,
    pub hand_to_team: bool,
    pub return_to_ai: bool,
    pub resolve: bool,
    pub snooze: bool,
    pub assign: bool,
    pub set_priority: bool,
    pub reopen: bool,
    pub note: bool,
    pub judge: bool,
}

/// Whether the reader can write to the customer, and if not, why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// They own it.
    Yes,
    /// Their first words take it over from the AI or the queue.
    TakesOver,
    /// Another teammate owns it.
    OwnedByOther,
    /// It is resolved.
    Resolved,
    /// Their role only reads.
    ReadsOnly,
}

impl Allowed {
    /// What `me` may do with the conversation.
    pub fn new(head: &Head, me: &Teammate) -> Self {
        if !me.role.can_work() {
            return Self::default();
        }
        let always = Self { note: true, judge: true, ..Self::default() };
        if head.lifecycle == Lifecycle::Resolved {
            return Self { reopen: true, ..always };
        }
        let is_human = matches!(head.owner, Owner::Queue | Owner::Teammate(_));
        Self {
            take_over: matches!(head.owner, Owner::Ai | Owner::Queue),
            hand_to_team: matches!(head.owner, Owner::Ai | Owner::Teammate(_)),
            return_to_ai: is_human && head.can_ai_answer,
            resolve: true,
            snooze: true,
            assign: is_human,
            set_priority: true,
            ..always
        }
    }
}

impl Reply {
    /// Whether `me` can write to the customer.
    pub fn new(head: &Head, me: &Teammate) -> Self {
        if !me.role.can_work() {
            return Reply::ReadsOnly;
        }
        match &head.owner {
            _ if head.lifecycle == Lifecycle::Resolved => Reply::Resolved,
            Owner::None => Reply::Resolved,
            Owner::Ai | Owner::Queue => Reply::TakesOver,
            Owner::Teammate(id) if *id == me.id => Reply::Yes,
            Owner::Teammate(_) => Reply::OwnedByOther,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::thread;
    use super::*;
    use crate::domain::Role;

    fn teammate(role: Role) -> Teammate {
        Teammate { id: "t1".into(), name: "Kim".to_owned(), email: "kim@example.com".to_owned(), role }
    }

    fn head(owner: Owner, lifecycle: Lifecycle) -> Head {
        Head { owner, lifecycle, ..thread(Vec::new()).head }
    }

    #[test]
    fn a_viewer_may_do_nothing() {
        let head = head(Owner::Queue, Lifecycle::Open);
        assert_eq!(Allowed::new(&head, &teammate(Role::Viewer)), Allowed::default());
        assert_eq!(Reply::new(&head, &teammate(Role::Viewer)), Reply::ReadsOnly);
    }

    #[test]
    fn what_is_owned_by_the_ai_or_the_queue_can_be_taken_over() {
        let me = teammate(Role::Teammate);
        for owner in [Owner::Ai, Owner::Queue] {
            assert!(Allowed::new(&head(owner.clone(), Lifecycle::Snoozed), &me).take_over);
            assert_eq!(Reply::new(&head(owner, Lifecycle::Open), &me), Reply::TakesOver);
        }
        assert!(!Allowed::new(&head(Owner::Ai, Lifecycle::Open), &me).assign);
        assert!(!Allowed::new(&head(Owner::Queue, Lifecycle::Open), &me).hand_to_team);
    }

    #[test]
    fn a_reply_goes_to_ones_own_conversations_only() {
        let me = teammate(Role::Admin);
        assert_eq!(Reply::new(&head(Owner::Teammate("t1".into()), Lifecycle::Open), &me), Reply::Yes);
        assert_eq!(Reply::new(&head(Owner::Teammate("t2".into()), Lifecycle::Open), &me), Reply::OwnedByOther);
    }

    #[test]
    fn a_resolved_conversation_can_only_be_reopened_and_noted() {
        let me = teammate(Role::Owner);
        let resolved = head(Owner::None, Lifecycle::Resolved);
        let allowed = Allowed { reopen: true, note: true, judge: true, ..Allowed::default() };
        assert_eq!(Allowed::new(&resolved, &me), allowed);
        assert_eq!(Reply::new(&resolved, &me), Reply::Resolved);
    }

    #[test]
    fn only_an_ai_that_can_answer_gets_it_back() {
        let me = teammate(Role::Teammate);
        let mut head = head(Owner::Queue, Lifecycle::Open);
        assert!(Allowed::new(&head, &me).return_to_ai);
        head.can_ai_answer = false;
        assert!(!Allowed::new(&head, &me).return_to_ai);
    }
}
