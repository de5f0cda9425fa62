"""Scales of charts: values lie where they should, and round ones are marked."""

import itertools
import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from optisim.canvas.charts.charts import Envelope
from optisim.canvas.scales import DECADES, Scale, linear_scale, log_scale, number_text, power_text

ANY = st.floats(allow_nan=True, allow_infinity=True)


def value_of(text):
    """The number that a tick shows."""
    power = re.fullmatch(r"(?:(.+)·)?10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", text)
    if power is None:
        return float(text.replace("−", "-"))
    exponent = power[2].translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
    return float(f"{power[1] or 1}e{exponent}")


# ── Scales ───────────────────────────────────────────────────────────────────────────────────────────────


def test_equal_ratios_are_equally_far_apart_on_a_logarithmic_scale():
    values = np.array([1e-4, 1e-2, 1.0, 100.0])
    places = log_scale(values, values).places(values)
    np.testing.assert_allclose(np.diff(places), np.diff(places)[0], rtol=1e-12)
    assert 0 < places[0] < places[-1] < 1


def test_equal_differences_are_equally_far_apart_on_a_linear_scale():
    values = np.array([-3.0, -1.0, 1.0, 3.0])
    scale = linear_scale(values)
    assert scale.kind == "linear"
    np.testing.assert_allclose(np.diff(scale.places(values)), np.diff(scale.places(values))[0], rtol=1e-12)


def test_a_symmetric_scale_keeps_signs_apart_and_ticks_zero():
    values = np.array([-1e9, -10.0, -1.0, 0.0, 1.0, 2.0, 5.0, 3.0])
    scale = linear_scale(values)
    assert scale.kind == "symmetric"
    order = np.argsort(values)
    assert (np.diff(scale.places(values)[order]) > 0).all()
    ticks = scale.ticks(5)
    assert "0" in [tick.text for tick in ticks]
    assert scale.places(np.array(0.0)) == pytest.approx(next(tick.place for tick in ticks if tick.text == "0"))
    assert any(tick.text.startswith("−10") for tick in ticks)


def test_a_curve_that_flies_away_does_not_press_the_others_to_the_bottom():
    values = np.array([5.0, 1.0, 0.1, 1e30, np.inf])
    scale = log_scale(values, first=np.array([5.0]))
    assert scale.places(np.array([1e30]))[0] > 1
    assert np.diff(scale.places(np.array([0.1, 5.0])))[0] > 0.2


def test_values_below_double_precision_do_not_stretch_the_scale():
    values = np.array([1.0, 1e-300])
    assert log_scale(values, values).high - log_scale(values, values).low < 1.2 * DECADES


@given(arrays.arrays(np.float64, 6, elements=ANY))
def test_any_values_get_a_scale_with_finite_ends_and_ticks_inside(values):
    for scale in (linear_scale(values), log_scale(values, values[:2])):
        assert math.isfinite(scale.low)
        assert scale.low < scale.high
        if scale.high - scale.low < 1e300:
            for tick in scale.ticks(5):
                assert -1e-6 <= tick.place <= 1 + 1e-6


@pytest.mark.parametrize("value", [0.0, 3.0, -2.5, 1e-12])
def test_constant_values_lie_in_the_middle(value):
    values = np.full(5, value)
    assert linear_scale(values).places(values) == pytest.approx(0.5)
    if value > 0:
        assert log_scale(values, values).places(values) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("scale", "texts"),
    [
        (Scale("linear", -1.1, 1.1), ["−1", "−0.5", "0", "0.5", "1"]),
        (Scale("linear", 0.0, 30.0), ["0", "10", "20", "30"]),
        (Scale("log", -6.2, 1.3), ["10⁻⁶", "10⁻⁴", "10⁻²", "10⁰"]),
        (Scale("log", -1.1, 0.9), ["0.1", "0.3", "1", "3"]),
        (Scale("log", -0.1, 0.8), ["1", "2", "5"]),
    ],
)
def test_ticks_are_round(scale, texts):
    assert [tick.text for tick in scale.ticks(4 if scale.kind == "log" else 5)] == texts


@given(low=st.floats(-15, 12), width=st.floats(0.2, 16), most=st.integers(2, 8))
def test_ticks_of_a_logarithmic_scale_lie_where_their_texts_say(low, width, most):
    scale = Scale("log", low, low + width)
    ticks = scale.ticks(most)
    assert ticks
    for tick in ticks:
        assert scale.places(np.array([value_of(tick.text)]))[0] == pytest.approx(tick.place, abs=1e-4)
    assert all(a.place < b.place for a, b in itertools.pairwise(ticks))


def test_numbers_have_true_minus_signs_and_superscripts():
    assert [number_text(v) for v in (0, -0.0, 0.05, -20, 3e6, -1e-7, 1e5)] == [
        *("0", "0", "0.05", "−20", "3·10⁶", "−10⁻⁷", "10⁵"),
    ]
    assert (power_text(-12), power_text(0)) == ("10⁻¹²", "10⁰")


# ── Long curves ──────────────────────────────────────────────────────────────────────────────────────────


@given(
    values=arrays.arrays(np.float64, st.integers(1, 400), elements=st.floats(-1e9, 1e9) | st.just(np.nan)),
    columns=st.integers(5, 40),
    parts=st.lists(st.integers(1, 400), max_size=5),
)
def test_an_envelope_that_grows_spans_what_its_rows_do(values, columns, parts):
    rows = 400
    envelope = Envelope(rows, columns)
    for end in sorted({min(part, len(values)) for part in parts} | {len(values)}):
        centres, low, high = envelope.extend(values[:end])
    of_row = np.arange(len(values)) * columns // rows
    assert len(centres) == len(low) == len(high) == of_row[-1] + 1
    for column in range(of_row[-1] + 1):
        inside = values[of_row == column]
        if np.isnan(inside).all():
            assert np.isnan(low[column])
        else:
            assert (low[column], high[column]) == (np.nanmin(inside), np.nanmax(inside))
        span = np.flatnonzero(np.arange(rows) * columns // rows == column)
        assert centres[column] == span.mean()


def test_no_spike_is_lost():
    values = np.zeros(100_001)
    values[[77, 50_000, 99_999]] = 5.0
    _, low, high = Envelope(100_001, 300).extend(values)
    assert (high == 5.0).sum() == 3
    assert (low == 0.0).all()
