"""Share strings: a scenario as a line of text that survives chats and mails."""

import base64
import contextlib
import hashlib
import json
import re
import textwrap
import zlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import optisim
from optisim import Past, Problem, Run, Scenario, chapter_scenario
from optisim.core.documents import sharing
from optisim.core.documents.kinds import MAX_FILE, to_json
from optisim.core.documents.sharing import from_share, is_share, to_share
from optisim.core.race.scenario import make_scenario
from optisim.core.surfaces import SURFACES, own_surface
from tests.core.strategies import any_scenario
from tests.fast import examples

CHAPTER = "optisim:1ePnupYscG60SRquE0SphtEoYrRJGqwRolQAArIn9yw"
RICH = (
    "optisim:1ePnupYsczZjLCsIwEEV_pbgQlAbayWPstxiQ2hZcFF0F7cJ_N5MGbaN9iAquQhaBhMzcM_d-goQeDvK1BYKlAbGwWQV"
    "I4LGIGVhdliMgcGymb2EEaOHZHKJhZl4JvcBSPrghIBOZQqBk3QNEdgGS0lGW0E23zo8FNEEcoMkspQUeaO2g8kxH450UH99ouec"
    "RpB0OhopJG7lXShtRqUQb5BuMlpE2kKTFxS3l4kW6C2Nu7vfAuU5oQ22bID9UecnmmBn4opmxT22OxT2pp319Ou-cIWzjcirXPxo"
    "8_Og7pi1ODwNp4THaBr4B7CFnRw"
)


def packed(text, format="1", words=sharing._WORDS):
    """Any text the way share strings are made."""
    packer = zlib.compressobj(zdict=words) if words else zlib.compressobj()
    data = packer.compress(text.encode()) + packer.flush()
    return f"optisim:{format}" + base64.urlsafe_b64encode(data).decode().rstrip("=")


# ── For ever ─────────────────────────────────────────────────────────────────────────────────────────────


def test_strings_of_the_first_day_open_for_ever():
    """They are in mails and chats by now; should this fail, the reader has to change, not the strings."""
    assert from_share(CHAPTER) == replace(chapter_scenario(), surface=SURFACES["bowl"])
    surface = own_surface("a*x^2 + sin(y)^2", optisim.Domain(-3, 4, -2, 2.5))
    surface = surface.with_parameter(optisim.Parameter("a", 0.3, -1.0, 4.0))
    fast, slow = optisim.Momentum(lr=0.123, momentum=0.97), optisim.Momentum(lr=0.01)
    schedule = optisim.SCHEDULES.read("cosine:end=0.01,warmup=7")
    rich = Scenario(
        replace(surface, log=True),
        starts=((1.25, -0.5), (1e-3, 2.0)),
        runs=(
            Run(fast, "#0072B2", "star", label="学习率 & “x”", schedule=schedule, stream=3, past=(Past(12, slow),)),
            Run(optisim.Lookahead.over(optisim.SAM.over(optisim.Adam))(lr=0.2), visible=False, ghost=True),
        ),
        steps=77,
        noise=optisim.Gaussian(sigma=0.25, fading=0.5),
        seed=2**32 - 1,
        seeds=5,
        bookmarks=(3, 70),
    )
    assert from_share(RICH) == rich


def test_the_dictionary_is_frozen():
    digest = hashlib.sha256(sharing._WORDS).hexdigest()
    assert digest == "dca31ccb8685dc07dc94cdffb39ab4c601b37c7a70adca80ff42a859f248efea"


# ── There and back ───────────────────────────────────────────────────────────────────────────────────────


@settings(max_examples=examples(80), deadline=None)
@given(any_scenario)
def test_a_scenario_survives_being_shared(scenario):
    text = to_share(scenario)
    assert from_share(text) == scenario
    assert re.fullmatch(r"optisim:1[A-Za-z0-9_-]+", text), "something that chats or addresses would change"
    assert is_share(text)
    assert len(text) < len(to_json(scenario))


def test_usual_scenarios_are_short():
    assert len(to_share(chapter_scenario())) < 80
    for surface in optisim.SURFACES.values():
        assert len(to_share(chapter_scenario(surface))) < 300
    assert (
        len(
            to_share(
                make_scenario(optisim.SURFACES["himmelblau"], [kind() for kind in optisim.OPTIMIZERS.values()])
            )
        )
        < 600
    )


def test_a_string_without_the_dictionary_opens_as_well():
    """As one has it that another program made with no more than zlib and base64."""
    assert from_share(packed(to_json(chapter_scenario()), words=None)) == chapter_scenario()


