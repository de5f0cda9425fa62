"""Undo and redo of every change to a document.

A change is a pair of documents, for the document is all that there is to change. What is dragged or typed without a
pause is one change.

QUndoStack is not used: it deletes commands that were merged, which PySide then keeps alive for ever.
"""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass
from typing import Generic

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from optisim.core.base.problems import N_
from optisim.core.documents.changes import Change
from optisim.core.documents.kinds import D, Kind
from optisim.language import tr
from optisim.ui.parts.document_model import DocumentModel

PAUSE = 1.0  # seconds after which the same kind of change is another one
LIMIT = 500  # changes that are remembered


@dataclass
class _Step(Generic[D]):
    """A change that can be taken back and made again."""

    change: Change
    before: D
    after: D
    at: float  # when, in seconds


class History(QObject, Generic[D]):
    """Remembers the changes that the document of a model undergoes.

    Signals:
        changed(): there is something else to undo or redo.
    """

    changed = Signal()

    def __init__(self, model: DocumentModel[D], kind: Kind[D], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._kind = kind
        self._now = model.value
        self._done: deque[_Step[D]] = deque(maxlen=LIMIT)  # the latest last
        self._undone: list[_Step[D]] = []  # the next to be made again last
        self._actions: tuple[QAction, QAction] | None = None
        self.changed.connect(self.retranslate)
        model.changed.connect(self._on_changed)

    def _on_changed(self) -> None:
        # what the model has now: whoever heard of this change first may have made another one already
        before, self._now = self._now, self._model.value
        if before != self._now:
            self._undone.clear()
            self._add(_Step(self._kind.change(before, self._now), before, self._now, time.monotonic()))
            self.changed.emit()

    def _add(self, step: _Step[D]) -> None:
        """Put a change on top, or let the top one take it in, if it is of the same part and follows at once."""
        top = self._done[-1] if self._done else None
        if top is None or step.change.part != top.change.part or step.at - top.at > PAUSE:
            self._done.append(step)
            return
        top.after, top.at = step.after, step.at
        if top.after == top.before:
            self._done.pop()

    def _show(self, document: D) -> None:
        self._now = document  # so that it is no change of its own
        self.finish()
        self._model.set(document)
        self.changed.emit()

    # ── Menu entries ─────────────────────────────────────────────────────────────────────────────────────

    def show_in(self, undo: QAction, redo: QAction) -> None:
        """Say in these menu entries, from now on, what they would do."""
        self._actions = undo, redo
        self.retranslate()

    def hide(self) -> None:
        """Leave the menu entries to the history of another document."""
        self._actions = None

    def retranslate(self) -> None:
        """Name the changes in the language of the window."""
        if self._actions is None:
            return
        texts = ((N_("&Undo"), self.undo_text), (N_("&Redo"), self.redo_text))
        for action, (text, what) in zip(self._actions, texts, strict=True):
            action.setEnabled(bool(what))
            action.setText(f"{tr(text)}: {what}" if what else tr(text))

    # ── Undo and redo ────────────────────────────────────────────────────────────────────────────────────

    def undo(self) -> None:
        """Take back the last change."""
        if self._done:
            step = self._done.pop()
            self._undone.append(step)
            self._show(step.before)

    def redo(self) -> None:
        """Make the change that was taken back again."""
        if self._undone:
            step = self._undone.pop()
            self._done.append(step)
            self._show(step.after)

    def finish(self) -> None:
        """Let what comes be a change of its own, however soon it comes."""
        if self._done:
            self._done[-1].at = float("-inf")

    def forget(self) -> None:
        """Begin anew: there is nothing to take back."""
        self._done.clear()
        self._undone.clear()
        self.changed.emit()

    @property
    def undo_text(self) -> str:
        """What would be taken back, "" if there is nothing."""
        return _said(self._done[-1].change) if self._done else ""

    @property
    def redo_text(self) -> str:
        """What would be made again, "" if there is nothing."""
        return _said(self._undone[-1].change) if self._undone else ""


def _said(change: Change) -> str:
    """A change in the language of the window; values that are texts of the program are translated, too."""
    return tr(change.text, **{name: tr(value) for name, value in change.values})
