"""While one types: people first, then topics, then the best hits."""

import pytest

from traff.ground.accounts.models import Block, Person
from traff.ground.search import concepts
from traff.ground.search.completion import complete
from traff.ground.search.findable import ConceptDraft, EntryDraft, index_many
from traff.ground.search.tests.cast import START, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    cast = Cast.gather()
    for name in ("Sofia Lindqvist", "Linda Öberg", "Karl-Erik Lind"):
        person = Person.objects.create(handle=name.split()[0].lower(), name=name)
        index_many([EntryDraft("person", person.pk, name, "", "sv", cast.everyone, [person.pk], START, is_evidence=False)])
    return cast


def people(person, typed):
    return [hit.entry.title for hit in complete(person, typed).people]


def test_any_part_of_a_name_begins_it(cast):
    assert people(cast.astrid, "lind") == ["Karl-Erik Lind", "Linda Öberg", "Sofia Lindqvist"]
    assert people(cast.astrid, "sofia li") == people(cast.astrid, "li sof") == ["Sofia Lindqvist"]
    assert people(cast.astrid, "ober") == ["Linda Öberg"]
    assert people(cast.astrid, "lindkvist") == ["Sofia Lindqvist"]
    assert people(cast.astrid, "l") == []


def test_hits_and_topics_follow_and_closed_topics_do_not(cast):
    cast.write("Grop i röret", "korrosion")
    corrosion = ConceptDraft("topic", 1, label="Corrosion", label_sv="Korrosion")
    concepts.keep([corrosion, ConceptDraft("topic", 2, label="Korruption", is_linking=False)])
    typed = complete(cast.astrid, "korr")
    assert [hit.entry.title for hit in typed.hits] == ["Grop i röret"]
    assert [concept.label for concept in typed.topics] == ["Corrosion"]


def test_who_is_protected_has_left_or_is_parted_is_never_completed(cast):
    Person.objects.filter(handle="sofia").update(is_protected=True)
    Person.objects.filter(handle="karl-erik").update(is_active=False)
    Block.objects.create(blocker=cast.astrid, blocked=Person.objects.get(handle="linda"))
    assert people(cast.astrid, "lind") == people(cast.astrid, "lindkvist") == []


def test_guests_leavers_and_outsiders_are_completed_nothing_they_may_not_read(cast):
    cast.write("Hemligt", "zeppelinare", audience=cast.closed)
    assert [hit.entry.title for hit in complete(cast.gustav, "zeppelinare").hits] == ["Hemligt"]
    assert people(cast.gustav, "lind") == []
    assert complete(cast.astrid, "zeppelin").hits == []
    cast.bjorn.is_active = False
    assert complete(cast.bjorn, "zeppelin").hits == [] and people(cast.bjorn, "lind") == []
