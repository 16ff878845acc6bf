"""Writes the reference fixtures of transcoders: test/fixtures/golden/transcoder-<name>/ and transcoder-expected.safetensors.

    python3.11 -m venv /tmp/sae && /tmp/sae/bin/pip install -r test/golden/requirements-sae.txt
    /tmp/sae/bin/pip install --no-deps eai-sparsify==1.3.3 natsort==8.4.0 schedulefree==1.4.1
    /tmp/sae/bin/python test/golden/transcoders.py

Each is a tiny, seeded transcoder on the fixture model llama-gqa, written in one of the formats. What SAELens computes with it (sparsify, for
its own format) on that model's first prompt is kept in one file:

    x/<site>                the MLP's input as TransformerLens has it at ln2.hook_normalized, and behind the norm's weight at mlp.hook_in
    <name>/latents          [T, d_sae]
    <name>/prediction       of hook_mlp_out, the skip connection with it, [T, d_out]
    <name>/logits           of the last position with the prediction in the place of what the MLP gives, [V]
    <name>/logits_ablated   what the MLP gives, less what latent 3 adds to the prediction at every position, [V]
"""

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

os.environ["SPARSIFY_DISABLE_TRITON"] = "1"  # read when sparsify is imported; its kernels need a GPU

from safetensors.torch import load_file, save_file
from sae_lens import SAE
from sae_lens.saes.transcoder import JumpReLUTranscoder, JumpReLUTranscoderConfig
from sparsify.sparse_coder import SparseCoder, SparseCoderConfig

import sae

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "golden"
WIDTH, LATENTS, ABLATED = 24, 40, 3


@dataclass
class Case:
    name: str
    architecture: str
    layer: int
    site: str = "mlp.hook_in"
    dtype: str = "float32"


CASES = [
    Case("plain", "transcoder", 0),
    Case("skip", "skip_transcoder", 1),
    Case("jumprelu", "jumprelu_transcoder", 2, "ln2.hook_normalized", "bfloat16"),
    Case("jumprelu-skip", "jumprelu_skip_transcoder", 1, "ln2.hook_normalized"),
]


def weights(architecture: str, generator: torch.Generator) -> dict[str, torch.Tensor]:
    normal = lambda *shape, std: torch.randn(*shape, generator=generator) * std
    result = {
        "W_enc": normal(WIDTH, LATENTS, std=0.4), "b_enc": normal(LATENTS, std=0.5),
        "W_dec": normal(LATENTS, WIDTH, std=0.25), "b_dec": normal(WIDTH, std=0.3),
    }
    if "jumprelu" in architecture:
        result["threshold"] = normal(LATENTS, std=0.4).abs()
    if "skip" in architecture:
        result["W_skip"] = normal(WIDTH, WIDTH, std=0.2)
    return result


def write(case: Case, seed: int) -> Path:
    folder = FIXTURES / f"transcoder-{case.name}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    values = weights(case.architecture, torch.Generator().manual_seed(seed))
    save_file({name: value.to(getattr(torch, case.dtype)) for name, value in values.items()}, folder / "sae_weights.safetensors")
    # As SAE.save_model of SAELens writes it.
    at = f"blocks.{case.layer}"
    config = {
        "d_in": WIDTH, "d_out": WIDTH, "d_sae": LATENTS, "dtype": case.dtype, "device": "cpu", "architecture": case.architecture,
        "apply_b_dec_to_input": False, "normalize_activations": "none", "reshape_activations": "none",
        "metadata": {
            "sae_lens_version": "6.54.12", "model_name": "llama-gqa", "hook_name": f"{at}.{case.site}", "hook_name_out": f"{at}.hook_mlp_out",
            "hook_head_index": None, "hook_head_index_out": None, "prepend_bos": False, "context_size": 64,
        },
    }
    (folder / "cfg.json").write_text(json.dumps(config, indent=1) + "\n")
    return folder


def write_gemma_scope() -> JumpReLUTranscoder:
    """Gemma Scope's numbers by SAELens's class for them, set up as its loader does."""
    values = weights("jumprelu", torch.Generator().manual_seed(70))
    root = FIXTURES / "transcoder-gemma"
    shutil.rmtree(root, ignore_errors=True)
    folder = root / "gemma-scope-2b-pt-transcoders" / "layer_1" / "width_40" / "average_l0_9"
    folder.mkdir(parents=True)
    np.savez(folder / "params.npz", **{name: value.numpy() for name, value in values.items()})
    config = JumpReLUTranscoderConfig(d_in=WIDTH, d_out=WIDTH, d_sae=LATENTS, apply_b_dec_to_input=False)
    transcoder = JumpReLUTranscoder(config)
    with np.load(folder / "params.npz") as data:
        transcoder.load_state_dict({name: torch.tensor(data[name]) for name in data})
    return transcoder


