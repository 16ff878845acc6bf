"""What the fixtures of all model families have in common: test/fixtures/golden/families/<case>/.

A family's script gives cases (a tiny seeded model each, as transformers saves it) and taps (which module's input or output is which
site); `write` makes config.json, model.safetensors and expected.safetensors, what transformers computes with that folder:

    prompt{i}/tokens, prompt{i}/answers        I64 [T], [2]
    prompt{i}/logits                           [T, V]
    prompt{i}/<site>                           in the shape that src/architectures/sites.ts gives, without the batch
    prompt{i}/grad/<site>                      d (logits[-1, answers[0]] - logits[-1, answers[1]]) / d site

Of the prompts in `Case.full` every tap is kept, of the others the residual stream. Where a case has a HookedTransformer of the
same weights, every value is checked against TransformerLens before it is written, so that names and meanings are TransformerLens's.
"""

import json
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import torch
from safetensors.torch import load_file, save_file
from transformer_lens import HookedTransformer
from transformers import AutoModelForCausalLM, PreTrainedConfig, PreTrainedModel

FAMILIES = Path(__file__).resolve().parent.parent / "fixtures" / "golden" / "families"
VOCABULARY = 61
BRIEF = ("logits", "hook_embed", "hook_resid_mid", "hook_resid_post")

View = Callable[[torch.Tensor], torch.Tensor]


@dataclass
class Tap:
    """A site is this module's input or output. `view` is linear and makes the site's shape of it, [T, ...] without the batch."""

    site: str
    module: torch.nn.Module
    side: Literal["in", "out"] = "out"
    view: View = lambda x: x
    part: int | None = None  # of an output that is a tuple
    gradient: bool = True


def heads(size: int, start: int = 0, end: int | None = None) -> View:
    """The columns from start to end, as heads of this size: [T, columns] -> [T, H, size]."""
    return lambda x: x[..., start:end].reshape(x.shape[0], -1, size)


def normalized(norm: torch.nn.Module, epsilon: float, centred: bool) -> Tap:
    """ln_final.hook_normalized: what the final norm makes of its input before its weight. It has no gradient here."""

    def apply(x: torch.Tensor) -> torch.Tensor:
        x = x - x.mean(-1, keepdim=True) if centred else x
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + epsilon)

    return Tap("ln_final.hook_normalized", norm, "in", apply, gradient=False)


@dataclass
class Case:
    name: str
    config: PreTrainedConfig
    seed: int
    taps: Callable[[PreTrainedModel], list[Tap]]
    lens: Callable[[PreTrainedModel], HookedTransformer] | None = None
    lengths: tuple[int, ...] = (7, 12)
    full: tuple[int, ...] = (0,)
    stored: torch.dtype = torch.float32
    # Makes of the saved config.json and weights what else the Hub holds (old spellings, other prefixes, extra buffers).
    # transformers then loads the result, so it says what that means.
    rewrite_config: Callable[[dict], None] | None = None
    rewrite_weights: Callable[[dict[str, torch.Tensor]], dict[str, torch.Tensor]] | None = None
    # Keys that transformers calls unexpected and ignores, as the rewriting put them there.
    extra: set[str] = field(default_factory=set)


def build(case: Case) -> PreTrainedModel:
    torch.manual_seed(case.seed)
    model = AutoModelForCausalLM.from_config(case.config)
    with torch.no_grad():  # large, so that nothing is near zero and no norm's weight is near one
        for name, parameter in model.named_parameters():
            is_norm = parameter.ndim == 1 and not name.endswith("bias")
            parameter.uniform_(0.5, 1.5) if is_norm else parameter.normal_(std=0.3)
    return model.to(case.stored).eval()


