"""Writes what circuit-tracer computes: test/fixtures/golden/replacement-<kind>/ and replacement-expected.safetensors.

    python3.11 -m venv /tmp/sae && /tmp/sae/bin/pip install -r test/golden/requirements-sae.txt
    /tmp/sae/bin/pip install --no-deps circuit-tracer==0.5.0
    /tmp/sae/bin/python test/golden/replacement.py

Its scores and pruning on seeded random matrices without circles (rows are given, in its order latents, errors, tokens, logits):

    random<i>/matrix, random<i>/counts (latents, layers, tokens, logits) and random<i>/weights of the logits
    random<i>/influence, random<i>/scores (replacement, completeness)
    random<i>/<node share>-<edge share>/nodes, edges, cumulative

And the direct effects of its replacement model of the fixture model llama-gqa, in float64, with a tiny seeded transcoder for each layer, written
as SAELens's folders: with skip connections behind the norm's weight, and JumpReLU before it. Its first token counts here like all others.

    <kind>/matrix           [nodes, nodes]; the logit is the difference of the first prompt's two answers
    <kind>/latents          layer, position, number of each latent, int32 [n, 3]; <kind>/activations [n]
"""

import json
import shutil
from pathlib import Path
from types import SimpleNamespace

import torch

import huggingface_hub.constants

huggingface_hub.constants.HF_HUB_ENABLE_HF_TRANSFER = False  # which circuit-tracer 0.5.0 looks for, and version 1 no longer has

from safetensors.torch import load_file, save_file
from circuit_tracer.attribution.attribute import attribute
from circuit_tracer.graph import compute_graph_scores, compute_node_influence, prune_graph
from circuit_tracer.replacement_model.replacement_model_transformerlens import TransformerLensReplacementModel
from circuit_tracer.transcoder import TranscoderSet
from circuit_tracer.transcoder.activation_functions import JumpReLU
from circuit_tracer.transcoder.single_layer_transcoder import SingleLayerTranscoder

import sae

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "golden"
WIDTH, LATENTS = 24, 30
SHARES = [(0.8, 0.98), (0.5, 0.6), (0.95, 0.9)]
# Latents, layers, tokens and logits of each matrix, and how many of the possible effects are not 0.
RANDOM = [(12, 2, 3, 1, 0.5), (40, 3, 5, 3, 0.15), (60, 4, 6, 2, 0.05)]


def random_graphs(expected: dict[str, torch.Tensor]) -> None:
    for index, (latents, layers, tokens, logits, density) in enumerate(RANDOM):
        generator = torch.Generator().manual_seed(100 + index)
        size = latents + (layers + 1) * tokens + logits
        matrix = torch.randn(size, size, generator=generator) * (torch.rand(size, size, generator=generator) < density)
        matrix[:latents, :latents].tril_(-1)  # nothing comes back to where it came from
        matrix[latents : size - logits] = 0
        matrix[:, size - logits :] = 0
        matrix = matrix.float().double()  # as it is kept
        weights = torch.rand(logits, generator=generator).softmax(0).float().double()
        graph = SimpleNamespace(
            adjacency_matrix=matrix, input_tokens=torch.zeros(tokens), logit_targets=[None] * logits, logit_probabilities=weights,
            selected_features=torch.arange(latents), cfg=SimpleNamespace(n_layers=layers),
        )
        name = f"random{index}"
        every = torch.zeros(size)
        every[-logits:] = weights
        expected |= {
            f"{name}/matrix": matrix, f"{name}/weights": weights, f"{name}/influence": compute_node_influence(matrix, every),
            f"{name}/scores": torch.tensor(compute_graph_scores(graph)), f"{name}/counts": torch.tensor([latents, layers, tokens, logits]),
        }
        for shares in SHARES:
            nodes, edges, cumulative = prune_graph(graph, *shares)
            key = f"{name}/{shares[0]}-{shares[1]}"
            expected |= {f"{key}/nodes": nodes, f"{key}/edges": edges, f"{key}/cumulative": cumulative}
            print(f"{key}: {int(nodes.sum())} of {size} nodes, {int(edges.sum())} of {int((matrix != 0).sum())} edges")


