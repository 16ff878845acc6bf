"""Writes a small tokenizer of every kind that code models have, and what the original `tokenizers` library makes of hard texts.

    python test/golden/tokenizer_kinds.py test/fixtures/tokenizers

A kind has the normalizer, pre-tokenizer, decoder, post-processor and the flags of added tokens of a real family; its few hundred tokens
are trained here. `texts.json` holds the texts, `KIND.json` the tokenizer and for every text the ids with their ranges in UTF-16 offsets
(flat: id, start, end, id, ...), of long texts the SHA-256 of the ids. Ranges are those before `trim_offsets`, which leaves spaces out.
Made with tokenizers 0.23.3.
"""

import hashlib
import json
import random
import sys
from pathlib import Path

from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

CODE = '''
def mean(values, default=None):
    """The average of some numbers; naïve."""
    total = 0
    for index, value in enumerate(values):
        if value is None:
            continue
        total += value * 2
    return total / len(values) if values else default

class Stack:
    def __init__(self):
        self.items = []

    def push(self, item):
        self.items.append(item)

print(mean([1, 22, 333, 4444]), "it's", 'we''re', f"{x!r:>10}")
for (int i = 0; i < 10; i++) {
\t\tprintf("%d\\n", i);\r
}
# When this code is executed, Python will raise a TypeError, raise a ValueError
# 日本語 日本 é é 😀 café Ünïcödé العربية
x = {"key": [1.5, 2e10, 0xff], "b": (None, True)}
try:
    raise KeyError(key)
except (KeyError, IndexError) as error:
    pass
'''

TEXTS = [
    "", " ", "  ", "     \t  ", "\n", "\n\n\n", "a", " a", "  a", "a ", "\ta", "a\u00a0b",
    "def f(x):\n    return x + 1\n",
    "if x:\n\ty = 1\n\t\tz = 22\r\nw = 333\rv = 4444",
    "    indented = True\n        more = [1, 12, 123, 1234, 12345]\n",
    "x=1234567890 + 0xDEADBEEF - 1_000.5e-10",
    "½ ² ³ ٣ ٣٤ Ⅷ ① 𝟏𝟐 x² y½ 1½2",
    "naïve café Ünïcödé",
    "e\u0301 = 'a\u0323\u0308' # combining, x\u0301\u0302\u0303",
    "A\u030a \u212b \u2126 \uac00 \u1112\u1161\u11ab \u0958",
    "👩\u200d👩\u200d👧\u200d👦 🏳\ufe0f\u200d🌈 👍🏽 🇩🇪 😀😀",
    "日本語の変数 = \"漢字\" # コメント、全角　空白",
    "한국어 변수 = 1",
    "العربية = 'שלום' # \u202bright to left\u202c",
    "𝐱 = 𝒚 + 𐍈",
    "\ufeffbom, nel\x85, ls\u2028, ps\u2029, nbsp\u00a0, thin\u2009, ideographic\u3000.",
    "zero\u200bwidth\u200cnon\u200djoiner \u180e mongolian",
    "nul\x00 bell\x07 escape\x1b[0m del\x7f \x1f",
    "it's we're I'll they'd can't I'm I've IT'S WE'RE 'SOMETHING 'tis 'ſt 'llama 'Llama",
    "<s>not really</s> <s >", "a<|endoftext|>b", "a <|endoftext|> b", "<|endoftext|>", "<|endoftext|><|endoftext|>  x",
    "print('<bos>')", "print('<eos>', \"<pad>\")", "<fim_prefix>def f(<fim_suffix>):<fim_middle>",
    "<|fim_prefix|>x<|fim_middle|>", "<|im_start|>user\nhi<|im_end|>\n<|im_start|>assistant\n", "<start_of_turn>user\nhi<end_of_turn>\n",
    "<|user|>\n hi <|end|>\n\n<|assistant|>  x", "x <|user|>", "▁<PRE> x▁<SUF>", " ▁<PRE>", "<0x0A> <0xFF>", "<unk> x <unk>",
    "▁ literal ▁▁ lower blocks▁", "a  b   c    d", " " * 40 + "x" + " " * 33, "\t" * 12 + "x", "\n" * 12 + "x" + "\n    \n",
    "a\n\nb\n\n\nc", " \n \n  x", "x \t\n y", "~" * 60, "x\u0301" * 30, "()[]{}:;,.!?@#$%^&*-+=/\\|`'\"<>",
    "camelCaseName snake_case_name SCREAMING_CASE __dunder__", "http://example.com/a?b=c&d=%20", "\\ud800 \\x00 \"\\N{SNOWMAN}\" ☃",
    "wörd<|endoftext|>wörd", "é<s>é</s>é", "ﬀ ﬁ ßſ İıK Å", "a\u0300<|endoftext|>\u0301b", "\u0301 starts with a mark",
    "ǅ ʰ ªº 々 〇 ゛ ー", "١٢٣ ४५ 五", "－ ＋ １２", "\U000e0001\U0010ffff\ue000", "x" * 300,
]


