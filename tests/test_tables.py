"""A row of a table is everywhere that its kind of thing is offered, and does its work: nothing else knows of it."""

from dataclasses import dataclass, replace

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QFileDialog

from optisim import cli
from optisim.canvas.charts.quantities import CHART_QUANTITIES, ChartQuantity
from optisim.canvas.colormaps import COLORMAPS, ColorMap
from optisim.canvas.map.parts import MAP_PARTS, MENUS, MapPart
from optisim.canvas.map.snapshot import Display
from optisim.canvas.theme import LIGHT, THEMES
from optisim.core.base.problems import Problem
from optisim.core.base.progress import Progress
from optisim.core.base.tables import Choice, Table
from optisim.core.documents.examples import EXAMPLES
from optisim.core.optimizers import OPTIMIZERS
from optisim.core.race.noise import NOISES
from optisim.core.race.schedules import SCHEDULES
from optisim.core.race.simulate import race_to_end
from optisim.export.embedding import PNG
from optisim.export.figures.figure import LEGENDS, PRESETS, UNITS, Figure
from optisim.export.figures.formats import FIGURE_FORMATS, FigureFormat, image_of, png_bytes
from optisim.export.files import Format
from optisim.export.films import FILM_FORMATS, FilmFormat
from optisim.export.sources import is_source, read_source
from optisim.export.tables import TABLE_FORMATS, TableFormat
from optisim.export.trajectories import TRAJECTORY_FORMATS
from optisim.language import use_language
from optisim.ui.parts.jobs import Jobs, Where
from optisim.ui.parts.settings import Settings
from tests.canvas.pictures import count, rgb, rgb_of_file
from tests.ui.driver import (
    CTRL,
    SHIFT,
    Key,
    choose,
    click_button,
    entries,
    in_dialog,
    picture,
    plain,
    press,
    settle,
    shows_color,
)

TABLES = {
    "map parts": MAP_PARTS,
    "menus": MENUS,
    "colour maps": COLORMAPS,
    "themes": THEMES,
    "charts": CHART_QUANTITIES,
    "legends": LEGENDS,
    "units": UNITS,
    "presets": PRESETS,
    "figures": FIGURE_FORMATS,
    "films": FILM_FORMATS,
    "trajectories": TRAJECTORY_FORMATS,
    "tables": TABLE_FORMATS,
    "optimizers": OPTIMIZERS,
    "schedules": SCHEDULES,
    "noises": NOISES,
}
each_table = pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
PINK = "#ff0a9c"  # nothing else is painted in it


@pytest.fixture
def register(monkeypatch):
    """Adds rows to tables for as long as a test takes.

    Processes would not know them, for they read the modules: what a job would do in one, it does in a thread.
    """
    added = []
    start = Jobs.start

    def start_here(jobs, *what, where=Where.THREAD, **how):
        return start(jobs, *what, **how)

    monkeypatch.setattr(Jobs, "start", start_here)

    def registered(table, row, **where):
        table.register(row, **where)
        added.append((table, table.name_of(row)))

    yield registered
    for table, name in added:
        del table[name]


@pytest.fixture
def say(capsys, qapp, tmp_path, monkeypatch):
    """Gives the command line some arguments, in an empty folder, and returns its exit code and what it says."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cli, "system_language", lambda: "en")

    def said(*arguments):
        capsys.readouterr()
        try:
            code = cli.main(list(arguments))
        except SystemExit as end:
            code = end.code
        captured = capsys.readouterr()
        return code, " ".join((captured.out + captured.err).split())

    yield said
    use_language("en")


@pytest.fixture
def save_as(monkeypatch):
    """Answers the system's file dialog with a path; returns the formats that it offered."""
    offered = []

    def answer(path):
        def chosen(parent, title, suggestion, filters):
            offered.append(filters)
            return str(path), filters.split(";;")[0]

        monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
        return offered

    return answer


def offered(combo):
    """The names and texts of a combo box."""
    return {combo.itemData(index): combo.itemText(index) for index in range(combo.count())}


def wait_for_jobs(qtbot, window):
    qtbot.waitUntil(lambda: not window.jobs.running, timeout=30_000)


def seen_in(dialog):
    """The figure that a dialog describes, as pixels."""
    return rgb(image_of(dialog.shot().painter(Progress())))


def export(window, use, keys=(Key.Key_E, CTRL)):
    in_dialog(window, lambda: press(window, *keys), use)


