"""Writes the reference fixtures of Gemma 1, 2 and 3 (text): test/fixtures/golden/families/gemma*/. See family.py.

    /tmp/golden/bin/python test/golden/gemma.py

The width is no square, so that the embeddings' factor, sqrt(width), is not exact in 16 bits.
"""

from dataclasses import replace
from types import SimpleNamespace

import torch
from transformer_lens import HookedTransformer
from transformer_lens.pretrained.weight_conversions import convert_gemma_weights
from transformers import Gemma2Config, Gemma3Config, Gemma3TextConfig, GemmaConfig, PreTrainedModel, SiglipVisionConfig

import llama_like
from family import VOCABULARY, Case, Tap, write

SHAPE = dict(
    vocab_size=VOCABULARY,
    hidden_size=20,
    intermediate_size=24,
    num_hidden_layers=2,
    num_attention_heads=4,
    num_key_value_heads=2,
    head_dim=8,
    max_position_embeddings=64,
)


def theta(base: float, **scaling) -> dict:
    return {"rope_type": "default", "rope_theta": base} | scaling


def taps(model: PreTrainedModel) -> list[Tap]:
    """Llama's, but what Gemma 2 and 3 write is taken behind its norm: hook_attn_out and hook_mlp_out are what is added."""
    if model.config.model_type == "gemma3":  # its text part
        model = SimpleNamespace(model=model.model.language_model, config=model.config.text_config)
    layers = model.model.layers
    if not hasattr(layers[0], "pre_feedforward_layernorm"):
        return llama_like.taps(model)
    behind = {}
    for l, layer in enumerate(layers):
        block = f"blocks.{l}"
        behind[f"{block}.hook_attn_out"] = Tap(f"{block}.hook_attn_out", layer.post_attention_layernorm)
        behind[f"{block}.hook_resid_mid"] = Tap(f"{block}.hook_resid_mid", layer.pre_feedforward_layernorm, "in")
        behind[f"{block}.hook_mlp_out"] = Tap(f"{block}.hook_mlp_out", layer.post_feedforward_layernorm)
    return [behind.get(tap.site, tap) for tap in llama_like.taps(model)]


def lens(model: PreTrainedModel) -> HookedTransformer:
    config = model.config
    ropes = config.rope_parameters
    options = {}
    if config.model_type != "gemma":
        options |= dict(
            use_normalization_before_and_after=True,
            attn_scale=config.query_pre_attn_scalar**0.5,
            use_local_attn=True,
            window_size=config.sliding_window,
            attn_types=["local" if kind == "sliding_attention" else "global" for kind in config.layer_types],
            attn_scores_soft_cap=config.attn_logit_softcapping or -1.0,
            output_logits_soft_cap=config.final_logit_softcapping or -1.0,
        )
    if config.model_type == "gemma3_text":
        options |= dict(
            use_qk_norm=True,
            rotary_base=ropes["full_attention"]["rope_theta"],
            rotary_base_local=ropes["sliding_attention"]["rope_theta"],
            rotary_scaling_factor=ropes["full_attention"].get("factor", 1.0),
        )
    else:
        options |= dict(rotary_base=ropes["rope_theta"])
    return llama_like.as_lens(convert_gemma_weights, model, act_fn="gelu_pytorch_tanh", **options)


