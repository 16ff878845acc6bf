"""Writes the reference fixtures of Llama's options and of Mistral, Qwen2, Qwen3 and Phi-3: test/fixtures/golden/families/<case>/.

    /tmp/golden/bin/python test/golden/llama_families.py

See family.py for what they hold. Llama itself is in llama.py.
"""

import math
from functools import partial

import torch
from transformer_lens.pretrained.weight_conversions import (
    convert_llama_weights,
    convert_mistral_weights,
    convert_phi3_weights,
    convert_qwen2_weights,
    convert_qwen3_weights,
)
from transformers import LlamaConfig, MistralConfig, Phi3Config, PreTrainedModel, Qwen2Config, Qwen3Config

from family import VOCABULARY, Case, write
from llama_like import as_lens, taps

SHAPE = dict(
    vocab_size=VOCABULARY,
    hidden_size=16,
    intermediate_size=24,
    num_hidden_layers=2,
    num_attention_heads=4,
    num_key_value_heads=2,
    max_position_embeddings=64,
    pad_token_id=None,
    bos_token_id=1,
    eos_token_id=2,
)
ROPE = {"rope_type": "default", "rope_theta": 10_000.0}
# Whole heads of 8, so that a scaling has four frequencies to tell apart; and a small base, so that it shows on short prompts.
SCALED = SHAPE | dict(num_attention_heads=2, num_key_value_heads=1, tie_word_embeddings=True)
THETA = 100.0


def windows(kinds: list[str], size: int) -> dict:
    return {"use_local_attn": True, "window_size": size, "attn_types": kinds}


def old(config: dict) -> None:
    """As transformers 4 wrote it, which is most of what the Hub holds."""
    rope = config.pop("rope_parameters")
    config["rope_theta"] = rope.pop("rope_theta")
    if "partial_rotary_factor" in rope:
        config["partial_rotary_factor"] = rope.pop("partial_rotary_factor")
    rope["type"] = rope.pop("rope_type")
    config["rope_scaling"] = None if rope == {"type": "default"} else rope
    config["torch_dtype"] = config.pop("dtype")
    config.pop("head_dim", None)
    config.pop("layer_types", None)


def as_smollm2(config: dict) -> None:
    """With what SmolLM2's files have besides."""
    old(config)
    config |= {"is_llama_config": True, "rope_interleaved": False, "pretraining_tp": 1}


def as_phi3(config: dict) -> None:
    """With what the files of Phi-3 and Phi-4 have besides."""
    old(config)
    if config["rope_scaling"]:
        del config["rope_scaling"]["original_max_position_embeddings"]  # it stands outside
    config |= {"auto_map": {"AutoConfig": "configuration_phi3.Phi3Config"}, "attention_bias": False, "lm_head_bias": False}
    config |= {"full_attn_mod": 1, "interpolate_factor": 1}


