"""all-MiniLM-L6-v2 as a plain torch module over its published weights, and the file that the binary carries."""
import os

import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer

FOLDER = os.environ.get("BATON_MODEL_DIR") or os.path.expanduser("~/.cache/baton/models")
WIDTH, HEADS, LAYERS, EPSILON = 384, 12, 6, 1e-12
NAMES = {
    "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
    "output": "attention.output.dense", "output_norm": "attention.output.LayerNorm",
    "intermediate": "intermediate.dense", "dense": "output.dense", "dense_norm": "output.LayerNorm",
}


class Layer(nn.Module):
    """(texts, tokens, width) -> the same shape."""

    def __init__(self, weights, prefix):
        super().__init__()
        for name, stored in NAMES.items():
            weight, bias = weights[prefix + stored + ".weight"], weights[prefix + stored + ".bias"]
            part = nn.LayerNorm(WIDTH, eps=EPSILON) if weight.dim() == 1 else nn.Linear(weight.shape[1], weight.shape[0])
            part.weight.data, part.bias.data = weight.clone(), bias.clone()
            self.add_module(name, part)

    def forward(self, x, mask):
        texts, tokens, _ = x.shape
        heads = lambda part: part(x).view(texts, tokens, HEADS, WIDTH // HEADS).transpose(1, 2)
        seen = F.scaled_dot_product_attention(
            heads(self.query), heads(self.key), heads(self.value), attn_mask=mask[:, None, None, :])
        x = self.output_norm(x + self.output(seen.transpose(1, 2).reshape(texts, tokens, WIDTH)))
        return self.dense_norm(x + self.dense(F.gelu(self.intermediate(x))))


class Encoder(nn.Module):
    """The published encoder. `tuned` are its layers from `first` on, the only ones with a gradient."""

    def __init__(self, first):
        super().__init__()
        weights = load_file(os.path.join(FOLDER, "model.safetensors"))
        self.word = weights["embeddings.word_embeddings.weight"]
        self.position = weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
        self.norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.norm.weight.data = weights["embeddings.LayerNorm.weight"].clone()
        self.norm.bias.data = weights["embeddings.LayerNorm.bias"].clone()
        self.layers = nn.ModuleList(Layer(weights, f"encoder.layer.{number}.") for number in range(LAYERS))
        self.first, self.tuned = first, self.layers[first:]
        for parameter in self.parameters():
            parameter.requires_grad_(False)
        for parameter in self.tuned.parameters():
            parameter.requires_grad_(True)
        self.tokenizer = Tokenizer.from_file(os.path.join(FOLDER, "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(96)
        self.known, self.below = {}, {}

    def ids(self, text):
        if text not in self.known:
            self.known[text] = self.tokenizer.encode(text).ids
        return self.known[text]

    def lower(self, texts):
        """What the frozen layers make of the texts: always the same, so it is kept (in half precision)."""
        new = [text for text in dict.fromkeys(texts) if text not in self.below]
        with torch.no_grad():
            if new:
                longest = max(len(self.ids(text)) for text in new)
                ids = torch.zeros(len(new), longest, dtype=torch.long)
                mask = torch.zeros(len(new), longest, dtype=torch.bool)
                for row, text in enumerate(new):
                    ids[row, :len(self.ids(text))] = torch.tensor(self.ids(text))
                    mask[row, :len(self.ids(text))] = True
                x = self.norm(self.word[ids] + self.position[:longest])
                for layer in self.layers[:self.first]:
                    x = layer(x, mask)
                for row, text in enumerate(new):
                    self.below[text] = x[row, :len(self.ids(text))].half()
        longest = max(len(self.ids(text)) for text in texts)
        x = torch.zeros(len(texts), longest, WIDTH)
        mask = torch.zeros(len(texts), longest, dtype=torch.bool)
        for row, text in enumerate(texts):
            x[row, :len(self.ids(text))] = self.below[text].float()
            mask[row, :len(self.ids(text))] = True
        return x, mask

    def forward(self, texts):
        """(texts, width), of unit length. Short and long texts go apart, so that little is padding."""
        order = sorted(range(len(texts)), key=lambda at: len(self.ids(texts[at])))
        vectors = [None] * len(texts)
        for half in (order[:len(order) // 2], order[len(order) // 2:]):
            if half:
                x, mask = self.lower([texts[at] for at in half])
                for layer in self.tuned:
                    x = layer(x, mask)
                weight = mask[..., None].float()
                mean = F.normalize((x * weight).sum(1) / weight.sum(1), dim=-1)
                for at, vector in zip(half, mean):
                    vectors[at] = vector
        return torch.stack(vectors)

    def write(self, head, path):
        """The tuned layers in int8 with one scale a row, and the logistic layer's numbers."""
        tensors = {"head": head.detach().float().contiguous()}
        for key, value in self.tuned.state_dict().items():
            number, part, kind = key.split(".")
            name = f"layer.{int(number) + self.first}.{NAMES[part]}.{kind}"
            value = value.detach().float()
            if value.dim() == 2:
                scale = value.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
                tensors[name] = (value / scale).round().clamp(-127, 127).to(torch.int8).contiguous()
                tensors[name + ".scale"] = scale[:, 0].contiguous()
            else:
                tensors[name] = value.contiguous()
        save_file(tensors, path)
