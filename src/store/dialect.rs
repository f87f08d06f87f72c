//! Where the two databases differ: both texts side by side. Everything else is one text for both.

use super::conn::{Conn, Dialect};

/// The Postgres channel on which a commit announces its stream number. [`ANNOUNCE`] names it too.
pub(super) const CHANNEL: &str = "baton_change";

/// One statement in both dialects, with the same parameters and the same columns.
pub(super) struct Both {
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

impl Both {
    /// The text for this connection's database.
    pub(super) fn text(&self, conn: &Conn) -> &'static str {
        self.for_dialect(conn.dialect())
    }

    fn for_dialect(&self, dialect: Dialect) -> &'static str {
        match dialect {
            Dialect::Sqlite => self.sqlite,
            Dialect::Postgres => self.postgres,
        }
    }
}

/// Every statement of this file that `dialect` runs, by name.
pub(super) fn statements(dialect: Dialect) -> Vec<(&'static str, &'static str)> {
    let mut list: Vec<_> =
        [&CLAIM_JOBS, &LOCK_CONVERSATION].map(|both| (both.name, both.for_dialect(dialect))).into_iter().collect();
    if dialect == Dialect::Postgres {
        list.push(("dialect::ANNOUNCE", ANNOUNCE));
    }
    list
}

/// Takes jobs that are due. Parameters: owner, lease until, now, kinds as a JSON array, most jobs. Postgres passes over
/// rows that another worker is taking; SQLite has one writer.
pub(super) const CLAIM_JOBS: Both = Both {
    name: "dialect::CLAIM_JOBS",
    sqlite: "update job set state = 'running', lease_owner = $1, lease_until_ms = $2, attempts = attempts + 1
        where id in (
            select id from job
            where state = 'ready' and run_at_ms <= $3 and kind in (select value from json_each($4))
            order by run_at_ms, id limit $5
        )
        returning id, kind, key, conversation_id, payload, run_at_ms, attempts, last_error",
    postgres: "with due as materialized (
            select id from job
            where state = 'ready' and run_at_ms <= $3
                and kind in (select jsonb_array_elements_text(cast(cast($4 as text) as jsonb)))
            order by run_at_ms, id limit $5
            for update skip locked
        )
        update job set state = 'running', lease_owner = $1, lease_until_ms = $2, attempts = attempts + 1
        where id in (select id from due)
        returning id, kind, key, conversation_id, payload, run_at_ms, attempts, last_error",
};

/// Reads the version of a conversation; on Postgres other writers of it wait for this transaction from now on. On
/// SQLite they wait already.
pub(super) const LOCK_CONVERSATION: Both = Both {
    name: "dialect::LOCK_CONVERSATION",
    sqlite: "select version from conversation where id = $1",
    postgres: "select version from conversation where id = $1 for no key update",
};

/// Postgres only: tells other processes, when this transaction commits, that the stream reached `$1`. SQLite has one
/// process.
pub(super) const ANNOUNCE: &str = "select cast(pg_notify('baton_change', cast($1 as text)) as text)";
