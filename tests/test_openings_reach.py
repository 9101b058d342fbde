"""By groups joined, topics followed, wishes stated: newest first, and by nothing else."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from traff.attention.following.models import Follow, Mute
from traff.community.groups.models import Group
from traff.community.topics.models import Topic
from traff.ground.accounts.models import Block, Person
from traff.ground.core import digest
from traff.ground.core.digest import Week
from traff.sharing.content.models import Post
from traff.sharing.openings.models import Opening, Wish
from traff.sharing.openings.reach import reaching
from traff.sharing.openings.tests.conftest import browser, offered


@pytest.fixture
def drills(cecilia: Person) -> Group:
    return Group.start(by=cecilia, name="Drills", purpose="All that bores")


def reached(person: Person, **how: Any) -> list[tuple[str, list[str]]]:
    return [(one.opening.title, one.reasons) for one in reaching(person, most=10, **how)]


def test_a_group_a_topic_and_a_wish_each_say_why(astrid: Person, cecilia: Person, drills: Group, house: dict[str, Any]) -> None:
    drills.join(astrid)
    Follow.set(astrid, Topic.objects.named("welding"))
    Wish.state(by=astrid, extents=["mentor"], place=house["Kiruna"])
    offered(cecilia, "By nothing")
    offered(cecilia, "By a group", group=drills)
    offered(cecilia, "By a topic", topics=["welding"])
    offered(cecilia, "By a wish", extent="mentor", hours=None, place=house["Kiruna"])
    assert reached(astrid) == [
        ("By a wish", ["you wished for a mentor, Kiruna"]),
        ("By a topic", ["you follow welding"]),
        ("By a group", ["in your group Drills"]),
    ]


def test_nothing_that_one_writes_knows_or_reads_moves_anything(astrid: Person, cecilia: Person) -> None:
    opening = offered(cecilia, "Welding in the cold", topics=["welding"])
    Post.publish(by=astrid, kind="article", title="Welding in the cold", body="<p>#welding, welding, welding</p>")
    browser(astrid).get(opening.get_absolute_url())
    assert reached(astrid) == []


@pytest.mark.parametrize(
    ("said", "fits"),
    [
        ({"words": "torque"}, True),
        ({"words": "TORQUE drill"}, True),
        ({"words": "torque accounting"}, False),
        ({"words": "welding"}, True),  # a topic's name
        ({"extents": ["full", "hours"]}, True),
        ({"extents": ["full"]}, False),
        ({"is_remote": True}, False),
    ],
)
def test_all_that_a_wish_says_must_fit(astrid: Person, cecilia: Person, said: dict[str, Any], fits: bool) -> None:
    offered(cecilia, topics=["welding"])
    Wish.state(by=astrid, **said)
    assert bool(reached(astrid)) is fits


def test_a_place_or_from_anywhere(astrid: Person, cecilia: Person, house: dict[str, Any]) -> None:
    Wish.state(by=astrid, place=house["Kiruna"], is_remote=True)
    offered(cecilia, "Kiruna", place=house["Kiruna"])
    offered(cecilia, "Anywhere", is_remote=True)
    offered(cecilia, "Tampere", place=house["Tampere"])
    assert [title for title, _why in reached(astrid)] == ["Anywhere", "Kiruna"]


def test_a_wish_says_something_and_ten_are_enough(astrid: Person) -> None:
    with pytest.raises(ValidationError):
        Wish.state(by=astrid)
    for n in range(10):
        Wish.state(by=astrid, words=f"word{n}")
    with pytest.raises(ValidationError):
        Wish.state(by=astrid, words="one more")
    answer = browser(astrid).post("/openings/mine/", {"words": "one more"})
    assert "har tio önskemål" in answer.content.decode() or "ten wishes" in answer.content.decode()


def test_what_is_sensitive_muted_or_parted_from_reaches_nobody(
    astrid: Person, bjorn: Person, cecilia: Person, drills: Group
) -> None:
    quiet = Group.start(by=cecilia, name="One day at a time", is_sensitive=True)
    quiet.join(astrid)
    drills.join(astrid)
    offered(cecilia, "In a sensitive group", group=quiet)
    offered(cecilia, "In a muted group", group=drills)
    Mute.set(astrid, drills)
    union = Topic.objects.named("union")
    union.mark(is_sensitive=True, by=None)
    Follow.set(astrid, union)
    offered(cecilia, "About a sensitive topic", topics=["union"])
    Follow.set(astrid, Topic.objects.named("welding"))
    offered(bjorn, "By one who is blocked", topics=["welding"])
    Block.objects.create(blocker=bjorn, blocked=astrid)
    assert reached(astrid) == []


def test_one_leaves_the_group_and_it_reaches_no_more(astrid: Person, cecilia: Person) -> None:
    closed = Group.start(by=cecilia, name="Rowers", is_open=False)
    closed.invite(astrid, by=cecilia)
    closed.join(astrid)
    offered(cecilia, "Oars", group=closed)
    assert [title for title, _why in reached(astrid)] == ["Oars"]
    closed.leave(astrid)
    assert reached(astrid) == []


def test_home_shows_two_at_most_and_one_puts_them_away(astrid: Person, cecilia: Person, drills: Group) -> None:
    drills.join(astrid)
    first, second, third = (offered(cecilia, f"Number {n}", group=drills) for n in (1, 2, 3))
    client = browser(astrid)
    page = client.get("/").content.decode()
    assert [f"Number {n}" in page for n in (1, 2, 3)] == [False, True, True]
    client.post(f"{third.get_absolute_url()}putting-away/", {"next": "/"})
    page = client.get("/").content.decode()
    assert [f"Number {n}" in page for n in (1, 2, 3)] == [True, True, False]
    for opening in (first, second):
        client.post(f"{opening.get_absolute_url()}putting-away/", {"next": "/"})
    assert "Number" not in client.get("/").content.decode()
    assert [title for title, _why in reached(astrid)] == ["Number 3", "Number 2", "Number 1"]  # the list has them still


def test_the_group_shows_its_openings_to_those_who_read_it(astrid: Person, bjorn: Person, cecilia: Person) -> None:
    closed = Group.start(by=cecilia, name="Rowers", is_open=False)
    closed.invite(astrid, by=cecilia)
    closed.join(astrid)
    offered(cecilia, "Oars wanted", group=closed)
    assert "Oars wanted" in browser(astrid).get(closed.get_absolute_url()).content.decode()
    assert "Oars wanted" not in browser(bjorn).get(closed.get_absolute_url()).content.decode()


def test_the_weekly_mail_has_what_is_new_and_of_wishes_only_what_was_ticked(
    astrid: Person, cecilia: Person, drills: Group
) -> None:
    drills.join(astrid)
    old = offered(cecilia, "Old", group=drills)
    Opening.objects.unrestricted("test").filter(pk=old.pk).update(published_at=timezone.now() - timedelta(days=9))
    offered(cecilia, "New", group=drills)
    offered(cecilia, "Wished", extent="swap", hours=None)
    wish = Wish.state(by=astrid, extents=["swap"])
    closed = Group.start(by=cecilia, name="Rowers", is_open=False)
    closed.invite(astrid, by=cecilia)
    closed.join(astrid)
    offered(cecilia, "Closed", group=closed)

    def letter(*, plain: bool) -> str:
        found = digest.sections(Week(astrid, timezone.now() - timedelta(days=7)))
        return "".join(digest.drawn(found, "txt" if plain else "html", {"base_url": "https://traff.example"}))

    mail = letter(plain=True)
    assert "Closed" not in mail
    assert "https://traff.example/openings/" in mail
    assert [word in mail for word in ("Old", "New", "Wished")] == [False, True, False]
    Wish.objects.visible_to(astrid).filter(pk=wish.pk).update(in_mail=True)
    assert all("Wished" in letter(plain=plain) for plain in (True, False))
