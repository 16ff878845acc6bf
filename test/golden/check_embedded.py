"""Holds a model folder made here against transformers, which must load it as it is.

    python test/golden/check_embedded.py MODEL_DIR [--prompt TEXT] [--against EXPLAIN.json]

Prints the prompt's token ids and the five likeliest next tokens as JSON. EXPLAIN.json is what
`latent-lens explain FILE --json` wrote: its prompt is used, and its token ids and the logit of each answer's first
token must agree, to 1e-3; otherwise the exit code is 1.
"""

import argparse
import json
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer


def main() -> None:
    parser = argparse.ArgumentParser(description="Hold a model folder against transformers.")
    parser.add_argument("model", type=Path)
    parser.add_argument("--prompt", default='print("a" + 1)\n# When this code is executed, Python will raise a')
    parser.add_argument("--against", type=Path)
    options = parser.parse_args()
    explained = json.loads(options.against.read_text()) if options.against else None

    tokenizer = AutoTokenizer.from_pretrained(options.model)
    model, loading = AutoModelForCausalLM.from_pretrained(
        options.model, dtype=torch.float32, output_loading_info=True
    )
    prompt = explained["prompt"] if explained else options.prompt
    ids = tokenizer(prompt)["input_ids"]
    with torch.inference_mode():
        logits = model(torch.tensor([ids])).logits[0, -1]
    top = logits.topk(5)
    report = {
        "model": type(model).__name__,
        "parameters": model.num_parameters(),
        "problems": {name: sorted(map(str, keys)) for name, keys in loading.items() if keys},
        "tokens": ids,
        "round_trip": tokenizer.decode(ids, skip_special_tokens=True) == prompt,
        "top": [{"token": tokenizer.decode(i), "logit": v} for v, i in zip(top.values.tolist(), top.indices.tolist())],
    }
    agrees = not report["problems"]
    if explained:
        answers = explained["prediction"]["answers"]
        words = ["NoError" if a["label"] == "no error" else a["label"] for a in answers]
        first = [tokenizer(f" {word}", add_special_tokens=False)["input_ids"][0] for word in words]
        report["same_tokens"] = ids == [token["id"] for token in explained["tokens"]]
        report["largest_difference"] = max(abs(logits[i].item() - a["logit"]) for i, a in zip(first, answers))
        agrees = agrees and report["same_tokens"] and report["largest_difference"] < 1e-3
    print(json.dumps(report, indent=2))
    raise SystemExit(0 if agrees else 1)


if __name__ == "__main__":
    main()
