"""Holds the folders that `latent-lens train sae` wrote against SAELens, which must load them as they are.

    latent-lens train sae --site all --evaluate --report SAES/evaluation.json
    python test/golden/check_sae.py MODEL_DIR SAES     # needs requirements-sae.txt

transformers runs the model on evaluation.json's sample prompt and SAELens encodes what each site holds at its last token. The active
latents must be the same ones with the same activations, to 1e-3 of the largest; decoder rows must have norm 1. Otherwise the exit code is 1.
"""

import argparse
import json
from pathlib import Path

import torch
from sae_lens import SAE
from transformers import AutoModelForCausalLM


def activations(model, tokens: list[int], sites: list[str]) -> dict[str, torch.Tensor]:
    """What each site holds at the last token."""
    found: dict[str, torch.Tensor] = {}
    handles = []
    for site in sites:
        _, layer, place = site.split(".", 2)
        block = model.model.layers[int(layer)]
        module = {"hook_resid_post": block, "hook_attn_out": block.self_attn.o_proj, "hook_mlp_out": block.mlp.down_proj}[place]

        def keep(_module, _inputs, output, site=site):
            found[site] = (output[0] if isinstance(output, tuple) else output)[0, -1]

        handles.append(module.register_forward_hook(keep))
    with torch.inference_mode():
        model(torch.tensor([tokens]))
    for handle in handles:
        handle.remove()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description="Hold trained SAEs against SAELens.")
    parser.add_argument("model", type=Path)
    parser.add_argument("saes", type=Path)
    options = parser.parse_args()
    sample = json.loads((options.saes / "evaluation.json").read_text())["sample"]
    model = AutoModelForCausalLM.from_pretrained(options.model, dtype=torch.float32)
    held = activations(model, sample["tokens"], list(sample["latents"]))
    agrees = True
    for site, expected in sample["latents"].items():
        sae = SAE.load_from_disk(options.saes / site)
        with torch.inference_mode():
            latents = sae.encode(held[site])
        wanted = torch.zeros_like(latents)
        for entry in expected:
            wanted[entry["latent"]] = entry["activation"]
        difference = ((latents - wanted).abs().max() / wanted.max()).item()
        norms = sae.W_dec.norm(dim=1)
        fine = difference < 1e-3 and (norms - 1).abs().max().item() < 5e-3 and len(expected) > 0
        agrees = agrees and fine
        print(json.dumps({
            "site": site, "class": type(sae).__name__, "hook": sae.cfg.metadata.hook_name, "active": int((latents > 0).sum()),
            "expected": len(expected), "difference": difference, "norms": [norms.min().item(), norms.max().item()], "fine": fine,
        }))
    raise SystemExit(0 if agrees else 1)


if __name__ == "__main__":
    main()
