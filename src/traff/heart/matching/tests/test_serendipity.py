"""Looking back: of the strangers Träff would have offered, whom did people find by themselves afterwards?"""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from traff.attention.following.models import Follow
from traff.ground.accounts.models import Person
from traff.heart.matching.evaluate.as_on import as_on
from traff.heart.matching.evaluate.new_ties import new_ties
from traff.heart.matching.evaluate.serendipity import gini, measures, split
from traff.heart.matching.models import Tie
from traff.heart.matching.tests.told import ICE, ICE_TOO, article, everyday
from traff.sharing.content.models import Post, Reply, Reuse

LATER = timedelta(days=1)


@pytest.fixture
def day(house: dict[str, Any], astrid: Person, bjorn: Person, cecilia: Person) -> Any:
    """Astrid and Björn have written of the same ice, apart from one another; the day is a minute from now."""
    everyday(cecilia)
    article(astrid, "Thickness by ringing", ICE)
    article(bjorn, "Listening to the lake", ICE_TOO)
    return timezone.now() + timedelta(minutes=1)


def reply(by: Person, to: Person, at: Any) -> None:
    post = Post.objects.visible_to(by).filter(authors=to).earliest("pk")
    written = Reply.write(by=by, post=post, body="<p>Which rope do you use?</p>")
    Reply.objects.unrestricted("written on another day").filter(pk=written.pk).update(published_at=at)


def test_whom_traff_would_have_offered_was_found_the_day_after(day: Any, astrid: Person, bjorn: Person) -> None:
    reply(astrid, bjorn, day + LATER)
    result = split(day)
    assert result.deeds == {(astrid.pk, bjorn.pk): "reply"}
    assert result.outcomes["Träff"].shown == [(astrid.pk, [bjorn.pk])]
    assert result.outcomes["Träff"].measures["hits@3"] == [1.0]
    assert 0 < result.outcomes["Träff"].measures["serendipity@3"][0] <= 1 / 3
    assert result.outcomes["familiarity"].measures["hits@3"] == [0.0], "nobody near her knew him"


def test_who_was_met_before_is_no_new_tie(day: Any, astrid: Person, bjorn: Person) -> None:
    reply(astrid, bjorn, day - LATER)
    reply(astrid, bjorn, day + LATER)
    assert split(day).people == 0


def test_a_colleague_of_the_same_unit_is_no_meeting_across(
    day: Any, house: dict[str, Any], astrid: Person, bjorn: Person
) -> None:
    from traff.ground.organisation.models import Seat

    Seat.give(bjorn, unit=house["support"], place=house["Tampere"])
    reply(astrid, bjorn, day + LATER)
    assert split(day).people == 0


@pytest.mark.parametrize("deed", ["reply", "follow", "reuse", "spark", "link", "together"])
def test_every_deed_that_ties_counts(day: Any, astrid: Person, bjorn: Person, deed: str) -> None:
    theirs = Post.objects.visible_to(astrid).filter(authors=bjorn).get()
    match deed:
        case "reply":
            reply(astrid, bjorn, timezone.now())
        case "follow":
            Follow.set(astrid, bjorn)
        case "reuse":
            Reuse.tell(by=astrid, post=theirs)
        case "spark":
            article(astrid, "Made of it", "Another thing.", made_from=theirs)
        case "link":
            article(astrid, "See there", f'As <a href="/posts/{theirs.pk}/">he</a> wrote.')
        case "together":
            article(astrid, "Ours", "We wrote this.", with_authors=[bjorn])
    assert new_ties(day - LATER, day)[astrid.pk, bjorn.pk] == deed


def test_looking_back_leaves_nothing_behind(day: Any, astrid: Person, bjorn: Person) -> None:
    reply(astrid, bjorn, day + LATER)
    before = list(Tie.objects.values_list("person_id", "other_id", "threads"))
    with as_on(day):
        assert not Reply.objects.unrestricted("as on that day").exists()
    assert Reply.objects.unrestricted("today").count() == 1
    assert list(Tie.objects.values_list("person_id", "other_id", "threads")) == before


def test_measures_are_those_of_the_literature() -> None:
    found = measures([7, 8, 9], {8, 5}, {7: 0.9, 8: 0.6, 9: 0.1}, {7})
    assert found["hits@3"] == 1.0
    assert found["serendipity@3"] == pytest.approx(0.2)
    assert found["outside@3"] == pytest.approx(1 / 3)
    assert found["MAP"] == pytest.approx(0.25)
    assert gini([1.0, 1.0, 1.0]) == pytest.approx(0.0)
    assert gini([0.0, 0.0, 0.0, 1.0]) == pytest.approx(0.75)


def test_the_command_says_what_it_does_not_know(day: Any, astrid: Person, bjorn: Person, capsys: Any) -> None:
    reply(astrid, bjorn, day + LATER)
    inga = Person.objects.create(handle="inga", name="Inga")
    article(inga, "Tea", "The kettle sings.")
    call_command("evaluate", "serendipity", "--at", day.isoformat())
    told = capsys.readouterr().out
    assert "1 people made new ties (1 reply)" in told
    assert "unit known of 3 of 4 people" in told
    assert "serendipity@10" in told
