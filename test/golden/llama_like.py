"""What Llama, Mistral, Qwen2, Qwen3 and Phi-3 have in common: where their sites are, and TransformerLens's config of them."""

from collections.abc import Callable

from transformer_lens import HookedTransformer, HookedTransformerConfig
from transformers import PreTrainedModel

from family import Tap, heads, lens_of, normalized


def taps(model: PreTrainedModel) -> list[Tap]:
    size = head_size(model.config)
    found = [Tap("hook_embed", model.model.embed_tokens)]
    for l, layer in enumerate(model.model.layers):
        block, attention, mlp = f"blocks.{l}", layer.self_attn, layer.mlp
        found += [
            Tap(f"{block}.hook_resid_pre", layer, "in"),
            *projections(model.config, block, attention, size),
            Tap(f"{block}.attn.hook_pattern", attention, part=1),
            Tap(f"{block}.attn.hook_z", attention.o_proj, "in", heads(size)),
            Tap(f"{block}.hook_attn_out", attention.o_proj),
            Tap(f"{block}.hook_resid_mid", layer.post_attention_layernorm, "in"),
            *gate(model.config, block, mlp),
            Tap(f"{block}.mlp.hook_post", mlp.down_proj, "in"),
            Tap(f"{block}.hook_mlp_out", mlp),
            Tap(f"{block}.hook_resid_post", layer),
        ]
    return [*found, normalized(model.model.norm, model.config.rms_norm_eps, centred=False)]


def head_size(config) -> int:
    return getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads


def projections(config, block: str, attention, size: int) -> list[Tap]:
    """q, k and v, fused in Phi-3. Norms of queries and keys, where there are any, come after these sites, as in TransformerLens."""
    if not hasattr(attention, "qkv_proj"):
        return [Tap(f"{block}.attn.hook_{x}", getattr(attention, f"{x}_proj"), view=heads(size)) for x in "qkv"]
    queries, values = config.num_attention_heads * size, (config.num_attention_heads + config.num_key_value_heads) * size
    ranges = {"q": (0, queries), "k": (queries, values), "v": (values, None)}
    return [Tap(f"{block}.attn.hook_{x}", attention.qkv_proj, view=heads(size, *ends)) for x, ends in ranges.items()]


def gate(config, block: str, mlp) -> list[Tap]:
    if not hasattr(mlp, "gate_up_proj"):
        return [Tap(f"{block}.mlp.hook_pre", mlp.gate_proj), Tap(f"{block}.mlp.hook_pre_linear", mlp.up_proj)]
    width = config.intermediate_size
    return [
        Tap(f"{block}.mlp.hook_pre", mlp.gate_up_proj, view=lambda x: x[..., :width]),
        Tap(f"{block}.mlp.hook_pre_linear", mlp.gate_up_proj, view=lambda x: x[..., width:]),
    ]


def as_lens(convert: Callable, model: PreTrainedModel, **options) -> HookedTransformer:
    """With TransformerLens's own conversion of the family's weights."""
    config, size = model.config, head_size(model.config)
    grouped = config.num_key_value_heads != config.num_attention_heads
    lens_config = HookedTransformerConfig(
        **{
            "d_model": config.hidden_size,
            "d_head": size,
            "n_heads": config.num_attention_heads,
            "n_key_value_heads": config.num_key_value_heads if grouped else None,
            "d_mlp": config.intermediate_size,
            "n_layers": config.num_hidden_layers,
            "n_ctx": config.max_position_embeddings,
            "eps": config.rms_norm_eps,
            "d_vocab": config.vocab_size,
            "act_fn": getattr(config, "hidden_act", None),
            "normalization_type": "RMS",
            "positional_embedding_type": "rotary",
            "rotary_dim": size,
            "rotary_base": config.rope_parameters.get("rope_theta"),
            "rotary_adjacent_pairs": False,
            "final_rms": True,
            "gated_mlp": True,
            "device": "cpu",
            **options,
        }
    )
    return lens_of(lens_config, convert(model, lens_config))
