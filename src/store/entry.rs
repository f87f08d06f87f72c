//! Entries of a thread: messages, notes and event lines. An AI's message is stored only while the AI owns the
//! conversation under the epoch of its turn (I3); the SQL compares it.

use super::conn::{all, execute, optional, statements};
use super::{Conn, Error, Tx, from_json, page, to_json};
use crate::domain::{Author, Content, ConversationId, Entry, EntryId, NewEntry, TeammateId, TurnId};

const TABLE: &str = "entry";

/// The most entries that are read at once.
pub const PAGE_MAX: i64 = 200;

/// The columns of [`Row`], before the rest of a select.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select id, conversation_id, seq, kind, author_kind, author_id, body, detail, client_id, turn_id,
            owner_epoch, created_at_ms from entry ",
            $rest
        )
    };
}

statements! {
    INSERT = "insert into entry (id, conversation_id, seq, kind, author_kind, author_id, body, detail, client_id,
            turn_id, owner_epoch, created_at_ms)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, null, null, $10)";
    /// I3: nothing is inserted unless the AI owns the conversation under the turn's epoch.
    INSERT_OF_AI = "insert into entry (id, conversation_id, seq, kind, author_kind, body, client_id, turn_id,
            owner_epoch, created_at_ms)
        select cast($1 as text), id, cast($3 as bigint), 'message', 'ai', cast($4 as text), cast($5 as text),
            cast($6 as text), owner_epoch, cast($8 as bigint)
        from conversation where id = $2 and owner = 'ai' and owner_epoch = $7";
    BIND_TO_TURN = "update entry set turn_id = $2
        where conversation_id = $1 and seq > $3 and seq <= $4 and author_kind = 'customer'";
    LIST_AFTER = select!("where conversation_id = $1 and seq > $2 order by seq limit $3");
    LIST_BEFORE = select!("where conversation_id = $1 and seq < $2 order by seq desc limit $3");
    LIST_FOR_CUSTOMER_AFTER =
        select!("where conversation_id = $1 and seq > $2 and kind = 'message' order by seq limit $3");
    LIST_FOR_CUSTOMER_BEFORE =
        select!("where conversation_id = $1 and seq < $2 and kind = 'message' order by seq desc limit $3");
    FIND_BY_CLIENT_ID = select!("where conversation_id = $1 and author_kind = $2 and client_id = $3");
    FIND_OF_CUSTOMER_BY_CLIENT_ID = "select entry.id, conversation_id, entry.seq, kind, author_kind, author_id, body,
            detail, client_id, turn_id, entry.owner_epoch, entry.created_at_ms
        from entry join conversation on conversation.id = entry.conversation_id
        where conversation.customer_id = $1 and author_kind = 'customer' and client_id = $2
        order by entry.created_at_ms desc limit 1";
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    conversation_id: String,
    seq: i64,
    kind: String,
    author_kind: String,
    author_id: Option<String>,
    body: String,
    detail: Option<String>,
    client_id: Option<String>,
    turn_id: Option<String>,
    owner_epoch: Option<i64>,
    created_at_ms: i64,
}

impl TryFrom<Row> for Entry {
    type Error = Error;

    fn try_from(mut row: Row) -> Result<Self, Error> {
        let content = content(&mut row)?;
        Ok(Entry {
            id: EntryId(row.id),
            conversation_id: ConversationId(row.conversation_id),
            seq: row.seq,
            content,
            client_id: row.client_id,
            turn_id: (row.author_kind == "customer").then_some(row.turn_id).flatten().map(TurnId),
            created_at_ms: row.created_at_ms,
        })
    }
}

fn content(row: &mut Row) -> Result<Content, Error> {
    let corrupt = |what: &str| Error::corrupt(TABLE, &row.id, what);
    let body = std::mem::take(&mut row.body);
    match (row.kind.as_str(), row.author_kind.as_str()) {
        ("message", "customer") => Ok(Content::Message { author: Author::Customer, body }),
        ("message", "system") => Ok(Content::Message { author: Author::System, body }),
        ("message", "ai") => {
            let turn_id = row.turn_id.clone().ok_or_else(|| corrupt("an AI message without a turn"))?;
            let epoch = row.owner_epoch.ok_or_else(|| corrupt("an AI message without an epoch"))?;
            Ok(Content::Message { author: Author::Ai { turn_id: TurnId(turn_id), epoch }, body })
        }
        (kind @ ("message" | "note"), "teammate") => {
            let id = TeammateId(row.author_id.clone().ok_or_else(|| corrupt("no teammate is named"))?);
            Ok(if kind == "note" {
                Content::Note { by: id, body }
            } else {
                Content::Message { author: Author::Teammate { id }, body }
            })
        }
        ("event", _) => {
            let detail = row.detail.as_deref().ok_or_else(|| corrupt("an event line without its detail"))?;
            Ok(Content::Event { line: from_json(TABLE, &row.id, detail)? })
        }
        _ => Err(corrupt("kind and author don't fit")),
    }
}

