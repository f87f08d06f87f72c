//! Reading weights: the published ones from the file that set-up fetched, the tuned ones from the binary itself. The
//! table of words (47 MB) stays in its file; each turn reads the few rows it needs.

use super::encoder::{EPSILON, Layer};
use super::{DIMENSIONS, Error};
use candle_core::{Device, Tensor};
use candle_nn::{LayerNorm, Linear, Module};
use safetensors::{Dtype, SafeTensors, tensor::Metadata};
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;
use tokenizers::{Tokenizer, TruncationParams};

/// The layers of the encoder.
pub const LAYERS: usize = 6;
/// The numbers of the logistic layer.
pub const HEAD_NUMBERS: usize = 11;
/// The largest header of a safetensors file that is read, in bytes; the real one has 10 KB.
const HEADER_BYTES_MAX: u64 = 1 << 20;
/// The tuned layers: int8 with one scale a row, written by `training/tune`.
const TUNED: &[u8] = include_bytes!("tuned.safetensors");

/// The tokenizer, which pads nothing and cuts at `tokens_max`.
pub fn tokenizer(path: &Path, tokens_max: usize) -> Result<Tokenizer, Error> {
    let bytes = std::fs::read(path).map_err(|cause| unreadable(path, cause))?;
    let mut tokenizer = Tokenizer::from_bytes(bytes).map_err(|cause| malformed(path, cause))?;
    tokenizer.with_padding(None);
    let truncation = TruncationParams { max_length: tokens_max, ..TruncationParams::default() };
    tokenizer.with_truncation(Some(truncation)).map_err(|cause| malformed(path, cause))?;
    Ok(tokenizer)
}

/// The published weights, in f32.
pub struct Base {
    file: File,
    name: String,
    metadata: Metadata,
    data_start: u64,
    positions: Vec<f32>,
    norm: LayerNorm,
}

impl Base {
    /// Opens the file and checks its shape.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let file = File::open(path).map_err(|cause| unreadable(path, cause))?;
        let mut length = [0; 8];
        file.read_exact_at(&mut length, 0).map_err(|cause| unreadable(path, cause))?;
        let length = u64::from_le_bytes(length);
        if length > HEADER_BYTES_MAX {
            return Err(malformed(path, "its header is too long"));
        }
        let mut header = vec![0; usize::try_from(length).unwrap_or_default()];
        file.read_exact_at(&mut header, 8).map_err(|cause| unreadable(path, cause))?;
        let metadata: Metadata = serde_json::from_slice(&header).map_err(|cause| malformed(path, cause))?;
        let mut base = Self {
            file,
            name: path.display().to_string(),
            metadata,
            data_start: length + 8,
            positions: Vec::new(),
            norm: LayerNorm::new(zeros()?, zeros()?, EPSILON),
        };
        base.norm = base.layer_norm("embeddings.LayerNorm")?;
        // The kind of every token is the same; its row is added to every position once.
        let kind = base.row("embeddings.token_type_embeddings.weight", 0)?;
        let (positions, _) = base.read("embeddings.position_embeddings.weight")?;
        base.positions = positions.iter().zip(kind.iter().cycle()).map(|(p, k)| p + k).collect();
        Ok(base)
    }

    /// (tokens, width): what the lowest layer receives.
    pub fn embed(&self, tokens: &[u32]) -> Result<Tensor, Error> {
        let mut rows = Vec::with_capacity(tokens.len() * DIMENSIONS);
        for (token, position) in tokens.iter().zip(self.positions.chunks(DIMENSIONS)) {
            let word = self.row("embeddings.word_embeddings.weight", *token)?;
            rows.extend(word.iter().zip(position).map(|(w, p)| w + p));
        }
        let count = rows.len() / DIMENSIONS;
        Ok(self.norm.forward(&Tensor::from_vec(rows, (count, DIMENSIONS), &Device::Cpu)?)?)
    }

    /// One layer.
    pub fn layer(&self, number: usize) -> Result<Layer, Error> {
        let linear = |name: &str| {
            let name = format!("encoder.layer.{number}.{name}");
            Ok::<_, Error>(Linear::new(
                self.tensor(&format!("{name}.weight"))?,
                Some(self.tensor(&format!("{name}.bias"))?),
            ))
        };
        let norm = |name: &str| self.layer_norm(&format!("encoder.layer.{number}.{name}"));
        layer(linear, norm)
    }

    fn layer_norm(&self, name: &str) -> Result<LayerNorm, Error> {
        Ok(LayerNorm::new(self.tensor(&format!("{name}.weight"))?, self.tensor(&format!("{name}.bias"))?, EPSILON))
    }

    fn tensor(&self, name: &str) -> Result<Tensor, Error> {
        let (numbers, shape) = self.read(name)?;
        Ok(Tensor::from_vec(numbers, shape, &Device::Cpu)?)
    }

    fn read(&self, name: &str) -> Result<(Vec<f32>, Vec<usize>), Error> {
        let info = self.metadata.info(name).filter(|info| info.dtype == Dtype::F32).ok_or_else(|| self.lacks(name))?;
        let (start, end) = info.data_offsets;
        Ok((self.numbers(start as u64, end - start)?, info.shape.clone()))
    }

    fn row(&self, name: &str, row: u32) -> Result<Vec<f32>, Error> {
        let info = self.metadata.info(name).filter(|info| info.dtype == Dtype::F32).ok_or_else(|| self.lacks(name))?;
        let bytes = DIMENSIONS * 4;
        let start = info.data_offsets.0 + row as usize * bytes;
        if start + bytes > info.data_offsets.1 {
            return Err(self.lacks(name));
        }
        self.numbers(start as u64, bytes)
    }

    fn numbers(&self, start: u64, bytes: usize) -> Result<Vec<f32>, Error> {
        let mut raw = vec![0; bytes];
        let unreadable = |cause| Error::Unreadable { file: self.name.clone(), cause };
        self.file.read_exact_at(&mut raw, self.data_start + start).map_err(unreadable)?;
        Ok(raw.as_chunks::<4>().0.iter().map(|number| f32::from_le_bytes(*number)).collect())
    }

    fn lacks(&self, name: &str) -> Error {
        Error::Malformed { file: self.name.clone(), cause: format!("it has no {name} in f32") }
    }
}

