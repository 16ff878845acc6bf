"""Writes test/fixtures/golden/rope.json: frequencies and magnitudes that transformers gets from configs, mostly as they are published.

    /tmp/golden/bin/python test/golden/rope.py
"""

import json
from pathlib import Path

from transformers import AutoConfig
from transformers.models.llama.modeling_llama import LlamaRotaryEmbedding
from transformers.models.phi3.modeling_phi3 import Phi3RotaryEmbedding
from transformers.models.qwen2.modeling_qwen2 import Qwen2RotaryEmbedding

FILE = Path(__file__).resolve().parent.parent / "fixtures" / "golden" / "rope.json"
CLASSES = {"llama": LlamaRotaryEmbedding, "phi3": Phi3RotaryEmbedding, "qwen2": Qwen2RotaryEmbedding}


def shape(head: int, context: int) -> dict:
    return dict(hidden_size=2 * head, num_attention_heads=2, num_key_value_heads=1, max_position_embeddings=context)


def llama3(head: int, factor: float) -> dict:
    scaling = dict(low_freq_factor=1.0, high_freq_factor=4.0, original_max_position_embeddings=8192, rope_type="llama3")
    return shape(head, 131072) | dict(rope_theta=500000.0, rope_scaling=dict(factor=factor, **scaling))


def yarn(**options) -> dict:
    scaling = dict(type="yarn", factor=16.0, original_max_position_embeddings=4096) | options
    return shape(64, 65536) | dict(rope_scaling=scaling)


def longrope(part: float, context: int = 131072, **options) -> dict:
    factors = dict(
        short_factor=[round(1 + i / 16, 4) for i in range(int(96 * part) // 2)],
        long_factor=[round(1 + i * i / 16, 4) for i in range(int(96 * part) // 2)],
    )
    return shape(96, context) | dict(
        original_max_position_embeddings=4096,
        partial_rotary_factor=part,
        rope_theta=10000.0,
        rope_scaling=dict(type="longrope", **factors, **options),
    )


CONFIGS = {
    "Llama 2": ("llama", shape(64, 4096)),
    "Code Llama": ("llama", shape(64, 16384) | dict(rope_theta=1000000, rope_scaling=None)),
    "DeepSeek-Coder 1.3B": ("llama", shape(64, 16384) | dict(rope_theta=100000, rope_scaling=dict(factor=4.0, type="linear"))),
    "InternLM 2": ("llama", shape(64, 32768) | dict(rope_theta=1000000, rope_scaling=dict(type="dynamic", factor=2.0))),
    "Llama 3.1 8B": ("llama", llama3(128, 8.0)),
    "Llama 3.2 1B": ("llama", llama3(64, 32.0)),
    "the same in transformers 5": (
        "llama",
        shape(64, 131072)
        | dict(
            rope_parameters=dict(
                rope_theta=500000.0,
                factor=32.0,
                low_freq_factor=1.0,
                high_freq_factor=4.0,
                original_max_position_embeddings=8192,
                rope_type="llama3",
            )
        ),
    ),
    "YaRN-Llama 2 64k": ("llama", yarn(finetuned=True)),
    "Qwen2.5 with YaRN": (
        "qwen2",
        shape(128, 32768)
        | dict(rope_theta=1000000.0, rope_scaling=dict(factor=4.0, original_max_position_embeddings=32768, type="yarn")),
    ),
    "YaRN, not truncated": ("llama", yarn(truncate=False, beta_fast=32.0, beta_slow=1.0)),
    "YaRN, mscale": ("llama", yarn(mscale=0.707, mscale_all_dim=1.2)),
    "YaRN, one mscale alone": ("llama", yarn(mscale=0.707)),
    "YaRN, attention factor": ("llama", yarn(attention_factor=1.5, beta_fast=16.0, beta_slow=2.0)),
    "YaRN, factor from the contexts": ("llama", yarn(factor=None)),
    "YaRN, original context outside": ("llama", yarn(original_max_position_embeddings=1024) | dict(original_max_position_embeddings=8192)),
    "YaRN, a small base, where all is interpolated": ("llama", yarn(original_max_position_embeddings=16) | dict(rope_theta=20.0)),
    "Phi-3.5-mini": ("phi3", longrope(1.0)),
    "Phi-4-mini": ("phi3", longrope(0.75)),
    "Phi-3 4k": ("phi3", shape(96, 4096) | dict(rope_scaling=None)),
    "LongRoPE, factor": ("phi3", longrope(1.0, factor=8.0)),
    "LongRoPE, attention factor": ("phi3", longrope(1.0, attention_factor=1.25)),
    "LongRoPE, no longer than before": ("phi3", longrope(1.0, context=4096)),
}


def main() -> None:
    rows = []
    for name, (family, given) in CONFIGS.items():
        config = AutoConfig.for_model(family, **json.loads(json.dumps(given)))
        rotary = CLASSES[family](config)
        frequencies = [float(f"{value:.8g}") for value in rotary.inv_freq.tolist()]
        rows.append(dict(name=name, config=dict(model_type=family, **given), frequencies=frequencies, magnitude=rotary.attention_scaling))
    FILE.write_text("[\n" + ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows) + "\n]\n")
    print(f"{FILE.name}: {len(rows)} configs, {FILE.stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()
