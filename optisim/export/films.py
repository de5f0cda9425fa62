"""Films of a race: MP4, WebM, GIF and APNG.

Whatever paints a race at an instant, `paint(step) -> QImage`, can be filmed. A film never waits for a screen: its
frames are painted one after the other, as fast as they can be written, and each of them stands for its own instant.
"""

from __future__ import annotations

import contextlib
import math
import os
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor, QImage

from optisim.core.base.problems import N_, Problem
from optisim.core.base.tables import Table
from optisim.core.race.scenario import is_whole
from optisim.export.embedding import GIF, MP4, PNG, WEBM
from optisim.export.files import NO_FORMAT, Format, by_ending, write_safely

if TYPE_CHECKING:
    from av import VideoFrame
    from av.filter import Graph
    from av.filter.context import FilterContext

MOST_FRAMES = 20_000
FASTEST = 60  # frames a second
FASTEST_GIF = 50  # its times are hundredths of a second, and programs show a frame of one hundredth for ten
SPEEDS = 0.01, 1e6  # steps a second
LONGEST_HOLD = 60.0  # seconds
SMALLEST, LARGEST = 16, 4096  # pixels a side

Pixels = npt.NDArray[np.uint8]
Paint = Callable[[float], QImage]
Tell = Callable[[int, int], object]
Convert = Callable[[Pixels], "VideoFrame"]

BT709, MPEG_RANGE = 1, 1  # as libavutil numbers colour spaces and ranges


@dataclass(frozen=True)
class Film:
    """When a film shows what. It goes from step `first` to step `last`, and its last frame stands for a while.

    Attributes:
        fps: frames a second.
        speed: steps a second.
        first, last: steps; balls glide between whole ones.
        hold: seconds that the last frame stands; less than a frame counts as one.
        loop: begin again at the end, for ever. GIF and APNG know it; videos leave it to who plays them.

    Raises:
        Problem: if a number is out of its range, or there would be more than MOST_FRAMES frames.
    """

    fps: int
    speed: float
    first: float
    last: float
    hold: float = 1.0
    loop: bool = True

    def __post_init__(self) -> None:
        if not is_whole(self.fps, 1, FASTEST):
            raise Problem(N_("A film has 1 to {most} frames a second."), most=FASTEST)
        if not SPEEDS[0] <= self.speed <= SPEEDS[1]:
            raise Problem(N_("A film shows {low:g} to {high:,.0f} steps a second."), low=SPEEDS[0], high=SPEEDS[1])
        if not 0.0 <= self.first <= self.last < math.inf:
            raise Problem(N_("A film begins at step 0 or later, and does not end before it begins."))
        if not 0.0 <= self.hold <= LONGEST_HOLD:
            raise Problem(N_("The last frame of a film stands 0 to {most:g} seconds."), most=LONGEST_HOLD)
        if self.frames > MOST_FRAMES:
            raise Problem(
                N_("This film would have {frames:,} frames; make it shorter or faster, for {most:,} are the most."),
                frames=self.frames,
                most=MOST_FRAMES,
            )

    @classmethod
    def lasting(
        cls, seconds: float, fps: int, first: float, last: float, hold: float = 1.0, loop: bool = True
    ) -> Film:
        """The film that takes `seconds` in all, to the nearest frame.

        Raises:
            Problem: if that is not longer than the last frame stands, or a number is out of its range.
        """
        still = cls(fps, 1.0, first, first, hold, loop)
        if first == last:
            return replace(still, hold=seconds)
        moving = round(seconds * fps) - still.frames if math.isfinite(seconds) else 0
        if moving < 1:
            raise Problem(
                N_("A film takes longer than its last frame, {least:.3g} s; make it longer, or the hold shorter."),
                least=still.seconds,
            )
        return cls(fps, (last - first) * fps / moving, first, last, hold, loop)

    @property
    def moving(self) -> int:
        """How many frames there are before the last instant."""
        exact = min((self.last - self.first) / self.speed * self.fps, 1e9)
        return math.ceil(exact - 1e-6)  # a whole number but for rounding is that number

    @property
    def frames(self) -> int:
        """How many frames there are, counting one that stands as often as it is shown."""
        return self.moving + max(round(self.hold * self.fps), 1)

    @property
    def seconds(self) -> float:
        """How long it takes to show them all."""
        return self.frames / self.fps

    def cursor_at(self, frame: int) -> float:
        """The step that frame number `frame`, from 0 on, shows."""
        return self.last if frame >= self.moving else self.first + frame * self.speed / self.fps