WRAPPED = {
    "white space around": lambda text: f"\n  {text}\t\r\n",
    "quotes": lambda text: f"“{text}”",
    "code": lambda text: f"`{text}`",
    "angle brackets": lambda text: f"<{text}>",
    "a mail's lines": lambda text: "\r\n".join(textwrap.wrap(text, 20)),
    "a quoted mail's lines": lambda text: "> " + "\n> ".join(textwrap.wrap(text, 20)),
    "marks that nobody sees": lambda text: "\ufeff" + "\u200b".join(textwrap.wrap(text, 20)),
    "padding": lambda text: text + "=" * (-len(text.removeprefix("optisim:1")) % 4),
}


@pytest.mark.parametrize("change", WRAPPED.values(), ids=WRAPPED)
def test_what_mails_and_chats_do_to_a_string_does_not_matter(change):
    for text in (CHAPTER, RICH):
        assert change(text) != text
        assert from_share(change(text)) == from_share(text)
        assert is_share(change(text))


# ── What is none ─────────────────────────────────────────────────────────────────────────────────────────

NESTED = packed("[" * 100_000)
HOSTILE = {
    "nothing": "",
    "the name alone": "optisim:",
    "no letters": "optisim:1",
    "other text": "Have a look at this race.",
    "a file": to_json(chapter_scenario()),
    "another scheme": CHAPTER.replace("optisim", "https"),
    "other letters": CHAPTER[:20] + "é" + CHAPTER[21:],
    "the other base64": CHAPTER[:20] + "+/" + CHAPTER[22:],
    "a letter too many": CHAPTER + "A",
    "two of them": CHAPTER + CHAPTER,
    "something behind it": "optisim:1" + "A" * 4 + CHAPTER.removeprefix("optisim:1"),
    "other words": packed(to_json(chapter_scenario()), words=b"sgd"),
    "no JSON": packed("hello"),
    "other JSON": packed(json.dumps({"format": "x", "version": 3})),
    "no text": packed("\udcff".encode("utf-8", "surrogateescape").decode("latin-1")),
    "deep": NESTED,
    "a bomb": packed(" " * 200_000_000),
    "a bomb with a scenario in it": packed(to_json(chapter_scenario()) + " " * MAX_FILE),
    "very long": CHAPTER + "A" * MAX_FILE,
    "white space": " " * 10 * MAX_FILE,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_string_gets_one_sentence(text):
    with pytest.raises(Problem) as told:
        from_share(text)
    assert str(told.value).endswith(".")
    assert "\n" not in str(told.value)
    assert len(str(told.value)) < 200


@pytest.mark.slow
def test_no_more_is_unpacked_than_a_scenario_can_be():
    import tracemalloc

    bomb = packed(" " * 500_000_000)
    assert len(bomb) < MAX_FILE
    tracemalloc.start()
    try:
        with pytest.raises(Problem):
            from_share(bomb)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 20 * MAX_FILE


def test_a_string_of_a_newer_format_or_version_is_told_from_a_broken_one():
    newer = json.loads(to_json(chapter_scenario())) | {"version": 99, "surface": "something we cannot know yet"}
    for text in (packed("anything", format="2"), packed(json.dumps(newer))):
        with pytest.raises(Problem, match="newer"):
            from_share(text)
        assert is_share(text)


def test_a_string_cut_off_anywhere_or_with_another_letter_is_told():
    """The letters end with a check of all that is packed."""
    for length in range(len(RICH) - 1):
        with pytest.raises(Problem):
            from_share(RICH[:length])
    for at in range(len("optisim:1"), len(RICH) - 1):  # of the last letter not every bit counts
        for letter in "Aq7_":
            changed = RICH[:at] + letter + RICH[at + 1 :]
            with contextlib.suppress(Problem):  # or else the letter says nothing that counts, as of the window
                assert from_share(changed) == from_share(RICH)


@settings(max_examples=examples(300), deadline=None)
@given(st.text(max_size=40) | st.binary(max_size=60).map(lambda data: packed(data.decode("latin-1"))))
def test_any_other_text_is_told(text):
    for tried in (text, "optisim:1" + text):
        with pytest.raises(Problem):
            from_share(tried)


def test_an_optimizer_that_is_not_there_is_named():
    data = json.loads(to_json(chapter_scenario()))
    data["runs"][0]["optimizer"] = "tiger"
    with pytest.raises(Problem, match="tiger"):
        from_share(packed(json.dumps(data)))


def test_only_what_begins_like_one_sets_out_to_be_a_share_string():
    for text in (
        "",
        "optisim",
        "optisim:",
        "optisim: see below",
        "x" + CHAPTER,
        to_json(chapter_scenario()),
        "bowl",
    ):
        assert not is_share(text)
    assert is_share("optisim:1damaged")


@pytest.mark.parametrize("around", ["({})", "**{}**", "「{}」", "{}.", "see {}"[4:] + ",", "\u2060{}\u00ad"])
def test_a_string_is_read_as_chats_and_mails_leave_it(around):
    text = to_share(chapter_scenario())
    assert from_share(around.format(text)) == chapter_scenario()
    assert from_share(text.replace("optisim", "OptiSim")) == chapter_scenario()