# ── The tables themselves ────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Fruit:
    name: str
    title: str = ""


def fruits(*names):
    return Table(map(Fruit, names), unknown="There is no fruit “{name}”; choose one of {names}.")


def test_rows_are_in_the_order_in_which_they_were_given_or_before_another_one():
    table = fruits("apple", "pear")
    table.register(Fruit("plum"))
    table.register(Fruit("fig"), before="pear")
    assert list(table) == ["apple", "fig", "pear", "plum"]
    assert table["fig"] == Fruit("fig")
    table.register(Fruit("date"), before="apple")
    assert next(iter(table)) == "date"


def test_a_name_is_given_once_and_a_place_must_be_there():
    table = fruits("apple", "pear")
    with pytest.raises(ValueError, match="'pear'"):
        table.register(Fruit("pear", "another"))
    with pytest.raises(Problem, match="no fruit “plum”"):
        table.register(Fruit("fig"), before="plum")
    assert list(table.values()) == [Fruit("apple"), Fruit("pear")]


@each_table
def test_what_is_not_there_gets_a_sentence_with_all_that_is(table):
    with pytest.raises(Problem) as caught:
        table["nonsense"]
    assert isinstance(caught.value, KeyError)  # as of any mapping
    sentence = str(caught.value)
    assert "“nonsense”" in sentence
    assert all(name in sentence for name in table)
    assert sentence.endswith(".")
    assert table.get("nonsense") is None
    assert "nonsense" not in table


@each_table
def test_rows_are_called_as_their_keys(table):
    assert [table.name_of(row) for row in table.values()] == list(table)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"theme": "pink"}, THEMES),
        ({"legend": "above"}, LEGENDS),
        ({"unit": "ell"}, UNITS),
        ({"charts": ("loss", "luck")}, CHART_QUANTITIES),
        ({"display": Display(colormap="mud")}, COLORMAPS),
    ],
    ids=lambda value: next(iter(value)) if type(value) is dict else "",
)
def test_a_figure_of_something_unknown_is_refused_with_what_there_is(change, named):
    with pytest.raises(Problem) as caught:
        replace(Figure(), **change).check()
    assert all(name in str(caught.value) for name in named)


def test_a_display_knows_only_the_parts_of_the_map():
    for ask in (lambda: Display().shows("hete"), lambda: Display().with_parts(hete=False)):
        with pytest.raises(Problem, match=r"“hete”.*heat, contours"):
            ask()
    assert Display().with_parts(heat=False).with_parts(heat=True) == Display()
    assert hash(Display().with_parts(heat=False)) == hash(Display().with_parts(heat=False))


@pytest.mark.parametrize(
    ("option", "names"),
    [
        ("--theme", list(THEMES)),
        ("--colormap", list(COLORMAPS)),
        ("--legend", list(LEGENDS)),
        ("--preset", list(PRESETS)),
        ("--charts", list(CHART_QUANTITIES)),
        ("--show", [name for name, part in MAP_PARTS.items() if part.in_figures is not None]),
        ("--hide", [name for name, part in MAP_PARTS.items() if part.in_figures is not None]),
    ],
)
def test_the_command_line_names_what_there_is(say, option, names):
    code, sentence = say("render", option, "nonsense")
    assert code == 2
    assert option in sentence
    assert all(name in sentence for name in (*names, "nonsense"))
    told = say("render", "--help")[1]
    assert all(name in told for name in names)


@pytest.mark.parametrize(
    ("command", "endings"),
    [("render", [*FIGURE_FORMATS, *FILM_FORMATS]), ("simulate", [*TRAJECTORY_FORMATS, *TABLE_FORMATS])],
)
def test_the_command_line_names_the_formats_that_there_are(say, command, endings):
    for code, told in (say(command, "--help"), say(command, "-o", "file.nonsense")):
        assert code == (2 if "nonsense" in told else 0)
        assert all(ending in told for ending in endings)


# ── A part of the map ────────────────────────────────────────────────────────────────────────────────────


def paint_patch(painter, race_map):
    """A square in the middle of the map. It leaves the painter moved, turned and faint, which must not matter."""
    painter.translate(race_map.size.width() / 2, race_map.size.height() / 2)
    painter.fillRect(QRectF(-20, -20, 40, 40), QColor(PINK))
    painter.rotate(30)
    painter.setOpacity(0.1)


