//! The rows of the list as one browser holds them: new ones wait while somebody reads further down. Pure.

use crate::domain::ConversationId;
use crate::wire::conversation::{ConversationPage, Row};

/// What the list shows, and what waits behind "N new".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowsState {
    shown: Vec<Row>,
    /// The order and content of the latest refresh, when it differs from what is shown.
    held: Option<Vec<Row>>,
    next: Option<String>,
}

impl RowsState {
    /// The first page.
    pub fn new(page: ConversationPage) -> Self {
        Self { shown: page.rows, held: None, next: page.next }
    }

    /// The rows in the order in which they are shown.
    pub fn shown(&self) -> &[Row] {
        &self.shown
    }

    /// The row of one conversation.
    pub fn row(&self, id: &ConversationId) -> Option<&Row> {
        self.shown.iter().find(|row| row.id == *id)
    }

    /// Where to read on; `None` at the end.
    pub fn next(&self) -> Option<&str> {
        self.next.as_deref()
    }

    /// How many conversations wait behind "N new".
    pub fn new_count(&self) -> usize {
        self.held.iter().flatten().filter(|row| self.row(&row.id).is_none()).count()
    }

    /// Takes a fresh reading of everything loaded so far. At the top the list follows it; further down each row keeps
    /// its place and gets its news, rows that left the view go, and new ones wait.
    pub fn refresh(&mut self, fresh: Vec<Row>, next: Option<String>, is_at_top: bool) {
        self.next = next;
        if is_at_top {
            self.shown = fresh;
            self.held = None;
            return;
        }
        self.shown.retain_mut(|row| match fresh.iter().find(|new| new.id == row.id) {
            Some(new) => {
                *row = new.clone();
                true
            }
            None => false,
        });
        self.held = Some(fresh);
    }

    /// Shows what waited.
    pub fn reveal(&mut self) {
        if let Some(held) = self.held.take() {
            self.shown = held;
        }
    }

    /// Adds a further page at the end; rows already shown are not repeated.
    pub fn append(&mut self, page: ConversationPage) {
        self.next = page.next;
        for row in page.rows {
            if self.row(&row.id).is_none() {
                if let Some(held) = &mut self.held {
                    held.push(row.clone());
                }
                self.shown.push(row);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::row;
    use super::*;

    fn page(rows: Vec<Row>) -> ConversationPage {
        ConversationPage { rows, counts: Default::default(), next: None }
    }

    fn ids(state: &RowsState) -> Vec<&str> {
        state.shown().iter().map(|row| row.id.as_str()).collect()
    }

    #[test]
    fn at_the_top_the_list_follows() {
        let mut state = RowsState::new(page(vec![row("a", ""), row("b", "")]));
        state.refresh(vec![row("c", ""), row("b", ""), row("a", "")], None, true);
        assert_eq!(ids(&state), ["c", "b", "a"]);
        assert_eq!(state.new_count(), 0);
    }

    #[test]
    fn further_down_new_rows_wait_and_the_others_keep_their_place() {
        let mut state = RowsState::new(page(vec![row("a", "old"), row("b", "")]));
        state.refresh(vec![row("c", ""), row("b", ""), row("a", "new")], None, false);
        assert_eq!(ids(&state), ["a", "b"]);
        assert_eq!(state.shown()[0].preview, "new");
        assert_eq!(state.new_count(), 1);
        state.reveal();
        assert_eq!(ids(&state), ["c", "b", "a"]);
        assert_eq!(state.new_count(), 0);
    }

    #[test]
    fn a_row_that_left_the_view_goes() {
        let mut state = RowsState::new(page(vec![row("a", ""), row("b", "")]));
        state.refresh(vec![row("b", "")], None, false);
        assert_eq!(ids(&state), ["b"]);
        assert_eq!(state.new_count(), 0);
    }

    #[test]
    fn a_further_page_repeats_nothing() {
        let mut state = RowsState::new(page(vec![row("a", ""), row("b", "")]));
        state.refresh(vec![row("c", ""), row("a", ""), row("b", "")], None, false);
        state.append(page(vec![row("b", ""), row("d", "")]));
        assert_eq!(ids(&state), ["a", "b", "d"]);
        state.reveal();
        assert_eq!(ids(&state), ["c", "a", "b", "d"]);
    }
}
