"""Writes test/fixtures/golden/latent-circuits.json: circuits of latents in the tiny models beside it, in float64 and from the formulas.

    /tmp/golden/bin/python test/golden/latent_circuits.py

The models are transformers' own. At each SAE's site a hook notes what is there and puts something in its place: for edges a leaf of the
base's value, so that a gradient ends there; for patches and circuits what their definitions say. Weights of SAEs are numbers of a
generator that test/methods/circuits/latent-golden.test.ts has too (src/random.ts). No latent is so near to where it becomes active that
another precision could decide.

    pair: {base, source, sourceOf, metric}      one for all; the metric is logits[-1, positive] - logits[-1, negative]
    models: <fixture>: {
      saes: [{site, kind}]
      metrics                                   of the base and of the source
      nodes: [[sae, latent, position]]          latent null for the error; some of the largest of each SAE
      scores: [{steps, values}]                 of these nodes; steps: points of integrated gradients, or null for the base alone
      edges: [[from, to, score]]                between these nodes, and to the logits, whose number comes after them
      rest: [score]                             what each of these, and the logits, reads of all others
      patched: [[from, to, change]]             edges really patched
      heads: [[from, to, layer, [score]]]       what each head of a layer carries of an edge
      circuits: [{has, errors, metric}]         bits by SAE, position and node (latents, then the error), in hexadecimal
    }
"""

import json
import random

import torch
from torch import Tensor

from components import GOLDEN, Parts, load, output_matrix
from forked import NEGATIVE, POSITIVE, difference, wide

CASES = ["llama-gqa", "families/gpt2", "families/gemma2", "families/gpt_neox"]
BASE, SOURCE = [3, 14, 15, 9, 26, 5, 31, 7], [3, 14, 8, 26, 5, 11, 31, 7]
SOURCE_OF = [0, 1, 2, None, 3, 4, 6, 7]
FIRST = 2  # before it all is the same
LATENTS, K = 8, 4
STEPS = 3
LENGTH = len(BASE)
KNOWN = [at for at, of in enumerate(SOURCE_OF) if of is not None]


class Mulberry:
    """Numbers of 10 bits below 1, as `uniformFrom` gives them."""

    def __init__(self, seed: int) -> None:
        self.state = seed

    def numbers(self, *shape: int, scale: float) -> Tensor:
        count = 1
        for size in shape:
            count *= size
        return (torch.tensor([self.next() for _ in range(count)], dtype=torch.float64).view(shape) - 0.5) * scale

    def next(self) -> float:
        low = 0xFFFFFFFF
        self.state = (self.state + 0x6D2B79F5) & low
        t = (self.state ^ (self.state >> 15)) * (self.state | 1) & low
        t ^= (t + ((t ^ (t >> 7)) * (t | 61) & low)) & low
        return (((t ^ (t >> 14)) & low) >> 22) / 1024


class Sae:
    def __init__(self, index: int, site: tuple[int, str], kind: str, width: int) -> None:
        self.site, self.kind = site, kind
        draw = Mulberry(index + 1).numbers
        self.encoder, self.decoder = draw(width, LATENTS, scale=1.5), draw(LATENTS, width, scale=0.5)
        self.b_enc, self.b_dec = draw(LATENTS, scale=1), draw(width, scale=1)
        self.threshold = draw(LATENTS, scale=1).abs()

    def scale(self, x: Tensor) -> tuple[Tensor, Tensor | float]:
        """Mean and what a row is divided by."""
        if self.kind != "layer_norm":
            return torch.zeros_like(x[..., :1]), 1.0
        return x.mean(-1, keepdim=True), x.std(-1, keepdim=True)

    def encode(self, x: Tensor) -> Tensor:
        mean, deviation = self.scale(x)
        scaled = x if self.kind != "layer_norm" else (x - mean) / (deviation + 1e-5)
        before = (scaled - self.b_dec) @ self.encoder + self.b_enc
        if self.kind == "topk":
            values, indices = before.topk(K, -1)
            self.near(before.sort(-1).values.diff(dim=-1)[..., LATENTS - K - 1], values)
            return torch.zeros_like(before).scatter(-1, indices, values.relu())
        threshold = self.threshold if self.kind == "jumprelu" else 0
        self.near(before - threshold)
        return torch.where(before > threshold, before.relu(), 0)

    def near(self, *each: Tensor) -> None:
        if min(float(one.abs().min()) for one in each) < 3e-5:
            raise SystemExit(f"{self.site}: a latent is too near to where it becomes active")

    def directions(self, x: Tensor) -> Tensor:
        """What one unit of each latent adds, [..., latents, width]."""
        return self.decoder * (self.scale(x)[1][..., None] if self.kind == "layer_norm" else 1)

    def decode(self, latents: Tensor, x: Tensor) -> Tensor:
        mean, deviation = self.scale(x)
        return (latents @ self.decoder + self.b_dec) * deviation + mean

    def error(self, x: Tensor) -> Tensor:
        return x - self.decode(self.encode(x), x)


