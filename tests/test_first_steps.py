"""A newcomer's first steps: they tick themselves, can be left at once, and do not come back."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from traff.community.groups.models import Group
from traff.community.people.models import Profile
from traff.ground.accounts.models import Person, SigninLink
from traff.ground.activity.models import Event
from traff.ground.core import slots
from traff.heart.matching.models import Suggestion
from traff.heart.matching.suggest import is_due, look_for
from traff.heart.matching.tasks import profile_told
from traff.heart.matching.tests.told import GLYCOL, QUESTION, case, everyday
from traff.sharing.content.models import Post

CARD = 'id="first-steps"'


def signed_in(person: Person, language: str = "en") -> Client:
    Person.objects.filter(pk=person.pk).update(language=language)
    client = Client()
    client.force_login(person)
    return client


def ticked(client: Client) -> list[bool]:
    """Which of the steps on home are done, in their order; none when the card is not there."""
    found = re.search(r'<ol class="steps">.*?</ol>', client.get("/").content.decode(), re.DOTALL)
    return [bool(mark) for mark in re.findall(r'<li( class="is-done")?>', found.group())] if found else []


def test_each_step_ticks_itself_when_the_deed_is_done(astrid: Person, bjorn: Person, cecilia: Person) -> None:
    everyday(cecilia)
    case(bjorn, text=GLYCOL)
    Post.publish(by=astrid, kind="question", title="Frozen valves?", body=f"<p>{QUESTION}</p>")
    look_for(astrid)
    group = Group.start(by=cecilia, name="Rowing")
    client = signed_in(astrid)
    assert ticked(client) == [False, False, False, False]
    client.post("/me/knowing/", {"topic_names": "valves", "about": ""})
    assert ticked(client) == [True, False, False, False]
    client.post(f"/groups/{group.slug}/membership/")
    assert ticked(client) == [True, True, False, False]
    client.post(f"/follow/person/{bjorn.pk}/")
    assert ticked(client) == [True, True, True, False]
    offered = Suggestion.objects.visible_to(astrid).order_by("pk")[0]
    client.post(f"/suggestions/{offered.pk}/answer/", {"answer": "useful"})
    last = client.get("/").content.decode()
    assert "You know your way around" in last and last.count('<li class="is-done">') == 4
    assert CARD not in client.get("/").content.decode()  # it went by itself


def test_every_step_leads_where_it_is_done(astrid: Person) -> None:
    client = signed_in(astrid)
    found = re.search(r'<ol class="steps">.*?</ol>', client.get("/").content.decode(), re.DOTALL)
    assert found
    ways = re.findall(r'href="([^"]+)"', found.group())
    assert ways == ["/me/knowing/", "/groups/", "/people/", "/traffar/"]
    assert [client.get(way).status_code for way in ways] == [200] * 4


@pytest.mark.parametrize(("language", "word"), [("en", "Your first steps"), ("sv", "Dina första steg")])
def test_whoever_leaves_them_is_not_asked_again(astrid: Person, language: str, word: str) -> None:
    client = signed_in(astrid, language)
    assert word in client.get("/").content.decode()
    assert client.post("/me/first-steps/end/").headers["Location"] == "/"
    client.get("/")  # says that they are gone
    assert word not in client.get("/").content.decode()
    assert CARD not in signed_in(astrid, language).get("/").content.decode()  # nor in another browser
    assert not Event.objects.unrestricted("test").exists()  # nobody hears


def test_my_page_knows_of_them_and_brings_them_back(astrid: Person) -> None:
    client = signed_in(astrid)
    assert "They are on your home page, for you alone" in client.get("/me/").content.decode()
    assert client.post("/me/first-steps/end/", {"next": "/me/"}).headers["Location"] == "/me/"
    assert "Done or left on" in client.get("/me/").content.decode()
    client.post("/me/first-steps/")
    assert CARD in client.get("/").content.decode()


def test_nobody_leaves_them_for_another(astrid: Person, bjorn: Person) -> None:
    anonymous = Client()
    for path in ("/me/first-steps/", "/me/first-steps/end/", "/me/knowing/"):
        assert anonymous.post(path).status_code == 302
        assert "/accounts/login/" in anonymous.post(path).headers["Location"]
    assert signed_in(bjorn).post("/me/first-steps/end/").status_code == 302
    assert CARD in signed_in(astrid).get("/").content.decode()
    assert signed_in(astrid).get("/me/first-steps/end/").status_code == 405  # no link and no mail scanner does it


def test_a_guest_is_not_shown_around(gosta: Person) -> None:
    client = signed_in(gosta)
    assert CARD not in client.get("/").content.decode()
    assert "My first steps" not in client.get("/me/").content.decode()
    assert client.post("/me/first-steps/").status_code == client.post("/me/first-steps/end/").status_code == 404


def test_whoever_is_signed_in_for_another_sees_none_of_it(astrid: Person, client: Client) -> None:
    token = SigninLink.issue(astrid, reason="She rang", is_impersonation=True)
    client.post(f"/signin/{token}/")
    assert "Astrid" in client.get("/").content.decode()
    assert CARD not in client.get("/").content.decode()
    assert "first steps" not in client.get("/me/").content.decode()


def test_home_asks_nothing_more_for_those_who_are_done(astrid: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(astrid)

    def cost() -> int:
        client.get("/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/")
        return len(asked)

    offered = cost()
    astrid.end_first_steps()
    done = cost()
    monkeypatch.setitem(slots._slots, "home.welcome", [])
    assert cost() == done  # as if there were no such card
    assert done < offered <= done + 5  # a question a step, and what every part of a page asks


def test_what_a_newcomer_says_is_kept_found_and_asked_with_at_once(astrid: Person, bjorn: Person, cecilia: Person) -> None:
    look_for(astrid)
    assert not is_due(astrid)
    client = signed_in(astrid)
    page = client.get("/me/knowing/").content.decode()
    assert "What have you done that others could reuse?" in page
    said = {"topic_names": "vibration, skridskor", "about": "I built a sheet that reckons pipe slopes."}
    assert client.post("/me/knowing/", said).headers["Location"] == "/"
    profile = Profile.of(astrid)
    assert {str(topic) for topic in profile.topics.all()} == {"vibration", "skridskor"}
    assert "pipe slopes" in signed_in(bjorn).get("/people/astrid/").content.decode()
    told = Event.objects.visible_to(astrid).get(verb="profile.told")
    assert not Event.objects.visible_to(bjorn).filter(pk=told.pk).exists()
    profile_told(event_id=told.pk)
    assert is_due(astrid)  # the next visit looks for träffar


def test_saying_what_one_knows_leaves_the_rest_of_the_profile_alone(astrid: Person) -> None:
    profile = Profile.of(astrid)
    kept: dict[str, Any] = {"title": "Fitter", "phone": "070", "phone_level": "unit", "about_level": "me", "languages": ["sv"]}
    Profile.objects.filter(pk=profile.pk).update(**kept)
    client = signed_in(astrid)
    assert "shown to: only me" in client.get("/me/knowing/").content.decode()
    client.post("/me/knowing/", {"topic_names": "", "about": "Pumps"})
    assert Profile.objects.filter(pk=profile.pk, about="Pumps", **kept).exists()


def test_too_many_topics_are_sent_back_with_nothing_lost(astrid: Person) -> None:
    many = ", ".join(f"topic {n}" for n in range(30))
    answer = signed_in(astrid).post("/me/knowing/", {"topic_names": many, "about": "Pumps"})
    assert answer.status_code == 200
    assert "at most 20 topics" in answer.content.decode() and "topic 29" in answer.content.decode()
