"""The defaults that files rely on when they leave something out.

    python -m tests.golden.defaults

adds to defaults.json what is not recorded yet. What is recorded never changes, but for a new version of a kind,
whose `read` then gives older files the defaults that they rely on.
"""

import json
from pathlib import Path

from optisim import NOISES, OPTIMIZERS, SCHEDULES, SURFACES
from optisim.core.documents.kinds import KINDS, from_json
from optisim.core.race.scenario import MAX_RUNS

RECORD = Path(__file__).with_name("defaults.json")
LINE = "linear-regression"  # a surface that every kind of noise suits


def race(**fields):
    """What is read from a file that says next to nothing."""
    said = {"surface": {"formula": "x^2"}, "starts": [[1, 2]], "runs": [{"optimizer": "sgd"}], **fields}
    kind = KINDS["optisim-scenario"]
    return from_json(json.dumps({"format": kind.format, "version": kind.version, **said}))


def race_defaults():
    """Everything that files of races may leave out, by name."""
    scenario = race(surface={"formula": "a*x^2"}, runs=[{"optimizer": "sgd"}] * MAX_RUNS)
    told = {
        f"scenario {name}": getattr(scenario, name)
        for name in ("steps", "seed", "seeds", "bookmarks", "title", "says")
    }
    told["scenario noise"] = scenario.noise.slug()
    for place, run in enumerate(scenario.runs):
        told[f"run {place}"] = [run.color, run.marker, run.stream]
    run = race(runs=[{"optimizer": "sgd", "past": [{"until": 5}]}]).runs[0]
    told |= {f"run {name}": getattr(run, name) for name in ("visible", "label", "ghost")}
    told |= {"run past": race().runs[0].past, "run schedule": run.schedule.slug()}
    told["past schedule"] = run.past[0].schedule.slug()
    for place, surface in {"surface": scenario.surface, **{f"surface {s.slug}": s for s in catalogue()}}.items():
        parameters = {p.name: [p.value, p.low, p.high] for p in surface.parameters}
        told[place] = [surface.slug, surface.formula, list(surface.domain), surface.log, parameters]
    for slug in [name for known in OPTIMIZERS for name in (known, f"lookahead-{known}")]:
        told[f"optimizer {slug}"] = race(runs=[{"optimizer": slug}]).runs[0].optimizer.values
    for slug in SCHEDULES:
        told[f"schedule {slug}"] = (
            race(runs=[{"optimizer": "sgd", "schedule": {"kind": slug}}]).runs[0].schedule.values
        )
    for slug in NOISES:
        surface = {"slug": LINE, "formula": SURFACES[LINE].formula}
        told[f"noise {slug}"] = race(surface=surface, noise={"kind": slug}).noise.values
    return told


def catalogue():
    """The surfaces of the catalogue, as files name them."""
    for surface in SURFACES.values():
        yield race(surface={"slug": surface.slug, "formula": surface.formula}).surface


DEFAULTS = {"optisim-scenario": race_defaults}
"""Format → what makes the record of a kind of document."""


def defaults(format):
    """The defaults of today, as JSON has them."""
    return json.loads(json.dumps(DEFAULTS[format]()))


def recorded(format):
    """The version and the defaults that are recorded."""
    told = json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else {}
    return told.get(format, {"version": 0, "defaults": {}})


def main():
    """Record what is new."""
    parts = []
    for format, kind in KINDS.items():
        before = recorded(format)
        frozen = before["defaults"] if before["version"] == kind.version else {}
        lines = [
            f"   {json.dumps(name)}: {json.dumps(value)}" for name, value in {**defaults(format), **frozen}.items()
        ]
        body = ",\n".join(lines)
        parts.append(
            f' {json.dumps(format)}: {{\n  "version": {kind.version},\n  "defaults": {{\n{body}\n  }}\n }}'
        )
    RECORD.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
