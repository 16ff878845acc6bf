"""Writes the reference fixtures of GGUF files: test/fixtures/gguf/.

    python3.11 -m venv /tmp/golden && /tmp/golden/bin/pip install -r test/golden/requirements.txt gguf sentencepiece
    pip download llama-cpp-python==0.3.36 --no-deps --no-binary :all: && tar xf llama_cpp_python-*.tar.gz
    LLAMA_CPP=llama_cpp_python-0.3.36/vendor/llama.cpp /tmp/golden/bin/python test/golden/gguf.py

blocks.json      for each quantised type random blocks and what `gguf.quants.dequantize` makes of them (base64, fp32)
<case>.gguf      a tiny, seeded model of transformers, written by llama.cpp's own converter
expected.json    for each case: transformers' config, each tensor's shape and SHA-256 (of its fp32 bytes), and the ids of
                 TEXTS from the tokenizer that the model was saved with (Rust's tokenizers, or sentencepiece itself)
pre-tokenizers.json  one vocabulary, and the ids of TEXTS and CASED with each way of cutting text
llama-iq4_nl.*   llama-q8_0 with random IQ4_NL blocks for its MLPs, as llama.cpp's quantiser writes such files, and the SHA-256
                 of what `gguf.quants.dequantize` makes of each
"""

import base64
import hashlib
import io
import json
import os
import runpy
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import sentencepiece
import torch
import transformers
from safetensors.torch import load_file
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from tokenizers import Regex

LLAMA_CPP = Path(os.environ["LLAMA_CPP"]).resolve()
sys.path.insert(0, str(LLAMA_CPP / "gguf-py"))
sys.path.insert(0, str(LLAMA_CPP))

import gguf  # noqa: E402
import conversion.base  # noqa: E402

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "gguf"

CORPUS = (
    "def total(values):\n    result = 0\n    for value in values:\n        result += value\n    return result\n\n"
    "print(total([1, 2, 3]))\nclass Point:\n    def __init__(self, x, y):\n        self.x = x\n\n"
    "it's what they're for; we'll see. naïve café über Ünïcode 12345 67890 \t\tif x == 10: raise ValueError('no')\n"
) * 4

TEXTS = [
    "",
    " ",
    "   ",
    "print(total([1, 2, 3]))",
    " leading and trailing ",
    "for value in values:\n        result += value\n\n\n    return result\r\n\tx",
    "12345 1234567890 3.14 ½ ² ٣ x2y",
    "it's IT'S we'll WE'LL they're don't",
    "naïve cafe\u0301 Ünïcode ﬁ Å",
    "日本語 中文字符 한국어 русский العربية हिन्दी",
    "👩‍👩‍👧 🚀🚀 ✅",
    "a  b   c    d     e\u00a0f\u2003g\ufeffh",
    "!!!???... ((())) {}[] <= >= != -> // /* */ #$%&@^~`|\\",
    "\x00\x01\x7f\u0085\u2028",
    "camelCaseName snake_case_name SCREAMING_CASE __dunder__",
    "a" * 40 + "=" * 30,
]
SPECIAL_TEXT = "x<|endoftext|>y <|endoftext|> z"

ISOLATED = dict(behavior="isolated", invert=False)


def gpt4(digits: str) -> str:
    letters = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|"
    return letters + digits + r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"


def cased(contraction: str, digits: str) -> str:
    upper, lower = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]", r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
    before = r"[^\r\n\p{L}\p{N}]?"
    words = f"{before}{upper}*{lower}+{contraction}|{before}{upper}+{lower}*{contraction}|"
    return words + digits + r"| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"


def byte_level(use_regex: bool) -> pre_tokenizers.PreTokenizer:
    return pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=use_regex)