def specs(layers: int, parallel: bool) -> list[tuple[tuple[int, str], str]]:
    last = layers - 1
    return [
        ((0, "attn_out"), "topk"), ((0, "mlp_out"), "jumprelu"), *([((0, "resid_post"), "standard")] if layers == 2 else []),
        ((last, "attn_out"), "layer_norm"), *([] if parallel else [((last, "resid_mid"), "standard")]),
        ((last, "mlp_out"), "standard"), ((last, "resid_post"), "layer_norm"),
    ]


class Circuits:
    def __init__(self, case: str) -> None:
        self.model = load(GOLDEN / case)
        for parameter in self.model.parameters():
            parameter.requires_grad_(False)
        self.parts = Parts(self.model)
        config = self.model.config
        self.layers, self.heads = len(self.parts.layers), config.num_attention_heads
        self.parallel = getattr(config, "use_parallel_residual", False)
        self.saes = [Sae(i, site, kind, config.hidden_size) for i, (site, kind) in enumerate(specs(self.layers, self.parallel))]
        self.base, self.logits = self.run(BASE)
        self.there, self.source_logits = self.run(SOURCE)
        sites = [(0, "resid_pre"), *(sae.site for sae in self.saes)]
        self.twin = {site: self.base[site].clone() for site in sites}
        for at in KNOWN:
            for site in sites:
                self.twin[site][at] = self.there[site][SOURCE_OF[at]]

    def run(self, tokens: list[int], put=None, through: tuple[int, int] | None = None) -> tuple[dict, Tensor]:
        """
        put: what is at a site, given what the run has there
        through: a layer and a head, which alone carries gradients across that layer
        returns what the run has at each site before that
        """
        seen: dict = {}
        hooks = []

        def give(site: tuple[int, str], value: Tensor) -> Tensor:
            seen[site] = value
            return value if put is None else put(site, value)

        def first(of):
            return (of[0] if isinstance(of, tuple) else of)[0]

        def like(out, value: Tensor):
            return (value[None], *out[1:]) if isinstance(out, tuple) else value[None]

        def before(layer: int):
            def hook(_, args, kwargs):
                value = (args[0] if args else kwargs["hidden_states"])[0]
                value = give((layer, "resid_pre"), value)
                seen["pre"] = value
                return ((value[None], *args[1:]), kwargs) if args else (args, {**kwargs, "hidden_states": value[None]})

            return hook

        def attention(layer: int):
            def hook(_, __, out):
                value, pre = give((layer, "attn_out"), first(out)), seen["pre"]
                past = pre.detach() if through and through[0] == layer else pre  # what goes past the heads carries nothing then
                value = past + value
                return like(out, (value if self.parallel else give((layer, "resid_mid"), value)) - pre)

            return hook

        def mlp(layer: int):
            return lambda _, __, out: like(out, give((layer, "mlp_out"), first(out)))

        def mixed(layer: int, head: int):
            def hook(_, args):
                z = args[0].view(*args[0].shape[:-1], self.heads, -1)
                kept = z.detach().clone()
                kept[..., head, :] = z[..., head, :]
                return (kept.flatten(-2), *args[1:])

            return hook

        for layer, block in enumerate(self.parts.layers):
            hooks.append(block.register_forward_pre_hook(before(layer), with_kwargs=True))
            hooks.append((self.parts.post_norm(layer, "attention") or self.parts.attention(layer)).register_forward_hook(attention(layer)))
            hooks.append((self.parts.post_norm(layer, "mlp") or block.mlp).register_forward_hook(mlp(layer)))
            hooks.append(block.register_forward_hook(lambda _, __, out, layer=layer: like(out, give((layer, "resid_post"), first(out)))))
        if through:
            layer, head = through
            hooks.append(self.parts.out(layer).register_forward_pre_hook(mixed(layer, head)))
            if self.parallel:
                hooks.append(self.parts.layers[layer].mlp.register_forward_pre_hook(lambda _, args: (args[0].detach(), *args[1:])))
        try:
            logits = wide(lambda: self.model(torch.tensor([tokens]), use_cache=False).logits[0, -1])
        finally:
            for hook in hooks:
                hook.remove()
        return seen, logits

    def gradients(self, moved: Sae | None = None, by: Tensor | None = None) -> dict:
        """Of the metric at each SAE's site, where one of them may be moved."""
        values: dict = {}

        def put(site, value):
            if moved and site == moved.site:
                value = value + by
            if site == (0, "resid_pre"):
                value = value.detach().requires_grad_()
            values[site] = value
            return value

        _, logits = self.run(BASE, put)
        return dict(zip((sae.site for sae in self.saes), torch.autograd.grad(difference(logits), [values[sae.site] for sae in self.saes])))

    def change(self, sae: Sae, latent: int | None) -> Tensor:
        """What a node writes more with the source's activation, [positions, width]."""
        own, other = self.base[sae.site], self.twin[sae.site]
        if latent is None:
            return sae.error(other) - sae.error(own)
        return (sae.encode(other) - sae.encode(own))[:, latent, None] * sae.directions(own)[..., latent, :]

    def scores(self, steps: int | None) -> list[Tensor]:
        """Of each SAE [positions, latents and error]."""
        plain, found = self.gradients(), []
        for sae in self.saes:
            changes = torch.stack([self.change(sae, latent) for latent in [*range(LATENTS), None]], 1)
            gradient = plain[sae.site] if steps is None else sum(
                self.gradients(sae, k / steps * changes.sum(1))[sae.site] for k in range(steps)) / steps
            found.append((changes * gradient[:, None]).sum(-1))
        return found

    def said(self, node: tuple, x: Tensor, gradient: Tensor) -> Tensor:
        """The activation of a node times its effect on the metric, which is held; of the error what latents leave. x: [width]"""
        sae, latent, position = node
        sae = self.saes[sae]
        effects = sae.directions(self.base[sae.site][position]) @ gradient
        return gradient @ x - effects @ sae.encode(x) if latent is None else effects[latent] * sae.encode(x)[latent]

    def edges(self, nodes: list[tuple], through: tuple[int, int] | None = None) -> tuple[list, list]:
        leaves = {site: value.detach().clone().requires_grad_() for site, value in self.base.items() if site in self.twin}
        seen, logits = self.run(BASE, lambda site, value: leaves.get(site, value), through)
        plain = self.gradients()
        edges, rest = [], []
        for to, node in enumerate([*nodes, None]):
            sae = node and self.saes[node[0]]
            said = difference(logits) if node is None else self.said(node, seen[sae.site][node[2]], plain[sae.site][node[2]])
            if not said.requires_grad:
                rest.append(0.0)
                continue
            read = dict(zip(leaves, torch.autograd.grad(said, list(leaves.values()), retain_graph=True, allow_unused=True)))
            left = sum(float(((self.twin[site] - self.base[site]) * read[site]).sum()) for site in leaves if read[site] is not None)
            for at, (own, latent, position) in enumerate(nodes):
                gradient = read[self.saes[own].site]
                if gradient is None or SOURCE_OF[position] is None:
                    continue
                score = float(gradient[position] @ self.change(self.saes[own], latent)[position])
                left -= score
                if score != 0:
                    edges.append([at, to, score])
            rest.append(left)
        return edges, rest

    def patched(self, nodes: list[tuple], origin: int, to: int) -> float:
        own, latent, position = nodes[origin]
        sae = self.saes[own]

        def held(site, value):
            if site not in self.twin or site == (0, "resid_pre"):
                return value
            value = self.base[site].clone()
            if site == sae.site:
                value[position] += self.change(sae, latent)[position]
            return value

        seen, logits = self.run(BASE, held)
        if to < len(nodes):
            reads, what, at = nodes[to]
            reader = self.saes[reads]
            before, after = self.base[reader.site][at], seen[reader.site][at]
            change = (reader.error(after) - reader.error(before) if what is None
                      else (reader.encode(after) - reader.encode(before))[what] * reader.directions(before)[what])

            def moved(site, value):
                if site != reader.site:
                    return value
                value = value.clone()
                value[at] += change
                return value

            _, logits = self.run(BASE, moved)
        return float(difference(logits) - difference(self.logits))

    def circuit(self, has: Tensor, errors: str) -> float:
        """has: [SAEs, positions, latents and error]"""
        places = {sae.site: i for i, sae in enumerate(self.saes)}
        known = torch.tensor([at >= FIRST and of is not None for at, of in enumerate(SOURCE_OF)])[:, None]

        def put(site, x):
            if site not in places:
                return x
            sae, twin, own = self.saes[places[site]], self.twin[site], has[places[site]]
            live, other = sae.encode(x), sae.encode(twin)
            inside = own[:, :LATENTS]
            outside = torch.where(inside, 0, other - live)
            whole = x + (outside[..., None] * sae.directions(x)).sum(1)
            if errors != "keep":
                if errors == "twin":
                    bare = twin + (torch.where(inside, live - other, 0)[..., None] * sae.directions(twin)).sum(1)
                else:
                    bare = sae.decode(live, x) + (outside[..., None] * sae.directions(x)).sum(1)
                whole = torch.where(own[:, LATENTS:], whole, bare)
            return torch.where(known, whole, x)

        return float(difference(self.run(BASE, put)[1]))


