"""Films: what is decoded is what was painted, when it was meant to be seen, and no failure costs a file."""

import math
import os
import signal
import struct
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPen

from optisim.core.base.problems import Problem
from optisim.core.base.progress import Cancelled
from optisim.export import films
from optisim.export.films import FILM_FORMATS, MOST_FRAMES, Film, check_format, save_film
from tests.canvas.pictures import colors, count, difference, rgb, rgb_of_color, rgb_of_file

PROJECT = Path(__file__).resolve().parents[2]
OLD = b"what was there before"
RUNS = ("#e69f00", "#56b4e9", "#009e73", "#d55e00", "#cc79a7")
PATCH = 24  # pixels a side of the squares of one colour
VIDEOS = (".mp4", ".webm")

every_format = pytest.mark.parametrize("ending", FILM_FORMATS)


def scene(step, width=320, height=208):
    """A smooth ground, squares in the colours of runs, and a ball with a thin trail that has come `step` far."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground = QLinearGradient(0, 0, width, height)
    for at, color in ((0.0, "#eef0a8"), (0.5, "#8fd0c0"), (1.0, "#a88bb8")):
        ground.setColorAt(at, QColor(color))
    painter.fillRect(image.rect(), ground)
    for number, color in enumerate(RUNS):
        painter.fillRect(QRectF(16 + 48 * number, 16, PATCH, PATCH), QColor(color))
    ball = QPointF(20 + 10 * step, 120)
    painter.setPen(QPen(QColor("#d55e00"), 1.5))
    painter.drawLine(QPointF(20, 120), ball)
    painter.setPen(QColor("#ffffff"))
    painter.setBrush(QColor("#0072b2"))
    painter.drawEllipse(ball, 9, 9)
    painter.end()
    return image


def decoded(path):
    """The frames of a file, (height, width, 3) each, and when each is shown, in seconds."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        frames = list(container.decode(stream))
        return [pixels(frame) for frame in frames], [float(frame.pts * frame.time_base) for frame in frames]


def pixels(frame):
    if frame.format.name != "yuv420p":
        return frame.to_ndarray(format="rgb24").astype(int)
    assert (frame.colorspace, frame.color_range) == (1, 1), "BT.709 and the range of video, as the file says"
    height, width = frame.height, frame.width
    y, u, v = (
        np.frombuffer(plane, np.uint8).reshape(plane.height, plane.line_size)[:, : plane.width].astype(float)
        for plane in frame.planes
    )
    u, v = (np.repeat(np.repeat(part, 2, 0), 2, 1)[:height, :width] for part in (u, v))
    # ITU-R BT.709-6, items 3.2 to 3.4, with 8 bits
    y, b, r = (y - 16) / 219, (u - 128) / 224, (v - 128) / 224
    red, blue = y + 1.5748 * r, y + 1.8556 * b
    green = (y - 0.2126 * red - 0.0722 * blue) / 0.7152
    return np.rint(np.clip(np.stack([red, green, blue], -1), 0, 1) * 255).astype(int)


def length(path):
    """How many seconds a file says it takes."""
    if path.suffix in VIDEOS:
        with av.open(str(path)) as container:
            return container.duration / av.time_base
    return sum(gif_delays(path)) / 100 if path.suffix == ".gif" else sum(apng_delays(path))


def gif_blocks(path):
    """The blocks of a GIF as its specification (GIF89a) lays them out: (kind, data)."""
    data = path.read_bytes()
    at = 13 + (3 << (data[10] & 7) + 1 if data[10] & 0x80 else 0)
    while data[at] != 0x3B:
        if data[at] == 0x21:
            kind, at = data[at + 1], at + 2
        else:
            kind, packed = 0x2C, data[at + 9]
            at += 11 + (3 << (packed & 7) + 1 if packed & 0x80 else 0)
        parts = []
        while size := data[at]:
            parts.append(data[at + 1 : at + 1 + size])
            at += 1 + size
        at += 1
        yield kind, b"".join(parts)
    assert at == len(data) - 1


def gif_delays(path):
    """How many hundredths of a second each picture of a GIF stands."""
    return [struct.unpack("<H", data[1:3])[0] for kind, data in gif_blocks(path) if kind == 0xF9]


def png_chunks(path):
    """The chunks of a PNG: (kind, data)."""
    data, at = path.read_bytes(), 8
    while at < len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        yield data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        at += 12 + size


