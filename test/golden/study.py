"""Writes the study's own setting, small: test/fixtures/golden/study/, a Gemma 2 and Gemma Scope's SAEs on it, with what
transformers, TransformerLens and SAELens compute of them. How to install them says sae.py.

    /tmp/sae/bin/python test/golden/study.py

    model/                          three layers, as transformers saves them
    gemma-scope-2b-pt-{res,att,mlp}/layer_{l}/width_32/average_l0_8/params.npz
    expected.safetensors:
    clean, corrupted, answers       token ids I32 [T], [T], [2]
    difference                      logits[-1, answers[0]] - logits[-1, answers[1]] of clean and corrupted, [2]
    difference/<mode>               the same with all SAEs spliced in
    difference/<site>               with one SAE's reconstruction alone, without its error
    patching/<site>                 get_act_patch_* of TransformerLens: clean activations into the corrupted run, [layers, T]
    <mode>/<site>/latents           (clean - corrupted activation) * gradient of the metric in the corrupted run, [T, d_sae]
    <mode>/<site>/error             the same of the SAE's error, [T]

The metric is (difference - corrupted) / (clean - corrupted), with the differences of the mode. Modes:

    through        with error terms, gradients as SAELens has them with use_error_term=True
    pass-through   with error terms, gradients flow past the SAEs (Marks et al. 2024)
    without        no error terms: runs through the reconstructions
"""

import shutil
from collections.abc import Callable

import numpy as np
import torch
from safetensors.torch import save_file
from sae_lens import SAE, HookedSAETransformer
from sae_lens.saes import JumpReLUSAE, JumpReLUSAEConfig
from transformer_lens import ActivationCache, patching
from transformers import Gemma2Config

import family
from gemma import LOCAL, GLOBAL, SHAPE, lens, minus_one, taps, theta

STUDY = family.FAMILIES.parent / "study"
LATENTS = 32
SAES = [
    ("res", 0, "hook_resid_post"),
    ("att", 1, "attn.hook_z"),
    ("res", 1, "hook_resid_post"),
    ("mlp", 2, "hook_mlp_out"),
    ("res", 2, "hook_resid_post"),
]
CLEAN = [2, 17, 5, 40, 33, 8, 21, 52, 11]
CORRUPTED = [2, 17, 5, 9, 33, 8, 44, 52, 11]
ANSWERS = [17, 37]

CASE = family.Case(
    "study",
    Gemma2Config(
        **SHAPE | dict(num_hidden_layers=3),
        query_pre_attn_scalar=8,
        attn_logit_softcapping=5.0,
        final_logit_softcapping=6.0,
        sliding_window=4,
        layer_types=[LOCAL, GLOBAL, LOCAL],
        rope_parameters=theta(1e4),
    ),
    seed=60,
    taps=taps,
    rewrite_weights=minus_one,
)


def build() -> HookedSAETransformer:
    folder = STUDY / "model"
    family.save(CASE, folder)
    model = family.load(CASE, folder)
    family.HookedTransformer = HookedSAETransformer
    transformer = lens(model)
    tokens, answers = torch.tensor(CLEAN), torch.tensor(ANSWERS)
    family.check_against_lens(transformer, tokens, answers, family.record(model, taps(model), tokens, answers))
    return transformer


def write_sae(release: str, layer: int, site: str, seed: int, x: torch.Tensor) -> SAE:
    """Random, but with thresholds at which a quarter of the latents is active on x, and a decoder that reconstructs some of it."""
    generator = torch.Generator().manual_seed(seed)
    width = x.shape[-1]
    normal = lambda *shape, std: torch.randn(*shape, generator=generator) * std
    encoder = normal(width, LATENTS, std=width**-0.5)
    arrays = {"W_enc": encoder, "W_dec": 0.4 * encoder.T + normal(LATENTS, width, std=0.1), "b_dec": normal(width, std=0.1)}
    arrays["b_enc"] = normal(LATENTS, std=0.2)
    arrays["threshold"] = (x @ encoder + arrays["b_enc"]).quantile(0.75, dim=0).clamp(min=0.05)
    folder = STUDY / f"gemma-scope-2b-pt-{release}" / f"layer_{layer}" / f"width_{LATENTS}" / "average_l0_8"
    folder.mkdir(parents=True)
    np.savez(folder / "params.npz", **{name: np.ascontiguousarray(value) for name, value in arrays.items()})
    # As SAELens's loader of Gemma Scope sets it up.
    reshape = "hook_z" if site == "attn.hook_z" else "none"
    config = JumpReLUSAEConfig(d_in=width, d_sae=LATENTS, apply_b_dec_to_input=False, reshape_activations=reshape)
    config.metadata.hook_name = f"blocks.{layer}.{site}"
    sae = JumpReLUSAE(config)
    sae.load_state_dict(arrays)
    return sae


def difference(logits: torch.Tensor) -> torch.Tensor:
    return logits[0, -1, ANSWERS[0]] - logits[0, -1, ANSWERS[1]]


Nodes = dict[str, torch.Tensor]


