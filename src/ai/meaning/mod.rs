//! Meaning as vectors: the sentence encoder all-MiniLM-L6-v2, and beside its own upper layers a second set that was
//! tuned to tell which messages meet a condition (`training/`). The lower layers are the same for both and run once.
//! Weights are files that set-up fetches; without them Baton decides by words alone. Pure computation, no network.

mod encoder;
mod weights;

use candle_core::Tensor;
use encoder::Layer;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use tokenizers::Tokenizer;
use weights::{Base, Tuned};

/// The numbers of one vector.
pub const DIMENSIONS: usize = 384;
/// The name under which vectors are kept; vectors of another name are not comparable.
pub const NAME: &str = "all-MiniLM-L6-v2";
/// A text is cut to this many tokens: about 90 words.
const TOKENS_MAX: usize = 128;
/// The most vectors that are kept: 1.5 KB each.
const KNOWN_MAX: usize = 1_024;
/// A text is cut to this many characters before it is cut into tokens.
const CHARS_MAX: usize = 2_000;

/// A direction of unit length: texts of like meaning have like directions.
#[derive(Clone, Debug, PartialEq)]
pub struct Vector(Vec<f32>);

impl Vector {
    /// The cosine of the angle between both, −1 to 1.
    pub fn likeness(&self, other: &Vector) -> f32 {
        self.0.iter().zip(&other.0).map(|(a, b)| a * b).sum()
    }

    /// Little-endian f32 numbers, [`DIMENSIONS`] of them.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|number| number.to_le_bytes()).collect()
    }

    /// The counterpart of [`Vector::to_bytes`]; `None` when the length is wrong.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (numbers, rest) = bytes.as_chunks::<4>();
        let is_whole = numbers.len() == DIMENSIONS && rest.is_empty();
        is_whole.then(|| Self(numbers.iter().map(|number| f32::from_le_bytes(*number)).collect()))
    }
}

/// Why there are no vectors.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the file {file} can't be read: {cause}")]
    Unreadable { file: String, cause: std::io::Error },
    #[error("the file {file} is not what set-up fetches: {cause}")]
    Malformed { file: String, cause: String },
    #[error("the encoder failed: {0}")]
    Failed(#[from] candle_core::Error),
}

/// How likeness to conditions becomes belief: a logistic layer, fitted with the tuned layers (`training/`).
#[derive(Clone, Copy, Debug)]
pub struct Head([f32; weights::HEAD_NUMBERS]);

impl Head {
    /// How well one condition fits, 0 to 1, from the cosine of its nearest piece.
    pub fn trigger(&self, cosine: f32) -> f32 {
        sigmoid(self.0[0] * cosine + self.0[1])
    }

    /// The same for an exclusion.
    pub fn exclusion(&self, cosine: f32) -> f32 {
        sigmoid(self.0[2] * cosine + self.0[3])
    }

    /// How much speaks for a handoff, 0 to 1: the cosines of the nearest condition, of the whole text and of the nearest
    /// exclusion; the share of a condition's words that the message has; whether words set an exclusion apart.
    pub fn belief(&self, trigger: f32, whole: f32, exclusion: Option<f32>, words: f32, is_apart: bool) -> f32 {
        let [_, _, _, _, on_trigger, on_whole, on_words, if_excluding, on_exclusion, if_apart, always] = self.0;
        let excluding = exclusion.map_or(0.0, |cosine| if_excluding + on_exclusion * cosine);
        let apart = if is_apart { if_apart } else { 0.0 };
        sigmoid(on_trigger * trigger + on_whole * whole + on_words * words + excluding + apart + always)
    }
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

/// An encoder whose weights are loaded when they are first needed. Clones share them.
#[derive(Clone)]
pub struct Encoder(Arc<LazyLock<Option<Meaning>, Load>>);

type Load = Box<dyn FnOnce() -> Option<Meaning> + Send>;

impl Encoder {
    /// No encoder: Baton decides by words.
    pub fn none() -> Self {
        Self(Arc::new(LazyLock::new(Box::new(|| None))))
    }