def check_format(path: Path, film: Film) -> None:
    """See that there is a format for the ending of `path`, and that it can show the film.

    Raises:
        Problem: if not.
    """
    form = by_ending(path, FILM_FORMATS)
    if film.fps > form.fastest:
        raise Problem(
            N_("A film as {format} has {most} frames a second at the most; choose fewer, or another format."),
            format=form.short,
            most=form.fastest,
        )


def check_size(width: int, height: int) -> None:
    """See that a film can have frames of this size.

    Raises:
        Problem: if not.
    """
    if not SMALLEST <= min(width, height) <= max(width, height) <= LARGEST:
        raise Problem(
            N_("{width} × {height} pixels do not make a film; a side has {low} to {high}."),
            width=width,
            height=height,
            low=SMALLEST,
            high=LARGEST,
        )


# ── Pictures ─────────────────────────────────────────────────────────────────────────────────────────────


class Reel:
    """The pictures of a film, painted when they are needed, and none of them twice in a row."""

    def __init__(self, paint: Paint, film: Film, reserve: Sequence[str], progress: Tell | None) -> None:
        self.film = film
        self.reserve = tuple(dict.fromkeys(QColor(color).rgb() for color in reserve))
        self._paint = paint
        self._progress = progress
        self._step, self._image = film.first, paint(film.first)
        self.width, self.height = self._image.width(), self._image.height()
        check_size(self.width, self.height)

    def painted(self, step: float) -> Pixels:
        """The picture at a step, (height, width, 4), blue first; it lasts until the next one is asked for."""
        if step != self._step:
            self._step, self._image = step, self._paint(step)
        if self._image.format() != QImage.Format.Format_RGB32:
            self._image = self._image.convertToFormat(QImage.Format.Format_RGB32)
        return np.frombuffer(self._image.constBits(), np.uint8).reshape(self.height, self.width, 4)

    def frames(self, convert: Convert, held: bool) -> Iterator[VideoFrame]:
        """The frames of the film. The last picture comes as often as it is shown, or, unless `held`, once."""
        count = self.film.frames if held else self.film.moving + 1
        for number in range(count):
            if number <= self.film.moving:
                frame = convert(self.painted(self.film.cursor_at(number)))
            yield self._timed(frame, number)
            self._tell(number + 1 if number + 1 < count else self.film.frames)

    def samples(self, count: int, convert: Convert) -> Iterator[VideoFrame]:
        """Pictures from the whole film, the first and the last among them."""
        for number, step in enumerate(np.linspace(self.film.first, self.film.last, count).tolist()):
            yield self._timed(convert(self.painted(step)), number)
            self._tell(0)

    def _timed(self, frame: VideoFrame, number: int) -> VideoFrame:
        frame.pts, frame.time_base = number, Fraction(1, self.film.fps)
        return frame

    def _tell(self, done: int) -> None:
        if self._progress is not None:
            self._progress(done, self.film.frames)


def _in_bgra(pixels: Pixels) -> VideoFrame:
    """A frame with a copy of the pixels, for they may be painted over while a filter has it, and all opaque."""
    from av import VideoFrame

    copy = (pixels.view(np.uint32) | 0xFF000000).view(np.uint8)
    return VideoFrame.from_numpy_buffer(copy, format="bgra")


def _in_rgb(pixels: Pixels) -> VideoFrame:
    from av import VideoFrame

    return VideoFrame.from_numpy_buffer(pixels, format="bgra").reformat(format="rgb24")


def _in_yuv(pixels: Pixels) -> VideoFrame:
    """A frame in the colours of video (BT.709): the brightness of every pixel, the hue of every four."""
    from av import VideoFrame

    return VideoFrame.from_numpy_buffer(pixels, format="bgra").reformat(
        format="yuv420p", dst_colorspace="ITU709", dst_color_range="MPEG", interpolation="AREA"
    )


def _in_even_yuv(pixels: Pixels) -> VideoFrame:
    """The same with even sides: where one is odd, the last row or column is there twice."""
    height, width, _ = pixels.shape
    odd = height % 2, width % 2
    return _in_yuv(np.pad(pixels, ((0, odd[0]), (0, odd[1]), (0, 0)), "edge") if any(odd) else pixels)


# ── Formats ──────────────────────────────────────────────────────────────────────────────────────────────


