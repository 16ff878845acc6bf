"""The residual-stream patching sweep in TransformerLens: what this project's sweep is measured against.

    python3.11 -m venv /tmp/peers && /tmp/peers/bin/pip install -r bench/peers/requirements.txt
    /tmp/peers/bin/python bench/peers/transformer_lens_sweep.py [--llama] [--heads] [--tokens 24]

A model with random weights of GPT-2-small's size (or with --llama a Llama of the same depth and width), one pair of
prompts, `get_act_patch_resid_pre` over all layers and positions with the logit difference at the last position. With --heads
`get_act_patch_attn_head_out_by_pos`: every head as well. Its patches all cost a forward pass, so some are timed, spread
evenly over all, and `seconds` is their number times that.
Prints one JSON line; `seconds` is the sweep alone: the clean run that fills the cache is `clean_seconds`.
"""

import argparse
import json
import platform
import sys
import time
from importlib.metadata import version

import pandas
import torch
import transformer_lens.patching as patching
import transformers
from transformer_lens import HookedTransformer, HookedTransformerConfig

COMMON = dict(n_layers=12, d_model=768, n_heads=12, d_head=64, n_ctx=64, device="cpu", dtype=torch.float32)
GPT2 = dict(d_mlp=3072, act_fn="gelu", d_vocab=50257, normalization_type="LN")
TIMED_HEADS = 48
LLAMA = dict(
    d_mlp=2048,
    act_fn="silu",
    gated_mlp=True,
    d_vocab=32000,
    normalization_type="RMS",
    final_rms=True,
    positional_embedding_type="rotary",
    rotary_dim=64,
    rotary_adjacent_pairs=False,
)


def main() -> None:
    parser = argparse.ArgumentParser(description="Time the residual patching sweep in TransformerLens.")
    parser.add_argument("--llama", action="store_true", help="RMS norm, rotary positions and a gated SiLU MLP")
    parser.add_argument("--heads", action="store_true", help="single heads at each position instead of the residual stream")
    parser.add_argument("--tokens", type=int, default=24)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeat", type=int, default=1, help="run the sweep so often and report the fastest")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)

    config = HookedTransformerConfig(**COMMON, **(LLAMA if options.llama else GPT2), seed=0)
    model = HookedTransformer(config)  # random weights, and no weight processing, as it never comes from a checkpoint
    model.eval()

    generator = torch.Generator().manual_seed(1)
    clean = torch.randint(config.d_vocab, (1, options.tokens), generator=generator)
    corrupted = clean.clone()
    corrupted[0, options.tokens // 2] = (clean[0, options.tokens // 2] + 1) % config.d_vocab
    answer, other = torch.randperm(config.d_vocab, generator=generator)[:2].tolist()

    def metric(logits: torch.Tensor) -> torch.Tensor:
        return logits[0, -1, answer] - logits[0, -1, other]

    with torch.inference_mode():
        # Warm-up on a few tokens: the same code, a fraction of the work.
        _, cache = model.run_with_cache(clean[:, :2])
        patching.get_act_patch_resid_pre(model, corrupted[:, :2], cache, metric)

        start = time.perf_counter()
        clean_logits, cache = model.run_with_cache(clean)
        clean_seconds = time.perf_counter() - start

        heads = config.n_heads if options.heads else 1
        shape = (config.n_layers, options.tokens, heads)
        if options.heads:
            # What get_act_patch_attn_head_out_by_pos is, but for the list of what it patches.
            every = torch.cartesian_prod(*(torch.arange(size) for size in shape))
            some = every[torch.linspace(0, len(every) - 1, TIMED_HEADS).long()].tolist()
            where = pandas.DataFrame(some, columns=["layer", "pos", "head"])
            sweep = lambda: patching.generic_activation_patch(
                model, corrupted, cache, metric, patching.layer_pos_head_vector_patch_setter, "z", index_df=where
            )
        else:
            sweep = lambda: patching.get_act_patch_resid_pre(model, corrupted, cache, metric)
        seconds = []
        for _ in range(options.repeat):
            start = time.perf_counter()
            effect = sweep()
            seconds.append((time.perf_counter() - start) * (len(every) / len(some) if options.heads else 1))
        corrupted_value = metric(model(corrupted)).item()

        # Patching layer 0 at the one position where the prompts differ gives the clean run back.
        one = pandas.DataFrame([[0, options.tokens // 2]], columns=["layer", "pos"])
        setter = patching.layer_pos_patch_setter
        restored = patching.generic_activation_patch(model, corrupted, cache, metric, setter, "resid_pre", index_df=one).item()
    if not torch.isclose(torch.tensor(restored), metric(clean_logits), rtol=1e-3, atol=1e-3):
        sys.exit(f"the sweep is wrong: {restored} instead of {metric(clean_logits).item()}")

    print(
        json.dumps(
            {
                "shape": "llama" if options.llama else "gpt2-small",
                "seconds": round(min(seconds), 3),
                "clean_seconds": round(clean_seconds, 3),
                "layers": shape[0],
                "positions": shape[1],
                "patches": shape[0] * shape[1] * shape[2],
                "threads": torch.get_num_threads(),
                "clean": metric(clean_logits).item(),
                "corrupted": corrupted_value,
                "versions": {
                    "python": platform.python_version(),
                    "torch": torch.__version__,
                    "transformer_lens": version("transformer_lens"),
                    "transformers": transformers.__version__,
                },
            }
        )
    )


if __name__ == "__main__":
    main()
