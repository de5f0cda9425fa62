"""Whether there is a screen and whether Qt can load, told before Qt would abort the process.

Qt answers a missing display or library with an abort and a page of text. On Linux both can be found out first.
"""

from __future__ import annotations

import ctypes
import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from optisim.core.base.problems import N_, Problem

# library → Debian package, for those that a bare system lacks
_FOR_QT = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libX11.so.6": "libx11-6",
    "libxcb.so.1": "libxcb1",
}
_FOR_A_WINDOW = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}

NO_SCREEN = N_(
    "There is no screen to open a window on; to draw a figure without one, add to this command: "
    "render -o figure.png"
)
NO_LIBRARY = N_(
    "The system library {library} is missing, which Qt needs; install it, on Debian and Ubuntu with: "
    "sudo apt install {packages}"
)


def check_libraries() -> None:
    """See that Qt can be imported.

    Raises:
        Problem: with the library that is missing and the packages to install.
    """
    try:
        import PySide6.QtGui
        import PySide6.QtSvg
        import PySide6.QtWidgets  # noqa: F401
    except ImportError as error:
        raise missing_library(error) from error


def check_screen() -> None:
    """See that a window can be opened.

    Raises:
        Problem: if there is no display, it does not answer, or a library for it is missing.
    """
    linux = sys.platform.startswith("linux")
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    display, wayland = os.environ.get("DISPLAY"), os.environ.get("WAYLAND_DISPLAY")
    if linux and not (chosen or display or wayland):
        raise Problem(NO_SCREEN)
    check_libraries()
    if linux and display and not wayland and chosen in ("", "xcb"):
        _check_xcb_plugin()
        _check_x_server()


def _check_xcb_plugin() -> None:
    from PySide6.QtCore import QLibraryInfo

    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    try:
        ctypes.CDLL(str(plugins / "platforms" / "libqxcb.so"))
    except OSError as error:
        raise missing_library(error) from error


def _check_x_server() -> None:
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError as error:
        raise missing_library(error) from error
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    refused = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    if refused:
        raise Problem(NO_SCREEN)


def missing_library(error: Exception) -> Problem:
    """The loader's `error` as a problem that names all packages to install, not one after the other."""
    match = re.search(r"lib[\w.+-]*?\.so[.\d]*", str(error))
    if match is None:
        return Problem(N_("Qt could not be loaded: {reason}."), reason=error)
    library = match.group()
    known = _FOR_QT | _FOR_A_WINDOW
    wanted = known if library in _FOR_A_WINDOW else _FOR_QT
    named = known.get(library, library.partition(".so")[0].lower())
    packages = sorted({named, *(wanted[name] for name in _absent(wanted))})
    return Problem(NO_LIBRARY, library=library, packages=" ".join(packages))


def _absent(libraries: Iterable[str]) -> list[str]:
    absent = []
    for name in libraries:
        try:
            ctypes.CDLL(name)
        except OSError:
            absent.append(name)
    return absent
