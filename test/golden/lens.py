"""Checks recorded sites against TransformerLens: same names, same meanings, same numbers."""

import torch
from transformer_lens import HookedTransformer, HookedTransformerConfig
from transformer_lens.pretrained.weight_conversions import convert_llama_weights
from transformers import LlamaForCausalLM


def as_lens(model: LlamaForCausalLM) -> HookedTransformer:
    config = model.config
    grouped = config.num_key_value_heads != config.num_attention_heads
    lens_config = HookedTransformerConfig(
        d_model=config.hidden_size,
        d_head=config.head_dim,
        n_heads=config.num_attention_heads,
        n_key_value_heads=config.num_key_value_heads if grouped else None,
        d_mlp=config.intermediate_size,
        n_layers=config.num_hidden_layers,
        n_ctx=config.max_position_embeddings,
        eps=config.rms_norm_eps,
        d_vocab=config.vocab_size,
        act_fn=config.hidden_act,
        normalization_type="RMS",
        positional_embedding_type="rotary",
        rotary_dim=config.head_dim,
        rotary_base=config.rope_parameters["rope_theta"],
        rotary_adjacent_pairs=False,
        final_rms=True,
        gated_mlp=True,
        device="cpu",
    )
    lens = HookedTransformer(lens_config)
    weights = {name: weight.detach() for name, weight in convert_llama_weights(model, lens_config).items()}
    missing, unexpected = lens.load_state_dict(weights, strict=False)
    missing = [name for name in missing if not name.endswith(("mask", "IGNORE", "rotary_sin", "rotary_cos"))]
    if missing or unexpected:
        raise SystemExit(f"TransformerLens wants other weights: missing {missing}, unexpected {unexpected}")
    return lens


def check_against_lens(
    model: LlamaForCausalLM, tokens: torch.Tensor, answers: torch.Tensor, values: dict[str, torch.Tensor]
) -> None:
    lens = as_lens(model)
    seen: dict[str, torch.Tensor] = {}

    def forward(value: torch.Tensor, hook) -> None:
        seen[hook.name] = value[0].detach()

    def backward(grad: torch.Tensor, hook) -> None:
        seen[f"grad/{hook.name}"] = grad[0].detach()

    names = [name for name in values if "hook_" in name and not name.startswith("grad/")]
    with lens.hooks([(name, forward) for name in names], [(name, backward) for name in names]):
        logits = lens(tokens[None])
        (logits[0, -1, answers[0]] - logits[0, -1, answers[1]]).backward()
    seen["logits"] = logits[0].detach()
    for name, value in values.items():
        error = (seen[name] - value).abs().max() / value.abs().max()
        if seen[name].shape != value.shape or not error <= 2e-5:  # also when it is NaN
            raise SystemExit(f"{name}: TransformerLens differs by {error:.1e} relative, shape {tuple(seen[name].shape)}")
