"""Branches: a run that changes on the way is the old one up to there, and then goes on with what it remembers."""

import csv
import io
import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optisim import (
    OPTIMIZERS,
    SGD,
    SURFACES,
    Adam,
    Gaussian,
    Momentum,
    Past,
    Problem,
    RMSProp,
    Run,
    read_run,
    simulate,
)
from optisim.core.documents.kinds import MAX_FILE, from_json, to_json
from optisim.core.optimizers import LBFGS, Lookahead
from optisim.core.race.scenario import MAX_BOOKMARKS, MAX_PAST, MAX_RUNS, chapter_scenario, make_scenario, suited
from optisim.core.race.schedules import SCHEDULES, Constant, Cosine, StepDecay
from optisim.core.race.simulate import Trajectory, advance, begin, race_to_end
from optisim.export.trajectories import write_csv
from tests.core.documents.dense import dense, dense_json
from tests.core.strategies import any_run
from tests.fast import examples

BOWL = SURFACES["bowl"]
EVERY_HYPER = [
    pytest.param(kind, hyper, id=f"{kind.slug()} {hyper.name}")
    for kind in (*OPTIMIZERS.values(), Lookahead.over(LBFGS))
    for hyper in kind.hypers()
]


def branched(optimizer, at, **changes):
    """The chapter's race of one run and its branch with other hyperparameters, as two trajectories."""
    scenario = make_scenario(BOWL, [optimizer], starts=((-7.0, 2.0), (3.0, -1.0))).with_branch(0, at)
    branch = scenario.runs[1]
    changed = replace(branch, optimizer=replace(branch.optimizer, **changes))
    return race_to_end(scenario.with_run(1, changed))


def other_values(hyper):
    """Some values of a hyperparameter, far apart."""
    if hyper.scale == "switch":
        return True, False
    if hyper.scale == "count":
        return int(hyper.low), int(hyper.low) + 2, int(hyper.high)
    return hyper.low, (hyper.low + hyper.high) / 2, hyper.high


def in_batches(scenario, run, size):
    """The trajectory of a run, computed in batches of `size` steps at most."""
    trajectory = Trajectory(run, begin(scenario, run))
    while len(trajectory) <= scenario.steps:
        trajectory.append(*advance(trajectory.state, min(size, scenario.steps + 1 - len(trajectory))))
    return trajectory


# ── What a branch is ─────────────────────────────────────────────────────────────────────────────────────


def test_a_branch_stands_below_its_run_which_becomes_a_ghost():
    scenario = chapter_scenario()
    there = scenario.with_branch(1, 12)
    assert [run.optimizer for run in there.runs] == [
        run.optimizer for run in (*scenario.runs[:2], scenario.runs[1], *scenario.runs[2:])
    ]
    assert there.runs[1] == replace(scenario.runs[1], ghost=True)
    branch = there.runs[2]
    assert branch.past == (Past(12, Momentum(lr=0.1), Constant()),)
    assert not branch.ghost
    assert branch.stream == scenario.runs[1].stream
    assert (branch.color, branch.marker) not in {(run.color, run.marker) for run in scenario.runs}
    assert branch.name == "Momentum, t ≥ 12"


def test_a_branch_at_the_start_is_a_duplicate():
    assert chapter_scenario().with_branch(2, 0) == chapter_scenario().with_duplicate(2)


def test_a_branch_of_a_branch_keeps_the_past_before_it_and_drops_what_would_have_come():
    scenario = make_scenario(BOWL, [SGD(lr=0.9)]).with_branch(0, 10)
    scenario = scenario.with_run(1, replace(scenario.runs[1], optimizer=SGD(lr=0.5), schedule=Cosine()))
    run = scenario.runs[1]
    later, at, earlier = (scenario.with_branch(1, step).runs[2] for step in (20, 10, 4))
    assert later.past == (Past(10, SGD(lr=0.9)), Past(20, SGD(lr=0.5), Cosine()))
    assert at.past == run.past
    assert earlier.past == (Past(4, SGD(lr=0.9)),)
    assert (later.optimizer, later.schedule) == (at.optimizer, at.schedule) == (SGD(lr=0.5), Cosine())
    assert (earlier.optimizer, earlier.schedule) == (SGD(lr=0.9), Constant())


