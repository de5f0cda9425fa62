"""Writing files so that a failure loses nothing."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from optisim.core.base.problems import N_, Problem

T = TypeVar("T")
NO_ENDING = N_("“{name}” has no known ending; choose one of {endings}.")
NO_FORMAT = N_("There is no format “{name}”; choose one of {names}.")


@dataclass(frozen=True)
class Format(Generic[T]):
    """A format of files: a row of a table of formats, by ending.

    Attributes:
        ending: of the names of such files, in small letters, with the point.
        title: what it is and what for, to be translated.
        write: what makes such a file, or what is in it; what that takes, the table says.
    """

    ending: str
    title: str
    write: T

    @property
    def name(self) -> str:
        return self.ending

    @property
    def short(self) -> str:
        """What people call it, such as GIF."""
        return self.ending.removeprefix(".").upper()


def write_safely(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` make a file under a temporary name beside `path`, then give it its name.

    A file that stood there before is replaced only by a complete one.

    Raises:
        Problem: if the folder does not exist, is read-only, or the disk is full.
    """
    target = Path(os.path.realpath(path))  # a link stays one, and what it leads to is written
    folder = target.parent
    if os.path.isdir(path):  # unlike Path.is_dir, says no to a name that is too long
        raise Problem(N_("“{path}” is a folder; give a file name."), path=path)
    if not os.path.isdir(folder):
        raise Problem(N_("The folder “{folder}” does not exist; choose another one."), folder=folder)
    if os.path.exists(target) and not os.access(target, os.W_OK):
        raise explained(PermissionError(errno.EACCES, ""), path)
    import tempfile  # which takes a while, and is not needed to open a window

    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=".optisim-", suffix=path.suffix, dir=folder)
        os.close(handle)
        temporary = Path(name)
        write(temporary)
        temporary.chmod(_mode_of(target))  # mkstemp makes private files
        temporary.replace(target)
    except OSError as error:
        raise explained(error, path) from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink()


def _mode_of(target: Path) -> int:
    """Who may read and write a file: those who may already, or else those whom the system lets do so."""
    try:
        return stat.S_IMODE(os.stat(target).st_mode)
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def by_ending(path: Path, known: Mapping[str, T]) -> T:
    """What is known for the ending of a file's name; the first ending that fits.

    Raises:
        Problem: with all endings, if none does.
    """
    name = path.name.lower()
    for ending, found in known.items():
        if name.endswith(ending) and len(name) > len(ending):
            return found
    raise Problem(NO_ENDING, name=path.name, endings=", ".join(known))


def explained(error: OSError, path: Path | str) -> Problem:
    """Why `path` could not be written, as a sentence."""
    if error.errno == errno.ENOSPC:
        return Problem(
            N_("The disk is full: “{path}” was not written; make room or choose another one."), path=path
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Problem(N_("“{path}” cannot be written; choose a folder that is not write-protected."), path=path)
    return Problem(N_("“{path}” was not written: {reason}."), path=path, reason=error.strerror or error)
