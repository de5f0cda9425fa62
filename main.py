#!/usr/bin/env python3
"""Start OptiSim from a bare Python, with nothing installed beforehand.

    python3 main.py [ARGS]              run OptiSim; every argument goes to it untouched
    python3 main.py test [PYTEST ARGS]  run its tests, on all cores
    python3 main.py test --fast         run most of them, in a minute and a half: at each change

The first start makes a virtual environment in .venv beside this file and installs into it what the lock
file names, each package checked against its hash; later starts go straight to the app.

Only the standard library is used. The text must parse on Python 3.6, so that an old Python can say what is
wrong with it rather than stop at a syntax error.
"""

import contextlib
import errno
import hashlib
import importlib.machinery
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 - the one line that an older Python is meant to reach
    sys.stderr.write(
        "OptiSim needs Python 3.11 or newer and this is Python {}.{}: "
        "please start it with a newer one, for example `python3.11 main.py`.\n".format(*sys.version_info)
    )
    sys.exit(2)

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
APP_LOCK = ROOT / "requirements.lock"
TEST_LOCK = ROOT / "requirements-dev.lock"  # holds all of APP_LOCK too

# This file does three jobs. Being there, it tells that .venv was made by this launcher and may be rebuilt by
# it; a start that sets up holds it locked; and the key written into it, last of all, tells that .venv is
# finished.
STAMP = VENV / "optisim-setup"

# Set for the interpreter in .venv, which then runs the app at once: nothing is checked twice, and whatever
# may be odd about that interpreter, it cannot start itself over and over.
LAUNCHED = "OPTISIM_LAUNCHED"

# Variables that would bend an interpreter or pip away from .venv. The settings for where packages come from
# are not among them: behind a proxy or with a mirror of their own, people need those.
LEAKS = {
    "PIP_CONSTRAINT",
    "PIP_PREFIX",
    "PIP_PYTHON",
    "PIP_REQUIREMENT",
    "PIP_REQUIRE_VIRTUALENV",
    "PIP_ROOT",
    "PIP_TARGET",
    "PIP_USER",
    "PYTHONHOME",
    "PYTHONPATH",
    "VIRTUAL_ENV",
}

NO_VENV = (
    "This Python comes without its venv module: please install it (on Debian and Ubuntu: "
    "`sudo apt install python3-venv`) and start OptiSim again."
)
NO_PIP = (
    "This Python comes without pip: please install it (on Debian and Ubuntu: "
    "`sudo apt install python3-venv`) and start OptiSim again."
)
OLD_PIP = (
    "The pip of this Python is older than 22.3 and cannot fill .venv: please update it, or install venv "
    "(on Debian and Ubuntu: `sudo apt install python3-venv`), and start OptiSim again."
)
FOREIGN_VENV = (
    "The folder {} was not made by OptiSim, so it is left alone: please rename or remove it, "
    "or start OptiSim with the Python in it after installing requirements.lock there."
)
DISK_FULL = "The disk is full: please free about 1 GB and start OptiSim again."
NOT_WRITABLE = (
    "OptiSim cannot write to {}: please close OptiSim if it is running, or move this folder to a place of "
    "your own, and start it again."
)
UNREACHABLE = (
    "The packages that OptiSim needs could not be fetched: please check the connection to the internet "
    "(and the proxy, if there is one) and start OptiSim again."
)
WRONG_HASH = (
    "A package differs from the one that OptiSim was tested with, so it was not installed: please run "
    "`python3 -m pip cache purge`, and start OptiSim again, if need be from another network."
)
NO_WHEEL = (
    "Some package is not offered for this system and Python {}.{}: please start OptiSim with another Python "
    "from 3.11 on, 64-bit.".format(*sys.version_info)
)
UNKNOWN = "OptiSim could not be set up: please look at the lines below and start it again."

# What pip says and what it means for the person, the surest sign first: pip ends with "no matching
# distribution" when there is no connection, too.
PIP_SIGNS = [
    (["no space left on device", "not enough space on the disk", "quota exceeded"], DISK_FULL),
    (["do not match the hashes"], WRONG_HASH),
    (["permission denied", "access is denied", "read-only file system"], NOT_WRITABLE.format(ROOT)),
    (["connection broken by", "connectionerror", "timed out", "sslerror", "proxyerror"], UNREACHABLE),
    (["no matching distribution"], NO_WHEEL),
]


# Arguments of pytest that need, or just as well do with, one process.
ALONE = {
    *("--numprocesses", "--dist", "--pdb", "--trace", "--capture", "--collect-only", "--co", "--fixtures"),
    *("--markers", "--help", "-h", "--version", "-V"),
}


class SetUpError(Exception):
    """A sentence for the person at the screen, perhaps followed by what a tool printed."""


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


# ------------------------------------------------------------------------ is there something to start from?


def key_of(lock: Path) -> str:
    """What a finished .venv is stamped with: the lock file and the kind of Python it was made for."""
    # The ending of compiled modules names the Python version and the platform, thus which packages fit.
    python = importlib.machinery.EXTENSION_SUFFIXES[0]
    return hashlib.sha256(python.encode() + b"\n" + lock.read_bytes()).hexdigest()


