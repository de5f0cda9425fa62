"""The language of the program: translating texts, and the fonts that can show them.

All texts share one translation context. `tr` is for texts of this and the upper layers; the core marks its own
with `N_`, and `explain` shows its problems. `resources/i18n/*.ts` are updated by `tools/translations.py`.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from optisim.core.base.problems import FormulaProblem, Problem
from optisim.core.base.resources import resources as resources  # fonts and icons are looked for here

LANGUAGES = {"en": "English", "zh": "简体中文"}

_translator: QTranslator | None = None  # None speaks English
_code = "en"


def tr(text: str, **values: object) -> str:
    """`text` in the language in force, its `{name}` slots filled with `values`."""
    # asked directly, not through the application, which the command line often does without
    translated = (_translator.translate("", text) if _translator else "") or text
    return translated.format(**values) if values else translated


def explain(problem: Problem) -> str:
    """The sentence of a problem in the language in force."""
    sentence = tr(problem.template, **problem.values)
    if isinstance(problem, FormulaProblem) and problem.column:
        return tr("Column {column}: {sentence}", column=problem.column, sentence=sentence)
    return sentence


def system_language() -> str:
    """The user's language, if OptiSim speaks it, else English."""
    return "zh" if QLocale.system().language() == QLocale.Language.Chinese else "en"


def language_in_use() -> str:
    """The language that texts are shown in, as `use_language` was told."""
    return _code


def use_language(code: str) -> None:
    """Show all texts in the language `code`, a key of LANGUAGES, from now on. Widgets get a LanguageChange."""
    global _translator, _code
    app = QCoreApplication.instance()
    for old in _installed:
        QCoreApplication.removeTranslator(old)
    _installed.clear()
    _translator, _code = None, code
    if code not in _QT_NAMES:  # English, or one that another version knew
        return
    _translator = _loaded(resources() / "i18n" / f"optisim_{code}.qm")
    if app is not None:
        # Qt's own texts, such as those of its colour dialog, come with Qt
        theirs = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)) / f"qtbase_{_QT_NAMES[code]}.qm"
        for translator in filter(None, (_loaded(theirs), _translator)):
            app.installTranslator(translator)
            _installed.append(translator)


_installed: list[QTranslator] = []
_QT_NAMES = {"zh": "zh_CN"}


def _loaded(file: Path) -> QTranslator | None:
    translator = QTranslator()
    return translator if translator.load(str(file)) else None
