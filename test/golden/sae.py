"""Writes the reference fixtures of sparse autoencoders: test/fixtures/golden/sae-<name>/ and sae-expected.safetensors.

    python3.11 -m venv /tmp/sae && /tmp/sae/bin/pip install -r test/golden/requirements-sae.txt
    /tmp/sae/bin/pip install --no-deps eai-sparsify==1.3.3 natsort==8.4.0 schedulefree==1.4.1
    /tmp/sae/bin/python test/golden/sae.py

Each is a tiny, seeded SAE on the fixture model llama-gqa, written in one of the formats. What SAELens computes with it (sparsify,
for its own format) on that model's first prompt is kept in one file:

    x/<site>                        what the SAE at the site reads, rows [T, d_in]
    <name>/latents                  [T, d_sae]
    <name>/reconstruction           [T, d_in]
    <name>/vjp                      the gradient of sum(reconstruction * cotangent) at x, [T, d_in]
    <name>/logits                   of the last position with the SAE spliced in without its error term, [V]
    <name>/logits_error             the same with it
    <name>/logits_ablated           with it, and latent 3 set to zero at every position
    cotangent/<d_in>                [T, d_in]
    together/<name>/grad_latents    SAELens's gradient of a logit difference with all SAEs of SAELens's format spliced in at once and
    together/<name>/grad_error      use_error_term=True: at hook_sae_acts_post, and at hook_sae_error (made a leaf)
    without/<name>/grad_latents     the same without the error term
"""

import json
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch

os.environ["SPARSIFY_DISABLE_TRITON"] = "1"  # read when sparsify is imported; its kernels need a GPU

from safetensors.torch import load_file, save_file
from sae_lens import SAE, HookedSAETransformer
from sae_lens.saes import JumpReLUSAE, JumpReLUSAEConfig
from sparsify.sparse_coder import SparseCoder, SparseCoderConfig
from transformers import LlamaForCausalLM

import lens

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "golden"
MODEL = FIXTURES / "llama-gqa"
WIDTH, HEADS_WIDTH, LATENTS, ACTIVE, ABLATED = 24, 32, 40, 6, 3
NORM_SCALING_FACTOR = 0.6


@dataclass
class Case:
    name: str
    site: str
    architecture: str = "standard"
    dtype: str = "float32"
    config: dict = field(default_factory=dict)
    # Before version 6: a flat config with the names of that time.
    flat: dict | None = None


CASES = [
    Case("standard", "blocks.1.hook_resid_post"),
    Case("standard-flat", "blocks.2.hook_resid_pre", flat={"hook_layer": 2, "activation_fn_str": "relu", "normalize_activations": False}),
    Case("gated", "blocks.0.hook_attn_out", "gated", config={"apply_b_dec_to_input": False}),
    Case("topk", "blocks.1.hook_mlp_out", "topk", config={"k": ACTIVE}),
    Case("topk-rescaled", "blocks.2.hook_mlp_out", "topk", config={"k": ACTIVE, "rescale_acts_by_decoder_norm": True}),
    Case("topk-flat", "blocks.1.hook_resid_mid", flat={"hook_point_layer": 1, "activation_fn_str": "topk", "activation_fn_kwargs": {"k": ACTIVE}}),
    Case("jumprelu-bf16", "blocks.0.hook_resid_post", "jumprelu", dtype="bfloat16"),
    Case("jumprelu-fp16-norm", "blocks.2.hook_attn_out", "jumprelu", "float16", {"normalize_activations": "constant_norm_rescale"}),
    Case("standard-layer-norm", "blocks.0.hook_mlp_out", config={"normalize_activations": "layer_norm", "apply_b_dec_to_input": False}),
    Case("standard-scaled", "blocks.2.hook_resid_post", config={"normalize_activations": "expected_average_only_in"}),
    Case("hook-z", "blocks.1.attn.hook_z", "topk", config={"k": ACTIVE, "reshape_activations": "hook_z"}),
]


def weights(architecture: str, d_in: int, generator: torch.Generator) -> dict[str, torch.Tensor]:
    """Decoder rows of different lengths, biases and thresholds that matter, and about half of the latents on."""
    normal = lambda *shape, std: torch.randn(*shape, generator=generator) * std
    result = {"W_enc": normal(d_in, LATENTS, std=0.4), "W_dec": normal(LATENTS, d_in, std=0.25), "b_dec": normal(d_in, std=0.3)}
    if architecture == "gated":
        return result | {"b_gate": normal(LATENTS, std=0.5), "b_mag": normal(LATENTS, std=0.5), "r_mag": normal(LATENTS, std=0.3)}
    result["b_enc"] = normal(LATENTS, std=0.5)
    if architecture == "jumprelu":
        result["threshold"] = normal(LATENTS, std=0.4).abs()
    return result


