"""Writes the reference fixtures of the families with LayerNorm: GPT-2, GPT-BigCode, StarCoder2, GPT-NeoX, CodeGen and GPT-J.

    /tmp/golden/bin/python test/golden/layer_norm.py

See family.py for what is in them. TransformerLens's own conversions make the HookedTransformers of GPT-2, GPT-NeoX and GPT-J; it has
none of the others as they are published, so `arranged` puts their weights in place.
"""

import copy
from collections.abc import Callable

import torch
from transformer_lens import HookedTransformer, HookedTransformerConfig
from transformer_lens.pretrained.weight_conversions import convert_gpt2_weights, convert_gptj_weights, convert_neox_weights
from transformers import (
    CodeGenConfig,
    GPT2Config,
    GPTBigCodeConfig,
    GPTJConfig,
    GPTNeoXConfig,
    PreTrainedModel,
    Starcoder2Config,
)

from family import VOCABULARY, Case, Tap, View, heads, lens_of, normalized, write

CONTEXT = 24


def interleaved(size: int, part: int) -> View:
    """Of [T, heads * 3 * size] the query (0), key (1) or value (2) of each head."""
    return lambda x: x.reshape(len(x), -1, 3, size)[:, :, part]


def of_processors(size: int, part: int) -> View:
    """CodeGen: of [T, 4 * 3 * local] the queries (0), values (1) or keys (2) of four groups of heads."""
    return lambda x: x.reshape(len(x), 4, 3, -1)[:, :, part].reshape(len(x), -1, size)


def head_size(config) -> int:
    return config.hidden_size // config.num_attention_heads


def projections(model: PreTrainedModel, block: str, attention) -> list[Tap]:
    config, size = model.config, head_size(model.config)
    width = config.hidden_size
    match config.model_type:
        case "gpt2":
            fused, views = attention.c_attn, [heads(size, i * width, (i + 1) * width) for i in range(3)]
        case "gpt_bigcode" if config.multi_query:
            ends = [0, width, width + size, width + 2 * size]
            fused, views = attention.c_attn, [heads(size, ends[i], ends[i + 1]) for i in range(3)]
        case "gpt_bigcode":
            fused, views = attention.c_attn, [interleaved(size, i) for i in range(3)]
        case "gpt_neox":
            fused, views = attention.query_key_value, [interleaved(size, i) for i in range(3)]
        case "codegen":
            fused, views = attention.qkv_proj, [of_processors(size, i) for i in (0, 2, 1)]
        case _:
            return [Tap(f"{block}.attn.hook_{x}", getattr(attention, f"{x}_proj"), view=heads(size)) for x in "qkv"]
    return [Tap(f"{block}.attn.hook_{x}", fused, view=view) for x, view in zip("qkv", views)]


# By model type: the base model's name; its embedding, blocks and final norm; a block's attention, the norm before its MLP where there is
# one after attention, and the linear maps that attention and MLP end with and the MLP begins with.
PARTS = {
    "gpt2": ("transformer", "wte", "h", "ln_f", "attn", "ln_2", "c_proj", "c_fc", "c_proj"),
    "gpt_bigcode": ("transformer", "wte", "h", "ln_f", "attn", "ln_2", "c_proj", "c_fc", "c_proj"),
    "starcoder2": ("model", "embed_tokens", "layers", "norm", "self_attn", "post_attention_layernorm", "o_proj", "c_fc", "c_proj"),
    "gpt_neox": (
        "gpt_neox", "embed_in", "layers", "final_layer_norm", "attention", "post_attention_layernorm", "dense", "dense_h_to_4h", "dense_4h_to_h",
    ),
    "codegen": ("transformer", "wte", "h", "ln_f", "attn", None, "out_proj", "fc_in", "fc_out"),
    "gptj": ("transformer", "wte", "h", "ln_f", "attn", None, "out_proj", "fc_in", "fc_out"),
}


def taps(model: PreTrainedModel) -> list[Tap]:
    base, embed, blocks, final, attention_name, mlp_norm, out, up, down = PARTS[model.config.model_type]
    base = getattr(model, base)
    found = [Tap("hook_embed", getattr(base, embed))]
    for l, layer in enumerate(getattr(base, blocks)):
        block, attention, mlp = f"blocks.{l}", getattr(layer, attention_name), layer.mlp
        parallel = mlp_norm is None or getattr(model.config, "use_parallel_residual", False)
        found += [
            Tap(f"{block}.hook_resid_pre", layer, "in"),
            *projections(model, block, attention),
            Tap(f"{block}.attn.hook_pattern", attention, part=1),
            Tap(f"{block}.attn.hook_z", getattr(attention, out), "in", heads(head_size(model.config))),
            Tap(f"{block}.hook_attn_out", getattr(attention, out)),
            *([] if parallel else [Tap(f"{block}.hook_resid_mid", getattr(layer, mlp_norm), "in")]),
            Tap(f"{block}.mlp.hook_pre", getattr(mlp, up)),
            Tap(f"{block}.mlp.hook_post", getattr(mlp, down), "in"),
            Tap(f"{block}.hook_mlp_out", mlp),
            Tap(f"{block}.hook_resid_post", layer, part=0 if mlp_norm is None else None),
        ]
    norm = getattr(base, final)
    return [*found, normalized(norm, norm.eps, centred=True)]


