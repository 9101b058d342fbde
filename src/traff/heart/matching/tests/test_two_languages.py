"""A Swedish question meets English experience: through our list of words, and what the names of concepts taught."""

from typing import Any

import pytest

from traff.ground.accounts.models import Person
from traff.ground.core.language import stem
from traff.ground.search.concepts import keep
from traff.ground.search.findable import ConceptDraft
from traff.ground.search.searching import search
from traff.ground.search.translations import learn, meanings
from traff.ground.search.vocabulary import Candidate, keep_many
from traff.heart.matching.evaluate.pairs import Found, told
from traff.heart.matching.reasons import spoken
from traff.heart.matching.similar import similar
from traff.heart.matching.tests.told import QUESTION, article, case, circle, everyday

NAMES = {
    "vattenpump": "water pump", "vattenrening": "water purification", "regnvatten": "rain water", "oljepump": "oil pump",
    "regnrock": "rain coat", "vakuumpump": "vacuum pump", "ventil": "valve", "glykol": "glycol",
    "pump och ventil": "pump and valve",
}  # fmt: skip
ASKED = "Våra ventiler fryser varje vinter vid vattenpumpen. Har någon värmt en ventil med glykol?"


def subjects(hits: Any) -> set[int]:
    return {hit.entry.subject_id for hit in hits}


@pytest.fixture
def vocabulary(house: dict[str, Any], bjorn: Person, cecilia: Person) -> Any:
    everyday(cecilia)
    article(cecilia, "Ventilation", "<p>Ventilationen i matsalen är ur funktion och lunchen serveras därför i lilla salen.</p>")
    keep_many([Candidate(label=en, label_sv=sv) for sv, en in NAMES.items()])
    return case(bjorn)


def test_words_are_learnt_from_the_parts_that_names_share(vocabulary: Any) -> None:
    assert learn() > 0
    pump, valve = stem("pump", "sv"), stem("valve", "en")
    assert meanings([pump], "sv")[pump][0][0] == "pump", "no name is that word alone"
    assert meanings([valve], "en")[valve][0][0] == stem("ventil", "sv")


@pytest.fixture
def english_case(house: dict[str, Any], bjorn: Person, cecilia: Person) -> Any:
    everyday(cecilia)
    article(cecilia, "Ventilation", "<p>Ventilationen i matsalen är ur funktion och lunchen serveras därför i lilla salen.</p>")
    return case(bjorn)


def test_a_swedish_question_meets_an_english_case_and_the_reason_says_how(english_case: Any, astrid: Person) -> None:
    hits = {hit.entry.subject_id: hit for hit in similar(astrid, ASKED, title="Frusna ventiler")}
    assert english_case.pk in hits, "no vocabulary was imported and nothing learnt"
    hit = hits[english_case.pk]
    assert set(hit.reasons) == {"ventiler = valves", "frusna = froze"}
    assert 0 < hit.coverage <= 1
    assert "<mark>" in hit.evidence.sentence


def test_an_english_question_meets_swedish_work(house: dict[str, Any], bjorn: Person, cecilia: Person, astrid: Person) -> None:
    everyday(cecilia)
    theirs = article(
        bjorn, "Frusna ventiler", "<p>Ventilerna på pumpstationen frös varje vinter tills vi lade en slinga med glykol.</p>"
    )
    hits = {hit.entry.subject_id: hit for hit in similar(astrid, QUESTION)}
    assert any(reason.endswith("= ventilerna") for reason in hits[theirs.pk].reasons)


def test_a_word_of_ones_own_field_is_met_once_the_vocabulary_taught_it(vocabulary: Any, astrid: Person) -> None:
    asked = "Har någon kört glykol i en slinga året om?"
    assert not any("glykol" in reason for hit in similar(astrid, asked) for reason in hit.reasons)
    learn()
    assert any("glykol = glycol" in hit.reasons for hit in similar(astrid, asked) if hit.entry.subject_id == vocabulary.pk)


def test_a_typed_word_finds_the_other_language_and_the_page_says_why(english_case: Any, astrid: Person, client: Any) -> None:
    [hit] = [hit for hit in search(astrid, "frusna ventiler").hits if hit.entry.subject_id == english_case.pk]
    assert sorted(hit.means) == ["frusna = froze", "ventiler = valves"]
    assert "<mark>valves</mark>" in f"{hit.title} {hit.sentence}"
    client.force_login(astrid)
    page = client.get("/search/", {"q": "frusna ventiler"}).content.decode()
    assert "ventiler = valves" in page


def test_of_a_few_typed_words_the_other_language_must_hold_them_all(english_case: Any, astrid: Person) -> None:
    assert english_case.pk not in {hit.entry.subject_id for hit in search(astrid, "ventiler traktor").hits}
    assert english_case.pk not in {hit.entry.subject_id for hit in search(astrid, '"frusna ventiler"').hits}, (
        "a phrase is a phrase"
    )


def test_what_one_may_not_read_is_not_found_in_the_other_language(english_case: Any, bjorn: Person, astrid: Person) -> None:
    hidden = case(bjorn, group=circle(bjorn))
    found = [*search(astrid, "frusna ventiler").hits, *similar(astrid, ASKED, title="Frusna ventiler")]
    assert english_case.pk in subjects(found) and hidden.pk not in subjects(found)
    assert hidden.pk in subjects(search(bjorn, "frusna ventiler").hits)


def test_the_name_of_a_sensitive_matter_is_not_said_in_either_language(english_case: Any, astrid: Person) -> None:
    keep([ConceptDraft("topic", 1, label="valve", label_sv="klaff", is_linking=False, is_sensitive=True)])
    said = [reason for hit in similar(astrid, ASKED, title="Frusna ventiler") for reason in hit.reasons]
    assert said and not any("valve" in reason for reason in said)
    assert spoken(["ventil = valve", "vinter = winter"]) == ["vinter = winter"], "nor what was kept before"
    assert not any("valve" in means for hit in search(astrid, "frusna ventiler").hits for means in hit.means)


def test_pairs_are_told_by_the_way_they_were_asked() -> None:
    lines = list(told([Found("a", "sv", True, 2, 0, ("ventil",)), Found("a", "en", False, 0, 11, ())]))
    assert any(line.startswith("sv finds en      similar  R@10 1.000") for line in lines)
    assert any(line.startswith("all              search   R@10 0.000") for line in lines)


def test_a_translated_hit_may_hold_a_part_of_a_typed_word(astrid: Person, bjorn: Person, cecilia: Person) -> None:
    """ "Pump" stands in it, as a part of "pumpstyrning": that is no typed word met, and not to be scored as one."""
    everyday(cecilia)
    article(bjorn, "Pump", "<p>En pump är en pump, och styrning är något annat.</p>")
    theirs = article(bjorn, "Valves that froze", "<p>The valves by the pump froze every winter until we laid a loop.</p>")
    found = search(astrid, "Pumpstyrning när alla frusna ventiler väntar")
    assert theirs.pk in {hit.entry.subject_id for hit in found.hits}