@pytest.fixture(params=[True, False], ids=["still", "above the trails"])
def patch(request, register):
    part = MapPart("patch", "A patch", shown=False, in_figures=False, paint=paint_patch, still=request.param)
    register(MAP_PARTS, part, before="contours" if request.param else "balls")
    return part


def test_a_part_of_the_map_is_in_the_menu_painted_and_remembered(patch, window, settings, qtbot):
    settle(qtbot, window)
    before = picture(window)
    (entry,) = (action for action in entries(window.menuBar()) if action.text() == "A patch")
    assert entry.isCheckable()
    assert not entry.isChecked()
    assert not shows_color(before, PINK, 4)
    entry.trigger()
    assert count(picture(window), PINK, 4) > 300
    assert settings.store.value("display/patch") in (True, "true")
    assert Settings(settings.store).display.shows("patch")
    entry.trigger()
    assert (picture(window) == before).all()
    assert not Settings(settings.store).display.shows("patch")


def test_a_part_of_the_map_is_in_the_form_of_figures(patch, window, qtbot):
    settle(qtbot, window)

    def use(dialog):
        box = dialog.form.parts["patch"]
        assert box.text() == "A patch"
        assert not shows_color(seen_in(dialog), PINK, 4)
        box.click()
        assert dialog.figure.display.shows("patch")
        assert shows_color(seen_in(dialog), PINK, 4)

    export(window, use)


def test_a_part_of_the_map_is_on_the_command_line(patch, say, tmp_path):
    assert "patch" in say("render", "--help")[1]
    for name, options in (("with", ["--show=patch"]), ("without", []), ("hidden", ["--hide=patch"])):
        assert say("render", *options, "-o", f"{name}.png")[0] == 0
        assert (count(rgb_of_file(tmp_path / f"{name}.png"), PINK, 4) > 300) is (name == "with")
        assert say("render", *options, "-o", f"{name}.svg")[0] == 0
        assert (PINK in (tmp_path / f"{name}.svg").read_text(encoding="utf-8")) is (name == "with")


def test_a_part_that_figures_do_not_offer_is_neither_in_their_form_nor_on_the_command_line(register, window, say):
    register(MAP_PARTS, MapPart("patch", "A patch", in_figures=None, paint=paint_patch))
    export(window, lambda dialog: [] if "patch" not in dialog.form.parts else pytest.fail("it is in the form"))
    assert "patch" not in say("render", "--help")[1]
    assert say("render", "--show=patch")[0] == 2


def test_a_menu_of_parts_is_a_row_too(register, open_window, settings):
    register(MENUS, Choice("extras", "Extras"))
    register(MAP_PARTS, MapPart("patch", "A patch", paint=paint_patch, menu="extras", keys="Ctrl+J"))
    window = open_window(settings)
    view = next(a.menu() for a in window.menuBar().actions() if plain(a.text()) == "View")
    (extras,) = (action.menu() for action in view.actions() if action.text() == "Extras")
    assert [action.text() for action in extras.actions()] == ["A patch"]
    assert shows_color(picture(window), PINK, 4)
    press(window, Key.Key_J, CTRL)
    assert not shows_color(picture(window), PINK, 4)


def test_settings_of_other_versions_are_read_calmly(settings):
    for key, value in {"heat": "false", "local": "true", "rainbows": "true", "colormap": "mud"}.items():
        settings.store.setValue(f"display/{key}", value)
    assert settings.display == Display().with_parts(heat=False, local=True)
    settings.display = settings.display
    assert settings.store.value("display/rainbows") == "true"


# ── A colour map, a theme, a chart ───────────────────────────────────────────────────────────────────────


def test_a_colour_map_is_offered_and_shown(register, window, settings, qtbot, say, tmp_path):
    register(COLORMAPS, ColorMap("embers", "Embers", ("#000000", PINK)))
    np.testing.assert_array_equal(COLORMAPS["embers"].shades(3)[[0, 2]], [[0, 0, 0], [0xFF, 0x0A, 0x9C]])
    assert say("render", "--colormap=embers", "--size=480x320", "-o", "embers.png")[0] == 0
    assert "embers" in say("render", "--help")[1]
    pinkish = rgb_of_file(tmp_path / "embers.png").astype(int)
    assert (pinkish[..., 0] > pinkish[..., 1] + 20).mean() > 0.3

    def use(dialog):
        combo = dialog.form.colormap
        assert offered(combo)["embers"] == "Embers"
        combo.setCurrentIndex(combo.findData("embers"))
        combo.activated.emit(combo.currentIndex())
        assert dialog.figure.display.colormap == "embers"

    export(window, use)


