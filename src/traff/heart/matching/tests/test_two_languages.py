"""A Swedish question meets English experience, through what the names of concepts taught, in the asker's words."""

from typing import Any

import pytest

from traff.ground.accounts.models import Person
from traff.ground.core.language import stem
from traff.ground.search.translations import learn, meanings
from traff.ground.search.vocabulary import Candidate, keep_many
from traff.heart.matching.evaluate.pairs import Found, told
from traff.heart.matching.similar import similar
from traff.heart.matching.tests.told import article, case, everyday

NAMES = {
    "vattenpump": "water pump", "vattenrening": "water purification", "regnvatten": "rain water", "oljepump": "oil pump",
    "regnrock": "rain coat", "vakuumpump": "vacuum pump", "ventil": "valve", "glykol": "glycol",
    "pump och ventil": "pump and valve",
}  # fmt: skip
ASKED = "Våra ventiler fryser varje vinter vid vattenpumpen. Har någon värmt en ventil med glykol?"


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


def test_a_swedish_question_meets_an_english_case_by_its_own_words(vocabulary: Any, astrid: Person) -> None:
    learn()
    hits = {hit.entry.subject_id: hit for hit in similar(astrid, ASKED, title="Frusna ventiler")}
    assert vocabulary.pk in hits
    assert {"ventiler", "ventil"} & set(hits[vocabulary.pk].reasons)
    assert 0 < hits[vocabulary.pk].coverage <= 1


def test_pairs_are_told_by_the_way_they_were_asked() -> None:
    lines = list(told([Found("a", "sv", True, 2, 0, ("ventil",)), Found("a", "en", False, 0, 11, ())]))
    assert any(line.startswith("sv finds en      similar  R@10 1.000") for line in lines)
    assert any(line.startswith("all              search   R@10 0.000") for line in lines)
