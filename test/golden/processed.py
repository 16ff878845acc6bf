"""Writes the reference fixtures of TransformerLens's weight processing: test/fixtures/golden/processed/<model>/.

    /tmp/sae/bin/python test/golden/processed.py     (an environment as for sae.py; after layer_norm.py)

The models are those of layer_norm.py. What TransformerLens computes with their processed weights on the first prompt, and what SAELens
computes with tiny SAEs on such a model:

    <processing>/<site>              the activation: of `full` where it differs from the plain model's, of the others from that of `full` too
    <sae>/input                      what the SAE reads, rows [T, d_in]
    <sae>/latents, reconstruction    rows [T, d_sae], [T, d_in]
    <sae>/logits                     of every position with the SAE spliced in without its error term, [T, V]
    <sae>/logits_error               the same with it
    <sae>/logits_ablated             with it, and latent 3 set to zero at every position
    <sae>/gradient                   d (logits[-1, answers[0]] - logits[-1, answers[1]]) / d latents of the run without its error term
    <sae>/gradient_error             and of the run with it
    two/<sae>/...                    both of two SAEs in one run without error terms: what each reads, and `two/logits`
"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from sae_lens import SAE, HookedSAETransformer
from transformer_lens import HookedTransformer
from transformers import AutoModelForCausalLM

import family
import layer_norm

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "golden"
LATENTS, ABLATED = 24, 3

# HookedTransformer.from_pretrained's defaults; what SAELens gives to the model of gpt2-small-res-jb; the value bias with and without the
# norm's.
PROCESSING = {
    "full": dict(fold_ln=True, center_writing_weights=True, center_unembed=True, fold_value_biases=True),
    "centred": dict(center_writing_weights=True),
    "values": dict(fold_value_biases=True),
    "folded": dict(fold_ln=True),
}
OFF = dict(fold_ln=False, center_writing_weights=False, center_unembed=False, fold_value_biases=False)

MODELS: dict[str, tuple[Callable, list[tuple[str, str, str]]]] = {
    # SAEs: name, site, processing
    "gpt2": (
        layer_norm.gpt2_lens,
        [("resid", "blocks.1.hook_resid_pre", "centred"), ("z", "blocks.0.attn.hook_z", "full"), ("mlp", "blocks.1.hook_mlp_out", "full")],
    ),
    "gpt_neox": (
        layer_norm.neox_lens,
        [("attn", "blocks.0.hook_attn_out", "full"), ("z", "blocks.1.attn.hook_z", "values")],
    ),
    "starcoder2": (layer_norm.starcoder2_lens, []),
}


def processed(plain: HookedTransformer, options: dict) -> HookedSAETransformer:
    model = HookedSAETransformer(plain.cfg.__class__.from_dict(plain.cfg.to_dict()))
    model.load_and_process_state_dict(dict(plain.state_dict()), **(OFF | options))
    return model


def sites(model: HookedTransformer, tokens: torch.Tensor) -> dict[str, torch.Tensor]:
    names = {"hook_embed"} | {f"blocks.{l}.{site}" for l in range(model.cfg.n_layers) for site in SITES}
    _, cache = model.run_with_cache(tokens[None])
    return {name: cache[name][0].detach().clone() for name in names | {"ln_final.hook_normalized"} if name in cache}


SITES = (
    "hook_resid_pre", "attn.hook_q", "attn.hook_k", "attn.hook_v", "attn.hook_pattern", "attn.hook_z", "hook_attn_out", "hook_resid_mid",
    "mlp.hook_pre", "mlp.hook_post", "hook_mlp_out", "hook_resid_post",
)


def write_sae(folder: Path, site: str, options: dict, x: torch.Tensor, seed: int) -> SAE:
    """Made for the processed activation x [T, d_in]: about half of the latents are on there."""
    generator = torch.Generator().manual_seed(seed)
    normal = lambda *shape, std: torch.randn(*shape, generator=generator) * std
    d_in = x.shape[-1]
    weights = {"W_enc": normal(d_in, LATENTS, std=0.4), "W_dec": normal(LATENTS, d_in, std=0.25), "b_dec": x.mean(0)}
    weights["b_enc"] = normal(LATENTS, std=0.3)
    metadata = {"model_name": "tiny", "hook_name": site, "prepend_bos": False, "context_size": 24, "sae_lens_version": "6.54.12"}
    metadata |= {"model_class_name": "HookedTransformer", "model_from_pretrained_kwargs": options}
    reshape = "hook_z" if site.endswith("hook_z") else "none"
    config = {"architecture": "standard", "d_in": d_in, "d_sae": LATENTS, "dtype": "float32", "device": "cpu", "reshape_activations": reshape}
    folder.mkdir(parents=True)
    save_file({name: value.contiguous() for name, value in weights.items()}, folder / "sae_weights.safetensors")
    (folder / "cfg.json").write_text(json.dumps({**config, "metadata": metadata}, indent=1) + "\n")
    return SAE.load_from_disk(folder, dtype="float32")


def rows(value: torch.Tensor) -> torch.Tensor:
    return value.detach().reshape(len(value), -1).clone()


def run_sae(model: HookedSAETransformer, sae: SAE, tokens: torch.Tensor, answers: torch.Tensor, x: torch.Tensor) -> dict[str, torch.Tensor]:
    site = sae.cfg.metadata.hook_name
    result = {"input": rows(x)}
    with torch.no_grad():
        latents = sae.encode(x[None])
        result |= {"latents": rows(latents[0]), "reconstruction": rows(sae.decode(latents)[0])}
    print(f"    {site}: {(latents > 0).float().sum(-1).mean():.1f} of {LATENTS} latents active")

    def ablate(value: torch.Tensor, hook) -> torch.Tensor:
        value = value.clone()
        value[..., ABLATED] = 0
        return value

    acts = f"{site}.hook_sae_acts_post"
    for key, error, hooks in (("logits", False, []), ("logits_error", True, []), ("logits_ablated", True, [(acts, ablate)])):
        with torch.no_grad(), model.saes([sae], use_error_term=error), model.hooks(hooks):
            result[key] = model(tokens[None])[0].clone()
    for key, error in (("gradient", False), ("gradient_error", True)):
        kept: list[torch.Tensor] = []

        def keep(value: torch.Tensor, hook) -> torch.Tensor:
            value.retain_grad()
            kept.append(value)
            return value

        with torch.enable_grad(), model.saes([sae], use_error_term=error), model.hooks([(acts, keep)]):
            logits = model(tokens[None])[0, -1]
            (logits[answers[0]] - logits[answers[1]]).backward()
        result[key] = rows(kept[0].grad[0])
    return result


def main() -> None:
    torch.set_num_threads(1)
    family.HookedTransformer = HookedSAETransformer
    for name, (lens, saes) in MODELS.items():
        folder = FIXTURES / "processed" / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        source = FIXTURES / "families" / name
        given = load_file(source / "expected.safetensors")
        tokens, answers = given["prompt0/tokens"], given["prompt0/answers"]
        plain = lens(AutoModelForCausalLM.from_pretrained(source, dtype=torch.float32, attn_implementation="eager").eval())
        models = {key: processed(plain, options) for key, options in PROCESSING.items()}
        before, found = sites(plain, tokens), {key: sites(model, tokens) for key, model in models.items()}
        differ = lambda a, b: (a - b).abs().max() > 1e-5 * a.abs().max()
        expected = {}
        for key, values in found.items():
            for site, value in values.items():
                if differ(before[site], value) if key == "full" else differ(found["full"][site], value) and differ(before[site], value):
                    expected[f"{key}/{site}"] = value
        print(name, {key: sorted({site.split(".", 2)[-1] for site in values if differ(before[site], values[site])}) for key, values in found.items()})
        opened: dict[str, SAE] = {}
        for seed, (sae_name, site, processing) in enumerate(saes):
            x = found[processing][site]
            opened[sae_name] = sae = write_sae(folder / sae_name, site, PROCESSING[processing], rows(x), 70 + seed)
            for key, value in run_sae(models[processing], sae, tokens, answers, x).items():
                expected[f"{sae_name}/{key}"] = value
        full = [sae_name for sae_name, _, processing in saes if processing == "full"]
        if len(full) > 1:
            kept = {}
            hooks = [
                (f"{opened[each].cfg.metadata.hook_name}.hook_sae_input", lambda value, hook, each=each: kept.update({each: rows(value[0])}))
                for each in full
            ]
            with torch.no_grad(), models["full"].saes([opened[each] for each in full], use_error_term=False), models["full"].hooks(hooks):
                expected["two/logits"] = models["full"](tokens[None])[0].clone()
            expected |= {f"two/{each}/input": value for each, value in kept.items()}
        save_file({key: value.contiguous() for key, value in expected.items()}, folder / "expected.safetensors")
    size = sum(file.stat().st_size for file in (FIXTURES / "processed").rglob("*") if file.is_file())
    print(f"{size / 1024:.0f} KiB in all")


if __name__ == "__main__":
    main()