def write(case: Case, seed: int) -> Path:
    folder = FIXTURES / f"sae-{case.name}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    d_in = HEADS_WIDTH if case.site.endswith("hook_z") else WIDTH
    generator = torch.Generator().manual_seed(seed)
    sizes = {"d_in": d_in, "d_sae": LATENTS, "dtype": case.dtype}
    stored = {name: value.to(getattr(torch, case.dtype)) for name, value in weights(case.architecture, d_in, generator).items()}
    save_file(stored, folder / "sae_weights.safetensors")
    if case.flat is None:
        metadata = {"model_name": "llama-gqa", "hook_name": case.site, "prepend_bos": False, "context_size": 64, "sae_lens_version": "6.54.12"}
        config = {**sizes, "architecture": case.architecture, "device": "cpu", **case.config, "metadata": metadata}
    else:
        config = {**sizes, "model_name": "llama-gqa", "hook_point": case.site, "prepend_bos": False, "l1_coefficient": 0.001, **case.flat}
    (folder / "cfg.json").write_text(json.dumps(config, indent=1) + "\n")
    return folder


def write_gemma_scope() -> None:
    """The same weights stored and compressed, the paths as published."""
    generator = torch.Generator().manual_seed(50)
    arrays = {name: value.numpy() for name, value in weights("jumprelu", WIDTH, generator).items()}
    root = FIXTURES / "sae-gemma"
    shutil.rmtree(root, ignore_errors=True)
    for release, save in (("gemma-scope-2b-pt-res", np.savez), ("gemma-scope-2b-pt-mlp", np.savez_compressed)):
        folder = root / release / "layer_1" / "width_40" / "average_l0_9"
        folder.mkdir(parents=True)
        save(folder / "params.npz", **arrays)


def gemma_scope() -> JumpReLUSAE:
    """Gemma Scope's numbers by SAELens's class for them, set up as its loader does."""
    sae = JumpReLUSAE(JumpReLUSAEConfig(d_in=WIDTH, d_sae=LATENTS, apply_b_dec_to_input=False))
    with np.load(FIXTURES / "sae-gemma/gemma-scope-2b-pt-res/layer_1/width_40/average_l0_9/params.npz") as data:
        sae.load_state_dict({name: torch.tensor(data[name]) for name in data})
    return sae


def write_sparsify(activation: str, module: str, seed: int) -> SparseCoder:
    generator = torch.Generator().manual_seed(seed)
    values = weights("standard", WIDTH, generator)
    coder = SparseCoder(WIDTH, SparseCoderConfig(activation=activation, num_latents=LATENTS, k=5))
    with torch.no_grad():
        coder.encoder.weight.copy_(values["W_enc"].T)
        coder.encoder.bias.copy_(values["b_enc"])
        coder.W_dec.copy_(values["W_dec"])
        coder.b_dec.copy_(values["b_dec"])
    folder = FIXTURES / f"sae-sparsify-{activation}" / module
    shutil.rmtree(folder.parent, ignore_errors=True)
    coder.save_to_disk(folder)
    return coder


def load(folder: Path) -> SAE:
    sae = SAE.load_from_disk(folder, dtype="float32")
    if sae.cfg.normalize_activations == "expected_average_only_in":
        sae.fold_activation_norm_scaling_factor(NORM_SCALING_FACTOR)
    return sae


def model() -> HookedSAETransformer:
    lens.HookedTransformer = HookedSAETransformer
    return lens.as_lens(LlamaForCausalLM.from_pretrained(MODEL, dtype=torch.float32, attn_implementation="eager").eval())


def rows(value: torch.Tensor, width: int) -> torch.Tensor:
    return value.detach().reshape(-1, width).clone()


