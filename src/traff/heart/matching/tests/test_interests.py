"""One's interests: read out of what one wrote, in words, and one's own to turn up, down and off."""

from typing import Any

import pytest
from django.test import Client

from traff.community.topics.models import Topic
from traff.ground.accounts.models import Person
from traff.ground.activity.models import Event
from traff.heart.matching.bundles import MOST
from traff.heart.matching.interest import Distance, Leaning, Said
from traff.heart.matching.interest_page import key_of, lines_of
from traff.heart.matching.interests import interests_of, written_interests
from traff.heart.matching.offering import Fit, rank
from traff.heart.matching.strangers import strangers_for
from traff.heart.matching.tests.told import BREAD, ICE, ICE_TOO, article, colleague, everyday
from traff.sharing.content.models import Post


@pytest.fixture(autouse=True)
def a_house_where_people_write(house: dict[str, Any], astrid: Person, cecilia: Person) -> None:
    everyday(cecilia)
    article(astrid, "Thickness by ringing", ICE)


@pytest.fixture
def listener(bjorn: Person) -> Post:
    return article(bjorn, "Listening to the lake", ICE_TOO)


def say(client: Client, person: Person, lean: str) -> None:
    client.force_login(person)
    bundle = next(one for one, _lean in written_interests(person) if "Thickness" in "".join(e.title for e in one.entries))
    assert client.post(f"/me/interests/{key_of(bundle)}/lean/", {"lean": lean}).status_code == 302


def test_two_matters_are_two_interests_each_with_its_posts(astrid: Person, bjorn: Person, listener: Post) -> None:
    article(astrid, "Sourdough at night", BREAD)
    lines = {line.why[0].name: line.words for line in lines_of(astrid)}
    assert {"accelerometer", "ice", "frequency"} & set(lines["Thickness by ringing"])
    assert {"sourdough", "loaf", "rye"} & set(lines["Sourdough at night"])
    assert all(len(words) <= 8 for words in lines.values())
    assert {line.title for line in lines_of(astrid)} >= {"“Thickness by ringing”"}, "what is said in passing is no headline"


def test_however_much_one_writes_they_are_five(astrid: Person) -> None:
    for number in range(9):
        strange = " ".join(f"word{number}{letter}" for letter in "abcdefghijklmnopqrstuvwxyzåäöabcdefgh")
        article(astrid, f"Matter {number}", strange)
    assert len(written_interests(astrid)) == MOST


def test_withheld_sensitive_and_withdrawn_writing_is_no_interest(astrid: Person) -> None:
    own = Post.objects.visible_to(astrid).get(title="Thickness by ringing")
    own.keep_from_evidence(by=astrid, is_evidence=False)
    assert written_interests(astrid) == []
    faith = Topic.objects.create(slug="faith", name="faith", name_sv="tro", is_sensitive=True)
    article(astrid, "Ice and faith", ICE, topics=[faith])
    assert written_interests(astrid) == []
    article(astrid, "Ice once more", ICE_TOO).withdraw(by=astrid)
    assert written_interests(astrid) == []


def test_not_this_is_not_asked_with_and_survives_being_made_anew(
    client: Client, astrid: Person, bjorn: Person, listener: Post
) -> None:
    assert [offer.fit.author_id for offer in strangers_for(astrid)] == [bjorn.pk]
    before = Event.objects.unrestricted("test").count()
    say(client, astrid, "none")
    assert strangers_for(astrid) == []
    assert Event.objects.unrestricted("test").count() == before, "private: nobody hears"
    article(astrid, "Thickness by ringing, again", ICE)
    assert strangers_for(astrid) == [], "the bundle is another, and the same matter"
    say(client, astrid, "")
    assert [offer.fit.author_id for offer in strangers_for(astrid)] == [bjorn.pk] and not Said.objects.exists()