def _write(
    path: Path,
    reel: Reel,
    frames: Iterator[VideoFrame],
    codec: str,
    settings: dict[str, str] | None = None,
    container_settings: dict[str, str] | None = None,
    about: dict[str, str] | None = None,
) -> None:
    """Encode `frames`, which say their own size and colours, into the container that the ending of `path` names."""
    import av

    path.write_bytes(bytes(1 << 16))  # a disk without room for this shows here: FFmpeg would leave the file open
    container = av.open(path, "w", container_options=container_settings)
    try:
        container.metadata.update(about or {})
        stream = container.add_stream(codec, rate=reel.film.fps, options=settings)
        assert isinstance(stream, av.VideoStream)
        first = next(frames)
        stream.width, stream.height, stream.pix_fmt = first.width, first.height, first.format.name
        if first.format.name == "yuv420p":
            context = stream.codec_context
            context.colorspace = context.color_primaries = context.color_trc = BT709
            context.color_range = MPEG_RANGE
        for frame in chain([first], frames):
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    except BaseException:
        with contextlib.suppress(Exception):  # closing writes, and may fail as well; the first failure counts
            container.close()
        raise
    container.close()  # writes the end, and tells whether all that was written before has found room


def _write_mp4(path: Path, reel: Reel, about: dict[str, str]) -> None:
    """H.264, which everything plays; its index comes first, so that it plays while it is loaded."""
    settings = {"preset": "veryfast", "crf": "18"}
    _write(path, reel, reel.frames(_in_even_yuv, held=True), "libx264", settings, {"movflags": "+faststart"}, about)


def _write_webm(path: Path, reel: Reel, about: dict[str, str]) -> None:
    """VP9, free of patents. In its thorough mode, it takes six times as long for files of the same size."""
    settings = {"deadline": "realtime", "cpu-used": "6", "row-mt": "1", "tile-columns": "2", "crf": "24", "b": "0"}
    _write(path, reel, reel.frames(_in_yuv, held=True), "libvpx-vp9", settings, {"fflags": "+bitexact"}, about)


def _write_gif(path: Path, reel: Reel, about: dict[str, str]) -> None:
    """256 colours, the same for all frames, which store only what changes.

    Times are in hundredths of a second. Where a frame takes no whole number of them, as at 30 frames a second, the
    times of frames differ by a hundredth, but each begins when it should to the nearest hundredth: nothing drifts.
    """
    film = reel.film
    still = round(100 * film.seconds) - round(100 * film.moving / film.fps)
    settings = {"loop": "0" if film.loop else "-1", "final_delay": str(still)}
    frames = _in_palette(reel, _palette(reel))
    _write(path, reel, frames, "gif", container_settings=settings)
    data = path.read_bytes()
    colors = 3 << (data[10] & 7) + 1 if data[10] & 0x80 else 0  # bytes of the palette, which may have any in it
    at = data.index(b"!\xf9\x04", 13 + colors)  # where the first picture begins
    path.write_bytes(data[:at] + _gif_comment(about["comment"]) + data[at:])


def _write_apng(path: Path, reel: Reel, about: dict[str, str]) -> None:
    """PNG with several pictures: every pixel as it was painted."""
    film = reel.film
    settings = {"plays": "0" if film.loop else "1", "final_delay": f"{film.frames - film.moving}/{film.fps}"}
    _write(path, reel, reel.frames(_in_rgb, held=False), "apng", {"pred": "none"}, settings)
    end = _png_chunk(b"IEND", b"")
    with path.open("r+b") as file:
        file.seek(-len(end), os.SEEK_END)
        file.write(b"".join(_png_text(word.capitalize(), text) for word, text in about.items()) + end)


@dataclass(frozen=True)
class FilmFormat(Format[Callable[[Path, Reel, dict[str, str]], None]]):
    """A format of films. `write` makes the file at a path from a reel, with texts about it, "title" and "comment".

    Attributes:
        loops: it can say that the film begins again at its end.
        fastest: the most frames a second that it can have.
    """

    loops: bool = False
    fastest: int = FASTEST


FILM_FORMATS = Table(
    (
        FilmFormat(".mp4", N_("MP4, for slides and everything else"), _write_mp4, MP4),
        FilmFormat(".webm", N_("WebM, for the web"), _write_webm, WEBM),
        FilmFormat(".gif", N_("GIF, for chats and notes"), _write_gif, GIF, loops=True, fastest=FASTEST_GIF),
        FilmFormat(".apng", N_("APNG, a GIF in true colours"), _write_apng, PNG, loops=True),
    ),
    unknown=NO_FORMAT,
)


def looping() -> str:
    """The formats that can begin again, such as “GIF, APNG”."""
    return ", ".join(form.short for form in FILM_FORMATS.values() if form.loops)