def run(expected: dict, name: str, encode, decode, x: torch.Tensor) -> None:
    x = x.clone().requires_grad_()
    latents = encode(x)
    reconstruction = decode(latents)
    width = reconstruction.shape[-1] * (reconstruction.shape[-2] if reconstruction.ndim == 4 else 1)
    cotangent = expected.setdefault(f"cotangent/{width}", torch.randn(x.numel() // width, width, generator=torch.Generator().manual_seed(9)))
    (reconstruction.reshape(-1, width) * cotangent).sum().backward()
    active = (latents > 0).float().sum(-1)
    print(f"{name}: {active.mean():.1f} of {latents.shape[-1]} latents active")
    expected[f"{name}/latents"] = rows(latents, latents.shape[-1])
    expected[f"{name}/reconstruction"] = rows(reconstruction, width)
    expected[f"{name}/vjp"] = rows(x.grad, width)


def gradients(transformer: HookedSAETransformer, saes: dict[str, SAE], tokens, answers, error: bool) -> dict[str, torch.Tensor]:
    kept: dict[str, torch.Tensor] = {}

    def keep(key: str, leaf: bool):
        def hook(value: torch.Tensor, hook) -> torch.Tensor:
            if leaf:  # SAELens computes the error without gradients
                value = value.detach().requires_grad_()
            value.retain_grad()
            kept[key] = value
            return value

        return hook

    hooks = []
    for name, sae in saes.items():
        site = sae.cfg.metadata.hook_name
        hooks.append((f"{site}.hook_sae_acts_post", keep(f"{name}/grad_latents", False)))
        if error:
            hooks.append((f"{site}.hook_sae_error", keep(f"{name}/grad_error", True)))
    with transformer.saes(list(saes.values()), use_error_term=error), transformer.hooks(hooks), torch.enable_grad():
        logits = transformer(tokens[None])[0, -1]
        (logits[answers[0]] - logits[answers[1]]).backward()
    return {key: rows(value.grad, saes[key.split("/")[0]].cfg.d_in if key.endswith("error") else LATENTS) for key, value in kept.items()}


def main() -> None:
    torch.set_num_threads(1)
    expected: dict[str, torch.Tensor] = {}
    given = load_file(MODEL / "expected.safetensors")
    tokens, answers = given["prompt0/tokens"], given["prompt0/answers"]
    transformer = model()
    saes = {case.name: load(write(case, seed)) for seed, case in enumerate(CASES)}
    _, cache = transformer.run_with_cache(tokens[None])

    def ablate(value: torch.Tensor, hook) -> torch.Tensor:
        value[..., ABLATED] = 0
        return value

    for name, sae in saes.items():
        site = sae.cfg.metadata.hook_name
        x = cache[site].detach()
        expected[f"x/{site}"] = rows(x, sae.cfg.d_in)
        run(expected, name, sae.encode, sae.decode, x)
        with torch.no_grad():
            for key, error, hooks in (
                ("logits", False, []),
                ("logits_error", True, []),
                ("logits_ablated", True, [(f"{site}.hook_sae_acts_post", ablate)]),
            ):
                with transformer.saes([sae], use_error_term=error), transformer.hooks(hooks):
                    expected[f"{name}/{key}"] = transformer(tokens[None])[0, -1].clone()
    for key, error in (("together", True), ("without", False)):
        for name, value in gradients(transformer, saes, tokens, answers, error).items():
            expected[f"{key}/{name}"] = value

    x = cache["blocks.1.hook_resid_post"].detach()
    write_gemma_scope()
    sae = gemma_scope()
    run(expected, "gemma", sae.encode, sae.decode, x)
    for seed, (activation, module) in enumerate((("topk", "layers.1"), ("groupmax", "layers.0.mlp"))):
        coder = write_sparsify(activation, module, 60 + seed)

        def dense(value: torch.Tensor, coder=coder) -> torch.Tensor:
            top = coder.encode(value[0])
            return torch.zeros(len(value[0]), LATENTS).scatter(-1, top.top_indices, top.top_acts)[None]

        run(expected, f"sparsify-{activation}", dense, lambda latents, coder=coder: latents @ coder.W_dec + coder.b_dec, x)
        own = coder.decode(*coder.encode(x[0])[:2])
        assert torch.allclose(own, expected[f"sparsify-{activation}/reconstruction"], atol=1e-5)

    save_file({name: value.contiguous() for name, value in expected.items()}, FIXTURES / "sae-expected.safetensors")
    size = sum(file.stat().st_size for path in FIXTURES.glob("sae-*") for file in [path, *path.rglob("*")] if file.is_file())
    print(f"{size / 1024:.0f} KiB in all")


if __name__ == "__main__":
    main()