def apng_delays(path):
    """How many seconds each picture of an APNG stands."""
    parts = (struct.unpack(">HH", data[20:24]) for kind, data in png_chunks(path) if kind == b"fcTL")
    return [numerator / denominator for numerator, denominator in parts]


# ── When a film shows what ───────────────────────────────────────────────────────────────────────────────


@given(
    st.integers(1, 60),
    st.floats(0.01, 1e6),
    st.floats(0, 1e5),
    st.floats(0, 1e5),
    st.floats(0, 60),
)
@example(30, 3.0, 0.0, 30.0, 2.0)
@example(30, 0.1, 0.0, 0.3, 0.0)  # 0.3 / 0.1 × 30 is a little less than 90
def test_a_film_goes_evenly_from_its_first_step_to_its_last_which_stands(fps, speed, first, span, hold):
    assume(span / speed * fps + hold * fps < MOST_FRAMES - 2)
    film = Film(fps, speed, first, first + span, hold)
    steps = [film.cursor_at(frame) for frame in range(film.frames)]
    assert steps[0] == (first if film.moving else film.last)
    assert steps[-1] == film.last == film.cursor_at(film.moving)
    assert abs(film.frames - film.moving - hold * fps) <= max(0.5, 1 - hold * fps)
    assert steps == sorted(steps)
    strides = np.diff(steps[: film.moving])
    rounding = 1e-9 * max(film.last, 1)
    assert np.allclose(strides, speed / fps, rtol=0, atol=rounding)
    if film.moving:
        assert -rounding <= film.last - steps[film.moving - 1] <= speed / fps * (1 + 1e-6) + rounding


@given(st.floats(0.1, 300), st.integers(1, 60), st.floats(0, 1000), st.floats(0.5, 1000), st.floats(0, 5))
def test_a_film_lasts_as_long_as_was_asked_for_to_the_nearest_frame(seconds, fps, first, span, hold):
    assume(seconds > hold + 3 / fps)
    assume(span / seconds > 0.011)
    film = Film.lasting(seconds, fps, first, first + span, hold)
    assert film.frames == round(seconds * fps)
    assert (film.first, film.last, film.hold) == (first, first + span, hold)


def test_a_film_of_one_instant_stands_as_long_as_was_asked_for():
    assert Film.lasting(2.5, 20, 7.0, 7.0).frames == 50


GOOD = {"fps": 30, "speed": 5.0, "first": 0.0, "last": 30.0, "hold": 1.0}


@pytest.mark.parametrize(
    "wrong",
    [
        {"fps": 0},
        {"fps": 61},
        {"fps": 29.97},
        {"speed": 0.0},
        {"speed": -1.0},
        {"speed": math.nan},
        {"speed": math.inf},
        {"first": -1.0},
        {"first": 31.0},
        {"last": math.inf},
        {"last": math.nan},
        {"last": 1e308},
        {"hold": -0.1},
        {"hold": 61.0},
        {"hold": math.nan},
        {"speed": 0.01, "last": 7.0},
    ],
    ids=str,
)
def test_a_film_that_cannot_be_is_refused_in_a_sentence(wrong):
    Film(**GOOD)
    with pytest.raises(Problem) as caught:
        Film(**GOOD | wrong)
    assert str(caught.value).endswith(".")
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize("seconds", [1.0, 0.5, 0.0, -3.0, math.nan, math.inf])
def test_a_film_that_is_shorter_than_its_last_frame_stands_is_refused(seconds):
    with pytest.raises(Problem, match="longer than its last frame"):
        Film.lasting(seconds, 30, 0.0, 30.0, hold=1.0)


# ── What is decoded ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow(keep=2)
@every_format
def test_a_film_decoded_again_has_its_frames_in_their_places_and_their_times(tmp_path, ending):
    film = Film(25, 10.0, 2.0, 26.0, hold=1.2)
    path = tmp_path / f"film{ending}"
    save_film(scene, path, film, RUNS)
    shown, times = decoded(path)
    # GIF and APNG have the last picture once, with the time that it stands
    assert len(shown) == (film.frames if ending in VIDEOS else film.moving + 1)
    assert {frame.shape for frame in shown} == {(208, 320, 3)}
    tick = {".webm": 0.0005}.get(ending, 0.00001)  # WebM has milliseconds
    assert np.allclose(times, np.arange(len(times)) / 25, rtol=0, atol=tick + 1e-9)
    assert length(path) == pytest.approx(film.seconds, abs=2 * tick)
    for frame in (0, 1, 17, film.moving - 1, len(shown) - 1):
        painted = [rgb(scene(film.cursor_at(other))) for other in range(film.moving + 1)]
        off = [np.abs(shown[frame] - other).mean() for other in painted]
        assert min(off) < 2.0
        assert off.index(min(off)) == min(frame, film.moving), "it looks more like another one"


