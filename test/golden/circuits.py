"""Writes test/fixtures/golden/circuits.json: edges and circuits of the tiny models beside it, in float64 and the slow way.

    /tmp/golden/bin/python test/golden/circuits.py

No gradient is put together from parts: see forked.py. Each case runs once with all terms from the run, and the logits have to be the
model's to 1e-9, or nothing is written.

    pair: {base, source, sourceOf, metric}      one for all; the metric is logits[-1, positive] - logits[-1, negative]
    third: {tokens, sourceOf}                   another program
    models: <fixture>: {
      writers, readers                          names, in order
      metrics                                   of the base and of the source
      scores: [{steps, edges, nodes}]           edges: [reader][writer]; nodes: [writer], by the gradient of the model as it is at what heads
                                                mix; steps: points of integrated gradients, or null for the base alone
      at: {reader: [writer][position]}          of some readers, at the base alone
      nodes: [{has, others, metric}]            circuits: bits by writer and position, in hexadecimal; the others write what they write in
                                                the source, the mean of that and of the third program, or zeros
      edges: [{has, metric}]                    bits by writer, reader and position
      between: {nodes: [[writer, position]], edges: [[from, to, input, score]], rest: [[to, input, score]]}
    }                                           writer: an index, or "logits"
"""

import json
import random

import torch
from torch import Tensor

from components import GOLDEN
from forked import NEGATIVE, POSITIVE, Forked, difference

FAMILIES = ["gpt2", "gpt_bigcode", "gpt_neox", "gpt_neox-sequential", "gptj", "codegen", "phi3", "qwen3", "gemma2", "gemma3"]
CASES = ["llama-mha-tied", "llama-gqa", "llama-mqa", *(f"families/{name}" for name in FAMILIES)]
BASE, SOURCE = [3, 14, 15, 9, 26, 5, 31, 7], [3, 14, 8, 26, 5, 11, 31, 7]
SOURCE_OF = [0, 1, 2, None, 3, 4, 6, 7]
THIRD, THIRD_OF = [3, 2, 15, 20, 5, 31, 9], [0, None, 2, None, None, 4, 5, 6]
STEPS = (None, 3, 5)


def hexadecimal(bits: Tensor) -> str:
    return "".join(f"{int(''.join(map(str, some)), 2):x}" for some in bits.flatten().int().view(-1, 4).tolist())


def reference(case: str) -> dict:
    forked = Forked(case, BASE, SOURCE, SOURCE_OF)
    off = (forked.run(BASE, None, lambda _, __, value: value)[1] - forked.logits).abs().max()
    if off > 1e-9:
        raise SystemExit(f"{case}: the sums of all terms give other logits than the model, by {off:.1e}")
    digits = lambda value: float(f"{float(value):.9g}")
    scores = [forked.scores(steps) for steps in STEPS]
    unit = max(float(one.sum(1).abs().max()) for one in scores[0])
    rounded = lambda value: 0.0 + round(float(value), max(0, 7 - int(torch.log10(torch.tensor(unit)).floor())))
    last, heads = forked.layers - 1, (forked.heads - 1, forked.shared - 1)
    some = ["0.0.q", f"{last}.{heads[0]}.q", f"{last}.{heads[1]}.k", f"{last}.{heads[1]}.v", f"{last}.mlp", "logits"]

    generator = random.Random(case)
    known = lambda *each: torch.tensor([any(at is not None for at in some) for some in zip(*each)])
    replacements = {
        "source": (forked.source, known(SOURCE_OF)),
        "mean": (forked.mean([(SOURCE, SOURCE_OF), (THIRD, THIRD_OF)]), known(SOURCE_OF, THIRD_OF)),
        "zero": ({name: torch.zeros_like(value) for name, value in forked.raw.items()}, known(BASE)),
    }
    nodes, edges = [], []
    for share in (0.3, 0.6, 0.8):
        has = torch.tensor([[generator.random() < share for _ in BASE] for _ in forked.writers])
        for others, (values, there) in replacements.items():
            metric = difference(forked.run(BASE, None, None, has | ~there, values)[1])
            nodes.append({"has": hexadecimal(has), "others": others, "metric": digits(metric)})
    for share in (0.5, 0.8, 0.95):
        has = torch.tensor([[[generator.random() < share for _ in BASE] for _ in forked.readers] for _ in forked.writers])

        def chosen(writer: int, reader: int, value: Tensor, has: Tensor = has | ~forked.known) -> Tensor:
            return torch.where(has[writer, reader][:, None], value, forked.there[writer])

        edges.append({"has": hexadecimal(has), "metric": digits(difference(forked.run(BASE, None, chosen)[1]))})

    index = forked.writers.index
    at = [("embed", 2), ("embed", 7), ("0.0", 4), (f"0.{forked.heads - 1}", 6), ("0.mlp", 5), ("0.mlp", 7)]
    at += [(f"{last}.0", 7), (f"{last}.{forked.heads - 1}", 7), (f"{last}.{forked.heads - 1}", 6), (f"{last}.mlp", 7)]
    between = forked.between([*((index(name), position) for name, position in at), ("logits", len(BASE) - 1)])
    for row in (*between["edges"], *between["rest"]):
        row[-1] = rounded(row[-1])
    return {
        "writers": forked.writers, "readers": forked.readers,
        "metrics": [digits(difference(forked.logits)), digits(difference(forked.source_logits))],
        "scores": [{
            "steps": steps, "edges": [[rounded(x) for x in one.sum(1)] for one in found],
            "nodes": [rounded(x) for x in forked.node_scores(steps)],
        } for steps, found in zip(STEPS, scores)],
        "at": {name: [[rounded(x) for x in row] for row in scores[0][forked.readers.index(name)]] for name in some},
        "nodes": nodes, "edges": edges, "between": between,
    }


if __name__ == "__main__":
    torch.set_num_threads(1)
    pair = {"base": BASE, "source": SOURCE, "sourceOf": SOURCE_OF, "metric": {"positive": POSITIVE, "negative": NEGATIVE}}
    compact = lambda value: json.dumps(value, separators=(",", ":"))
    models = {case: reference(case) for case in CASES}
    body = ",\n".join(f'"{case}":{compact(found)}' for case, found in models.items())
    third = {"tokens": THIRD, "sourceOf": THIRD_OF}
    text = f'{{"pair":{compact(pair)},\n"third":{compact(third)},\n"models":{{\n{body}\n}}}}\n'
    (GOLDEN / "circuits.json").write_text(text)
