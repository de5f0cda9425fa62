"""Languages: everything the program says can be said in each of them."""

import ast
import re
import string
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QLocale
from PySide6.QtGui import QRawFont
from PySide6.QtWidgets import QMessageBox, QWidget

from optisim import language
from optisim.core.base.problems import FormulaProblem, Problem
from optisim.core.formulas.formula import parse
from optisim.language import LANGUAGES, explain, resources, system_language, tr, use_language

PROJECT = Path(__file__).resolve().parents[1]
TRANSLATIONS = {  # without texts that nobody has translated yet, which are marked with a type
    code: [
        (message.findtext("source", ""), message.findtext("translation", ""))
        for message in ElementTree.parse(resources() / "i18n" / f"optisim_{code}.ts").iter("message")
        if message.find("translation[@type]") is None
    ]
    for code in LANGUAGES
    if code != "en"
}
each_text = pytest.mark.parametrize("texts", TRANSLATIONS.values(), ids=TRANSLATIONS)


@pytest.fixture(autouse=True)
def english_again(qapp):
    yield
    use_language("en")


# ── The translation files ────────────────────────────────────────────────────────────────────────────────


def test_the_translations_are_fresh_and_complete(to_do):
    command = [sys.executable, PROJECT / "tools" / "translations.py", "--check"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert not done.stderr
    if done.returncode:
        to_do(done.stdout)


@each_text
def test_there_are_hundreds_of_texts_each_once(texts):
    sources = [source for source, _ in texts]
    assert len(sources) > 200
    assert len(set(sources)) == len(sources)


@pytest.mark.parametrize("code", TRANSLATIONS)
def test_the_program_says_what_the_translation_file_says(code, to_do):
    use_language(code)
    other = [source for source, translation in TRANSLATIONS[code] if tr(source) != translation]
    assert len(other) < 100
    if other:
        to_do(f"optisim_{code}.qm does not have what the .ts file says of {other}; run tools/translations.py.")


def slots(text):
    return sorted(
        (name, spec, conversion) for _, name, spec, conversion in string.Formatter().parse(text) if name is not None
    )


def mnemonics(text):
    return text.replace("&&", "").count("&")


@each_text
def test_a_translation_keeps_the_slots_of_its_text(texts):
    for source, translation in texts:
        assert slots(translation) == slots(source), source


@each_text
def test_a_translation_keeps_the_mnemonic_of_its_text(texts):
    for source, translation in texts:
        assert mnemonics(source) <= 1, source
        assert mnemonics(translation) == mnemonics(source), source


@each_text
def test_a_translation_keeps_commands_and_file_endings(texts):
    kept = re.compile(r"--[a-z]+|\.(?:png|svg|pdf|csv|json)\b|\brender\b|\bsimulate\b|<[^>]+>")
    for source, translation in texts:
        missing = set(kept.findall(source)) - set(kept.findall(translation))
        assert not missing or "render" in missing, source


@each_text
def test_a_translation_begins_and_ends_as_its_text_does(texts):
    ends = {".": "。.", "?": "？?", ":": "：:", "…": "…"}
    for source, translation in texts:
        assert translation.strip(), source
        assert translation[:1].isspace() == source[:1].isspace(), source
        if source[-1] in ends:
            assert translation[-1] in ends[source[-1]], source


# ── Fonts ────────────────────────────────────────────────────────────────────────────────────────────────


def fonts(*names):
    found = [QRawFont(str(resources() / "fonts" / f"OptiSim{name}.ttf"), 16.0) for name in names]
    assert all(font.isValid() for font in found)
    return found


def not_in(fonts, text):
    return {
        letter
        for letter in text
        if letter.isprintable() and not any(f.supportsCharacter(ord(letter)) for f in fonts)
    }


@each_text
def test_the_fonts_of_the_program_have_every_letter_of_every_translation(qapp, texts):
    said = "".join(translation for _, translation in texts) + "".join(LANGUAGES.values())
    assert len(set(said)) > 300
    assert not not_in(fonts("Sans-Regular", "SansSC-Regular"), said)


def test_both_weights_have_every_letter_of_english(qapp):
    said = "".join(source for source, _ in TRANSLATIONS["zh"])
    for weight in ("Sans-Regular", "Sans-SemiBold"):
        assert not not_in(fonts(weight), said + "0123456789−×·ηαβερ∂∇←→…“”")


def test_a_letter_that_is_missing_would_be_noticed(qapp):
    assert not_in(fonts("Sans-Regular"), "a学\u0f40") == {"学", "\u0f40"}


# ── Texts in the code ────────────────────────────────────────────────────────────────────────────────────

SAID = {
    *("setText", "setToolTip", "setWindowTitle", "setTitle", "setStatusTip", "setWhatsThis", "setPlaceholderText"),
    *("setAccessibleName", "setAccessibleDescription", "setPrefix", "setSuffix", "setSpecialValueText"),
    *(
        "setInformativeText",
        "setDetailedText",
        "showMessage",
        "setLabel",
        "addTab",
        "addRow",
        "addItem",
        "addItems",
    ),
    *("addAction", "addMenu", "addButton", "drawText", "addText", "warning", "information", "question", "critical"),
    *("about", "getSaveFileName", "getOpenFileName", "setNameFilter", "setHeaderData", "setHorizontalHeaderLabels"),
    *("QLabel", "QPushButton", "QCheckBox", "QRadioButton", "QToolButton", "QGroupBox", "QDockWidget", "QAction"),
    *("QMenu", "QMessageBox", "QProgressDialog"),
}
NEED_NO_TRANSLATION = {"OptiSim", "bottom", "left"}  # the program's name, and sides of a plot
SOURCES = sorted(path for layer in ("ui", "canvas") for path in (PROJECT / "optisim" / layer).rglob("*.py"))
WORD = re.compile(r"[^\W\d_]{2,}")


def name_of(function):
    return getattr(function, "attr", getattr(function, "id", ""))


def literals(node):
    """The pieces of text that an argument is put together from, without those given to `tr`."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts) | ast.List(elts=parts) | ast.Tuple(elts=parts):
            for part in parts:
                yield from literals(part)
        case ast.BinOp(left=left, right=right):
            yield from literals(left)
            yield from literals(right)
        case ast.IfExp(body=body, orelse=orelse):
            yield from literals(body)
            yield from literals(orelse)
        case ast.BoolOp(values=parts):
            for part in parts:
                yield from literals(part)
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(text)))):  # "…".format(), "…".join()
            yield text


def untranslated(code):
    """(line, text) of what is shown as it stands in the code."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and name_of(node.func) in SAID:
            for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
                for text in literals(argument):
                    plain = re.sub(r"<[^>]*>", "", text)
                    if WORD.search(plain) and plain.strip() not in NEED_NO_TRANSLATION:
                        yield node.lineno, text


def test_the_search_for_untranslated_texts_finds_them():
    found = {
        'label.setText("Start")',
        'QLabel("Start", self)',
        'menu.addAction(icon("add"), "Add")',
        'QAction(f"{n} runs")',
        'box.setToolTip("a" + name + " of them")',
        'box.setToolTip(tr("A") if on else "off")',
        'label.setText("at {}".format(3))',
    }
    fine = {
        'label.setText(tr("Start"))',
        'QLabel("×")',
        'QLabel(f"<b>OptiSim {version}</b>")',
        'box.setObjectName("canvas")',
        'menu.addAction(icon("add"), tr("Add"))',
        'label.setText(f"{symbol}  {title}")',
        'plot.setLabel("left", "y")',
    }
    assert {code for code in found | fine if list(untranslated(code))} == found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_text_is_shown_untranslated(path):
    assert list(untranslated(path.read_text(encoding="utf-8"))) == []


def test_marked_texts_are_plain_so_that_they_can_be_collected():
    """lupdate cannot read f-strings and sums."""
    marked = 0
    for path in sorted((PROJECT / "optisim").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and name_of(node.func) in ("tr", "N_"):
                marked += 1
                assert not isinstance(node.args[0], ast.JoinedStr | ast.BinOp | ast.IfExp), (
                    f"{path.name}:{node.lineno}"
                )
                assert name_of(node.func) == "tr" or isinstance(node.args[0], ast.Constant), (
                    f"{path.name}:{node.lineno}"
                )
    assert marked > 250


def test_every_text_that_a_translator_is_given_is_said_somewhere(to_do):
    """Each source text stands in the code as a literal, so a text looked up by a variable was marked somewhere."""
    said = set()
    for path in sorted((PROJECT / "optisim").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and name_of(node.func) in ("tr", "N_"):
                said |= {text.value for text in node.args[:1] if isinstance(text, ast.Constant)}
    assert len(said) > 200
    if gone := {source for source, _ in TRANSLATIONS["zh"]} - said:
        to_do(f"Nobody says {sorted(gone)} any more; run tools/translations.py.")


# ── Switching ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_language_switches_there_and_back():
    english = tr("&Edit"), tr("Step {step} of", step=3)
    assert english == ("&Edit", "Step 3 of")
    use_language("zh")
    chinese = tr("&Edit"), tr("Step {step} of", step=3)
    assert all(re.search("[\u4e00-\u9fff]", text) for text in chinese)
    assert "3" in chinese[1]
    use_language("zh")
    assert (tr("&Edit"), tr("Step {step} of", step=3)) == chinese
    use_language("en")
    assert (tr("&Edit"), tr("Step {step} of", step=3)) == english


def test_a_text_that_nobody_translated_is_shown_as_it_is():
    use_language("zh")
    assert tr("no such text {n}", n=1) == "no such text 1"
    assert tr("") == ""


def test_widgets_are_told_and_qts_own_texts_follow(qtbot):
    class Listener(QWidget):
        told = 0

        def changeEvent(self, event):
            self.told += event.type() == QEvent.Type.LanguageChange

    listener = Listener()
    qtbot.addWidget(listener)
    box = QMessageBox(QMessageBox.Icon.NoIcon, "", "", QMessageBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    for code, word in (("zh", "取消"), ("en", "Cancel")):
        before = listener.told
        use_language(code)
        qtbot.waitUntil(lambda before=before: listener.told > before)
        fresh = QMessageBox(QMessageBox.Icon.NoIcon, "", "", QMessageBox.StandardButton.Cancel)
        qtbot.addWidget(fresh)
        assert fresh.buttons()[0].text().replace("&", "") == word


def test_the_command_line_needs_no_application_to_speak_chinese(tmp_path):
    code = "from optisim.language import tr, use_language; use_language('zh'); print(ascii(tr('&Edit')))"
    command = [sys.executable, "-c", code]
    said = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True, timeout=60).stdout
    use_language("zh")
    assert said.strip() == ascii(tr("&Edit"))


@pytest.mark.parametrize(
    ("locale", "code"), [("zh_CN", "zh"), ("zh_TW", "zh"), ("en_GB", "en"), ("de_DE", "en"), ("C", "en")]
)
def test_the_users_language_is_spoken_if_it_is_known(monkeypatch, locale, code):
    class System:
        @staticmethod
        def system():
            return QLocale(locale)

        Language = QLocale.Language

    monkeypatch.setattr(language, "QLocale", System)
    assert system_language() == code


# ── Problems ─────────────────────────────────────────────────────────────────────────────────────────────


def problem_of(formula):
    with pytest.raises(FormulaProblem) as caught:
        parse(formula)
    return caught.value


@pytest.mark.parametrize(("formula", "column"), [("x + foo(y)", 5), ("x ++* y", 5), ("(x", 1), ("x²)", 3)])
def test_a_problem_with_a_formula_names_the_column(formula, column):
    problem = problem_of(formula)
    assert problem.column == column
    assert explain(problem) == str(problem)
    assert str(problem).startswith(f"Column {column}: ")
    use_language("zh")
    assert str(column) in explain(problem)
    assert re.search("[\u4e00-\u9fff]", explain(problem))
    assert "Column" not in explain(problem)


def test_a_problem_with_the_whole_formula_names_no_column():
    problem = problem_of("x" * 5000)
    assert problem.column == 0
    assert "Column" not in explain(problem)
    assert explain(problem) == str(problem)


def test_what_fills_a_problem_is_not_translated_or_filled_again():
    problem = Problem("“{name}” is given twice.", name="{lr} & 学习")
    assert explain(problem) == "“{lr} & 学习” is given twice."
    use_language("zh")
    assert "{lr} & 学习" in explain(problem)
    assert explain(problem) != str(problem)
