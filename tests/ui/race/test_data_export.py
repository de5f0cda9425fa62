"""Numbers and texts are taken away through the window, and share strings come back into it."""

import csv
import io
import json
from contextlib import redirect_stdout

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from optisim.core.documents.kinds import from_json, to_json
from optisim.core.documents.sharing import from_share, to_share
from optisim.core.race.scenario import chapter_scenario
from optisim.core.race.simulate import race_to_end
from optisim.core.surfaces import SURFACES
from optisim.export.embedding import svg_with_document
from optisim.export.script import script_of
from optisim.export.tables import as_latex, as_markdown
from optisim.language import use_language
from optisim.ui.parts import messages
from tests.ui.driver import (
    CTRL,
    SHIFT,
    Key,
    assert_true_to_scenario,
    choose,
    click,
    click_button,
    click_entry,
    click_map,
    finish_jobs,
    in_dialog,
    plain,
    popup,
    press,
    settle,
)

OTHER = chapter_scenario(SURFACES["himmelblau"])
LONG = to_share(OTHER)


@pytest.fixture
def clipboard(qapp):
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    yield clipboard
    clipboard.clear()


def export_data(window):
    """Press the keys that export the trajectories."""
    press(window, Key.Key_E, CTRL | SHIFT)
    finish_jobs(window)


# ── Files ────────────────────────────────────────────────────────────────────────────────────────────────


def test_trajectories_are_exported_in_the_format_of_the_ending(window, tmp_path, save_as, warnings):
    click_map(window, (3.0, 4.0))
    scenario = window.lab.player.scenario
    wanted = race_to_end(scenario)
    for ending in (".csv", ".json", ".npz"):
        asked = save_as(tmp_path / f"race{ending}")
        export_data(window)
        assert str(tmp_path / f"race{ending}") in window.statusBar().currentMessage()
    assert [filters.count(";;") for _, filters in asked] == [2, 2, 2]
    lines = (tmp_path / "race.csv").read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    assert [float(row["x"]) for row in rows] == [x for t in wanted for x in t.x[:, 0, 0].tolist()]
    (line,) = [line for line in lines if line.startswith("# scenario: ")]
    assert from_json(line.removeprefix("# scenario: ")) == scenario
    read = json.loads((tmp_path / "race.json").read_text(encoding="utf-8"))
    assert from_json(json.dumps(read["scenario"])) == scenario
    with np.load(tmp_path / "race.npz", allow_pickle=False) as arrays:
        assert arrays["run3_x"].tobytes() == wanted[2].x.tobytes()
    assert warnings == []


def test_a_forgotten_ending_is_that_of_the_chosen_format(window, tmp_path, save_as, settings):
    for ending in (".csv", ".json", ".npz"):
        save_as(tmp_path / "race.v2", ending)
        export_data(window)
        assert (tmp_path / f"race.v2{ending}").exists()
    assert settings.export_folder == str(tmp_path)
    asked = save_as("")
    export_data(window)
    assert asked[-1][0] == str(tmp_path / "optisim.csv")


def test_what_is_typed_counts_more_than_the_list(window, tmp_path, save_as):
    save_as(tmp_path / "RACE.NPZ", ".json")
    export_data(window)
    with np.load(tmp_path / "RACE.NPZ") as arrays:
        assert "run1_x" in arrays.files


def test_what_cannot_be_written_gets_one_sentence(window, tmp_path, save_as, warnings):
    for ending in (".csv", ".json", ".npz"):
        save_as(tmp_path / "nowhere" / f"race{ending}")
        export_data(window)
    assert len(warnings) == 3
    assert all(str(tmp_path / "nowhere") in sentence for sentence in warnings)


def test_the_table_is_exported_in_the_format_of_the_ending(window, qtbot, tmp_path, save_as, warnings):
    press(window, Key.Key_End)
    settle(qtbot, window)
    cells = window.lab.results.cells()
    for ending in (".csv", ".md", ".tex"):
        save_as(tmp_path / f"table{ending}")
        window.lab.results.export_action.trigger()
        finish_jobs(window)
    with (tmp_path / "table.csv").open(newline="", encoding="utf-8") as file:
        assert list(csv.reader(file)) == cells
    assert (tmp_path / "table.md").read_text(encoding="utf-8") == as_markdown(cells)
    assert (tmp_path / "table.tex").read_text(encoding="utf-8") == as_latex(cells)
    assert warnings == []