def test_not_this_takes_nothing_else_along(client: Client, astrid: Person, bjorn: Person) -> None:
    """Who writes of much has several matters in one bundle; each of them is judged by itself."""
    for number in range(9):
        strange = " ".join(f"word{number}{letter}" for letter in "abcdefghijklmnopqrstuvwxyzåäöabcdefgh")
        for author in (astrid, bjorn):  # a word that stands in one text alone is not said
            article(author, f"Matter {number}", strange)
    (mixed,) = [bundle for bundle, _lean in written_interests(astrid) if len(bundle.matters) > 1]
    assert len(written_interests(astrid)) == MOST
    matter = mixed.matters[0]
    (gone,) = matter.entries
    client.force_login(astrid)
    assert {line.title for line in lines_of(astrid)} == {f"“Matter {number}”" for number in range(9)}, "each by itself"
    client.post(f"/me/interests/{key_of(matter)}/lean/", {"lean": "none"})
    asked = {entry.title for bundle in interests_of(astrid) for entry in bundle.entries}
    everything = {"Thickness by ringing", *(f"Matter {number}" for number in range(9))}
    assert asked == everything - {gone.title}
    assert len(interests_of(astrid)) == MOST
    assert [line.lean for line in lines_of(astrid) if line.lean] == ["none"]


def test_more_and_less_move_the_score_and_never_the_gate(client: Client, astrid: Person, listener: Post) -> None:
    (plain,) = strangers_for(astrid)
    say(client, astrid, "more")
    (more,) = strangers_for(astrid)
    say(client, astrid, "less")
    (less,) = strangers_for(astrid)
    assert less.score < plain.score < more.score
    assert [one.fit.relevance for one in (less, more)] == pytest.approx([plain.fit.relevance] * 2)
    assert Said.objects.get().lean == "less", "the latest word counts alone"


def test_words_of_ones_own_ask_too(client: Client, house: dict[str, Any], listener: Post, bjorn: Person) -> None:
    newcomer = colleague("disa", unit=house["support"], place=house["Kiruna"])
    assert strangers_for(newcomer) == []
    client.force_login(newcomer)
    client.post("/me/interests/", {"words": "accelerometer, lake ice, bending wave, hammer, frequency, thickness"})
    assert bjorn.pk in [offer.fit.author_id for offer in strangers_for(newcomer)]
    assert "bending wave" in client.get("/me/interests/").content.decode()


def test_the_page_is_ones_own_alone(client: Client, astrid: Person, bjorn: Person, listener: Post) -> None:
    say(client, astrid, "more")
    row, bundle = Said.objects.get(), written_interests(astrid)[0][0]
    client.force_login(bjorn)
    assert client.post(f"/me/interests/said/{row.pk}/end/").status_code == 404
    assert "Thickness by ringing" not in client.get("/me/interests/").content.decode()
    client.post(f"/me/interests/{key_of(bundle)}/lean/", {"lean": "none"})
    assert Said.objects.get(person=astrid).lean == "more"


def test_the_dial_moves_near_and_far_and_lets_nothing_through_the_gate(client: Client, astrid: Person) -> None:
    near, far = Fit(1, 11, 0.8, ("a", "b", "c"), 1.0), Fit(2, 12, 0.75, ("a", "b", "c"), 1.0)
    gated = Fit(3, 13, 0.3, ("a", "b", "c"), 1.0)
    unexpected = {11: 0.35, 12: 0.95, 13: 1.0}

    def order(step: Distance) -> list[int]:
        seen = {person: step.seen(u) for person, u in unexpected.items()}
        found = rank([near, far, gated], unexpected=seen, exposure={}, unwanted=set(), relevance_power=step.relevance_power)
        return [offer.fit.author_id for offer in found]

    assert order(Distance.NEAREST) == [11, 12] and order(Distance.FARTHEST) == [12, 11]
    assert all(Distance.BETWEEN.seen(u) == pytest.approx(u) for u in (0.0, 0.4, 1.0)), "the middle is as it was"
    client.force_login(astrid)
    client.post("/me/distance/", {"distance": "5"})
    assert Leaning.of(astrid).step() == Distance.FARTHEST
    assert client.post("/me/distance/", {"distance": "9"}).status_code == 400