def transcoders(kind: str) -> TranscoderSet:
    """Random ones, in circuit-tracer's form, and written in SAELens's."""
    skip = kind == "skip"
    site = "mlp.hook_in" if skip else "ln2.hook_normalized"
    root = FIXTURES / f"replacement-{kind}"
    shutil.rmtree(root, ignore_errors=True)
    result = {}
    for layer in range(3):
        generator = torch.Generator().manual_seed(200 + layer)
        normal = lambda *shape, std: torch.randn(*shape, generator=generator, dtype=torch.float32) * std
        values = {
            "W_enc": normal(WIDTH, LATENTS, std=0.4), "b_enc": normal(LATENTS, std=0.4) - 0.6,
            "W_dec": normal(LATENTS, WIDTH, std=0.25), "b_dec": normal(WIDTH, std=0.3),
        }
        values |= {"W_skip": normal(WIDTH, WIDTH, std=0.2)} if skip else {"threshold": normal(LATENTS, std=0.4).abs()}
        folder = root / f"layer_{layer}"
        folder.mkdir(parents=True)
        save_file(values, folder / "sae_weights.safetensors")
        at = f"blocks.{layer}"
        (folder / "cfg.json").write_text(json.dumps({
            "d_in": WIDTH, "d_out": WIDTH, "d_sae": LATENTS, "dtype": "float32", "apply_b_dec_to_input": False, "normalize_activations": "none",
            "architecture": "skip_transcoder" if skip else "jumprelu_transcoder",
            "metadata": {"model_name": "llama-gqa", "hook_name": f"{at}.{site}", "hook_name_out": f"{at}.hook_mlp_out", "prepend_bos": False},
        }, indent=1) + "\n")
        double = {name: value.double() for name, value in values.items()}
        activation = torch.nn.functional.relu if skip else JumpReLU(double["threshold"], 0.1)
        one = SingleLayerTranscoder(WIDTH, LATENTS, activation, layer, skip_connection=skip, dtype=torch.float64, device=torch.device("cpu"))
        with torch.no_grad():
            for name in ("b_enc", "W_dec", "b_dec") + (("W_skip",) if skip else ()):
                getattr(one, name).copy_(double[name])
            one.W_enc.copy_(double["W_enc"].T)
        result[layer] = one
    return TranscoderSet(result, feature_input_hook=site, feature_output_hook="hook_mlp_out", scan="tiny")


class Tokenizer:
    """As much of one as attribution asks for."""

    vocab_size = 10_000
    padding_side = "right"
    pad_token_id = None
    all_special_ids: list[int] = []

    def decode(self, tokens) -> str:
        return str(tokens)


def replacement_graph(kind: str, expected: dict[str, torch.Tensor]) -> None:
    given = load_file(sae.MODEL / "expected.safetensors")
    tokens, (positive, negative) = given["prompt0/tokens"].long(), given["prompt0/answers"].tolist()
    plain = sae.model()
    model = TransformerLensReplacementModel(plain.cfg)
    model.load_state_dict(plain.state_dict(), strict=False)
    model = model.double()
    model.cfg.dtype = torch.float64
    model.tokenizer = Tokenizer()
    model.ensure_tokenized = lambda prompt: prompt
    model._configure_replacement_model(transcoders(kind))
    model.zero_positions = slice(0, 0)
    direction = (model.unembed.W_U[:, positive] - model.unembed.W_U[:, negative]).detach()
    graph = attribute(tokens, model, attribution_targets=[("difference", 1.0, direction)], batch_size=64)
    print(f"{kind}: {len(graph.active_features)} active latents")
    expected |= {
        f"{kind}/matrix": graph.adjacency_matrix.float(), f"{kind}/latents": graph.active_features.int(),
        f"{kind}/activations": graph.activation_values.float(), f"{kind}/scores": torch.tensor(compute_graph_scores(graph)),
    }


def main() -> None:
    torch.set_num_threads(1)
    expected: dict[str, torch.Tensor] = {}
    torch.set_default_dtype(torch.float64)
    random_graphs(expected)
    torch.set_default_dtype(torch.float32)
    for kind in ("skip", "jumprelu"):
        torch.set_default_dtype(torch.float32)
        replacement_graph(kind, expected)
    plain = {name: value.int() if value.dtype in (torch.bool, torch.int64) else value for name, value in expected.items()}
    # The reader of tests knows float32.
    save_file({name: value.float().contiguous() for name, value in plain.items()}, FIXTURES / "replacement-expected.safetensors")


if __name__ == "__main__":
    main()