# ── Copies ───────────────────────────────────────────────────────────────────────────────────────────────


def test_the_copied_share_string_is_the_scenario(window, clipboard):
    click_map(window, (3.0, 4.0))
    choose(window, "copy_share")
    assert from_share(clipboard.text()) == window.lab.player.scenario
    assert "share string" in window.statusBar().currentMessage()


def test_the_copied_script_makes_the_same_race(window, qtbot, clipboard):
    click_map(window, (3.0, 4.0))
    settle(qtbot, window)
    choose(window, "copy_script")
    assert clipboard.text() == script_of(window.lab.player.scenario)
    assert "script" in window.statusBar().currentMessage()
    with redirect_stdout(io.StringIO()) as out:
        exec(clipboard.text(), {})
    for trajectory in window.lab.player.trajectories:
        assert repr(float(trajectory.x[30, 0, 0])) in out.getvalue()


def test_the_results_are_copied_as_they_stand(window, qtbot, clipboard):
    press(window, Key.Key_End)
    settle(qtbot, window)
    window.lab.results.view.sortByColumn(2, window.lab.results.view.horizontalHeader().sortIndicatorOrder())
    cells = window.lab.results.cells()
    for name, written in (("copy_md", as_markdown), ("copy_tex", as_latex)):
        choose(window, name)
        finish_jobs(window)
        assert clipboard.text() == written(cells)
        assert "results" in window.statusBar().currentMessage()
    assert cells[0][0] == "Optimizer"


def test_the_tables_own_menu_copies_as_markdown_and_latex(window, qtbot, clipboard):
    settle(qtbot, window)
    window.workspace.show_panel("results")
    QApplication.processEvents()
    for words, written in (("Copy as Markdown", as_markdown), ("Copy as LaTeX", as_latex)):
        clipboard.clear()
        window.lab.results.view.customContextMenuRequested.emit(QPoint(40, 30))
        click_entry(popup(), words)
        qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)
        finish_jobs(window)
        assert clipboard.text() == written(window.lab.results.cells())


def test_copied_results_speak_the_language_of_the_window(window, qtbot, clipboard):
    settle(qtbot, window)
    window.set_language("zh")
    try:
        choose(window, "copy_md")
        finish_jobs(window)
        assert "损失" in clipboard.text()
    finally:
        use_language("en")


# ── Share strings come back ──────────────────────────────────────────────────────────────────────────────


def test_ctrl_v_opens_the_share_string_on_the_clipboard_and_undo_brings_back_what_was(window, qtbot, clipboard):
    click_map(window, (1.0, 1.0))
    before = window.lab.player.scenario
    clipboard.setText(f"Look at this:\n<{LONG}>".partition("\n")[2])
    window.lab.map_view.setFocus()
    press(window, Key.Key_V, CTRL)
    assert window.lab.player.scenario == OTHER
    assert window.document.path is None
    settle(qtbot, window)
    assert_true_to_scenario(window)
    press(window, Key.Key_Z, CTRL)
    assert window.lab.player.scenario == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no share string"),
        ("something else", "no share string"),
        (LONG[:-5], "damaged"),
        (LONG.replace("optisim:1", "optisim:7"), "newer"),
    ],
)
def test_ctrl_v_with_anything_else_says_so_and_changes_nothing(window, clipboard, warnings, text, said):
    before = window.lab.player.scenario
    clipboard.setText(text)
    window.lab.map_view.setFocus()
    press(window, Key.Key_V, CTRL)
    assert said in window.statusBar().currentMessage()
    assert window.lab.player.scenario == before
    assert warnings == []


