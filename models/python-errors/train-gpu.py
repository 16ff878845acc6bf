"""Trains an embedded model on one graphics card, or on processors with AMX: the recipe of `latent-lens train lm`, in PyTorch.

    npm run -s latent-lens -- train pack --recipe models/python-errors/recipe-gpu.json --data DATA --out MODEL --to PACK
    python3 models/python-errors/train-gpu.py --pack PACK --out OUT --minutes 8 --bfloat16

The pack's .gz may be made .xz, which takes half the room: for f in PACK/*.gz; do gunzip -c $f | xz -9 > ${f%.gz}.xz; rm $f; done

A pack of models/types/recipe.json is trained on likewise; its answers are types of any length, with the token that ends them.

On processors that multiply bfloat16 by tiles (`grep amx_bf16 /proc/cpuinfo`), `--device cpu --threads 2 --bfloat16 --compile --bucket 64`
takes half the time of `train lm`, or less. PyTorch then asks the system for memory anew at each step unless MALLOC_MMAP_THRESHOLD_ and
MALLOC_TRIM_THRESHOLD_ are set to some 4000000000.

Optional: `train lm` makes the model without it, with Node alone. It needs PyTorch 2.6 or newer and safetensors, and no network.

The losses, probes, optimizers, schedule and their numbers are those of src/training and of the recipe in PACK/pack.json; `--recipe` takes
another recipe's `model`, `training` and `seed`. Sizes that suit a card are in recipe-gpu.json. What differs:
- Initial weights and draws come from PyTorch's random numbers, so a seed gives other weights than in TypeScript.
- A batch holds exactly `codeFraction` of its code tokens, and its samples are padded to a multiple of `--bucket` tokens.
- A decay follows by itself: the last `--decay` of the time (or of `--steps`).
Everything is float32; with `--bfloat16` the products of blocks, unembedding and probes are bfloat16 with float32 sums, and weights,
residual stream, norms, softmax of the losses and optimizer's memory stay float32; Muon's iterations are bfloat16 then too. `--compile`
compiles a block, once for each bucket's length.

OUT gets log.jsonl (as `train lm` writes it; `--quiet` keeps it off the screen), trunk.safetensors at each measurement until the decay
begins (as `train export-trunk` writes it, for `--from` here and there), and at the end model.safetensors, config.json and generation_config.json.
With `--part MEBIBYTES` both .safetensors are cut into .00, .01 … for where a file may not be larger; `cat` joins them.

test/golden/train_gpu.py holds two steps of this file, test/training/lm/pack.test.ts the same two in TypeScript: losses and updated weights
agree within 1e-4.
"""

import argparse
import gzip
import json
import lzma
import math
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

STARTED = time.monotonic()

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file

# The weights of a block by their names in the checkpoint. Here those of all blocks are one tensor [layers, …].
NORMS = ("input_layernorm", "post_attention_layernorm")
MATRICES = ("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.o_proj", "mlp.gate_proj", "mlp.up_proj", "mlp.down_proj")
EMBEDDING, FINAL_NORM = "model.embed_tokens.weight", "model.norm.weight"
NEWTON_SCHULZ = (3.4445, -4.775, 2.0315)
LENGTHS = (64, 128, 256, 512)
BINS = 15


def shapes_of(recipe, probes):
    """The trained weights: name → shape, those of blocks stacked."""
    model = recipe["model"]
    layers, width, mlp = model["layers"], model["width"], model["mlpWidth"]
    keys = width // model["heads"] * model["keyValueHeads"]
    matrices = {"q": (width, width), "k": (keys, width), "v": (keys, width), "o": (width, width)}
    matrices |= {"gate": (mlp, width), "up": (mlp, width), "down": (width, mlp)}
    return {
        EMBEDDING: (recipe["tokenizer"]["vocabularySize"], width),
        **{name: (layers, width) for name in NORMS},
        **{name: (layers, *matrices[name.split(".")[1].removesuffix("_proj")]) for name in MATRICES},
        FINAL_NORM: (width,),
        **{f"{name} probe": (len(probe["classes"]), width) for name, probe in probes.items()},
    }


def initial_weights(recipe, probes, device):
    """As src/training/lm/initialise.ts: normal, 0.02, less for what writes to the residual stream; ones for norms; probes at zero."""
    generator = torch.Generator().manual_seed(recipe["seed"])
    weights = {}
    for name, shape in shapes_of(recipe, probes).items():
        if name in NORMS or name == FINAL_NORM:
            weight = torch.ones(shape)
        elif name.endswith(" probe"):
            weight = torch.zeros(shape)
        else:
            writing = name.endswith(("o_proj", "down_proj"))
            weight = torch.randn(shape, generator=generator) * (0.02 / (math.sqrt(2 * recipe["model"]["layers"]) if writing else 1))
        weights[name] = weight.to(device).requires_grad_()
    return weights