def minus_one(weights: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Gemma stores the weights of norms so; family.py draws them around 1."""
    return {name: weight - 1 if "norm" in name else weight for name, weight in weights.items()}


def old_spelling(config: dict) -> None:
    """As transformers 4 wrote it, which is most of what the Hub holds."""
    ropes = config.pop("rope_parameters")
    if "full_attention" in ropes:
        full, local = ropes["full_attention"], ropes["sliding_attention"]
        config |= {"rope_theta": full.pop("rope_theta"), "rope_local_base_freq": local["rope_theta"]}
        config["rope_scaling"] = None if full["rope_type"] == "default" else full
    else:
        config["rope_theta"] = ropes["rope_theta"]
    config["torch_dtype"] = config.pop("dtype")
    config["cache_implementation"] = "hybrid"
    for key in ("layer_types", "use_bidirectional_attention"):
        config.pop(key, None)


def old_gemma(config: dict) -> None:
    old_spelling(config)
    # Gemma's first configs; both mean the approximation by tanh.
    config |= {"hidden_act": "gelu", "hidden_activation": "gelu_pytorch_tanh"}
    del config["tie_word_embeddings"]


def old_gemma2(config: dict) -> None:
    old_spelling(config)
    config |= {"hidden_act": "gelu_pytorch_tanh", "sliding_window_size": config["sliding_window"]}


def old_gemma3(config: dict) -> None:
    old_spelling(config)
    config["sliding_window_pattern"] = 3


CAPS = dict(attn_logit_softcapping=2.0, final_logit_softcapping=3.0)
LOCAL, GLOBAL = "sliding_attention", "full_attention"

CASES = [
    Case("gemma", GemmaConfig(**SHAPE, rope_parameters=theta(1e4)), 40, taps, lens),
    Case(
        "gemma-old",
        GemmaConfig(**SHAPE | dict(num_key_value_heads=1, rms_norm_eps=1e-5), rope_parameters=theta(500.0)),
        41,
        taps,
        lens,
        full=(),
        rewrite_config=old_gemma,
    ),
    Case(
        "gemma-bias",
        GemmaConfig(**SHAPE, attention_bias=True, tie_word_embeddings=False, hidden_act="silu", rope_parameters=theta(1e4)),
        42,
        taps,
        full=(),
    ),
    Case(
        "gemma2",  # windows in other layers than by default
        Gemma2Config(
            **SHAPE,
            **CAPS,
            query_pre_attn_scalar=12,
            sliding_window=3,
            layer_types=[GLOBAL, LOCAL],
            rope_parameters=theta(1e4),
        ),
        43,
        taps,
        lens,
    ),
    Case(
        "gemma2-old-bf16",
        Gemma2Config(**SHAPE | dict(num_hidden_layers=3), **CAPS, sliding_window=4, rope_parameters=theta(1e3)),
        44,
        taps,
        lens,
        full=(),
        stored=torch.bfloat16,
        rewrite_config=old_gemma2,
    ),
    Case(
        "gemma2-uncapped",
        Gemma2Config(
            **SHAPE,
            attn_logit_softcapping=None,
            final_logit_softcapping=None,
            attention_bias=True,
            tie_word_embeddings=False,
            hidden_activation="gelu",
            sliding_window=64,
            rope_parameters=theta(1e4),
        ),
        45,
        taps,
        full=(),
    ),
    Case(
        "gemma3",
        Gemma3TextConfig(
            **SHAPE,
            query_pre_attn_scalar=12,
            sliding_window=4,
            layer_types=[LOCAL, GLOBAL],
            rope_parameters={LOCAL: theta(100.0), GLOBAL: theta(1e4)},
        ),
        46,
        taps,
        lens,
    ),
    Case(
        "gemma3-old",
        Gemma3TextConfig(
            **SHAPE | dict(num_hidden_layers=4, num_key_value_heads=1),
            final_logit_softcapping=3.0,
            sliding_window=5,
            layer_types=[LOCAL, LOCAL, GLOBAL, LOCAL],
            rope_parameters={LOCAL: theta(100.0), GLOBAL: theta(1e4, rope_type="linear", factor=4.0)},
        ),
        47,
        taps,
        lens,
        full=(),
        rewrite_config=old_gemma3,
    ),
    Case(
        "gemma3-multimodal",
        Gemma3Config(
            text_config=Gemma3TextConfig(**SHAPE, sliding_window=4, layer_types=[LOCAL, GLOBAL]),
            vision_config=SiglipVisionConfig(
                hidden_size=4, intermediate_size=4, num_hidden_layers=1, num_attention_heads=1, image_size=28, patch_size=14
            ),
            mm_tokens_per_image=4,
            image_token_index=VOCABULARY - 1,
        ),
        48,
        taps,
        full=(),
    ),
]

if __name__ == "__main__":
    write(replace(case, rewrite_weights=minus_one) for case in CASES)
