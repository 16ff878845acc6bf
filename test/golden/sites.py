"""Records what a transformers Llama computes, under TransformerLens's site names."""

import torch
from transformers import LlamaForCausalLM


def record(model: LlamaForCausalLM, tokens: torch.Tensor, answers: torch.Tensor) -> dict[str, torch.Tensor]:
    """Every site for one prompt [T], and the gradient of the last position's logit difference at each as grad/<site>."""
    config = model.config
    kept: dict[str, torch.Tensor] = {}
    handles = []

    def keep(name: str, value: torch.Tensor) -> None:
        if value.requires_grad:
            value.retain_grad()
        kept[name] = value

    def on_input(module: torch.nn.Module, name: str) -> None:
        handles.append(
            module.register_forward_pre_hook(
                lambda _, args, kwargs: keep(name, args[0] if args else kwargs["hidden_states"]), with_kwargs=True
            )
        )

    def on_output(module: torch.nn.Module, name: str, part: int | None = None) -> None:
        handles.append(
            module.register_forward_hook(lambda _, __, out: keep(name, out if part is None else out[part]))
        )

    on_output(model.model.embed_tokens, "hook_embed")
    for l, layer in enumerate(model.model.layers):
        block = f"blocks.{l}"
        on_input(layer, f"{block}.hook_resid_pre")
        for letter in "qkv":
            on_output(getattr(layer.self_attn, f"{letter}_proj"), f"{block}.attn.hook_{letter}")
        on_output(layer.self_attn, f"{block}.attn.hook_pattern", part=1)
        on_input(layer.self_attn.o_proj, f"{block}.attn.hook_z")
        on_output(layer.self_attn.o_proj, f"{block}.hook_attn_out")
        on_input(layer.post_attention_layernorm, f"{block}.hook_resid_mid")
        on_output(layer.mlp.gate_proj, f"{block}.mlp.hook_pre")
        on_output(layer.mlp.up_proj, f"{block}.mlp.hook_pre_linear")
        on_input(layer.mlp.down_proj, f"{block}.mlp.hook_post")
        on_output(layer.mlp, f"{block}.hook_mlp_out")
        on_output(layer, f"{block}.hook_resid_post")

    final: dict[str, torch.Tensor] = {}

    def normalized(norm: torch.nn.Module, args: tuple[torch.Tensor]) -> torch.Tensor:
        # x / rms(x) is no module of its own in transformers, so the final norm is computed here.
        x = args[0]
        final["normalized"] = x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + norm.variance_epsilon)
        keep("ln_final.hook_normalized", final["normalized"])

    handles.append(model.model.norm.register_forward_pre_hook(normalized))
    handles.append(model.model.norm.register_forward_hook(lambda norm, _, __: norm.weight * final["normalized"]))

    model.zero_grad()
    logits = model(tokens[None], use_cache=False).logits
    for handle in handles:
        handle.remove()
    (logits[0, -1, answers[0]] - logits[0, -1, answers[1]]).backward()

    values = {"logits": logits[0].detach()}
    for name, value in kept.items():
        for prefix, tensor in (("", value), ("grad/", value.grad)):
            tensor = tensor[0].detach()
            if name.endswith((".hook_q", ".hook_k", ".hook_v", ".hook_z")):
                tensor = tensor.view(len(tokens), -1, config.head_dim)
            values[prefix + name] = tensor.clone()
    model.zero_grad()
    return values