def lens_config(model: PreTrainedModel, **options) -> HookedTransformerConfig:
    config = model.config
    base, _, blocks, final, *_, up, _ = PARTS[config.model_type]
    first = getattr(getattr(model, base), blocks)[0]
    bias = getattr(first.mlp, up).bias
    return HookedTransformerConfig(
        **{
            "d_model": config.hidden_size,
            "d_head": head_size(config),
            "n_heads": config.num_attention_heads,
            "d_mlp": len(bias) if bias is not None else config.intermediate_size,
            "n_layers": config.num_hidden_layers,
            "n_ctx": config.max_position_embeddings,
            "eps": getattr(getattr(model, base), final).eps,
            "d_vocab": config.vocab_size,
            "act_fn": getattr(config, "activation_function", None) or config.hidden_act,
            "normalization_type": "LN",
            "device": "cpu",
            **options,
        }
    )


def gpt2_lens(model: PreTrainedModel) -> HookedTransformer:
    config = lens_config(
        model,
        use_attn_scale=model.config.scale_attn_weights,
        scale_attn_by_inverse_layer_idx=model.config.scale_attn_by_inverse_layer_idx,
    )
    return lens_of(config, {"unembed.b_U": torch.zeros(model.config.vocab_size), **convert_gpt2_weights(model, config)})


def neox_lens(model: PreTrainedModel) -> HookedTransformer:
    rope = model.config.rope_parameters
    config = lens_config(
        model,
        positional_embedding_type="rotary",
        rotary_dim=int(rope["partial_rotary_factor"] * head_size(model.config)),
        rotary_base=rope["rope_theta"],
        rotary_adjacent_pairs=False,
        parallel_attn_mlp=model.config.use_parallel_residual,
    )
    whole = copy.deepcopy(model)
    for layer in whole.gpt_neox.layers:  # the conversion expects biases
        for linear in (layer.attention.query_key_value, layer.attention.dense):
            if linear.bias is None:
                linear.bias = torch.nn.Parameter(torch.zeros(linear.out_features))
    return lens_of(config, convert_neox_weights(whole, config))


def gptj_options(model: PreTrainedModel) -> dict:
    return dict(positional_embedding_type="rotary", rotary_dim=model.config.rotary_dim, rotary_adjacent_pairs=True, parallel_attn_mlp=True)


def gptj_lens(model: PreTrainedModel) -> HookedTransformer:
    config = lens_config(model, **gptj_options(model))
    return lens_of(config, convert_gptj_weights(model, config))


def arranged(config: HookedTransformerConfig, model: PreTrainedModel, of_layer: Callable) -> HookedTransformer:
    """A HookedTransformer from rows of the projections: `of_layer` gives ln1, ln2, q, k, v, o, up, down as (weight [out, in], bias)."""
    base, embed, blocks, final, *_ = PARTS[model.config.model_type]
    base = getattr(model, base)
    norm, head = getattr(base, final), model.lm_head
    state = {
        "embed.W_E": getattr(base, embed).weight,
        "ln_final.w": norm.weight,
        "ln_final.b": norm.bias,
        "unembed.W_U": head.weight.T,
        "unembed.b_U": head.bias if head.bias is not None else torch.zeros(config.d_vocab),
    }
    if config.positional_embedding_type == "standard":
        state["pos_embed.W_pos"] = base.wpe.weight
    for l, layer in enumerate(getattr(base, blocks)):
        part = of_layer(layer)
        for name in ("ln1", "ln2"):
            state[f"blocks.{l}.{name}.w"], state[f"blocks.{l}.{name}.b"] = part[name]
        for name in ("q", "k", "v"):
            weight, bias = part[name]
            own = "_" if name != "q" and config.n_key_value_heads else ""
            state[f"blocks.{l}.attn.{own}W_{name.upper()}"] = weight.reshape(-1, config.d_head, config.d_model).transpose(1, 2)
            bias = bias if bias is not None else torch.zeros(len(weight))
            state[f"blocks.{l}.attn.{own}b_{name.upper()}"] = bias.reshape(-1, config.d_head)
        for name, w, b in (("o", "attn.W_O", "attn.b_O"), ("up", "mlp.W_in", "mlp.b_in"), ("down", "mlp.W_out", "mlp.b_out")):
            weight, bias = part[name]
            shaped = weight.T.reshape(config.n_heads, config.d_head, -1) if name == "o" else weight.T
            state[f"blocks.{l}.{w}"] = shaped
            state[f"blocks.{l}.{b}"] = bias if bias is not None else torch.zeros(len(weight))
    return lens_of(config, state)