@every_format
def test_colours_are_true(tmp_path, ending):
    """Within four levels of 255: video keeps brightness and hue in 220 levels, and rounds them each on its own."""
    path = tmp_path / f"film{ending}"
    save_film(scene, path, Film(25, 10.0, 0.0, 5.0), RUNS)
    within = {".apng": 0, ".gif": 0}.get(ending, 4)
    for shown in (decoded(path)[0][0], decoded(path)[0][-1]):
        for number, color in enumerate(RUNS):
            inside = shown[20 : 12 + PATCH, 20 + 48 * number : 12 + PATCH + 48 * number]
            assert np.abs(inside - rgb_of_color(color)).max() <= within


def test_an_apng_has_every_pixel_as_it_was_painted(tmp_path):
    film = Film(20, 10.0, 0.0, 6.0)
    save_film(scene, tmp_path / "film.apng", film)
    for frame, shown in enumerate(decoded(tmp_path / "film.apng")[0]):
        assert (shown == rgb(scene(film.cursor_at(frame)))).all()
    assert (rgb_of_file(tmp_path / "film.apng") == rgb(scene(0.0))).all()  # by another decoder


@every_format
@pytest.mark.parametrize("size", [(321, 207), (17, 16), (16, 17), (63, 301)])
def test_odd_sides_are_kept_or_made_even_by_repeating_the_edge(tmp_path, ending, size):
    width, height = size
    save_film(lambda step: scene(step, width, height), tmp_path / f"film{ending}", Film(10, 5.0, 0.0, 2.0), RUNS)
    shown = decoded(tmp_path / f"film{ending}")[0][0]
    even = ending == ".mp4"
    assert shown.shape == (height + height % 2, width + width % 2, 3) if even else (height, width, 3)
    assert np.abs(shown[:height, :width] - rgb(scene(0.0, width, height))).mean() < 6.0
    for edge, inner in ((shown[-1], shown[height - 1]), (shown[:, -1], shown[:, width - 1])):
        assert np.abs(edge - inner).mean() < 3.0


@every_format
@pytest.mark.parametrize("hold", [0.0, 2.0])
def test_a_film_can_be_one_picture_that_stands(tmp_path, ending, hold):
    painted = []
    path = tmp_path / f"film{ending}"
    film = Film(25, 1.0, 4.0, 4.0, hold)
    save_film(lambda step: painted.append(step) or scene(step), path, film)
    assert set(painted) == {4.0}
    assert len(painted) == 1, "it is painted once, however often it is shown"
    if ending != ".apng":  # which is a PNG then, and has no time
        assert length(path) == pytest.approx(max(hold, 0.04), abs=0.001)
    assert np.abs(decoded(path)[0][-1] - rgb(scene(4.0))).mean() < 2.0


@every_format
def test_pictures_of_any_kind_and_a_picture_that_is_painted_over_give_the_same_film(tmp_path, ending):
    kinds = QImage.Format
    film = Film(10, 10.0, 0.0, 5.0)
    save_film(scene, tmp_path / f"film{ending}", film, RUNS)
    wanted = decoded(tmp_path / f"film{ending}")[0]
    one = QImage(320, 208, kinds.Format_RGB32)

    def painted_over(step):
        painter = QPainter(one)
        painter.drawImage(0, 0, scene(step))
        painter.end()
        return one

    for paint in (
        painted_over,
        lambda step: scene(step).convertToFormat(kinds.Format_ARGB32),
        lambda step: scene(step).convertToFormat(kinds.Format_RGB888),
    ):
        save_film(paint, tmp_path / f"film{ending}", film, RUNS)
        shown = decoded(tmp_path / f"film{ending}")[0]
        assert len(shown) == len(wanted)
        assert max(difference(*both).max() for both in zip(shown, wanted, strict=True)) <= 2


