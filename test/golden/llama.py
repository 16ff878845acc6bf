"""Writes the reference fixtures of the Llama family: test/fixtures/golden/llama-<name>/.

    python3.11 -m venv /tmp/golden && /tmp/golden/bin/pip install -r test/golden/requirements.txt
    /tmp/golden/bin/python test/golden/llama.py

Each is a tiny, seeded LlamaForCausalLM as transformers saves it (config.json, model.safetensors) and
`expected.safetensors`, what transformers computes with it. Every value at a site is checked here against
TransformerLens before it is written, so that names and meanings are TransformerLens's:

    prompt{i}/tokens  prompt{i}/answers        I64 [T], [2]
    prompt{i}/logits                           [T, V]
    prompt{i}/hook_embed, prompt{i}/blocks.{l}.hook_resid_{pre,mid,post}, .hook_{attn,mlp}_out     [T, D]
    prompt{i}/blocks.{l}.attn.hook_{q,z}       [T, H, dh], hook_{k,v} [T, Hkv, dh]; q and k before the rotation
    prompt{i}/blocks.{l}.attn.hook_pattern     [H, T, T]
    prompt{i}/blocks.{l}.mlp.hook_pre          the gate projection, [T, F]
    prompt{i}/blocks.{l}.mlp.hook_pre_linear   the up projection
    prompt{i}/blocks.{l}.mlp.hook_post         act(pre) * pre_linear
    prompt{i}/ln_final.hook_normalized         x / rms(x), BEFORE the norm's weight is multiplied on
    prompt{i}/grad/<site>                      d (logits[-1, answers[0]] - logits[-1, answers[1]]) / d site
    train/tokens [2, 12], train/loss [4], train/grad_norm [3], weight_grad/<name>, adamw/<name>
                                               see train.py; for the configs that are marked so
"""

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import LlamaConfig, LlamaForCausalLM

from lens import check_against_lens
from sites import record
from train import train

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "golden"
VOCABULARY = 61
PROMPT_LENGTHS = (7, 12)


@dataclass
class Case:
    name: str
    shape: dict
    seed: int
    stored: torch.dtype = torch.float32
    sharded: bool = False
    trained: bool = False
    # As transformers 4 wrote it, which is most of what the Hub holds: rope_theta and torch_dtype, often no head_dim.
    old_config: bool = False
    # The sites that are kept; None for all.
    only: tuple[str, ...] | None = field(default=None)


RESIDUALS = ("tokens", "answers", "logits", "hook_embed", "hook_resid_post")

CASES = [
    Case(
        "mha-tied",
        dict(hidden_size=16, num_attention_heads=4, num_key_value_heads=4, tie_word_embeddings=True),
        seed=1,
        trained=True,
    ),
    Case(
        "gqa",  # heads wider than hidden_size / heads
        dict(
            hidden_size=24,
            num_hidden_layers=3,
            num_attention_heads=4,
            num_key_value_heads=2,
            head_dim=8,
            rms_norm_eps=1e-5,
            rope_theta=500_000.0,
        ),
        seed=2,
        trained=True,
    ),
    Case(
        "mqa",
        dict(hidden_size=32, intermediate_size=44, num_attention_heads=4, num_key_value_heads=1, rope_theta=100.0),
        seed=3,
        old_config=True,
    ),
    Case(
        "sharded",
        dict(hidden_size=16, num_attention_heads=2, num_key_value_heads=1),
        seed=4,
        sharded=True,
        only=RESIDUALS,
    ),
    Case(
        "bf16",
        dict(hidden_size=16, num_attention_heads=4, num_key_value_heads=2),
        seed=5,
        stored=torch.bfloat16,
        only=RESIDUALS,
    ),
    Case(
        "fp16",
        dict(hidden_size=16, num_attention_heads=4, num_key_value_heads=2, tie_word_embeddings=True),
        seed=6,
        stored=torch.float16,
        old_config=True,
        only=RESIDUALS,
    ),
]


def build(case: Case) -> LlamaForCausalLM:
    shape = dict(num_hidden_layers=2, intermediate_size=40, tie_word_embeddings=False, rms_norm_eps=1e-6) | case.shape
    theta = shape.pop("rope_theta", 10_000.0)
    config = LlamaConfig(
        vocab_size=VOCABULARY,
        max_position_embeddings=64,
        attention_bias=False,
        rope_parameters={"rope_type": "default", "rope_theta": theta},
        **shape,
    )
    torch.manual_seed(case.seed)
    model = LlamaForCausalLM(config)
    with torch.no_grad():  # large, so that nothing is near zero and no norm's weight is near one
        for parameter in model.parameters():
            parameter.normal_(std=0.3) if parameter.ndim > 1 else parameter.uniform_(0.5, 1.5)
    return model.to(case.stored).eval()


def save(model: LlamaForCausalLM, case: Case, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    model.save_pretrained(folder, max_shard_size="12KB" if case.sharded else "5GB")
    (folder / "generation_config.json").unlink(missing_ok=True)
    if case.old_config:
        path = folder / "config.json"
        config = json.loads(path.read_text())
        config["rope_theta"] = config.pop("rope_parameters")["rope_theta"]
        config["rope_scaling"] = None
        config["torch_dtype"] = config.pop("dtype")
        del config["head_dim"]
        path.write_text(json.dumps(config, indent=2, sort_keys=True) + "\n")


def expect(case: Case, folder: Path) -> dict[str, torch.Tensor]:
    # What is stored in 16 bits is widened first: the fixture tests reading, not 16-bit arithmetic.
    model = LlamaForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()
    generator = torch.Generator().manual_seed(1000 + case.seed)
    expected: dict[str, torch.Tensor] = {}
    for i, length in enumerate(PROMPT_LENGTHS):
        tokens = torch.randint(VOCABULARY, (length,), generator=generator)
        answers = torch.randperm(VOCABULARY, generator=generator)[:2]
        values = record(model, tokens, answers)
        check_against_lens(model, tokens, answers, values)
        values |= {"tokens": tokens, "answers": answers}
        for name, value in values.items():
            if case.only is None or name.split(".")[-1] in case.only:
                expected[f"prompt{i}/{name}"] = value
    if case.trained:
        expected |= train(model, torch.randint(VOCABULARY, (2, 12), generator=generator))
    return expected


def main() -> None:
    torch.set_num_threads(1)
    for case in CASES:
        folder = FIXTURES / f"llama-{case.name}"
        save(build(case), case, folder)
        expected = {name: value.contiguous() for name, value in expect(case, folder).items()}
        save_file(expected, folder / "expected.safetensors")
        size = sum(file.stat().st_size for file in folder.iterdir())
        print(f"{folder.name}: {', '.join(sorted(file.name for file in folder.iterdir()))}; {size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()
