//! The inbox's list: views, their order, paging and counts. A page reads one index and no messages.

use super::conn::{all, one, statements};
use super::{Conn, Error, conversation, from_word, page};
use crate::domain::{AgentId, Conversation, ConversationId, CustomerId, Lifecycle, Owner, Priority, TeammateId};
use crate::wire::conversation::{Counts, InboxView};

const TABLE: &str = "conversation";

/// The most rows of a page.
pub const PAGE_MAX: i64 = 50;

/// A list that nobody waits in comes after every one in which somebody does, newest first: its `wait` counts down
/// from here, which no time of this or the next hundred thousand years reaches.
const NOBODY_WAITS: i64 = 9_000_000_000_000_000;

/// The `rank` of a conversation without priority: the last one.
const RANK_LAST: i64 = 4;

/// A page of one view, in the order of its index. The cursor's parts come first, then the limit.
macro_rules! list {
    ($condition:literal) => {
        concat!(
            "select c.id, c.agent_id, agent.name as agent_name, c.customer_id, customer.name as customer_name,
                customer.email as customer_email, c.owner, c.owner_teammate_id, teammate.name as owner_name,
                c.lifecycle, c.priority, c.priority_reason, c.waiting_since_ms, c.last_author, c.last_body,
                c.last_message_at_ms, c.snoozed_until_ms, c.created_at_ms, c.list_rank, c.list_wait
            from conversation c
            join agent on agent.id = c.agent_id
            join customer on customer.id = c.customer_id
            left join teammate on teammate.id = c.owner_teammate_id
            where (c.list_rank, c.list_wait, c.id) > ($1, $2, $3) and ",
            $condition,
            " order by c.list_rank, c.list_wait, c.id limit $4"
        )
    };
}

/// Counts one view up to 999: an exact count of everything that was ever resolved would read it all.
macro_rules! count {
    ($condition:literal) => {
        concat!("(select count(*) from (select 1 from conversation where ", $condition, " limit 999) as counted)")
    };
}

statements! {
    NEEDS_INTERVENTION = list!("c.lifecycle = 'open' and c.owner = 'queue'");
    MINE = list!("c.lifecycle = 'open' and c.owner_teammate_id = $5");
    UNASSIGNED = list!("c.lifecycle = 'open' and c.owner_teammate_id is null");
    AI = list!("c.lifecycle = 'open' and c.owner = 'ai'");
    OPEN = list!("c.lifecycle = 'open'");
    SNOOZED = list!("c.lifecycle = 'snoozed'");
    RESOLVED = list!("c.lifecycle = 'resolved'");
    COUNT = concat!(
        "select ", count!("lifecycle = 'open' and owner = 'queue'"), " as needs_intervention, ",
        count!("lifecycle = 'open' and owner_teammate_id = $1"), " as mine, ",
        count!("lifecycle = 'open' and owner_teammate_id is null"), " as unassigned, ",
        count!("lifecycle = 'open' and owner = 'ai'"), " as ai, ", count!("lifecycle = 'open'"), " as open, ",
        count!("lifecycle = 'snoozed'"), " as snoozed, ", count!("lifecycle = 'resolved'"), " as resolved"
    );
}

/// Where a page ended: give it back to read on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    rank: i64,
    wait: i64,
    id: String,
}

impl Cursor {
    /// Reads what [`Cursor`]'s `Display` wrote; `None` if it is anything else.
    pub fn parse(text: &str) -> Option<Cursor> {
        let mut parts = text.splitn(3, '.');
        let rank = parts.next()?.parse().ok()?;
        let wait = parts.next()?.parse().ok()?;
        Some(Cursor { rank, wait, id: parts.next()?.to_owned() })
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}.{}.{}", self.rank, self.wait, self.id)
    }
}

/// One row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListRow {
    pub id: ConversationId,
    pub agent_id: AgentId,
    pub agent_name: String,
    pub customer_id: CustomerId,
    pub customer_name: Option<String>,
    pub customer_email: Option<String>,
    pub owner: Owner,
    /// The name of the teammate who owns it.
    pub owner_name: Option<String>,
    pub lifecycle: Lifecycle,
    pub priority: Option<Priority>,
    pub priority_reason: Option<String>,
    pub waiting_since_ms: Option<i64>,
    /// Who wrote the last message (`customer`, `ai`, `teammate`, `system`), its beginning, and when.
    pub last_author: Option<String>,
    pub last_body: Option<String>,
    pub last_message_at_ms: Option<i64>,
    pub snoozed_until_ms: Option<i64>,
    pub created_at_ms: i64,
}

/// One page of a view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    pub rows: Vec<ListRow>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<Cursor>,
}

