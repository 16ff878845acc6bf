"""Writes test/fixtures/golden/components.json: direct logit attribution of the tiny models beside it, in float64 and the slow way.

    /tmp/golden/bin/python test/golden/components.py

Each head's own output z_h W_O^h is formed, goes through the norms with the scales that they have in the run, and through the unembedding;
so do embeddings, MLPs and biases, written from the formulas. Their sum has to be the logit difference (before a soft cap) to 1e-9, or
nothing is written. Of the Llama and GPT-2, TransformerLens's decompose_resid and stack_head_results have to be the same.

    <fixture>: {
      tokens, answers, position
      difference, uncapped                      logits[position, answers[0]] - logits[position, answers[1]], and before a soft cap
      components: {name: value}                 as src/methods/components.ts names them
      sources: {"L1H0": [token]}                what each head of the last layer contributes through each token
      loadings: {from, rows: {name: [head]}}    what is written at one token below the last layer, through each of its heads; where values
                                                have a map of their own
    }
"""

import json
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor
from transformers import AutoModelForCausalLM, PreTrainedModel

GOLDEN = Path(__file__).resolve().parent.parent / "fixtures" / "golden"
CASES = [
    "llama-mha-tied", "llama-gqa", "llama-mqa", "llama-bf16", "families/gpt2", "families/gpt_bigcode", "families/gpt_neox", "families/gptj",
    "families/gemma2", "families/gemma3", "families/qwen3", "families/starcoder2",
]


def load(folder: Path) -> PreTrainedModel:
    return AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float64, attn_implementation="eager").eval()


class Parts:
    """Where the families keep what writes to the residual stream."""

    def __init__(self, model: PreTrainedModel) -> None:
        body = model.base_model
        self.layers = body.layers if hasattr(body, "layers") else body.h
        self.final_norm = next(getattr(body, name) for name in ("norm", "ln_f", "final_layer_norm") if hasattr(body, name))
        self.unembed = model.get_output_embeddings()
        self.positions = getattr(body, "wpe", None)
        self.tokens = model.get_input_embeddings()
        self.is_gemma = model.config.model_type.startswith("gemma")

    def attention(self, layer: int) -> torch.nn.Module:
        block = self.layers[layer]
        return next(getattr(block, name) for name in ("self_attn", "attn", "attention") if hasattr(block, name))

    def out(self, layer: int) -> torch.nn.Module:
        attention = self.attention(layer)
        return next(getattr(attention, name) for name in ("o_proj", "c_proj", "dense", "out_proj") if hasattr(attention, name))

    def post_norm(self, layer: int, which: str) -> torch.nn.Module | None:
        name = {"attention": "post_attention_layernorm", "mlp": "post_feedforward_layernorm"}[which]
        has = hasattr(self.layers[layer], "post_feedforward_layernorm")
        return getattr(self.layers[layer], name) if has else None

    def frozen(self, norm: torch.nn.Module, at: Tensor, x: Tensor) -> Tensor:
        """x through the norm with the scale that it has for `at`, without its bias."""
        epsilon = next(getattr(norm, name) for name in ("variance_epsilon", "eps") if hasattr(norm, name))
        weight = norm.weight + 1 if self.is_gemma else norm.weight
        if isinstance(norm, torch.nn.LayerNorm):
            at, x = at - at.mean(-1, keepdim=True), x - x.mean(-1, keepdim=True)
        return x * torch.rsqrt(at.pow(2).mean(-1, keepdim=True) + epsilon) * weight


def output_matrix(linear: torch.nn.Module) -> Tensor:
    """[inputs, width]"""
    return linear.weight if type(linear).__name__ == "Conv1D" else linear.weight.T


