"""Writing files so that a failure loses nothing, and nothing is left of one that was never finished."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import sys
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from optisim.core.base.problems import N_, Problem

if TYPE_CHECKING:
    from optisim.export.embedding import Carrier

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
        carrier: how such files carry the document that they are of; None if it cannot be had back from them.
    """

    ending: str
    title: str
    write: T
    carrier: Carrier | None = None

    @property
    def name(self) -> str:
        return self.ending

    @property
    def short(self) -> str:
        """What people call it, such as GIF."""
        return self.ending.removeprefix(".").upper()


_PREFIX = ".optisim-"
_NO_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.ENOSYS}  # some file systems have no way to wait for the disk
_unfinished: set[str] = set()  # the temporary files that this process is writing


def write_safely(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` make a file under a temporary name beside `path`, then give it its name.

    A file that stood there before is replaced only by a complete one that is on the disk, so that not even a power
    cut leaves less than the one or the other. Temporary files of processes that died are removed on the way.

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

    remove_strays(folder)
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=_prefix(os.getpid()), suffix=path.suffix, dir=folder)
        _unfinished.add(name)
        os.close(handle)
        temporary = Path(name)
        write(temporary)
        _sync(temporary, os.O_RDWR)
        temporary.chmod(_mode_of(target))  # mkstemp makes private files
        temporary.replace(target)
    except OSError as error:
        raise explained(error, path) from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink()
            _unfinished.discard(str(temporary))
    if os.name != "nt":  # where a folder is nothing to be opened
        with contextlib.suppress(OSError):  # the file is there, whether or not its name has reached the disk
            _sync(folder, os.O_RDONLY)


def _sync(path: Path, flags: int) -> None:
    """Wait until what was written is on the disk."""
    handle = os.open(path, flags | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise
    finally:
        os.close(handle)


# ── Strays ───────────────────────────────────────────────────────────────────────────────────────────────


def remove_strays(folder: Path) -> None:
    """Remove temporary files that processes of this computer left in a folder when they died."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            match = re.match(rf"{re.escape(_PREFIX + _host())}-(\d+)-", entry.name)
            if match and _is_dead(int(match[1]), entry.path):
                with contextlib.suppress(OSError):
                    os.unlink(entry.path)


def discard_unfinished() -> None:
    """Remove the temporary files that this process is writing: it is about to end."""
    for name in tuple(_unfinished):
        with contextlib.suppress(OSError):
            os.unlink(name)


def _is_dead(process: int, path: str) -> bool:
    """Whether the process that began a temporary file is no more. One that had our number before us is, too."""
    return path not in _unfinished if process == os.getpid() else not _is_running(process)


def _is_running(process: int) -> bool:
    if sys.platform == "win32":
        import ctypes

        handle = ctypes.windll.kernel32.OpenProcess(0x0010_0000, False, process)  # SYNCHRONIZE
        if not handle:
            return False
        ended: int = ctypes.windll.kernel32.WaitForSingleObject(handle, 0)
        ctypes.windll.kernel32.CloseHandle(handle)
        return ended != 0
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):  # somebody else's, or no number of a process
        return True
    return True


def _prefix(process: int) -> str:
    """The beginning of a temporary file's name. A folder may be shared, so it tells the computer as well."""
    return f"{_PREFIX}{_host()}-{process}-"


def _host() -> str:
    name = os.environ.get("COMPUTERNAME", "") if os.name == "nt" else os.uname().nodename
    return f"{zlib.crc32(name.encode()):08x}"


# ── Endings, permissions, reasons ────────────────────────────────────────────────────────────────────────


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