/// Stores an entry of a step.
pub(super) async fn add(
    tx: &mut Tx,
    conversation: &ConversationId,
    new: &NewEntry,
    id: String,
    now_ms: i64,
) -> Result<Entry, Error> {
    let client_id = new.client_id.as_deref();
    let stored = if let Content::Message { author: Author::Ai { turn_id, epoch }, body } = &new.content {
        execute!(
            tx,
            INSERT_OF_AI,
            id.as_str(),
            conversation.as_str(),
            new.seq,
            body.as_str(),
            client_id,
            turn_id.as_str(),
            *epoch,
            now_ms
        )?
    } else {
        let (kind, author_kind, author_id, body, detail) = match &new.content {
            Content::Message { author, body } => {
                let id = if let Author::Teammate { id } = author { Some(id.as_str()) } else { None };
                ("message", author.kind(), id, body.as_str(), None)
            }
            Content::Note { by, body } => ("note", "teammate", Some(by.as_str()), body.as_str(), None),
            Content::Event { line } => ("event", "system", None, "", Some(to_json(line))),
        };
        execute!(
            tx,
            INSERT,
            id.as_str(),
            conversation.as_str(),
            new.seq,
            kind,
            author_kind,
            author_id,
            body,
            detail,
            client_id,
            now_ms
        )?
    };
    if stored != 1 {
        return Err(Error::conflict("the AI no longer owns this conversation under the epoch of its turn"));
    }
    Ok(Entry {
        id: EntryId(id),
        conversation_id: conversation.clone(),
        seq: new.seq,
        content: new.content.clone(),
        client_id: new.client_id.clone(),
        turn_id: None,
        created_at_ms: now_ms,
    })
}

/// Binds the customer's messages after `answered_seq` up to `through_seq` to this turn (I2): those that neither a turn
/// nor a teammate has dealt with, also if a turn that is void had them before.
pub(super) async fn bind_to_turn(
    tx: &mut Tx,
    conversation: &ConversationId,
    turn: &TurnId,
    answered_seq: i64,
    through_seq: i64,
) -> Result<(), Error> {
    execute!(tx, BIND_TO_TURN, conversation.as_str(), turn.as_str(), answered_seq, through_seq).map(|_bound| ())
}

/// The entries after `after_seq` (0: from the beginning), oldest first; at most [`PAGE_MAX`].
///
/// # Errors
/// [`Error::Corrupt`] if a row can't be read.
pub async fn list_after(
    conn: &mut Conn,
    conversation: &ConversationId,
    after_seq: i64,
    limit: i64,
) -> Result<Vec<Entry>, Error> {
    read(all!(conn, Row, LIST_AFTER, conversation.as_str(), after_seq, page(limit, PAGE_MAX))?)
}

/// The last entries before `before_seq` (`i64::MAX`: the end of the thread), oldest first; at most [`PAGE_MAX`].
///
/// # Errors
/// [`Error::Corrupt`] if a row can't be read.
pub async fn list_before(
    conn: &mut Conn,
    conversation: &ConversationId,
    before_seq: i64,
    limit: i64,
) -> Result<Vec<Entry>, Error> {
    let mut rows = all!(conn, Row, LIST_BEFORE, conversation.as_str(), before_seq, page(limit, PAGE_MAX))?;
    rows.reverse();
    read(rows)
}

/// What the customer may see after `after_seq`: messages, never notes or event lines (I9). Oldest first; at most
/// [`PAGE_MAX`].
///
/// # Errors
/// [`Error::Corrupt`] if a row can't be read.
pub async fn list_for_customer_after(
    conn: &mut Conn,
    conversation: &ConversationId,
    after_seq: i64,
    limit: i64,
) -> Result<Vec<Entry>, Error> {
    read(all!(conn, Row, LIST_FOR_CUSTOMER_AFTER, conversation.as_str(), after_seq, page(limit, PAGE_MAX))?)
}

/// The last messages before `before_seq` that the customer may see, oldest first; at most [`PAGE_MAX`].
///
/// # Errors
/// [`Error::Corrupt`] if a row can't be read.
pub async fn list_for_customer_before(
    conn: &mut Conn,
    conversation: &ConversationId,
    before_seq: i64,
    limit: i64,
) -> Result<Vec<Entry>, Error> {
    let mut rows = all!(conn, Row, LIST_FOR_CUSTOMER_BEFORE, conversation.as_str(), before_seq, page(limit, PAGE_MAX))?;
    rows.reverse();
    read(rows)
}

/// The entry that this kind of author (`customer`, `teammate`) has stored under this client id, if there is one.
///
/// # Errors
/// [`Error::Corrupt`] if the row can't be read.
pub async fn find_by_client_id(
    conn: &mut Conn,
    conversation: &ConversationId,
    author_kind: &str,
    client_id: &str,
) -> Result<Option<Entry>, Error> {
    optional!(conn, Row, FIND_BY_CLIENT_ID, conversation.as_str(), author_kind, client_id)?
        .map(Entry::try_from)
        .transpose()
}

/// The customer's message under this client id, in whichever of their conversations it is: a message sent again
/// after its conversation ended is found too.
///
/// # Errors
/// [`Error::Corrupt`] if the row can't be read.
pub async fn find_of_customer_by_client_id(
    conn: &mut Conn,
    customer: &crate::domain::CustomerId,
    client_id: &str,
) -> Result<Option<Entry>, Error> {
    optional!(conn, Row, FIND_OF_CUSTOMER_BY_CLIENT_ID, customer.as_str(), client_id)?.map(Entry::try_from).transpose()
}

fn read(rows: Vec<Row>) -> Result<Vec<Entry>, Error> {
    rows.into_iter().map(Entry::try_from).collect()
}
