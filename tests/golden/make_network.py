"""Writes network.json, which `tests/network/test_golden.py` compares OptiSim's training with.

Run by hand from the project's root, in an environment of its own: `python tests/golden/make_network.py`, with
torch==2.13.0 (CPU) and numpy. Nothing else needs these.

network.json: records {"spec", "activation", "batch_norm", "weight_decay", "loss"}, the losses of 40 batches of the
digits before their update, in float64. Weights and batches are made by the formulas of `twin.py`, which the test
uses, too. Weight decay is ½ λ Σ W² of the weights, added to the loss; gradients are torch's own.
"""

import gzip
import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from twin import BATCHES, SIZES, parameters, rows

HERE = Path(__file__).parent
DIGITS = HERE.parents[1] / "resources" / "data" / "digits.csv.gz"
BN_EPS = 1e-6

torch.set_default_dtype(torch.float64)

OPTIMIZERS = {
    "sgd:lr=0.1": lambda p: torch.optim.SGD(p, 0.1),
    "momentum:lr=0.05,momentum=0.8": lambda p: torch.optim.SGD(p, 0.05, 0.8),
    "nesterov:lr=0.05,momentum=0.8": lambda p: torch.optim.SGD(p, 0.05, 0.8, nesterov=True),
    "adagrad:lr=0.02": lambda p: torch.optim.Adagrad(p, 0.02, eps=1e-7),
    "rmsprop:lr=0.002,rho=0.95": lambda p: torch.optim.RMSprop(p, 0.002, 0.95, eps=1e-7),
    "adam:lr=0.005": lambda p: torch.optim.Adam(p, 0.005),
    "adamw:lr=0.005,weight_decay=0.1": lambda p: torch.optim.AdamW(p, 0.005, weight_decay=0.1),
    "nadam:lr=0.005": lambda p: torch.optim.NAdam(p, 0.005, momentum_decay=0.004),
}
ACTIVATIONS = {"relu": torch.nn.ReLU, "sigmoid": torch.nn.Sigmoid, "tanh": torch.nn.Tanh}
# activation, Batch Normalization, weight decay
KINDS = (
    ("relu", False, 0.0),
    ("sigmoid", False, 0.0),
    ("tanh", False, 0.0),
    ("relu", True, 0.0),
    ("relu", False, 0.05),
)


def network(activation, batch_norm):
    layers = []
    for number, (inputs, outputs) in enumerate(pairwise(SIZES), start=1):
        affine = torch.nn.Linear(inputs, outputs)
        affine.weight.data = torch.from_numpy(parameters()[f"W{number}"].T.copy())
        affine.bias.data = torch.from_numpy(parameters()[f"b{number}"].copy())
        layers.append(affine)
        if number < len(SIZES) - 1:
            layers += [torch.nn.BatchNorm1d(outputs, eps=BN_EPS)] if batch_norm else []
            layers.append(ACTIVATIONS[activation]())
    return torch.nn.Sequential(*layers)


def losses(make, activation, batch_norm, weight_decay, x, y):
    net = network(activation, batch_norm)
    optimizer = make(net.parameters())
    weights = [layer.weight for layer in net if isinstance(layer, torch.nn.Linear)]
    found = []
    for batch in rows():
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(net(x[batch]), y[batch])
        loss = loss + 0.5 * weight_decay * sum((W * W).sum() for W in weights)
        loss.backward()
        optimizer.step()
        found.append(loss.item())
    assert len(found) == BATCHES
    return found


def main():
    with gzip.open(DIGITS) as file:
        table = np.loadtxt(file, delimiter=",")
    x, y = torch.from_numpy(table[:, :-1] / 16), torch.from_numpy(table[:, -1].astype(np.int64))
    records = [
        {
            "spec": spec,
            "activation": activation,
            "batch_norm": batch_norm,
            "weight_decay": weight_decay,
            "loss": losses(make, activation, batch_norm, weight_decay, x, y),
        }
        for spec, make in OPTIMIZERS.items()
        for activation, batch_norm, weight_decay in KINDS
    ]
    lines = ",\n".join(json.dumps(record) for record in records)
    (HERE / "network.json").write_text(f"[\n{lines}\n]\n", encoding="ascii")


if __name__ == "__main__":
    main()