@every_format
def test_the_scenario_is_kept_in_the_file_as_its_comment(tmp_path, ending):
    text = "optisim:" + "sehr schön, 梯度," * 40  # longer than a block of a GIF
    path = tmp_path / f"a valley{ending}"
    save_film(scene, path, Film(10, 10.0, 0.0, 1.0), RUNS, scenario_text=text)
    if ending == ".apng":
        image = QImage(str(path))
        assert (image.text("Title"), image.text("Comment")) == ("a valley", text)
        return
    with av.open(str(path)) as container:
        about = {key.lower(): value for key, value in container.metadata.items()}
    assert about["comment"] == text
    if ending in VIDEOS:
        assert about["title"] == "a valley"


def test_an_mp4_begins_with_its_index(tmp_path):
    save_film(scene, tmp_path / "film.mp4", Film(10, 10.0, 0.0, 5.0))
    data = (tmp_path / "film.mp4").read_bytes()
    assert 0 < data.index(b"moov") < data.index(b"mdat")


def test_an_ending_may_be_written_large(tmp_path):
    save_film(scene, tmp_path / "FILM.GIF", Film(10, 10.0, 0.0, 1.0))
    assert (tmp_path / "FILM.GIF").read_bytes().startswith(b"GIF89a")


# ── GIF and APNG ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("fps", [1, 7, 20, 24, 25, 30, 33, 50])
def test_no_picture_of_a_gif_is_shown_more_than_half_a_hundredth_off_its_time(tmp_path, fps):
    film = Film(fps, fps, 0.0, 90.0, hold=1.5)
    save_film(lambda step: scene(step / 4, 96, 64), tmp_path / "film.gif", film)
    delays = gif_delays(tmp_path / "film.gif")
    begins = np.cumsum([0, *delays[:-1]])
    assert np.abs(begins - 100 * np.arange(91) / fps).max() <= 0.5 + 1e-9
    assert abs(sum(delays) - 100 * film.seconds) <= 0.5 + 1e-9
    assert min(delays) >= 2, "programs show a shorter one for a tenth of a second"


def test_a_gif_that_is_too_fast_for_its_times_is_refused(tmp_path):
    save_film(scene, tmp_path / "film.gif", Film(50, 50.0, 0.0, 3.0))
    for refuse in (lambda *film: save_film(scene, *film), check_format):
        with pytest.raises(Problem, match="50 frames a second"):
            refuse(tmp_path / "new.gif", Film(60, 50.0, 0.0, 3.0))
    assert [file.name for file in tmp_path.iterdir()] == ["film.gif"]


@pytest.mark.parametrize("loop", [True, False])
def test_a_film_is_shown_once_or_for_ever(tmp_path, loop):
    film = Film(10, 10.0, 0.0, 3.0, loop=loop)
    save_film(scene, tmp_path / "film.gif", film)
    save_film(scene, tmp_path / "film.apng", film)
    # the block "NETSCAPE2.0" 1 0 0 asks for endless repetition; without it, there is none
    assert [data for kind, data in gif_blocks(tmp_path / "film.gif") if kind == 0xFF] == (
        [b"NETSCAPE2.0\x01\0\0"] if loop else []
    )
    (control,) = (data for kind, data in png_chunks(tmp_path / "film.apng") if kind == b"acTL")
    assert struct.unpack(">II", control) == (film.moving + 1, 0 if loop else 1)


def crowded(step):
    """More colours than a GIF has, side by side without any order, and dots in the colours of runs."""
    data = np.random.default_rng(1).integers(0, 256, (160, 240, 4), dtype=np.uint8)
    image = QImage(data.tobytes(), 240, 160, QImage.Format.Format_RGB32).copy()
    painter = QPainter(image)
    for number, color in enumerate(RUNS):
        painter.fillRect(10 + 20 * number + round(step), 40, 3, 3, QColor(color))
    painter.end()
    return image


def test_a_gif_has_the_reserved_colours_exactly_however_crowded_it_is(tmp_path):
    film = Film(10, 10.0, 0.0, 10.0)
    save_film(crowded, tmp_path / "reserved.gif", film, RUNS)
    save_film(crowded, tmp_path / "plain.gif", film)
    assert colors(rgb(crowded(0.0))) > 30_000
    for shown in decoded(tmp_path / "reserved.gif")[0]:
        assert all(count(shown, color) >= 9 for color in RUNS)
        assert 64 < colors(shown) <= 256
    assert not any(count(shown, color) for shown in decoded(tmp_path / "plain.gif")[0] for color in RUNS)


