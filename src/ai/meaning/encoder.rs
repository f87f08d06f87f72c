//! One layer of a BERT encoder (Devlin et al. 2019, section 3) over one text: no padding, so no mask.

use candle_core::{D, Result, Tensor};
use candle_nn::{LayerNorm, Linear, Module, ops::softmax_last_dim};

/// The attention heads of a layer.
pub const HEADS: usize = 12;
/// What layer normalisation adds to the variance.
pub const EPSILON: f64 = 1e-12;

/// A layer's weights.
pub struct Layer {
    pub query: Linear,
    pub key: Linear,
    pub value: Linear,
    pub output: Linear,
    pub output_norm: LayerNorm,
    pub intermediate: Linear,
    pub dense: Linear,
    pub dense_norm: LayerNorm,
}

impl Layer {
    /// `x`: (tokens, width) → the same shape.
    pub fn forward(&self, x: &Tensor) -> Result<Tensor> {
        let (tokens, width) = x.dims2()?;
        let size = width / HEADS;
        let heads = |linear: &Linear| linear.forward(x)?.reshape((tokens, HEADS, size))?.transpose(0, 1)?.contiguous();
        let (query, key, value) = (heads(&self.query)?, heads(&self.key)?, heads(&self.value)?);
        let scores = (query.matmul(&key.transpose(D::Minus1, D::Minus2)?)? / (size as f64).sqrt())?;
        let seen = softmax_last_dim(&scores)?.matmul(&value)?;
        let seen = seen.transpose(0, 1)?.contiguous()?.reshape((tokens, width))?;
        let x = self.output_norm.forward(&(x + self.output.forward(&seen)?)?)?;
        let wide = self.intermediate.forward(&x)?.gelu_erf()?;
        self.dense_norm.forward(&(&x + self.dense.forward(&wide)?)?)
    }
}