def long_texts():
    rng = random.Random(5)
    lines = [line for line in CODE.split("\n") if line]
    yield "\n".join(rng.choice(lines) for _ in range(300))
    yield " ".join(line.strip() for line in (rng.choice(lines) for _ in range(200)))
    alphabet = sorted(set("".join(TEXTS))) + ["<s>", "</s>", "<|endoftext|>", "  ", "\n\n", "<bos>", "'s", "12"]
    for _ in range(60):
        yield "".join(rng.choice(alphabet) for _ in range(120))


def special(content, **flags):
    return {"content": content, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True, **flags}


def plain(content, **flags):
    return special(content, **{"normalized": True, "special": False, **flags})


def regex(pattern, behavior="Isolated", invert=False):
    return {"type": "Split", "pattern": {"Regex": pattern}, "behavior": behavior, "invert": invert}


def sequence(*steps):
    return {"type": "Sequence", "pretokenizers": list(steps)}


def byte_level(use_regex=True):
    return {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": False, "use_regex": use_regex}


def metaspace(scheme, split):
    return {"type": "Metaspace", "replacement": "▁", "prepend_scheme": scheme, "split": split}


DIGITS = {"type": "Digits", "individual_digits": True}
MARK = {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}
LLAMA_NORMALIZER = {"type": "Sequence", "normalizers": [{"type": "Prepend", "prepend": "▁"}, MARK]}
QWEN = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
LLAMA3 = QWEN.replace(r"\p{N}|", r"\p{N}{1,3}|", 1)
O200K = "|".join([
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
    r"\p{N}{1,3}", r" ?[^\s\p{L}\p{N}]+[\r\n/]*", r"\s*[\r\n]+", r"\s+(?!\S)", r"\s+",
])
DEEPSEEK = sequence(
    regex(r"[\r\n]"), regex(r"\s?\p{L}+"), regex(r"\s?\p{P}+"), regex("[一-龥ࠀ-一가-퟿]+"), {**DIGITS}, byte_level(False),
)
FIM = ["<fim_prefix>", "<fim_middle>", "<fim_suffix>", "<fim_pad>"]
SPM = [special("<unk>"), special("<s>"), special("</s>")]

# kind: added tokens, normalizer, pre-tokenizer, token at the beginning, byte fallback, and flags of the BPE model
KINDS = {
    "gpt2": ([special("<|endoftext|>", normalized=True)], None, byte_level(), None, False, {}),
    "starcoder": ([special(t) for t in ["<|endoftext|>", *FIM]], None, sequence(DIGITS, byte_level()), None, False, {}),
    "neox": (
        [special("<|endoftext|>"), special("<|padding|>"), *[plain(" " * n) for n in range(24, 1, -1)]],
        {"type": "NFC"}, byte_level(), None, False, {},
    ),
    "codegen": (
        [special("<|endoftext|>", normalized=True), *[plain(" " * n) for n in range(31, 1, -1)], *[plain("\t" * n) for n in range(9, 1, -1)]],
        None, byte_level(), None, False, {},
    ),
    "llama": (SPM, LLAMA_NORMALIZER, None, "<s>", True, {}),
    "codellama": (
        [*[{**token, "normalized": True} for token in SPM], *[special(t) for t in ["▁<PRE>", "▁<MID>", "▁<SUF>", "▁<EOT>"]]],
        LLAMA_NORMALIZER, None, "<s>", True, {},
    ),
    "phi3": (
        [*SPM, *[special(t, rstrip=True) for t in ["<|user|>", "<|end|>", "<|assistant|>"]], plain("word", single_word=True), special("<pad>", lstrip=True)],
        LLAMA_NORMALIZER, None, None, True, {},
    ),
    "mistral": (SPM, None, metaspace("first", False), "<s>", True, {}),
    "metaspace-never": (SPM, None, metaspace("never", True), "<s>", True, {}),
    "metaspace-always": (SPM, None, metaspace("always", True), "<s>", True, {}),
    "gemma": (
        [special("<pad>"), special("<eos>"), special("<bos>"), special("<unk>"), special("<start_of_turn>"), special("<end_of_turn>"),
         *[plain("\n" * n, normalized=False) for n in range(2, 6)], *[plain("▁" * n, normalized=False) for n in range(2, 6)]],
        MARK, {"type": "Split", "pattern": {"String": " "}, "behavior": "MergedWithPrevious", "invert": False}, "<bos>", True, {},
    ),
    "deepseek-coder": ([special("<｜begin▁of▁sentence｜>"), plain("<｜fim▁begin｜>")], {"type": "Sequence", "normalizers": []}, DEEPSEEK, "<｜begin▁of▁sentence｜>", False, {}),
    "qwen2": ([special("<|endoftext|>"), special("<|im_start|>"), special("<|im_end|>"), plain("<|fim_prefix|>", normalized=False)],
              {"type": "NFC"}, sequence(regex(QWEN), byte_level(False)), None, False, {}),
    "llama3": ([special("<|begin_of_text|>"), special("<|endoftext|>")], None, sequence(regex(LLAMA3), byte_level(False)), "<|begin_of_text|>", False, {"ignore_merges": True}),
    "o200k": ([special("<|endoftext|>")], None, sequence(regex(O200K, "Removed", True), byte_level(False)), None, False, {}),
    "merged": ([special("<|endoftext|>")], None, sequence(
        regex(r"[\s:]", "MergedWithNext"), regex("[a-c]", "MergedWithPrevious"), regex(r"[\W_]", "Contiguous"), regex("[aeiou]+", invert=True), byte_level(False),
    ), None, False, {}),
}


def template(token, ids):
    single = [{"SpecialToken": {"id": token, "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}]
    special_tokens = {token: {"id": token, "ids": [ids], "tokens": [token]}}
    return {"type": "TemplateProcessing", "single": single, "pair": single, "special_tokens": special_tokens}


def trained(normalizer, pre_tokenizer, fallback):
    """The merges that a corpus gives, and the characters that they start from."""
    bpe = Tokenizer(models.BPE())
    if fallback:
        bpe.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
        bpe.pre_tokenizer = pre_tokenizers.Split("▁", "merged_with_next")
    else:
        bpe.normalizer = normalizers.NFC() if normalizer == {"type": "NFC"} else None
        steps = [pre_tokenizers.ByteLevel(add_prefix_space=False)]
        if DIGITS in pre_tokenizer.get("pretokenizers", []):
            steps.insert(0, pre_tokenizers.Digits(individual_digits=True))
        bpe.pre_tokenizer = pre_tokenizers.Sequence(steps)
    alphabet = [] if fallback else sorted(pre_tokenizers.ByteLevel.alphabet())
    trainer = trainers.BpeTrainer(vocab_size=(150 if fallback else 380), initial_alphabet=alphabet, show_progress=False)
    bpe.train_from_iterator([line for line in CODE.split("\n") for _ in range(3)], trainer)
    model = json.loads(bpe.to_str())["model"]
    merges = [list(merge) for merge in model["merges"]]
    if fallback:  # runs of spaces and line breaks, as SentencePiece has them
        merges += [["▁", "▁"], ["▁▁", "▁▁"], ["▁▁▁▁", "▁▁▁▁"]]
    joined = {a + b for a, b in merges}
    return sorted(token for token in model["vocab"] if token not in joined), merges


def make(kind):
    added, normalizer, pre_tokenizer, bos, fallback, flags = KINDS[kind]
    characters, merges = trained(normalizer, pre_tokenizer or {}, fallback)
    words = [a + b for a, b in merges]
    if kind == "llama3":  # reached by no merge, only as a whole word
        words += ["Ġraise", "Ġexecuted", "Stack"]
    before = [token["content"] for token in added] if fallback else []
    tokens = before + ([f"<0x{byte:02X}>" for byte in range(256)] if fallback else []) + characters + words
    vocab = {}
    for token in tokens:
        vocab.setdefault(token, len(vocab))
    for token in added:
        token["id"] = vocab.get(token["content"], len(vocab) + sum(t.get("id", -1) >= len(vocab) for t in added))
    model = {
        "type": "BPE", "dropout": None, "unk_token": "<unk>" if fallback else None, "continuing_subword_prefix": None,
        "end_of_word_suffix": None, "fuse_unk": fallback, "byte_fallback": fallback, "ignore_merges": False, **flags,
        "vocab": vocab, "merges": [" ".join(merge) for merge in merges] if kind != "qwen2" else merges,
    }
    last = byte_level()
    if bos is not None:
        ids = next(token["id"] for token in added if token["content"] == bos)
        last = template(bos, ids) if fallback else {"type": "Sequence", "processors": [byte_level(), template(bos, ids)]}
    file = {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": sorted(({"id": token["id"], **token} for token in added), key=lambda token: token["id"]),
        "normalizer": normalizer, "pre_tokenizer": pre_tokenizer, "post_processor": None if kind == "phi3" else last,
        "decoder": json.loads(decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()]).__getstate__())
        if fallback else byte_level(),
        "model": model,
    }
    return json.loads(Tokenizer.from_str(json.dumps(file)).to_str())


def row(tokenizer, text):
    """Ids with ranges, flat."""
    utf16 = [0]
    for character in text:
        utf16.append(utf16[-1] + (2 if ord(character) > 0xFFFF else 1))
    encoding = tokenizer.encode(text)
    return [number for i, (start, end) in zip(encoding.ids, encoding.offsets) for number in (i, utf16[start], utf16[end])]


def compact(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def main(folder):
    texts = TEXTS + list(long_texts())
    (folder / "texts.json").write_text("[\n" + ",\n".join(json.dumps(text) for text in texts) + "\n]\n")
    for kind in KINDS:
        file = make(kind)
        tokenizer = Tokenizer.from_str(json.dumps(file))
        rows = [row(tokenizer, text) for text in texts]
        short = [r if len(r) <= 270 else hashlib.sha256(compact(r[::3]).encode()).hexdigest() for r in rows]
        (folder / f"{kind}.json").write_text(f'{{"tokenizer":{compact(file)},\n"rows":[\n' + ",\n".join(map(compact, short)) + "\n]}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
