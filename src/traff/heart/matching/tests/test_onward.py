"""A post is matched when it is published: whose interest does it meet, and how much is enough."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from traff.ground.accounts.models import Moment, Objection, Person
from traff.ground.organisation.models import Place, Unit
from traff.heart.matching.models import Suggestion, Unwanted
from traff.heart.matching.onward import PER_WEEK
from traff.heart.matching.suggest import look_for, standing_for
from traff.heart.matching.tests.told import ICE, ICE_TOO, article, circle, colleague, everyday, heard, offered

STRANGER = str(Moment.STRANGER)
LAKE = (STRANGER, "Listening to the lake")


@pytest.fixture(autouse=True)
def a_house_where_people_write(astrid: Person, cecilia: Person) -> None:
    everyday(cecilia)
    article(astrid, "Thickness by ringing", ICE)


def elsewhere(name: str) -> Person:
    """Somebody in a unit and a place of their own."""
    return colleague(name, unit=Unit.create(name=f"Unit of {name}"), place=Place.objects.create(name=f"Place of {name}"))


def test_a_new_post_reaches_who_shares_the_interest(client: Client, astrid: Person, bjorn: Person, cecilia: Person) -> None:
    heard(article(bjorn, "Listening to the lake", ICE_TOO))
    assert offered(astrid) == [LAKE]
    assert offered(cecilia) == [] and offered(bjorn) == []
    (card,) = standing_for(astrid)
    assert {"accelerometer", "ice", "thickness"} & set(card.reasons)
    client.force_login(astrid)
    assert "Listening to the lake" in client.get("/").content.decode()


def test_next_door_is_no_coincidence(house: dict[str, Any], astrid: Person) -> None:
    heard(article(colleague("disa", unit=house["support"], place=house["Tampere"]), "Same unit", ICE_TOO))
    heard(article(colleague("evert", unit=house["paper"], place=house["Kiruna"]), "Same place", ICE_TOO))
    assert offered(astrid) == []


def test_a_weekly_budget_of_what_nobody_asked_for(astrid: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("disa", "evert"):
        heard(article(elsewhere(name), f"Ice by {name}", ICE_TOO))
    third = article(elsewhere("frida"), "Ice by frida", ICE_TOO)
    heard(third)
    assert len(offered(astrid)) == PER_WEEK
    for row in Suggestion.objects.visible_to(astrid):
        row.take("useful")
    heard(third)
    assert len(offered(astrid)) == PER_WEEK, "answering does not open the tap"
    week = timezone.now() + timedelta(days=8)
    monkeypatch.setattr(timezone, "now", lambda: week)
    heard(third)
    assert offered(astrid)[-1] == (STRANGER, "Ice by frida")


def test_a_closed_post_reaches_its_own_circle_alone(astrid: Person, bjorn: Person, gosta: Person) -> None:
    other = elsewhere("disa")
    article(other, "Ringing", ICE)
    closed = circle(bjorn, other, gosta)
    heard(article(bjorn, "Listening to the lake", ICE_TOO, group=closed))
    assert offered(other) == [LAKE]
    assert offered(astrid) == [] and offered(gosta) == []
    closed.leave(other)
    assert standing_for(other) == []


def test_what_was_written_in_a_closed_circle_is_ones_own_interest(astrid: Person, bjorn: Person) -> None:
    """At one's next look, so that it takes nobody's place meanwhile; the reason is told to the reader alone."""
    writer = elsewhere("disa")
    article(writer, "Ringing", ICE, group=circle(writer))
    heard(article(bjorn, "Listening to the lake", ICE_TOO))
    assert LAKE not in offered(writer)
    look_for(writer)
    assert LAKE in offered(writer)


def test_withheld_writing_and_those_who_object_go_nowhere(astrid: Person, bjorn: Person) -> None:
    withheld = article(bjorn, "Withheld", ICE_TOO)
    withheld.keep_from_evidence(by=bjorn, is_evidence=False)
    heard(withheld)
    Objection.objects.create(person=bjorn, moment=Moment.STRANGER)
    heard(article(bjorn, "Listening to the lake", ICE_TOO))
    assert offered(astrid) == []


def test_unwanted_words_stop_it(astrid: Person, bjorn: Person) -> None:
    post = article(bjorn, "Listening to the lake", ICE_TOO)
    heard(post)
    (row,) = Suggestion.objects.visible_to(astrid)
    for word in row.reasons[:2]:
        Unwanted.objects.create(person=astrid, word=word)
    Suggestion.objects.visible_to(astrid).delete()
    heard(post)
    assert offered(astrid) == []
    look_for(astrid)
    assert offered(astrid) == []


def test_what_was_withdrawn_before_the_worker_came_is_nothing(astrid: Person, bjorn: Person) -> None:
    post = article(bjorn, "Listening to the lake", ICE_TOO)
    post.withdraw(by=bjorn)
    heard(post)
    assert offered(astrid) == []


def test_meeting_in_a_thread_ends_being_strangers(astrid: Person, bjorn: Person) -> None:
    from traff.sharing.content.models import Reply

    post = article(bjorn, "Listening to the lake", ICE_TOO)
    heard(post)
    assert len(standing_for(astrid)) == 1
    Reply.write(by=astrid, post=post, body="<p>I ring ice too!</p>")
    assert standing_for(astrid) == []