def both(module) -> tuple:
    return module.weight, module.bias


def bigcode_lens(model: PreTrainedModel) -> HookedTransformer:
    config, size = model.config, head_size(model.config)

    def of_layer(layer) -> dict:
        fused = both(layer.attn.c_attn)
        if config.multi_query:
            q, k, v = zip(*[x.split((config.n_embd, size, size)) for x in fused])
        else:
            q, k, v = zip(*[x.unflatten(0, (-1, 3, size)).transpose(0, 1).flatten(1, 2) for x in fused])
        parts = {"ln1": layer.ln_1, "ln2": layer.ln_2, "o": layer.attn.c_proj, "up": layer.mlp.c_fc, "down": layer.mlp.c_proj}
        return {"q": q, "k": k, "v": v} | {name: both(module) for name, module in parts.items()}

    options = dict(n_key_value_heads=1) if config.multi_query else {}
    return arranged(lens_config(model, use_attn_scale=config.scale_attn_weights, **options), model, of_layer)


def starcoder2_lens(model: PreTrainedModel) -> HookedTransformer:
    config = model.config
    options = dict(
        n_key_value_heads=config.num_key_value_heads,
        positional_embedding_type="rotary",
        rotary_dim=head_size(config),
        rotary_base=config.rope_parameters["rope_theta"],
        rotary_adjacent_pairs=False,
    )
    if config.sliding_window is not None:
        options |= dict(use_local_attn=True, window_size=config.sliding_window, attn_types=["local"] * config.num_hidden_layers)

    def of_layer(layer) -> dict:
        attention, mlp = layer.self_attn, layer.mlp
        parts = {"q": attention.q_proj, "k": attention.k_proj, "v": attention.v_proj, "o": attention.o_proj, "up": mlp.c_fc, "down": mlp.c_proj}
        parts |= {"ln1": layer.input_layernorm, "ln2": layer.post_attention_layernorm}
        return {name: both(module) for name, module in parts.items()}

    return arranged(lens_config(model, **options), model, of_layer)


def codegen_lens(model: PreTrainedModel) -> HookedTransformer:
    def of_layer(layer) -> dict:
        q, v, k = layer.attn.qkv_proj.weight.unflatten(0, (4, 3, -1)).transpose(0, 1).flatten(1, 2)
        parts = {"ln1": layer.ln_1, "ln2": layer.ln_1, "o": layer.attn.out_proj, "up": layer.mlp.fc_in, "down": layer.mlp.fc_out}
        return {"q": (q, None), "k": (k, None), "v": (v, None)} | {name: both(module) for name, module in parts.items()}

    return arranged(lens_config(model, **gptj_options(model)), model, of_layer)


def old(config: dict) -> None:
    """As transformers 4 wrote it."""
    config["torch_dtype"] = config.pop("dtype")
    if "rope_parameters" in config:
        rope = config.pop("rope_parameters")
        if "partial_rotary_factor" in rope:
            config |= {"rotary_pct": rope["partial_rotary_factor"], "rotary_emb_base": rope["rope_theta"]}
        else:
            config["rope_theta"] = rope["rope_theta"]
    # Keys at their class's defaults are often missing.
    for key in ("tie_word_embeddings", "attention_bias", "add_cross_attention"):
        config.pop(key, None)
    if "n_positions" in config:
        config["n_ctx"] = CONTEXT


