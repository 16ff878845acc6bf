"""A model of transformers in float64 whose readers each have a residual stream of their own. circuits.py writes what it says.

Each query of a head, key and value of a key-value head, MLP and the final norm gets a stream of its own, the sum of what all before it
wrote, one by one. So an edge is a term of one such sum: its score is the derivative by a factor at the term, and a circuit takes the term
from the run or from the source's.

Behind a norm (Gemma 2 and 3) a head's vector is what torch.func.jvp makes of it at the base's run, and what is left of the norm's output is
the layer's remainder; elsewhere that is the bias.
"""

from collections.abc import Callable

import torch
from torch import Tensor

from components import GOLDEN, Parts, load, output_matrix

POSITIVE, NEGATIVE = 4, 21

Written = dict[str, Tensor]
Mix = Callable[[int, int, Tensor], Tensor]


def wide(run: Callable):
    """What transformers widens to float32 on the way is to stay as wide as the rest."""
    torch.float32, torch.Tensor.float, narrow = torch.float64, torch.Tensor.double, (torch.float32, torch.Tensor.float)
    try:
        return run()
    finally:
        torch.float32, torch.Tensor.float = narrow


class Forked:
    """A model at the run of a base, beside that of a source."""

    def __init__(self, case: str, base: list[int], source: list[int], source_of: list[int | None]) -> None:
        self.tokens, self.known = base, torch.tensor([at is not None for at in source_of])
        self.model = load(GOLDEN / case)
        for parameter in self.model.parameters():
            parameter.requires_grad_(False)
        self.parts = Parts(self.model)
        config = self.model.config
        self.kind, self.heads, self.layers = config.model_type, config.num_attention_heads, len(self.parts.layers)
        self.size = output_matrix(self.parts.out(0)).shape[0] // self.heads
        attention = self.parts.attention(0)
        if hasattr(attention, "k_proj"):
            self.shared = attention.k_proj.weight.shape[0] // self.size
        else:
            is_one = getattr(config, "multi_query", False)
            self.shared = 1 if is_one else config.num_key_value_heads if self.kind == "phi3" else self.heads
        self.parallel = self.kind in ("gptj", "codegen") or getattr(config, "use_parallel_residual", False)

        self.writers, self.readers, self.reads = ["embed"], [], []
        for layer in range(self.layers):
            below = len(self.writers)
            for which, count in (("q", self.heads), ("k", self.shared), ("v", self.shared)):
                self.readers += [f"{layer}.{head}.{which}" for head in range(count)]
            self.writers += [*(f"{layer}.{head}" for head in range(self.heads)), f"{layer}.remainder"]
            self.reads += [below] * (len(self.readers) - len(self.reads)) + [below if self.parallel else len(self.writers)]
            self.readers.append(f"{layer}.mlp")
            self.writers.append(f"{layer}.mlp")
        self.readers.append("logits")
        self.reads.append(len(self.writers))

        self.raw, self.logits = self.run(base)
        self.straight = [self.raw[f"{layer}.sum"] for layer in range(self.layers)]
        self.base = self.vectors(self.raw)
        self.source = self.mean([(source, source_of)])
        self.source_logits = self.run(source)[1]
        self.there = self.vectors(self.source)

    def mean(self, programs: list[tuple[list[int], list[int | None]]]) -> Written:
        """What others write on average, at the base's positions; those without a counterpart keep what they have."""
        runs = [(self.run(tokens)[0], of) for tokens, of in programs]
        found = {name: own.clone() for name, own in self.raw.items()}
        for name, value in found.items():
            for position in range(len(self.tokens)):
                others = [run[name][of[position]] for run, of in runs if of[position] is not None]
                if others:
                    value[position] = sum(others) / len(others)
        return found

    def norms(self, layer: int) -> tuple[torch.nn.Module, torch.nn.Module]:
        """Before attention and before the MLP."""
        block = self.parts.layers[layer]
        first = next(getattr(block, name) for name in ("input_layernorm", "ln_1") if hasattr(block, name))
        second = ("pre_feedforward_layernorm", "post_attention_layernorm", "ln_2", "ln_1")
        return first, next(getattr(block, name) for name in second if hasattr(block, name))

    def projection(self, layer: int, head: int, which: str) -> tuple[torch.nn.Module, slice]:
        """The map that makes a head's queries, keys or values, and where in its outputs they are."""
        attention, size, part = self.parts.attention(layer), self.size, "qkv".index(which)
        if hasattr(attention, "q_proj"):
            return getattr(attention, f"{which}_proj"), slice(head * size, (head + 1) * size)
        if self.kind == "gpt_neox" or (self.kind == "gpt_bigcode" and self.shared > 1):  # of each head in turn
            fused, first = attention.query_key_value if self.kind == "gpt_neox" else attention.c_attn, 3 * head + part
        elif self.kind == "codegen":  # queries, values and keys of a quarter of the heads in turn
            quarter = self.heads // 4
            fused, first = attention.qkv_proj, (head // quarter * 3 + (0, 2, 1)[part]) * quarter + head % quarter
        else:
            fused = attention.qkv_proj if self.kind == "phi3" else attention.c_attn
            first = (0, self.heads, self.heads + self.shared)[part] + head
        return fused, slice(first * size, (first + 1) * size)

    def shares(self, layer: int, z: Tensor, out: Tensor) -> list[Tensor]:
        """What each head writes, and the remainder: [T, width] each. z: [T, heads, size]"""
        matrix, norm = output_matrix(self.parts.out(layer)).view(self.heads, self.size, -1), self.parts.post_norm(layer, "attention")
        each = [z[:, head] @ matrix[head] for head in range(self.heads)]
        if norm:
            each = [wide(lambda: torch.func.jvp(norm.forward, (self.straight[layer],), (one,))[1]) for one in each]
        return [*each, out - sum(each)]

    def vectors(self, raw: Written) -> list[Tensor]:
        each = [raw["embed"]]
        for layer in range(self.layers):
            each += [*self.shares(layer, raw[f"{layer}.z"], raw[f"{layer}.attention"]), raw[f"{layer}.mlp"]]
        return each

    def run(
        self, tokens: list[int], embed: Tensor | None = None, mix: Mix | None = None, has: Tensor | None = None,
        other: Written | None = None,
    ) -> tuple[Written, Tensor]:
        """
        embed: instead of the embedding's
        mix: what a reader gets of a writer, by its indices, given what that writes in this run; without it streams are the model's own
        has: [writers, T]; who else writes what is written in the source, or in the other run that is given
        """
        raw: Written = {}
        written: list[Tensor] = []
        hooks = []

        def stream(reader: str) -> Tensor:
            index = self.readers.index(reader)
            return sum(mix(writer, index, written[writer]) for writer in range(self.reads[index]))

        def keep(name: str, value: Tensor, own: Tensor | None = None) -> Tensor:
            raw[name] = value if own is None else torch.where(own, value, (other or self.source)[name])
            return raw[name]

        def of(writer: str) -> Tensor | None:
            return None if has is None else has[self.writers.index(writer)][:, None]

        def embedding(_, args, kwargs):
            value = (args[0] if args else kwargs["hidden_states"])[0] if embed is None else embed
            value = keep("embed", value, of("embed"))[None]
            written.append(value[0])
            return ((value, *args[1:]), kwargs) if args else (args, {**kwargs, "hidden_states": value})

        def projected(layer: int):
            def replaced(module, _, out):
                out = out.clone()
                for which, count in (("q", self.heads), ("k", self.shared), ("v", self.shared)):
                    for head in range(count):
                        own, place = self.projection(layer, head, which)
                        if own is module:
                            out[0, :, place] = module.forward(self.norms(layer)[0].forward(stream(f"{layer}.{head}.{which}")))[:, place]
                return out

            return replaced

        def mixed(layer: int):
            def given(linear, args):
                z = args[0][0].view(-1, self.heads, self.size)
                heads = None if has is None else torch.stack([of(f"{layer}.{head}") for head in range(self.heads)], 1)
                z = keep(f"{layer}.z", z, heads)
                norm = self.parts.post_norm(layer, "attention")
                out = keep(f"{layer}.sum", linear.forward(z.flatten(1)))
                out = keep(f"{layer}.attention", norm.forward(out) if norm else out)
                if mix:
                    written.extend(self.shares(layer, z, out))
                return (z.flatten(1)[None], *args[1:])

            return given

        def wrote(layer: int):
            def replaced(module, _, out):
                if mix:
                    out = module.forward(self.norms(layer)[1].forward(stream(f"{layer}.mlp")))[None]
                norm = self.parts.post_norm(layer, "mlp")
                if norm is None:
                    out = keep(f"{layer}.mlp", out[0], of(f"{layer}.mlp"))[None]
                    written.append(out[0])
                return out

            return replaced

        def normed(layer: int):
            def replaced(_, __, out):
                out = keep(f"{layer}.mlp", out[0], of(f"{layer}.mlp"))[None]
                written.append(out[0])
                return out

            return replaced

        for layer in range(self.layers):
            hooks.append(self.parts.out(layer).register_forward_pre_hook(mixed(layer)))
            hooks.append(self.parts.layers[layer].mlp.register_forward_hook(wrote(layer)))
            if norm := self.parts.post_norm(layer, "mlp"):
                hooks.append(norm.register_forward_hook(normed(layer)))
            if mix:
                hooks += [one.register_forward_hook(projected(layer)) for one in {self.projection(layer, 0, which)[0] for which in "qkv"}]
        hooks.append(self.parts.layers[0].register_forward_pre_hook(embedding, with_kwargs=True))
        if mix:
            hooks.append(self.parts.final_norm.register_forward_hook(lambda norm, _, __: norm.forward(stream("logits"))[None]))
        try:
            logits = wide(lambda: self.model(torch.tensor([tokens]), use_cache=False).logits[0, -1])
        finally:
            for hook in hooks:
                hook.remove()
        return raw, logits

    def factors(self) -> list[Tensor]:
        """Of each reader, zeros [writers, T] at the change of each writer's term."""
        return [torch.zeros(count, len(self.tokens), dtype=torch.float64, requires_grad=True) for count in self.reads]

    def changed(self, factors: list[Tensor]) -> Mix:
        changes = [there - own for there, own in zip(self.there, self.base)]
        return lambda writer, reader, value: value + factors[reader][writer][:, None] * changes[writer]

    def points(self, steps: int | None) -> list[Tensor]:
        """Embeddings."""
        own, other = self.base[0], self.there[0]
        return [own] if steps is None else [other + (step + 0.5) / steps * (own - other) for step in range(steps)]

    def scores(self, steps: int | None) -> list[Tensor]:
        """Of each reader [writers, T]."""
        found = [0] * len(self.readers)
        for point in (points := self.points(steps)):
            factors = self.factors()
            logits = self.run(self.tokens, point, self.changed(factors))[1]
            for reader, gradient in enumerate(torch.autograd.grad(difference(logits), factors)):
                found[reader] = found[reader] + gradient / len(points)
        return found

    def node_scores(self, steps: int | None) -> list[float]:
        """Of each writer, over all tokens; 0 for remainders."""
        found = dict.fromkeys(self.writers, 0.0)
        sites = ["embed", *(f"{layer}.{site}" for layer in range(self.layers) for site in ("z", "mlp"))]
        for point in (points := self.points(steps)):
            raw, logits = self.run(self.tokens, point.clone().requires_grad_())
            for site, gradient in zip(sites, torch.autograd.grad(difference(logits), [raw[site] for site in sites])):
                product = (self.source[site] - self.raw[site]) * gradient / len(points)
                for head in range(self.heads) if site.endswith("z") else [None]:
                    name = site if head is None else site.replace("z", str(head))
                    found[name] += float((product if head is None else product[:, head]).sum())
        return list(found.values())

    def between(self, nodes: list[tuple[int | str, int]]) -> dict:
        """Of each node as a reader, how what it writes at its token counts for the metric, by the factors at its own inputs' terms."""
        factors = self.factors()
        raw, logits = self.run(self.tokens, None, self.changed(factors))
        edges, rest = [], []
        for to, (writer, position) in enumerate(nodes):
            name = "logits" if writer == "logits" else self.writers[writer]
            layer, head = ("", "") if name in ("logits", "embed") else name.split(".")
            if name == "embed":
                continue
            if name == "logits":
                inputs, out, slope = {None: "logits"}, difference(logits), 1
            elif head == "mlp":
                inputs, site = {None: name}, raw[name]
                out, slope = site[position], torch.autograd.grad(difference(logits), site, retain_graph=True)[0][position]
            else:
                group, site = int(head) * self.shared // self.heads, raw[f"{layer}.z"]
                inputs = {"q": f"{layer}.{head}.q", "k": f"{layer}.{group}.k", "v": f"{layer}.{group}.v"}
                here = (position, int(head))
                out, slope = site[here], torch.autograd.grad(difference(logits), site, retain_graph=True)[0][here]
            for which, reader in inputs.items():
                own = factors[self.readers.index(reader)]
                found = torch.autograd.grad((out * slope).sum(), own, retain_graph=True)[0]
                left = float(found.sum())
                for origin, (source, at) in enumerate(nodes):
                    if source != "logits" and source < own.shape[0]:
                        edges.append([origin, to, which, float(found[source, at])])
                        left -= float(found[source, at])
                rest.append([to, which, left])
        return {"nodes": nodes, "edges": edges, "rest": rest}


def difference(logits: Tensor) -> Tensor:
    return logits[POSITIVE] - logits[NEGATIVE]
