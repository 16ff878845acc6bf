"""A model folder in TransformerLens or nnsight: what bench/checkpoints.ts measures here, measured there.

    /tmp/peers/bin/python bench/peers/checkpoint.py transformer_lens|nnsight FOLDER --tokens 24

The sweep's patches all cost the same there, a whole forward pass each, so a few are timed and the rest is their number
times that: layers x the positions from the first on at which the prompts differ (half of the prompt).
"""

import argparse
import json
import time
from importlib.metadata import version
from types import SimpleNamespace

import torch
from transformers import AutoConfig, AutoModelForCausalLM

TIMED_PATCHES = 6
TOP = 10


class Lens:
    def __init__(self, folder: str):
        import transformer_lens.loading_from_pretrained as loading
        from transformer_lens import HookedTransformer

        # It knows models by their names on the Hub and asks there for their config: here it is told the folder's.
        config = AutoConfig.from_pretrained(folder)
        loading.AutoConfig = SimpleNamespace(from_pretrained=lambda *_, **__: config)
        name = {"gpt2": "gpt2", "qwen2": "Qwen/Qwen2.5-0.5B"}[config.model_type]
        model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
        # What HookedTransformer.from_pretrained_no_processing does, without a tokenizer, which it would fetch from the Hub.
        lens_config = loading.get_pretrained_model_config(name, hf_cfg=config.to_dict(), device="cpu", dtype=torch.float32)
        lens_config.tokenizer_name = None
        weights = loading.get_pretrained_state_dict(name, lens_config, model, dtype=torch.float32)
        self.model = HookedTransformer(lens_config)
        self.model.load_and_process_state_dict(
            weights, fold_ln=False, center_writing_weights=False, center_unembed=False, fold_value_biases=False
        )
        self.layers = self.model.cfg.n_layers

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        return self.model(tokens)[0, -1]

    def residuals(self, tokens: torch.Tensor, site: str) -> list[torch.Tensor]:
        _, cache = self.model.run_with_cache(tokens, names_filter=lambda name: name.endswith(site))
        return [cache[f"blocks.{layer}.{site}"] for layer in range(self.layers)]

    def lens(self, tokens: torch.Tensor) -> None:
        for resid in self.residuals(tokens, "hook_resid_post"):
            self.model.unembed(self.model.ln_final(resid)).softmax(-1).topk(TOP)

    def patch(self, tokens: torch.Tensor, layer: int, position: int, resid: torch.Tensor) -> torch.Tensor:
        def put(value: torch.Tensor, hook) -> torch.Tensor:
            value[:, position] = resid[:, position]
            return value

        return self.model.run_with_hooks(tokens, fwd_hooks=[(f"blocks.{layer}.hook_resid_pre", put)])[0, -1]


class NNsight:
    def __init__(self, folder: str):
        import nnsight

        self.model = nnsight.NNsight(AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32))
        base = self.model.transformer if hasattr(self.model._module, "transformer") else self.model.model
        self.blocks = base.h if hasattr(self.model._module, "transformer") else base.layers
        inner = self.model._module.base_model
        self.norm = inner.ln_f if hasattr(inner, "ln_f") else inner.norm
        self.layers = len(self.blocks)

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        with self.model.trace(tokens):
            logits = self.model.lm_head.output.save()
        return logits[0, -1]

    def residuals(self, tokens: torch.Tensor, site: str) -> list[torch.Tensor]:
        kept = []
        with self.model.trace(tokens):
            for block in self.blocks:
                kept.append((block.input if site == "hook_resid_pre" else block.output).save())
        return [value[0] if isinstance(value, tuple) else value for value in kept]

    def lens(self, tokens: torch.Tensor) -> None:
        for resid in self.residuals(tokens, "hook_resid_post"):
            self.model._module.lm_head(self.norm(resid)).softmax(-1).topk(TOP)

    def patch(self, tokens: torch.Tensor, layer: int, position: int, resid: torch.Tensor) -> torch.Tensor:
        with self.model.trace(tokens):
            self.blocks[layer].input[:, position] = resid[:, position]
            logits = self.model.lm_head.output.save()
        return logits[0, -1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tool", choices=["transformer_lens", "nnsight"])
    parser.add_argument("folder")
    parser.add_argument("--tokens", type=int, default=24)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)

    with torch.inference_mode():
        start = time.perf_counter()
        peer = (Lens if options.tool == "transformer_lens" else NNsight)(options.folder)
        load = time.perf_counter() - start
        vocabulary = peer.model.cfg.d_vocab if options.tool == "transformer_lens" else peer.model._module.config.vocab_size
        clean = torch.tensor([[(i * 7919 + 13) % vocabulary for i in range(options.tokens)]])
        half = options.tokens // 2
        corrupted = clean.clone()
        corrupted[0, half] = (clean[0, half] + 1) % vocabulary
        expected = peer.forward(clean)
        first = time.perf_counter() - start

        def timed(run) -> float:
            begun = time.perf_counter()
            run()
            return time.perf_counter() - begun

        forward = min(timed(lambda: peer.forward(clean)) for _ in range(3))
        lens = timed(lambda: peer.lens(clean))
        residuals = peer.residuals(clean, "hook_resid_pre")
        # Patching the one differing token before the first layer gives the clean run back.
        restored = peer.patch(corrupted, 0, half, residuals[0])
        if not torch.allclose(restored, expected, rtol=1e-3, atol=1e-3):
            raise SystemExit(f"the patch is wrong: off by {(restored - expected).abs().max().item()}")
        begun = time.perf_counter()
        for i in range(TIMED_PATCHES):
            layer = (i * 7) % peer.layers
            peer.patch(corrupted, layer, half + i % (options.tokens - half), residuals[layer])
        patch = (time.perf_counter() - begun) / TIMED_PATCHES

    figures = {
        "loadSeconds": load,
        "firstSeconds": first,
        "forwardSeconds": forward,
        "lensSeconds": lens,
        "sweepSeconds": patch * peer.layers * (options.tokens - half),
        "timedPatches": TIMED_PATCHES,
        "versions": {name: version(name) for name in ("torch", "transformers", options.tool)},
        "logits": expected[:5].tolist(),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