def test_a_colour_map_is_in_the_menu_and_remembered(register, open_window, settings, qtbot):
    register(COLORMAPS, ColorMap("embers", "Embers", ("#000000", PINK)))
    window = open_window(settings)
    settle(qtbot, window)
    before = picture(window)
    choose(window, "Embers")
    assert (picture(window) != before).any(axis=-1).mean() > 0.3
    assert Settings(settings.store).display.colormap == "embers"


def test_a_theme_is_offered_and_shown(register, open_window, settings, say, tmp_path):
    register(THEMES, replace(LIGHT, name="sepia", title="Sepia", base="#f4ecd8"))
    assert say("render", "--theme=sepia", "--size=320x240", "-o", "sepia.png")[0] == 0
    assert rgb_of_file(tmp_path / "sepia.png")[0, 0].tolist() == [0xF4, 0xEC, 0xD8]
    assert "sepia" in say("render", "--help")[1]
    window = open_window(settings)
    choose(window, "Sepia")
    assert picture(window)[1, 1].tolist() == [0xF4, 0xEC, 0xD8]
    assert settings.theme == "sepia"

    def use(dialog):
        assert offered(dialog.form.theme)["sepia"] == "Sepia"

    export(window, use)


def test_a_chart_is_offered_and_shown(register, open_window, settings, qtbot, say, tmp_path):
    register(
        CHART_QUANTITIES,
        ChartQuantity("twice", "Twice", "Twice the loss", "A tip", lambda run: 2 * run.loss, log=False),
    )
    assert "twice" in say("render", "--help")[1]
    assert say("render", "--charts=twice", "-o", "twice.svg")[0] == 0
    assert "Twice the loss" in (tmp_path / "twice.svg").read_text(encoding="utf-8")
    window = open_window(settings)
    press(window, Key.Key_End)
    settle(qtbot, window)
    window.workspace.show_panel("charts")
    panel = window.lab.charts
    assert (panel.buttons["twice"].text(), panel.buttons["twice"].toolTip()) == ("Twice", "A tip")
    panel.buttons["twice"].click()
    assert "twice" in settings.charts.split()
    qtbot.waitUntil(lambda: len(panel.charts["twice"].plot.curves) == 5)
    curve = panel.charts["twice"].plot.curves[-1]
    losses = [2 * trajectory.loss[:, 0] for trajectory in window.lab.player.trajectories]
    assert any(np.array_equal(curve.values, loss[: len(curve.values)]) for loss in losses)

    def use(dialog):
        dialog.form.charts["twice"].click()
        assert dialog.figure.charts == ("twice",)

    export(window, use)


# ── Formats ──────────────────────────────────────────────────────────────────────────────────────────────


def as_ppm(painter, scenario):
    pixels = rgb(image_of(painter))
    return b"P6 %d %d 255\n" % pixels.shape[1::-1] + pixels.tobytes()


def test_a_format_of_figures_is_offered_and_written(register, window, qtbot, say, tmp_path, save_as):
    register(FIGURE_FORMATS, FigureFormat(".ppm", "PPM, plain pixels", as_ppm))
    assert ".ppm" in say("render", "--help")[1]
    assert say("render", "--size=320x240", "-o", "figure.ppm") == (0, "figure.ppm")
    assert (tmp_path / "figure.ppm").read_bytes().startswith(b"P6 320 240 255\n")
    asked = save_as(tmp_path / "other.ppm")

    def use(dialog):
        assert offered(dialog.format)[".ppm"] == "PPM, plain pixels"
        dialog.format.setCurrentIndex(dialog.format.findData(".ppm"))
        assert "pixels" in dialog.file_label.text()
        click_button(dialog, "Save as")

    export(window, use)
    wait_for_jobs(qtbot, window)
    assert asked == ["PPM, plain pixels (*.ppm)"]
    assert (tmp_path / "other.ppm").read_bytes().startswith(b"P6 1280 800 255\n")


def as_raw(path, reel, about):
    path.write_bytes(b"".join(reel.painted(reel.film.cursor_at(at)).tobytes() for at in range(reel.film.frames)))