def steps(pre: str):
    """The normalizer and pre-tokenizer of the models on the Hub that llama.cpp calls so."""
    split = lambda pattern: pre_tokenizers.Split(Regex(pattern), **ISOLATED)  # noqa: E731
    digits = pre_tokenizers.Digits(individual_digits=True)
    match pre:
        case "gpt-2":
            return None, byte_level(True)
        case "mpt":
            return normalizers.NFC(), byte_level(True)
        case "starcoder" | "smollm":
            return None, pre_tokenizers.Sequence([digits, byte_level(True)])
        case "qwen2" | "deepseek-r1-qwen" | "kormo":
            return normalizers.NFC(), pre_tokenizers.Sequence([split(gpt4(r"\p{N}")), byte_level(False)])
        case "llama-bpe" | "smaug-bpe" | "dbrx":
            return None, pre_tokenizers.Sequence([split(gpt4(r"\p{N}{1,3}")), byte_level(False)])
        case "deepseek-coder":
            cuts = ["[\r\n]", r"\s?\p{L}+", r"\s?\p{P}+", "[一-龥ࠀ-一가-퟿]+"]
            return None, pre_tokenizers.Sequence([*map(split, cuts), digits, byte_level(False)])
        # As llama.cpp's llama-vocab.cpp quotes them from the tokenizer.json of Phi-4-mini and of Mistral Nemo.
        case "gpt-4o":
            cut = cased(r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?", r"\p{N}{1,3}")
            return None, pre_tokenizers.Sequence([split(cut), byte_level(False)])
        case "tekken":
            return None, pre_tokenizers.Sequence([split(cased("", r"\p{N}")), byte_level(False)])
    raise ValueError(pre)


def bpe(pre: str, folder: Path) -> Tokenizer:
    tokenizer = Tokenizer(models.BPE(ignore_merges=pre == "llama-bpe"))
    tokenizer.normalizer, tokenizer.pre_tokenizer = steps(pre)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=320, initial_alphabet=alphabet, special_tokens=["<|endoftext|>"], show_progress=False)
    tokenizer.train_from_iterator([CORPUS], trainer)
    tokenizer.add_tokens(["<think>"])
    bos = pre == "llama-bpe"
    if bos:
        tokenizer.post_processor = processors.TemplateProcessing("<|endoftext|> $A", None, [("<|endoftext|>", 0)])
    tokenizer.save(str(folder / "tokenizer.json"))
    special = {"bos_token": "<|endoftext|>", "eos_token": "<|endoftext|>"}
    config = {"tokenizer_class": "PreTrainedTokenizerFast", "chat_template": "{{ messages[0]['content'] }}"} | special
    (folder / "tokenizer_config.json").write_text(json.dumps(config))
    return tokenizer


def spm(prefix: bool, folder: Path) -> sentencepiece.SentencePieceProcessor:
    written = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(CORPUS.splitlines()),
        model_writer=written,
        model_type="bpe",
        vocab_size=400,
        byte_fallback=True,
        character_coverage=0.99,
        normalization_rule_name="identity",
        remove_extra_whitespaces=False,
        add_dummy_prefix=prefix,
        split_digits=True,
        allow_whitespace_only_pieces=True,
        minloglevel=2,
    )
    (folder / "tokenizer.model").write_bytes(written.getvalue())
    config = {"tokenizer_class": "LlamaTokenizer", "add_bos_token": True, "bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>"}
    (folder / "tokenizer_config.json").write_text(json.dumps(config))
    return sentencepiece.SentencePieceProcessor(model_proto=written.getvalue())


@dataclass
class Case:
    name: str
    seed: int
    model: str  # transformers' model_type
    pre: str  # "spm" for SentencePiece
    options: dict = field(default_factory=dict)
    stored: str = "bf16"
    old: dict = field(default_factory=dict)  # what the converter reads that only transformers 4 wrote


HEADS = dict(num_attention_heads=2, num_key_value_heads=1)
LLAMA = dict(hidden_size=16, num_hidden_layers=2, intermediate_size=24, max_position_embeddings=64) | HEADS
GPT2 = dict(n_embd=16, n_layer=2, n_head=2, n_inner=64, n_positions=32)
THETA = 500_000.0


