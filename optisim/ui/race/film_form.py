"""The form in which a film is described: from which step to which, how fast, how smooth."""

from __future__ import annotations

import json

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QHBoxLayout, QWidget

from optisim.core.base.problems import Problem
from optisim.export.films import FASTEST, LONGEST_HOLD, SPEEDS, Film, looping
from optisim.language import tr
from optisim.ui.parts.number_box import NumberBox
from optisim.ui.parts.plain import Label

PLAIN = {"fps": 30, "speed": 6.0, "hold": 1.0, "loop": True}


class FilmForm(QWidget):
    """Describes a film of a race of so many steps.

    Signals:
        changed(): the film is another one.
    """

    changed = Signal()

    def __init__(self, steps: int, remembered: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        values = _remembered(remembered)
        self.first, self.last = NumberBox(0, steps, whole=True), NumberBox(0, steps, whole=True)
        self.speed, self.seconds = NumberBox(*SPEEDS), NumberBox(0.01, 1e6)
        self.fps, self.hold = NumberBox(1, FASTEST, whole=True), NumberBox(0, LONGEST_HOLD)
        self.loop = QCheckBox(tr("Loop ({formats})", formats=looping()))
        self.loop.setChecked(bool(values["loop"]))
        for box, value in (
            (self.first, 0.0),
            (self.last, float(steps)),
            (self.speed, values["speed"]),
            (self.fps, values["fps"]),
            (self.hold, values["hold"]),
        ):
            box.show_value(float(value))
        self.about = Label()
        self.form = form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(4)
        for text, boxes in (
            (tr("Steps"), (self.first, Label("–"), self.last)),
            (tr("Steps per second"), (self.speed,)),
            (tr("Length in seconds"), (self.seconds,)),
            (tr("Frames per second"), (self.fps,)),
            (tr("Hold at the end, s"), (self.hold,)),
        ):
            row = QHBoxLayout()
            for part in boxes:
                row.addWidget(part, int(isinstance(part, NumberBox)))
                part.setAccessibleName(text)
            form.addRow(text, row)
        form.addRow(self.loop)
        form.addRow(self.about)
        for box in (self.first, self.last, self.speed, self.fps, self.hold):
            box.committed.connect(self._on_changed)
        self.seconds.committed.connect(self._on_seconds)
        self.loop.toggled.connect(self._on_changed)
        self._show_length()

    def film(self) -> Film:
        """The film as the form describes it.

        Raises:
            Problem: if there is no such film.
        """
        return Film(
            fps=int(self.fps.value()),
            speed=self.speed.value(),
            first=self.first.value(),
            last=self.last.value(),
            hold=self.hold.value(),
            loop=self.loop.isChecked(),
        )

    def to_text(self) -> str:
        """What is remembered from one film to the next."""
        film = self.film()
        return json.dumps({name: getattr(film, name) for name in PLAIN})

    def _on_changed(self, *_: object) -> None:
        self._show_length()
        self.changed.emit()

    def _on_seconds(self, seconds: float) -> None:
        """Be as fast as the length asks for."""
        try:
            fps, first, last, hold = (box.value() for box in (self.fps, self.first, self.last, self.hold))
            film = Film.lasting(seconds, int(fps), first, last, hold)
        except Problem:
            self._show_length()
            return
        with QSignalBlocker(self.speed):
            self.speed.show_value(float(f"{film.speed:.6g}"))
        self._on_changed()

    def _show_length(self) -> None:
        try:
            film = self.film()
        except Problem:
            self.about.setText("")
            return
        self.seconds.show_value(float(f"{film.seconds:.4g}"))
        self.about.setText(tr("{frames} frames", frames=film.frames))


def _remembered(text: str) -> dict[str, float | bool]:
    try:
        values = {**PLAIN, **json.loads(text or "{}")}
        Film(int(values["fps"]), float(values["speed"]), 0.0, 1.0, float(values["hold"]), bool(values["loop"]))
    except (ValueError, TypeError, OverflowError):  # a Problem is a ValueError
        return dict(PLAIN)
    return {name: values[name] for name in PLAIN}
