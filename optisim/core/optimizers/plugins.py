"""Optimizers of the user's own: from a Python file, or from an installed package.

A plug-in is Python that OptiSim runs: whoever loads one must trust it. Packages offer theirs as entry points of the
group `optisim.optimizers`, each naming an optimizer's class.
"""

from __future__ import annotations

import dataclasses
import os
import re
import sys
import zlib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

from optisim.core.base.problems import N_, Problem
from optisim.core.optimizers import OPTIMIZERS, Lookahead, Optimizer
from optisim.core.optimizers.wrappers import Wrapper

GROUP = "optisim.optimizers"
MAX_FILE = 1_000_000  # bytes
_sources: dict[str, bytes] = {}  # what was run of which file


def load_optimizers(path: Path | str, source: bytes | None = None) -> list[type[Optimizer]]:
    """Run the Python file at `path` and add the optimizers that it defines to the catalogue.

    An optimizer of that file that was loaded before is replaced. With `source`, that is run rather than what the
    file has in it now.

    Raises:
        Problem: if the file cannot be read or run, or defines no optimizer that can be used. Nothing is added then.
    """
    path = Path(path).absolute()  # the script of a race may run in another folder
    name = f"optisim_plugin_{path.stem}_{zlib.crc32(os.fsencode(path)):08x}"  # two files may have one name
    before = sys.modules.get(name)
    source = _read(path) if source is None else source
    module = _run(path, name, source)
    kinds = [kind for kind in vars(module).values() if _is_own(kind, module)]
    if not kinds:
        raise Problem(
            N_("“{file}” defines no optimizer; it needs a frozen dataclass that inherits from optisim.Optimizer."),
            file=path.name,
        )
    try:
        for kind in kinds:
            _check(kind, path.name)
        for slug, times in Counter(kind.slug() for kind in kinds).items():
            if times > 1:
                raise Problem(N_("“{file}” defines two optimizers called “{slug}”."), file=path.name, slug=slug)
    except Problem:
        _restore(module.__name__, before)
        raise
    OPTIMIZERS.update((kind.slug(), kind) for kind in kinds)
    _sources[str(path)] = source
    return kinds


def sources_of(optimizers: Iterable[Optimizer]) -> tuple[tuple[str, bytes], ...]:
    """The files that optimizers were loaded from, each with what was run of it, for another process to load too."""
    files: dict[str, None] = {}
    for optimizer in optimizers:
        kind: type[Optimizer] = type(optimizer)
        while issubclass(kind, Wrapper):
            kind = kind.inner_kind
        files[str(getattr(sys.modules.get(kind.__module__), "__file__", ""))] = None
    return tuple((file, _sources[file]) for file in files if file in _sources)


def load_sources(sources: tuple[tuple[str, bytes], ...]) -> None:
    """Load what `sources_of` has found in another process, unless it is there already.

    Raises:
        Problem: as `load_optimizers`.
    """
    for path, source in sources:
        if _sources.get(path) != source:
            load_optimizers(path, source)


def load_installed() -> list[Problem]:
    """Add the optimizers of installed packages to the catalogue, and return what was wrong with others."""
    import importlib.metadata  # which takes as long as a fifth of OptiSim itself

    problems = []
    for entry in importlib.metadata.entry_points(group=GROUP):
        try:
            kind = entry.load()
            if not (isinstance(kind, type) and issubclass(kind, Optimizer)):
                raise Problem(N_("“{name}” is not an optimizer."), name=entry.value)
            if OPTIMIZERS.get(kind.slug()) is not kind:
                _check(kind, entry.value)
                OPTIMIZERS[kind.slug()] = kind
        except Problem as problem:
            problems.append(problem)
        except Exception as error:  # a package may raise anything
            problems.append(
                Problem(N_("The plug-in “{name}” cannot be loaded: {error}."), name=entry.value, error=error)
            )
    return problems


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_FILE:
            raise Problem(N_("“{file}” is too large to be an optimizer."), file=path.name)
        return path.read_bytes()
    except OSError as error:
        raise Problem(
            N_("“{file}” cannot be read: {reason}."), file=path.name, reason=error.strerror or error
        ) from None


def _run(path: Path, name: str, source: bytes) -> ModuleType:
    """The module that the file makes; it is in `sys.modules`, where dataclasses look theirs up."""
    module = ModuleType(name)
    module.__file__ = str(path)
    before = sys.modules.get(name)
    sys.modules[name] = module
    try:
        exec(compile(source, str(path), "exec"), module.__dict__)
    except (Exception, SystemExit) as error:
        _restore(name, before)
        import traceback

        lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
        what = f"{type(error).__name__}: {error}"
        if isinstance(error, SyntaxError):
            lines, what = [error.lineno] if error.lineno else [], error.msg
        if not lines:
            raise Problem(N_("“{file}” is not a Python program: {error}."), file=path.name, error=what) from None
        raise Problem(N_("“{file}”, line {line}: {error}."), file=path.name, line=lines[-1], error=what) from None
    return module


def _restore(name: str, module: ModuleType | None) -> None:
    if module is None:
        del sys.modules[name]
    else:
        sys.modules[name] = module


def _is_own(kind: object, module: ModuleType) -> bool:
    """Whether `kind` is an optimizer that the module defines rather than imports."""
    return isinstance(kind, type) and issubclass(kind, Optimizer) and kind.__module__ == module.__name__


def _check(kind: type[Optimizer], where: str) -> None:
    """Make sure that an optimizer can be shown and made.

    Raises:
        Problem: with what it lacks.
    """
    params = getattr(kind, "__dataclass_params__", None)
    if "__dataclass_params__" not in vars(kind) or params is None or not params.frozen:
        raise Problem(
            N_("{name} in “{file}” must be a frozen dataclass: put @dataclass(frozen=True) above it."),
            name=kind.__name__,
            file=where,
        )
    for attribute in ("name", "paper"):
        if not isinstance(getattr(kind, attribute, None), str):
            raise Problem(
                N_("{name} in “{file}” needs a text called “{attribute}”."),
                name=kind.__name__,
                file=where,
                attribute=attribute,
            )
    if not re.fullmatch(r"[a-z0-9_]+(-[a-z0-9_]+)*", kind.slug()) or kind.slug().startswith(
        f"{Lookahead.spelling}-"
    ):
        raise Problem(
            N_("{name} in “{file}” needs a spelling of small letters, digits and hyphens, not “{slug}”."),
            name=kind.__name__,
            file=where,
            slug=kind.slug(),
        )
    known = OPTIMIZERS.get(kind.slug())
    if known is not None and known.__module__ != kind.__module__:
        raise Problem(
            N_("{name} in “{file}” would replace the method “{slug}”; give it another class name or spelling."),
            name=kind.__name__,
            file=where,
            slug=kind.slug(),
        )
    if any(field.default is dataclasses.MISSING for field in dataclasses.fields(kind)):
        raise Problem(N_("Every field of {name} in “{file}” needs a default."), name=kind.__name__, file=where)
    try:
        kind()
        _ = [tuple(equation) for equation in kind().equations]
    except Problem:
        raise
    except Exception as error:
        raise Problem(
            N_("{name} in “{file}” cannot be made: {error}."), name=kind.__name__, file=where, error=error
        ) from None