def with_buffers(layers: int, module: str, names: list[str], renamed: Callable[[str], str] = lambda name: name):
    def rewrite(weights: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
        result = {renamed(name): value for name, value in weights.items()}
        for l in range(layers):
            for name in names:
                mask = torch.ones(1, 1, 4, 4).tril().to(torch.uint8)
                small = {"masked_bias": torch.tensor(-1e9), "rotary_emb.inv_freq": torch.ones(1)}
                result[module.format(l) + name] = small.get(name, mask)
        return result

    return rewrite


def with_head(weights: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """A tied model whose checkpoint holds the unembedding all the same."""
    return weights | {"lm_head.weight": weights["transformer.wte.weight"].clone()}


def gpt(**options) -> dict:
    return {"vocab_size": VOCABULARY, "n_embd": 16, "n_layer": 2, "n_head": 4, "n_inner": 24, "n_positions": CONTEXT} | options


def modern(**options) -> dict:
    shape = dict(vocab_size=VOCABULARY, hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=24)
    return shape | dict(max_position_embeddings=CONTEXT) | options


def rope(theta: float, **options) -> dict:
    return {"rope_parameters": {"rope_type": "default", "rope_theta": theta, **options}}


CASES = [
    # As on the Hub: no prefix, the causal mask, an old config, the default n_inner.
    Case(
        "gpt2", GPT2Config(**gpt(n_inner=None)), 101, taps, gpt2_lens, rewrite_config=old,
        rewrite_weights=with_buffers(2, "h.{}.attn.", ["bias", "masked_bias"], lambda name: name.removeprefix("transformer.")),
        extra={f"h.{l}.attn.{name}" for l in range(2) for name in ("bias", "masked_bias")},
    ),
    Case(
        "gpt2-options",  # 67 rows: a fine-tune with added tokens
        GPT2Config(
            **gpt(n_layer=3, vocab_size=67), scale_attn_weights=False, scale_attn_by_inverse_layer_idx=True, activation_function="gelu",
            layer_norm_epsilon=1e-2, tie_word_embeddings=False, reorder_and_upcast_attn=True,
        ),
        102, taps, gpt2_lens,
    ),
    Case("gpt_bigcode", GPTBigCodeConfig(**gpt()), 111, taps, bigcode_lens, rewrite_config=old, rewrite_weights=with_head),
    Case(
        "gpt_bigcode-multi-head",
        GPTBigCodeConfig(**gpt(), multi_query=False, scale_attn_weights=False, activation_function="gelu", tie_word_embeddings=False),
        112, taps, bigcode_lens,
    ),
    Case(
        "starcoder2", Starcoder2Config(**modern(num_key_value_heads=2, sliding_window=4), **rope(999999.4420358813)), 121, taps,
        starcoder2_lens, rewrite_config=old,
    ),
    Case(
        "starcoder2-no-bias",
        Starcoder2Config(
            **modern(hidden_size=16, num_key_value_heads=4), **rope(100.0), use_bias=False, hidden_act="silu", norm_epsilon=1e-2, tie_word_embeddings=False
        ),
        122, taps, starcoder2_lens,
    ),
    Case(
        "gpt_neox", GPTNeoXConfig(**modern(), **rope(10000.0, partial_rotary_factor=0.25)), 131, taps, neox_lens, rewrite_config=old,
        rewrite_weights=with_buffers(
            2, "gpt_neox.layers.{}.attention.", ["bias", "masked_bias", "rotary_emb.inv_freq"],
            lambda name: name.replace("lm_head.", "embed_out."),
        ),
        extra={f"gpt_neox.layers.{l}.attention.{name}" for l in range(2) for name in ("bias", "masked_bias", "rotary_emb.inv_freq")},
    ),
    Case(
        "gpt_neox-sequential",
        GPTNeoXConfig(
            **modern(hidden_size=16), **rope(100.0, partial_rotary_factor=1.0), use_parallel_residual=False, attention_bias=False,
            hidden_act="gelu_new", layer_norm_eps=1e-2, tie_word_embeddings=True,
        ),
        132, taps, neox_lens,
    ),
    Case(
        "codegen", CodeGenConfig(**gpt(n_head=8, n_embd=32), rotary_dim=2), 141, taps, codegen_lens, rewrite_config=old,
        rewrite_weights=with_buffers(2, "transformer.h.{}.attn.", ["causal_mask"]),
        extra={f"transformer.h.{l}.attn.causal_mask" for l in range(2)},
    ),
    Case(
        "codegen-tied", CodeGenConfig(**gpt(), rotary_dim=4, activation_function="relu", tie_word_embeddings=True), 142, taps, codegen_lens
    ),
    Case(
        "gptj", GPTJConfig(**gpt(n_head=2), rotary_dim=4), 151, taps, gptj_lens, rewrite_config=old,
        rewrite_weights=with_buffers(2, "transformer.h.{}.attn.", ["bias", "masked_bias"]),
        extra={f"transformer.h.{l}.attn.{name}" for l in range(2) for name in ("bias", "masked_bias")},
    ),
    Case(
        "gptj-tied",
        GPTJConfig(**gpt(), rotary_dim=4, activation_function="gelu", layer_norm_epsilon=1e-2, tie_word_embeddings=True),
        152, taps, gptj_lens,
    ),
]

if __name__ == "__main__":
    write(CASES)
