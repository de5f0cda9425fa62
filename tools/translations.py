"""Bring resources/i18n up to date: collect the texts of the program, compile the translations.

    python tools/translations.py            update the .ts files and compile them to .qm
    python tools/translations.py --check    change nothing; fail if something would change or is untranslated

Needs the development packages. Texts are those given to `tr` and `N_`; run it after changing one, translate what is
marked unfinished in the .ts file, and run it again.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "i18n"


def qt_tool(name: str) -> str:
    """The path of one of Qt's translation tools, which come with PySide6-Essentials."""
    import PySide6

    found = shutil.which(name, path=str(Path(PySide6.__file__).parent / "")) or shutil.which(f"pyside6-{name}")
    if found is None:
        found = shutil.which(f"pyside6-{name}", path=str(Path(sys.executable).parent))
    if found is None:
        sys.exit(f"The tool {name} of PySide6-Essentials was not found.")
    return found


def update(ts: Path) -> None:
    """Collect all texts into `ts`, dropping those that are gone."""
    sources = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "optisim").rglob("*.py"))
    options = [
        "-silent",
        "-no-obsolete",
        "-locations",
        "none",
        "-sort-messages",
        "-tr-function-alias",
        "QT_TR_NOOP+=N_",
    ]
    subprocess.run([qt_tool("lupdate"), *options, *sources, "-ts", str(ts)], cwd=ROOT, check=True)


def compile_to(ts: Path, qm: Path) -> None:
    """Compile `ts`."""
    subprocess.run([qt_tool("lrelease"), "-silent", str(ts), "-qm", str(qm)], check=True)


def unfinished(ts: Path) -> list[str]:
    """The texts of `ts` that have no translation."""
    messages = ElementTree.parse(ts).iter("message")
    return [
        message.findtext("source", "") for message in messages if message.find("translation[@type]") is not None
    ]


def main() -> int:
    """Run the tool; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    code = 0
    for ts in sorted(FOLDER.glob("*.ts")):
        with tempfile.TemporaryDirectory() as folder:
            fresh, compiled = Path(folder) / ts.name, Path(folder) / "compiled.qm"
            shutil.copy(ts, fresh)
            update(fresh)
            compile_to(fresh, compiled)
            qm = ts.with_suffix(".qm")
            stale = (
                fresh.read_bytes() != ts.read_bytes() or not qm.exists() or compiled.read_bytes() != qm.read_bytes()
            )
            missing = unfinished(fresh)
            if not check:
                shutil.copy(fresh, ts)
                shutil.copy(compiled, qm)
            elif stale:
                print(f"{ts.name} is stale; run python tools/translations.py")
            if missing:
                print(f"{ts.name}: {len(missing)} texts are not translated:")
                print(*(f"    {text!r}" for text in missing), sep="\n")
            code |= bool(missing) or (check and stale)
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
