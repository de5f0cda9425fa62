"""The command line: the window, figures and data without a screen, and lists of what there is.

    optisim                          the window
    optisim race.optisim.json        the window with a scenario
    optisim render … -o figure.png   a figure
    optisim simulate … -o paths.csv  the trajectories
    optisim share …                  the scenario as a line of text
    optisim list surfaces            what there is

Bad input gets one sentence on standard error and exit code 2.
"""

from __future__ import annotations

import argparse
import gc
import io
import json
import os
import re
import sys
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import optisim
from optisim.core.hyperparameters import Catalogue, T
from optisim.core.noise import NOISES
from optisim.core.optimizers import OPTIMIZERS, Lookahead
from optisim.core.plugins import load_installed, load_optimizers
from optisim.core.problems import N_, Problem
from optisim.core.scenario import Scenario, chapter_scenario, race, read_run
from optisim.core.scenario_file import to_json
from optisim.core.schedules import SCHEDULES
from optisim.core.sharing import to_share
from optisim.core.simulate import Trajectory, race_to_end
from optisim.core.surfaces import SURFACES, Domain, Parameter, Point, surface_named
from optisim.export.files import explained, write_safely
from optisim.export.sources import is_source, read_source
from optisim.screen import missing_library

BAD_INPUT = 2
COMMANDS = ("open", "render", "simulate", "share", "list")
BOWL = "bowl"  # what is raced on if nothing else is said
try:
    from optisim.language import LANGUAGES, explain, system_language, tr, use_language
except ImportError as error:  # a bare system lacks what even Qt's core needs
    print(f"optisim: {missing_library(error)}", file=sys.stderr)
    sys.exit(BAD_INPUT)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command in `arguments` (those of the process if None) and return the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # neither closed nor replaced
            stream.reconfigure(errors="backslashreplace")  # a terminal may lack − or 简
    use_language(_language_asked(given))
    try:
        options = _parser().parse_args(_joined(_commanded(given)))
        result: int = options.command(options)
        if sys.stdout:
            sys.stdout.flush()
    except Problem as problem:
        return _refused(problem)
    except OSError as error:  # of standard output; it would fail once more at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):  # `optisim list surfaces | head`
            return 0
        return _refused(explained(error, "stdout"))
    return result


def _refused(problem: Problem) -> int:
    print("optisim:", *explain(problem).split(), file=sys.stderr)  # one line, whatever was typed
    return BAD_INPUT


# ── Commands ─────────────────────────────────────────────────────────────────────────────────────────────


def _window(options: argparse.Namespace) -> int:
    gc.disable()  # nothing that imports make is garbage; the window will collect by itself
    from optisim.screen import check_screen

    check_screen()
    from optisim.app import run

    return run(options.lang, options.source)


def _render(options: argparse.Namespace) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    scenario = _scenario(options)
    step = _whole(options.step, "--step") if options.step is not None else scenario.steps
    if not 0 <= step <= scenario.steps:
        raise Problem(N_("--step must lie between 0 and the number of steps, {most}."), most=scenario.steps)
    scale = _number(options.scale, "--scale")
    if not 0.1 <= scale <= 16:
        raise Problem(N_("--scale must lie between 0.1 and 16."))
    output = Path(options.output or "optisim.png")

    from optisim.screen import check_libraries

    check_libraries()
    from optisim.app import make_application
    from optisim.canvas.theme import THEMES
    from optisim.export.figure import Figure
    from optisim.export.figures import at_scale, painter_of, save_figure

    width, height = _size(options.size)
    figure = at_scale(Figure(width, height, theme=_one_of(options.theme, THEMES, "--theme")), scale)
    application = make_application(["optisim"])
    painter = painter_of(figure, scenario, step)
    save_figure(painter, scenario, output)
    application.processEvents()
    print(output)
    return _told(painter.trajectories)


