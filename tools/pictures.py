"""Golden pictures: ten windows and twenty figures, to be compared before and after a change.

    python tools/pictures.py FOLDER              take them
    python tools/pictures.py FOLDER --same OLD   take them, and name those that differ from the ones in OLD

Not part of the tests: fonts and Qt's versions change pixels. Both folders must come from one machine.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
from PySide6.QtCore import QSettings, QSize, Qt  # noqa: E402
from PySide6.QtGui import QImage  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402

# name → language, theme, size, what is opened, which keys are pressed
WINDOWS: dict[str, tuple[str, str, tuple[int, int], str, str]] = {
    "first-start": ("en", "light", (1280, 800), "", ""),
    "bowl-end": ("en", "light", (1280, 800), "example:bowl", "End"),
    "bowl-middle-dark": ("en", "dark", (1280, 800), "example:bowl", "Home Right Right Right"),
    "bowl-small": ("en", "light", (1024, 700), "example:bowl", "End"),
    "zigzag-chinese": ("zh", "light", (1280, 800), "example:zigzag", "End"),
    "zigzag-chinese-dark": ("zh", "dark", (1920, 1080), "example:zigzag", "End"),
    "saddle-local": ("en", "light", (1280, 800), "example:saddle", "Home Right Right L"),
    "batches": ("en", "light", (1280, 800), "example:mini-batches", "End"),
    "curvature-dark": ("en", "dark", (1366, 768), "example:curvature", "End Left"),
    "slow-motion": ("en", "light", (1280, 800), "example:bowl", "Home Right Shift+Right Shift+Right"),
}

RACE = ["--surface", "rosenbrock", "--run", "adam:lr=0.05", "--run", "momentum:lr=0.001", "--start=-1.2,1"]
FIGURES: dict[str, list[str]] = {
    "plain.png": [],
    "plain.svg": [],
    "plain.pdf": [],
    "dark.png": ["--theme", "dark"],
    "transparent.png": ["--transparent"],
    "chinese.png": ["example:zigzag", "--lang", "zh", "--caption"],
    "panels.png": ["example:zigzag", "--panels", "--preset", "page"],
    "panels.svg": ["example:zigzag", "--panels", "--preset", "page", "--caption"],
    "charts-beside.png": ["example:bowl", "--charts", "loss,distance", "--preset", "page"],
    "charts-below.pdf": ["example:bowl", "--charts", "loss,rate", "--below", "--preset", "page"],
    "arrows.png": ["example:bowl", "--show", "arrows", "--step", "5"],
    "local.png": ["example:saddle", "--show", "local", "--step", "4"],
    "column.png": ["example:saddle", "--preset", "column"],
    "slide.png": ["example:curvature", "--preset", "slide"],
    "square-magma.png": ["example:bowl", "--preset", "square", "--colormap", "magma"],
    "bare.svg": ["example:bowl", "--hide", "heat,colorbar,labels"],
    "valley.png": [*RACE, "--steps", "200"],
    "valley-half.png": [*RACE, "--steps", "200", "--step", "50"],
    "fan.png": ["example:mini-batches", "--charts", "loss", "--caption", "--preset", "page"],
    "equal.png": ["example:bowl", "--equal"],
}


def take_figures(folder: Path) -> None:
    """Render every figure from the command line."""
    from optisim.cli import main

    for name, options in FIGURES.items():
        code = main(["render", *options, "-o", str(folder / name)])
        if code:
            print(f"{name}: exit code {code}")


def take_windows(folder: Path) -> None:
    """Grab every window after its keys were pressed."""
    from optisim.app import make_application, make_window
    from optisim.ui.parts.settings import Settings

    make_application(["optisim"])
    for name, (language, theme, size, source, keys) in WINDOWS.items():
        with tempfile.TemporaryDirectory() as scratch:
            settings = Settings(QSettings(str(Path(scratch) / "settings.ini"), QSettings.Format.IniFormat))
            settings.language, settings.theme = language, theme
            window = make_window(settings)
            window.resize(QSize(*size))
            window.show()
            window.activateWindow()
            QTest.qWait(400)
            if source:
                window.opening.open_source(source)
            for chord in keys.split():
                _press(window, chord)
                QTest.qWait(60)
            QTest.qWait(800)
            window.lab.map_view.sharpen()
            window.grab().save(str(folder / f"window-{name}.png"))
            window.document.path = None
            window.close()
            window.deleteLater()
            QTest.qWait(20)


def _press(window: object, chord: str) -> None:
    shift = chord.startswith("Shift+")
    key = getattr(Qt.Key, f"Key_{chord.removeprefix('Shift+')}")
    modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(window.windowHandle(), key, modifier)  # type: ignore[attr-defined]


def differences(old: Path, new: Path) -> list[str]:
    """The files of `new` that are not as in `old`, each with how far apart they are."""
    found = []
    for path in sorted(new.iterdir()):
        before = old / path.name
        if not before.exists():
            found.append(f"{path.name}: new")
        elif path.suffix == ".png":
            a, b = (_pixels(p) for p in (before, path))
            if a.shape != b.shape:
                found.append(f"{path.name}: another size")
            elif (a != b).any():
                apart = np.abs(a.astype(int) - b).max(axis=2)
                rows, columns = np.nonzero(apart)
                box = f"x {columns.min()}–{columns.max()}, y {rows.min()}–{rows.max()}"
                found.append(f"{path.name}: {(apart > 0).mean():.2%} of the pixels, up to {apart.max()}, in {box}")
        elif path.suffix == ".svg" and before.read_bytes() != path.read_bytes():
            found.append(f"{path.name}: other bytes")
    return found


def _pixels(path: Path) -> np.ndarray:
    image = QImage(str(path)).convertToFormat(QImage.Format.Format_RGBA8888)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4).copy()


def main() -> int:
    """Run the tool; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--same", metavar="OLD", type=Path)
    parser.add_argument("--only", choices=("windows", "figures"))
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()
    if options.only != "windows":
        take_figures(options.folder)
    if options.only != "figures":
        take_windows(options.folder)
    print(f"taken in {time.perf_counter() - began:.0f} s")
    if options.same is None:
        return 0
    found = differences(options.same, options.folder)
    print("\n".join(found) or "all the same")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