def save(case: Case, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    build(case).save_pretrained(folder)
    (folder / "generation_config.json").unlink(missing_ok=True)
    if case.rewrite_config:
        path = folder / "config.json"
        config = json.loads(path.read_text())
        case.rewrite_config(config)
        path.write_text(json.dumps(config, indent=2, sort_keys=True) + "\n")
    if case.rewrite_weights:
        path = folder / "model.safetensors"
        weights = case.rewrite_weights(load_file(path))
        save_file({name: value.contiguous() for name, value in weights.items()}, path, metadata={"format": "pt"})


def load(case: Case, folder: Path) -> PreTrainedModel:
    """As transformers reads the folder. What is stored in 16 bits is widened: fixtures test reading, not 16-bit arithmetic."""
    model, info = AutoModelForCausalLM.from_pretrained(
        folder, dtype=torch.float32, attn_implementation="eager", output_loading_info=True
    )
    if info["missing_keys"] or info["mismatched_keys"] or set(info["unexpected_keys"]) - case.extra:
        raise SystemExit(f"{case.name}: transformers does not find its weights: {info}")
    return model.eval()


def record(
    model: PreTrainedModel, taps: Iterable[Tap], tokens: torch.Tensor, answers: torch.Tensor
) -> dict[str, torch.Tensor]:
    """Every tap's value for one prompt [T], and the gradient of the last position's logit difference there as grad/<site>."""
    kept: list[tuple[Tap, torch.Tensor]] = []
    handles = []

    def keep(tap: Tap, value: torch.Tensor) -> None:
        if tap.gradient:
            value.retain_grad()
        kept.append((tap, value))

    for tap in taps:
        if tap.side == "in":
            hook = lambda _, args, kwargs, tap=tap: keep(tap, args[0] if args else kwargs["hidden_states"])
            handles.append(tap.module.register_forward_pre_hook(hook, with_kwargs=True))
        else:
            hook = lambda _, __, out, tap=tap: keep(tap, out if tap.part is None else out[tap.part])
            handles.append(tap.module.register_forward_hook(hook))
    logits = model(tokens[None], use_cache=False).logits
    for handle in handles:
        handle.remove()
    (logits[0, -1, answers[0]] - logits[0, -1, answers[1]]).backward()

    values = {"logits": logits[0].detach()}
    for tap, value in kept:
        values[tap.site] = tap.view(value[0].detach()).clone()
        if tap.gradient:
            values[f"grad/{tap.site}"] = tap.view(value.grad[0]).clone()
    model.zero_grad()
    return values


def check_against_lens(
    lens: HookedTransformer, tokens: torch.Tensor, answers: torch.Tensor, values: dict[str, torch.Tensor]
) -> None:
    """Every value has a hook point of its name in TransformerLens, where the same is computed, to 2e-5 relative."""
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
    lens.zero_grad()
    for name, value in values.items():
        error = (seen[name] - value).abs().max() / value.abs().max()
        if seen[name].shape != value.shape or not error <= 2e-5:  # also when it is NaN
            raise SystemExit(f"{name}: TransformerLens differs by {error:.1e} relative, shape {tuple(seen[name].shape)}")


def lens_of(config, weights: dict[str, torch.Tensor]) -> HookedTransformer:
    """A HookedTransformer of a config and the state dict that one of TransformerLens's weight_conversions made."""
    lens = HookedTransformer(config)
    state = {name: weight.detach() for name, weight in weights.items()}
    missing, unexpected = lens.load_state_dict(state, strict=False)
    missing = [name for name in missing if not name.endswith(("mask", "IGNORE", "rotary_sin", "rotary_cos"))]
    if missing or unexpected:
        raise SystemExit(f"TransformerLens wants other weights: missing {missing}, unexpected {unexpected}")
    return lens


def expect(case: Case, folder: Path) -> dict[str, torch.Tensor]:
    model = load(case, folder)
    taps = case.taps(model)
    lens = case.lens(model) if case.lens else None
    generator = torch.Generator().manual_seed(1000 + case.seed)
    expected: dict[str, torch.Tensor] = {}
    for i, length in enumerate(case.lengths):
        tokens = torch.randint(VOCABULARY, (length,), generator=generator)
        answers = torch.randperm(VOCABULARY, generator=generator)[:2]
        values = record(model, taps, tokens, answers)
        if lens:
            check_against_lens(lens, tokens, answers, values)
        if i not in case.full:
            values = {name: value for name, value in values.items() if name.split(".")[-1].split("/")[-1] in BRIEF}
        for name, value in (values | {"tokens": tokens, "answers": answers}).items():
            expected[f"prompt{i}/{name}"] = value
    return expected


def write(cases: Iterable[Case]) -> None:
    torch.set_num_threads(1)
    for case in cases:
        folder = FAMILIES / case.name
        save(case, folder)
        expected = {name: value.contiguous() for name, value in expect(case, folder).items()}
        save_file(expected, folder / "expected.safetensors")
        size = sum(file.stat().st_size for file in folder.iterdir())
        checked = "also TransformerLens" if case.lens else "transformers alone"
        print(f"{folder.name}: {size / 1024:.0f} KiB, {checked}")
