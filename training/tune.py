"""Tunes the upper layers of the sentence encoder on (condition, message) pairs and writes the file the binary carries.

    python training/tune.py PAIRS.jsonl CASES.jsonl [--baton PATH] [--out src/ai/meaning/tuned.safetensors]

PAIRS: {"condition", "message", "label": 0|1, "style", "intent", "in_dev"} a line. CASES: cases of the task
condition_match, as `baton eval` reads them; the logistic layer is fitted on them and on the pairs of held-out intents.
"""
import argparse
import json
import os
import random
import subprocess
import time

import torch
import torch.nn.functional as F

from encoder import Encoder

FIRST_LAYER = 2          # the layers below stay as published: they run once for both sets of upper layers
ROWS_A_STEP = 32
RATE, RATE_HEAD = 1e-4, 1e-2
HELD_OUT = 0.1           # of the intents: the logistic layer is fitted on pairs that the encoder has not seen
FITTED_ON = 1500


def pieces(baton, pairs):
    """What the engine would compare, for each (condition, message)."""
    lines = "".join(json.dumps({"condition": condition, "message": message}) + "\n" for condition, message in pairs)
    done = subprocess.run([baton, "pieces"], input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def tune(encoder, rows, steps_log=50):
    """One pass over the rows. Returns scale and offset of conditions and of exclusions."""
    head = torch.nn.Parameter(torch.tensor([12.0, -6.0, 12.0, -6.0, 12.0, -6.0]))
    optimizer = torch.optim.AdamW([
        {"params": list(encoder.tuned.parameters()), "lr": RATE, "weight_decay": 0.01},
        {"params": [head], "lr": RATE_HEAD, "weight_decay": 0.0},
    ])
    # Rows of one condition stay together: its pieces are encoded once a step.
    groups = {}
    for row in rows:
        groups.setdefault(row["condition"], []).append(row)
    conditions = list(groups)
    random.shuffle(conditions)
    ordered = [row for condition in conditions for row in groups[condition]]
    steps, started, losses = len(ordered) // ROWS_A_STEP, time.time(), []
    for step in range(steps):
        pace = min(1.0, step / 50 + 0.02) * (1 - step / steps)
        optimizer.param_groups[0]["lr"], optimizer.param_groups[1]["lr"] = RATE * pace, RATE_HEAD * pace
        texts = {}
        at = lambda text: texts.setdefault(text, len(texts))
        plan = [
            (row, at(row["message"]), [at(t) for t in row["conditions"]], [at(t) for t in row["exclusions"]], at(row["condition"]))
            for row in ordered[step * ROWS_A_STEP:(step + 1) * ROWS_A_STEP]
        ]
        vectors = encoder(list(texts))
        likeness = vectors @ vectors.T
        parts = []
        for row, message, own, excluded, whole in plan:
            label = torch.tensor(float(row["label"]))
            falls_under = row["style"].endswith(("/excluded", "swapped_neg"))
            parts.append(0.5 * F.binary_cross_entropy_with_logits(head[4] * likeness[message, whole] + head[5], label))
            if own:
                met = head[0] * likeness[message, own].max() + head[1]
                # A message that is excluded may well meet the condition by itself.
                if not falls_under:
                    parts.append(F.binary_cross_entropy_with_logits(met, label))
            if excluded and (falls_under or row["label"] == 1):
                kept = head[2] * likeness[message, excluded].max() + head[3]
                parts.append(F.binary_cross_entropy_with_logits(kept, torch.tensor(float(falls_under))))
                if own:
                    parts.append(F.binary_cross_entropy_with_logits(met - kept, label))
        loss = torch.stack(parts).sum() / ROWS_A_STEP
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(encoder.tuned.parameters(), 1.0)
        optimizer.step()
        losses.append(loss.item())
        if (step + 1) % steps_log == 0:
            print(f"step {step + 1} of {steps}: loss {sum(losses[-steps_log:]) / steps_log:.3f}, {time.time() - started:.0f} s", flush=True)
    return head.detach()[:4]


def features(encoder, rows):
    """(rows, 6): cosines of the nearest condition, the whole text; words; has an exclusion, its cosine; set apart."""
    encoder.eval()
    texts = list(dict.fromkeys(t for row in rows for t in [row["message"], row["condition"], *row["conditions"], *row["exclusions"]]))
    with torch.no_grad():
        vectors = torch.cat([encoder(texts[at:at + 64]) for at in range(0, len(texts), 64)])
    place = {text: at for at, text in enumerate(texts)}

    def nearest(row, of):
        own = vectors[place[row["message"]]]
        return max((float(own @ vectors[place[text]]) for text in of), default=-0.2)

    return torch.tensor([[
        nearest(row, row["conditions"]), nearest(row, [row["condition"]]), row["words"], float(bool(row["exclusions"])),
        nearest(row, row["exclusions"]) if row["exclusions"] else 0.0, float(row["is_apart"]),
    ] for row in rows])


def logistic(x, y, weight):
    """Weights and offset, with a little shrinking."""
    mean, spread = x.mean(0), x.std(0) + 1e-6
    w, b = torch.zeros(x.shape[1], requires_grad=True), torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.LBFGS([w, b], max_iter=200)

    def step():
        optimizer.zero_grad()
        loss = (F.binary_cross_entropy_with_logits(((x - mean) / spread) @ w + b, y, reduction="none") * weight).mean()
        loss = loss + 1e-3 * (w * w).sum()
        loss.backward()
        return loss

    optimizer.step(step)
    return (w / spread).detach(), (b - (w * mean / spread).sum()).detach()


def offset(scores, y):
    """The shift whose F1 on the cases, smoothed over its neighbours, is highest."""
    shifts = torch.arange(-2, 2.01, 0.1)

    def f1(shift):
        got = scores + shift > 0
        right = (got & (y > 0)).sum().item()
        return 2 * right / max(1, got.sum().item() + (y > 0).sum().item())

    found = [f1(shift) for shift in shifts]
    smooth = [sum(found[max(0, at - 2):at + 3]) / len(found[max(0, at - 2):at + 3]) for at in range(len(found))]
    return shifts[smooth.index(max(smooth))]


def read(path, baton):
    rows = [json.loads(line) for line in open(path, encoding="utf-8") if line.strip()]
    for row, known in zip(rows, pieces(baton, [(row["condition"], row["message"]) for row in rows])):
        row.update(known)
    return rows


def cases(path, baton):
    rows = []
    for line in open(path, encoding="utf-8"):
        case = json.loads(line)
        if not case.get("ambiguous") and not case.get("suspect"):
            message = "\n".join(said["text"] for said in case["messages"] if said["role"] == "customer")
            rows.append({"condition": case["action"]["when_to_use"], "message": message, "label": int(case["expect"]["trigger"])})
    for row, known in zip(rows, pieces(baton, [(row["condition"], row["message"]) for row in rows])):
        row.update(known)
    return rows


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("pairs")
    arguments.add_argument("cases")
    arguments.add_argument("--baton", default="baton")
    arguments.add_argument("--out", default="src/ai/meaning/tuned.safetensors")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--threads", type=int, default=os.cpu_count())
    given = arguments.parse_args()
    random.seed(given.seed)
    torch.manual_seed(given.seed)
    torch.set_num_threads(given.threads)

    rows = [row for row in read(given.pairs, given.baton) if not row.get("in_dev")]
    intents = sorted({row["intent"] for row in rows})
    random.Random(0).shuffle(intents)
    held_out = set(intents[:int(len(intents) * HELD_OUT)])
    seen = [row for row in rows if row["intent"] not in held_out]
    unseen = [row for row in rows if row["intent"] in held_out]
    random.Random(1).shuffle(unseen)
    unseen, dev = unseen[:FITTED_ON], cases(given.cases, given.baton)
    print(f"{len(seen)} pairs to tune on, {len(unseen)} of other intents and {len(dev)} cases to fit the logistic layer on", flush=True)

    encoder = Encoder(FIRST_LAYER)
    encoder.train()
    scales = tune(encoder, seen)
    x, y, weight = [], [], []
    for rows in (unseen, dev):
        x.append(features(encoder, rows))
        y.append(torch.tensor([float(row["label"]) for row in rows]))
        weight.append(torch.full((len(rows),), len(dev) / len(rows)))
    w, b = logistic(torch.cat(x), torch.cat(y), torch.cat(weight))
    b = b + offset(x[1] @ w + b, y[1])
    encoder.write(torch.cat([scales, w, b]), given.out)
    print(f"wrote {given.out}")


if __name__ == "__main__":
    main()
