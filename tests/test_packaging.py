"""What is installed: versions, locks, resources, and what an import costs."""

import ast
import importlib
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import optisim

PROJECT = Path(__file__).resolve().parents[1]
PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
FONTS = PROJECT / "resources" / "fonts"


def test_the_version_is_told_alike_everywhere():
    assert PYPROJECT["project"]["version"] == optisim.__version__
    assert re.fullmatch(r"\d+\.\d+\.\d+", optisim.__version__)


def test_the_command_starts_what_the_entry_point_names():
    module, _, function = PYPROJECT["project"]["scripts"]["optisim"].partition(":")
    assert callable(getattr(importlib.import_module(module), function))


def test_all_that_is_promised_to_python_users_is_there():
    assert sorted(optisim.__all__) == sorted(set(optisim.__all__))
    for name in optisim.__all__:
        assert getattr(optisim, name) is not None


# ── Locks ────────────────────────────────────────────────────────────────────────────────────────────────


def locked(name):
    """{package: version} of a lock file, in which every package has hashes."""
    pins = {}
    text = (PROJECT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    for line in filter(None, (line.strip() for line in text.splitlines())):
        requirement, _, hashes = line.partition("--hash=")
        assert re.fullmatch(r"(sha256:[0-9a-f]{64}(\s+--hash=)?)+", hashes), requirement
        package = Requirement(requirement.strip())
        (specifier,) = package.specifier
        assert specifier.operator == "=="
        pins[canonicalize_name(package.name)] = specifier.version
    return pins


def asked_for(requirements):
    return [Requirement(text) for text in requirements]


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("requirements.lock", PYPROJECT["project"]["dependencies"]),
        ("requirements-dev.lock", PYPROJECT["project"]["dependencies"] + PYPROJECT["dependency-groups"]["dev"]),
    ],
)
def test_a_lock_fulfils_what_the_project_asks_for(lock, wanted):
    pins = locked(lock)
    for requirement in asked_for(wanted):
        assert canonicalize_name(requirement.name) in pins, requirement
        assert requirement.specifier.contains(pins[canonicalize_name(requirement.name)]), requirement


def test_the_tests_run_with_the_versions_that_users_get():
    assert locked("requirements.lock").items() <= locked("requirements-dev.lock").items()


def test_every_dependency_is_imported_and_every_import_is_a_dependency():
    """By the names of the modules; what comes with Python or with another dependency needs no line of its own."""
    modules = {"pyside6-essentials": {"PySide6", "shiboken6"}}
    declared = set()
    for requirement in asked_for(PYPROJECT["project"]["dependencies"]):
        declared |= modules.get(canonicalize_name(requirement.name), {requirement.name})
    imported = set()
    for path in (PROJECT / "optisim").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {name.name.partition(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported.add((node.module or "").partition(".")[0])
    outside = imported - {*sys.stdlib_module_names, "optisim"}
    assert outside <= declared
    assert declared - outside <= {"shiboken6"}


# ── Resources ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_wheel_takes_the_resources_into_the_package():
    wheel = PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["packages"] == ["optisim"]
    assert wheel["force-include"] == {"resources": "optisim/resources"}
    assert (PROJECT / "resources").is_dir()
    assert not (PROJECT / "optisim" / "resources").exists(), "it would be taken twice"


def test_the_source_archive_takes_everything_there_is():
    included = PYPROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    assert [name for name in included if not (PROJECT / name).exists()] == []
    assert {"optisim", "resources", "tests", "main.py", "README.md", "LICENSE", "requirements.lock"} <= set(
        included
    )


def test_an_installed_package_finds_its_resources(tmp_path):
    """With the resources inside of the package, as in the wheel."""
    without = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PROJECT / "optisim", tmp_path / "optisim", ignore=without)
    shutil.copytree(PROJECT / "resources", tmp_path / "optisim" / "resources", ignore=without)
    code = "from optisim.language import *; use_language('zh'); print(resources()); print(ascii(tr('&Edit')))"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    folder, word = done.stdout.split()
    assert Path(folder) == tmp_path / "optisim" / "resources"
    assert word.startswith("'\\u")


def test_every_font_has_its_licence_beside_it():
    licence = (FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Copyright" in licence
    patterns = PYPROJECT["project"]["license-files"]
    assert all(list(PROJECT.glob(pattern)) for pattern in patterns)
    assert any(fnmatch("resources/fonts/OFL.txt", pattern) for pattern in patterns)
    told = (FONTS / "README.md").read_text(encoding="utf-8")
    fonts = [
        file for file in (PROJECT / "resources").rglob("*") if file.suffix in (".ttf", ".otf", ".woff", ".woff2")
    ]
    assert fonts
    for font in fonts:
        assert font.parent == FONTS
        assert font.name in told, "where it is from must be told"
        assert re.search(rb"S\0?I\0?L\0? \0?O\0?p\0?e\0?n\0? \0?F\0?o\0?n\0?t", font.read_bytes()), font.name


def test_the_font_folder_holds_nothing_else():
    assert {file.suffix for file in FONTS.iterdir()} == {".ttf", ".txt", ".md"}


# ── Imports ──────────────────────────────────────────────────────────────────────────────────────────────


def modules_after(code):
    """All modules that are loaded after `code` ran in a fresh Python."""
    ask = f"{code}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", ask]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60)
    return set(json.loads(done.stdout.splitlines()[-1]))


def of(package, modules):
    """Those of `modules` that are `package` or in it."""
    return {module for module in modules if module == package or module.startswith(package + ".")}


def test_the_library_needs_neither_qt_nor_pyqtgraph():
    loaded = modules_after("import optisim; optisim.simulate('bowl', 'adam', steps=3)")
    assert of("optisim.core", loaded)
    assert not of("PySide6", loaded) | of("shiboken6", loaded) | of("pyqtgraph", loaded)


def test_the_command_line_loads_no_more_of_qt_than_its_core():
    loaded = modules_after("from optisim.cli import main; main(['simulate', '--steps', '2'])")
    assert of("PySide6.QtCore", loaded)
    assert not of("pyqtgraph", loaded) | of("PySide6.QtGui", loaded) | of("PySide6.QtWidgets", loaded)


def test_the_window_opens_without_what_its_first_frame_does_not_need():
    loaded = modules_after("import optisim.ui.shell.window")
    assert of("PySide6.QtWidgets", loaded)
    for later in ("ziamath", "av", "PySide6.QtPdf", "PySide6.QtPdfWidgets", "PySide6.QtPrintSupport"):
        assert not of(later, loaded)
