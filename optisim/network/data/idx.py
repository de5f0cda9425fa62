"""Images in IDX files, the format of MNIST and Fashion-MNIST, gzip-compressed or not.

An IDX file begins with two zero bytes, the type of its numbers (8: unsigned bytes) and the number of dimensions;
then, big-endian in four bytes each, the dimensions; then the numbers. See yann.lecun.com/exdb/mnist.
"""

from __future__ import annotations

import gzip
import re
import zlib
from functools import lru_cache
from math import prod
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from optisim.core.base.problems import N_, Problem
from optisim.network.data.dataset import Data
from optisim.network.data.table import unreadable

MAX_BYTES = 200_000_000  # of the images in one file; MNIST's have 47 million
MAX_SIDE = 256  # pixels
FASHION = (
    *("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat"),
    *("Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"),
)
_FILE = re.compile(r"(?P<part>.*?)[-_.]?(?P<kind>images|labels)[-_.]idx(?P<dimensions>[13])[-_.]ubyte(\.gz)?", re.I)


class Pair(NamedTuple):
    """The files of images and of their labels."""

    images: Path
    labels: Path


def read_idx_folder(folder: str | Path, *, most: int | None = None, test: float = 0.2, seed: int = 0) -> Data:
    """The images in a folder of IDX files as data, pixels scaled to 0 … 1, one image a row.

    The last folder read is kept in memory until its files change.

    Args:
        folder: with `train-images-idx3-ubyte` and `train-labels-idx1-ubyte`, `t10k-…` of the same kind, or both;
            each may end in .gz. With both, the second pair is for testing.
        most: read no more than so many images of each file; in memory, an image of MNIST takes 6 kB.
        test, seed: as for `Data.split`, where there is only one pair.

    Raises:
        Problem: one sentence on what is wrong with which file.
    """
    pairs = _pairs(Path(folder))
    stamps = tuple((str(path), path.stat().st_mtime_ns, path.stat().st_size) for pair in pairs for path in pair)
    return _read(pairs, stamps, most, test, seed)


@lru_cache(maxsize=1)
def _read(pairs: tuple[Pair, ...], stamps: object, most: int | None, test: float, seed: int) -> Data:
    read = [_images(pair, most) for pair in pairs]
    (height, width), folder = read[0][0].shape[1:], pairs[0].images.parent
    for pair, (images, _) in zip(pairs, read, strict=True):
        if images.shape[1:] != (height, width):
            raise Problem(
                N_("The images in “{file}” have {height} × {width} pixels, those of the other file {others}."),
                file=pair.images.name,
                height=images.shape[1],
                width=images.shape[2],
                others=f"{height} × {width}",
            )
    x = np.empty((sum(len(images) for images, _ in read), height * width))
    start = 0
    for images, _ in read:
        np.divide(images.reshape(len(images), -1), 255.0, out=x[start : start + len(images)])
        start += len(images)
    y = np.concatenate([labels for _, labels in read]).astype(np.int64)
    x.flags.writeable = y.flags.writeable = False  # all who ask share them
    about = {"name": folder.name, "image": (height, width), "classes": _names(folder, int(y.max()))}
    if len(read) == 1:
        return Data.split(x, y, test, seed, **about)
    trained = len(read[0][0])
    return Data(x, y, np.arange(trained), np.arange(trained, len(x)), **about)  # type: ignore[arg-type]


def _names(folder: Path, highest: int) -> tuple[str, ...]:
    if "fashion" in str(folder.resolve()).lower() and highest == len(FASHION) - 1:
        return FASHION
    return tuple(map(str, range(highest + 1)))


