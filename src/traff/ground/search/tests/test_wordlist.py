"""Our own list of words in two languages: how it is kept, and how a word in a text is found in it."""

from itertools import pairwise

import pytest

from traff.ground.core.language import stem
from traff.ground.search.wordlist import LIST, meaning, swedish

LETTERS = "abcdefghijklmnopqrstuvwxyzåäö"


def test_a_line_is_a_meaning_with_words_on_both_sides_in_the_order_of_the_alphabet() -> None:
    lines = LIST.read_text(encoding="utf-8").splitlines()
    heads = []
    for line in lines:
        ours, theirs = line.split(" = ")
        for side in (ours.split(", "), theirs.split(", ")):
            assert side and all(word.isalpha() and word.islower() for word in side), line
            assert len(side) == len(set(side)), line
        heads.append([LETTERS.find(letter) for letter in ours.split(", ")[0]])
    assert len(set(lines)) == len(lines) > 3000
    assert all(one <= other for one, other in pairwise(heads))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("pumparna", "pump"),
        ("hörde", "heard"),
        ("vattnet", "water"),
        ("nycklar", "key"),
        ("verkstaden", "workshop"),
        ("hårt", "hard"),
    ],
)
def test_a_swedish_word_is_known_in_its_inflections(said: str, meant: str) -> None:
    assert {meant, stem(meant, "en")} & set(meaning(said, "sv"))


def test_an_english_word_is_looked_for_as_swedish_texts_have_it() -> None:
    floor = meaning("floors", "en")
    assert {stem(word, "sv") for word in ("golv", "golvet", "golven", "golvens")} & set(floor)
    assert stem("vattnet", "sv") in meaning("water", "en")


def test_words_that_only_share_a_stem_are_kept_apart() -> None:
    assert stem("röret", "sv") == stem("rörelse", "sv"), "which is why it matters"
    assert "pipe" in meaning("röret", "sv") and "pipe" not in meaning("rörelse", "sv")
    assert "röret" in meaning("pipe", "en") and not {"rörelsen", "rörde"} & set(meaning("pipe", "en"))
    assert stem("bearing", "en") == stem("bear", "en")
    assert "lager" in meaning("bearings", "en") and "björn" not in meaning("bearings", "en")


def test_what_is_not_in_the_list_has_no_meaning() -> None:
    assert meaning("kvarnbosjön", "sv") == ()
    assert {"kyl", "vatten"} & swedish() == {"kyl", "vatten"}, "parts of a compound nobody wrote apart"
