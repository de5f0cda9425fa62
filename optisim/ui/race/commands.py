"""What the race lab can do, by id. Menus are arranged in `menus.py`; doing it is up to the things themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from optisim.canvas.colormaps import COLORMAPS
from optisim.canvas.map.map_view import MapView
from optisim.canvas.map.parts import MAP_PARTS
from optisim.core.base.problems import N_, Problem
from optisim.core.optimizers import OPTIMIZERS
from optisim.core.race.scenario import MAX_STEPS
from optisim.core.surfaces import SURFACES, surface_named
from optisim.ui.parts.clock import SPEEDS
from optisim.ui.parts.commands import Argument, Command
from optisim.ui.parts.settings import Settings
from optisim.ui.race.inspection import Inspection
from optisim.ui.race.map_display import MapDisplay
from optisim.ui.race.map_interactor import MapInteractor
from optisim.ui.race.player import Player
from optisim.ui.race.runs_panel import RunsPanel


def time_commands(player: Player, inspection: Inspection) -> Iterator[Command]:
    """Playing, stepping, slow motion, bookmarks, speed."""
    clock = player.clock
    yield Command("race.play", N_("&Play"), player.toggle, "Space", "play")
    yield Command("race.forward", N_("Step &forward"), player.step_forward, "Right", "step-forward")
    yield Command("race.back", N_("Step &back"), player.step_back, "Left", "step-back")
    yield Command("race.start", N_("To the &start"), player.to_start, "Home", "to-start")
    yield Command("race.end", N_("To the &end"), player.to_end, "End", "to-end")
    yield Command("race.phase_forward", N_("Slow motion: &on"), inspection.forward, "Shift+Right", "phase-forward")
    yield Command("race.phase_back", N_("Slow motion: bac&k"), inspection.back, "Shift+Left", "phase-back")
    yield Command("race.phase_end", N_("&Leave slow motion"), inspection.leave, "Esc")
    yield Command("race.bookmark", N_("Set or remove a book&mark"), player.toggle_bookmark, "Ctrl+M", "bookmark")
    yield Command("race.next", N_("&Next bookmark"), player.to_next_bookmark, "Ctrl+Right", "bookmark-next")
    yield Command(
        "race.previous", N_("Pre&vious bookmark"), player.to_previous_bookmark, "Ctrl+Left", "bookmark-previous"
    )
    yield Command("race.faster", N_("F&aster"), lambda: clock.change_speed(+1), "]")
    yield Command("race.slower", N_("S&lower"), lambda: clock.change_speed(-1), "[")
    yield Command(
        "race.speed",
        N_("Speed"),
        lambda speed: clock.set_speed(speed),
        arguments=(Argument("speed", N_("Speed"), _speeds, current=lambda: clock.speed),),
    )

    def go_to(step: int) -> None:
        clock.pause()
        player.seek(step)

    def set_steps(steps: int) -> None:
        player.set_scenario(replace(player.scenario, steps=steps))

    yield Command("race.go_to", N_("Go to step…"), go_to, arguments=(Argument("step", N_("Step"), read=_whole(0)),))
    yield Command(
        "race.steps",
        N_("Number of steps…"),
        set_steps,
        arguments=(Argument("steps", N_("Number of steps"), read=_whole(1)),),
    )


def _speeds() -> dict[float, str]:
    return {speed: N_("Max") if speed == float("inf") else f"{speed:g}×" for speed in SPEEDS}


def _whole(least: int):  # type: ignore[no-untyped-def]
    """Reads a whole number of steps."""

    def read(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = -1
        if not least <= value <= MAX_STEPS:
            raise Problem(N_("Type a whole number from {least} to {most}."), least=least, most=MAX_STEPS)
        return value

    return read


def map_commands(map_view: MapView, display: MapDisplay, settings: Settings) -> Iterator[Command]:
    """What the map shows, and how."""
    for name, part in MAP_PARTS.items():
        yield Command(
            f"race.show.{name}",
            part.entry or part.title,
            partial(display.show_part, name),
            part.keys,
            part.icon,
            checked=partial(display.shows, name),
        )
    yield Command(
        "race.colormap",
        N_("Colour &map"),
        lambda name: display.show_colormap(name),
        arguments=(
            Argument("name", N_("Colour map"), lambda: COLORMAPS.titles, current=lambda: display.value.colormap),
        ),
    )
    yield Command("race.zoom_in", N_("Zoom &in"), lambda: map_view.zoom(1.4), "Ctrl++|Ctrl+=")
    yield Command("race.zoom_out", N_("Zoom &out"), lambda: map_view.zoom(1 / 1.4), "Ctrl+-")
    yield Command("race.reset_view", N_("&Reset view"), map_view.reset_view, "Ctrl+0", "reset-view")

    def set_equal_axes(on: bool) -> None:
        settings.equal_axes = on
        map_view.set_equal_axes(on)

    yield Command("race.equal", N_("E&qual axes"), set_equal_axes, checked=lambda: settings.equal_axes)


def scenario_commands(player: Player, runs_panel: RunsPanel, interactor: MapInteractor) -> Iterator[Command]:
    """What the scenario is made of: surface, starts, optimizers and their values."""
    yield Command("race.add_start", N_("Add a &start"), interactor.add_start, "Ctrl+T", "start-point")
    yield Command(
        "race.surface",
        N_("Surface"),
        lambda slug: player.set_scenario(player.scenario.with_surface(surface_named(slug))),
        arguments=(
            Argument(
                "slug",
                N_("Surface"),
                lambda: {slug: surface.name for slug, surface in SURFACES.items()},
                current=lambda: player.scenario.surface.slug,
            ),
        ),
    )
    yield Command(
        "race.add",
        N_("Add optimizer"),
        lambda slug: runs_panel.add(slug),
        arguments=(
            Argument("slug", N_("Optimizer"), lambda: {slug: kind.name for slug, kind in OPTIMIZERS.items()}),
        ),
    )
    yield Command(
        "race.select",
        N_("Select optimizer"),
        lambda row: player.select(row),
        arguments=(
            Argument(
                "row",
                N_("Optimizer"),
                lambda: {row: run.name for row, run in enumerate(player.scenario.runs)},
                current=lambda: player.selection,
            ),
        ),
    )
    yield Command(
        "race.set",
        N_("Set a value of the selected optimizer…"),
        lambda name, value: runs_panel.set_value(name, value),
        arguments=(
            Argument("name", N_("Value"), runs_panel.value_titles),
            Argument("value", N_("Number"), read=_number),
        ),
    )


def _number(text: str) -> float:
    try:
        return float(text.replace("−", "-"))
    except ValueError:
        raise Problem(N_("Type a number, such as {example}."), example="0.1") from None
