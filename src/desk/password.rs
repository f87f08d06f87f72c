//! Passwords: how strong one is, and its hash (argon2id with the parameters that OWASP recommends, which are the
//! library's defaults: 19 MiB, 2 passes, 1 lane). Hashing runs off the async threads.

use super::{Desk, Error};
use argon2::Argon2;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString, rand_core::OsRng};

/// The bounds of a password's length, in characters.
pub(super) const PASSWORD_CHARS: std::ops::RangeInclusive<usize> = 10..=200;
/// The least strength on zxcvbn's scale of 0 to 4.
const SCORE_MIN: u8 = 2;
/// A password is judged by its beginning: zxcvbn's time grows with the length.
const JUDGED_CHARS: usize = 72;

impl Desk {
    /// How strong a password is: zxcvbn's score, 0 to 4, and one sentence of advice (empty when it is strong).
    pub fn password_strength(&self, password: &str, about: &[String]) -> (u8, String) {
        let judged: String = password.chars().take(JUDGED_CHARS).collect();
        let about: Vec<&str> = about.iter().map(String::as_str).collect();
        let entropy = zxcvbn::zxcvbn(&judged, &about);
        let score = u8::from(entropy.score());
        let length = password.chars().count();
        let advice = if length < *PASSWORD_CHARS.start() {
            format!("Use {} characters or more: {} to go.", PASSWORD_CHARS.start(), PASSWORD_CHARS.start() - length)
        } else if score >= 3 {
            String::new()
        } else {
            let feedback = entropy.feedback();
            let hint = feedback.and_then(|f| f.suggestions().first().map(ToString::to_string));
            hint.unwrap_or_else(|| "Add another word or two. Uncommon words are better.".to_owned())
        };
        (score, advice)
    }

    /// What is wrong with a new password, if anything is.
    pub(super) fn password_error(&self, password: &str, about: &[String]) -> Option<String> {
        let length = password.chars().count();
        if length > *PASSWORD_CHARS.end() {
            return Some(format!("Use {} characters or fewer.", PASSWORD_CHARS.end()));
        }
        let (score, advice) = self.password_strength(password, about);
        if length < *PASSWORD_CHARS.start() {
            return Some(advice);
        }
        (score < SCORE_MIN).then(|| format!("This password is easy to guess. {advice}"))
    }
}

/// The hash to store, in PHC format.
pub(super) async fn hash(password: String) -> Result<String, Error> {
    off_thread(move || {
        let salt = SaltString::generate(&mut OsRng);
        Argon2::default().hash_password(password.as_bytes(), &salt).map(|hash| hash.to_string())
    })
    .await?
    .map_err(|error| Error::Internal(format!("hashing: {error}")))
}

/// Whether the password belongs to the hash. Without a hash the same work is done in vain, so that the time of
/// the answer does not tell whether an account exists.
pub(super) async fn matches(password: String, hash: Option<String>) -> Result<bool, Error> {
    off_thread(move || match hash.as_deref().map(PasswordHash::new) {
        Some(Ok(hash)) => Argon2::default().verify_password(password.as_bytes(), &hash).is_ok(),
        _ => {
            let salt = SaltString::generate(&mut OsRng);
            let _in_vain = Argon2::default().hash_password(password.as_bytes(), &salt).is_ok();
            false
        }
    })
    .await
}

async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Error::Internal(error.to_string()))
}