def is_finished(lock: Path) -> bool:
    """Whether .venv holds what the lock file names."""
    # The interpreter is a link on most systems, and the link dangles after the Python behind it was removed.
    if not (VENV_PYTHON.exists() and STAMP.exists()):
        return False
    fitting = [key_of(TEST_LOCK)] if TEST_LOCK.exists() else []
    if lock == APP_LOCK:
        fitting.append(key_of(APP_LOCK))
    return STAMP.read_text() in fitting


def read_pins(lock: Path) -> list[tuple[str, str, bool]]:
    """Name, version and whether there is a condition, for each package in the lock file."""
    pins = []
    for line in lock.read_text().splitlines():
        requirement, _, condition = line.rstrip("\\ ").partition(";")
        name, equals, version = requirement.strip().partition("==")
        if equals:
            pins.append((name, version, bool(condition)))
    return pins


def interpreter_fits(lock: Path) -> bool:
    """Whether the running interpreter itself has every package in the very version of the lock file.

    Equality is the one rule that is both simple and safe: the lock is the set that was tested, and a
    neighbour of a package (some PySide6 releases abort) may not work. A package under a condition, such as
    the system, may be absent, since the standard library cannot evaluate conditions.
    """
    from importlib import metadata

    for name, version, conditional in read_pins(lock):
        try:
            if metadata.version(name) != version:
                return False
        except metadata.PackageNotFoundError:
            if not conditional:
                return False
    return True


# ------------------------------------------------------------------------ setting up


def set_up(lock: Path) -> None:
    """Make .venv what the lock file says, whatever state it is in."""
    with alone() as guard:
        if is_finished(lock):  # by another start, while this one waited
            return
        say("Setting up OptiSim in .venv (once; a minute or two) …")
        # To a .venv that is good for the app only the test tools are added: both locks agree on what they
        # share, so it stays good for the app, and keeps its stamp, even if this is interrupted.
        if not is_finished(APP_LOCK):
            clear(guard)
            make_venv(guard)
        install(lock, guard)
        write_stamp(guard, key_of(lock))


