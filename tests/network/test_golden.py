"""Training against PyTorch, as recorded by `tests/golden/make_network.py`; PyTorch is not needed here."""

import json
from pathlib import Path

import numpy as np
import pytest

from optisim.network import Network, digits, train
from tests.golden.twin import BATCHES, SIZES, parameters, rows

RECORDS = json.loads((Path(__file__).parents[1] / "golden" / "network.json").read_text(encoding="ascii"))


def kind(record):
    return f"{record['activation']}-bn={record['batch_norm']}-decay={record['weight_decay']}"


def twin(record):
    """OptiSim's network as PyTorch's began."""
    net = Network(
        SIZES,
        activation=record["activation"],
        batch_norm=record["batch_norm"],
        weight_decay=record["weight_decay"],
    )
    net.parameters.update(parameters())
    return net


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: f"{record['spec']}-{kind(record)}")
def test_every_loss_is_that_of_pytorch(record):
    run = train(twin(record), digits(), record["spec"], batches=rows(), measure_every=0)
    np.testing.assert_allclose(run.loss, record["loss"], rtol=0, atol=1e-8)


def test_there_are_eight_optimizers_with_all_kinds_of_layers():
    assert len({record["spec"].partition(":")[0] for record in RECORDS}) == 8
    assert len({kind(record) for record in RECORDS}) == 5
    assert len(RECORDS) == 40


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: f"{record['spec']}-{kind(record)}")
def test_every_reference_learns(record):
    assert len(record["loss"]) == BATCHES
    assert np.mean(record["loss"][-5:]) < np.mean(record["loss"][:5]) - 0.05
