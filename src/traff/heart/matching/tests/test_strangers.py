"""M3: a post by somebody one does not know, who sits elsewhere, and why it was worth meeting."""

from typing import Any

import pytest

from traff.attention.following.models import Follow
from traff.community.people.models import Profile
from traff.community.topics.models import Topic
from traff.ground.accounts.models import Block, Moment, Objection, Person
from traff.ground.organisation.models import Unit
from traff.heart.matching.models import Apart, Unwanted
from traff.heart.matching.strangers import strangers_for
from traff.heart.matching.tests.told import ICE, ICE_TOO, article, case, circle, colleague, everyday
from traff.sharing.content.models import Post, Reply


@pytest.fixture(autouse=True)
def a_house_where_people_write(house: dict[str, Any], astrid: Person, cecilia: Person) -> None:
    """Astrid has written of ice; others of everyday things."""
    everyday(cecilia)
    article(astrid, "Thickness by ringing", ICE)


@pytest.fixture
def listener(bjorn: Person) -> Post:
    """The same interest, elsewhere."""
    return article(bjorn, "Listening to the lake", ICE_TOO)


def met(person: Person) -> list[int]:
    return [offer.fit.author_id for offer in strangers_for(person)]


def test_a_stranger_elsewhere_with_the_same_interest_is_met(astrid: Person, bjorn: Person, listener: Post) -> None:
    (offer,) = strangers_for(astrid)
    assert offer.fit.author_id == bjorn.pk
    assert {"accelerometer", "thickness", "ice"} & set(offer.fit.reasons)
    assert len(offer.fit.reasons) >= 3
    assert met(bjorn) == [astrid.pk], "the meeting is the same from the other side"


def test_unexpected_alone_is_nothing(cecilia: Person, astrid: Person) -> None:
    assert met(astrid) == []


def test_a_newcomer_who_has_written_nothing_is_asked_for_by_the_profile(house: dict[str, Any], astrid: Person) -> None:
    newcomer = colleague("disa", unit=house["paper"], place=house["Tampere"])
    assert met(newcomer) == []
    about = "Thickness of lake ice by accelerometer, bending waves and their frequency. Hammer, spike, rope and thermos."
    Profile.objects.update_or_create(person=newcomer, defaults={"about": about})
    assert met(newcomer) == [astrid.pk]


@pytest.mark.parametrize(
    "acquaintance", ["follows", "thread", "known", "hidden", "blocks", "blocked", "objects", "protected", "left"]
)
def test_who_is_known_or_not_to_be_met_is_not(astrid: Person, bjorn: Person, listener: Post, acquaintance: str) -> None:
    assert met(astrid) == [bjorn.pk]
    match acquaintance:
        case "follows":
            Follow.set(astrid, bjorn)
        case "thread":
            Reply.write(
                by=bjorn, post=Post.objects.visible_to(astrid).get(title="Thickness by ringing"), body="<p>Well rung!</p>"
            )
        case "known" | "hidden":
            Apart.objects.create(person=astrid, other=bjorn, knows=acquaintance == "known")
        case "blocks":
            Block.objects.create(blocker=astrid, blocked=bjorn)
        case "blocked":
            Block.objects.create(blocker=bjorn, blocked=astrid)
        case "objects":
            Objection.objects.create(person=bjorn, moment=Moment.STRANGER)
        case "protected":
            Person.objects.filter(pk=bjorn.pk).update(is_protected=True)
        case "left":
            bjorn.leave()
    assert met(astrid) == []


def test_an_objection_to_another_moment_changes_nothing(astrid: Person, bjorn: Person, listener: Post) -> None:
    Objection.objects.create(person=bjorn, moment=Moment.REUSE)
    assert met(astrid) == [bjorn.pk]


def test_ones_own_unit_is_never_met_and_ones_own_place_only_when_few_are_left(
    house: dict[str, Any], astrid: Person, listener: Post
) -> None:
    fellow = colleague("gun", unit=house["support"], place=house["Tampere"])
    article(fellow, "Ice is my work too", ICE_TOO)
    neighbour = colleague("disa", unit=Unit.create(name="Next door"), place=house["Kiruna"])
    article(neighbour, "Ringing ice", ICE_TOO)
    assert fellow.pk not in met(astrid)
    assert neighbour.pk in met(astrid), "two elsewhere at most: then those next door count"
    for name, unit in (("evert", "mine"), ("frida", "company")):
        article(colleague(name, unit=house[unit], place=house["Göteborg"]), f"Ice, said {name}", ICE_TOO)
    assert neighbour.pk not in met(astrid)
    assert len(met(astrid)) == 3


def test_at_most_one_a_unit(house: dict[str, Any], astrid: Person, listener: Post) -> None:
    fellow = colleague("disa", unit=house["paper"], place=house["Göteborg"])
    article(fellow, "Ringing ice", ICE_TOO)
    elsewhere = colleague("evert", unit=house["mine"], place=house["Göteborg"])
    article(elsewhere, "Ice and bending waves", ICE_TOO)
    found = met(astrid)
    assert elsewhere.pk in found and len(found) == 2


def test_a_closed_circle_is_met_by_its_members_alone(astrid: Person, bjorn: Person) -> None:
    closed = circle(bjorn)
    article(bjorn, "Listening to the lake", ICE_TOO, group=closed)
    assert met(astrid) == []
    closed.audience.add(astrid)
    assert met(astrid) == [bjorn.pk]
    closed.leave(astrid)
    assert met(astrid) == []


def test_withheld_and_sensitive_writing_is_neither_met_nor_an_interest(astrid: Person, bjorn: Person, listener: Post) -> None:
    own = Post.objects.visible_to(astrid).get(title="Thickness by ringing")
    own.keep_from_evidence(by=astrid, is_evidence=False)
    assert met(astrid) == []
    own.keep_from_evidence(by=astrid, is_evidence=True)
    listener.keep_from_evidence(by=bjorn, is_evidence=False)
    assert met(astrid) == []
    faith = Topic.objects.create(slug="faith", name="faith", name_sv="tro", is_sensitive=True)
    article(bjorn, "Ice and faith", ICE_TOO, topics=[faith])
    assert met(astrid) == []


def test_an_unwanted_word_is_no_reason_any_longer(astrid: Person, bjorn: Person, listener: Post) -> None:
    (offer,) = strangers_for(astrid)
    Unwanted.objects.create(person=astrid, word=offer.fit.reasons[0].upper())
    assert all(offer.fit.reasons[0] not in left.fit.reasons for left in strangers_for(astrid))
    for word in offer.fit.reasons:
        Unwanted.objects.get_or_create(person=astrid, word=word)
    assert met(astrid) == []
    assert met(bjorn) == [astrid.pk], "what one does not want is one's own choice"


def test_adding_closed_content_leaves_an_outsiders_strangers_identical(
    astrid: Person, bjorn: Person, cecilia: Person, listener: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.utils import timezone

    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    closed = circle(bjorn, cecilia)
    before = strangers_for(astrid)
    for number in range(3):
        article(cecilia, f"Closed ice {number}", f"{ICE} {ICE_TOO}", group=closed)
    Reply.write(by=bjorn, post=case(cecilia, "Closed case", ICE, group=closed), body=f"<p>{ICE}</p>")
    assert strangers_for(astrid) == before
