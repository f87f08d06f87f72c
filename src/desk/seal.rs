//! Encrypting what must not lie open in the database: providers' keys. XChaCha20-Poly1305 with a random nonce, bound to
//! what it belongs to, so that a sealed key can't be moved to another agent's row.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use sha2::{Digest, Sha256};

const NONCE_BYTES: usize = 24;

/// The server's secret, as the configuration has it.
#[derive(Clone)]
pub struct Seal(XChaCha20Poly1305);

impl Seal {
    /// From any text with enough chance in it; the same text opens what it sealed.
    pub fn new(secret: &str) -> Self {
        let key: [u8; 32] = Sha256::digest(secret.as_bytes()).into();
        Self(XChaCha20Poly1305::new(&key.into()))
    }

    /// Encrypts `text` as belonging to `owner`: base64 of nonce and ciphertext.
    pub(super) fn seal(&self, owner: &str, text: &str) -> String {
        let nonce: [u8; NONCE_BYTES] = rand::random();
        let payload = Payload { msg: text.as_bytes(), aad: owner.as_bytes() };
        let sealed =
            self.0.encrypt(&XNonce::from(nonce), payload).expect("a key is far shorter than the cipher's limit");
        STANDARD.encode([&nonce[..], &sealed[..]].concat())
    }

    /// Opens what was sealed for `owner`; `None` if the secret is another one or the text was changed.
    pub(super) fn open(&self, owner: &str, sealed: &str) -> Option<String> {
        let bytes = STANDARD.decode(sealed).ok()?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE_BYTES>()?;
        let payload = Payload { msg: sealed, aad: owner.as_bytes() };
        String::from_utf8(self.0.decrypt(&XNonce::from(*nonce), payload).ok()?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_secret_and_owner_open_it() {
        let seal = Seal::new("the configured secret");
        let sealed = seal.seal("agent-1", "sk-123");
        assert!(!sealed.contains("sk-123"));
        assert_ne!(sealed, seal.seal("agent-1", "sk-123"), "a nonce is used once");
        assert_eq!(seal.open("agent-1", &sealed).as_deref(), Some("sk-123"));
        assert_eq!(seal.open("agent-2", &sealed), None);
        assert_eq!(Seal::new("another").open("agent-1", &sealed), None);
        assert_eq!(seal.open("agent-1", "not sealed"), None);
    }
}