def rope(kind: str, **options) -> dict:
    return dict(rope_parameters=dict(rope_type=kind, rope_theta=THETA) | options)


LLAMA3 = rope("llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0, original_max_position_embeddings=8192)
TOKENS = dict(bos_token_id=0, eos_token_id=0)
GEMMA3 = LLAMA | dict(num_hidden_layers=7, head_dim=8, query_pre_attn_scalar=8, sliding_window=16)
NEOX = dict(hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32, max_position_embeddings=64) | dict(
    rope_parameters=dict(rope_type="default", rope_theta=10_000.0, partial_rotary_factor=0.25)
)
YARN = rope("yarn", factor=4.0, original_max_position_embeddings=32)
CASES = [
    Case("llama-tied", 1, "llama", "smollm", LLAMA | dict(tie_word_embeddings=True, rms_norm_eps=1e-5) | rope("default"), "f32"),
    Case("llama-3", 2, "llama", "llama-bpe", LLAMA | dict(head_dim=64, rms_norm_eps=1e-6) | LLAMA3),
    Case("llama-linear", 3, "llama", "deepseek-coder", LLAMA | rope("linear", factor=4.0)),
    Case("llama-spm", 4, "llama", "spm", LLAMA | dict(num_key_value_heads=2, attention_bias=True, mlp_bias=True) | rope("default")),
    Case("llama-q8_0", 5, "llama", "smollm", LLAMA | dict(hidden_size=32, intermediate_size=32) | rope("default"), "q8_0"),
    Case("llama-f16", 6, "llama", "smollm", LLAMA | rope("default"), "f16"),
    Case("qwen2", 7, "qwen2", "qwen2", LLAMA | dict(tie_word_embeddings=True) | YARN),
    Case("qwen3", 8, "qwen3", "qwen2", LLAMA | dict(head_dim=16) | rope("default")),
    Case("phi3", 9, "phi3", "spm", LLAMA | dict(pad_token_id=0, sliding_window=16) | rope("default")),
    Case("gemma", 10, "gemma", "spm", LLAMA | dict(head_dim=16)),
    Case("gemma2", 11, "gemma2", "spm", LLAMA | dict(head_dim=16, query_pre_attn_scalar=16, sliding_window=16)),
    Case("gemma3", 12, "gemma3_text", "spm", GEMMA3, old=dict(sliding_window_pattern=6)),
    Case("starcoder2", 13, "starcoder2", "starcoder", LLAMA | dict(sliding_window=None) | TOKENS | rope("default")),
    Case("starcoder", 14, "gpt_bigcode", "starcoder", GPT2 | TOKENS | dict(multi_query=True)),
    Case("gpt2", 15, "gpt2", "gpt-2", GPT2 | TOKENS, old=dict(n_ctx=32)),
    Case("gptneox", 16, "gpt_neox", "mpt", NEOX | TOKENS, old=dict(rotary_pct=0.25)),
]


def build(case: Case, vocabulary: int) -> torch.nn.Module:
    config = transformers.AutoConfig.for_model(case.model, vocab_size=vocabulary, **case.options)
    torch.manual_seed(case.seed)
    model = transformers.AutoModelForCausalLM.from_config(config)
    with torch.no_grad():
        for parameter in model.parameters():
            # Of norms and biases: eighths, so that adding one is exact.
            parameter.normal_(std=0.3) if parameter.ndim > 1 else parameter.copy_(torch.randint(-8, 9, parameter.shape) / 8)
            parameter.copy_(parameter.to(torch.bfloat16))
    return model.eval()


LOAD = conversion.base.ModelBase.load_hparams


def convert(case: Case, folder: Path) -> Path:
    """Runs llama.cpp's converter, which knows tokenizers by what they make of a text: of ours it is told."""
    conversion.base.TextModel.get_vocab_base_pre = lambda self, tokenizer: case.pre
    conversion.base.ModelBase.load_hparams = staticmethod(lambda *given, **named: LOAD(*given, **named) | case.old)
    out = FIXTURES / f"{case.name}.gguf"
    sys.argv = ["convert", str(folder), "--outfile", str(out), "--outtype", case.stored]
    runpy.run_path(str(LLAMA_CPP / "convert_hf_to_gguf.py"), run_name="__main__")
    return out


def digest(tensor: torch.Tensor) -> dict:
    data = tensor.detach().to(torch.float32).contiguous().numpy().astype("<f4").tobytes()
    return {"shape": list(tensor.shape), "sha256": hashlib.sha256(data).hexdigest()}


def expect(case: Case) -> dict:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if case.pre == "spm":
            tokenizer = spm(not case.model.startswith("gemma"), folder)
            ids = {text: tokenizer.encode(text) for text in TEXTS}
            vocabulary = tokenizer.vocab_size()
        else:
            tokenizer = bpe(case.pre, folder)
            ids = {text: tokenizer.encode(text, add_special_tokens=False).ids for text in [*TEXTS, SPECIAL_TEXT, "a <think> b"]}
            vocabulary = tokenizer.get_vocab_size() + 3  # as padded embeddings have it
        model = build(case, vocabulary)
        model.save_pretrained(folder)
        out = convert(case, folder)
        state = load_file(folder / "model.safetensors")
        if case.stored in ("q8_0", "f16"):  # not what was saved: what transformers reads from the same file
            state = transformers.AutoModelForCausalLM.from_pretrained(FIXTURES, gguf_file=out.name, dtype=torch.float32).state_dict()
        tensors = {key: digest(value) for key, value in state.items()}
        config = json.loads(model.config.to_json_string(use_diff=False))
        return {"config": config, "tensors": tensors, "bos": case.pre in ("spm", "llama-bpe"), "ids": ids}


def random_blocks(kind: gguf.GGMLQuantizationType, generator: np.random.Generator) -> np.ndarray:
    """Any bytes are valid blocks, but for the halves that scale them: those are made sane, one zero and one subnormal."""
    numbers, size = gguf.GGML_QUANT_SIZES[kind]
    count = 6 if numbers == 32 else 3
    blocks = generator.integers(0, 256, (count, size), dtype=np.uint8)
    places = {"Q2_K": (80, 82), "Q3_K": (108,), "Q6_K": (208,), "Q4_K": (0, 2), "Q5_K": (0, 2), "Q4_1": (0, 2), "Q5_1": (0, 2)}
    for at in places.get(kind.name, (0,)):
        scales = generator.normal(0, 0.05, count).astype(np.float16)
        scales[0], scales[1] = (0, 3e-7) if at in (0, 80, 108, 208) else (scales[0], scales[1])
        blocks[:, at : at + 2] = scales[:, None].view(np.uint8)
    return blocks


def blocks() -> dict:
    generator = np.random.default_rng(0)
    encode = lambda array: base64.b64encode(array.tobytes()).decode()  # noqa: E731
    result = {}
    for name in ("Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0", "Q2_K", "Q3_K", "Q4_K", "Q5_K", "Q6_K", "IQ4_NL", "IQ4_XS"):
        kind = gguf.GGMLQuantizationType[name]
        stored = random_blocks(kind, generator)
        values = gguf.quants.dequantize(stored, kind).astype("<f4")
        result[name] = {"blocks": encode(stored), "values": encode(values)}
    return result


CUTS = ["gpt-2", "mpt", "starcoder", "smollm", "qwen2", "deepseek-r1-qwen", "kormo", "llama-bpe", "smaug-bpe", "dbrx", "gpt-4o", "tekken", "deepseek-coder"]
CASED = [
    "camelCase HTTPServer XMLHttpRequest's URLs' iPhoneX ABCdef I'LL it's we'Re x'sY",
    "İstanbul ǅungla ʰaspirate ªº 中文Abc हिन्दीABC Åb́C",
    "a/b//c\n//d\r\n/\n x1234567 12a34 A1b2 ___ --flag=/usr/bin",
]


def pre_tokenizers_json() -> dict:
    """One vocabulary, whose merges cross the borders of words, cut in each way; the last merges are only tokens, for ignore_merges."""
    trained = Tokenizer(models.BPE())
    trained.pre_tokenizer = byte_level(False)
    corpus = [line + "\n" for text in [CORPUS, *TEXTS, *CASED] for line in text.split("\n") for _ in range(2)]
    trainer = trainers.BpeTrainer(vocab_size=700, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), special_tokens=["<|endoftext|>"], show_progress=False)
    trained.train_from_iterator(corpus, trainer)
    model = json.loads(trained.to_str())["model"]
    tokens = sorted(model["vocab"], key=model["vocab"].get)
    merges = [tuple(pair) for pair in model["merges"][:-150]]
    result = {"tokens": tokens, "merges": [" ".join(pair) for pair in merges], "ids": {}}
    for pre in CUTS:
        tokenizer = Tokenizer(models.BPE(vocab=model["vocab"], merges=merges, ignore_merges=pre in ("llama-bpe", "tekken")))
        tokenizer.normalizer, tokenizer.pre_tokenizer = steps(pre)
        result["ids"][pre] = {text: tokenizer.encode(text, add_special_tokens=False).ids for text in [*TEXTS, *CASED]}
    return result