def _simulate(options: argparse.Namespace) -> int:
    scenario = _scenario(options)
    if options.output in (None, "-"):
        from optisim.export.data import write_csv

        trajectories = race_to_end(scenario)
        write_csv(scenario, trajectories, sys.stdout)
        return _told(trajectories)
    output = Path(options.output)
    ending = next((ending for ending in OUTPUTS if output.name.lower().endswith(ending)), None)
    if ending is None:
        raise Problem(
            N_("“{name}” has no known ending; choose one of {endings}."),
            name=output.name,
            endings=", ".join(OUTPUTS),
        )
    raced = OUTPUTS[ending](scenario, output)
    print(output)
    return _told(raced)


def _write_data(scenario: Scenario, output: Path) -> Sequence[Trajectory]:
    from optisim.export.data import save_data

    trajectories = race_to_end(scenario)
    save_data(scenario, trajectories, output)
    return trajectories


def _write_table(scenario: Scenario, output: Path) -> Sequence[Trajectory]:
    from optisim.export.results import cells, results_at_end
    from optisim.export.tables import save_table

    trajectories = race_to_end(scenario)
    save_table(cells(results_at_end(scenario, trajectories)), output)
    return trajectories


def _write_script(scenario: Scenario, output: Path) -> Sequence[Trajectory]:
    from optisim.export.script import script_of

    _write_text(script_of(scenario), output)
    return ()


def _write_scenario(scenario: Scenario, output: Path) -> Sequence[Trajectory]:
    _write_text(to_json(scenario) + "\n", output)
    return ()


def _write_text(text: str, output: Path) -> None:
    write_safely(output, lambda temporary: temporary.write_text(text, encoding="utf-8"))


OUTPUTS: dict[str, Callable[[Scenario, Path], Sequence[Trajectory]]] = {
    ".optisim.json": _write_scenario,  # before the other .json
    **dict.fromkeys((".csv", ".json", ".npz"), _write_data),
    **dict.fromkeys((".md", ".tex"), _write_table),
    ".py": _write_script,
}
"""File ending → what `simulate` writes there, and the trajectories that it took."""


def _share(options: argparse.Namespace) -> int:
    print(to_share(_scenario(options)))
    return 0


def _told(trajectories: Sequence[Trajectory]) -> int:
    """The exit code, after saying which of the user's own optimizers failed; the others are in the output."""
    failures = [trajectory.failure for trajectory in trajectories if trajectory.failure]
    return max((_refused(failure) for failure in failures), default=0)


def _list(options: argparse.Namespace) -> int:
    _load(options)
    what = _one_of(options.what, tuple(LISTS), "list")
    entries, lines = LISTS[what]()
    print(json.dumps(entries, indent=1) if options.json else "\n".join(lines))
    return 0


Listing = tuple[list[dict[str, object]], list[str]]


def _surfaces() -> Listing:
    entries: list[dict[str, object]] = [
        {
            "slug": s.slug,
            "family": s.family,
            "name": s.name,
            "formula": s.formula,
            "parameters": {p.name: p.value for p in s.parameters},
            "domain": list(s.domain),
            "minima": [list(point) for point in s.minima],
            "start": list(s.start),
            "steps": s.steps,
            "teaches": s.teaches,
            "source": s.source,
        }
        for s in SURFACES.values()
    ]
    width = 2 + max(map(len, SURFACES))
    return entries, [f"{s.slug:<{width}}{s.formula}" for s in SURFACES.values()]


def _optimizers() -> Listing:
    entries: list[dict[str, object]] = [
        {
            "slug": slug,
            "family": kind.family,
            "name": kind.name,
            "character": kind.character,
            "hyperparameters": {hyper.name: hyper.default for hyper in kind.hypers()},
            "equations": [equation.latex for equation in kind().equations],
            "paper": kind.paper,
        }
        for slug, kind in OPTIMIZERS.items()
    ]
    around = ", ".join(f"{name}={_shown(field.default)}" for name, _, field in Lookahead.own)
    return entries, [*_kinds(OPTIMIZERS), f"{Lookahead.spelling + '-…':<14}{Lookahead.name:<20}{around}"]


def _kinds(catalogue: Catalogue[T]) -> list[str]:
    """A line for every class of a catalogue: slug, name, hyperparameters and their defaults."""
    return [
        f"{slug:<14}{kind.name:<20}" + ", ".join(f"{h.name}={_shown(h.default)}" for h in kind.hypers())
        for slug, kind in catalogue.items()
    ]


