"""Writes test/fixtures/golden/knockout.json: attention knock-out of the tiny models beside it, in float64.

    /tmp/golden/bin/python test/golden/knockout.py

A forward pre-hook on the attention of some layers puts -inf into the mask that is added to the scores, behind a soft cap where there is
one: rows t > 2 no longer read the tokens 1 and 2.

    <fixture>: {tokens, answers, sources, base, layers: {"0": ..., "all": ...}}     logits[-1, answers[0]] - logits[-1, answers[1]]
"""

import json

import torch
from safetensors.torch import load_file

from components import CASES, GOLDEN, Parts, load

SOURCES = [1, 2]


@torch.no_grad()
def reference(case: str) -> dict:
    folder = GOLDEN / case
    expected = load_file(folder / "expected.safetensors")
    tokens, answers = expected["prompt0/tokens"], expected["prompt0/answers"].tolist()
    model = load(folder)
    parts = Parts(model)
    count = len(parts.layers)

    def masked(_, args: tuple, kwargs: dict) -> tuple:
        mask = kwargs["attention_mask"].clone()
        mask[..., max(SOURCES) + 1 :, SOURCES] = -torch.inf
        return args, {**kwargs, "attention_mask": mask}

    def difference(layers: range) -> float:
        hooks = [parts.attention(layer).register_forward_pre_hook(masked, with_kwargs=True) for layer in layers]
        torch.float32, torch.Tensor.float, narrow = torch.float64, torch.Tensor.double, (torch.float32, torch.Tensor.float)
        logits = model(tokens[None], use_cache=False).logits[0, -1]
        torch.float32, torch.Tensor.float = narrow
        for hook in hooks:
            hook.remove()
        return float(f"{float(logits[answers[0]] - logits[answers[1]]):.9g}")

    each = {str(layer): difference(range(layer, layer + 1)) for layer in range(count)}
    return {
        "tokens": tokens.tolist(), "answers": answers, "sources": SOURCES, "base": difference(range(0)),
        "layers": {**each, "all": difference(range(count))},
    }


if __name__ == "__main__":
    found = {case: reference(case) for case in CASES}
    text = json.dumps(found, separators=(",", ":")).replace('},"', '},\n"')
    (GOLDEN / "knockout.json").write_text(text + "\n")