def unstacked(weights):
    """By the checkpoint's names."""
    found = {}
    for name, weight in weights.items():
        if name in NORMS or name in MATRICES:
            found |= {f"model.layers.{layer}.{name}.weight": one for layer, one in enumerate(weight)}
        else:
            found[name] = weight
    return found


def stacked(found, recipe, probes, device):
    weights = {}
    for name, shape in shapes_of(recipe, probes).items():
        names = [f"model.layers.{layer}.{name}.weight" for layer in range(shape[0])] if name in NORMS or name in MATRICES else [name]
        missing = [one for one in names if one not in found]
        if missing:
            raise SystemExit(f"--from: '{missing[0]}' is missing. Give the weights of a model of this recipe.")
        weight = torch.stack([found[one] for one in names]) if len(names) > 1 or name in NORMS or name in MATRICES else found[name]
        if tuple(weight.shape) != tuple(shape):
            raise SystemExit(f"--from: '{name}' has the shape {list(weight.shape)}, the recipe's {list(shape)}.")
        weights[name] = weight.float().to(device).requires_grad_()
    return weights


# ---- the model


def rms(x, epsilon):
    x = x.float()
    return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + epsilon)


def rotated(x, cos, sin):
    """x [b, h, t, d]; halves are turned together."""
    first, second = x.chunk(2, -1)
    return torch.cat((first * cos - second * sin, second * cos + first * sin), -1)


def attention(queries, keys, values):
    """[b, h, t, d]; keys and values may be of fewer heads."""
    groups = queries.shape[1] // keys.shape[1]
    if queries.device.type != "cpu":
        return F.scaled_dot_product_attention(queries, keys, values, is_causal=True, enable_gqa=groups > 1)
    if groups > 1:
        keys, values = keys.repeat_interleave(groups, 1), values.repeat_interleave(groups, 1)
    # PyTorch's own kernel takes a third of a step on processors.
    scores = queries @ keys.transpose(2, 3) * queries.shape[-1] ** -0.5
    later = torch.ones(scores.shape[-2:], dtype=torch.bool, device=scores.device).triu(1)
    return scores.masked_fill(later, -torch.inf).softmax(-1) @ values