def test_more_reserved_colours_than_a_gif_can_spare_do_no_harm(tmp_path):
    many = [QColor.fromHsv(hue, 200, 200).name() for hue in range(359)]
    save_film(crowded, tmp_path / "film.gif", Film(10, 10.0, 0.0, 3.0), [*RUNS, *RUNS, *many])
    shown = decoded(tmp_path / "film.gif")[0][-1]
    assert all(count(shown, color) >= 9 for color in RUNS)
    assert np.abs(shown - rgb(crowded(3.0))).mean() < 15


def test_a_gif_stores_what_changes_and_is_much_smaller_than_one_of_whole_frames(tmp_path):
    film = Film(25, 10.0, 0.0, 24.0)
    save_film(scene, tmp_path / "film.gif", film, RUNS)
    whole = 0
    for step in (0.0, 12.0, 24.0):
        save_film(scene, tmp_path / "whole.gif", Film(25, 1.0, step, step), RUNS)
        whole += (tmp_path / "whole.gif").stat().st_size / 3 * (film.moving + 1)
    assert (tmp_path / "film.gif").stat().st_size < whole / 10


# ── Progress and cancelling ──────────────────────────────────────────────────────────────────────────────


@pytest.fixture(params=[True, False], ids=["a file is there", "no file is there"])
def folder(request, tmp_path):
    if request.param:
        for ending in FILM_FORMATS:
            (tmp_path / f"film{ending}").write_bytes(OLD)
    return tmp_path


def assert_untouched(folder):
    """The folder is as the fixture made it."""
    files = list(folder.iterdir())
    assert {file.name for file in files} in ({f"film{ending}" for ending in FILM_FORMATS}, set())
    assert {file.read_bytes() for file in files} <= {OLD}


@every_format
def test_progress_rises_to_all_frames(tmp_path, ending):
    told = []
    film = Film(20, 10.0, 0.0, 10.0)
    save_film(scene, tmp_path / f"film{ending}", film, progress=lambda done, of: told.append(done))
    assert told == sorted(told)
    assert told[-1] == film.frames
    assert len(set(told) - {0}) > film.moving  # one at a time


@every_format
@pytest.mark.parametrize("when", [0, 1, 15, 39])
def test_a_cancelled_film_leaves_everything_as_it_was(folder, ending, when):
    told = []

    def stop(done, of):
        told.append(done)
        if done >= when:
            raise Cancelled

    with pytest.raises(Cancelled):
        save_film(scene, folder / f"film{ending}", Film(20, 10.0, 0.0, 20.0), progress=stop)
    assert all(done < when for done in told[:-1]), "once is enough"
    assert_untouched(folder)


# ── What goes wrong ──────────────────────────────────────────────────────────────────────────────────────


@every_format
def test_a_failure_of_the_painter_passes_through_and_leaves_everything_as_it_was(folder, ending):
    def paint(step):
        if step > 3:
            raise ZeroDivisionError
        return scene(step)

    with pytest.raises(ZeroDivisionError):
        save_film(paint, folder / f"film{ending}", Film(20, 10.0, 0.0, 20.0))
    assert_untouched(folder)


@pytest.mark.parametrize("number", [-1094995529, -542398533, -12])  # invalid data, external library, memory
def test_a_failure_of_the_encoder_is_told_in_a_sentence(folder, monkeypatch, number):
    def fail(*arguments):
        av.error.err_check(number)

    monkeypatch.setitem(films.FILM_FORMATS, ".mp4", replace(films.FILM_FORMATS[".mp4"], write=fail))
    with pytest.raises(Problem) as caught:
        save_film(scene, folder / "film.mp4", Film(20, 10.0, 0.0, 20.0))
    assert str(caught.value).endswith(".")
    assert len(str(caught.value).splitlines()) == 1
    assert_untouched(folder)


@pytest.mark.parametrize("name", ["film", "film.avi", "film.mp4.txt", ".mp4"])
def test_an_unknown_ending_is_refused_with_those_that_there_are(tmp_path, name):
    for refuse in (lambda *film: save_film(scene, *film), check_format):
        with pytest.raises(Problem, match="no known ending") as caught:
            refuse(tmp_path / name, Film(20, 10.0, 0.0, 20.0))
        assert all(ending in str(caught.value) for ending in FILM_FORMATS)
    assert not list(tmp_path.iterdir())


