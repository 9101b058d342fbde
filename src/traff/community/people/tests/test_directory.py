"""Astrid looks for somebody; who may stand in her list does, in Swedish order, and nobody else."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from traff.community.people.directory import SIZE, completions, page_of
from traff.community.people.models import Profile
from traff.community.topics.models import Topic
from traff.ground.access.models import Audience
from traff.ground.accounts.models import Person
from traff.ground.organisation.models import Seat


def names(reader: Person, **wish: Any) -> list[str]:
    return [face.name for face in page_of(reader, wish).faces]


@pytest.fixture
def many(house: dict[str, Any]) -> list[Person]:
    return [Person.objects.create(handle=f"p{n}", name=f"Person {n:03}") for n in range(SIZE * 2 + 5)]


def test_names_stand_in_swedish_order_and_guests_are_marked(astrid: Person, bjorn: Person, gosta: Person, at: Any) -> None:
    for handle, name in (("o", "Örjan Ek"), ("a", "Åsa Ek"), ("ae", "Ärla Ek"), ("z", "Zeth Ek")):
        Person.objects.create(handle=handle, name=name)
    assert names(astrid) == ["Astrid Nyman", "Björn Ståhl", "Gösta Gäst", "Zeth Ek", "Åsa Ek", "Ärla Ek", "Örjan Ek"]
    assert b"guest" in at(astrid).get("/people/").content


def test_who_left_or_is_protected_stands_in_no_list(astrid: Person, inga: Person, preben: Person) -> None:
    assert names(astrid) == ["Astrid Nyman"]
    assert not [
        face
        for word in ("Inga", "preben", "preben@example.org")
        for face in completions(astrid, word)
        if face.name != "Astrid Nyman"
    ]


def test_a_guest_lists_those_of_shared_circles_alone(astrid: Person, bjorn: Person, gosta: Person, house: Any, at: Any) -> None:
    Seat.give(gosta, unit=house["company"], place=None)  # the same unit is no shared circle
    assert names(gosta) == ["Gösta Gäst"]
    circle = Audience.objects.create(kind="group", is_open=False)
    for member in (bjorn, gosta):
        circle.add(member)
    assert names(gosta) == ["Björn Ståhl", "Gösta Gäst"]
    assert b"Astrid Nyman" not in at(gosta).get("/people/?q=Astrid").content


def test_narrowing(astrid: Person, bjorn: Person, cecilia: Person, house: Any) -> None:
    profile = Profile.of(bjorn)
    profile.title, profile.languages = "Pappersingenjör", ["sv", "fi"]
    rust, secret = Topic.objects.named("korrosion"), Topic.objects.named("fackligt")
    Topic.objects.filter(pk=secret.pk).update(is_sensitive=True)
    profile.tell(topics=[rust, secret])
    assert names(astrid, q="ingenjör") == ["Björn Ståhl"]
    assert names(astrid, q="stå BJÖRN") == ["Björn Ståhl"]
    assert names(astrid, unit=house["mine"]) == ["Astrid Nyman", "Cecilia Öberg"]  # its subtree too
    assert names(astrid, place=house["Tampere"]) == ["Björn Ståhl"]
    assert names(astrid, topic=rust) == ["Björn Ståhl"]
    assert names(astrid, topic=Topic.objects.get(pk=secret.pk)) == []
    assert names(astrid, language="fi") == ["Björn Ståhl"]
    assert names(astrid, language="fi", unit=house["mine"]) == []


def test_a_misspelt_name_finds_the_nearest(astrid: Person, cecilia: Person, at: Any) -> None:
    for typed in ("Cecillia", "oberg", "Sesilia Oberg"):
        page = page_of(astrid, {"q": typed})
        assert page.is_guess
        assert [face.name for face in page.faces] == ["Cecilia Öberg"]
    assert b"come close" in at(astrid).get("/people/?q=Cecillia").content


def test_pages_follow_on_each_other_both_ways(many: list[Person], astrid: Person) -> None:
    first = page_of(astrid, {})
    second = page_of(astrid, {}, after=first.next)
    third = page_of(astrid, {}, after=second.next)
    assert [len(page.faces) for page in (first, second, third)] == [50, 50, 6]
    assert (first.previous, third.next) == ("", "")
    assert page_of(astrid, {}, before=second.previous).faces == first.faces
    assert page_of(astrid, {}, letter="P").faces[0].name == "Person 000"


def test_the_cost_is_the_same_for_one_and_fifty(many: list[Person], astrid: Person, at: Any) -> None:
    client = at(astrid)
    client.get("/people/")
    with CaptureQueriesContext(connection) as one:
        client.get("/people/?q=Astrid")
    with CaptureQueriesContext(connection) as fifty:
        client.get("/people/?q=Person")
    assert len(fifty) == len(one) <= 14


def test_a_wrong_filter_says_so_and_lists_nobody(astrid: Person, at: Any) -> None:
    answer = at(astrid).get("/people/?topic=nothing")
    assert b"Nobody has named this topic" in answer.content
    assert b"Astrid Nyman" not in answer.content.split(b'id="main"')[1]
    assert at(astrid).get("/people/?unit=999&after=nobody&before=nobody&letter=%C3%96").status_code == 200


def test_words_that_are_no_name_lead_to_what_is_written(astrid: Person, at: Any) -> None:
    page = at(astrid).get("/people/?q=leaking+pumps", headers={"accept-language": "en"}).content.decode()
    assert 'href="/search/?q=leaking+pumps"' in page and "take a filter away" not in page
    narrowed = at(astrid).get("/people/?q=leaking+pumps&language=fi", headers={"accept-language": "en"}).content.decode()
    assert "take a filter away" in narrowed


def test_anonymous_and_former_colleagues_are_asked_to_sign_in(client: Any, inga: Person, at: Any) -> None:
    for visitor in (client, at(inga)):
        assert visitor.get("/people/").headers["Location"].startswith("/accounts/login/")