def test_ctrl_v_in_a_field_pastes_into_the_field(window, clipboard):
    before = window.lab.player.scenario
    clipboard.setText(LONG)
    field = window.lab.surface_panel.formula
    click(field)
    press(window, Key.Key_A, CTRL)
    press(window, Key.Key_V, CTRL)
    assert field.text() == LONG
    assert window.lab.player.scenario == before
    press(window, Key.Key_Escape)


def open_share(window, use):
    in_dialog(window, lambda: choose(window, "open_share"), use)


def test_the_dialog_has_what_is_on_the_clipboard_and_opens_it(window, clipboard):
    clipboard.setText(f"“{LONG}”")

    def use(dialog):
        assert LONG in dialog.field.toPlainText()
        assert dialog.open_button.isEnabled()
        assert OTHER.surface.formula[:20] in dialog.says.text()
        assert "Momentum" in dialog.says.text()
        click_button(dialog, "Open")

    open_share(window, use)
    assert window.lab.player.scenario == OTHER


def test_the_dialog_says_at_once_what_is_wrong_and_opens_nothing_until_it_is_right(window, clipboard):
    before = window.lab.player.scenario
    clipboard.setText("something else")

    def use(dialog):
        assert dialog.field.toPlainText() == ""
        assert not dialog.open_button.isEnabled()
        assert "optisim:" in dialog.says.text()
        for text, said in (("hello", "not a share string"), (LONG[:-5], "damaged"), ("optisim:7A", "newer")):
            dialog.field.setPlainText(text)
            assert said in dialog.says.text()
            assert not dialog.open_button.isEnabled()
        dialog.field.setPlainText(LONG[:30] + "\n" + LONG[30:])
        assert dialog.open_button.isEnabled()
        click_button(dialog, "Cancel")

    open_share(window, use)
    assert window.lab.player.scenario == before


def test_a_share_string_asks_about_a_file_that_is_not_saved_and_belongs_to_none(
    window, clipboard, tmp_path, monkeypatch
):
    answers = [messages.Button.Cancel, messages.Button.Discard]
    monkeypatch.setattr(messages, "ask", lambda *_: answers.pop(0))
    path = tmp_path / "mine.optisim.json"
    path.write_text(to_json(chapter_scenario()), encoding="utf-8")
    window.opening.open_file(path)
    click_map(window, (1.0, 1.0))
    changed = window.lab.player.scenario
    clipboard.setText(LONG)
    press(window, Key.Key_V, CTRL)
    assert (window.lab.player.scenario, window.document.path) == (changed, path)
    press(window, Key.Key_V, CTRL)
    assert (window.lab.player.scenario, window.document.path) == (OTHER, None)
    assert from_json(path.read_text(encoding="utf-8")) == chapter_scenario()


# ── Images and sources ───────────────────────────────────────────────────────────────────────────────────


def test_an_image_with_a_scenario_is_opened_and_is_no_file_to_save_into(window, tmp_path):
    path = tmp_path / "figure.svg"
    path.write_bytes(svg_with_document(b"<svg>\n</svg>\n", OTHER))
    before, picture = window.lab.player.scenario, path.read_bytes()
    window.opening.open_file(path)
    assert (window.lab.player.scenario, window.document.path) == (OTHER, None)
    assert path.read_bytes() == picture
    press(window, Key.Key_Z, CTRL)
    assert window.lab.player.scenario == before


def test_the_window_opens_with_what_the_command_line_names(window, tmp_path):
    path = tmp_path / "mine.optisim.json"
    path.write_text(to_json(OTHER), encoding="utf-8")
    window.opening.open_source(str(path))
    assert (window.lab.player.scenario, window.document.path) == (OTHER, path)
    window.opening.open_source(to_share(chapter_scenario()))
    assert (window.lab.player.scenario, window.document.path) == (chapter_scenario(), None)


def test_the_entries_have_keys_of_their_own_in_their_menus(window):
    names = ("window.open_share", "window.copy_share", "window.paste")
    own = ("race.copy_script", "race.copy_md", "race.copy_tex")
    for name in (*names, *own):
        text = window.commands.action(name).text()
        assert plain(text) != text.rstrip("…"), f"{text} has no mnemonic"