def write_gemma_scope_2() -> dict[str, torch.Tensor]:
    """Whose skip connection is stored the other way round, as circuit-tracer's loader says."""
    values = weights("jumprelu_skip", torch.Generator().manual_seed(71))
    folder = FIXTURES / "transcoder-gemma-2" / "layer_2_width_40_l0_small_affine"
    shutil.rmtree(folder.parent, ignore_errors=True)
    folder.mkdir(parents=True)
    names = {"W_enc": "w_enc", "W_dec": "w_dec", "W_skip": "affine_skip_connection"}
    save_file({names.get(name, name): (value.T if name == "W_skip" else value).contiguous() for name, value in values.items()}, folder / "params.safetensors")
    layer = "model.layers.2"
    config = {
        "architecture": "jump_relu", "model_name": "llama-gqa", "width": LATENTS, "l0": 9, "type": "transcoder", "affine_connection": True,
        "hf_hook_point_in": f"{layer}.pre_feedforward_layernorm.output", "hf_hook_point_out": f"{layer}.post_feedforward_layernorm.output",
    }
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n")
    return values


def write_sparsify() -> SparseCoder:
    values = weights("skip", torch.Generator().manual_seed(72))
    coder = SparseCoder(WIDTH, SparseCoderConfig(activation="topk", num_latents=LATENTS, k=5, transcode=True, skip_connection=True))
    with torch.no_grad():
        coder.encoder.weight.copy_(values["W_enc"].T)
        coder.encoder.bias.copy_(values["b_enc"])
        coder.W_dec.copy_(values["W_dec"])
        coder.b_dec.copy_(values["b_dec"])
        coder.W_skip.copy_(values["W_skip"])
    folder = FIXTURES / "transcoder-sparsify" / "layers.1.mlp"
    shutil.rmtree(folder.parent, ignore_errors=True)
    coder.save_to_disk(folder)
    return coder


def main() -> None:
    torch.set_num_threads(1)
    expected: dict[str, torch.Tensor] = {}
    tokens = load_file(sae.MODEL / "expected.safetensors")["prompt0/tokens"]
    model = sae.model()
    _, cache = model.run_with_cache(tokens[None])
    for layer in range(model.cfg.n_layers):
        normalized = cache[f"blocks.{layer}.ln2.hook_normalized"][0].detach()
        expected[f"x/blocks.{layer}.ln2.hook_normalized"] = normalized.clone()
        expected[f"x/blocks.{layer}.mlp.hook_in"] = (normalized * model.blocks[layer].ln2.w).detach().clone()

    @torch.no_grad()
    def run(name: str, site: str, encode, predict, direction: torch.Tensor) -> None:
        x = expected[f"x/{site}"]
        latents, prediction = encode(x), predict(x)
        out = f"blocks.{site.split('.')[1]}.hook_mlp_out"
        print(f"{name}: {(latents > 0).float().sum(-1).mean():.1f} of {LATENTS} latents active")

        def given(value):
            return model.run_with_hooks(tokens[None], fwd_hooks=[(out, value)])[0, -1].clone()

        expected[f"{name}/latents"], expected[f"{name}/prediction"] = latents.clone(), prediction.clone()
        expected[f"{name}/logits"] = given(lambda value, hook: prediction[None])
        expected[f"{name}/logits_ablated"] = given(lambda value, hook: value - (latents[:, ABLATED, None] * direction)[None])

    for seed, case in enumerate(CASES):
        transcoder = SAE.load_from_disk(write(case, seed), dtype="float32")
        assert type(transcoder).__name__.lower() == case.architecture.replace("_", ""), type(transcoder)
        run(case.name, f"blocks.{case.layer}.{case.site}", transcoder.encode, transcoder, transcoder.W_dec[ABLATED])

    transcoder = write_gemma_scope()
    run("gemma", "blocks.1.ln2.hook_normalized", transcoder.encode, transcoder, transcoder.W_dec[ABLATED])
    values = write_gemma_scope_2()

    def encode(x: torch.Tensor) -> torch.Tensor:
        before = x @ values["W_enc"] + values["b_enc"]
        return before.relu() * (before > values["threshold"])

    run("gemma-2", "blocks.2.mlp.hook_in", encode, lambda x: encode(x) @ values["W_dec"] + values["b_dec"] + x @ values["W_skip"].T, values["W_dec"][ABLATED])
    coder = write_sparsify()

    def dense(x: torch.Tensor) -> torch.Tensor:
        top = coder.encode(x)
        return torch.zeros(len(x), LATENTS).scatter(-1, top.top_indices, top.top_acts)

    run("sparsify", "blocks.1.mlp.hook_in", dense, lambda x: coder(x).sae_out, coder.W_dec[ABLATED])
    save_file({name: value.contiguous() for name, value in expected.items()}, FIXTURES / "transcoder-expected.safetensors")
    size = sum(file.stat().st_size for path in FIXTURES.glob("transcoder-*") for file in [path, *path.rglob("*")] if file.is_file())
    print(f"{size / 1024:.0f} KiB in all")


if __name__ == "__main__":
    main()