def iq4_nl() -> None:
    generator = np.random.default_rng(0)
    reader = gguf.GGUFReader(FIXTURES / "llama-q8_0.gguf")
    writer = gguf.GGUFWriter(FIXTURES / "llama-iq4_nl.gguf", "llama")
    for key in reader.fields.values():
        if not key.name.startswith("GGUF.") and key.name != "general.architecture":
            item = key.types[-1] if key.types[0] == gguf.GGUFValueType.ARRAY else None
            writer.add_key_value(key.name, key.contents(), key.types[0], item)
    kind = gguf.GGMLQuantizationType.IQ4_NL
    expected = {}
    for tensor in reader.tensors:
        if "ffn_" not in tensor.name or len(tensor.shape) != 2:
            writer.add_tensor(tensor.name, tensor.data, raw_dtype=tensor.tensor_type)
            continue
        blocks = generator.integers(0, 256, (int(np.prod(tensor.shape)) // 32, 18), dtype=np.uint8)
        blocks[:, :2] = generator.normal(0, 0.01, len(blocks)).astype(np.float16)[:, None].view(np.uint8)
        stored = blocks.reshape(int(tensor.shape[1]), -1)
        writer.add_tensor(tensor.name, stored, raw_dtype=kind)
        expected[tensor.name] = hashlib.sha256(gguf.quants.dequantize(stored, kind).astype("<f4").tobytes()).hexdigest()
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    (FIXTURES / "llama-iq4_nl.json").write_text(json.dumps(expected, indent=1) + "\n")


def main() -> None:
    torch.set_num_threads(1)
    FIXTURES.mkdir(parents=True, exist_ok=True)
    (FIXTURES / "blocks.json").write_text(json.dumps(blocks(), indent=1) + "\n")
    expected = {case.name: expect(case) for case in CASES}
    (FIXTURES / "expected.json").write_text(json.dumps(expected, ensure_ascii=False, separators=(",", ":")) + "\n")
    iq4_nl()
    (FIXTURES / "pre-tokenizers.json").write_text(json.dumps(pre_tokenizers_json(), ensure_ascii=False, separators=(",", ":")) + "\n")
    for file in sorted(FIXTURES.iterdir()):
        print(f"{file.name}: {file.stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()