/// A conversation's place in the list; smaller comes first.
pub(super) struct Order {
    pub rank: i64,
    pub wait: i64,
}

/// Priority first, then the longest wait, then what changed last. A resolved conversation's priority no longer counts.
pub(super) fn order(conversation: &Conversation) -> Order {
    let is_resolved = conversation.lifecycle == Lifecycle::Resolved;
    let rank = conversation.priority.filter(|_| !is_resolved).map_or(0, Priority::rank);
    let wait = conversation.waiting_since_ms.filter(|_| !is_resolved);
    Order { rank: RANK_LAST - rank, wait: wait.unwrap_or(NOBODY_WAITS - conversation.updated_at_ms) }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    agent_id: String,
    agent_name: String,
    customer_id: String,
    customer_name: Option<String>,
    customer_email: Option<String>,
    owner: String,
    owner_teammate_id: Option<String>,
    owner_name: Option<String>,
    lifecycle: String,
    priority: Option<String>,
    priority_reason: Option<String>,
    waiting_since_ms: Option<i64>,
    last_author: Option<String>,
    last_body: Option<String>,
    last_message_at_ms: Option<i64>,
    snoozed_until_ms: Option<i64>,
    created_at_ms: i64,
    list_rank: i64,
    list_wait: i64,
}

impl TryFrom<Row> for ListRow {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let id = row.id.as_str();
        Ok(ListRow {
            owner: conversation::owner(id, &row.owner, row.owner_teammate_id)?,
            lifecycle: from_word(TABLE, id, &row.lifecycle, Lifecycle::parse)?,
            priority: row.priority.map(|word| from_word(TABLE, id, &word, Priority::parse)).transpose()?,
            agent_id: AgentId(row.agent_id),
            agent_name: row.agent_name,
            customer_id: CustomerId(row.customer_id),
            customer_name: row.customer_name,
            customer_email: row.customer_email,
            owner_name: row.owner_name,
            priority_reason: row.priority_reason,
            waiting_since_ms: row.waiting_since_ms,
            last_author: row.last_author,
            last_body: row.last_body,
            last_message_at_ms: row.last_message_at_ms,
            snoozed_until_ms: row.snoozed_until_ms,
            created_at_ms: row.created_at_ms,
            id: ConversationId(row.id),
        })
    }
}

/// One page of a view, for teammate `me`: at most [`PAGE_MAX`] rows after `after`. "Unassigned" holds what no teammate
/// owns: the AI's and the queue's.
///
/// # Errors
/// [`Error::Corrupt`] if a row can't be read.
pub async fn list(
    conn: &mut Conn,
    view: InboxView,
    me: &TeammateId,
    after: Option<&Cursor>,
    limit: i64,
) -> Result<Page, Error> {
    let limit = page(limit, PAGE_MAX);
    let (rank, wait, id) = after.map_or((-1_i64, 0_i64, ""), |after| (after.rank, after.wait, after.id.as_str()));
    let sql = match view {
        InboxView::NeedsIntervention => NEEDS_INTERVENTION,
        InboxView::Mine => MINE,
        InboxView::Unassigned => UNASSIGNED,
        InboxView::Ai => AI,
        InboxView::Open => OPEN,
        InboxView::Snoozed => SNOOZED,
        InboxView::Resolved => RESOLVED,
    };
    // One row more than asked for tells whether there is a next page.
    let mut rows = if view == InboxView::Mine {
        all!(conn, Row, sql, rank, wait, id, limit + 1, me.as_str())?
    } else {
        all!(conn, Row, sql, rank, wait, id, limit + 1)?
    };
    let has_more = rows.len() as i64 > limit;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| has_more).map(|last| Cursor {
        rank: last.list_rank,
        wait: last.list_wait,
        id: last.id.clone(),
    });
    let rows = rows.into_iter().map(ListRow::try_from).collect::<Result<_, _>>()?;
    Ok(Page { rows, next })
}

#[derive(sqlx::FromRow)]
struct CountRow {
    needs_intervention: i64,
    mine: i64,
    unassigned: i64,
    ai: i64,
    open: i64,
    snoozed: i64,
    resolved: i64,
}

/// How many conversations each view holds for teammate `me`, each counted up to 999.
///
/// # Errors
/// If the database fails.
pub async fn count(conn: &mut Conn, me: &TeammateId) -> Result<Counts, Error> {
    let row = one!(conn, CountRow, COUNT, me.as_str())?;
    Ok(Counts {
        needs_intervention: row.needs_intervention,
        mine: row.mine,
        unassigned: row.unassigned,
        ai: row.ai,
        open: row.open,
        snoozed: row.snoozed,
        resolved: row.resolved,
    })
}
