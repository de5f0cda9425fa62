"""Documents inside images and films: found by the first bytes of a file, and nothing else is done with it."""

import io
import os
import zlib
from pathlib import Path

import av
import pytest

from optisim import Problem, chapter_scenario
from optisim.core.documents.kinds import to_json
from optisim.core.documents.sharing import to_share
from optisim.core.surfaces import SURFACES
from optisim.export.embedding import APNG_KEY, MOST_READ, PNG_KEY, svg_with_document
from optisim.export.sources import document_in, read_document

OTHER = chapter_scenario(SURFACES["himmelblau"])
FROM_BEFORE = Path(__file__).parents[1] / "core" / "documents" / "version3"
PNG = b"\x89PNG\r\n\x1a\n"
SDP = b"v=0\ns=x\nc=IN IP4 239.1.2.3/4\nt=0 0\nm=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n"


def chunk(kind, data):
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


def text(key, said):
    return chunk(b"tEXt", key.encode() + b"\0" + said.encode())


TEXT, END = text(PNG_KEY, to_json(OTHER)), chunk(b"IEND", b"")
MP4 = (FROM_BEFORE / "rich.mp4").read_bytes()


@pytest.fixture
def put(tmp_path):
    """Writes a file."""

    def put(name, data):
        (tmp_path / name).write_bytes(data)
        return tmp_path / name

    return put


@pytest.fixture
def read_so_far(monkeypatch):
    """How much of files was read, in bytes."""
    sizes = [0]

    class Counting(io.FileIO):
        def read(self, size=-1):
            data = super().read(size)
            sizes[0] += len(data)
            return data

    monkeypatch.setattr(Path, "open", lambda path, mode: Counting(path, mode))
    return lambda: sizes[0]


def refused(path):
    """The one sentence that says why nothing is opened."""
    with pytest.raises(Problem) as told:
        document_in(path)
    assert str(told.value).endswith(".")
    assert "\n" not in str(told.value)
    return str(told.value)


# ── From before ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("ending", [".png", ".gif", ".mp4"])
def test_images_and_films_of_version_3_open_for_ever(ending):
    rich = read_document(FROM_BEFORE / "rich.optisim.json")
    assert document_in(FROM_BEFORE / f"rich{ending}") == rich


# ── What a file is ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("name", "wrong"), [("rich.png", "a.mp4"), ("rich.mp4", "a.png"), ("rich.gif", "a.svg")])
def test_its_first_bytes_tell_not_its_name(put, name, wrong):
    rich = read_document(FROM_BEFORE / name)
    assert document_in(put(wrong, (FROM_BEFORE / name).read_bytes())) == rich


@pytest.mark.parametrize("data", [SDP, b"#EXTM3U\nhttp://127.0.0.1:9/x.ts\n", b"ffconcat version 1.0\nfile x\n"])
def test_a_text_that_names_other_places_is_not_handed_to_ffmpeg(put, monkeypatch, data):
    monkeypatch.setattr(av, "open", lambda *_, **__: pytest.fail("FFmpeg would open what the text names"))
    assert "carries no document" in refused(put("x.mp4", data))


def test_ffmpeg_is_told_the_format_and_may_open_files_only(put, monkeypatch):
    asked = []
    real = av.open
    monkeypatch.setattr(av, "open", lambda *args, **named: asked.append(named) or real(*args, **named))
    refused(put("x.mp4", MP4[:12] + SDP))
    document_in(FROM_BEFORE / "rich.gif")
    assert [named["format"] for named in asked] == ["mp4", "gif"]
    assert all(named["options"] == {"protocol_whitelist": "file"} for named in asked)


# ── PNG ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "chunks",
    [
        TEXT + END,
        chunk(b"IDAT", b"x" * 100_000) + TEXT,
        text(APNG_KEY, "made by hand") + TEXT + END,
        text(APNG_KEY, to_share(OTHER)) + END,
        chunk(b"zTXt", PNG_KEY.encode() + b"\0\0" + zlib.compress(to_json(OTHER).encode())),
        chunk(b"iTXt", PNG_KEY.encode() + b"\0\0\0en\0\0" + to_json(OTHER).encode()),
        chunk(b"iTXt", PNG_KEY.encode() + b"\0\1\0\0\0" + zlib.compress(to_json(OTHER).encode())),
    ],
    ids=["before", "after the picture", "beside another", "as films have it", "zTXt", "iTXt", "iTXt, packed"],
)
def test_a_png_may_keep_it_anywhere(put, chunks):
    assert document_in(put("a.png", PNG + chunks)) == OTHER


@pytest.mark.parametrize(
    "data",
    [
        PNG + (8).to_bytes(4, "big") + b"iTXt" + b"OptiSim\0",  # the 28 bytes without a check sum
        PNG + chunk(b"iTXt", b"OptiSim\0"),
        PNG + chunk(b"iTXt", b"OptiSim\0\0\0no end"),
        PNG + chunk(b"iTXt", b"OptiSim\0\1\0\0\0no zlib"),
        PNG + chunk(b"zTXt", b"OptiSim\0"),
        PNG + chunk(b"tEXt", b"OptiSim\0"),
        PNG + chunk(b"tEXt", b"OptiSim"),
        PNG + b"\xff\xff\xff\xfftEXt",
        PNG + END + TEXT,
        PNG[:4],
    ],
    ids=range(10),
)
def test_a_png_that_is_damaged_or_ends_before_gets_one_sentence(put, data):
    refused(put("a.png", data))


# ── How much is read ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "head", [b"", PNG, PNG + chunk(b"IDAT", b""), MP4[:16], b"GIF89a", b"\x1aE\xdf\xa3"], ids=range(6)
)
def test_of_a_huge_file_only_a_part_is_read(put, read_so_far, head):
    path = put("x.png", head)
    os.truncate(path, 1_200_000_000)  # takes no room on the disk
    refused(path)
    assert read_so_far() <= MOST_READ + 12


def test_a_png_that_is_chunks_all_over_is_given_up(put, read_so_far):
    path = put("x.png", PNG + chunk(b"aaAa", b"") * 200_000 + TEXT)
    refused(path)
    assert read_so_far() < path.stat().st_size


def test_what_is_at_the_end_of_a_large_svg_is_found(put):
    svg = svg_with_document(b"<svg>" + b" " * (MOST_READ + 1000) + b"</svg>", OTHER)
    assert document_in(put("a.svg", svg)) == OTHER