@contextlib.contextmanager
def alone() -> Iterator[int]:
    """Let one start at a time set up; yields the descriptor that holds the lock.

    The commands that are run inherit it, where the system has that, and so keep the lock for as long as they
    work in .venv, even when this process is killed.
    """
    claim()
    guard = os.open(str(STAMP), os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if not try_to_lock(guard):
            say("Another start of OptiSim is setting up .venv; waiting for it …")
            while not try_to_lock(guard):
                time.sleep(0.2)
        yield guard
    finally:
        os.close(guard)  # unlocks


def claim() -> None:
    """See that .venv is there and is ours, or raise."""
    try:
        VENV.mkdir()
    except FileExistsError:
        # One look at the folder, not two: another start may be making the stamp at this moment.
        names = os.listdir(str(VENV))
        if names and STAMP.name not in names:
            raise SetUpError(FOREIGN_VENV.format(VENV)) from None


def try_to_lock(guard: int) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            # Windows forbids others to read locked bytes: lock one far behind the text.
            os.lseek(guard, 1 << 20, os.SEEK_SET)
            msvcrt.locking(guard, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(guard, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        # Some network drives know no locks: better unguarded there than not at all.
        return error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
    return True


def write_stamp(guard: int, text: str) -> None:
    # Through the descriptor that holds the lock: Windows may refuse another one.
    os.ftruncate(guard, 0)
    os.lseek(guard, 0, os.SEEK_SET)
    os.write(guard, text.encode())


def clear(guard: int) -> None:
    """Empty .venv, but for the stamp file, which stays locked and loses its text."""
    # The interpreter goes first: Windows refuses to remove one that runs, so a running OptiSim loses nothing.
    if os.path.lexists(str(VENV_PYTHON)):
        VENV_PYTHON.unlink()
    write_stamp(guard, "")
    for entry in list(VENV.iterdir()):
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(str(entry))
        elif entry.name != STAMP.name:
            entry.unlink()


def outer_python() -> str:
    """The interpreter to set up with: the running one, unless that is the one in .venv, which is to go."""
    if os.path.realpath(sys.prefix) == os.path.realpath(str(VENV)):
        return getattr(sys, "_base_executable", sys.executable)
    return sys.executable


def has_module(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def make_venv(guard: int) -> None:
    if not has_module("venv"):
        raise SetUpError(NO_VENV)
    # Debian keeps ensurepip in a package of its own, and venv insists on it unless told otherwise.
    without_pip = [] if has_module("ensurepip") else ["--without-pip"]
    code, output = run_quietly([outer_python(), "-m", "venv", *without_pip, str(VENV)], guard)
    if code:
        raise SetUpError(explain(output))


def pip_command(guard: int) -> list[str]:
    """The pip in .venv, or else the one of the interpreter outside, told to work on .venv."""
    inner = [str(VENV_PYTHON), "-m", "pip"]
    if run_quietly([*inner, "--version"], guard)[0] == 0:
        return inner
    outer = [outer_python(), "-m", "pip"]
    code, output = run_quietly([*outer, "--version"], guard)
    if code:
        raise SetUpError(NO_PIP)
    if pip_version(output) < (22, 3):  # the first to know --python
        raise SetUpError(OLD_PIP)
    return [*outer, "--python", str(VENV_PYTHON)]


def pip_version(output: str) -> tuple[int, ...]:
    """(23, 0) out of "pip 23.0.1 from …"."""
    words = output.partition("pip ")[2].split()
    return tuple(int(part) for part in words[0].split(".")[:2] if part.isdigit()) if words else ()


def install(lock: Path, guard: int) -> None:
    options = ["--quiet", "--no-input", "--disable-pip-version-check"]
    # --no-user overrules a pip configuration file. Where there is no ready-made package, pip would try to
    # compile one, which takes long and mostly fails: a clear "no" is better.
    options += ["--no-user", "--only-binary=:all:", "--require-hashes", "-r", str(lock)]
    code, output = run_quietly([*pip_command(guard), "install", *options], guard)
    if code:
        raise SetUpError(explain(output))


def explain(output: str) -> str:
    """A sentence that says what to do, and the last lines of what the tool printed."""
    told = output.lower()
    sentence = next((meaning for signs, meaning in PIP_SIGNS if any(sign in told for sign in signs)), UNKNOWN)
    if sentence == UNKNOWN and shutil.disk_usage(str(ROOT)).free < 50_000_000:  # not every tool says so
        sentence = DISK_FULL
    lines = [line for line in output.splitlines() if line.strip()]
    # pip repeats a warning for each try and each place. The last one tells what is wrong with a connection;
    # otherwise they hide what made it give up.
    if sentence == UNREACHABLE:
        lines = lines[-3:]
    else:
        lines = [line for line in lines if not line.startswith("WARNING")][-6:]
    return "\n".join([sentence, *("    " + line[:300] for line in lines)])


def explain_os_error(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DISK_FULL
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return NOT_WRITABLE.format(ROOT)
    if error.errno == errno.ENOENT:
        return f"The file {error.filename} is missing: please fetch OptiSim once more, with all its files."
    return f"OptiSim could not be set up: please see to this and start it again: {error}."


def run_quietly(command: list[str], guard: int) -> tuple[int, str]:
    """Exit code and output of a command, which shares the lock."""
    done = subprocess.run(
        command,
        env=clean_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        pass_fds=() if os.name == "nt" else (guard,),
    )
    return done.returncode, done.stdout


def clean_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name.upper() not in LEAKS}


# ------------------------------------------------------------------------ starting


def launch(arguments: list[str]) -> int:
    """Go on as the interpreter in .venv."""
    command = [str(VENV_PYTHON), str(ROOT / "main.py"), *arguments]
    environment = {**clean_environment(), LAUNCHED: "1"}
    if os.name == "nt":  # where exec returns to the shell at once
        try:
            return subprocess.call(command, env=environment)
        except KeyboardInterrupt:
            return 130
    os.execve(command[0], command, environment)


def run(arguments: list[str]) -> int:
    """Run the app, or the tests, in this interpreter."""
    if str(ROOT) not in sys.path:  # as with python -P
        sys.path.insert(0, str(ROOT))
    if arguments[:1] == ["test"]:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        os.chdir(str(ROOT))
        import pytest

        return int(pytest.main([*on_cores(arguments[1:]), *arguments[1:]]))
    # The threads of NumPy's linear algebra take longer to start than the app ever needs them for.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from optisim.cli import main as start

    return start(arguments)


def on_cores(arguments: list[str]) -> list[str]:
    """The pytest arguments that share tests among the cores, unless those given say otherwise.

    One process runs what is to be followed or stepped through (-s, --pdb), and a test named by itself.
    """
    names = [argument.partition("=")[0] for argument in arguments]
    if any(name in ALONE or re.match("-n|-[lqvx]*s$", name) or name.endswith("no:xdist") for name in names):
        return []
    if sum("::" in argument for argument in arguments) == 1:
        return []
    # whoever is done early takes over what others still have before them
    return ["-n", "auto", "--maxprocesses", "4", "--dist", "worksteal"]


def main(arguments: list[str]) -> int:
    if os.environ.pop(LAUNCHED, None):
        return run(arguments)
    lock = TEST_LOCK if arguments[:1] == ["test"] else APP_LOCK
    try:
        finished = is_finished(lock)
        here = not finished and interpreter_fits(lock)
        if not (finished or here):
            set_up(lock)
        if not here:
            return launch(arguments)
    except SetUpError as error:
        say(str(error))
        return 2
    except OSError as error:
        say(explain_os_error(error))
        return 2
    except KeyboardInterrupt:
        say("The set-up was stopped; the next start of OptiSim does it afresh.")
        return 130
    return run(arguments)  # outside of the above, which must not swallow an error of the app


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
