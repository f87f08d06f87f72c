//! `baton pieces`: what the encoder is tuned on. Reads lines with a condition and a message, and prints for each what the
//! engine would compare; `training/tune.py` calls it, so that training sees what decisions will see.

use crate::ai::builtin;
use serde::Deserialize;
use std::io::{self, BufRead as _, Write as _};

#[derive(Deserialize)]
struct Pair {
    condition: String,
    message: String,
}

/// Answers each line of standard input with one line.
///
/// # Errors
/// When a line is not `{"condition": …, "message": …}`, with its number; or when reading or writing fails.
pub fn run() -> anyhow::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for (number, line) in io::stdin().lock().lines().enumerate() {
        let pair: Pair =
            serde_json::from_str(&line?).map_err(|error| anyhow::anyhow!("line {}: {error}", number + 1))?;
        writeln!(out, "{}", serde_json::to_string(&builtin::pieces(&pair.condition, &pair.message))?)?;
    }
    Ok(out.flush()?)
}
