"""The dialog that takes a figure or a film away, with a preview of what will be in the file."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from optisim.core.base.problems import Problem
from optisim.core.race.scenario import Scenario
from optisim.export.figures.figure import Figure
from optisim.export.figures.formats import FIGURE_FORMATS
from optisim.export.films import FILM_FORMATS, Film, check_format, check_size
from optisim.export.tasks import Shot
from optisim.language import explain, tr
from optisim.ui.parts.file_dialogs import ask_file
from optisim.ui.parts.jobs import Jobs
from optisim.ui.parts.number_box import NumberBox
from optisim.ui.parts.panel import ScrolledPanel
from optisim.ui.parts.plain import Label
from optisim.ui.parts.settings import Settings
from optisim.ui.race.export_actions import copy_shot
from optisim.ui.race.figure_form import FigureForm, align, to_text
from optisim.ui.race.film_form import FilmForm
from optisim.ui.race.preview import Preview

FORM_WIDTH = 360  # pixels


class ExportDialog(QDialog):
    """Asks how a figure or a film is to be; `path` is where it goes once the dialog is accepted.

    Args:
        shot: the figure to begin with.
        scenario: what it shows.
        filmed: whether it is about a film.
    """

    def __init__(
        self, shot: Shot, scenario: Scenario, filmed: bool, settings: Settings, jobs: Jobs, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._shot, self._filmed = shot, filmed
        self._settings, self._jobs = settings, jobs
        self._closed = False
        self.path: Path | None = None
        self.setWindowTitle(tr("Export film") if filmed else tr("Export image"))
        title = tr(scenario.surface.name) if scenario.surface.name else scenario.surface.formula
        figure = shot.figure
        self.form = FigureForm(replace(figure, transparent=figure.transparent and not filmed), title)
        self.form.transparent.setVisible(not filmed)
        self.film_form = FilmForm(scenario.steps, settings.film, parent=self)
        self.film_form.setVisible(filmed)
        self.step = NumberBox(0, scenario.steps, parent=self)
        self.step.setVisible(not filmed)
        self.step.show_value(shot.step)
        self.preview = Preview(jobs)
        self.preview.failed.connect(self._on_failed)
        self.file_label = Label()
        self.file_label.setWordWrap(True)
        self._frame = 0  # of the film, in the preview
        self._played: tuple[float, int] = (0.0, 0)  # since when the film plays, and from which frame on
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._on_frame)
        self._make_format()
        self._make_slider()
        self._make_buttons()
        self._put_together()
        self.form.changed.connect(self._refresh)
        self.film_form.changed.connect(self._refresh)
        self.step.committed.connect(self._refresh)
        self.format.currentIndexChanged.connect(self._refresh)
        self._refresh()

    # ── Putting together ─────────────────────────────────────────────────────────────────────────────────

    def _make_format(self) -> None:
        self.format = QComboBox()
        self._titles = FILM_FORMATS.titles if self._filmed else FIGURE_FORMATS.titles
        for ending, title in self._titles.items():
            self.format.addItem(tr(title), ending)
        last = self._settings.film_format if self._filmed else self._settings.figure_format
        self.format.setCurrentIndex(max(self.format.findData(last), 0))
        self.format.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def _make_slider(self) -> None:
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(tr("Place in the film"))
        self.slider.setVisible(self._filmed)
        self.slider.sliderPressed.connect(self._clock.stop)
        self.slider.sliderReleased.connect(self._refresh)
        self.slider.valueChanged.connect(self._on_slid)

    def _make_buttons(self) -> None:
        role = QDialogButtonBox.ButtonRole
        self.buttons = QDialogButtonBox()
        self.save_button = self.buttons.addButton(tr("Save as…"), role.AcceptRole)
        self.save_button.setDefault(True)
        self.buttons.addButton(tr("Cancel"), role.RejectRole)
        if not self._filmed:
            self.copy_button = self.buttons.addButton(tr("Copy"), role.ActionRole)
            self.copy_button.clicked.connect(self._copy)
        self.buttons.accepted.connect(self._choose_file)
        self.buttons.rejected.connect(self.reject)

    def _put_together(self) -> None:
        head = QFormLayout()
        head.addRow(tr("Format"), self.format)
        fields = QWidget()
        column = QVBoxLayout(fields)
        column.setContentsMargins(2, 0, 6, 0)
        column.addLayout(head)
        if self._filmed:
            column.addWidget(self.film_form)
        else:
            head.addRow(tr("At step"), self.step)
        align([head, self.film_form.form, *self.form.forms] if self._filmed else [head, *self.form.forms])
        column.addSpacing(8)
        column.addWidget(self.form)
        column.addStretch(1)
        scrolled = ScrolledPanel(fields)
        scrolled.setFixedWidth(FORM_WIDTH)
        right = QVBoxLayout()
        right.addWidget(scrolled, 1)
        right.addWidget(self.file_label)
        both = QHBoxLayout()
        left = QVBoxLayout()
        left.addWidget(self.preview, 1)
        left.addWidget(self.slider)
        both.addLayout(left, 1)
        both.addLayout(right)
        whole = QVBoxLayout(self)
        whole.addLayout(both, 1)
        whole.addWidget(self.buttons)
        parent = self.parentWidget()
        assert parent is not None
        self.resize(QSize(980, 690).boundedTo(parent.size() - QSize(16, 32)))

    # ── What it will be ──────────────────────────────────────────────────────────────────────────────────

    @property
    def figure(self) -> Figure:
        """The figure as described."""
        return self.form.figure

    def film(self) -> Film:
        """The film as described.

        Raises:
            Problem: if there is no such film.
        """
        return self.film_form.film()

    def shot(self) -> Shot:
        """The figure as described, at the instant that is asked for."""
        shot = replace(self._shot, figure=self.figure)
        if self._filmed:
            film = self.film()
            return replace(shot, step=film.cursor_at(min(self._frame, film.frames)), arrow_sets=None)
        step = self.step.value()
        return shot if step == shot.step else replace(shot, step=step, arrow_sets=None)

    def _check(self) -> None:
        """See that there is such a figure, or film.

        Raises:
            Problem: if not.
        """
        self.figure.check()
        if self._filmed:
            check_format(Path(f"film{self.format.currentData()}"), self.film())
            check_size(self.figure.pixels.width(), self.figure.pixels.height())

    def _refresh(self, *_: object) -> None:
        """Show what has been described, or why it cannot be."""
        self._clock.stop()
        try:
            self._check()
        except Problem as problem:
            self.preview.show_sentence(explain(problem))
            self._on_failed()
            return
        self.save_button.setEnabled(True)
        self.file_label.setText(self._about_file())
        if self._filmed:
            film = self.film()
            with QSignalBlocker(self.slider):
                self.slider.setRange(0, film.frames - 1)
                self.slider.setValue(self._frame)
            self._frame = self.slider.value()
            self._played = time.perf_counter(), self._frame
            self._clock.start(round(1000 / min(film.fps, 30)))
        self._show()

    def _show(self, at_once: bool = False) -> None:
        self.preview.show_shot(self.shot(), self.film() if self._filmed else None, at_once)

    def _on_failed(self) -> None:
        self._clock.stop()
        self.file_label.setText("")
        self.save_button.setEnabled(False)

    def _about_file(self) -> str:
        figure = self.figure
        pixels, inches = figure.pixels, figure.inches
        size = tr("{width} × {height} pixels", width=pixels.width(), height=pixels.height())
        if self._filmed:
            return tr("{size}, {seconds:.1f} seconds", size=size, seconds=self.film().seconds)
        paper = tr("{width:.1f} × {height:.1f} cm", width=2.54 * inches.width(), height=2.54 * inches.height())
        if not FIGURE_FORMATS[self.format.currentData()].vector:
            return tr("{size} in the file; {paper} on paper", size=size, paper=paper)
        return tr("{paper} on paper", paper=paper)

    def _on_frame(self) -> None:
        """The film goes on, as soon as the frame before is painted; its pace is that of the film."""
        if self.preview.busy:
            return
        film = self.film()
        since, first = self._played
        frame = (first + int((time.perf_counter() - since) * film.fps)) % film.frames
        self.slider.setValue(frame)

    def _on_slid(self, frame: int) -> None:
        """Show another frame of the film."""
        self._frame = frame
        self._show(at_once=True)

    def done(self, result: int) -> None:
        """Close."""
        self._closed = True
        self._clock.stop()
        self.preview.finish()
        super().done(result)

    # ── Taking it away ───────────────────────────────────────────────────────────────────────────────────

    def _copy(self) -> None:
        if self.save_button.isEnabled():
            copy_shot(self.shot(), self._jobs, self._on_copied)

    def _on_copied(self, said: str) -> None:
        if not self._closed:
            self.file_label.setText(said)

    def _choose_file(self) -> None:
        ending = self.format.currentData()
        path = ask_file(self, self._settings, self.windowTitle(), "optisim", {ending: self._titles[ending]})
        if path is None:
            return
        self.path = path
        settings = self._settings
        if self._filmed:
            settings.film_figure, settings.film = to_text(self.figure), self.film_form.to_text()
            settings.film_format = ending
        else:
            settings.figure, settings.figure_format = to_text(self.figure), ending
        self.accept()
