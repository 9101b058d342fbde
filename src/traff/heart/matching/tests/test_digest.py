"""Träffar by the weekly mail: only what was never shown, only what is open, marked as shown when the mail goes."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from traff.ground.accounts.models import Person
from traff.ground.core import digest
from traff.ground.core.digest import Week
from traff.heart.matching.digest import section, unmet
from traff.heart.matching.models import Suggestion
from traff.heart.matching.suggest import suggest_for
from traff.heart.matching.tests.told import GLYCOL, ICE, ICE_TOO, article, case, circle, everyday, question


@pytest.fixture(autouse=True)
def a_house_where_people_write(house: dict[str, Any], astrid: Person, bjorn: Person, cecilia: Person) -> None:
    everyday(cecilia)
    article(astrid, "Thickness by ringing", ICE)
    article(bjorn, "Listening to the lake", ICE_TOO)


def week(person: Person) -> Week:
    return Week(person, timezone.now() - timedelta(days=7), is_sent=True)


def titles(person: Person, *, is_sent: bool = False) -> list[str]:
    return [meeting.post["title"] for meeting in unmet(person, is_sent=is_sent)]


def test_a_stranger_comes_by_mail_with_the_reason_in_both_parts(astrid: Person) -> None:
    found = section(week(astrid))
    assert found is not None
    for ending in ("html", "txt"):
        part = digest.drawn([found], ending, {"base_url": "https://traff.example.org"})[0]
        assert "Björn Ståhl" in part and "Listening to the lake" in part and "ice" in part
        assert "https://traff.example.org/posts/" in part and "<mark>" not in part


def test_what_was_mailed_is_not_mailed_again_and_looking_marks_nothing(astrid: Person) -> None:
    assert titles(astrid) == titles(astrid) == ["Listening to the lake"]
    assert titles(astrid, is_sent=True) == ["Listening to the lake"]
    assert titles(astrid) == [] and section(week(astrid)) is None
    assert Suggestion.objects.unrestricted("test").get(receiver=astrid).shown_at is not None


def test_what_was_met_on_home_is_not_mailed(astrid: Person) -> None:
    assert [meeting.post["title"] for meeting in suggest_for(astrid)] == ["Listening to the lake"]
    assert titles(astrid) == []


def test_neither_closed_work_nor_what_answers_a_closed_question_leaves_by_mail(astrid: Person, bjorn: Person) -> None:
    titles(astrid, is_sent=True)
    closed = circle(bjorn, astrid)
    case(bjorn, group=circle(bjorn, astrid, is_open=True))
    question(astrid, group=closed)
    case(bjorn, "A closed loop for frozen valves", GLYCOL, group=closed)
    assert suggest_for(astrid) != [], "on home she meets them"
    Suggestion.objects.unrestricted("test").filter(receiver=astrid, moment="reuse").update(shown_at=None)
    assert titles(astrid) == []


def test_a_guest_gets_none(gosta: Person) -> None:
    assert titles(gosta) == []
