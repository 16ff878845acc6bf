"""Writes test/fixtures/golden/patterns.json: attention patterns of the tiny models beside it patched, in float64 and the slow way.

    /tmp/golden/bin/python test/golden/patterns.py

A head's pattern is that of the base's run but for what is patched, which is the source's; what the head then mixes is the product with the
base's values, and goes into the output projection of another run of the base. Both prompts have as many tokens.

    <fixture>: {
      tokens, source, answers, base             logits[-1, answers[0]] - logits[-1, answers[1]] of the base
      heads: [layer][head]                      all rows patched
      rows: [layer][head][position]             one row
      weights: {layer, head, values}            [reading position][read position up to there]: one weight
    }
"""

import json

import torch
from safetensors.torch import load_file
from torch import Tensor

from components import CASES, GOLDEN, values_of
from paths import Paths


@torch.no_grad()
def reference(case: str) -> dict:
    expected = load_file(GOLDEN / case / "expected.safetensors")
    tokens, answers = expected["prompt0/tokens"], expected["prompt0/answers"].tolist()
    paths = Paths(case)
    length = len(tokens)
    source = tokens.clone()
    for at in (1, 3, length - 1):
        source[at] = (tokens[at] * 7 + 5) % paths.model.config.vocab_size

    def patterns(ids: Tensor) -> list[Tensor]:
        torch.float32, torch.Tensor.float, narrow = torch.float64, torch.Tensor.double, (torch.float32, torch.Tensor.float)
        found = paths.model(ids[None], use_cache=False, output_attentions=True).attentions
        torch.float32, torch.Tensor.float = narrow
        return [layer[0] for layer in found]

    own, other = patterns(tokens), patterns(source)
    base_in, base_out, base_logits = paths.run(tokens, {}, {})
    seen = {module: out[0] for module, out in base_out.items()}

    def difference(logits: Tensor) -> float:
        return float(f"{float(logits[answers[0]] - logits[answers[1]]):.9g}")

    def patched(layer: int, head: int, at: tuple) -> float:
        values = values_of(paths.model, paths.parts, layer, seen)
        values = values[:, head * values.shape[1] // paths.heads]
        out = paths.parts.out(layer)
        one = slice(head * paths.size, (head + 1) * paths.size)
        z = base_in[out].clone()
        if (own[layer][head] @ values - z[0, :, one]).abs().max() > 1e-9:
            raise AssertionError(f"{case}: what head {layer}.{head} mixes is not its pattern times its values")
        pattern = own[layer][head].clone()
        pattern[at] = other[layer][head][at]
        z[0, :, one] = pattern @ values
        return difference(paths.run(tokens, {out: z}, {})[2])

    layers, heads = range(paths.count), range(paths.heads)
    chosen = (0, paths.heads - 1)
    return {
        "tokens": tokens.tolist(), "source": source.tolist(), "answers": answers, "base": difference(base_logits),
        "heads": [[patched(layer, head, (slice(None),)) for head in heads] for layer in layers],
        "rows": [[[patched(layer, head, (at,)) for at in range(length)] for head in heads] for layer in layers],
        "weights": {
            "layer": chosen[0], "head": chosen[1],
            "values": [[patched(*chosen, (at, read)) for read in range(at + 1)] for at in range(length)],
        },
    }


if __name__ == "__main__":
    found = {case: reference(case) for case in CASES}
    text = json.dumps(found, separators=(",", ":")).replace('},"', '},\n"')
    (GOLDEN / "patterns.json").write_text(text + "\n")
