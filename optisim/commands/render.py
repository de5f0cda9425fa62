"""`optisim render`: figures and films without a screen."""

from __future__ import annotations

import argparse
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from optisim.commands.messages import reported
from optisim.commands.reading import number, one_of, whole
from optisim.commands.scenario import add_scenario, scenario_of
from optisim.core.base.problems import N_, Problem
from optisim.core.race.scenario import Scenario
from optisim.core.race.simulate import Trajectory
from optisim.export.files import by_ending
from optisim.language import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from optisim.export.figures.figure import Figure
    from optisim.export.films import Film

DPI_ON_PAPER, TEXT_ON_PAPER = 300.0, 8.0  # of a size in mm or inches, unless asked otherwise
FILM_OPTIONS = ("fps", "speed", "seconds", "from", "to", "hold", "once")


def add(commands: Any) -> None:
    """Put the command into the parser's list."""
    render = commands.add_parser(
        "render",
        help=tr("draw a figure or a film without a screen"),
        description=tr("Draw a figure or a film. Without options, the chapter's bowl is drawn to optisim.png."),
    )
    add_scenario(render)
    render.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help=tr("a figure as .png, .svg or .pdf, or a film as .mp4, .webm, .gif or .apng"),
    )
    size = render.add_argument_group(tr("Size"))
    size.add_argument("--preset", metavar="NAME", help=tr("screen, column, page, slide or square (screen)"))
    size.add_argument("--size", metavar="WxH", help=tr("size in pixels, mm or inches: 1280x800, 88x66mm, 5x3in"))
    size.add_argument("--dpi", metavar="N", help=tr("pixels to the inch"))
    size.add_argument("--text", metavar="PT", help=tr("size of the text in points; lines and balls go with it"))
    size.add_argument("--scale", metavar="K", default="1", help=tr("enlarge everything, lines and text too (1)"))
    look = render.add_argument_group(tr("Appearance"))
    look.add_argument("--theme", metavar="NAME", default="light", help=tr("light or dark (light)"))
    about = tr("colours of the heights: viridis, cividis, magma or grey (viridis)")
    look.add_argument("--colormap", metavar="NAME", default="viridis", help=about)
    look.add_argument("--transparent", action="store_true", help=tr("transparent background"))
    look.add_argument("--show", metavar="PARTS", help=tr("parts that are left out by default: arrows,starts,local"))
    about = tr("parts to leave out: heat,colorbar,contours,labels,trails,balls,minima,legend,axes")
    look.add_argument("--hide", metavar="PARTS", help=about)
    look.add_argument("--equal", action="store_true", help=tr("the same scale for x and y"))
    look.add_argument("--title", metavar="TEXT", default="", help=tr("a title above"))
    look.add_argument("--caption", action="store_true", help=tr("the experiment in words below"))
    look.add_argument("--legend", metavar="WHERE", default="auto", help=tr("auto, inside or below the map (auto)"))
    look.add_argument("--panels", action="store_true", help=tr("a map for each optimizer"))
    about = tr("charts beside the map: loss,distance,slope,step,rate,cosine")
    look.add_argument("--charts", metavar="NAMES", help=about)
    look.add_argument("--below", action="store_true", help=tr("charts below the map instead"))
    time = render.add_argument_group(tr("Time"))
    time.add_argument("--step", metavar="K", help=tr("the instant of a figure, in updates (the last)"))
    time.add_argument("--from", metavar="K", help=tr("the step at which a film begins (0)"))
    time.add_argument("--to", metavar="K", help=tr("the step at which it ends (the last)"))
    time.add_argument("--speed", metavar="N", help=tr("steps per second (6)"))
    time.add_argument("--seconds", metavar="S", help=tr("or how long the whole film takes"))
    time.add_argument("--fps", metavar="N", help=tr("frames per second (30)"))
    time.add_argument("--hold", metavar="S", help=tr("seconds that the last frame stands (1)"))
    time.add_argument("--once", action="store_true", default=None, help=tr("GIF and APNG do not begin again"))
    render.set_defaults(command=run)