def _tunables(catalogue: Catalogue[T]) -> Listing:
    entries: list[dict[str, object]] = [
        {
            "slug": slug,
            "name": kind.name,
            "character": kind.character,
            "hyperparameters": {hyper.name: hyper.default for hyper in kind.hypers()},
        }
        for slug, kind in catalogue.items()
    ]
    return entries, _kinds(catalogue)


def _examples() -> Listing:
    from optisim.core.examples import EXAMPLES

    entries: list[dict[str, object]] = [
        {"name": name, "title": example.title, "says": example.says} for name, example in EXAMPLES.items()
    ]
    width = 2 + max(map(len, EXAMPLES))
    return entries, [f"{name:<{width}}{tr(example.title)}" for name, example in EXAMPLES.items()]


LISTS: dict[str, Callable[[], Listing]] = {
    "surfaces": _surfaces,
    "optimizers": _optimizers,
    "schedules": lambda: _tunables(SCHEDULES),
    "noises": lambda: _tunables(NOISES),
    "examples": _examples,
}


def _shown(value: float | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else f"{value:g}"


# ── From options to a scenario ───────────────────────────────────────────────────────────────────────────


def _load(options: argparse.Namespace) -> None:
    """Add the user's own optimizers to the catalogue: those of installed packages, and those asked for."""
    for problem in load_installed():
        _refused(problem)
    for path in options.plugin or ():
        load_optimizers(path)


def _scenario(options: argparse.Namespace) -> Scenario:
    """The scenario of the source, or else the chapter's, with what the options change in it."""
    _load(options)
    given = read_source(options.source) if options.source is not None else None
    if given is None or options.surface is not None:
        surface = surface_named(options.surface if options.surface is not None else BOWL)
    else:
        surface = given.surface
    for text in options.param or ():
        surface = surface.with_parameter(_parameter(text))
    if options.domain is not None:
        numbers = _numbers(options.domain, 4, "--domain", "-2,2,-1,3")
        surface = replace(surface, domain=Domain.checked(*numbers))
    if options.log or options.linear:
        surface = replace(surface, log=options.log)
    runs = [read_run(text) for text in options.run or ()]
    if given is None:
        scenario = race(surface, runs) if runs else chapter_scenario(surface)
    else:
        scenario = replace(given, surface=surface) if options.surface is None else given.with_surface(surface)
        if runs:
            scenario = replace(scenario, runs=race(surface, runs).runs)
    changes: dict[str, Any] = {}
    if options.start:
        changes["starts"] = tuple(_point(text) for text in options.start)
    if options.noise is not None:
        changes["noise"] = NOISES.read(options.noise)
    for name in ("steps", "seed", "seeds"):
        if (text := getattr(options, name)) is not None:
            changes[name] = _whole(text, f"--{name}")
    return replace(scenario, **changes)


def _parameter(text: str) -> Parameter:
    name, equals, value = (part.strip() for part in text.partition("="))
    if not equals or not name:
        raise Problem(
            N_("“{part}” is not of the form name=value; write, say, {example}."), part=text, example="a=3"
        )
    number = _number(value, "--param")
    return Parameter.checked(name, number, min(0.0, number), max(10.0, number))


def _point(text: str) -> Point:
    x, y = _numbers(text, 2, "--start", "-7,2")
    return x, y


def _numbers(text: str, count: int, option: str, example: str) -> list[float]:
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) != count:
        raise Problem(
            N_("{option} takes {count} numbers with commas between them, such as {option}={example}."),
            option=option,
            count=count,
            example=example,
        )
    return numbers


def _number(text: str, option: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise Problem(N_("{option} takes a number, not “{value}”."), option=option, value=text) from None


def _whole(text: str, option: str) -> int:
    if not re.fullmatch(r"\s*[+-]?\d{1,12}\s*", text, re.ASCII):
        raise Problem(N_("{option} takes a whole number, not “{value}”."), option=option, value=text)
    return int(text)


def _size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{1,6})[xX×](\d{1,6})", text.strip(), re.ASCII)
    if match is None or min(int(side) for side in match.groups()) < 64:
        raise Problem(N_("--size takes width and height of at least 64 pixels, such as 1280x800."))
    return int(match[1]), int(match[2])


