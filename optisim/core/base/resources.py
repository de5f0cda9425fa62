"""Where the files are that come with the program."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def resources() -> Path:
    """The folder of resources: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parents[2]
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"