@pytest.mark.parametrize(
    "past",
    [
        (Past(3, Adam()),),
        (Past(0, SGD()),),
        (Past(-1, SGD()),),
        (Past(5, SGD()), Past(5, SGD())),
        (Past(5, SGD()), Past(3, SGD())),
        (Past(True, SGD()),),
        (Past(2.5, SGD()),),
        tuple(Past(step, SGD()) for step in range(1, MAX_PAST + 2)),
    ],
    ids=str,
)
def test_a_past_without_sense_cannot_be_had(past):
    with pytest.raises(Problem):
        Run(SGD(), past=past)


# ── Up to the branch and from there on ───────────────────────────────────────────────────────────────────


@pytest.mark.slow(keep=33)
@pytest.mark.parametrize("at", [1, 12, 30, 99])
@pytest.mark.parametrize("kind", OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_a_branch_in_which_nothing_was_changed_is_the_run_bit_for_bit(kind, at):
    old, new = branched(kind(), at)
    assert {name: column.tobytes() for name, column in old.columns.items()} == {
        name: column.tobytes() for name, column in new.columns.items()
    }


@pytest.mark.slow(keep=31)
@pytest.mark.parametrize(("kind", "hyper"), EVERY_HYPER)
def test_whatever_is_changed_all_rows_before_the_branch_stay_as_they_were(kind, hyper):
    for value in other_values(hyper):
        old, new = branched(kind(), 12, **{hyper.name: value})
        assert new.failure is None
        assert len(new) == 31
        for name, before in old.columns.items():
            then = new.columns[name]
            if name in ("s", "y") and before.ndim == 4:  # a memory that has grown has zeros where there was no room
                then = then[:, :, -before.shape[2] :]
            assert then[:12].tobytes() == before[:12].tobytes(), name
        for name in ("x", "loss"):
            assert old.columns[name][12].tobytes() == new.columns[name][12].tobytes()


def test_sgd_goes_on_with_its_new_rate_as_worked_out_by_hand():
    _, new = branched(SGD(lr=0.9), 12, lr=0.1)
    # on x²/20 + y² each step multiplies x by 1 − η/10 and y by 1 − 2η
    t = np.arange(31)
    before, after = np.minimum(t, 12), np.maximum(t - 12, 0)
    for ball, (x, y) in enumerate(((-7.0, 2.0), (3.0, -1.0))):
        assert new.x[:, ball, 0] == pytest.approx(x * 0.91**before * 0.99**after, rel=1e-12)
        assert new.x[:, ball, 1] == pytest.approx(y * (-0.8) ** before * 0.8**after, rel=1e-12)


def test_momentum_keeps_its_velocity_through_the_branch():
    old, new = branched(Momentum(lr=0.1), 12, momentum=0.5)
    expected = 0.5 * old.columns["v"][11] - 0.1 * old.columns["grad"][12]
    assert new.columns["v"][12] == pytest.approx(expected, rel=1e-14)


def test_a_branch_with_noise_meets_the_same_noise():
    scenario = make_scenario(BOWL, [SGD(lr=0.1)], noise=Gaussian(sigma=0.5), seeds=3).with_branch(0, 12)
    scenario = scenario.with_run(1, replace(scenario.runs[1], optimizer=SGD(lr=0.05)))
    old, new = race_to_end(scenario)
    assert old.x[:13].tobytes() == new.x[:13].tobytes()
    slope = np.array([0.1, 2.0])
    noise = [trajectory.grad - trajectory.x * slope for trajectory in (old, new)]
    assert np.abs(noise[0]).min() > 0
    assert noise[0] == pytest.approx(noise[1], abs=1e-12)


@pytest.mark.parametrize("size", [1, 5, 12, 13, 1000])
@pytest.mark.parametrize(
    ("optimizer", "changes"),
    [
        (SGD(lr=0.9), {"lr": 0.1}),
        (RMSProp(), {"centered": True}),
        (RMSProp(centered=True), {"centered": False}),
        (LBFGS(memory=3), {"memory": 8}),
        (LBFGS(memory=8), {"memory": 3}),
    ],
    ids=["rate", "centred", "no longer centred", "more memory", "less memory"],
)
def test_a_branch_computed_in_batches_is_one_computed_at_once(optimizer, changes, size):
    scenario = make_scenario(BOWL, [optimizer], steps=40).with_branch(0, 12)
    run = replace(scenario.runs[1], optimizer=replace(optimizer, **changes))
    whole = race_to_end(replace(scenario, runs=(run,)))[0]
    parts = in_batches(scenario, run, size)
    assert {name: column.tobytes() for name, column in parts.columns.items()} == {
        name: column.tobytes() for name, column in whole.columns.items()
    }


def test_less_memory_keeps_the_newest_steps_and_more_begins_to_fill():
    s = {memory: branched(LBFGS(memory=4), 6, memory=memory)[1].columns["s"] for memory in (2, 6)}
    assert s[2].shape[2] == 4
    assert s[6].shape[2] == 6
    moves = np.diff(branched(LBFGS(memory=4), 6)[0].x, axis=0)
    assert s[2][6, :, 2:] == pytest.approx(moves[4:6].swapaxes(0, 1), rel=1e-12)
    assert not s[2][6, :, :2].any()
    assert not s[6][:6, :, :2].any()
    assert s[6][6, :, 2:] == pytest.approx(moves[2:6].swapaxes(0, 1), rel=1e-12)


# ── Rates ────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_rates_follow_the_schedule_of_each_part():
    run = Run(
        SGD(lr=0.5),
        schedule=Cosine(),
        past=(Past(4, SGD(lr=0.8)), Past(10, SGD(lr=0.4), StepDecay(every=3, gamma=0.5))),
    )
    scenario = make_scenario(BOWL, [run], steps=20)
    (trajectory,) = race_to_end(scenario)
    t = np.arange(21)
    expected = np.select(
        [t < 4, t < 10], [0.8, 0.4 * 0.5 ** (t // 3)], 0.5 * (1 + np.cos(np.pi * np.minimum(t, 20) / 20)) / 2
    )
    assert trajectory.rates[:20] == pytest.approx(expected[:20], rel=1e-12)
    assert run.scheduled
    moves = np.diff(trajectory.x[:, 0], axis=0)
    assert moves == pytest.approx(-expected[:20, None] * trajectory.grad[:20, 0], rel=1e-9, abs=1e-12)
    table = io.StringIO()
    write_csv(scenario, [trajectory], table)
    lines = [line for line in table.getvalue().splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(lines))
    assert [float(row["lr"]) for row in rows] == trajectory.rates.tolist()


def test_the_schedule_of_a_method_that_finds_its_own_rate_changes_nothing():
    run = Run(LBFGS(memory=3), past=(Past(5, LBFGS(), Cosine()),))
    plain = replace(run, past=(Past(5, LBFGS()),))
    scenario = make_scenario(BOWL, [run])
    assert scenario.cause(run) == scenario.cause(plain)
    assert not run.scheduled
    assert run.spec == plain.spec == "lbfgs/5/lbfgs:memory=3"


def test_another_past_is_another_cause():
    scenario = make_scenario(BOWL, [SGD(lr=0.5)])
    (run,) = scenario.runs
    several = [
        run,
        replace(run, past=(Past(5, SGD(lr=0.9)),)),
        replace(run, past=(Past(6, SGD(lr=0.9)),)),
        replace(run, past=(Past(5, SGD(lr=0.8)),)),
        replace(run, past=(Past(5, SGD(lr=0.9), Cosine()),)),
        replace(run, past=(Past(5, SGD(lr=0.9)), Past(6, SGD(lr=0.9)))),
    ]
    assert len({scenario.cause(one) for one in several}) == len(several)
    assert scenario.cause(replace(several[1], ghost=True)) == scenario.cause(several[1])
    # a schedule in the past depends on how many steps there are in all
    longer = replace(scenario, steps=60)
    assert [longer.cause(one) == scenario.cause(one) for one in several] == [True, True, True, True, False, True]


def test_rates_that_nobody_touched_follow_the_surface_in_the_past_too():
    valley = SURFACES["rosenbrock"]
    untouched = make_scenario(BOWL, [SGD()]).with_branch(0, 9)
    assert untouched.with_surface(valley).runs[1].past == (Past(9, suited(SGD(), valley)),)
    touched = untouched.with_run(1, replace(untouched.runs[1], past=(Past(9, SGD(lr=0.123)),)))
    there = touched.with_surface(valley).runs[1]
    assert (there.past, there.optimizer) == ((Past(9, SGD(lr=0.123)),), suited(SGD(), valley))


# ── Read and written ─────────────────────────────────────────────────────────────────────────────────────


@settings(max_examples=examples(150), deadline=None)
@given(any_run)
def test_a_run_written_as_text_is_read_back(run):
    phases = [(o, s if o.has_rate() else Constant()) for o, s in run.phases]
    plain = Run(
        phases[-1][0],
        schedule=phases[-1][1],
        past=tuple(Past(old.until, *phase) for old, phase in zip(run.past, phases, strict=False)),
    )
    assert read_run(plain.spec) == plain
    assert read_run(run.spec) == plain


def test_a_run_that_changes_can_be_simulated_from_text():
    (trajectory,) = simulate("bowl", "sgd:lr=0.9/12/sgd:lr=0.1")
    assert trajectory.x.tobytes() == branched(SGD(lr=0.9), 12, lr=0.1)[1].x[:, :1].tobytes()


@pytest.mark.parametrize(
    "text",
    [
        "sgd/sgd",
        "sgd/12",
        "/12/sgd",
        "sgd/12/",
        "sgd/x/sgd",
        "sgd/1.5/sgd",
        "sgd/-1/sgd",
        "sgd/0/sgd",
        "sgd/²/sgd",
        "sgd/5/adam",
        "sgd/5/sgd/5/sgd",
        "sgd/9/sgd/5/sgd",
        "sgd//sgd",
        "/",
        "sgd/9999999/sgd",
        "sgd/1/sgd/2",
    ],
)
def test_text_that_is_no_run_is_told(text):
    with pytest.raises(Problem):
        read_run(text)


def test_the_past_and_bookmarks_survive_being_written():
    scenario = make_scenario(BOWL, [SGD(lr=0.9), Adam()], bookmarks=(5, 12)).with_branch(0, 7).with_branch(1, 20)
    assert from_json(dense_json(scenario)) == scenario
    assert from_json(to_json(scenario)) == scenario


def test_the_largest_scenario_can_be_read_back():
    kind = max(OPTIMIZERS.values(), key=lambda kind: len(kind.hypers()))
    schedule = max((kind() for kind in SCHEDULES.values()), key=lambda schedule: len(schedule.values))
    past = tuple(Past(99_000 + step, kind(), schedule) for step in range(MAX_PAST))
    run = Run(kind(), label="x" * 40, schedule=schedule, past=past)
    scenario = make_scenario(
        BOWL,
        [run] * MAX_RUNS,
        starts=((-1.23456789012345e-5, 1.23456789012345e-5),) * 100,
        steps=100_000,
        bookmarks=tuple(range(99_001, 99_001 + MAX_BOOKMARKS)),
    )
    assert len(to_json(scenario)) < MAX_FILE
    assert from_json(to_json(scenario)) == scenario


@pytest.mark.parametrize("version", [1, 2])
def test_scenarios_from_before_there_were_branches_still_open(version):
    scenario = make_scenario(BOWL, [SGD(lr=0.9), Adam()])
    data = dense(scenario, version)
    del data["bookmarks"]
    for run in data["runs"]:
        del run["past"], run["ghost"]
    assert from_json(json.dumps(data)) == scenario


@pytest.mark.parametrize("untils", [(5, 3), (5, 5), (-2, 3), (0, 3)])
def test_a_past_out_of_order_is_told(untils):
    scenario = make_scenario(BOWL, [SGD()]).with_branch(0, 2).with_branch(1, 4)
    data = json.loads(to_json(scenario))
    for part, until in zip(data["runs"][2]["past"], untils, strict=True):
        part["until"] = until
    with pytest.raises(Problem, match="that rise"):
        from_json(json.dumps(data))


# ── Bookmarks ────────────────────────────────────────────────────────────────────────────────────────────


@given(st.lists(st.integers(0, 30)))
def test_bookmarks_are_kept_in_order_and_once(steps):
    assert make_scenario(BOWL, [SGD()], steps=30, bookmarks=tuple(steps)).bookmarks == tuple(sorted(set(steps)))


def test_bookmarks_come_and_go():
    scenario = make_scenario(BOWL, [SGD()], steps=30).with_bookmark(12).with_bookmark(5).with_bookmark(30)
    assert scenario.bookmarks == (5, 12, 30)
    assert scenario.without_bookmark(12).bookmarks == (5, 30)
    assert replace(scenario, steps=12).bookmarks == (5, 12)
    assert scenario.cause(scenario.runs[0]) == replace(scenario, bookmarks=()).cause(scenario.runs[0])


@pytest.mark.parametrize(
    "bookmarks", [(-1,), (1.0,), (True,), ("1",), (None,), tuple(range(MAX_BOOKMARKS + 1))], ids=str
)
def test_a_bookmark_without_sense_cannot_be_had(bookmarks):
    with pytest.raises(Problem):
        make_scenario(BOWL, [SGD()], steps=MAX_BOOKMARKS + 5, bookmarks=bookmarks)
