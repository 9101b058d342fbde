"""Following and muting: one's own business, one click each way, with and without JavaScript."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from traff.attention.following.models import Follow, Mute
from traff.community.groups.models import Group
from traff.community.topics.models import Topic
from traff.ground.accounts.models import Person
from traff.ground.activity.models import Event
from traff.sharing.content.models import Post


@pytest.fixture
def things(bjorn: Person, cecilia: Person) -> dict[str, Any]:
    return {
        "person": bjorn,
        "group": Group.start(by=cecilia, name="Club"),
        "topic": Topic.objects.named("rust"),
        "post": Post.publish(by=cecilia, kind="update", body="<p>hello</p>"),
    }


def test_each_sort_is_followed_muted_and_ended(at: Any, astrid: Person, things: dict[str, Any]) -> None:
    client = at(astrid)
    heard = Event.objects.visible_to(astrid).count()
    for sort, thing in things.items():
        answer = client.post(f"/follow/{sort}/{thing.pk}/", {"next": "/groups/"})
        assert answer.headers["Location"] == "/groups/"
        assert Follow.stands(astrid, thing)
        client.post(f"/mute/{sort}/{thing.pk}/")
        assert (Follow.stands(astrid, thing), Mute.stands(astrid, thing)) == (False, True)  # one ends the other
        client.post(f"/mute/{sort}/{thing.pk}/end/")
        client.post(f"/follow/{sort}/{thing.pk}/")
        client.post(f"/follow/{sort}/{thing.pk}/end/")
        assert not Follow.stands(astrid, thing)
    assert Event.objects.visible_to(astrid).count() == heard  # nobody is told


def test_with_htmx_the_button_comes_back_turned(at: Any, astrid: Person, bjorn: Person) -> None:
    answer = at(astrid).post(f"/follow/person/{bjorn.pk}/", headers={"hx-request": "true"})
    assert "Following" in answer.content.decode()
    assert f"/follow/person/{bjorn.pk}/end/" in answer.content.decode()


def test_a_wish_to_be_led_away_is_not_followed(at: Any, astrid: Person, bjorn: Person) -> None:
    for wish in ("https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "/\\elsewhere.example"):
        assert at(astrid).post(f"/follow/person/{bjorn.pk}/", {"next": wish}).headers["Location"] == "/people/bjorn/"


def test_what_one_may_not_see_cannot_be_followed(
    at: Any, client: Any, astrid: Person, gosta: Person, inga: Person, cecilia: Person
) -> None:
    closed = Group.start(by=cecilia, name="Hidden", is_open=False, is_listed=False)
    post = Post.publish(by=cecilia, kind="update", body="<p>secret</p>", group=closed)
    word = Topic.objects.named("hemligt", seen_in=closed.audience)
    for sort, thing in {"group": closed, "post": post, "topic": word}.items():
        for person in (astrid, gosta):
            there, nowhere = at(person).post(f"/follow/{sort}/{thing.pk}/"), at(person).post(f"/follow/{sort}/999999/")
            assert (there.status_code, nowhere.status_code) == (404, 404)
            assert there.content == nowhere.content
    assert at(gosta).post(f"/follow/person/{cecilia.pk}/").status_code == 404
    assert at(astrid).post(f"/follow/person/{astrid.pk}/").status_code == 404
    assert at(astrid).post("/follow/weather/1/").status_code == 404
    assert at(astrid).get(f"/follow/person/{cecilia.pk}/").status_code == 405
    for visitor in (client, at(inga)):
        assert visitor.post(f"/follow/person/{cecilia.pk}/").status_code == 302
    assert not Follow.objects.exists()


def test_the_buttons_stand_on_the_pages(at: Any, astrid: Person, things: dict[str, Any]) -> None:
    client = at(astrid)
    for sort, thing in things.items():
        page = client.get(thing.get_absolute_url()).content.decode()
        if sort != "post":
            assert f"/follow/{sort}/{thing.pk}/" in page
    assert "/follow/person/" not in client.get("/people/astrid/").content.decode()


def test_my_page_lists_what_i_may_still_see(at: Any, astrid: Person, cecilia: Person, things: dict[str, Any]) -> None:
    group = Group.start(by=cecilia, name="Was mine once", is_open=False)
    group.audience.add(astrid)
    Follow.set(astrid, group)
    Follow.set(astrid, things["person"])
    Mute.set(astrid, things["topic"])
    assert "Was mine once" in at(astrid).get("/me/").content.decode()
    group.leave(astrid)
    Group.objects.unrestricted("hide it").filter(pk=group.pk).update(shown_to=group.audience, shown_open=False)
    page = at(astrid).get("/me/").content.decode()
    assert "Was mine once" not in page
    assert "Björn Ståhl" in page
    assert page.index("I have muted") < page.index("rust")


def test_my_page_costs_the_same_for_few_and_many(at: Any, astrid: Person, things: dict[str, Any]) -> None:
    client = at(astrid)
    for thing in things.values():
        Follow.set(astrid, thing)
    client.get("/me/")
    with CaptureQueriesContext(connection) as few:
        client.get("/me/")
    for n in range(10):
        Follow.set(astrid, Topic.objects.named(f"word {n}"))
        Follow.set(astrid, Person.objects.create(handle=f"p{n}", name=f"P{n}"))
    with CaptureQueriesContext(connection) as many:
        client.get("/me/")
    assert len(many) == len(few)


def test_what_is_followed_and_taken_back_at_once_leaves_nothing(at: Any, astrid: Person, bjorn: Person) -> None:
    client = at(astrid)
    client.post("/write/", {"kind": "update", "body": "Oj"})
    post = Post.objects.visible_to(bjorn).get()
    Follow.set(bjorn, post)
    assert client.post(f"/posts/{post.pk}/sending/end/").url.startswith("/write/?draft=")
    assert not Follow.objects.exists() and not Post.objects.unrestricted("test").exists()