def values_of(model: PreTrainedModel, parts: Parts, layer: int, seen: dict) -> Tensor:
    """[T, key-value heads, head]"""
    config, attention = model.config, parts.attention(layer)
    kind, heads = config.model_type, config.num_attention_heads
    size = output_matrix(parts.out(layer)).shape[0] // heads
    if hasattr(attention, "v_proj"):
        return seen[attention.v_proj].view(-1, seen[attention.v_proj].shape[-1] // size, size)
    fused = seen[attention.query_key_value if kind == "gpt_neox" else attention.c_attn]
    if kind == "gpt_neox":  # query, key and value of each head in turn
        return fused.view(-1, heads, 3 * size)[..., 2 * size :]
    if kind == "gpt_bigcode":  # one key and value behind all queries
        return fused[..., heads * size + size :].view(-1, 1, size)
    return fused[..., 2 * heads * size :].view(-1, heads, size)


@torch.no_grad()
def reference(folder: Path) -> dict:
    expected = load_file(folder / "expected.safetensors")
    tokens, answers = expected["prompt0/tokens"], expected["prompt0/answers"].tolist()
    model = load(folder)
    parts = Parts(model)
    seen: dict = {}
    count = len(parts.layers)
    wanted: list[torch.nn.Module] = [parts.tokens, parts.final_norm, *([parts.positions] if parts.positions else [])]
    for layer in range(count):
        attention = parts.attention(layer)
        wanted += [parts.out(layer), parts.layers[layer].mlp]
        wanted += [getattr(attention, name) for name in ("v_proj", "query_key_value", "c_attn") if hasattr(attention, name)]
        wanted += [norm for which in ("attention", "mlp") if (norm := parts.post_norm(layer, which))]
    inputs: dict = {}

    def keep(module: torch.nn.Module, args: tuple, out) -> None:
        inputs[module] = args[0]
        seen[module] = (out[0] if isinstance(out, tuple) else out)[0]

    for module in wanted:
        module.register_forward_hook(keep)
    # What transformers widens to float32 on the way (norms, softmax) is to stay as wide as the rest.
    torch.float32, torch.Tensor.float, narrow = torch.float64, torch.Tensor.double, (torch.float32, torch.Tensor.float)
    out = model(tokens[None], use_cache=False, output_attentions=True)
    torch.float32, torch.Tensor.float = narrow
    logits, last = out.logits[0, -1], len(tokens) - 1
    cap = getattr(model.config.get_text_config(), "final_logit_softcapping", None)

    stream = inputs[parts.final_norm][0, last]
    difference = parts.unembed.weight[answers[0]] - parts.unembed.weight[answers[1]]
    read = lambda written: float(parts.frozen(parts.final_norm, stream, written) @ difference)
    embed = seen[parts.tokens][last]
    components = {"embed": read(embed)}
    if parts.positions:
        positions = seen[parts.positions]
        components["pos_embed"] = read(positions[last] if positions.ndim == 2 else positions[0, last])
    sources = {}
    for layer in range(count):
        linear, norm = parts.out(layer), parts.post_norm(layer, "attention")
        z = inputs[linear][0, last]
        written = seen[linear][last]
        through = (lambda x: parts.frozen(norm, written, x)) if norm else (lambda x: x)
        heads = model.config.num_attention_heads
        matrix = output_matrix(linear).view(heads, -1, stream.shape[0])  # [heads, head, width]
        for head in range(heads):
            size = matrix.shape[1]
            components[f"L{layer}H{head}"] = read(through(z.view(heads, size)[head] @ matrix[head]))
        if linear.bias is not None:
            components[f"{layer}_attn_bias"] = read(through(linear.bias))
        mlp, mlp_norm = parts.layers[layer].mlp, parts.post_norm(layer, "mlp")
        components[f"{layer}_mlp_out"] = read(seen[mlp_norm][last] if mlp_norm else seen[mlp][last])
        if layer == count - 1:
            values, pattern = values_of(model, parts, layer, seen), out.attentions[layer][0, :, last]
            group = heads // values.shape[1]
            for head in range(heads):
                sources[f"L{layer}H{head}"] = [
                    read(through(pattern[head, at] * values[at, head // group] @ matrix[head])) for at in range(len(tokens))
                ]
    loadings = across(model, parts, seen, inputs, out.attentions, read, last - 1) if hasattr(parts.attention(count - 1), "v_proj") else None
    if loadings:
        for head in range(heads):
            total, whole = sum(row[head] for row in loadings["rows"].values()), sources[f"L{count - 1}H{head}"][last - 1]
            if abs(total - whole) > 1e-9 * max(abs(row[head]) for row in loadings["rows"].values()):
                raise SystemExit(f"{folder.name}: what goes through head {head} sums to {total}, not to {whole}")
    if getattr(parts.final_norm, "bias", None) is not None:
        components["ln_final_bias"] = float(parts.final_norm.bias @ difference)
    if parts.unembed.bias is not None:
        components["unembed_bias"] = float(parts.unembed.bias[answers[0]] - parts.unembed.bias[answers[1]])

    uncap = (lambda x: cap * torch.atanh(x / cap)) if cap else (lambda x: x)
    uncapped = float(uncap(logits[answers[0]]) - uncap(logits[answers[1]]))
    total = sum(components.values())
    if abs(total - uncapped) > 1e-9 * max(map(abs, components.values())):
        raise SystemExit(f"{folder.name}: the components sum to {total}, not to {uncapped}")
    for head, row in sources.items():
        if abs(sum(row) - components[head]) > 1e-9 * max(map(abs, row)):
            raise SystemExit(f"{folder.name}: the sources of {head} sum to {sum(row)}, not to {components[head]}")
    compare(folder, tokens, answers, components)
    digits = lambda value: float(f"{value:.9g}")
    return {
        "tokens": tokens.tolist(), "answers": answers, "position": last,
        "difference": digits(float(logits[answers[0]] - logits[answers[1]])), "uncapped": digits(uncapped),
        "components": {name: digits(value) for name, value in components.items()},
        "sources": {head: [digits(value) for value in row] for head, row in sources.items()},
        **({"loadings": {"from": last - 1, "rows": {name: [digits(value) for value in row] for name, row in loadings["rows"].items()}}} if loadings else {}),
    }


def across(model: PreTrainedModel, parts: Parts, seen: dict, inputs: dict, patterns, read, at: int) -> dict:
    """Every vector that is written at a token below the last layer, through its frozen norm, each head's values and outputs, one by one."""
    layer, heads = len(parts.layers) - 1, model.config.num_attention_heads
    attention, block = parts.attention(layer), parts.layers[layer]
    norm = block.ln_1 if hasattr(block, "ln_1") else block.input_layernorm
    written = {"embed": seen[parts.tokens][at]}
    for below in range(layer):
        linear, post = parts.out(below), parts.post_norm(below, "attention")
        through = (lambda x: parts.frozen(post, seen[linear][at], x)) if post else (lambda x: x)
        matrix = output_matrix(linear).view(heads, -1, output_matrix(linear).shape[1])
        z = inputs[linear][0, at].view(heads, -1)
        for head in range(heads):
            written[f"L{below}H{head}"] = through(z[head] @ matrix[head])
        if linear.bias is not None:
            written[f"{below}_attn_bias"] = through(linear.bias)
        mlp, mlp_norm = parts.layers[below].mlp, parts.post_norm(below, "mlp")
        written[f"{below}_mlp_out"] = seen[mlp_norm][at] if mlp_norm else seen[mlp][at]
    stream = sum(written.values())
    linear, post, last = parts.out(layer), parts.post_norm(layer, "attention"), inputs[parts.out(layer)].shape[1] - 1
    matrix = output_matrix(linear).view(heads, -1, output_matrix(linear).shape[1])
    size, kv = matrix.shape[1], attention.v_proj.weight.shape[0] // matrix.shape[1]
    behind = lambda x: parts.frozen(post, seen[linear][last], x) if post else x

    def carried(value: Tensor) -> list[float]:
        values = value.view(kv, size)
        return [read(behind(patterns[layer][0, head, last, at] * values[head * kv // heads] @ matrix[head])) for head in range(heads)]

    rows = {name: carried(parts.frozen(norm, stream, vector) @ attention.v_proj.weight.T) for name, vector in written.items()}
    bias = torch.zeros(attention.v_proj.weight.shape[0], dtype=torch.float64)
    if getattr(norm, "bias", None) is not None:
        bias = bias + norm.bias @ attention.v_proj.weight.T
    if attention.v_proj.bias is not None:
        bias = bias + attention.v_proj.bias
    rows["values_bias"] = carried(bias)
    return {"rows": rows}


def compare(folder: Path, tokens: Tensor, answers: list[int], components: dict[str, float]) -> None:
    """With TransformerLens, which wants the norm's weight folded: here it is multiplied on what the scale was applied to."""
    if folder.name not in ("llama-mha-tied", "gpt2"):
        return
    from layer_norm import gpt2_lens  # here, as check_circuits.py has a TransformerLens without HookedTransformer
    from lens import as_lens

    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()
    lens = gpt2_lens(model) if folder.name == "gpt2" else as_lens(model)
    lens.set_use_attn_result(True)
    _, cache = lens.run_with_cache(tokens[None])
    residuals, names = cache.decompose_resid(layer=-1, pos_slice=-1, mode="full", return_labels=True)
    heads, labels = cache.stack_head_results(layer=-1, pos_slice=-1, return_labels=True)
    difference = lens.W_U[:, answers[0]] - lens.W_U[:, answers[1]]
    checked = 0
    for stack, each in ((residuals, names), (heads, labels)):
        values = (cache.apply_ln_to_stack(stack, layer=-1, pos_slice=-1) * lens.ln_final.w) @ difference
        for name, value in zip(each, values.flatten().tolist()):
            if name not in components:
                continue  # whole attention outputs, and biases that it does not tell apart
            checked += 1
            if abs(value - components[name]) > 2e-5 * max(map(abs, components.values())):
                raise SystemExit(f"{folder.name}: {name} is {value} in TransformerLens, and {components[name]} here")
    print(f"{folder.name}: {checked} of {len(components)} components as TransformerLens has them", file=sys.stderr)


if __name__ == "__main__":
    found = {case: reference(GOLDEN / case) for case in CASES}
    text = json.dumps(found, separators=(",", ":")).replace('},"', '},\n"')
    (GOLDEN / "components.json").write_text(text + "\n")