def test_a_format_of_films_is_offered_and_written(register, window, say, tmp_path):
    register(FILM_FORMATS, FilmFormat(".raw", "RAW, nothing but pixels", as_raw, loops=True, fastest=20))
    told = say("render", "--help")[1]
    assert ".raw" in told
    assert "RAW)" in told  # of those that --once is for
    film = ["render", "--size=160x120", "--text=5", "--to=1", "--speed=5", "--hold=0"]
    assert say(*film, "--fps=10", "-o", "film.raw")[0] == 0
    assert (tmp_path / "film.raw").stat().st_size == 3 * 160 * 120 * 4
    code, sentence = say(*film, "--fps=21", "-o", "film.raw")
    assert code == 2
    assert "RAW has 20 frames" in sentence

    def use(dialog):
        assert offered(dialog.format)[".raw"] == "RAW, nothing but pixels"
        assert "RAW" in dialog.film_form.loop.text()

    export(window, use, keys=(Key.Key_F, CTRL | SHIFT))


def test_a_format_of_trajectories_is_offered_and_written(register, window, qtbot, say, tmp_path, save_as):
    def write(scenario, trajectories, path, progress):
        path.write_text(" ".join(repr(t.loss[-1, 0].item()) for t in trajectories))

    register(TRAJECTORY_FORMATS, Format(".last", "LAST, the last losses", write))
    asked = save_as(tmp_path / "race.last")
    press(window, Key.Key_E, CTRL | SHIFT)
    wait_for_jobs(qtbot, window)
    assert "LAST, the last losses (*.last)" in asked[0].split(";;")
    losses = [t.loss[-1, 0].item() for t in race_to_end(window.lab.player.scenario)]
    assert [float(word) for word in (tmp_path / "race.last").read_text().split()] == losses
    assert ".last" in say("simulate", "--help")[1]
    assert say("simulate", "-o", "again.last") == (0, "again.last")
    assert (tmp_path / "again.last").read_bytes() == (tmp_path / "race.last").read_bytes()


def as_tsv(rows):
    return "\n".join(map("\t".join, rows))


def test_a_format_of_tables_is_offered_and_written(register, window, qtbot, say, tmp_path, save_as):
    register(TABLE_FORMATS, TableFormat(".tsv", "TSV, with tabs", as_tsv))
    settle(qtbot, window)
    asked = save_as(tmp_path / "table.tsv")
    window.lab.results.exportAsked.emit()
    wait_for_jobs(qtbot, window)
    assert "TSV, with tabs (*.tsv)" in asked[0].split(";;")
    assert (tmp_path / "table.tsv").read_text(encoding="utf-8").startswith("Optimizer\tStatus\tLoss\t")
    assert ".tsv" in say("simulate", "--help")[1]
    assert say("simulate", "-o", "again.tsv") == (0, "again.tsv")
    assert len((tmp_path / "again.tsv").read_text(encoding="utf-8").splitlines()) == 6


def test_a_format_of_tables_can_be_copied(register, open_window, settings, qtbot):
    register(
        TABLE_FORMATS, TableFormat(".tsv", "TSV, with tabs", as_tsv, copy="Copy as &TSV", results="Results as &TSV")
    )
    window = open_window(settings)
    settle(qtbot, window)
    choose(window, "Results as TSV")
    wait_for_jobs(qtbot, window)
    assert QGuiApplication.clipboard().text() == as_tsv(window.lab.results.cells())
    assert "Results as &TSV" in [command.text for command in window.commands]
    QGuiApplication.clipboard().clear()
    (action,) = (a for a in window.lab.results.copy_as_actions.values() if a.text() == "Copy as &TSV")
    action.trigger()
    wait_for_jobs(qtbot, window)
    assert QGuiApplication.clipboard().text() == as_tsv(window.lab.results.cells())


def test_a_format_of_figures_that_carries_its_document_is_opened(register, window, say, tmp_path, monkeypatch):
    path = tmp_path / "figure.pix"
    assert not is_source(str(path))
    register(FIGURE_FORMATS, FigureFormat(".pix", "PIX, PNG by another name", png_bytes, PNG))
    assert is_source(str(path))
    assert say("render", "example:zigzag", "--size=320x240", "-o", str(path))[0] == 0
    assert read_source(str(path)) == EXAMPLES["zigzag"].scenario()
    filters = []

    def chosen(parent, title, folder, formats):
        filters.append(formats)
        return str(path), formats

    monkeypatch.setattr(QFileDialog, "getOpenFileName", chosen)
    window.opening.open()
    assert "*.pix" in filters[0]
    assert window.lab.player.scenario == EXAMPLES["zigzag"].scenario()
    assert window.document.path is None  # where it cannot be saved
