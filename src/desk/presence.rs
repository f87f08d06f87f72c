//! Who of the team is online: whoever's browser holds a stream open and has been seen within a minute.

use super::{Desk, Error};
use crate::domain::Teammate;
use crate::store;

impl Desk {
    /// `me` is here.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn touch_presence(&self, me: &Teammate) -> Result<(), Error> {
        let mut tx = self.db.write().await?;
        store::presence::touch(&mut tx, &me.id, self.now_ms()).await?;
        Ok(tx.commit().await?)
    }

    /// `me` closed the last browser.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn leave(&self, me: &Teammate) -> Result<(), Error> {
        let mut tx = self.db.write().await?;
        store::presence::leave(&mut tx, &me.id).await?;
        Ok(tx.commit().await?)
    }
}