/// The tuned layers and what goes with them.
pub struct Tuned {
    /// The number of the first layer that differs from the published ones.
    pub first_layer: usize,
    pub layers: Vec<Layer>,
    pub head: [f32; HEAD_NUMBERS],
}

impl Tuned {
    /// Reads what the binary carries.
    pub fn read() -> Result<Self, Error> {
        let whole = SafeTensors::deserialize(TUNED).map_err(|cause| carried(cause.to_string()))?;
        let first_layer = (0..LAYERS)
            .find(|number| whole.tensor(&format!("layer.{number}.attention.self.query.weight")).is_ok())
            .ok_or_else(|| carried("it has no layer".into()))?;
        let tensor = |name: &str| {
            let numbers = floats(&whole, name)?;
            let view = whole.tensor(name).map_err(|cause| carried(cause.to_string()))?;
            if view.dtype() != Dtype::I8 {
                return Ok(Tensor::from_vec(numbers, view.shape(), &Device::Cpu)?);
            }
            let scales = floats(&whole, &format!("{name}.scale"))?;
            let width = numbers.len() / scales.len().max(1);
            let scaled =
                numbers.chunks(width.max(1)).zip(&scales).flat_map(|(row, scale)| row.iter().map(move |n| n * scale));
            Ok::<_, Error>(Tensor::from_vec(scaled.collect::<Vec<_>>(), view.shape(), &Device::Cpu)?)
        };
        let layers = (first_layer..LAYERS).map(|number| {
            let pair = |name: &str| {
                let name = format!("layer.{number}.{name}");
                Ok::<_, Error>((tensor(&format!("{name}.weight"))?, tensor(&format!("{name}.bias"))?))
            };
            layer(
                |name| pair(name).map(|(weight, bias)| Linear::new(weight, Some(bias))),
                |name| pair(name).map(|(weight, bias)| LayerNorm::new(weight, bias, EPSILON)),
            )
        });
        let head = floats(&whole, "head")?;
        let head = head.try_into().map_err(|_| carried("its head has another length".into()))?;
        Ok(Self { first_layer, layers: layers.collect::<Result<_, _>>()?, head })
    }
}

fn layer(
    linear: impl Fn(&str) -> Result<Linear, Error>,
    norm: impl Fn(&str) -> Result<LayerNorm, Error>,
) -> Result<Layer, Error> {
    Ok(Layer {
        query: linear("attention.self.query")?,
        key: linear("attention.self.key")?,
        value: linear("attention.self.value")?,
        output: linear("attention.output.dense")?,
        output_norm: norm("attention.output.LayerNorm")?,
        intermediate: linear("intermediate.dense")?,
        dense: linear("output.dense")?,
        dense_norm: norm("output.LayerNorm")?,
    })
}

/// A tensor's numbers; int8 ones without their scale.
fn floats(whole: &SafeTensors<'_>, name: &str) -> Result<Vec<f32>, Error> {
    let view = whole.tensor(name).map_err(|cause| carried(cause.to_string()))?;
    match view.dtype() {
        Dtype::F32 => Ok(view.data().as_chunks::<4>().0.iter().map(|n| f32::from_le_bytes(*n)).collect()),
        Dtype::I8 => Ok(view.data().iter().map(|n| f32::from(n.cast_signed())).collect()),
        other => Err(carried(format!("{name} is {other:?}"))),
    }
}

fn zeros() -> Result<Tensor, Error> {
    Ok(Tensor::zeros(DIMENSIONS, candle_core::DType::F32, &Device::Cpu)?)
}

fn carried(cause: String) -> Error {
    Error::Malformed { file: "tuned.safetensors".into(), cause }
}

fn unreadable(path: &Path, cause: std::io::Error) -> Error {
    Error::Unreadable { file: path.display().to_string(), cause }
}

fn malformed(path: &Path, cause: impl ToString) -> Error {
    Error::Malformed { file: path.display().to_string(), cause: cause.to_string() }
}
