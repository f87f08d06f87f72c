//! Hearing of commits in other processes, on Postgres (LISTEN/NOTIFY). A hint: the `change` table is the truth.

use super::Error;
use super::dialect::CHANNEL;
use sqlx::PgPool;
use sqlx::postgres::PgListener;

/// Hears of every commit that took a stream number.
pub struct Listener(PgListener);

impl Listener {
    pub(super) async fn connect(pool: &PgPool) -> Result<Self, Error> {
        let mut listener = PgListener::connect_with(pool).await?;
        listener.listen(CHANNEL).await?;
        Ok(Self(listener))
    }

    /// Waits for the next commit: its seq, or `None` after the connection was lost and found again, when whatever
    /// happened meanwhile must be read from the store.
    ///
    /// # Errors
    /// If Postgres can't be reached again.
    pub async fn next(&mut self) -> Result<Option<i64>, Error> {
        let heard = self.0.try_recv().await?;
        Ok(heard.and_then(|notification| notification.payload().parse().ok()))
    }
}
