"""Asking for the size and format of a figure."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, QStandardPaths
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from optisim.export.figures import EXPORTERS, LARGEST
from optisim.language import tr
from optisim.ui.settings import Settings


class ExportDialog(QDialog):
    """Size, scale and format; `path` is where the figure goes once the dialog is accepted."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.path: Path | None = None
        self.setWindowTitle(tr("Export image"))
        self.format = QComboBox()
        names = {
            ".png": tr("PNG, pixels for screens and slides"),
            ".svg": tr("SVG, vectors for the web and for editing"),
            ".pdf": tr("PDF, vectors for print and LaTeX"),
        }
        for ending in EXPORTERS:
            self.format.addItem(names.get(ending, ending), ending)
        self.width_box, self.height_box = QSpinBox(), QSpinBox()
        for box, value in ((self.width_box, settings.export_width), (self.height_box, settings.export_height)):
            box.setRange(200, LARGEST)
            box.setValue(value)
        size = QHBoxLayout()
        size.addWidget(self.width_box, 1)
        size.addWidget(QLabel("×"))
        size.addWidget(self.height_box, 1)
        self.scale = QDoubleSpinBox()
        self.scale.setRange(0.5, 8.0)
        self.scale.setSingleStep(0.5)
        self.scale.setDecimals(2)
        self.scale.setValue(settings.export_scale)
        self.scale.setSuffix(" ×")
        self.result_label = QLabel()
        form = QFormLayout()
        form.addRow(tr("Format"), self.format)
        form.addRow(tr("Size in pixels"), size)
        form.addRow(tr("Scale"), self.scale)
        form.addRow("", self.result_label)
        buttons = QDialogButtonBox()
        save = buttons.addButton(tr("Save as…"), QDialogButtonBox.ButtonRole.AcceptRole)
        save.setDefault(True)
        buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._choose_file)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addSpacing(8)
        column.addWidget(buttons)
        for changed in (self.width_box.valueChanged, self.height_box.valueChanged, self.scale.valueChanged):
            changed.connect(self._show_result)
        self.format.currentIndexChanged.connect(self._show_result)
        self._show_result()

    @property
    def size_chosen(self) -> QSize:
        """The figure's size before scaling."""
        return QSize(self.width_box.value(), self.height_box.value())

    def _show_result(self) -> None:
        width = round(self.width_box.value() * self.scale.value())
        height = round(self.height_box.value() * self.scale.value())
        if self.format.currentData() == ".png":
            text = tr("{width} × {height} pixels in the file", width=width, height=height)
        else:
            text = tr("{width:.1f} × {height:.1f} cm on paper", width=width / 96 * 2.54, height=height / 96 * 2.54)
        self.result_label.setText(text)

    def _choose_file(self) -> None:
        ending = self.format.currentData()
        path = ask_file(self, self._settings, tr("Export image"), f"optisim{ending}", ending)
        if path is None:
            return
        self.path = path
        self._settings.export_width = self.width_box.value()
        self._settings.export_height = self.height_box.value()
        self._settings.export_scale = self.scale.value()
        self.accept()


def ask_file(parent: QWidget, settings: Settings, title: str, name: str, ending: str) -> Path | None:
    """Ask where to write a file; the folder is remembered. None if the user changed their mind."""
    pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    folder = settings.export_folder or pictures
    filters = f"{ending[1:].upper()} (*{ending})"
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(Path(folder) / name), filters)
    if not chosen:
        return None
    path = Path(chosen)
    if not path.name.lower().endswith(ending):
        path = path.with_name(path.name + ending)
    settings.export_folder = str(path.parent)
    return path
