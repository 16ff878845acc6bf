"""Prompts with a hole as each family's authors publish them, on the small tokenizers of tokenizer_kinds.py with the family's sentinels added.

    python test/golden/fim.py test/fixtures/tokenizers test/fixtures/fim.json

StarCoder, SantaCoder, Qwen, CodeGemma, DeepSeek, GLM, Falcon, Codestral and CodeGen2 say how the text is joined, and their tokenizers split
it at the sentinels; Code Llama's own code (llama/tokenizer.py, generation.py) encodes the code behind the hole without the space that
SentencePiece puts first, which it takes off by encoding "☺" before it. Each row: the tokenizer, the sentinels that were added, order,
before, behind, ids. Made with tokenizers 0.23.3.
"""

import json
import sys
from pathlib import Path

from tokenizers import AddedToken, Tokenizer

PIECES = [
    ("def f(x: ", "):\n    return x + 1\n"),
    ("const total = (a: ", ", b: string) => a + b.length;\n"),
    ("", "x"),
    ("    indented: ", " = 1\r\n\ttab = 'naïve 日本 😀'\n"),
    ("x: ", ""),
]
BAR = "\uff5c"
FAMILIES = [
    ("starcoder", ["<fim_prefix>", "<fim_suffix>", "<fim_middle>", "<fim_pad>", "<file_sep>"], {"PSM": "<fim_prefix>{p}<fim_suffix>{s}<fim_middle>", "SPM": "<fim_prefix><fim_suffix>{s}<fim_middle>{p}"}),
    ("gpt2", ["<fim-prefix>", "<fim-suffix>", "<fim-middle>"], {"PSM": "<fim-prefix>{p}<fim-suffix>{s}<fim-middle>"}),
    ("qwen2", ["<|fim_prefix|>", "<|fim_middle|>", "<|fim_suffix|>", "<|fim_pad|>", "<|repo_name|>", "<|file_sep|>"], {"PSM": "<|fim_prefix|>{p}<|fim_suffix|>{s}<|fim_middle|>"}),
    ("gemma", ["<|fim_prefix|>", "<|fim_middle|>", "<|fim_suffix|>", "<|file_separator|>"], {"PSM": "<|fim_prefix|>{p}<|fim_suffix|>{s}<|fim_middle|>"}),
    ("deepseek-coder", [f"<{BAR}fim▁begin{BAR}>", f"<{BAR}fim▁hole{BAR}>", f"<{BAR}fim▁end{BAR}>", f"<{BAR}end▁of▁sentence{BAR}>"], {"PSM": f"<{BAR}fim▁begin{BAR}>{{p}}<{BAR}fim▁hole{BAR}>{{s}}<{BAR}fim▁end{BAR}>"}),
    ("llama3", ["<|code_prefix|>", "<|code_middle|>", "<|code_suffix|>"], {"PSM": "<|code_prefix|>{p}<|code_suffix|>{s}<|code_middle|>"}),
    ("o200k", ["<|prefix|>", "<|middle|>", "<|suffix|>"], {"PSM": "<|prefix|>{p}<|suffix|>{s}<|middle|>"}),
    ("codegen", ["<mask_1>", "<sep>", "<eom>"], {"PSM": "{p}<mask_1>{s}<|endoftext|><sep><mask_1>"}),
    ("codellama", [], {"PSM": None, "SPM": None}),
    ("mistral", ["[PREFIX]", "[SUFFIX]", "[MIDDLE]"], {"SPM": None}),
]


def continued(tokenizer, text):
    """llama/tokenizer.py: encode_infilling."""
    return tokenizer.encode("☺" + text, add_special_tokens=False).ids[len(tokenizer.encode("☺", add_special_tokens=False).ids):]


def ids_of(kind, tokenizer, layout, order, before, behind):
    encode = lambda text: tokenizer.encode(text, add_special_tokens=False).ids
    if kind == "codellama":  # generation.py: infilling_prompt_tokens
        prefix, suffix, middle = (tokenizer.token_to_id(f"▁<{name}>") for name in ("PRE", "SUF", "MID"))
        if order == "SPM":
            return [prefix, suffix, *continued(tokenizer, behind), middle, *encode(before)]
        return [prefix, *encode(before), suffix, *continued(tokenizer, behind), middle]
    if kind == "mistral":  # mistral-common, encode_fim: both sides without a space before them; [SUFFIX]S[PREFIX]P
        return [tokenizer.token_to_id("[SUFFIX]"), *continued(tokenizer, behind), tokenizer.token_to_id("[PREFIX]"), *encode(before)]
    return encode(layout.format(p=before, s=behind))


def main():
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    rows = []
    for kind, added, layouts in FAMILIES:
        tokenizer = Tokenizer.from_str(json.dumps(json.loads((folder / f"{kind}.json").read_text())["tokenizer"]))
        tokenizer.add_special_tokens([AddedToken(text, special=True, normalized=False) for text in added])
        for order, layout in layouts.items():
            for before, behind in PIECES:
                rows.append({"kind": kind, "added": added, "order": order, "before": before, "behind": behind, "ids": ids_of(kind, tokenizer, layout, order, before, behind)})
    out.write_text("[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]\n")


main()
