"""What words are: tokens, stems, parts of compounds, languages."""

import pytest

from traff.ground.core.grams import grams, likeness
from traff.ground.core.language import forms, language_of, parts_of, possible_parts, stem, stemmed, tokens, words


def test_identifiers_stay_whole_and_come_in_parts():
    assert tokens("Se Nat.add_comm, C++ och e-post.") == ["Se", "Nat.add_comm", "C++", "och", "e-post"]
    assert {"nat.add_comm", "nat", "add", "comm"} <= set(forms("Nat.add_comm", "en"))
    assert words("userName e-post") == ["user", "name", "e", "post"]


def test_stems_follow_the_language_and_both_when_unsure():
    assert "migrering" in forms("migreringen", "sv")
    assert "run" in forms("running", "en")
    assert {"migrering", "migreringen"} <= set(forms("migreringen", ""))


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("kundreferens", ("kund", "referens")),
        ("verksamhetsplan", ("verksamhet", "plan")),
        ("skolgård", ("skola", "gård")),
        ("källkritik", ("källa", "kritik")),
        ("referens", ()),
    ],
)
def test_a_compound_splits_where_both_parts_are_attested(word, parts):
    attested = {"kund", "referens", "verksamhet", "plan", "skola", "gård", "källa", "kritik"}
    assert parts_of(word, attested) == parts
    assert set(parts) <= possible_parts([word])


def test_languages_are_told_by_their_commonest_words_and_short_texts_are_left_open():
    assert language_of("Hur flyttar vi allt till molnet, och vad är det som inte går?") == "sv"
    assert language_of("How do we move the whole of it, and what is the risk that you see?") == "en"
    assert language_of("Wie können wir die Anlage umziehen, ohne dass der Betrieb stillsteht?") == "de"
    assert language_of("ok", unsure="sv") == "sv"
    assert language_of("```\nthe and of is that\n```") == ""


def test_names_are_found_in_any_inflection():
    for one, other in (
        ("lampan", "lampor"),
        ("golvet", "golven"),
        ("rummet", "rum"),
        ("kontoret", "kontor"),
        ("nyckelns", "nycklar"),
    ):
        assert stem(one, "sv") == stem(other, "sv"), "an article is taken off where Snowball leaves it"
    assert stem("kvaliteten", "sv") == stem("kvalitet", "sv")
    assert stem("market", "en") == "market", "in Swedish alone"
    assert stemmed("Molnmigreringar", "sv") == stemmed("molnmigrering", "sv")
    assert stemmed("e-post", "sv") == stemmed("e post", "sv")


def test_letters_meet_what_is_misspelt():
    texts = [grams("Molnmigrering", "till nya servrar"), grams("Sommarfest", "med korv och saft")]
    near, far = likeness(grams("", "molnmigrerign av servrarna"), texts)
    assert near > 2 * far
    assert len(grams("", "ord " * 5000)) <= 2048
    assert likeness(grams("", ""), texts).tolist() == [0, 0]