@every_format
@pytest.mark.parametrize("size", [(15, 100), (100, 15), (4097, 100), (100, 4097), (0, 0)])
def test_pictures_that_are_too_small_or_too_large_are_refused(tmp_path, ending, size):
    with pytest.raises(Problem, match=f"{size[0]} × {size[1]}"):
        save_film(
            lambda step: QImage(*size, QImage.Format.Format_RGB32),
            tmp_path / f"film{ending}",
            Film(20, 10.0, 0.0, 20.0),
        )
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
@every_format
def test_the_largest_picture_makes_a_film(tmp_path, ending):
    image = QImage(4096, 4096, QImage.Format.Format_RGB32)
    image.fill(QColor(RUNS[0]))
    save_film(lambda step: image, tmp_path / f"film{ending}", Film(20, 10.0, 0.0, 0.0, hold=0.0))
    shown = decoded(tmp_path / f"film{ending}")[0][0]
    assert shown.shape == (4096, 4096, 3)
    assert np.abs(shown - rgb_of_color(RUNS[0])).max() <= 4


@every_format
def test_a_missing_folder_is_named(tmp_path, ending):
    with pytest.raises(Problem, match="does not exist"):
        save_film(scene, tmp_path / "nowhere" / f"film{ending}", Film(20, 10.0, 0.0, 20.0))
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
@every_format
def test_a_write_protected_folder_is_refused(tmp_path, ending):
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(Problem, match="write-protected"):
            save_film(scene, tmp_path / f"film{ending}", Film(20, 10.0, 0.0, 20.0))
    finally:
        tmp_path.chmod(0o755)
    assert not list(tmp_path.iterdir())


def noise(step):
    """A picture that no format makes small."""
    data = np.random.default_rng(round(step)).integers(0, 256, (160, 240, 4), dtype=np.uint8)
    return QImage(data.tobytes(), 240, 160, QImage.Format.Format_RGB32).copy()


@pytest.mark.slow(keep=2)
@every_format
@pytest.mark.parametrize("share", [0.0, 0.3, 0.7, 0.99])
def test_a_full_disk_is_noticed_at_whichever_moment_and_leaves_the_older_film(tmp_path, small_disk, ending, share):
    film = Film(10, 10.0, 0.0, 20.0)
    save_film(noise, tmp_path / f"film{ending}", film)
    room = int((tmp_path / f"film{ending}").stat().st_size * share)
    disk = small_disk(room // 4096 * 4096 + 4096)  # a page for the older one
    (disk / f"film{ending}").write_bytes(OLD)
    with pytest.raises(Problem, match="disk is full"):
        save_film(noise, disk / f"film{ending}", film)
    assert [(file.name, file.read_bytes()) for file in disk.iterdir()] == [(f"film{ending}", OLD)]


ON_ITS_OWN = """
import os, signal, sys
from pathlib import Path
from optisim.core.base.problems import Problem
from optisim.core.base.progress import Cancelled
from optisim.export.films import Film, save_film
from tests.export.test_films import noise

def killed(step):
    if step > 10:
        os.kill(os.getpid(), signal.SIGKILL)
    return noise(step)

if sys.argv[1] == "cut off":
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
    killed = noise
for path in sys.argv[2:]:
    try:
        save_film(killed, Path(path), Film(10, 10.0, 0.0, 20.0))
    except Problem as problem:
        print(problem)
"""


def on_its_own(how, *paths):
    return subprocess.run(
        [sys.executable, "-c", ON_ITS_OWN, how, *map(str, paths)],
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_no_format_replaces_a_film_by_one_that_was_cut_off(tmp_path):
    """The system stops every file at 200 kB, as a full disk would."""
    paths = [tmp_path / f"film{ending}" for ending in FILM_FORMATS]
    for path in paths:
        path.write_bytes(OLD)
    done = on_its_own("cut off", *paths)
    assert done.stderr == ""
    for path, line in zip(paths, done.stdout.splitlines(), strict=True):
        assert f"{path}” was not written" in line
    assert {path.read_bytes() for path in paths} == {OLD}
    assert sorted(tmp_path.iterdir()) == sorted(paths)


@pytest.mark.slow(keep=1)
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
@every_format
def test_a_program_that_is_killed_half_way_leaves_the_older_film(tmp_path, ending):
    path = tmp_path / f"film{ending}"
    path.write_bytes(OLD)
    done = on_its_own("killed", path)
    assert done.returncode == -signal.SIGKILL
    assert path.read_bytes() == OLD