def base_model(weights: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The checkpoint of a LlamaModel, without the prefix, and with a buffer that older versions saved."""
    bare = {name.removeprefix("model."): value for name, value in weights.items()}
    return bare | {f"layers.{l}.self_attn.rotary_emb.inv_freq": torch.ones(4) for l in range(2)}


def llama_lens(model: PreTrainedModel, **options):
    return as_lens(convert_llama_weights, model, **options)


def phi3_weights(model: PreTrainedModel, config) -> dict[str, torch.Tensor]:
    """TransformerLens's conversion, without the LayerNorms' biases that it makes up and with the MLP's that it leaves out."""
    weights = {name: value for name, value in convert_phi3_weights(model, config).items() if not name.endswith((".ln1.b", ".ln2.b"))}
    for l in range(config.n_layers):
        weights |= {f"blocks.{l}.mlp.b_in": torch.zeros(config.d_mlp), f"blocks.{l}.mlp.b_out": torch.zeros(config.d_model)}
    return weights


def scaled(rope: dict, **options) -> LlamaConfig:
    return LlamaConfig(**SCALED | options, rope_parameters={"rope_theta": THETA} | rope)


YARN = {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 16, "beta_fast": 4.0, "beta_slow": 0.5}
LLAMA3 = {
    "rope_type": "llama3",
    "factor": 8.0,
    "low_freq_factor": 1.0,
    "high_freq_factor": 4.0,
    "original_max_position_embeddings": 32,
}
LONG = {"long_factor": [4.0, 5.0, 6.0], "short_factor": [1.0, 1.25, 1.5]}

LLAMA = [
    Case("llama-bias", LlamaConfig(**SHAPE, head_dim=8, attention_bias=True, mlp_bias=True, rope_parameters=ROPE), 30, taps),
    Case(
        "llama-gelu-base",
        LlamaConfig(**SHAPE | dict(tie_word_embeddings=True), hidden_act="gelu", rope_parameters=ROPE),
        31,
        taps,
        llama_lens,
        full=(),
        rewrite_config=as_smollm2,
        rewrite_weights=base_model,
        extra={f"model.layers.{l}.self_attn.rotary_emb.inv_freq" for l in range(2)}
        | {f"layers.{l}.self_attn.rotary_emb.inv_freq" for l in range(2)},
    ),
    Case(
        "llama-linear",
        scaled({"rope_type": "linear", "factor": 4.0}),
        32,
        taps,
        partial(llama_lens, rotary_scaling_factor=4.0),
        full=(),
        rewrite_config=old,
    ),
    # Up to its context a dynamic scaling is none.
    Case("llama-dynamic", scaled({"rope_type": "dynamic", "factor": 2.0}, max_position_embeddings=12), 33, taps, llama_lens, full=()),
    Case(
        "llama-yarn",
        scaled(YARN),
        34,
        taps,
        partial(
            llama_lens,
            use_yarn_rope=True,
            yarn_factor=4.0,
            yarn_attention_factor=0.1 * math.log(4.0) + 1,
            yarn_beta_fast=4.0,
            yarn_beta_slow=0.5,
            yarn_original_max_position_embeddings=16,
        ),
        lengths=(7, 40),
        full=(),
    ),
    Case(
        "llama-llama3",
        scaled(LLAMA3),
        35,
        taps,
        partial(llama_lens, use_NTK_by_parts_rope=True, NTK_by_parts_factor=8.0, NTK_original_ctx_len=32),
        lengths=(7, 40),
        full=(),
    ),
]

MISTRAL = [
    Case(
        "mistral",
        MistralConfig(**SHAPE, sliding_window=4, rope_parameters=ROPE),
        40,
        taps,
        partial(as_lens, convert_mistral_weights, **windows(["local", "local"], 4)),
    ),
    Case(
        "mistral-no-window",
        MistralConfig(**SHAPE, head_dim=6, sliding_window=None, rms_norm_eps=1e-5, rope_parameters={"rope_theta": 1e6}),
        41,
        taps,
        partial(as_lens, convert_mistral_weights),
        full=(),
    ),
]

QWEN2 = [
    Case("qwen2", Qwen2Config(**SHAPE, rope_parameters=ROPE | {"rope_theta": 1e6}), 20, taps, partial(as_lens, convert_qwen2_weights)),
    Case(
        "qwen2-window",
        Qwen2Config(
            **SHAPE | dict(tie_word_embeddings=True),
            use_sliding_window=True,
            sliding_window=4,
            max_window_layers=1,
            rope_parameters=ROPE,
        ),
        21,
        taps,
        partial(as_lens, convert_qwen2_weights, **windows(["global", "local"], 4)),
        full=(),
        rewrite_config=old,
    ),
]

QWEN3 = [
    Case(
        "qwen3",
        Qwen3Config(**SHAPE, head_dim=8, rope_parameters=ROPE | {"rope_theta": 1e6}),
        50,
        taps,
        partial(as_lens, convert_qwen3_weights, use_qk_norm=True),
    ),
    Case(
        "qwen3-bias-window",
        Qwen3Config(
            **SHAPE | dict(tie_word_embeddings=True),
            head_dim=4,
            attention_bias=True,
            use_sliding_window=True,
            sliding_window=4,
            layer_types=["sliding_attention", "full_attention"],
            rope_parameters=ROPE,
        ),
        51,
        taps,
        full=(),
    ),
]

PHI3 = [
    Case(
        "phi3",
        Phi3Config(**SHAPE, rope_parameters=ROPE),
        60,
        taps,
        partial(as_lens, phi3_weights),
        rewrite_config=as_phi3,
    ),
    Case(
        "phi3-longrope",
        Phi3Config(
            **SCALED,
            original_max_position_embeddings=16,
            sliding_window=6,
            rope_parameters={"rope_type": "longrope", "rope_theta": THETA, "partial_rotary_factor": 0.75} | LONG,
        ),
        61,
        taps,
        lengths=(7, 16),
        full=(),
        rewrite_config=as_phi3,
    ),
]

if __name__ == "__main__":
    write(LLAMA + MISTRAL + QWEN2 + QWEN3 + PHI3)
