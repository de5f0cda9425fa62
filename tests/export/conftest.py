"""What tests of files share."""

import subprocess

import pytest


@pytest.fixture(autouse=True)
def fonts_and_pixmaps(qapp):
    """What paints needs a QApplication, without which Qt crashes, and the program's fonts."""


@pytest.fixture
def small_disk(tmp_path):
    """Makes a disk that has room for so many bytes."""
    made = []

    def make(size):
        folder = tmp_path / f"disk{len(made)}"
        folder.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
        try:
            done = subprocess.run(command, capture_output=True, text=True)
        except FileNotFoundError:
            pytest.skip("there is no mount command to make a small disk with")
        if done.returncode:
            pytest.skip(f"a small disk cannot be made here: {done.stderr.strip()}")
        made.append(folder)
        return folder

    yield make
    for folder in made:
        subprocess.run(["umount", str(folder)], check=True)
