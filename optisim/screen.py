"""Whether there is a screen and whether Qt can load, told before Qt would abort the process.

Qt answers a missing display or library with an abort and a page of text. On Linux both can be found out first.
"""

from __future__ import annotations

import ctypes
import os
import re
import sys
from pathlib import Path

from optisim.core.problems import N_, Problem

# library → Debian package, for those a bare system lacks
_PACKAGES = {
    "libEGL": "libegl1",
    "libGL": "libgl1",
    "libxkbcommon-x11": "libxkbcommon-x11-0",
    "libxkbcommon": "libxkbcommon0",
    "libdbus-1": "libdbus-1-3",
    "libfontconfig": "libfontconfig1",
    "libfreetype": "libfreetype6",
    "libglib-2.0": "libglib2.0-0",
    "libgthread-2.0": "libglib2.0-0",
    "libX11": "libx11-6",
    "libX11-xcb": "libx11-xcb1",
    "libxcb": "libxcb1",
    "libxcb-cursor": "libxcb-cursor0",
    "libxcb-icccm": "libxcb-icccm4",
    "libxcb-image": "libxcb-image0",
    "libxcb-keysyms": "libxcb-keysyms1",
    "libxcb-randr": "libxcb-randr0",
    "libxcb-render-util": "libxcb-render-util0",
    "libxcb-render": "libxcb-render0",
    "libxcb-shape": "libxcb-shape0",
    "libxcb-shm": "libxcb-shm0",
    "libxcb-sync": "libxcb-sync1",
    "libxcb-util": "libxcb-util1",
    "libxcb-xfixes": "libxcb-xfixes0",
    "libxcb-xkb": "libxcb-xkb1",
    "libSM": "libsm6",
    "libICE": "libice6",
}

NO_SCREEN = N_(
    "There is no screen to open a window on; to draw a figure without one, add to this command: "
    "render -o figure.png"
)
NO_LIBRARY = N_(
    "The system library {library} is missing, which Qt needs; install it, on Debian and Ubuntu with: "
    "sudo apt install {package}"
)


def check_libraries() -> None:
    """See that Qt can be imported.

    Raises:
        Problem: with the library that is missing and the package it is in.
    """
    try:
        import PySide6.QtGui
        import PySide6.QtSvg
        import PySide6.QtWidgets  # noqa: F401
    except ImportError as error:
        raise _missing(error) from error


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
        raise _missing(error) from error


def _check_x_server() -> None:
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError as error:
        raise _missing(error) from error
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    refused = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    if refused:
        raise Problem(NO_SCREEN)


def _missing(error: Exception) -> Problem:
    match = re.search(r"(lib[\w.+-]*?)\.so[.\d]*", str(error))
    if match is None:
        return Problem(N_("Qt could not be loaded: {reason}."), reason=error)
    package = _PACKAGES.get(match[1], match[1].lower())
    return Problem(NO_LIBRARY, library=match[0], package=package)