def save_film(
    paint: Paint,
    path: Path,
    film: Film,
    reserve: Sequence[str] = (),
    progress: Tell | None = None,
    scenario_text: str = "",
) -> None:
    """Write a film to `path`, in the format its ending names.

    Args:
        paint: step → picture; all pictures have the same size.
        film: which steps, and when.
        reserve: colours, as #RRGGBB, that a format with few of them must have exactly.
        progress: is told how many of the film's `frames` are done, and of how many; what it raises ends the film.
        scenario_text: the scenario as text, kept in the file as its comment.

    Raises:
        Problem: if the format is unknown, the pictures are too small or too large, or the file cannot be written.
    """
    check_format(path, film)
    from av.error import FFmpegError

    def write(temporary: Path) -> None:
        reel = Reel(paint, film, reserve, progress)
        about = {"title": path.stem.encode("utf-8", "replace").decode(), "comment": scenario_text}
        by_ending(path, FILM_FORMATS).write(temporary, reel, about)

    try:
        write_safely(path, write)
    except MemoryError:
        raise Problem(N_("There is not enough memory for this film; choose a smaller one.")) from None
    except FFmpegError as error:
        raise Problem(
            N_("“{path}” was not written: {reason}."), path=path, reason=error.strerror or error
        ) from error


# ── The colours of a GIF ─────────────────────────────────────────────────────────────────────────────────

SAMPLES = 9  # pictures that the colours are chosen from: trails are longest in the last, but other balls cover them
MOST_RESERVED = 64


def _palette(reel: Reel) -> VideoFrame:
    """The 256 colours that suit the whole film, as 16 × 16 pixels: the reserved ones and, last, transparency.

    A palette goes by how much of the picture has a colour. Without a place of their own, the thin trails would be
    given the colours of something larger.
    """
    from av import VideoFrame
    from av.filter import Graph

    reserved = reel.reserve[:MOST_RESERVED]
    graph = Graph()
    source = _source(graph, reel.width, reel.height, reel.film)
    choose = graph.add("palettegen", f"max_colors={256 - len(reserved)}")
    sink = graph.add("buffersink")
    graph.link_nodes(source, choose, sink).configure()
    for frame in reel.samples(SAMPLES, _in_bgra):
        source.push(frame)
    source.push(None)
    (palette,) = _pulled(sink)
    colors = palette.to_ndarray().view(np.uint32).ravel()  # 0xAARRGGBB, as QColor has them
    colors[255 - len(reserved) : 255] = reserved
    return VideoFrame.from_ndarray(colors.view(np.uint8).reshape(16, 16, 4), format="bgra")


def _in_palette(reel: Reel, palette: VideoFrame) -> Iterator[VideoFrame]:
    """The film's pictures in the colours of a palette.

    Each pixel gets the nearest colour. Dithering would mix them, but nearly all of a picture is along one colour
    map, whose shades fit in; it would cost a fifth more bytes, and be grainy.
    """
    from av.filter import Graph

    graph = Graph()
    source = _source(graph, reel.width, reel.height, reel.film)
    colors = _source(graph, palette.width, palette.height, reel.film)
    use = graph.add("paletteuse", "dither=none:diff_mode=rectangle")
    sink = graph.add("buffersink")
    source.link_to(use, 0, 0)
    colors.link_to(use, 0, 1)
    use.link_to(sink)
    graph.configure()
    palette.pts = 0
    colors.push(palette)
    colors.push(None)
    for frame in reel.frames(_in_bgra, held=False):
        source.push(frame)
        yield from _pulled(sink)
    source.push(None)
    yield from _pulled(sink)


def _source(graph: Graph, width: int, height: int, film: Film) -> FilterContext:
    from av import VideoFormat

    return graph.add_buffer(width=width, height=height, format=VideoFormat("bgra"), time_base=Fraction(1, film.fps))


def _pulled(sink: FilterContext) -> Iterator[VideoFrame]:
    """The frames that have come out of a filter so far."""
    from av import VideoFrame

    with contextlib.suppress(BlockingIOError, EOFError):
        while True:
            frame = sink.pull()
            assert isinstance(frame, VideoFrame)
            yield frame


# ── Comments where FFmpeg writes none ────────────────────────────────────────────────────────────────────


def _gif_comment(text: str) -> bytes:
    """A comment extension: pieces of up to 255 bytes, each after its length."""
    data = text.encode()
    pieces = (data[begin : begin + 255] for begin in range(0, len(data), 255))
    return b"!\xfe" + b"".join(bytes([len(piece)]) + piece for piece in pieces) + b"\0" if data else b""


def _png_text(keyword: str, text: str) -> bytes:
    """An iTXt chunk: the keyword, neither compression nor language nor a translated keyword, the text."""
    return _png_chunk(b"iTXt", keyword.encode("latin-1") + bytes(5) + text.encode()) if text else b""


def _png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
