"""Writes what models/python-errors/train-gpu.py computes: test/fixtures/golden/train-gpu.safetensors.

    /tmp/golden/bin/python test/golden/train_gpu.py

Two steps of a tiny model with seeded weights on seeded samples, read from a pack as `latent-lens train pack` writes it, in float32.
test/training/lm/pack.test.ts packs the same samples, and takes the same steps with the graph of src/training.

    metadata: recipe, classes (of each probe)
    samples/lengths, samples/ids, samples/kinds, samples/syntax, samples/type, samples/line     one after another
    before/<weight>
    step{t}/<part of the loss>, step{t}/gradientNorm, step{t}/<weight>      t = 1 (samples 0 to 4), 2 (the others)
"""

import gzip
import importlib.util
import json
import tempfile
from pathlib import Path

import torch
from safetensors.torch import save_file

ROOT = Path(__file__).resolve().parent.parent.parent
spec = importlib.util.spec_from_file_location("train_gpu", ROOT / "models/python-errors/train-gpu.py")
trainer = importlib.util.module_from_spec(spec)
spec.loader.exec_module(trainer)

SHARES = [0.5, 1]  # of the rates, in either step
LOSS_WEIGHTS = {"codeFraction": 1, "syntaxFraction": 1, "code": 0.2, "label": 1.5, "message": 0, "syntax": 0.4, "type": 0.5, "line": 1}
RECIPE = {
    "seed": 4,
    "tokenizer": {"vocabularySize": 40},
    "model": {"layers": 6, "width": 16, "heads": 4, "keyValueHeads": 2, "mlpWidth": 24, "context": 64}
    | {"normEpsilon": 1e-5, "ropeTheta": 10000},
    "training": {
        "rate": 0.01,
        "matrixRate": 0.02,
        "adamW": {"beta1": 0.9, "beta2": 0.98, "epsilon": 1e-8, "weightDecay": 0.1, "clipNorm": 1},
        "muon": {"momentum": 0.95, "weightDecay": 0.01},
        "lossWeights": LOSS_WEIGHTS,
    },
}
# The counts, quiet classes and depths of src/training/lm/probes.ts; the classes' names do not matter here.
CLASSES = {"syntax": 16, "type": 35, "line": 17}
DEPTHS = {"syntax": 1 / 3, "type": 1 / 2, "line": 5 / 6}
PROBES = {name: {"classes": list(range(count)), "depth": DEPTHS[name]} for name, count in CLASSES.items()}
PROBES["line"]["quiet"] = CLASSES["line"] - 1

generator = torch.Generator().manual_seed(7)
draw = lambda low, high, count: torch.randint(low, high, (count,), generator=generator)

samples = []
for number in range(9):
    length = int(draw(6, 15, 1))
    real_code = number in (3, 7)
    kinds = torch.ones(length, dtype=torch.long)
    kinds[0] = 0
    marks = {name: torch.zeros(length, dtype=torch.long) for name in CLASSES}
    if not real_code:
        kinds[-2], kinds[-1] = 2, 3
        if number == 5:  # an answer of two tokens
            kinds[-3] = 2
        for name, count in CLASSES.items():
            some = torch.rand(length - 3, generator=generator) < {"syntax": 1, "type": 0.5, "line": 0.4}[name]
            marks[name][1:-2] = draw(1, count + 1, length - 3) * some
            marks[name][kinds == 2] = 0
        marks["line"][2] = CLASSES["line"]
    samples.append({"ids": draw(0, 40, length), "kinds": kinds, **marks})

arrays = {key: torch.cat([sample[key] for sample in samples]) for key in samples[0]}
arrays["lengths"] = torch.tensor([len(sample["ids"]) for sample in samples])
kinds_of_numbers = {"lengths": "u16", "ids": "u16", "kinds": "u8", **{name: "u8" for name in CLASSES}}
with tempfile.TemporaryDirectory() as folder:
    for key, kind in {**kinds_of_numbers, "groups": "u8"}.items():
        array = arrays[key] if key in arrays else torch.zeros(len(samples))
        with gzip.open(Path(folder) / f"train.{key}.{kind}.gz", "wb") as file:
            file.write(array.numpy().astype("<u2" if kind == "u16" else "u1").tobytes())
    part = trainer.Part(folder, "train", PROBES, "cpu")

weights = {}
for name, shape in trainer.shapes_of(RECIPE, PROBES).items():
    noise = torch.randn(shape, generator=generator)
    weights[name] = (1 + 0.1 * noise if name in trainer.NORMS or name == trainer.FINAL_NORM else 0.2 * noise).requires_grad_()
found = {f"samples/{key}": array.float() for key, array in arrays.items()}
found |= {f"before/{name}": w.detach().clone() for name, w in trainer.unstacked(weights).items()}

model = trainer.Model(RECIPE, PROBES, weights)
optimizer = trainer.Optimizer(weights, RECIPE["training"])
for step, index in enumerate((range(5), range(5, 9)), 1):
    batch = trainer.make_batch(part, torch.tensor(list(index)), 16, LOSS_WEIGHTS, PROBES, 0.25, 2)
    loss, parts = model.losses(batch)
    share = SHARES[step - 1]
    norm = optimizer.step(loss, share * RECIPE["training"]["rate"], share * RECIPE["training"]["matrixRate"])
    found |= {f"step{step}/{key}": value.detach().reshape(1) for key, value in {**parts, "loss": loss, "gradientNorm": norm}.items()}
    found |= {f"step{step}/{name}": w.detach().clone() for name, w in trainer.unstacked(weights).items()}

metadata = {"recipe": json.dumps(RECIPE), "shares": json.dumps(SHARES)}
save_file({key: value.contiguous() for key, value in found.items()}, ROOT / "test/fixtures/golden/train-gpu.safetensors", metadata)