def _one_of(value: str, allowed: Collection[str], option: str) -> str:
    if value not in allowed:
        raise Problem(
            N_("{option} takes one of {allowed}, not “{value}”."),
            option=option,
            allowed=", ".join(allowed),
            value=value,
        )
    return value


# ── Parser ───────────────────────────────────────────────────────────────────────────────────────────────


class _Parser(argparse.ArgumentParser):
    """argparse with our words: one sentence for a mistake, headings in the user's language."""

    def __init__(self, **keywords: object) -> None:
        super().__init__(add_help=False, formatter_class=_Formatter, **keywords)  # type: ignore[arg-type]
        self._positionals.title = tr("Arguments")
        self._optionals.title = tr("Options")
        self.add_argument("-h", "--help", action="help", help=tr("show this help and exit"))
        # without a default: a command's own would hide the one that was given before it
        languages, about = tuple(LANGUAGES), tr("language of messages and of the window")
        self.add_argument("--lang", choices=languages, default=argparse.SUPPRESS, help=about)

    def error(self, message: str) -> NoReturn:
        for pattern, template in _MISTAKES:
            if match := re.fullmatch(pattern, message, re.DOTALL):
                raise Problem(template, **match.groupdict())
        raise Problem(N_("The command was not understood: {message}."), message=message)

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        if sys.stdout:
            sys.stdout.flush()  # the help, while it can still be told that this failed
        super().exit(status, message)


_MISTAKES = (
    (
        r"unrecognized arguments: (?P<what>.*)",
        N_("“{what}” is not understood here; --help shows what is."),
    ),
    (
        r"the following arguments are required: (?P<what>.*)",
        N_("“{what}” is missing; --help shows what is needed."),
    ),
    (
        r"argument (?P<what>[^:]*): expected .* arguments?",
        N_("{what} needs a value after it; --help shows which."),
    ),
    (
        r"argument (?P<what>[^:]*): invalid choice: (?P<value>.*?) \(choose from (?P<allowed>.*)\)",
        N_("{value} is not one of {allowed}."),
    ),
    (
        r"argument (?P<what>[^:]*): not allowed with argument (?P<other>.*)",
        N_("{what} and {other} exclude each other."),
    ),
)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Says "usage" in the user's language."""

    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]
        super().add_usage(usage, actions, groups, tr("Usage: ") if prefix is None else prefix)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="optisim",
        description=tr("Race optimizers over a loss surface. Without a command, the window opens."),
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"OptiSim {optisim.__version__}",
        help=tr("show the version and exit"),
    )
    parser.set_defaults(command=_window, lang=None, source=None)
    commands = parser.add_subparsers(title=tr("Commands"), metavar="", parser_class=_Parser)

    window = commands.add_parser(
        "open",
        help=tr("open the window with a scenario; “open” may be left out"),
        description=tr("Open the window with a scenario."),
    )
    window.add_argument("source", metavar="SOURCE", help=_source_help())
    window.set_defaults(command=_window)

    render = commands.add_parser(
        "render",
        help=tr("draw a figure without a screen"),
        description=tr("Draw a figure. Without options, the chapter's bowl is drawn to optisim.png."),
    )
    _add_scenario(render)
    render.add_argument("-o", "--output", metavar="FILE", help=tr("the figure: .png, .svg or .pdf"))
    render.add_argument("--size", metavar="WxH", default="1280x800", help=tr("size in pixels (1280x800)"))
    render.add_argument("--scale", metavar="K", default="1", help=tr("enlarge everything, lines and text too (1)"))
    render.add_argument("--step", metavar="K", help=tr("the instant to draw, in updates (the last)"))
    render.add_argument("--theme", metavar="NAME", default="light", help=tr("light or dark (light)"))
    render.set_defaults(command=_render)

    simulate = commands.add_parser(
        "simulate",
        help=tr("compute trajectories, results or a script"),
        description=tr(
            "Compute trajectories and write them as CSV, to standard output without -o. The ending of the file"
            " chooses something else."
        ),
    )
    _add_scenario(simulate)
    simulate.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help=tr(
            "trajectories as .csv, .json or .npz (- is standard output), results at the end as .md or .tex,"
            " a Python script as .py, the scenario as .optisim.json"
        ),
    )
    simulate.set_defaults(command=_simulate)

    share = commands.add_parser(
        "share",
        help=tr("print a scenario as a line of text for chats and mails"),
        description=tr("Print a scenario as a line of text that OptiSim opens wherever it opens a file."),
    )
    _add_scenario(share)
    share.set_defaults(command=_share)

    listing = commands.add_parser(
        "list",
        help=tr("list what there is"),
        description=tr("List the surfaces, optimizers, schedules, kinds of noise or examples."),
    )
    listing.add_argument("what", metavar="|".join(LISTS), help=tr("what to list"))
    _add_plugin(listing)
    listing.add_argument("--json", action="store_true", help=tr("as JSON, with everything that is known"))
    listing.set_defaults(command=_list)
    return parser