def attentions_below(site: tuple[int, str]) -> int:
    return site[0] + 1


def reference(case: str) -> dict:
    found = Circuits(case)
    digits = lambda value: float(f"{float(value):.10g}")
    scores = [found.scores(steps) for steps in (None, STEPS)]
    nodes: list[tuple] = []
    for index, own in enumerate(scores[0]):
        order = own.abs().flatten().argsort(descending=True).tolist()
        each = [(index, at % (LATENTS + 1), at // (LATENTS + 1)) for at in order if float(own.flatten()[at]) != 0]
        nodes += [node for node in each if node[1] < LATENTS][:4] + [(a, None, c) for a, b, c in each if b == LATENTS][:2]
    edges, rest = found.edges(nodes)
    order = sorted(edges, key=lambda edge: -abs(edge[2]))
    kinds: dict = {}
    for edge in order:  # the largest of each kind
        kind = tuple((nodes[at][0], nodes[at][1] is None) if at < len(nodes) else None for at in edge[:2])
        kinds.setdefault(kind, edge)
    some = list(kinds.values())[:24]
    crossing = [edge for edge in order if edge[1] == len(nodes) or nodes[edge[0]][2] != nodes[edge[1]][2]][:6]
    crossing += [edge for edge in order if edge not in crossing and nodes[edge[0]][0] == 0][:2]
    heads = []
    for origin, to, _ in crossing:
        end = found.layers if to == len(nodes) else attentions_below(found.saes[nodes[to][0]].site)
        for layer in range(attentions_below(found.saes[nodes[origin][0]].site), end):
            each = [dict(((a, b), score) for a, b, score in found.edges(nodes, (layer, head))[0]) for head in range(found.heads)]
            heads.append([origin, to, layer, [digits(one.get((origin, to), 0)) for one in each]])
    generator = random.Random(case)
    circuits = []
    for share in (0.3, 0.6, 0.9):
        has = torch.tensor([[[generator.random() < share for _ in range(LATENTS + 1)] for _ in BASE] for _ in found.saes])
        bits = [str(int(bit)) for bit in has.flatten().tolist()]
        text = "".join(f"{int(''.join(bits[i : i + 4]), 2):x}" for i in range(0, len(bits), 4))
        circuits += [{"has": text, "errors": errors, "metric": digits(found.circuit(has, errors))} for errors in ("keep", "twin", "zero")]
    return {
        "saes": [{"site": f"blocks.{sae.site[0]}.hook_{sae.site[1]}", "kind": sae.kind} for sae in found.saes],
        "metrics": [digits(difference(found.logits)), digits(difference(found.source_logits))],
        "nodes": nodes,
        "scores": [{"steps": steps, "values": [digits(own[a][c, LATENTS if b is None else b]) for a, b, c in nodes]}
                   for steps, own in zip((None, STEPS), scores)],
        "edges": [[a, b, digits(score)] for a, b, score in edges], "rest": [digits(score) for score in rest],
        "patched": [[a, b, digits(found.patched(nodes, a, b))] for a, b, _ in some],
        "heads": heads, "circuits": circuits,
    }


if __name__ == "__main__":
    torch.set_num_threads(1)
    pair = {"base": BASE, "source": SOURCE, "sourceOf": SOURCE_OF, "metric": {"positive": POSITIVE, "negative": NEGATIVE}}
    compact = lambda value: json.dumps(value, separators=(",", ":"))
    models = {case: reference(case) for case in CASES}
    body = ",\n".join(f'"{case}":{compact(one)}' for case, one in models.items())
    (GOLDEN / "latent-circuits.json").write_text(f'{{"pair":{compact(pair)},\n"models":{{\n{body}\n}}}}\n')
