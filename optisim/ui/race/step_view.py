"""The equations of a step, typeset, with the numbers of a ball put in: a widget that only paints what it is given.

Formulas are typeset once, with places left for the numbers; only the numbers are painted anew at every step.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from optisim.canvas.cache import CachedPicture
from optisim.canvas.text.mathtext import MathText, marked, typeset
from optisim.canvas.text.numerals import Glyphs, Numeral, numeral, paint_glyphs, placed, setting
from optisim.canvas.theme import mixed
from optisim.core.rules.notation import Evaluation, Leaf, Symbol, canonical, written
from optisim.core.rules.rule import Rule, WorkedLine
from optisim.core.rules.substitution import Numbers, Slot, number_in, numbers_of
from optisim.ui.parts.text_size import factor

SIZE = 15.0  # pixels of the formulas at the usual size of texts
MARGIN = 10.0
GAP = 26.0  # between columns
LEADING = 7.0  # between lines
INDENT = 16.0  # of numbers that stand below their formula
LARGEST = 1.4  # how far all grows where there is room for it
NARROW = 0.8  # how far all shrinks so that x and y can stand side by side
NARROWEST = 0.62  # how far one line shrinks before it is cut off
FADED = 0.5  # opacity of lines that are still to come, or are for another case
ROOM = {"plain": "000.0000", "bracketed": "0000.0000", "entry": "000.0000"}
# what is kept free for a number: as many zeros as are about as wide
SETTINGS = ("setting", "time")  # numbers that stand as they are, and have just the room they need


@dataclass
class _Row:
    """One line of the rule: its formula and, once typeset, its numbers."""

    worked: WorkedLine
    formula: MathText
    case: MathText | None
    fields: tuple[str, ...]  # of the formula's marked parts, from number 1 on
    numbers: Numbers | None = None
    filled: MathText | None = None
    slot_fields: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()  # the texts that room was kept for
    boxes: dict[int, QRectF] = dataclasses.field(default_factory=dict)  # of the places for numbers

    def settings_now(self) -> tuple[str, ...]:
        """Those texts at the present step, as far as their width goes."""
        slots = self.numbers.slots if self.numbers is not None else ()
        pairs = zip(slots, self.kinds, strict=False)
        rooms = tuple(_room(self.worked, slot) for slot, kind in pairs if kind in SETTINGS)
        return (*rooms, str(self.worked.holds))


@dataclass
class _Place:
    """Where a row has its formula and its numbers."""

    formula: QPointF
    case: QPointF
    numbers: list[tuple[int, QPointF, float]]  # axis, origin and scale of each line of numbers
    box: QRectF


class StepView(QWidget):
    """Shows the lines of a rule with numbers, x and y side by side where there is room.

    Signals:
        naturalHeightChanged(): all lines together are higher or lower than before.
        pointed(field): the mouse is on a quantity's symbol or number; "" when it has left.
        clicked(number): a line was clicked.
    """

    naturalHeightChanged = Signal()
    pointed = Signal(str)
    clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rule: Rule | None = None
        self._rows: list[_Row] = []
        self._places: list[_Place] = []
        self._signs: list[tuple[QPointF, str]] = []  # "x" and "y" where numbers are one below the other
        self._texts: list[list[tuple[int, list[Glyphs], str]]] = []  # per row: axis, number, field
        self._waiting: list[int] = []  # rows whose numbers are still to be typeset
        self._colors: Mapping[str, str] = {}
        self._done: set[int] | None = None
        self._current: Sequence[int] = ()
        self._lit = ""
        self._still = CachedPicture()
        self._layout_number = 0
        self._scale = 1.0  # of everything
        self._visible_height = 0.0
        self.natural_height = 0  # of all lines, neither squeezed nor enlarged
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._typesetter = QTimer(self)
        self._typesetter.setSingleShot(True)
        self._typesetter.setInterval(0)
        self._typesetter.timeout.connect(self._typeset_next)

    # ── What is shown ────────────────────────────────────────────────────────────────────────────────────

    def show_step(
        self,
        rule: Rule | None,
        worked: Sequence[WorkedLine],
        colors: Mapping[str, str],
        done: set[int] | None,
        current: Sequence[int],
    ) -> None:
        """Show a step.

        Args:
            rule: whose lines they are.
            worked: the lines with their numbers; none to show nothing.
            colors: of the quantities, by Step field.
            done: the lines that have been worked; None for all.
            current: the lines that are being worked.
        """
        self._colors, self._done, self._current = colors, done, current
        if rule is not self._rule or len(worked) != len(self._rows):
            self._rule = rule
            self._rows = [self._row(rule, line) for line in worked] if rule is not None else []
            self._lay_out()
        for row, line in zip(self._rows, worked, strict=True):
            row.worked = line
            if row.filled is not None and row.settings != row.settings_now():
                row.filled = None
        # a case that does not apply may have symbols that stand for nothing yet
        self._waiting = [i for i, row in enumerate(self._rows) if row.filled is None and any(row.worked.applies)]
        if self._waiting:
            self._typesetter.start()
        self._fill()
        self.update()

    def light(self, field: str) -> None:
        """Let a quantity stand out."""
        if field != self._lit:
            self._lit = field
            self.update()

    @property
    def ready(self) -> bool:
        """Whether all is typeset."""
        return not self._waiting

    @property
    def shown_numbers(self) -> list[list[list[str]]]:
        """The numbers as they can be read: for each row, for each line of numbers, the texts of its slots."""
        result = []
        for row, texts in zip(self._rows, self._texts, strict=True):
            lines = 2 if row.numbers is not None and row.numbers.by_axis else 1
            result.append(
                [
                    ["".join(g.text for g in glyphs) for axis, glyphs, _ in texts if axis == line]
                    for line in range(lines)
                ]
            )
        return result

    # ── Typesetting ──────────────────────────────────────────────────────────────────────────────────────

    def _row(self, rule: Rule, worked: WorkedLine) -> _Row:
        line, fields = worked.line, list[str]()

        def mark(symbol: str, latex: str) -> str:
            field = rule.fields.get(symbol, "")
            if field in ("", "x"):
                return latex
            fields.append(field)
            return marked(len(fields), latex)

        def leaf(node: Leaf) -> str:
            if isinstance(node, Symbol):
                return mark(node.name, node.name)
            return rf"{node.what}\left({written(node.place, leaf)}\right)"

        if line.value is not None:
            latex = f"{mark(line.symbol, line.symbol)} {line.sign} {written(line.value, leaf)}"
        elif line.holds:
            sides = (f"{written(r.left, leaf)} {r.sign} {written(r.right, leaf)}" for r in line.holds)
            head, sign, _ = line.equation.latex.partition(":")
            latex = (head + sign if sign else "") + r"\ " + r",\ ".join(sides)
        else:
            latex = line.equation.latex
        case = (
            typeset(rf"\left({line.equation.when}\right)", SIZE * 0.85 * factor()) if line.equation.when else None
        )
        return _Row(worked, typeset(latex, SIZE * factor()), case, tuple(fields))

    def _typeset_next(self) -> None:
        """Typeset the numbers of one line, so that a new rule does not hold up the race."""
        if not self._waiting:
            return
        number = self._waiting.pop(0)
        row = self._rows[number]
        fields: list[str] = []
        kinds: list[str] = []
        rule = self._rule
        assert rule is not None

        def place(index: int, slot: Slot, leaf: Leaf | None) -> str:
            fields.append(_field_of(rule, row.worked, leaf))
            kinds.append(_kind_of(rule, slot, leaf))
            return marked(index + 1, ROOM.get(kinds[-1]) or _room(row.worked, slot))

        row.numbers = numbers_of(row.worked, place)
        row.slot_fields, row.kinds = tuple(fields), tuple(kinds)
        row.settings = row.settings_now()
        row.filled = typeset(row.numbers.latex if row.numbers is not None else "{}", SIZE * factor())
        row.boxes = {mark - 1: path.boundingRect() for mark, path in row.filled.parts.items()}
        if self._waiting:
            self._typesetter.start()
        else:
            self._lay_out()
            self._fill()
            self.update()

    # ── Layout ───────────────────────────────────────────────────────────────────────────────────────────

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self._lay_out()
            self._fill()

    def show_at_height(self, height: float) -> None:
        """Say how much of the view can be seen at once: formulas grow into it."""
        if height != self._visible_height:
            self._visible_height = height
            self._lay_out()
            self._fill()

    def fit_text(self) -> None:
        """Take the size of text that is in use."""
        rows, self._rows, self._waiting = self._rows, [], []
        if self._rule is not None:
            rule, self._rule = self._rule, None
            self.show_step(rule, [row.worked for row in rows], self._colors, self._done, self._current)

    def sizeHint(self) -> QSize:
        return QSize(240, self.height())

    def _lay_out(self) -> None:
        """Find a place for all: side by side, or numbers below their formulas, or x and y below each other."""
        whole = self.width() - 2 * MARGIN
        widest = max((row.formula.box.width() + _case_width(row) for row in self._rows), default=0.0)
        by_axis = max((_width(r) for r in self._rows if r.numbers is not None and r.numbers.by_axis), default=0.0)
        beside_each_other, below = widest + 2 * GAP + 2 * by_axis, INDENT + GAP + 2 * by_axis
        beside = NARROW * beside_each_other <= whole
        two = beside or NARROW * below <= whole
        width = beside_each_other if beside else below
        self._scale = min(1.0, whole / width) if two and by_axis else 1.0
        height = self._place_rows(whole / self._scale, widest if beside else -1.0, by_axis, two)
        natural = round(self._scale * height)
        if natural != self.natural_height:
            self.natural_height = natural
            self.naturalHeightChanged.emit()
        if self._scale * height > self._visible_height > 0 and self._scale > NARROW:
            self._scale = max(NARROW, self._visible_height / height)
            height = self._place_rows(whole / self._scale, widest if beside else -1.0, by_axis, two)
        larger = min(LARGEST, whole / max(width, 1.0), self._visible_height / max(height, 1.0))
        if beside and larger > 1.0:  # there is room for more
            self._scale = larger
            height = self._place_rows(whole / larger, widest, by_axis, two)
        self._layout_number += 1
        self.setFixedHeight(round(self._scale * height) if self._rows else 40)

    def _place_rows(self, room: float, widest: float, by_axis: float, two: bool) -> float:
        """Place all rows; how high they are together."""
        self._places, self._signs, top = [], [], MARGIN
        if two and by_axis:
            top += 14.0
            left = MARGIN + (widest + GAP if widest >= 0 else INDENT)
            self._signs = [(QPointF(left + 14, 14), "x"), (QPointF(left + by_axis + GAP + 14, 14), "y")]
        for row in self._rows:
            top = self._place_row(row, top, room, widest, by_axis, two)
        return top - LEADING + MARGIN

    def _place_row(self, row: _Row, top: float, room: float, widest: float, by_axis: float, two: bool) -> float:
        """Place a row from `top` on; where the next one begins."""
        begin = top
        formula = row.formula.box
        shown = (
            [0, 1] if row.numbers is not None and row.numbers.by_axis else [0] if row.numbers is not None else []
        )
        box = row.filled.box if row.filled is not None else QRectF()
        beside = widest >= 0 and (len(shown) == 2 or widest + GAP + box.width() <= room)
        ascent = max(-formula.top(), -box.top() if beside and shown else 0.0)
        descent = max(formula.bottom(), box.bottom() if beside and shown else 0.0)
        baseline = top + ascent
        at = QPointF(MARGIN - formula.left(), baseline)
        case = QPointF(MARGIN + formula.width() + 12, baseline)
        numbers: list[tuple[int, QPointF, float]] = []
        top = baseline + descent
        if beside:
            left = MARGIN + widest + GAP
            across = ((axis, left + axis * (by_axis + GAP) - box.left()) for axis in shown)
            numbers += [(axis, QPointF(x, baseline), 1.0) for axis, x in across]
        elif shown and two and len(shown) == 2:
            baseline = top + 5 - box.top()
            for axis in shown:
                x = MARGIN + INDENT + axis * (by_axis + GAP) - box.left()
                numbers.append((axis, QPointF(x, baseline), 1.0))
            top = baseline + box.bottom()
        elif shown:
            sign = 14.0 if len(shown) == 2 else 0.0
            scale = min(1.0, max((room - INDENT - sign) / max(box.width(), 1.0), NARROWEST))
            for axis in shown:
                baseline = top + 5 - scale * box.top()
                x = MARGIN + INDENT + sign - scale * box.left()
                numbers.append((axis, QPointF(x, baseline), scale))
                if sign:
                    self._signs.append((QPointF(MARGIN + INDENT - 6, baseline), "xy"[axis]))
                top = baseline + scale * box.bottom()
        self._places.append(
            _Place(
                at, case, numbers, QRectF(0, begin - LEADING / 2, self.width() / self._scale, top - begin + LEADING)
            )
        )
        return top + LEADING

    # ── Numbers ──────────────────────────────────────────────────────────────────────────────────────────

    def _fill(self) -> None:
        """Put the numbers into their places."""
        self._texts = [
            self._texts_of(number, row, place)
            for number, (row, place) in enumerate(zip(self._rows, self._places, strict=True))
        ]

    def _texts_of(self, number: int, row: _Row, place: _Place) -> list[tuple[int, list[Glyphs], str]]:
        if row.numbers is None or row.filled is None or not self._is_done(number):
            return []
        found = []
        for axis, origin, scale in place.numbers:
            if not row.worked.applies[axis if row.numbers.by_axis else 0]:
                continue
            for index, slot in enumerate(row.numbers.slots):
                if index not in row.boxes:
                    continue
                box = row.boxes[index]
                there = QRectF(
                    origin.x() + scale * box.x(),
                    origin.y() + scale * box.y(),
                    scale * box.width(),
                    scale * box.height(),
                )
                kind = row.kinds[index]
                value = number_in(row.worked, slot, axis)
                text = setting(value) if kind in SETTINGS else numeral(value)
                found.append((axis, placed(text, there, kind == "bracketed"), row.slot_fields[index]))
        return found

    def numerals(self, number: int, axis: int) -> list[Numeral]:
        """The numbers of a row as they are read, in the order of its slots."""
        row = self._rows[number]
        assert row.numbers is not None
        values = [number_in(row.worked, slot, axis) for slot in row.numbers.slots]
        return [
            setting(value) if kind in SETTINGS else numeral(value)
            for value, kind in zip(values, row.kinds, strict=True)
        ]

    def _is_done(self, number: int) -> bool:
        return self._done is None or number in self._done

    def _fades(self, number: int) -> bool:
        return not self._is_done(number) or not any(self._rows[number].worked.applies)

    # ── Painting ─────────────────────────────────────────────────────────────────────────────────────────

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        faded = tuple(self._fades(number) for number in range(len(self._rows)))
        drawn = tuple(tuple(row.worked.applies) if row.filled is not None else () for row in self._rows)
        colors = tuple(sorted(self._colors.items()))
        ink = self.palette().color(QPalette.ColorRole.WindowText)
        key = (self._rule, self._layout_number, faded, drawn, tuple(self._current), self._lit, colors, ink.name())
        self._still.show(painter, QPointF(0, 0), QRectF(self.rect()).size(), key, self._paint_still)
        painter.scale(self._scale, self._scale)
        for number, texts in enumerate(self._texts):
            painter.setOpacity(1.0 if not self._fades(number) else FADED)
            for _, glyphs, field in texts:
                paint_glyphs(painter, glyphs, self._color(field))

    def _paint_still(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.scale(self._scale, self._scale)
        palette = self.palette()
        accent = palette.color(QPalette.ColorRole.Highlight)
        painter.setFont(self.font())
        for number, (row, place) in enumerate(zip(self._rows, self._places, strict=True)):
            if number in self._current:
                painter.fillRect(place.box, mixed(accent, palette.color(QPalette.ColorRole.Window), 0.16))
                painter.fillRect(QRectF(place.box.left(), place.box.top(), 3, place.box.height()), accent)
            painter.setOpacity(FADED if self._fades(number) else 1.0)
            self._paint_formula(painter, row, place)
            if self._is_done(number):
                self._paint_frames(painter, row, place)
            painter.setOpacity(1.0)
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        for at, sign in self._signs:  # last, for the line that is worked has a ground of its own
            painter.drawText(at, sign)

    def _paint_formula(self, painter: QPainter, row: _Row, place: _Place) -> None:
        painter.fillPath(row.formula.path.translated(place.formula), self._color(""))
        for number, path in row.formula.parts.items():
            field = row.fields[number - 1]
            moved = path.translated(place.formula)
            if field == self._lit:
                painter.fillRect(moved.boundingRect().adjusted(-3, -3, 3, 3), self._glow(field))
            painter.fillPath(moved, self._color(field))
        if row.case is not None:
            painter.fillPath(
                row.case.path.translated(place.case), self.palette().color(QPalette.ColorRole.PlaceholderText)
            )

    def _paint_frames(self, painter: QPainter, row: _Row, place: _Place) -> None:
        """The signs between the numbers, which stay; and a glow where the quantity that is pointed at stands."""
        if row.filled is None or row.numbers is None:
            return
        for axis, origin, scale in place.numbers:
            if not row.worked.applies[axis if row.numbers.by_axis else 0]:
                continue
            painter.save()
            painter.translate(origin)
            painter.scale(scale, scale)
            painter.fillPath(row.filled.path, self._color(""))
            for number, part in row.filled.parts.items():
                if self._lit and row.slot_fields[number - 1] == self._lit:
                    painter.fillRect(part.boundingRect().adjusted(-2, -4, 2, 4), self._glow(self._lit))
            painter.restore()

    def _color(self, field: str) -> QColor:
        """The colour of a quantity, or of all that is none."""
        color = self._colors.get(field)
        return QColor(color) if color else self.palette().color(QPalette.ColorRole.WindowText)

    def _glow(self, field: str) -> QColor:
        glow = self._color(field)
        glow.setAlphaF(0.2)
        return glow

    # ── Mouse ────────────────────────────────────────────────────────────────────────────────────────────

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointed.emit(self.field_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit("")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        position = QPointF(event.position() * (1 / self._scale))
        for number, place in enumerate(self._places):
            if place.box.contains(position) and event.button() == Qt.MouseButton.LeftButton:
                self.clicked.emit(number)

    def field_at(self, position: QPointF) -> str:
        """The quantity whose symbol or number is there, by its Step field; "" if there is none."""
        position = QPointF(position * (1 / self._scale))
        for row, place in zip(self._rows, self._places, strict=True):
            if not place.box.contains(position):
                continue
            for number, path in row.formula.parts.items():
                if path.translated(place.formula).boundingRect().adjusted(-4, -5, 4, 5).contains(position):
                    return row.fields[number - 1]
            for _, origin, scale in place.numbers if row.filled is not None else ():
                local = QPointF((position.x() - origin.x()) / scale, (position.y() - origin.y()) / scale)
                assert row.filled is not None
                for number, part in row.filled.parts.items():
                    if part.boundingRect().adjusted(-2, -4, 2, 4).contains(local):
                        return row.slot_fields[number - 1]
        return ""

    def place_of(self, field: str) -> QPointF | None:
        """The middle of the first symbol of a quantity; None if there is none."""
        for row, place in zip(self._rows, self._places, strict=True):
            for number, path in row.formula.parts.items():
                if row.fields[number - 1] == field:
                    return path.translated(place.formula).boundingRect().center() * self._scale
        return None

    def line_box(self, number: int) -> QRectF:
        """Where a line stands."""
        if number >= len(self._places):
            return QRectF()
        box, s = self._places[number].box, self._scale
        return QRectF(s * box.x(), s * box.y(), s * box.width(), s * box.height())


def _field_of(rule: Rule, worked: WorkedLine, leaf: Leaf | None) -> str:
    """The Step field whose number stands in a slot; "" for what has no colour."""
    if leaf is None:
        field = worked.line.equation.target
        return "update" if field == "x" else field
    if isinstance(leaf, Evaluation):
        return "grad" if leaf.what == r"\nabla L" and worked.line.equation.target == "grad" else ""
    field = rule.fields.get(leaf.name, "")
    return "" if field == "x" else field


def _kind_of(rule: Rule, slot: Slot, leaf: Leaf | None) -> str:
    """How much room a number needs."""
    if isinstance(leaf, Symbol) and leaf.name == "t":
        return "time"
    if isinstance(leaf, Symbol) and canonical(leaf.name) in rule.hypers:
        return "setting"
    if slot.part:
        return "entry"
    return "plain" if slot.first or leaf is None else "bracketed"


def _room(worked: WorkedLine, slot: Slot) -> str:
    """Zeros as wide as a setting."""
    text = setting(number_in(worked, slot, 0))
    length = len(text.mantissa) + (3 if text.exponent is not None else 0)
    point = "." in text.mantissa
    return "0" * (length - 2) + ".0" if point else "0" * length


def _case_width(row: _Row) -> float:
    return row.case.box.width() + 12 if row.case is not None else 0.0


def _width(row: _Row) -> float:
    return row.filled.box.width() if row.filled is not None else 0.0
