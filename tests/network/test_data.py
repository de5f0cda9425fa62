"""Data: what comes with the program, and files of the user's own, good and bad."""

import gzip
import re

import numpy as np
import pytest

from optisim import Problem
from optisim.core.base.resources import resources
from optisim.network import DATA_SETS, Data, digits, read_idx_folder, read_table
from optisim.network.data.idx import FASHION
from optisim.network.data.table import columns

# ── Digits and points ────────────────────────────────────────────────────────────────────────────────────


def test_the_digits_are_the_uci_ones_scaled_to_one():
    data = digits()
    assert data.x.shape == (1797, 64)
    assert data.x.dtype == np.float64
    assert (data.x.min(), data.x.max()) == (0.0, 1.0)
    assert data.y.shape == (1797,)
    assert data.y.dtype.kind == "i"
    np.testing.assert_array_equal(np.bincount(data.y), [178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
    assert data.x.sum() * 16 == 561718
    assert (len(data.train), len(data.test), data.image) == (1437, 360, (8, 8))


def test_the_digits_come_with_their_source_and_licence():
    folder = resources() / "data"
    told = (folder / "README.md").read_text(encoding="utf-8")
    assert "Alpaydin" in told
    assert "Attribution 4.0" in told
    assert "scikit-learn developers" in (folder / "LICENSE-scikit-learn.txt").read_text(encoding="utf-8")
    assert {path.name for path in folder.iterdir()} >= {"digits.csv.gz", "README.md", "LICENSE-scikit-learn.txt"}


def test_a_split_depends_on_its_seed_alone_and_holds_every_row_once():
    a, b, c = digits(seed=1), digits(seed=1), digits(test=0.5, seed=2)
    np.testing.assert_array_equal(a.train, b.train)
    assert sorted(np.concatenate((c.train, c.test))) == list(range(1797))
    assert (len(c.train), len(c.test)) == (898, 899)
    assert (a.test != digits(seed=3).test).any()


@pytest.mark.parametrize("slug", DATA_SETS)
def test_every_data_set_is_the_same_each_time_and_has_all_its_classes(slug):
    data, again = (DATA_SETS.read(f"{slug}:seed=4").data() for _ in range(2))
    np.testing.assert_array_equal(data.x, again.x)
    np.testing.assert_array_equal(data.train, again.train)
    assert sorted(set(data.y.tolist())) == list(range(len(data.classes)))
    other = DATA_SETS.read(f"{slug}:seed=5").data()
    assert not np.array_equal(data.train, other.train)


@pytest.mark.parametrize("slug", ["spirals:arms=3,noise=0", "moons:noise=0", "circles:noise=0", "xor:noise=0"])
def test_points_without_noise_lie_where_their_rule_says(slug):
    data = DATA_SETS.read(slug).data()
    x, y = data.x, data.y
    radius = np.hypot(*x.T)
    if slug.startswith("spirals"):
        turned = np.arctan2(x[:, 1], x[:, 0]) / (2 * np.pi) - radius - y / 3
        np.testing.assert_allclose(turned, np.round(turned), atol=1e-9)
    elif slug.startswith("circles"):
        np.testing.assert_allclose(radius, np.where(y == 1, 0.5, 1.0))
    elif slug.startswith("xor"):
        assert ((x[:, 0] * x[:, 1] < 0) == y).all()
    else:
        centre = np.where(y[:, None] == 1, [1.0, 0.5], [0.0, 0.0])
        np.testing.assert_allclose(np.hypot(*(x * 1.5 + [0.5, 0.25] - centre).T), 1.0)


def test_parts_of_the_data():
    data = digits().first(train=500, test=0)
    np.testing.assert_array_equal(data.train, digits().train[:500])
    assert not len(data.test)
    judged = data.validating(0.2)
    assert (len(judged.train), len(judged.test)) == (400, 100)
    assert set(judged.train) | set(judged.test) == set(data.train), "what is for testing is not looked at"
    small = judged.compacted()
    assert small.x.shape == (500, 64)
    np.testing.assert_array_equal(small.x[small.test], judged.x[judged.test])
    np.testing.assert_array_equal(small.y[small.train], judged.y[judged.train])
    with pytest.raises(Problem, match="1437"):
        digits().first(train=1438)


def test_standardizing_goes_by_what_is_trained_with():
    x = np.random.default_rng(0).normal(3.0, 5.0, (300, 3)) * [1.0, 1e6, 0.0]
    data = Data.split(x, np.arange(300) % 2, 0.3).standardized()
    trained = data.x[data.train]
    np.testing.assert_allclose(trained.mean(axis=0), 0.0, atol=1e-9)
    np.testing.assert_allclose(trained.std(axis=0), [1.0, 1.0, 0.0], rtol=1e-9)


@pytest.mark.parametrize(
    "about",
    [
        {"x": np.zeros((3, 2, 2))},
        {"x": np.full((3, 2), np.inf)},
        {"y": [0, 1]},
        {"y": [0, 1, -1]},
        {"y": [0.0, 1.0, 0.5]},
        {"y": [0, 1, 5000]},
        {"test": 1.0},
        {"test": 0.9},
    ],
    ids=str,
)
def test_what_cannot_be_learnt_from_is_refused(about):
    with pytest.raises(Problem):
        Data.split(**({"x": np.zeros((3, 2)), "y": [0, 1, 1]} | about))


# ── Tables ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def table(tmp_path):
    def written(text, encoding="utf-8"):
        path = tmp_path / "own.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return written


GOOD = "width,kind,height\n1,oak,2\n3,elm,4\n5,oak,6\n7,ash,9\n2,elm,3\n"


def test_a_table_is_read_by_the_names_of_its_columns(table):
    path = table(GOOD)
    data = read_table(path, "kind", standardize=False, test=0.2)
    assert columns(path) == ("width", "kind", "height")
    assert data.classes == ("ash", "elm", "oak")
    assert data.features == ("width", "height")
    np.testing.assert_array_equal(data.x, [[1, 2], [3, 4], [5, 6], [7, 9], [2, 3]])
    np.testing.assert_array_equal(data.y, [2, 1, 2, 0, 1])
    assert (len(data.train), len(data.test)) == (4, 1)
    assert read_table(path, "kind").x[data.train].mean() == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_columns_may_be_parted_otherwise_and_classes_be_numbers(table, delimiter):
    text = "\ufeffa,b\r\n0.5,10\r\n\r\n1.5,9\r\n2.5,10\r\n".replace(",", delimiter)
    data = read_table(table(text), standardize=False, test=0)
    assert data.classes == ("9", "10"), "in the order of numbers"
    np.testing.assert_array_equal(data.x[:, 0], [0.5, 1.5, 2.5])


@pytest.mark.parametrize(
    ("text", "target", "told"),
    [
        (GOOD.replace("7,ash", "seven,ash"), "kind", "“own.csv”, line 5, column “width”: “seven” is not"),
        (GOOD.replace("9", ""), "kind", "line 5, column “height”: “” is not a finite number"),
        (GOOD.replace("9", "inf"), "kind", "line 5, column “height”: “inf”"),
        (GOOD.replace("ash", " "), "kind", "line 5, column “kind”: the class is missing"),
        (GOOD.replace("3,elm,4", "3,elm"), "kind", "line 3: there are 2 columns here; the first line names 3"),
        (GOOD, "species", "no column “species”; it has width, kind, height"),
        (GOOD.replace("elm", "oak").replace("ash", "oak"), "kind", "1 different values"),
        ("a,a\n1,2\n", "", "name of its own, not “a”"),
        ("a,\n1,2\n", "", "name of its own, not “”"),
        ("alone\n1\n", "", "2 to"),
        ("", "", "2 to"),
        ("a,b\n", "", "no rows"),
        ('a,b\n1,"2\n', "", "column|class|row|different"),
        ("a,b\n1\0,2\n3,4\n", "", "line 2, column “a”"),
    ],
    ids=lambda value: None if "\n" in value else value[:30],
)
def test_what_is_wrong_with_a_table_is_told_with_line_and_column(table, text, target, told):
    with pytest.raises(Problem, match=told):
        read_table(table(text), target)


def test_a_table_that_is_no_text_or_not_there_is_refused(table, tmp_path):
    with pytest.raises(Problem, match="UTF-8"):
        read_table(table("größe,b\n1,2\n", "latin-1"))
    with pytest.raises(Problem, match="cannot be read"):
        read_table(tmp_path / "nothing.csv")
    with pytest.raises(Problem, match="cannot be read"):
        read_table(tmp_path)


# ── IDX ──────────────────────────────────────────────────────────────────────────────────────────────────


def idx(array, kind=8):
    head = bytes((0, 0, kind, array.ndim)) + b"".join(size.to_bytes(4, "big") for size in array.shape)
    return head + array.astype(np.uint8).tobytes()


IMAGES = np.arange(6 * 3 * 4).reshape(6, 3, 4) * 3
LABELS = np.array([0, 1, 2, 1, 0, 2])


@pytest.fixture
def folder(tmp_path):
    """Writes files with the bytes given; a name that ends in .gz is compressed."""

    def written(name="set", **files):
        place = tmp_path / name
        place.mkdir(exist_ok=True)
        for key, content in files.items():
            part, kind, gz = re.fullmatch("(.*?)_(images|labels)(_gz)?", key).groups()
            path = place / f"{part}-{kind}-idx{3 if kind == 'images' else 1}-ubyte{'.gz' if gz else ''}"
            path.write_bytes(gzip.compress(content) if gz else content)
        return place

    return written


@pytest.mark.parametrize("gz", ["", "_gz"])
def test_a_folder_of_idx_files_is_read(folder, gz):
    place = folder(**{f"train_images{gz}": idx(IMAGES), f"train_labels{gz}": idx(LABELS)})
    data = read_idx_folder(place, test=0.5)
    np.testing.assert_array_equal(data.x, IMAGES.reshape(6, 12) / 255)
    np.testing.assert_array_equal(data.y, LABELS)
    assert (data.image, data.classes, len(data.test)) == ((3, 4), ("0", "1", "2"), 3)
    assert read_idx_folder(place, test=0.5) is data, "it is kept"
    assert read_idx_folder(place, most=4).x.shape == (4, 12)


def test_a_second_pair_is_for_testing(folder):
    place = folder(
        train_images=idx(IMAGES), train_labels=idx(LABELS), t10k_images=idx(IMAGES[:2]), t10k_labels=idx(LABELS[:2])
    )
    data = read_idx_folder(place)
    assert len(data.x) == 8
    np.testing.assert_array_equal(data.train, range(6))
    np.testing.assert_array_equal(data.test, [6, 7])


def test_fashion_has_names(folder):
    labels = np.array([9, 1, 2, 1, 0, 2])
    data = read_idx_folder(folder("Fashion-MNIST", train_images=idx(IMAGES), train_labels=idx(labels)))
    assert data.classes == FASHION


def test_a_changed_file_is_read_again(folder):
    import os

    place = folder(train_images=idx(IMAGES), train_labels=idx(LABELS))
    first = read_idx_folder(place)
    folder(train_images=idx(255 - IMAGES))
    os.utime(place / "train-images-idx3-ubyte", ns=(1, 1))
    np.testing.assert_allclose(read_idx_folder(place).x, 1 - first.x)


GZ = gzip.compress(idx(IMAGES))


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"train_images": idx(IMAGES)[:-1]}, "“train-images-idx3-ubyte” is cut short"),
        ({"train_images": idx(IMAGES)[:9]}, "cut short"),
        ({"train_labels": idx(LABELS)[:-2]}, "“train-labels-idx1-ubyte” is cut short"),
        ({"train_images": b""}, "no IDX file of images"),
        ({"train_images": idx(LABELS)}, "no IDX file of images: it begins with 00 00 08 01 instead of 00 00 08 03"),
        ({"train_labels": idx(IMAGES)}, "no IDX file of labels"),
        ({"train_images": idx(IMAGES, kind=13)}, "00 00 0d 03"),
        ({"train_images": b"<html>not found"}, "no IDX file"),
        ({"train_images": idx(IMAGES) + b"x"}, "goes on"),
        ({"train_labels": idx(LABELS[:5])}, "has 6 images, but .* 5 labels"),
        ({"train_images": bytes((0, 0, 8, 3)) + b"\xff" * 12}, "says that it holds"),
        ({"train_images": idx(np.zeros((2, 300, 1)))}, "300 × 1 pixels"),
        ({"t10k_images": idx(IMAGES)}, "labels of “t10k” are missing"),
        ({"t10k_images": idx(IMAGES[:, :2]), "t10k_labels": idx(LABELS)}, "pixels"),
        (
            {f"{part}_{kind}": idx(a) for part in "ab" for kind, a in (("images", IMAGES), ("labels", LABELS))},
            "3 sets",
        ),
    ],
    ids=lambda value: None if isinstance(value, dict) else value[:30],
)
def test_what_is_wrong_with_idx_files_is_told_in_a_sentence(folder, files, told):
    place = folder(**({"train_images": idx(IMAGES), "train_labels": idx(LABELS)} | files))
    with pytest.raises(Problem, match=told):
        read_idx_folder(place)


def test_a_damaged_archive_is_told(folder, tmp_path):
    place = folder(train_labels=idx(LABELS))
    for content, told in ((GZ[:-12], "cut short"), (idx(IMAGES), "not a gzip file"), (GZ[:12], "cut short")):
        (place / "train-images-idx3-ubyte.gz").write_bytes(content)
        with pytest.raises(Problem, match=told):
            read_idx_folder(place)


def test_a_folder_without_idx_files_is_told(tmp_path):
    with pytest.raises(Problem, match="has no IDX files"):
        read_idx_folder(tmp_path)
    with pytest.raises(Problem, match="cannot be read"):
        read_idx_folder(tmp_path / "nowhere")
