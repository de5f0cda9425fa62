"""Files that say everything, default or not, as OptiSim wrote them up to version 3. They open for ever."""

import json


def dense(scenario, version=3):
    """A scenario as a file of version 3 says it; a file of a later version may say it so, too."""
    surface = scenario.surface
    return {
        "format": "optisim-scenario",
        "version": version,
        "surface": {
            "slug": surface.slug,
            "formula": surface.formula,
            "domain": list(surface.domain),
            "log": surface.log,
            "parameters": {p.name: [p.value, p.low, p.high] for p in surface.parameters},
        },
        "noise": _kind(scenario.noise),
        "seed": scenario.seed,
        "seeds": scenario.seeds,
        "starts": [list(point) for point in scenario.starts],
        "steps": scenario.steps,
        "runs": [
            {
                "optimizer": run.optimizer.slug(),
                "hyperparameters": run.optimizer.values,
                "schedule": _kind(run.schedule),
                "stream": run.stream,
                "color": run.color,
                "marker": run.marker,
                "visible": run.visible,
                "label": run.label,
                "past": [
                    {
                        "until": past.until,
                        "hyperparameters": past.optimizer.values,
                        "schedule": _kind(past.schedule),
                    }
                    for past in run.past
                ],
                "ghost": run.ghost,
            }
            for run in scenario.runs
        ],
        "bookmarks": list(scenario.bookmarks),
    }


def dense_json(scenario, version=3):
    """The same as text."""
    return json.dumps(dense(scenario, version), indent=1)


def _kind(made):
    return {"kind": made.slug(), "hyperparameters": made.values}
