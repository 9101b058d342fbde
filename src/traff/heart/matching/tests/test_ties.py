"""Ties: counted one word at a time they are the same as counted anew, and what is closed ties nobody."""

import pytest

from traff.ground.accounts.models import Person
from traff.ground.activity.models import Event
from traff.heart.matching import tasks, ties
from traff.heart.matching.models import Tie
from traff.heart.matching.tests.told import answered, article, circle, colleague, heard, question
from traff.sharing.content.models import Post, Reply


def standing() -> list[tuple[str, str, int, str]]:
    rows = Tie.objects.select_related("person", "other").order_by("person__handle", "other__handle")
    return [(row.person.handle, row.other.handle, row.threads, row.last_at.isoformat()) for row in rows]


def threads() -> dict[tuple[str, str], int]:
    return {(one, other): count for one, other, count, _at in standing()}


def say(post: Post, who: Person) -> Reply:
    reply = Reply.write(by=who, post=post, body="<p>A word.</p>")
    answered(reply)
    return reply


def test_who_writes_in_one_thread_is_tied_both_ways(astrid: Person, bjorn: Person, cecilia: Person) -> None:
    asked = question(astrid)
    heard(asked)
    assert standing() == []
    say(asked, bjorn)
    assert threads() == {("astrid", "bjorn"): 1, ("bjorn", "astrid"): 1}
    say(asked, cecilia)
    assert len(threads()) == 6, "those who answered are tied to each other too"
    assert ties.near(astrid) == [cecilia.pk, bjorn.pk], "the latest is the nearest"


def test_counted_word_by_word_it_is_as_counted_anew(astrid: Person, bjorn: Person, cecilia: Person) -> None:
    first, second = question(astrid), question(bjorn, "Pumps")
    together = article(astrid, "Together", "Written by three.", with_authors=[bjorn, cecilia])
    for post in (first, second, together):
        heard(post)
    for post, who in ((first, bjorn), (first, bjorn), (second, astrid), (first, cecilia), (second, bjorn), (together, astrid)):
        say(post, who)
    told = standing()
    assert threads()["astrid", "bjorn"] == 3
    assert threads()["astrid", "cecilia"] == 2
    ties.rebuild()
    assert standing() == told


def test_heard_twice_changes_nothing(astrid: Person, bjorn: Person) -> None:
    asked = question(astrid)
    reply = say(asked, bjorn)
    before = standing()
    answered(reply)
    heard(asked)
    assert standing() == before


def test_closed_threads_tie_nobody(astrid: Person, bjorn: Person) -> None:
    asked = question(astrid, group=circle(astrid, bjorn))
    heard(asked)
    say(asked, bjorn)
    assert standing() == []
    ties.rebuild()
    assert standing() == []


def test_a_group_that_closes_unties(astrid: Person, bjorn: Person) -> None:
    group = circle(astrid, bjorn, is_open=True)
    say(question(astrid, group=group), bjorn)
    assert threads()
    group.close(by=astrid)
    tasks.group_closed(event_id=Event.objects.unrestricted("test").get(verb="group.closed").pk)
    assert standing() == []


def test_withdrawn_words_tie_nobody_after_the_night(astrid: Person, bjorn: Person, cecilia: Person) -> None:
    asked, other = question(astrid), question(astrid, "Pumps")
    reply = say(asked, bjorn)
    say(other, cecilia)
    reply.withdraw(by=bjorn)
    other.withdraw(by=astrid)
    tasks.nightly(timestamp=0)
    assert standing() == []


def test_in_a_crowd_nobody_has_met(astrid: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ties, "CROWD", 3)
    asked = question(astrid)
    for number in range(4):
        say(asked, colleague(f"guest-of-the-party-{number}"))
    ties.rebuild()
    assert standing() == []