def _source_help() -> str:
    return tr("a scenario: a file, an exported image, a share string, or example:NAME")


def _add_scenario(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="SOURCE", nargs="?", help=_source_help())
    parser.add_argument("--surface", metavar="S", help=tr("a surface of the list, or a formula in x and y (bowl)"))
    parser.add_argument(
        "--run",
        metavar="R",
        action="append",
        help=tr(
            "an optimizer as name:parameter=value,…, with a schedule as …@name:parameter=value,…; may be repeated"
        ),
    )
    parser.add_argument("--param", metavar="A=V", action="append", help=tr("a parameter of the surface's formula"))
    parser.add_argument("--noise", metavar="N", help=tr("noise, as name:parameter=value,… (none)"))
    parser.add_argument("--seed", metavar="K", help=tr("what the noise is drawn from (0)"))
    parser.add_argument("--seeds", metavar="K", help=tr("balls with noise of their own per start (1)"))
    _add_plugin(parser)
    parser.add_argument("--start", metavar="X,Y", action="append", help=tr("a start point; may be repeated"))
    parser.add_argument("--steps", metavar="N", help=tr("number of updates"))
    parser.add_argument("--domain", metavar="X0,X1,Y0,Y1", help=tr("the part of the plane to show"))
    heights = parser.add_mutually_exclusive_group()
    heights.add_argument("--log", action="store_true", help=tr("logarithmic heights"))
    heights.add_argument("--linear", action="store_true", help=tr("linear heights"))


def _add_plugin(parser: argparse.ArgumentParser) -> None:
    about = tr("a Python file with optimizers of your own, which is run; may be repeated")
    parser.add_argument("--plugin", metavar="FILE", action="append", help=about)


def _joined(arguments: list[str]) -> list[str]:
    """`--start -1,2` as `--start=-1,2`: argparse takes the value for an option otherwise."""
    joined: list[str] = []
    for argument in arguments:
        if empty := re.fullmatch(r"(-\w|--[\w-]+=)--", argument):  # argparse makes a list of that
            raise Problem(N_("{what} needs a value after it; --help shows which."), what=empty[1].rstrip("="))
        if joined and joined[-1] in ("--start", "--domain", "--surface") and re.match(r"-[\d.x(y]", argument):
            joined[-1] += "=" + argument
        else:
            joined.append(argument)
    return joined


def _commanded(arguments: list[str]) -> list[str]:
    """`optisim FILE` as `optisim open FILE`."""
    for at, argument in enumerate(arguments):
        if argument.startswith("-") or (at and arguments[at - 1] == "--lang"):
            continue
        source = is_source(argument) and argument not in COMMANDS
        return [*arguments[:at], "open", *arguments[at:]] if source else arguments
    return arguments


def _language_asked(arguments: list[str]) -> str:
    """The language that --lang names, needed before the parser can speak it; else the user's own."""
    for at, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--lang":
            code = value or (arguments[at + 1] if at + 1 < len(arguments) else "")
            return code if code in LANGUAGES else "en"
    return system_language()
