"""Writing files so that a failure loses nothing."""

import errno
import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from optisim.core.base.problems import Problem
from optisim.export.files import write_safely

PROJECT = Path(__file__).resolve().parents[2]
OLD, NEW = b"what was there before", b"the new content"


def write_new(temporary):
    temporary.write_bytes(NEW)


def failing(number):
    def fail(*arguments, **keywords):
        raise OSError(number, os.strerror(number))

    return fail


@pytest.fixture(params=[True, False], ids=["a file is there", "no file is there"])
def path(request, tmp_path):
    path = tmp_path / "figure.png"
    if request.param:
        path.write_bytes(OLD)
    return path


def assert_untouched(path):
    """The folder is as the fixture made it."""
    assert [file.read_bytes() for file in path.parent.iterdir()] in ([OLD], [])
    assert {file.name for file in path.parent.iterdir()} <= {path.name}


def test_a_file_is_written_and_replaced(path):
    write_safely(path, write_new)
    assert path.read_bytes() == NEW
    assert list(path.parent.iterdir()) == [path]


def test_the_new_content_is_beside_the_old_until_it_is_complete(path):
    def write(temporary):
        assert temporary.parent == path.parent  # a rename is atomic within a folder only
        assert temporary.suffix == path.suffix
        assert path.exists() is was_there
        write_new(temporary)
        assert path.exists() is was_there
        assert not was_there or path.read_bytes() == OLD

    was_there = path.exists()
    write_safely(path, write)
    assert path.read_bytes() == NEW


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
@pytest.mark.parametrize("mask", [0o022, 0o027, 0o077, 0o002])
def test_permissions_are_those_of_any_new_file(tmp_path, mask):
    before = os.umask(mask)
    try:
        write_safely(tmp_path / "figure.png", write_new)
        assert os.umask(mask) == mask, "the process creates files differently from now on"
    finally:
        os.umask(before)
    assert (tmp_path / "figure.png").stat().st_mode & 0o777 == 0o666 & ~mask


FAILURES = {
    errno.ENOSPC: "disk is full",
    errno.EROFS: "write-protected",
    errno.EACCES: "write-protected",
    errno.EPERM: "write-protected",
    errno.EIO: os.strerror(errno.EIO),
    errno.EFBIG: os.strerror(errno.EFBIG),
}


@pytest.mark.parametrize("moment", ["beginning", "writing", "naming"])
@pytest.mark.parametrize("number", FAILURES, ids=lambda number: errno.errorcode[number])
def test_a_failure_at_any_moment_is_explained_and_leaves_everything_as_it_was(path, monkeypatch, number, moment):
    write = write_new
    if moment == "beginning":
        monkeypatch.setattr(tempfile, "mkstemp", failing(number))
    elif moment == "naming":
        monkeypatch.setattr(Path, "replace", failing(number))
    else:

        def write(temporary):
            temporary.write_bytes(NEW[:5])
            failing(number)()

    with pytest.raises(Problem, match=FAILURES[number]) as caught:
        write_safely(path, write)
    assert path.name in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1
    assert_untouched(path)


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_other_errors_pass_through_and_leave_everything_as_it_was(path, error):
    def write(temporary):
        temporary.write_bytes(NEW[:5])
        raise error

    with pytest.raises(error):
        write_safely(path, write)
    assert_untouched(path)


def test_a_folder_that_is_missing_or_a_file_is_refused(tmp_path):
    (tmp_path / "file").write_bytes(OLD)
    for folder in ("missing", "file", "missing/deeper", "n" * 300):
        with pytest.raises(Problem, match="does not exist") as caught:
            write_safely(tmp_path / folder / "figure.png", write_new)
        assert folder in str(caught.value)
    assert [file.name for file in tmp_path.iterdir()] == ["file"]


def test_a_folder_in_place_of_the_file_is_refused(tmp_path):
    with pytest.raises(Problem, match="is a folder"):
        write_safely(tmp_path, write_new)
    assert not list(tmp_path.iterdir())


def test_a_name_that_is_too_long_is_refused(tmp_path):
    with pytest.raises(Problem, match="was not written"):
        write_safely(tmp_path / ("n" * 300 + ".png"), write_new)
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
def test_a_write_protected_folder_is_refused(tmp_path):
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(Problem, match="write-protected"):
            write_safely(tmp_path / "figure.png", write_new)
    finally:
        tmp_path.chmod(0o755)
    assert not list(tmp_path.iterdir())