def block(x, norm1, norm2, q, k, v, o, gate, up, down, cos, sin, heads, key_heads, epsilon):
    """Padding follows the tokens, and attention is causal: so no mask is needed."""
    b, t, width = x.shape
    normed = (rms(x, epsilon) * norm1).to(q.dtype)
    split = lambda y, count: y.view(b, t, count, width // heads).transpose(1, 2)
    queries = rotated(split(F.linear(normed, q), heads), cos, sin)
    keys = rotated(split(F.linear(normed, k), key_heads), cos, sin)
    values = split(F.linear(normed, v), key_heads)
    mixed = attention(queries, keys, values)
    x = x + F.linear(mixed.transpose(1, 2).reshape(b, t, width), o)
    normed = (rms(x, epsilon) * norm2).to(q.dtype)
    return x + F.linear(F.silu(F.linear(normed, gate)) * F.linear(normed, up), down)


class Model:
    def __init__(self, recipe, probes, weights, dtype=torch.float32, compiled=False):
        self.shape, self.probes, self.weights, self.dtype = recipe["model"], probes, weights, dtype
        self.block = torch.compile(block, dynamic=False) if compiled else block
        self.angles = {}

    def rotation(self, length, device):
        if length not in self.angles:
            size = self.shape["width"] // self.shape["heads"]
            frequencies = self.shape["ropeTheta"] ** (-torch.arange(0, size, 2, device=device, dtype=torch.float64) / size)
            angles = torch.outer(torch.arange(length, device=device, dtype=torch.float64), frequencies.float().double())
            self.angles[length] = (angles.cos().to(self.dtype), angles.sin().to(self.dtype))
        return self.angles[length]

    def run(self, tokens, seen=None):
        """tokens [b, t] → the residual stream after the last block, float32 [b, t, width]; `seen(probe, stream)` where one reads."""
        shape, weights = self.shape, self.weights
        layers = shape["layers"]
        norms = [weights[name].unbind() for name in NORMS]
        matrices = [weights[name].to(self.dtype).unbind() for name in MATRICES]
        cos, sin = self.rotation(tokens.shape[1], tokens.device)
        x = F.embedding(tokens, weights[EMBEDDING])
        for layer in range(layers):
            parts = [part[layer] for part in (*norms, *matrices)]
            x = self.block(x, *parts, cos, sin, shape["heads"], shape["keyValueHeads"], shape["normEpsilon"])
            for name, probe in self.probes.items():
                if seen and layer == math.ceil(layers * probe["depth"] - 1e-9) - 1:
                    seen(name, x)
        return x

    def logits(self, rows, tokens=None):
        """rows [n, width] of the stream; over all tokens, or these."""
        embedding = self.weights[EMBEDDING] if tokens is None else self.weights[EMBEDDING][tokens]
        normed = rms(rows, self.shape["normEpsilon"]) * self.weights[FINAL_NORM]
        return F.linear(normed.to(self.dtype), embedding.to(self.dtype)).float()

    def losses(self, batch):
        """The loss, and its parts with what the log tells, all on the device."""
        found = {}

        def read(name, stream):
            targets, weights = batch.probes[name]
            logits = F.linear(rms(stream.flatten(0, 1), 1e-5).to(self.dtype), self.weights[f"{name} probe"].to(self.dtype)).float()
            found[f"{name}Loss"] = (F.cross_entropy(logits, targets, reduction="none") * weights).sum()

        rows = self.run(batch.tokens, read).flatten(0, 1)[batch.at]
        logits = self.logits(rows)
        losses = F.cross_entropy(logits, batch.targets, reduction="none")
        loss = sum(found.values()) + (losses * batch.target_weights).sum()
        with torch.no_grad():
            mean = lambda values, chosen: (values * chosen).sum() / chosen.sum().clamp(min=1)
            found["codeLoss"] = mean(losses, batch.counted & ~batch.is_answer)
            found["labelLoss"] = mean(losses, batch.counted & batch.is_answer)
            answers = slice(-batch.answers, None)
            found["labelAccuracy"] = mean((logits[answers].argmax(-1) == batch.targets[answers]).float(), batch.counted[answers])
        return loss, found


# ---- the data


class Part:
    """What `train pack` wrote of `train` or `validation`, on the device; the number of each sample's tokens here too."""

    def __init__(self, folder, name, probes, device):
        def read(key):
            kind = np.dtype("<u2" if key.endswith("u16") else "u1")
            smaller = Path(folder) / f"{name}.{key}.xz"
            with lzma.open(smaller) if smaller.exists() else gzip.open(smaller.with_suffix(".gz")) as file:
                return np.frombuffer(file.read(), kind)

        keys = ["lengths.u16", "groups.u8", "ids.u16", "kinds.u8", *(f"{probe}.u8" for probe in probes)]
        with ThreadPoolExecutor() as pool:
            arrays = dict(zip(keys, pool.map(read, keys)))
        self.lengths = arrays["lengths.u16"].astype(np.int64)
        self.groups = arrays["groups.u8"]
        total = int(self.lengths.sum())
        if any(len(arrays[key]) != total for key in keys[2:]) or len(self.groups) != len(self.lengths):
            raise SystemExit(f"{folder}: the arrays of '{name}' do not belong together. Pack again: latent-lens train pack.")
        ends = np.cumsum(self.lengths)
        starts = ends - self.lengths
        place = lambda array, dtype: torch.from_numpy(array.astype(dtype)).to(device)
        self.ids, self.kinds = place(arrays["ids.u16"], np.int32), place(arrays["kinds.u8"], np.uint8)
        self.marks = {probe: place(arrays[f"{probe}.u8"], np.uint8) for probe in probes}
        self.starts, self.sizes = place(starts, np.int64), place(self.lengths, np.int64)
        # The place of each sample's answer, and how many tokens it has; 0 and none for real code.
        answers = np.flatnonzero(arrays["kinds.u8"] == KIND_LABEL)
        owner = np.searchsorted(ends, answers, side="right")
        self.answer_sizes = np.bincount(owner, minlength=len(self.lengths))
        answer = np.zeros(len(self.lengths), np.int64)
        answer[owner[::-1]] = (answers - starts[owner])[::-1]  # the first one stays
        self.answer, self.answer_size = place(answer, np.int64), place(self.answer_sizes, np.int64)


KIND_CODE, KIND_LABEL = 1, 2


@dataclass
class Batch:
    tokens: torch.Tensor  # [b, t]
    at: torch.Tensor  # [n], places in [b · t] whose next token counts: code, then each sample's answer
    targets: torch.Tensor
    target_weights: torch.Tensor
    counted: torch.Tensor
    is_answer: torch.Tensor
    answers: int  # of the places, those at the end that are for answers
    probes: dict  # name → (targets, weights), [b · t]


def make_batch(part, index, length, weights, probes, quiet_weight, answer_length=1):
    """
    The samples `index` padded to `length`, whose answers have at most `answer_length` tokens. Shapes depend on the sizes alone, and nothing
    waits for the device.
    """
    device = index.device
    place = torch.arange(length, device=device)
    inside = place < part.sizes[index, None]
    at = torch.where(inside, part.starts[index, None] + place, 0)
    within = lambda array: torch.where(inside, array[at], 0)
    tokens, kinds = within(part.ids).long(), within(part.kinds).flatten()
    ids = tokens.flatten()

    code = kinds == KIND_CODE
    fraction = weights["codeFraction"]
    order = torch.where(code, torch.rand(code.shape, device=device), 2)
    chosen = order.topk(max(1, math.ceil(fraction * code.numel())), largest=False).indices
    wanted = (fraction * code.sum()).round()
    counts_code = torch.arange(len(chosen), device=device) < wanted
    nth = torch.arange(answer_length, device=device)
    has_answer = (nth < part.answer_size[index, None]).flatten()
    rows = torch.arange(len(index), device=device)[:, None] * length
    answer_at = torch.where(has_answer, (rows + part.answer[index, None] + nth).flatten(), 0)

    targets_at = torch.cat((chosen, answer_at))
    counted = torch.cat((counts_code, has_answer))
    is_answer = torch.cat((torch.zeros_like(counts_code), torch.ones_like(has_answer)))
    share = lambda counts, weight: counts * (weight / counts.sum().clamp(min=1))
    target_weights = torch.cat((share(counts_code, weights["code"]), share(has_answer, weights["label"])))

    read = {}
    for name, probe in probes.items():
        marks = within(part.marks[name]).flatten().long()
        targets = (marks - 1).clamp(min=0)
        importance = (marks > 0).float()
        if "quiet" in probe:
            importance = torch.where(targets == probe["classes"].index(probe["quiet"]), importance * quiet_weight, importance)
        if name == "syntax" and weights.get("syntaxFraction", 1) < 1:
            importance = importance * (torch.rand(marks.shape, device=device) < weights["syntaxFraction"])
        read[name] = (targets, importance * (weights[name] / importance.sum().clamp(min=1e-9)))
    # What is not counted may lie at 0, before which there is no token.
    return Batch(tokens, (targets_at - 1).clamp(min=0), ids[targets_at], target_weights, counted, is_answer, len(answer_at), read)


class Order:
    """
    Endless batches. An epoch draws as many samples as there are, of each series its share in training's rounds, each sample once before it
    comes again; samples of one bucket are batched together, and what is left of a bucket joins the next longer one.
    """

    def __init__(self, part, shares, batch_tokens, bucket, seed, device):
        self.part, self.shares, self.batch_tokens, self.bucket, self.device = part, shares, batch_tokens, bucket, device
        self.random = np.random.default_rng(seed)
        self.waiting = [np.empty(0, np.int64) for _ in shares]
        self.epochs = self.seen = 0

    def draw(self, group, count):
        members = np.flatnonzero(self.part.groups == group)
        while len(self.waiting[group]) < count and len(members) > 0:
            self.waiting[group] = np.concatenate((self.waiting[group], self.random.permutation(members)))
        drawn, self.waiting[group] = np.split(self.waiting[group], [count])
        return drawn

    def epoch(self):
        """[(indices, length)], in random order."""
        total = len(self.part.lengths)
        drawn = np.concatenate([self.draw(group, round(total * share)) for group, share in enumerate(self.shares)])
        self.random.shuffle(drawn)
        lengths = -(-self.part.lengths[drawn] // self.bucket) * self.bucket
        batches, left = [], np.empty(0, np.int64)
        for length in np.unique(lengths):
            samples = np.concatenate((left, drawn[lengths == length]))
            rows = max(1, self.batch_tokens // int(length))
            whole = len(samples) // rows * rows
            batches += [(one, int(length)) for one in samples[:whole].reshape(-1, rows)]
            left = samples[whole:]
        if len(left) > 0:  # filled up, so that shapes stay few
            batches.append((np.concatenate((left, self.random.choice(drawn, rows - len(left)))), int(length)))
        return [batches[i] for i in self.random.permutation(len(batches))]

    def __iter__(self):
        while True:
            batches = self.epoch()
            flat = torch.from_numpy(np.concatenate([one for one, _ in batches])).to(self.device)
            at = 0
            for i, (one, length) in enumerate(batches):
                index, at = flat[at : at + len(one)], at + len(one)
                self.seen = self.epochs + (i + 1) / len(batches)
                yield index, length, max(1, int(self.part.answer_sizes[one].max())), int(self.part.lengths[one].sum())
            self.epochs += 1


# ---- the optimizer


def orthogonalized(matrices, dtype=torch.float32):
    """Of [layers, rows, columns], each (src/training/lm/muon.ts); multiplied as `dtype`."""
    a, b, c = NEWTON_SCHULZ
    tall = matrices.shape[1] > matrices.shape[2]
    x = matrices.transpose(1, 2) if tall else matrices
    x = (x / (x.square().sum((1, 2), keepdim=True).sqrt() + 1e-7)).to(dtype)
    for _ in range(5):
        square = x @ x.transpose(1, 2)
        x = a * x + (b * square + c * square @ square) @ x
    return (x.transpose(1, 2) if tall else x).float()


class Optimizer:
    """Muon for the matrices of the blocks, AdamW for the rest, behind clipping by the joint norm (src/training/lm/optimizer.ts)."""

    def __init__(self, weights, training, dtype=torch.float32):
        self.weights, self.adam, self.muon, self.dtype = weights, training["adamW"], training.get("muon"), dtype
        self.memory = {name: [torch.zeros_like(w) for _ in range(1 if self.by_muon(name) else 2)] for name, w in weights.items()}
        self.steps = 0

    def by_muon(self, name):
        return self.muon is not None and name in MATRICES

    @torch.no_grad()
    def step(self, loss, rate, matrix_rate):
        """Returns the gradients' joint norm before clipping."""
        names = list(self.weights)
        gradients = torch.autograd.grad(loss, [self.weights[name] for name in names])
        norm = torch.stack([gradient.square().sum() for gradient in gradients]).sum().sqrt()
        scale = (self.adam["clipNorm"] / (norm + 1e-6)).clamp(max=1)
        self.steps += 1
        for name, gradient in zip(names, gradients):
            (self.step_muon if self.by_muon(name) else self.step_adam)(name, gradient * scale, matrix_rate if self.by_muon(name) else rate)
        return norm

    def step_muon(self, name, gradient, rate):
        weight, (mean,) = self.weights[name], self.memory[name]
        beta = self.muon["momentum"]
        mean.mul_(beta).add_(gradient, alpha=1 - beta)
        update = orthogonalized(mean * beta + gradient * (1 - beta), self.dtype)
        scale = math.sqrt(max(1, weight.shape[1] / weight.shape[2]))
        weight.mul_(1 - rate * self.muon["weightDecay"]).sub_(update, alpha=rate * scale)

    def step_adam(self, name, gradient, rate):
        weight, (mean, variance) = self.weights[name], self.memory[name]
        beta1, beta2 = self.adam["beta1"], self.adam["beta2"]
        mean.mul_(beta1).add_(gradient, alpha=1 - beta1)
        variance.mul_(beta2).addcmul_(gradient, gradient, value=1 - beta2)
        direction = mean / (1 - beta1**self.steps) / ((variance / (1 - beta2**self.steps)).sqrt() + self.adam["epsilon"])
        if name not in NORMS and name != FINAL_NORM:
            weight.mul_(1 - rate * self.adam["weightDecay"])
        weight.sub_(direction, alpha=rate)


# ---- measuring (src/training/lm/validate.ts)


@torch.no_grad()
def validate(model, part, sources, answers, no_error, batch_tokens, bucket):
    if answers is None:
        return validate_holes(model, part, sources, batch_tokens, bucket)
    labels, ids = list(answers), torch.tensor(list(answers.values()), device=part.ids.device)
    order = np.argsort(part.lengths, kind="stable")
    found = []
    at = 0
    while at < len(order):
        rows = max(1, batch_tokens // int(-(-part.lengths[order[at]] // bucket) * bucket))
        index = torch.from_numpy(order[at : at + rows]).to(part.ids.device)
        length = int(-(-part.lengths[order[at : at + rows]].max() // bucket) * bucket)
        place = torch.arange(length, device=index.device)
        inside = place < part.sizes[index, None]
        tokens = torch.where(inside, part.ids[torch.where(inside, part.starts[index, None] + place, 0)], 0).long()
        last = model.run(tokens)[torch.arange(len(index), device=index.device), part.answer[index] - 1]
        log_probabilities = model.logits(last, ids).log_softmax(-1)
        true = (part.ids[part.starts[index] + part.answer[index]][:, None] == ids).float().argmax(-1)
        best = log_probabilities.max(-1)
        loss = -log_probabilities.gather(1, true[:, None])[:, 0]
        found.append(torch.stack((true.double(), best.indices.double(), best.values.exp().double(), loss.double())).cpu().numpy())
        at += rows
    true, predicted, probability, loss = np.concatenate(found, 1)
    lengths, groups = part.lengths[order], part.groups[order]

    def measure(chosen):
        right = true[chosen] == predicted[chosen]
        quiet = true[chosen] == labels.index(no_error)
        bins = np.minimum(BINS - 1, np.floor(probability[chosen] * BINS)).astype(int)
        gaps = np.bincount(bins, probability[chosen] - right, BINS)
        return {
            "programs": int(chosen.sum()),
            "accuracy": float(right.mean()),
            "loss": float(loss[chosen].mean()),
            "noErrorRecall": float(right[quiet].mean()) if quiet.any() else None,
            "calibrationError": float(np.abs(gaps).sum() / chosen.sum()),
        }

    limits = np.searchsorted(LENGTHS, lengths)
    names = [*(f"up to {limit}" for limit in LENGTHS), "up to Infinity"]
    return {
        **measure(np.ones(len(true), bool)),
        "bySource": {name: measure(groups == i) for i, name in enumerate(sources) if (groups == i).any()},
        "byLength": {name: measure(limits == i) for i, name in enumerate(names) if (limits == i).any()},
    }


@torch.no_grad()
def validate_holes(model, part, sources, batch_tokens, bucket):
    """Right is an answer whose tokens, the end among them, are each the most probable (src/training/lm/validate-holes.ts)."""
    order = np.argsort(part.lengths, kind="stable")
    weights = {"codeFraction": 0, "code": 0, "label": 1}
    right, loss = np.zeros(len(order), bool), np.zeros(len(order))
    at = 0
    while at < len(order):
        rows = max(1, batch_tokens // int(-(-part.lengths[order[at]] // bucket) * bucket))
        chosen = order[at : at + rows]
        index = torch.from_numpy(chosen).to(part.ids.device)
        length, answer_length = int(-(-part.lengths[chosen].max() // bucket) * bucket), int(part.answer_sizes[chosen].max())
        batch = make_batch(part, index, length, weights, {}, 1, answer_length)
        last = slice(-len(chosen) * answer_length, None)
        logits = model.logits(model.run(batch.tokens).flatten(0, 1)[batch.at[last]])
        shape = (len(chosen), answer_length)
        counted = batch.counted[last].view(shape)
        hit = (logits.argmax(-1) == batch.targets[last]).view(shape)
        right[chosen] = (hit | ~counted).all(-1).cpu().numpy()
        losses = F.cross_entropy(logits, batch.targets[last], reduction="none").view(shape)
        loss[chosen] = (losses * counted).sum(-1).cpu().numpy()
        at += rows
    measure = lambda some: {"programs": int(some.sum()), "accuracy": float(right[some].mean()), "loss": float(loss[some].mean())}
    groups = {name: part.groups == i for i, name in enumerate(sources)}
    both = {
        f"all {'generated' if made else 'real'}": np.any([groups[name] for name in sources if name.startswith("generated ") == made], 0)
        for made in (False, True)
    }
    return {**measure(np.ones(len(order), bool)), "bySource": {name: measure(some) for name, some in {**both, **groups}.items() if np.any(some)}}


# ---- files


def config_of(recipe, base):
    """config.json of a recipe that differs from the pack's in its sizes (src/training/lm/recipe.ts)."""
    model = recipe["model"]
    return base | {
        "hidden_size": model["width"],
        "num_hidden_layers": model["layers"],
        "num_attention_heads": model["heads"],
        "num_key_value_heads": model["keyValueHeads"],
        "head_dim": model["width"] // model["heads"],
        "intermediate_size": model["mlpWidth"],
        "max_position_embeddings": model["context"],
        "rms_norm_eps": model["normEpsilon"],
        "rope_theta": model["ropeTheta"],
    }


def write_weights(file, tensors, dtype, part, metadata=None):
    half = {name: tensor.detach().to("cpu", dtype, copy=True) for name, tensor in tensors.items()}
    temporary = file.with_suffix(".part")
    save_file(half, temporary, metadata={"format": "pt", **(metadata or {})})
    temporary.rename(file)
    if part:
        data, size = file.read_bytes(), part * 2**20
        for i in range(0, len(data), size):
            file.with_name(f"{file.name}.{i // size:02d}").write_bytes(data[i : i + size])
        file.unlink()


def write_json(file, value):
    file.write_text(json.dumps(value, indent=2) + "\n")


# ---- training


def share_of_rate(step, warmup, progress, decay):
    """Warm-up, a stable rate, and 1 - √ over the last `decay` of the run; progress from 0 to 1 (src/training/lm/schedule.ts)."""
    kept = 1 if progress < 1 - decay else 1 - math.sqrt(min(1, (progress - (1 - decay)) / decay))
    return kept * min(1, (step + 1) / max(1, warmup))


def options():
    parser = argparse.ArgumentParser(description="Train the embedded model on a graphics card.")
    parser.add_argument("--pack", required=True, type=Path, help="the folder that latent-lens train pack wrote")
    parser.add_argument("--out", required=True, type=Path)
    length = parser.add_mutually_exclusive_group(required=True)
    length.add_argument("--minutes", type=float, help="from this program's start until the weights are written")
    length.add_argument("--steps", type=int)
    parser.add_argument("--recipe", type=Path, help="another recipe's model, training and seed")
    parser.add_argument("--from", dest="start", type=Path, help="weights of a trunk to start from")
    parser.add_argument("--batch-tokens", type=int, help="instead of the recipe's")
    parser.add_argument("--bucket", type=int, default=16, help="samples are padded to a multiple of this many tokens")
    parser.add_argument("--decay", type=float, default=0.4, help="share of the run in which the rate falls to nothing")
    parser.add_argument("--validate-seconds", type=float, default=45, help="time from one measurement to the next")
    parser.add_argument("--log-every", type=int, default=20, help="steps")
    parser.add_argument("--part", type=int, help="cut the written weights into pieces of so many mebibytes")
    parser.add_argument("--bfloat16", action="store_true")
    parser.add_argument("--compile", action="store_true")
    parser.add_argument("--quiet", action="store_true")
    parser.add_argument("--device", default="cuda", help="cpu where the processors multiply bfloat16 fast (AMX), or to try it out")
    parser.add_argument("--threads", type=int, help="of processors, with --device cpu")
    return parser.parse_args()


def main():
    chosen = options()
    if chosen.device == "cuda" and not torch.cuda.is_available():
        raise SystemExit("PyTorch sees no graphics card here. Give --device cpu to try this out without one.")
    if not (chosen.pack / "pack.json").exists():
        raise SystemExit(f"{chosen.pack} holds no whole pack. Make one: latent-lens train pack.")
    pack = json.loads((chosen.pack / "pack.json").read_text())
    recipe, probes = pack["recipe"], pack["probes"]
    if chosen.recipe:
        given = json.loads(chosen.recipe.read_text())
        packed = lambda one: (one["tokenizer"]["vocabularySize"], one["training"]["maxTokens"])
        if packed(given) != packed(recipe):
            raise SystemExit("The recipe's vocabulary or longest sample is not the pack's. Pack again: latent-lens train pack --recipe.")
        recipe = recipe | {key: given[key] for key in ("seed", "model", "training", "stored")}
    training = recipe["training"]
    weights_of_losses = training["lossWeights"]
    if weights_of_losses["message"] > 0:
        raise SystemExit("This trainer does not train messages: give a recipe whose lossWeights.message is 0.")
    chosen.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(recipe["seed"])
    if chosen.threads:
        torch.set_num_threads(chosen.threads)
    torch.set_float32_matmul_precision("high" if chosen.bfloat16 else "highest")
    if chosen.compile:
        torch._dynamo.config.recompile_limit = 64

    train = Part(chosen.pack, "train", probes, chosen.device)
    validation = Part(chosen.pack, "validation", probes, chosen.device)
    sources = [group["name"] for group in pack["validation"]["groups"]]
    position = {"step": 0, "tokens": 0}
    if chosen.start:
        weights = stacked(load_file(chosen.start), recipe, probes, chosen.device)
    else:
        weights = initial_weights(recipe, probes, chosen.device)
    dtype = torch.bfloat16 if chosen.bfloat16 else torch.float32
    model = Model(recipe, probes, weights, dtype, chosen.compile)
    plain = Model(recipe, probes, weights, dtype)  # the lengths that are measured would each be compiled
    optimizer = Optimizer(weights, training, dtype)
    batch_tokens = chosen.batch_tokens or training["batchTokens"]
    order = Order(train, [group["share"] for group in pack["train"]["groups"]], batch_tokens, chosen.bucket, recipe["seed"], chosen.device)
    measure = lambda: validate(plain, validation, sources, pack.get("answers"), pack.get("noError"), batch_tokens, chosen.bucket)
    say = lambda text: None if chosen.quiet else print(text, flush=True)
    log = (chosen.out / "log.jsonl").open("a")
    parameters = sum(w.numel() for name, w in weights.items() if not name.endswith(" probe"))
    say(
        f"{parameters / 1e6:.2f} M weights, {len(train.lengths)} samples, {len(train.ids) / 1e6:.1f} M tokens on {chosen.device}, "
        f"ready after {time.monotonic() - STARTED:.1f} s"
    )

    begun = time.monotonic()
    # The last measurement and the files take some seconds.
    budget = chosen.minutes * 60 - 12 - (begun - STARTED) if chosen.minutes else None
    measured_at = logged_at = begun
    trunk_written, sums, since = False, {}, {"steps": 0, "tokens": 0}

    def write_trunk():
        place = json.dumps(position | {"started": 0, "round": 0, "batch": 0})
        write_weights(chosen.out / "trunk.safetensors", unstacked(weights), torch.float16, chosen.part, {"position": place})

    for index, length, answer_length, tokens in order:
        step = position["step"]
        progress = step / chosen.steps if chosen.steps else (time.monotonic() - begun) / budget
        if progress >= 1:
            break
        if progress >= 1 - chosen.decay and not trunk_written:
            write_trunk()
            trunk_written = True
        share = share_of_rate(step, training["warmup"], progress, chosen.decay)
        batch = make_batch(train, index, length, weights_of_losses, probes, pack.get("quietWeight", 1), answer_length)
        loss, parts = model.losses(batch)
        norm = optimizer.step(loss, share * training["rate"], share * training.get("matrixRate", training["rate"]))
        for key, value in {**parts, "loss": loss, "gradientNorm": norm}.items():
            sums[key] = sums.get(key, 0) + value.detach()
        position["step"] += 1
        position["tokens"] += tokens
        since["steps"] += 1
        since["tokens"] += tokens
        if position["step"] % chosen.log_every == 0:
            entry = {"step": position["step"], "tokens": position["tokens"], "rate": share * training["rate"]}
            entry |= {key: float(value) / since["steps"] for key, value in sums.items()}
            now = time.monotonic()
            entry["tokensPerSecond"] = since["tokens"] / (now - logged_at)
            if not math.isfinite(entry["loss"]):
                raise SystemExit(f"The loss is not a number at step {position['step']}. Train with a lower rate.")
            if now - measured_at > chosen.validate_seconds:
                add_measured(entry, measure(), say)
                if not trunk_written:
                    write_trunk()
                measured_at = time.monotonic()
            log.write(json.dumps(entry) + "\n")
            log.flush()
            say(
                f"{now - STARTED:.0f} s · step {entry['step']} · {entry['tokens'] / 1e6:.1f} M tokens · epoch {order.seen:.2f} · "
                f"loss {entry['loss']:.3f} · code {entry['codeLoss']:.3f} · "
                f"answer {entry['labelLoss']:.3f} ({100 * entry['labelAccuracy']:.1f} %) · "
                + "".join(f"{probe} {entry[f'{probe}Loss']:.3f} · " for probe in probes) +
                f"norm {entry['gradientNorm']:.2f} · rate {entry['rate']:.1e} · {entry['tokensPerSecond']:.0f} tokens/s"
            )
            sums, since, logged_at = {}, {"steps": 0, "tokens": 0}, time.monotonic()

    stored = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}[recipe["stored"]]
    own = {name: tensor for name, tensor in unstacked(weights).items() if not name.endswith(" probe")}
    write_weights(chosen.out / "model.safetensors", own, stored, chosen.part)
    write_json(chosen.out / "config.json", config_of(recipe, pack["config"]))
    write_json(chosen.out / "generation_config.json", {key: pack["config"][key] for key in ("bos_token_id", "eos_token_id", "pad_token_id")})
    last = {"step": position["step"], "tokens": position["tokens"]}
    add_measured(last, measure(), say)
    log.write(json.dumps(last) + "\n")
    log.close()
    took = f"{order.seen:.2f} epochs, {time.monotonic() - STARTED:.0f} s"
    say(f"{position['step']} steps, {position['tokens'] / 1e6:.1f} M tokens, {took}: {chosen.out}")


def add_measured(entry, measured, say):
    entry |= {"validationLoss": measured["loss"], "validationAccuracy": measured["accuracy"], "validation": measured}
    groups = {"all": measured, **measured["bySource"], **measured.get("byLength", {})}
    for name, one in groups.items():
        quiet = "" if one.get("noErrorRecall") is None else f" · no error recalled {100 * one['noErrorRecall']:.1f} %"
        calibration = f" · calibration error {one['calibrationError']:.3f}" if "calibrationError" in one else ""
        say(f"  {name}: {100 * one['accuracy']:.1f} % of {one['programs']} right{quiet} · loss {one['loss']:.3f}{calibration}")


if __name__ == "__main__":
    main()
