"""Edge attribution patching in TransformerLens 4 and in auto-circuit: what this project's scores of edges are measured against.

TransformerLens 4 and auto-circuit, which needs TransformerLens 2, do not go into one environment:

    python3.11 -m venv /tmp/tl4 && /tmp/tl4/bin/pip install torch==2.15.0 transformers==5.23.0 transformer_lens==4.3.0
    python3.11 -m venv /tmp/ac && /tmp/ac/bin/pip install -r bench/peers/requirements.txt plotly ordered-set blobfile
    /tmp/ac/bin/pip install --no-deps auto-circuit==1.0.1    # alone it asks for packages that only its pictures and tasks need

    python bench/peers/edge_scores.py FOLDER BASE SOURCE POSITIVE NEGATIVE [--threads 2] [--repeat 3]

FOLDER is a GPT-2 as transformers saves it; prompts are token ids with commas between them. Which of the two packages is there is what
runs. Prints one JSON line: seconds (the fastest, after one to warm up), and the score of each edge over all tokens: by what the metric
(logit of POSITIVE - that of NEGATIVE, last token) would change if the reader read in BASE what the writer writes in SOURCE.
"""

import argparse
import json
import re
import time
from importlib.metadata import PackageNotFoundError, version

import torch
from transformers import GPT2LMHeadModel


def transformer_lens(hf, base, source, metric):
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from transformer_lens.model_bridge import TransformerBridge
    from transformer_lens.tools.analysis.attribution_patching import EdgeAttributionConfig, attribution_patch
    from transformers import PreTrainedTokenizerFast

    words = Tokenizer(WordLevel({str(word): word for word in range(hf.config.vocab_size)}, "0"))
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=words, eos_token="0", name_or_path="", add_bos_token=True)
    bridge = TransformerBridge.boot_transformers(
        hf.config.name_or_path, hf_model=hf, dtype=torch.float32, device="cpu", tokenizer=tokenizer
    ).eval()

    def name(node):
        if node.kind in ("embed", "logits"):
            return node.kind
        if node.kind in ("mlp_in", "mlp_out"):
            return f"{node.layer}.mlp"
        return f"{node.layer}.{node.head}" + ("" if node.kind == "attn_head_out" else f".{node.kind[0]}")

    # Its gradients are those of what it calls the corrupt run; edges are at tokens.
    run = lambda: attribution_patch(bridge, source, base, metric, EdgeAttributionConfig(granularity="edge"))

    def scores(found):
        sums = {}
        for (writer, reader), score in found.edge_scores.items():
            edge = f"{name(writer)} -> {name(reader)}"
            sums[edge] = sums.get(edge, 0.0) + score
        return sums

    return run, scores


def auto_circuit(hf, base, source, positive, negative):
    from auto_circuit.data import PromptDataLoader, PromptDataset
    from auto_circuit.prune_algos.mask_gradient import mask_gradient_prune_scores
    from auto_circuit.utils.graph_utils import patchable_model
    from transformer_lens import HookedTransformer, HookedTransformerConfig
    from transformer_lens.pretrained.weight_conversions import convert_gpt2_weights

    of = hf.config
    config = HookedTransformerConfig(
        n_layers=of.n_layer, d_model=of.n_embd, n_heads=of.n_head, d_head=of.n_embd // of.n_head, n_ctx=of.n_positions,
        d_mlp=of.n_inner or 4 * of.n_embd, act_fn="gelu_new", d_vocab=of.vocab_size, normalization_type="LN",
        eps=of.layer_norm_epsilon, device="cpu", dtype=torch.float32,
    )
    model = HookedTransformer(config)
    model.load_and_process_state_dict(
        convert_gpt2_weights(hf, config), fold_ln=False, center_writing_weights=False, center_unembed=False, fold_value_biases=False
    )
    model.set_use_attn_result(True)
    model.set_use_hook_mlp_in(True)
    model.set_use_split_qkv_input(True)
    model.eval()
    patchable = patchable_model(model, factorized=True, slice_output="last_seq", separate_qkv=True, device=torch.device("cpu"))
    data = PromptDataset(base, source, [torch.tensor([positive])], [torch.tensor([negative])])
    loader = PromptDataLoader(data, seq_len=base.shape[1], diverge_idx=0, batch_size=1)

    def name(node):
        if node in ("Resid Start", "Resid End"):
            return "embed" if node == "Resid Start" else "logits"
        head = re.fullmatch(r"A(\d+)\.(\d+)(?:\.([QKV]))?", node)
        if head:
            return ".".join(part.lower() for part in head.groups() if part)
        return f"{node.split()[1]}.mlp"

    # The gradient at the mask of an edge, of minus the difference.
    run = lambda: mask_gradient_prune_scores(patchable, loader, None, grad_function="logit", answer_function="avg_diff", mask_val=0.0)
    scores = lambda found: {
        f"{name(edge.src.name)} -> {name(edge.dest.name)}": -edge.prune_score(found).item() for edge in patchable.edges
    }
    return run, scores


def main() -> None:
    parser = argparse.ArgumentParser(description="Time edge attribution patching in another package.")
    for each in ("folder", "base", "source"):
        parser.add_argument(each)
    parser.add_argument("positive", type=int)
    parser.add_argument("negative", type=int)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    prompts = [torch.tensor([[int(token) for token in text.split(",")]]) for text in (options.base, options.source)]
    hf = GPT2LMHeadModel.from_pretrained(options.folder, torch_dtype=torch.float32, attn_implementation="eager").eval()
    metric = lambda logits: logits[0, -1, options.positive] - logits[0, -1, options.negative]
    try:
        package = f"auto-circuit {version('auto-circuit')}"
        run, scores = auto_circuit(hf, *prompts, options.positive, options.negative)
    except PackageNotFoundError:
        package = f"TransformerLens {version('transformer_lens')}"
        run, scores = transformer_lens(hf, *prompts, metric)
    found = run()
    seconds = []
    for _ in range(options.repeat):
        start = time.perf_counter()
        found = run()
        seconds.append(time.perf_counter() - start)
    print(json.dumps({"package": package, "seconds": round(min(seconds), 4), "scores": scores(found)}))


if __name__ == "__main__":
    main()
