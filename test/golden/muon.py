"""Writes the reference fixture of Muon: test/fixtures/golden/muon.safetensors.

    /tmp/golden/bin/python test/golden/muon.py

Three steps on a wide, a tall and a square matrix, as the formulas say, in float64 (Jordan et al. 2024). The same steps by
torch.optim.Muon, which orthogonalises in bfloat16, are checked to agree within its rounding before anything is written.

    <name>/weight  <name>/gradient{t}    what is given, float32 [rows, columns], t = 1..3
    <name>/orthogonalized                of gradient1
    <name>/weight{t}  <name>/momentum{t}
"""

from pathlib import Path

import torch
from safetensors.torch import save_file

RATE, MOMENTUM, WEIGHT_DECAY = 0.02, 0.95, 0.1
SHAPES = {"wide": (8, 20), "tall": (24, 8), "square": (12, 12)}


def orthogonalized(matrix):
    a, b, c = 3.4445, -4.7750, 2.0315
    x = matrix / (matrix.norm() + 1e-7)
    if x.shape[0] > x.shape[1]:
        x = x.T
    for _ in range(5):
        square = x @ x.T
        x = a * x + (b * square + c * square @ square) @ x
    return x.T if matrix.shape[0] > matrix.shape[1] else x


tensors = {}
generator = torch.Generator().manual_seed(5)
for name, shape in SHAPES.items():
    weight = torch.randn(shape, generator=generator)
    gradients = [torch.randn(shape, generator=generator) * 0.1 for _ in range(3)]
    tensors[f"{name}/weight"] = weight.clone()
    tensors[f"{name}/orthogonalized"] = orthogonalized(gradients[0].double()).float()

    reference = torch.nn.Parameter(weight.clone())
    optimizer = torch.optim.Muon([reference], lr=RATE, momentum=MOMENTUM, weight_decay=WEIGHT_DECAY, nesterov=True, adjust_lr_fn="original")
    exact, momentum = weight.double(), torch.zeros(shape, dtype=torch.float64)
    for t, gradient in enumerate(gradients, 1):
        tensors[f"{name}/gradient{t}"] = gradient
        reference.grad = gradient.clone()
        optimizer.step()
        momentum = MOMENTUM * momentum + (1 - MOMENTUM) * gradient.double()
        ahead = MOMENTUM * momentum + (1 - MOMENTUM) * gradient.double()
        scale = max(1, shape[0] / shape[1]) ** 0.5
        exact = exact * (1 - RATE * WEIGHT_DECAY) - RATE * scale * orthogonalized(ahead)
        # bfloat16 has eight bits: the update of size RATE is off by some hundredths of it.
        assert (reference.detach() - exact).abs().max() < 0.05 * RATE, (name, t, (reference.detach() - exact).abs().max())
        tensors[f"{name}/weight{t}"] = exact.float()
        tensors[f"{name}/momentum{t}"] = momentum.float()

save_file({key: value.contiguous() for key, value in tensors.items()}, Path(__file__).resolve().parent.parent / "fixtures" / "golden" / "muon.safetensors")
