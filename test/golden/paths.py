"""Writes test/fixtures/golden/paths.json: path patching of the tiny models beside it, in float64 and the slow way.

    /tmp/golden/bin/python test/golden/paths.py

Three runs (Wang et al. 2022). In the second, what all heads mix is held at the base's run but for senders, which have the source's; MLPs
are held there too (directly) or compute anew (through MLPs); the embedding is the source's where it sends. What the receiver then
computes is put into a third run of the base, of which all else is live. To the logits the second run is the last.

    <fixture>: {
      tokens, source, answers, base             logits[-1, answers[0]] - logits[-1, answers[1]] of the base
      paths: [{receiver, senders, through, value}]     receivers as `--to` has them, senders as src/methods/components.ts names them
    }
"""

import json
import re

import torch
from safetensors.torch import load_file
from torch import Tensor

from components import CASES, GOLDEN, Parts, load, output_matrix

SENDERS = [["embed"], ["L0H0"], ["0_mlp_out"], ["embed", "L0H1", "0_mlp_out"]]


class Paths:
    def __init__(self, case: str) -> None:
        self.model = load(GOLDEN / case)
        self.parts = Parts(self.model)
        self.count = len(self.parts.layers)
        self.heads = self.model.config.num_attention_heads
        self.size = output_matrix(self.parts.out(0)).shape[0] // self.heads

    def projection(self, layer: int, head: int, which: str) -> tuple[torch.nn.Module, slice]:
        """The map that makes a head's queries, keys or values, and where in its outputs they are."""
        attention, size = self.parts.attention(layer), self.size
        if hasattr(attention, "q_proj"):
            return getattr(attention, f"{which}_proj"), slice(head * size, (head + 1) * size)
        part = "qkv".index(which)
        kind = self.model.config.model_type
        if kind == "gpt_neox":
            start = (3 * head + part) * size
        elif kind == "gpt_bigcode":
            start = head * size if which == "q" else (self.heads + part - 1) * size
        else:
            start = (part * self.heads + head) * size
        fused = attention.query_key_value if kind == "gpt_neox" else attention.c_attn
        return fused, slice(start, start + size)

    def key_value_heads(self) -> int:
        attention = self.parts.attention(0)
        if hasattr(attention, "k_proj"):
            return attention.k_proj.weight.shape[0] // self.size
        return 1 if self.model.config.model_type == "gpt_bigcode" else self.heads

    @torch.no_grad()
    def run(self, tokens: Tensor, inputs: dict, outputs: dict) -> tuple[dict, dict, Tensor]:
        """Inputs of output projections and outputs of modules are replaced; those of all are returned, with the last logits."""
        seen_in, seen_out, hooks = {}, {}, []

        def before(module, args):
            given = (inputs.get(module, args[0]), *args[1:])
            seen_in[module] = given[0]
            return given

        def after(module, _, out):
            replaced = outputs[module](out) if module in outputs else out
            seen_out[module] = replaced
            return replaced

        for layer in range(self.count):
            hooks.append(self.parts.out(layer).register_forward_pre_hook(before))
            modules = {self.parts.layers[layer].mlp, *(self.projection(layer, 0, which)[0] for which in "qkv")}
            hooks += [module.register_forward_hook(after) for module in modules]
        torch.float32, torch.Tensor.float, narrow = torch.float64, torch.Tensor.double, (torch.float32, torch.Tensor.float)
        logits = self.model(tokens[None], use_cache=False).logits[0, -1]
        torch.float32, torch.Tensor.float = narrow
        for hook in hooks:
            hook.remove()
        return seen_in, seen_out, logits

    def patched(self, base: Tensor, source: Tensor, receiver: str, senders: list[str], through: str) -> Tensor:
        base_in, base_out, _ = self.run(base, {}, {})
        source_in, source_out, _ = self.run(source, {}, {})
        inputs, outputs = {}, {}
        for layer in range(self.count):
            z = base_in[self.parts.out(layer)].clone()
            for head in (int(name.split("H")[1]) for name in senders if name.startswith(f"L{layer}H")):
                own = slice(head * self.size, (head + 1) * self.size)
                z[..., own] = source_in[self.parts.out(layer)][..., own]
            inputs[self.parts.out(layer)] = z
            mlp = self.parts.layers[layer].mlp
            if f"{layer}_mlp_out" in senders:
                outputs[mlp] = lambda _, value=source_out[mlp]: value
            elif through == "nothing" and receiver != f"{layer}.mlp":
                outputs[mlp] = lambda _, value=base_out[mlp]: value
        _, there, logits = self.run(source if "embed" in senders else base, inputs, outputs)
        if receiver == "logits":
            return logits
        layer, *head = receiver.split(".")
        if head == ["mlp"]:
            mlp = self.parts.layers[int(layer)].mlp
            return self.run(base, {}, {mlp: lambda _: there[mlp]})[2]
        module, own = self.projection(int(layer), int(head[0]), head[1])

        def replaced(out: Tensor) -> Tensor:
            out = out.clone()
            out[..., own] = there[module][..., own]
            return out

        return self.run(base, {}, {module: replaced})[2]


def reference(case: str) -> dict:
    expected = load_file(GOLDEN / case / "expected.safetensors")
    tokens, answers = expected["prompt0/tokens"], expected["prompt0/answers"].tolist()
    paths = Paths(case)
    source = tokens.clone()
    for at in (1, 3, len(tokens) - 1):
        source[at] = (tokens[at] * 7 + 5) % paths.model.config.vocab_size

    def difference(logits: Tensor) -> float:
        return float(f"{float(logits[answers[0]] - logits[answers[1]]):.9g}")

    last, head = paths.count - 1, paths.key_value_heads() - 1
    receivers = ["logits", f"{last}.{paths.heads - 1}.q", f"{last}.{head}.k", f"{last}.{head}.v", f"{last}.mlp"]
    found = [
        {"receiver": to, "senders": senders, "through": through, "value": difference(paths.patched(tokens, source, to, senders, through))}
        for to in receivers for senders in SENDERS for through in ("nothing", "mlps")
        if not (re.match(r"\d+\.", to) and any(name.startswith(to.split(".")[0] + "_") for name in senders))
    ]
    base = difference(paths.run(tokens, {}, {})[2])
    return {"tokens": tokens.tolist(), "source": source.tolist(), "answers": answers, "base": base, "paths": found}


if __name__ == "__main__":
    found = {case: reference(case) for case in CASES}
    text = json.dumps(found, separators=(",", ":")).replace(']},"', ']},\n"')
    (GOLDEN / "paths.json").write_text(text + "\n")