def spliced(transformer: HookedSAETransformer, saes: list[SAE], tokens: list[int], error: bool) -> tuple[torch.Tensor, Nodes]:
    """SAELens's run: the difference, and every latent and error, whose gradients its backward pass leaves in them."""
    nodes: Nodes = {}

    def keep(name: str, leaf: bool) -> Callable:
        def hook(value: torch.Tensor, hook) -> torch.Tensor:
            if leaf:  # SAELens computes the error without gradients
                value = value.detach().requires_grad_()
            value.retain_grad()
            nodes[name] = value
            return value

        return hook

    hooks = []
    for sae in saes:
        site = sae.cfg.metadata.hook_name
        hooks.append((f"{site}.hook_sae_acts_post", keep(f"{site}/latents", False)))
        if error:
            hooks.append((f"{site}.hook_sae_error", keep(f"{site}/error", True)))
    with transformer.saes(saes, use_error_term=error), transformer.hooks(hooks):
        return difference(transformer(torch.tensor([tokens]))), nodes


def passed(transformer: HookedSAETransformer, saes: list[SAE], tokens: list[int]) -> tuple[torch.Tensor, Nodes]:
    """Latents and errors beside the model: each is a leaf that adds what its change decodes to, and x goes on as it is."""
    nodes: Nodes = {}

    def beside(sae: SAE) -> Callable:
        site = sae.cfg.metadata.hook_name

        def hook(x: torch.Tensor, hook) -> torch.Tensor:
            with torch.no_grad():
                latents = sae.encode(x)
                error = x - sae.decode(latents)
            latents, error = latents.clone().requires_grad_(), error.clone().requires_grad_()
            nodes[f"{site}/latents"], nodes[f"{site}/error"] = latents, error
            out = sae.decode(latents) + error
            return x + (out - out.detach())

        return hook

    with transformer.hooks([(sae.cfg.metadata.hook_name, beside(sae)) for sae in saes]):
        return difference(transformer(torch.tensor([tokens]))), nodes


def attribution(run: Callable[[list[int]], tuple[torch.Tensor, Nodes]]) -> dict[str, torch.Tensor]:
    clean, source = run(CLEAN)
    corrupted, base = run(CORRUPTED)
    metric = (corrupted - clean.detach()) / (clean - corrupted).detach() + 1
    metric.backward()
    found = {"difference": torch.stack([clean, corrupted]).detach()}
    for name, node in base.items():
        product = (source[name].detach() - node.detach()) * node.grad
        rows = product.reshape(len(CORRUPTED), -1)
        found[name] = rows if name.endswith("latents") else rows.sum(-1)
    return found


def main() -> None:
    torch.set_num_threads(1)
    shutil.rmtree(STUDY, ignore_errors=True)
    transformer = build()
    _, cache = transformer.run_with_cache(torch.tensor([CLEAN, CORRUPTED]))
    flat = lambda name: cache[name].detach().flatten(2).flatten(0, 1)
    saes = [write_sae(*place, seed, flat(f"blocks.{place[1]}.{place[2]}")) for seed, place in enumerate(SAES)]

    ids = {"clean": CLEAN, "corrupted": CORRUPTED, "answers": ANSWERS}
    expected = {name: torch.tensor(value, dtype=torch.int32) for name, value in ids.items()}
    with torch.no_grad():
        own = torch.stack([difference(transformer(torch.tensor([tokens]))) for tokens in (CLEAN, CORRUPTED)])
        expected["difference"] = own
        for sae in saes:
            alone = [spliced_alone(transformer, sae, tokens) for tokens in (CLEAN, CORRUPTED)]
            expected[f"difference/{sae.cfg.metadata.hook_name}"] = torch.stack(alone)
    modes = {
        "through": lambda tokens: spliced(transformer, saes, tokens, True),
        "pass-through": lambda tokens: passed(transformer, saes, tokens),
        "without": lambda tokens: spliced(transformer, saes, tokens, False),
    }
    for mode, run in modes.items():
        found = attribution(run)
        expected[f"difference/{mode}"] = found.pop("difference")
        expected |= {f"{mode}/{name}": value for name, value in found.items()}

    clean_cache = ActivationCache({name: value[:1].detach() for name, value in cache.items()}, transformer)
    sweeps = {"hook_resid_pre": "resid_pre", "hook_resid_mid": "resid_mid", "hook_attn_out": "attn_out", "hook_mlp_out": "mlp_out"}
    for site, name in sweeps.items():
        sweep = getattr(patching, f"get_act_patch_{name}")
        with torch.no_grad():
            effect = sweep(transformer, torch.tensor([CORRUPTED]), clean_cache, lambda logits: (difference(logits) - own[1]) / (own[0] - own[1]))
        expected[f"patching/{site}"] = effect

    save_file({name: value.contiguous() for name, value in expected.items()}, STUDY / "expected.safetensors")
    print(f"{sum(file.stat().st_size for file in STUDY.rglob('*') if file.is_file()) / 1024:.0f} KiB in all")


def spliced_alone(transformer: HookedSAETransformer, sae: SAE, tokens: list[int]) -> torch.Tensor:
    with transformer.saes([sae], use_error_term=False):
        return difference(transformer(torch.tensor([tokens])))


if __name__ == "__main__":
    main()
