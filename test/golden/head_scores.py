"""Writes test/fixtures/golden/head-scores.json: what the heads of the tiny models beside it read, in float64 and the slow way.

    /tmp/golden/bin/python test/golden/head_scores.py

Attention is what transformers returns; what a token sees is what it attends to at all. Most of these families make queries, keys and values
of one product, each in an order of its own.

    tokens, pairs: {name: [[query, [key]]]}
    models: <fixture>: {
      scores: {name: {rows: [layer], uniform: [layer], score: [layer][head]}}     0 where a layer's window reaches none
      norms: [layer][head][token]               lengths of a token's value times the head's slice of the output projection
    }
"""

import json

import torch
from torch import Tensor

from components import GOLDEN, output_matrix
from forked import Forked, wide

FAMILIES = ["gpt2", "gpt_bigcode", "gpt_bigcode-multi-head", "gpt_neox", "gptj", "codegen", "phi3", "qwen2-window", "gemma2", "gemma3"]
CASES = ["llama-gqa", *(f"families/{name}" for name in FAMILIES)]
TOKENS = [3, 14, 15, 9, 26, 5, 31, 7, 3, 14, 2, 11, 8, 26, 5]
EARLIER = [[at for at in range(query) if TOKENS[at] == token] for query, token in enumerate(TOKENS)]
PAIRS = {
    "previous": [[query, [query - 1]] for query in range(1, len(TOKENS))],
    "same": [[query, keys] for query, keys in enumerate(EARLIER) if keys],
    "some": [[query, [0, query // 2, query - 2]] for query in range(5, len(TOKENS), 3)],
}


@torch.no_grad()
def reference(case: str) -> dict:
    forked = Forked(case, TOKENS, TOKENS, [*range(len(TOKENS))])
    made: dict[torch.nn.Module, Tensor] = {}
    maps = [forked.projection(layer, 0, "v")[0] for layer in range(forked.layers)]
    hooks = [one.register_forward_hook(lambda module, _, out: made.__setitem__(module, out[0])) for one in maps]
    patterns = wide(lambda: forked.model(torch.tensor([TOKENS]), use_cache=False, output_attentions=True).attentions)
    for hook in hooks:
        hook.remove()
    digits = lambda value: float(f"{float(value):.7g}")

    def score(pairs: list) -> dict:
        found = {"rows": [], "uniform": [], "score": []}
        for pattern in patterns:
            seen = pattern[0, 0] > 0
            rows = [(query, kept) for query, keys in pairs if (kept := [key for key in keys if seen[query, key]])]
            even = sum(len(keys) / int(seen[query].sum()) for query, keys in rows) / max(1, len(rows))
            found["rows"].append(len(rows))
            found["uniform"].append(digits(even))
            given = sum((pattern[0, :, query, keys].sum(-1) for query, keys in rows), torch.zeros(forked.heads)) / max(1, len(rows))
            found["score"].append([digits(value) for value in given - even])
        return found

    norms = []
    for layer in range(forked.layers):
        matrix, norm = output_matrix(forked.parts.out(layer)).view(forked.heads, forked.size, -1), forked.parts.post_norm(layer, "attention")
        scale = 1 if norm is None else norm.weight + 1
        values = [made[module][:, place] for head in range(forked.shared) for module, place in [forked.projection(layer, head, "v")]]
        each = [values[head * forked.shared // forked.heads] @ matrix[head] * scale for head in range(forked.heads)]
        norms.append([[digits(value) for value in one.norm(dim=-1)] for one in each])
    return {"scores": {name: score(pairs) for name, pairs in PAIRS.items()}, "norms": norms}


if __name__ == "__main__":
    torch.set_num_threads(1)
    models = {case: reference(case) for case in CASES}
    compact = lambda value: json.dumps(value, separators=(",", ":"))
    body = ",\n".join(f'"{case}":{compact(found)}' for case, found in models.items())
    text = f'{{"tokens":{compact(TOKENS)},"pairs":{compact(PAIRS)},\n"models":{{\n{body}\n}}}}\n'
    (GOLDEN / "head-scores.json").write_text(text)
