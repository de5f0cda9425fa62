"""The dialog that takes a figure or a film away, with a preview of what will be in the file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from optisim.canvas.map.snapshot import Snapshot
from optisim.core.base.problems import N_, Problem
from optisim.export.figures.figure import Figure
from optisim.export.figures.formats import EXPORTERS, image_of
from optisim.export.figures.painter import FigurePainter
from optisim.export.films import FILMS, Film, check_format, check_size
from optisim.language import explain, tr
from optisim.ui.parts.file_dialogs import ask_file
from optisim.ui.parts.number_box import NumberBox
from optisim.ui.parts.panel import ScrolledPanel
from optisim.ui.race.figure_form import FigureForm, align, figure_of, to_text
from optisim.ui.race.film_form import FilmForm
from optisim.ui.race.preview import Preview

if TYPE_CHECKING:
    from optisim.ui.shell.window import MainWindow

FORMATS = {
    ".png": N_("PNG, pixels for screens and slides"),
    ".svg": N_("SVG, vectors for the web and for editing"),
    ".pdf": N_("PDF, vectors for print and LaTeX"),
}
FILM_FORMATS = {
    ".mp4": N_("MP4, for slides and everything else"),
    ".webm": N_("WebM, for the web"),
    ".gif": N_("GIF, for chats and notes"),
    ".apng": N_("APNG, a GIF in true colours"),
}
FORM_WIDTH = 360  # pixels


class ExportDialog(QDialog):
    """Asks how a figure or a film is to be; `path` is where it goes once the dialog is accepted."""

    def __init__(self, window: MainWindow, snapshot: Snapshot, looked_at: tuple[int, int], filmed: bool) -> None:
        super().__init__(window)
        self._settings = window.settings
        self._snapshot, self._looked_at, self._filmed = snapshot, looked_at, filmed
        self.path: Path | None = None
        self.setWindowTitle(tr("Export film") if filmed else tr("Export image"))
        scenario = snapshot.scenario
        title = tr(scenario.surface.name) if scenario.surface.name else scenario.surface.formula
        remembered = self._settings.film_figure if filmed else self._settings.figure
        figure = figure_of(window.display, window.canvas.seen, self._settings.equal_axes, remembered)
        self.form = FigureForm(replace(figure, transparent=figure.transparent and not filmed), title)
        self.form.transparent.setVisible(not filmed)
        self.film_form = FilmForm(scenario.steps, self._settings.film, parent=self)
        self.film_form.setVisible(filmed)
        self.step = NumberBox(0, scenario.steps, parent=self)
        self.step.setVisible(not filmed)
        self.step.show_value(snapshot.cursor)
        self.preview = Preview()
        self.file_label = QLabel()
        self.file_label.setWordWrap(True)
        self._frame = 0  # of the film, in the preview
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
        known, names = (FILMS, FILM_FORMATS) if self._filmed else (EXPORTERS, FORMATS)
        for ending in known:
            self.format.addItem(tr(names[ending]) if ending in names else ending, ending)
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

    def painter(self) -> FigurePainter:
        """What paints the figure.

        Raises:
            Problem: if there is no such figure, or film.
        """
        self.figure.check()
        if self._filmed:
            film = self.film()
            check_format(Path(f"film{self.format.currentData()}"), film)
            check_size(self.figure.pixels.width(), self.figure.pixels.height())
            cursor = film.cursor_at(min(self._frame, film.frames))
        else:
            cursor = self.step.value()
        painter = FigurePainter(self.figure, self._snapshot, self._looked_at)
        if self._filmed:
            painter.film(film.first, film.last)
        if self._filmed or cursor != self._snapshot.cursor or self.figure.panels:
            painter.show(cursor)
        return painter

    def _refresh(self, *_: object) -> None:
        """Show what has been described, or why it cannot be."""
        self._clock.stop()
        try:
            painter = self.painter()
        except Problem as problem:
            self.preview.show_painter(None, explain(problem))
            self.file_label.setText("")
            self.save_button.setEnabled(False)
            return
        self.save_button.setEnabled(True)
        self.preview.show_painter(painter)
        self.file_label.setText(self._about_file())
        if self._filmed:
            film = self.film()
            with QSignalBlocker(self.slider):
                self.slider.setRange(0, film.frames - 1)
                self.slider.setValue(self._frame)
            self._frame = self.slider.value()
            self._clock.start(round(1000 / min(film.fps, 30)))

    def _about_file(self) -> str:
        figure = self.figure
        pixels, inches = figure.pixels, figure.inches
        size = tr("{width} × {height} pixels", width=pixels.width(), height=pixels.height())
        if self._filmed:
            return tr("{size}, {seconds:.1f} seconds", size=size, seconds=self.film().seconds)
        paper = tr("{width:.1f} × {height:.1f} cm", width=2.54 * inches.width(), height=2.54 * inches.height())
        if self.format.currentData() == ".png":
            return tr("{size} in the file; {paper} on paper", size=size, paper=paper)
        return tr("{paper} on paper", paper=paper)

    def _on_frame(self) -> None:
        """The film goes on."""
        painter, film = self.preview.painter, self.film()
        if painter is None:
            return
        shown = min(film.fps, 30)
        frame = self._frame + max(round(film.fps / shown), 1)
        self.slider.setValue(frame if frame < film.frames else 0)

    def _on_slid(self, frame: int) -> None:
        """Show another frame of the film."""
        self._frame = frame
        painter = self.preview.painter
        if painter is not None:
            painter.show(self.film().cursor_at(frame))
            self.preview.refresh()

    # ── Taking it away ───────────────────────────────────────────────────────────────────────────────────

    def _copy(self) -> None:
        painter = self.preview.painter
        if painter is not None:
            QGuiApplication.clipboard().setImage(image_of(painter))
            self.file_label.setText(tr("The image is on the clipboard"))

    def _choose_file(self) -> None:
        ending = self.format.currentData()
        text = (FILM_FORMATS if self._filmed else FORMATS).get(ending, ending)
        path = ask_file(self, self._settings, self.windowTitle(), "optisim", {ending: text})
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
