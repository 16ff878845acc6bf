"""Reference gradients of the weights, and three steps of AdamW."""

import torch
from transformers import LlamaForCausalLM

STEPS = 3


def train(model: LlamaForCausalLM, tokens: torch.Tensor) -> dict[str, torch.Tensor]:
    """
    The mean cross-entropy of each next token of `tokens` [B, T] over B * (T - 1) positions; its gradients before any
    clipping as weight_grad/<name>; the weights after three steps on the same batch as adamw/<name>. The step:
    gradients scaled to a global norm of at most 1 (clip_grad_norm_), then AdamW with lr 1e-2, betas 0.9 and 0.95,
    eps 1e-8, weight decay 0.1 on matrices and none on norms. train/loss is before each step and after the last.
    """
    parameters = dict(model.named_parameters())
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for p in parameters.values() if p.ndim >= 2], "weight_decay": 0.1},
            {"params": [p for p in parameters.values() if p.ndim < 2], "weight_decay": 0.0},
        ],
        lr=1e-2,
        betas=(0.9, 0.95),
        eps=1e-8,
    )

    def loss() -> torch.Tensor:
        logits = model(tokens, use_cache=False).logits[:, :-1]
        return torch.nn.functional.cross_entropy(logits.flatten(0, 1), tokens[:, 1:].flatten())

    found: dict[str, torch.Tensor] = {"train/tokens": tokens}
    losses, norms = [], []
    for step in range(STEPS):
        optimizer.zero_grad()
        value = loss()
        value.backward()
        losses.append(value.detach())
        if step == 0:
            found |= {f"weight_grad/{name}": p.grad.clone() for name, p in parameters.items()}
        norms.append(torch.nn.utils.clip_grad_norm_(parameters.values(), 1.0))
        optimizer.step()
    losses.append(loss().detach())
    found |= {"train/loss": torch.stack(losses), "train/grad_norm": torch.stack(norms)}
    found |= {f"adamw/{name}": p.detach() for name, p in parameters.items()}
    return found