    /// The encoder whose files are in `folder`; without them there is none, which is logged once.
    pub fn at(folder: PathBuf) -> Self {
        let load = move || match Meaning::load(&folder) {
            Ok(meaning) => Some(meaning),
            Err(error) => {
                tracing::warn!(%error, "there is no sentence encoder: the built-in engine decides by words alone");
                None
            }
        };
        Self(Arc::new(LazyLock::new(Box::new(load))))
    }

    /// The encoder, loaded; blocks while the first caller loads it.
    pub fn get(&self) -> Option<&Meaning> {
        LazyLock::force(&self.0).as_ref()
    }

    /// Whether it is loaded already; `None` before.
    pub fn is_loaded(&self) -> Option<bool> {
        LazyLock::get(&self.0).map(Option::is_some)
    }
}

/// The encoder with its weights. Costs about 70 MB of memory; the table of words stays in its file.
pub struct Meaning {
    tokenizer: Tokenizer,
    base: Base,
    shared: Vec<Layer>,
    plain: Vec<Layer>,
    tuned: Vec<Layer>,
    /// Conditions are read again with every change that an admin tries: most of their pieces are the same.
    known: Mutex<HashMap<String, Vector>>,
    pub head: Head,
}

impl Meaning {
    /// Loads `model.safetensors` and `tokenizer.json` from a folder. Takes about 100 ms.
    ///
    /// # Errors
    /// When a file is missing or is another one.
    pub fn load(folder: &Path) -> Result<Self, Error> {
        let tokenizer = weights::tokenizer(&folder.join("tokenizer.json"), TOKENS_MAX)?;
        let base = Base::open(&folder.join("model.safetensors"))?;
        let tuned = Tuned::read()?;
        let shared = (0..tuned.first_layer).map(|number| base.layer(number)).collect::<Result<_, _>>()?;
        let plain = (tuned.first_layer..weights::LAYERS).map(|number| base.layer(number)).collect::<Result<_, _>>()?;
        Ok(Self {
            tokenizer,
            base,
            shared,
            plain,
            known: Mutex::default(),
            head: Head(tuned.head),
            tuned: tuned.layers,
        })
    }

    /// The vector of what a text is about: for searching.
    ///
    /// # Errors
    /// [`Error::Unreadable`] when the table of words has gone.
    pub fn about(&self, text: &str) -> Result<Vector, Error> {
        self.upper(&self.lower(text)?, &self.plain)
    }

    /// The vector of a condition, or of a message to be held against conditions.
    ///
    /// # Errors
    /// As for [`Meaning::about`].
    pub fn condition(&self, text: &str) -> Result<Vector, Error> {
        if let Some(known) = self.known().get(text) {
            return Ok(known.clone());
        }
        let vector = self.upper(&self.lower(text)?, &self.tuned)?;
        let mut known = self.known();
        if known.len() >= KNOWN_MAX {
            known.clear();
        }
        known.insert(text.to_owned(), vector.clone());
        Ok(vector)
    }

    fn known(&self) -> MutexGuard<'_, HashMap<String, Vector>> {
        // A poisoned lock holds whole entries: each is inserted at once.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lower(&self, text: &str) -> Result<Tensor, Error> {
        let end = text.char_indices().nth(CHARS_MAX).map_or(text.len(), |(at, _)| at);
        let tokens = self
            .tokenizer
            .encode_fast(&text[..end], true)
            .map_err(|cause| Error::Malformed { file: "tokenizer.json".into(), cause: cause.to_string() })?;
        let mut x = self.base.embed(tokens.get_ids())?;
        for layer in &self.shared {
            x = layer.forward(&x)?;
        }
        Ok(x)
    }

    fn upper(&self, x: &Tensor, layers: &[Layer]) -> Result<Vector, Error> {
        let mut x = x.clone();
        for layer in layers {
            x = layer.forward(&x)?;
        }
        let mean = x.mean(0)?.to_vec1::<f32>()?;
        let length = mean.iter().map(|n| n * n).sum::<f32>().sqrt().max(1e-9);
        Ok(Vector(mean.into_iter().map(|n| n / length).collect()))
    }
}