def run(options: argparse.Namespace) -> int:
    """Draw what the options ask for; returns the exit code."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    scenario = scenario_of(options)
    output = Path(options.output if options.output is not None else "optisim.png")

    from optisim.screen import check_libraries

    check_libraries()
    from optisim.app import make_application
    from optisim.export.figures.formats import EXPORTERS
    from optisim.export.films import FILMS

    figure = _figure(options)
    filmed = by_ending(output, dict.fromkeys(EXPORTERS, False) | dict.fromkeys(FILMS, True))
    _check_fitting(options, filmed)
    application = make_application(["optisim"])
    trajectories = (_film if filmed else _draw)(options, figure, scenario, output)
    application.processEvents()
    print(output)
    return reported(trajectories)


def _draw(options: argparse.Namespace, figure: Figure, scenario: Scenario, output: Path) -> tuple[Trajectory, ...]:
    from optisim.export.figures.formats import painter_of, save_figure

    step = _step(options, "step", scenario.steps, scenario)
    painter = painter_of(figure, scenario, step)
    save_figure(painter, scenario, output)
    return painter.trajectories


def _film(options: argparse.Namespace, figure: Figure, scenario: Scenario, output: Path) -> tuple[Trajectory, ...]:
    from tqdm import tqdm

    from optisim.core.documents.sharing import to_share
    from optisim.export.figures.formats import image_of, painter_of, reserved_colors
    from optisim.export.films import check_format, check_size, save_film

    film = _timed(options, scenario)
    check_format(output, film)
    check_size(figure.pixels.width(), figure.pixels.height())
    painter = painter_of(figure, scenario)
    painter.film(film.first, film.last)

    def paint(step: float) -> QImage:
        painter.show(step)
        return image_of(painter)

    # silent where standard error is no terminal
    with tqdm(total=film.frames, desc=output.name, unit=tr(" frames"), disable=None, leave=False) as bar:

        def progress(done: int, of: int) -> None:
            bar.update(done - bar.n)

        save_film(paint, output, film, reserved_colors(figure, scenario), progress, to_share(scenario))
    return painter.trajectories


# ── Options ──────────────────────────────────────────────────────────────────────────────────────────────


def _figure(options: argparse.Namespace) -> Figure:
    """The figure that the options describe."""
    from optisim.canvas.charts.quantities import CHART_QUANTITIES
    from optisim.canvas.map.terrain import COLORMAPS
    from optisim.canvas.theme import THEMES
    from optisim.export.figures.figure import LEGENDS, PARTS, PRESETS, Figure
    from optisim.export.figures.formats import at_scale

    figure = Figure(
        theme=one_of(options.theme, THEMES, "--theme"),
        transparent=options.transparent,
        equal=options.equal,
        title=options.title[:300],
        caption=options.caption,
        panels=options.panels,
        legend=one_of(options.legend, LEGENDS, "--legend"),
        charts=_names(options.charts, tuple(CHART_QUANTITIES), "--charts"),
        beside=not options.below,
    )
    shown = _names(options.show, (*PARTS, "axes"), "--show")
    hidden = _names(options.hide, (*PARTS, "axes"), "--hide")
    parts = dict.fromkeys(shown, True) | dict.fromkeys(hidden, False)
    axes = parts.pop("axes", True)
    colormap = one_of(options.colormap, COLORMAPS, "--colormap")
    display = replace(figure.display, colormap=colormap, **parts)
    figure = replace(figure, display=display, axes=axes)

    if options.preset is not None:
        figure = PRESETS[one_of(options.preset, PRESETS, "--preset")].apply(figure)
    if options.size is not None:
        figure = _sized(figure, options.size, sizes_given=options.preset is not None)
    if options.dpi is not None:
        figure = replace(figure, dpi=number(options.dpi, "--dpi"))
    if options.text is not None:
        figure = replace(figure, text=number(options.text, "--text"))
    scale = number(options.scale, "--scale")
    if not 0.1 <= scale <= 16:
        raise Problem(N_("--scale must lie between 0.1 and 16."))
    figure = at_scale(figure, scale)
    figure.check()
    return figure


def _sized(figure: Figure, text: str, sizes_given: bool) -> Figure:
    """The figure with sides such as 1280x800, 88x66mm or 5x3in."""
    side = r"(\d{1,6}(?:\.\d{1,4})?)"
    match = re.fullmatch(rf"{side}[xX×]{side} ?(px|mm|in)?", text.strip(), re.ASCII)
    unit = (match[3] or "px") if match else ""
    if match is None or (unit == "px" and "." in text):
        raise Problem(N_("--size takes width and height, such as 1280x800, 88x66mm or 5x3in."))
    figure = replace(figure, width=float(match[1]), height=float(match[2]), unit=unit)
    if unit == "px" or sizes_given:
        return figure
    return replace(figure, dpi=DPI_ON_PAPER, text=TEXT_ON_PAPER)


def _names(text: str | None, known: tuple[str, ...], option: str) -> tuple[str, ...]:
    """The names in a list with commas between them."""
    names = [name.strip() for name in (text or "").split(",") if name.strip()]
    return tuple(dict.fromkeys(one_of(name, known, option) for name in names))


def _step(options: argparse.Namespace, name: str, default: int, scenario: Scenario) -> int:
    text = getattr(options, name)
    step = whole(text, f"--{name}") if text is not None else default
    if not 0 <= step <= scenario.steps:
        raise Problem(
            N_("{option} must lie between 0 and the number of steps, {most}."),
            option=f"--{name}",
            most=scenario.steps,
        )
    return step


def _timed(options: argparse.Namespace, scenario: Scenario) -> Film:
    """The film that the options describe."""
    from optisim.export.films import Film

    first, last = _step(options, "from", 0, scenario), _step(options, "to", scenario.steps, scenario)
    fps = whole(options.fps, "--fps") if options.fps is not None else 30
    hold = number(options.hold, "--hold") if options.hold is not None else 1.0
    loop = not options.once
    if options.seconds is not None:
        return Film.lasting(number(options.seconds, "--seconds"), fps, first, last, hold, loop)
    speed = number(options.speed, "--speed") if options.speed is not None else 6.0
    return Film(fps, speed, first, last, hold, loop)


def _check_fitting(options: argparse.Namespace, filmed: bool) -> None:
    """See that no option is for the other kind of picture, and none against another."""
    if filmed and options.step is not None:
        raise Problem(N_("--step is for figures; films have --from and --to."))
    if filmed and options.transparent:
        raise Problem(N_("--transparent is for figures; films have a ground."))
    if filmed and options.speed is not None and options.seconds is not None:
        raise Problem(N_("{what} and {other} exclude each other."), what="--speed", other="--seconds")
    given = [f"--{name}" for name in FILM_OPTIONS if getattr(options, name) is not None]
    if given and not filmed:
        raise Problem(N_("{options} is for films; give a file such as film.mp4."), options=", ".join(given))
