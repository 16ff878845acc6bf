"""Checks forked.py against TransformerLens 4's attribution patching, where that applies: every head with keys and values of its own, and
a bridge that has its inputs (no GPT-J, CodeGen, nor GPT-NeoX without biases).

    /tmp/golden/bin/pip install --target /tmp/tl4 --no-deps transformer_lens==4.3.0
    PYTHONPATH=/tmp/tl4 /tmp/golden/bin/python test/golden/check_circuits.py

Edges are scored token by token, with gradients at what it calls the corrupt run: our base. Of a circuit of edges at tokens it tells which
share of the difference between both runs it keeps; there its clean run is our base. Prompts have to be of one length. What differs by more
than 1e-12 ends it.
"""

import random

import torch
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from transformer_lens.model_bridge import TransformerBridge
from transformer_lens.tools.analysis.attribution_patching import EdgeAttributionConfig, Node, attribution_patch, faithfulness
from transformers import PreTrainedTokenizerFast

from components import GOLDEN, load
from forked import Forked, difference, wide

CASES = ["llama-mha-tied", "families/gpt2", "families/gpt_neox"]
BASE, SOURCE = [3, 14, 15, 9, 26, 5, 31, 7], [3, 14, 8, 9, 26, 11, 31, 7]
WORDS = {str(word): word for word in range(61)}
TOKENIZER = PreTrainedTokenizerFast(tokenizer_object=Tokenizer(WordLevel(WORDS, "0")), eos_token="0", name_or_path="", add_bos_token=True)


def name(node: Node) -> str:
    if node.kind in ("embed", "logits"):
        return node.kind
    if node.kind in ("mlp_in", "mlp_out"):
        return f"{node.layer}.mlp"
    return f"{node.layer}.{node.head}" + ("" if node.kind == "attn_head_out" else f".{node.kind[0]}")


def check(case: str) -> None:
    forked = Forked(case, BASE, SOURCE, [*range(len(BASE))])
    bridge = TransformerBridge.boot_transformers(
        str(GOLDEN / case), hf_model=load(GOLDEN / case), dtype=torch.float64, device="cpu", tokenizer=TOKENIZER
    ).eval()
    base, source = torch.tensor([BASE]), torch.tensor([SOURCE])
    metric = lambda logits: difference(logits[0, -1])
    place = lambda writer, reader: (forked.writers.index(name(writer)), forked.readers.index(name(reader)), writer.position)
    found = wide(lambda: attribution_patch(bridge, source, base, metric, EdgeAttributionConfig(granularity="edge"))).edge_scores
    own = forked.scores(None)
    pairs = [(score, float(own[reader][writer, at])) for edge, score in found.items() for writer, reader, at in [place(*edge)]]
    largest = max(abs(expected) for _, expected in pairs)
    scores = max(abs(score - expected) for score, expected in pairs) / largest
    # Every edge of ours but those from the biases is one of theirs.
    count = len(BASE) * sum(not writer.endswith("remainder") for reads in forked.reads for writer in forked.writers[:reads])

    generator = random.Random(case)
    circuits = 0.0
    whole, none = difference(forked.logits), difference(forked.source_logits)
    for share in (0.5, 0.8, 0.95):
        kept = [edge for edge in found if generator.random() < share]
        has = torch.zeros(len(forked.writers), len(forked.readers), len(BASE), dtype=torch.bool)
        for edge in kept:
            has[place(*edge)] = True
        chosen = lambda writer, reader, value: torch.where(has[writer, reader][:, None], value, forked.there[writer])
        expected = (difference(forked.run(BASE, None, chosen)[1]) - none) / (whole - none)
        recovered = wide(lambda: faithfulness(bridge, base, source, metric, kept)).recovered
        circuits = max(circuits, abs(recovered - float(expected)))
    if len(pairs) != count or not max(scores, circuits) <= 1e-12:  # also when it is NaN
        raise SystemExit(f"{case}: {len(pairs)} of {count} edges, off by {scores:.1e}; circuits off by {circuits:.1e}")
    print(f"{case}: {count} edges at tokens, off by {scores:.1e} of the largest; circuits off by {circuits:.1e}")


for case in CASES:
    check(case)