CUT_OFF = """
import resource, sys
from optisim.cli import main

resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
for path in sys.argv[1:]:
    command = ["simulate", "--steps=2000"] if path.endswith(".csv") else ["render", "--size=400x300"]
    print(main(["--lang=en", *command, "-o", path]))
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_no_format_replaces_a_file_by_one_that_was_cut_off(tmp_path):
    """The system stops every file at 40 kB, as a full disk would. Some of Qt's writers do not notice."""
    paths = [tmp_path / f"figure{ending}" for ending in (".png", ".svg", ".pdf", ".csv")]
    for path in paths:
        path.write_bytes(OLD)
    done = subprocess.run(
        [sys.executable, "-c", CUT_OFF, *paths],
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout.split() == ["2"] * 4
    for path, line in zip(paths, done.stderr.splitlines(), strict=True):
        assert line.startswith("optisim: ")
        assert path.name in line
    assert {path.read_bytes() for path in paths} == {OLD}
    assert sorted(tmp_path.iterdir()) == sorted(paths)


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_link_stays_one_and_what_it_leads_to_is_written(tmp_path):
    (tmp_path / "real.png").write_bytes(OLD)
    (tmp_path / "real.png").chmod(0o640)
    (tmp_path / "link.png").symlink_to("real.png")
    write_safely(tmp_path / "link.png", write_new)
    assert (tmp_path / "link.png").is_symlink()
    assert (tmp_path / "real.png").read_bytes() == NEW
    assert (tmp_path / "real.png").stat().st_mode & 0o777 == 0o640


# ── What dead processes leave ────────────────────────────────────────────────────────────────────────────

DYING = """
import os, signal, sys
from pathlib import Path
from optisim.export.files import write_safely

def write(temporary):
    temporary.write_bytes(b"half of")
    os.kill(os.getpid(), signal.SIGKILL)

write_safely(Path(sys.argv[1]), write)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
def test_what_a_process_that_was_killed_has_left_goes_with_the_next_write(path):
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    subprocess.run([sys.executable, "-c", DYING, path], env=environment, timeout=60)
    assert len([file for file in path.parent.iterdir() if file != path]) == 1
    (path.parent / ".optisim-is-mine").write_bytes(OLD)
    write_safely(path.parent / "other.png", write_new)
    assert {file.name for file in path.parent.iterdir()} - {path.name} == {"other.png", ".optisim-is-mine"}


def test_what_is_still_being_written_stays(path):
    def write(temporary):
        write_new(temporary)
        write_safely(path.parent / "other.png", write_new)
        assert temporary.read_bytes() == NEW

    write_safely(path, write)
    assert path.read_bytes() == NEW
    assert {file.name for file in path.parent.iterdir()} == {path.name, "other.png"}


TERMINATED = """
import sys
from optisim import cli
from optisim.export import films

told = films.Reel._tell

def tell(reel, done):
    print(done, flush=True)
    told(reel, done)

films.Reel._tell = tell
sys.exit(cli.main(["render", "--size=320x240", "--fps=60", "--speed=0.1", "-o", sys.argv[1]]))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
def test_a_command_that_is_told_to_end_leaves_the_old_file_and_nothing_else(path):
    film = path.with_suffix(".mp4")
    film.write_bytes(OLD)
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    command = subprocess.Popen(
        [sys.executable, "-c", TERMINATED, film], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert command.stdout is not None
    assert command.stdout.readline().strip().isdigit()  # the film is being written
    command.terminate()
    command.communicate(timeout=60)
    assert command.returncode == 143
    assert film.read_bytes() == OLD
    assert {file.name for file in path.parent.iterdir()} <= {film.name, path.name}


def test_a_file_is_on_the_disk_before_it_has_its_name_and_the_folder_after(path, monkeypatch):
    steps = []
    sync, replace = os.fsync, Path.replace

    def noted_sync(handle):
        steps.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        sync(handle)

    def noted_replace(self, target):
        steps.append("name")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", noted_sync)
    monkeypatch.setattr(Path, "replace", noted_replace)
    write_safely(path, write_new)
    assert steps == ["file", "name", *(["folder"] if os.name != "nt" else [])]


def test_a_disk_that_fails_while_it_is_waited_for_is_told_and_loses_nothing(path, monkeypatch):
    monkeypatch.setattr(os, "fsync", failing(errno.ENOSPC))
    with pytest.raises(Problem, match="disk is full"):
        write_safely(path, write_new)
    assert_untouched(path)


def test_a_file_system_that_cannot_be_waited_for_is_no_matter(path, monkeypatch):
    monkeypatch.setattr(os, "fsync", failing(errno.EINVAL))
    write_safely(path, write_new)
    assert path.read_bytes() == NEW
