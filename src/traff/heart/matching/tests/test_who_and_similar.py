"""People with evidence and earlier work with its reason; and nothing closed ever moves an outsider's answer."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from traff.ground.accounts.models import Block, Objection
from traff.ground.search.findable import index_many
from traff.ground.search.tests.cast import START, Cast, entry_of
from traff.heart.matching.similar import similar
from traff.heart.matching.who import who

pytestmark = pytest.mark.django_db
LATER = START + timedelta(days=100)  # evidence fades by the second: the same moment for both answers


@pytest.fixture
def cast() -> Cast:
    cast = Cast.gather()
    pump = cast.write("Kavitation i pumpar", "Hur hindrar man kavitation i en pump?", by=cast.cecilia, detail="question")
    cast.write("", "Vi sänkte varvtalet; kavitationen i pumpen försvann.", thread=pump, days=1, detail="question")
    cast.write("Sommarfesten", "Korv och saft vid sjön.", by=cast.cecilia, days=2)
    return cast


def names(people):
    return [knower.person.handle for knower in people]


def test_the_expert_is_found_with_the_message_that_shows_it(cast):
    first = who(cast.astrid, "Pumpen kaviterar, kavitation igen")[0]
    assert first.person == cast.bjorn
    assert "kavitation" in first.reasons
    assert first.evidence[0].title == "Kavitation i pumpar"
    assert "<mark>kavitationen</mark>" in first.evidence[0].sentence


def test_nobody_is_told_about_themselves_nor_those_who_do_not_want_to_be(cast):
    assert "bjorn" not in names(who(cast.bjorn, "kavitation i pumpar"))
    Block.objects.create(blocker=cast.bjorn, blocked=cast.astrid)
    assert "bjorn" not in names(who(cast.astrid, "kavitation i pumpar"))
    Block.objects.all().delete()
    Objection.objects.create(person=cast.bjorn, moment="who")
    assert "bjorn" not in names(who(cast.astrid, "kavitation i pumpar"))
    Objection.objects.all().delete()
    cast.bjorn.is_protected = True
    cast.bjorn.save()
    assert "bjorn" not in names(who(cast.astrid, "kavitation i pumpar"))


def test_what_is_kept_from_evidence_speaks_for_nobody(cast):
    cast.write("Membran", "om membranfilter", is_evidence=False)
    assert who(cast.astrid, "membranfilter") == []
    assert similar(cast.astrid, "membranfilter") == []


def test_the_same_question_asked_before_is_met_with_its_reason(cast):
    best = similar(cast.astrid, "Det låter som kavitation", title="Pump som skakar")[0]
    assert best.evidence.title == "Kavitation i pumpar"
    assert {"kavitation", "pump"} & set(best.reasons)
    own = entry_of(cast.write("Kavitation i pumpar igen", "kavitation", by=cast.astrid, days=5))
    assert own.pk not in [related.entry.pk for related in similar(cast.astrid, entry=own)]


def test_an_earlier_day_is_answered_from_what_stood_then(cast):
    assert who(cast.astrid, "varvtalet", before=START) == []
    assert who(cast.astrid, "kavitation", before=START.replace(hour=9)) == [], "who only asks does not know"
    in_circle = who(cast.astrid, "kavitation", circle=cast.everyone.pk, before=START.replace(hour=9))
    assert names(in_circle) == ["cecilia"]


def answers(person):
    """Everything that matching says to one asker, to the last digit."""
    text = "kavitation i pumpen, korv och saft, zeppelinare"
    people = [
        (k.person.handle, repr(k.score), k.reasons, [(e.path, e.sentence) for e in k.evidence])
        for k in who(person, text, before=LATER)
    ]
    posts = [
        (r.entry.pk, repr(r.score), repr(r.coverage), r.reasons, r.evidence.sentence) for r in similar(person, text, before=LATER)
    ]
    return repr((people, posts))


WORDS = st.sampled_from(
    ["kavitation", "pump", "pumpen", "korv", "saft", "zeppelinare", "sjön", "varvtalet", "membran", "pumpkavitation", "hemligt"]
)
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=12).map(" ".join), min_size=1, max_size=6)


@given(texts=TEXTS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_closed_content_leaves_an_outsiders_answers_identical_to_the_byte(cast, texts):
    before = answers(cast.astrid)
    root = cast.draft(texts[0], texts[-1], audience=cast.closed, days=3)
    rest = [cast.draft("", text, audience=cast.closed, thread=root, by=cast.gustav, days=4) for text in texts]
    index_many([root, *rest])
    assert answers(cast.astrid) == before
    assert answers(cast.bjorn) != before
