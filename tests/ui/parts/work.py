"""Work for jobs under test, found by its name in other processes. It goes on until a file appears."""

import os
import signal
import time

from optisim.core.base.problems import N_, Problem
from optisim.export.files import write_safely


def until(go, progress, result="the result"):
    """Work until the file `go` is there; the process, which is told in a file beside it, and a result."""
    go.with_suffix(".pid").write_text(str(os.getpid()))
    done = 0
    while not go.exists():
        done = min(done + 1, 9_000)
        progress(done, 10_000)
        time.sleep(0.001)
    for done in range(9_000, 10_001, 100):
        progress(done, 10_000)
    return os.getpid(), result


def process(progress):
    return os.getpid()


def write(path, go, progress):
    """Write a file, slowly."""

    def slowly(temporary):
        temporary.write_bytes(b"half of")
        until(go, progress)
        temporary.write_bytes(b"all of it")

    write_safely(path, slowly)


def hang(begun, path, progress):
    """Begin to write a file, and neither look nor listen."""

    def for_ever(temporary):
        temporary.write_bytes(b"half of")
        begun.write_text(str(os.getpid()))
        time.sleep(1000)

    write_safely(path, for_ever)


def refuse(progress):
    raise Problem(N_("The folder “{folder}” does not exist; choose another one."), folder="nowhere")


def fault(progress):
    raise ZeroDivisionError("the fault")


def be_greedy(progress):
    raise MemoryError


def be_killed(progress):
    os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(1000)