def _pairs(folder: Path) -> tuple[Pair, ...]:
    """The pairs of files in a folder, those to train with first."""
    try:
        files = sorted(path for path in folder.iterdir() if path.is_file())
    except OSError as error:
        raise unreadable(error, folder) from None
    found: dict[str, dict[str, Path]] = {}
    for path in files:
        match = _FILE.fullmatch(path.name)
        if match is not None:
            found.setdefault(match["part"].lower(), {}).setdefault(match["kind"].lower(), path)
    if not found:
        raise Problem(
            N_("“{folder}” has no IDX files; it needs, say, {example}."),
            folder=folder,
            example="train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz",
        )
    for part, kinds in found.items():
        if "labels" not in kinds:
            said = N_("The labels of “{part}” are missing in “{folder}”: each file of images needs its labels.")
            raise Problem(said, part=part, folder=folder)
        if "images" not in kinds:
            said = N_("The images of “{part}” are missing in “{folder}”; there are only their labels.")
            raise Problem(said, part=part, folder=folder)
    if len(found) > 2:
        raise Problem(
            N_("“{folder}” has {count} sets of images; leave one to train with and one to test with."),
            folder=folder,
            count=len(found),
        )
    parts = sorted(found, key=lambda part: (not part.startswith("train"), part))
    return tuple(Pair(found[part]["images"], found[part]["labels"]) for part in parts)


Bytes = npt.NDArray[np.uint8]


def _images(pair: Pair, most: int | None) -> tuple[Bytes, Bytes]:
    """Images (count, height, width) and labels (count,)."""
    counts, images = _idx(pair.images, 3, most)
    if min(images.shape[1:]) < 1 or max(images.shape[1:]) > MAX_SIDE:
        raise Problem(
            N_("The images in “{file}” have {height} × {width} pixels; from 1 to {most} a side can be read."),
            file=pair.images.name,
            height=images.shape[1],
            width=images.shape[2],
            most=MAX_SIDE,
        )
    labelled, labels = _idx(pair.labels, 1, most)
    if counts != labelled:
        raise Problem(
            N_("“{images}” has {count} images, but “{labels}” {labelled} labels; they do not belong together."),
            images=pair.images.name,
            count=counts,
            labels=pair.labels.name,
            labelled=labelled,
        )
    return images, labels


def _idx(path: Path, dimensions: int, most: int | None) -> tuple[int, Bytes]:
    """How many items a file has, and the first `most` of them."""
    opened = gzip.open if path.name.lower().endswith(".gz") else open
    try:
        with opened(path, "rb") as file:
            head = file.read(4 * (1 + dimensions))
            if head[:4] != bytes((0, 0, 8, dimensions)):
                said = N_("“{file}” is no IDX file of images: it begins with {found} instead of {wanted}.")
                if dimensions == 1:
                    said = N_("“{file}” is no IDX file of labels: it begins with {found} instead of {wanted}.")
                wanted = bytes((0, 0, 8, dimensions)).hex(" ")
                raise Problem(said, file=path.name, found=head[:4].hex(" ") or "—", wanted=wanted)
            if len(head) < 4 * (1 + dimensions):
                raise _cut_short(path)
            shape = [int(size) for size in np.frombuffer(head[4:], dtype=">u4")]
            if not 0 < prod(shape) <= MAX_BYTES:
                raise Problem(
                    N_("“{file}” says that it holds {count} bytes; from 1 to {most} can be read."),
                    file=path.name,
                    count=prod(shape),
                    most=MAX_BYTES,
                )
            taken = shape[0] if most is None else min(shape[0], most)
            size = taken * prod(shape[1:])
            numbers = file.read(size)
            if len(numbers) < size:
                raise _cut_short(path)
            if taken == shape[0] and file.read(1):
                raise Problem(N_("“{file}” goes on after what it says it holds; it is damaged."), file=path.name)
    except (EOFError, zlib.error):
        raise _cut_short(path) from None
    except gzip.BadGzipFile:
        raise Problem(N_("“{file}” is damaged, or not a gzip file as its name says."), file=path.name) from None
    except OSError as error:
        raise unreadable(error, path) from None
    return shape[0], np.frombuffer(numbers, dtype=np.uint8).reshape(taken, *shape[1:])


def _cut_short(path: Path) -> Problem:
    return Problem(N_("“{file}” is cut short or damaged; fetch it again."), file=path.name)
