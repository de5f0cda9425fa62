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
import contextlib
import gc
import io
import os
import re
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import NoReturn

import optisim
from optisim.core.base.problems import N_, Problem
from optisim.export.files import explained
from optisim.export.sources import is_source
from optisim.screen import missing_library

INTERRUPTED, TERMINATED = 130, 143  # as shells say it
COMMANDS = ("open", "render", "simulate", "share", "list")
try:
    from optisim.commands.messages import report
    from optisim.language import LANGUAGES, system_language, tr, use_language
except ImportError as error:  # a bare system lacks what even Qt's core needs
    print(f"optisim: {missing_library(error)}", file=sys.stderr)
    sys.exit(2)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command in `arguments` (those of the process if None) and return the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # neither closed nor replaced
            stream.reconfigure(errors="backslashreplace")  # a terminal may lack − or 简
    use_language(_language_asked(given))
    try:
        return _run(given)
    except Problem as problem:
        return report(problem)
    except MemoryError:
        return report(
            Problem(N_("There is not enough memory for this; ask for less, such as fewer steps or balls."))
        )
    except KeyboardInterrupt:
        return INTERRUPTED
    except _Terminated:
        return TERMINATED
    except OSError as error:  # of standard output; it would fail once more at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):  # `optisim list surfaces | head`
            return 0
        return report(explained(error, "stdout"))


def _run(given: list[str]) -> int:
    if not given:
        return _window()  # which needs no parser, and opens the sooner
    options = _parser().parse_args(_joined(_commanded(given)))
    command: Callable[[argparse.Namespace], int] = options.command
    if command == _window:
        return _window(options)
    with _ending_in_order():
        result = command(options)
        if sys.stdout:
            sys.stdout.flush()
    return result


class _Terminated(BaseException):
    """The system wants the process to end."""


@contextlib.contextmanager
def _ending_in_order() -> Iterator[None]:
    """Let SIGTERM unwind a command as an exception does, so that nothing half written is left."""

    def terminate(*_: object) -> NoReturn:
        raise _Terminated

    try:
        before = signal.signal(signal.SIGTERM, terminate)
    except ValueError:  # not in the main thread, where alone signals arrive
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _window(options: argparse.Namespace | None = None) -> int:
    gc.disable()  # nothing that imports make is garbage; the window will collect by itself
    from optisim.screen import check_screen

    check_screen()
    from optisim.app import run

    return run(*(options.lang, options.source) if options is not None else (None, None))


# ── Parser ───────────────────────────────────────────────────────────────────────────────────────────────


class _Parser(argparse.ArgumentParser):
    """argparse with our words: one sentence for a mistake, headings in the user's language.

    Args:
        fill: adds the options of a command. It is called when the command is, for what they tell is read from
            tables, some of which take a while to import, or need libraries that other commands can do without.
    """

    def __init__(self, fill: Callable[[argparse.ArgumentParser], None] | None = None, **keywords: object) -> None:
        super().__init__(add_help=False, formatter_class=_Formatter, **keywords)  # type: ignore[arg-type]
        self._fill = fill
        self._positionals.title = tr("Arguments")
        self._optionals.title = tr("Options")
        self.add_argument("-h", "--help", action="help", help=tr("show this help and exit"))
        # without a default: a command's own would hide the one that was given before it
        languages, about = tuple(LANGUAGES), tr("language of messages and of the window")
        self.add_argument("--lang", choices=languages, default=argparse.SUPPRESS, help=about)

    def parse_known_args(self, args=None, namespace=None):  # type: ignore[no-untyped-def]
        if self._fill is not None:
            fill, self._fill = self._fill, None
            fill(self)
        return super().parse_known_args(args, namespace)

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
        r"the following arguments are required: (?P<allowed>.*\|.*)",
        N_("What is asked for is missing: one of {allowed}."),
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
    from optisim.commands import listing, render, simulate
    from optisim.commands.scenario import source_help

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
    window.add_argument("source", metavar="SOURCE", help=source_help())
    window.set_defaults(command=_window)

    for command in (render, simulate, listing):
        command.add(commands)
    return parser


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
        source = argument not in COMMANDS and is_source(argument)
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
