"""Mentions: only people who can read it are offered, and who cannot is said before anything is sent."""

from typing import Any

import pytest
from django.test import Client

from traff.community.groups.models import Group
from traff.community.topics.models import Topic
from traff.ground.access.models import Audience
from traff.ground.accounts.models import Block, Person
from traff.sharing.content.mentions import linked, typed_unread, unread_by
from traff.sharing.content.models import Post, Reply

pytestmark = pytest.mark.django_db


@pytest.fixture
def rowers(cecilia: Person, bjorn: Person) -> Group:
    group = Group.start(by=cecilia, name="Rodd", is_open=False)
    group.audience.add(bjorn)
    return group


def offered(client: Client, who: Person, path: str = "people", **query: Any) -> list[str]:
    client.force_login(who)
    return [one["word"] for one in client.get(f"/write/{path}/", query).json()["options"]]


def test_blocked_and_protected_people_are_never_offered(
    client: Client, astrid: Person, bjorn: Person, cecilia: Person, preben: Person, inga: Person
) -> None:
    assert offered(client, astrid, q="björ") == ["Björn Ståhl"] and offered(client, astrid, q="ast") == []
    Block.objects.create(blocker=bjorn, blocked=astrid)
    assert offered(client, astrid, q="björ") == [] and offered(client, bjorn, q="astr") == []
    assert offered(client, astrid, q="preb") == [] and offered(client, astrid, q="ing") == []
    assert (
        offered(client, astrid, q="c") == ["Cecilia Öberg"] == offered(client, astrid, q="ö")
        and offered(client, astrid, q="") == []
    )


def test_in_a_reply_box_the_threads_readers_are_offered(
    client: Client, astrid: Person, bjorn: Person, cecilia: Person, rowers: Group
) -> None:
    post = Post.publish(by=cecilia, kind="question", title="Hemligt?", group=rowers)
    assert (
        offered(client, bjorn, q="cec", post=post.pk) == ["Cecilia Öberg"]
        and offered(client, bjorn, q="astr", post=post.pk) == []
    )
    client.force_login(astrid)
    assert client.get("/write/people/", {"q": "cec", "post": post.pk}).status_code == 404
    assert client.get("/write/unread/", {"who": "bjorn", "post": post.pk}).status_code == 404


def test_words_of_closed_circles_are_offered_in_them_alone(client: Client, astrid: Person, bjorn: Person, rowers: Group) -> None:
    Topic.objects.named("Vattenskador", seen_in=rowers.audience)
    Topic.objects.named("Vattenkraft")
    assert offered(client, bjorn, "topics", q="vatten") == ["Vattenkraft"]
    assert offered(client, bjorn, "topics", q="vatten", audience=rowers.slug) == ["Vattenkraft", "Vattenskador"]
    assert offered(client, astrid, "topics", q="vatten", audience=rowers.slug) == ["Vattenkraft"]


def test_a_topic_is_offered_as_the_hashtag_that_leads_to_it(client: Client, astrid: Person) -> None:
    topic = Topic.objects.named("heat exchangers")
    client.force_login(astrid)
    tag = client.get("/write/topics/", {"q": "heat"}).json()["options"][0]["tag"]
    assert tag == "#heat_exchangers" and Topic.objects.tagged(f"Om {tag}.") == [topic]


def test_a_topic_is_met_by_any_word_of_any_of_its_names(client: Client, astrid: Person) -> None:
    topic = Topic.objects.create(slug="spare-parts", name="Spare parts", name_sv="Reservdelar", aliases=["extra bits"])
    for begun in ("s", "Spa", "par", "spare_p", "reserv", "bit"):
        assert offered(client, astrid, "topics", q=begun) == ["Reservdelar"], begun
    assert offered(client, astrid, "topics", q="pare") == [] == offered(client, astrid, "topics", q="")
    for tag in ("#spare_parts", "#spare-parts", "#reservdelar", "#Extra_bits"):
        assert Topic.objects.tagged(f"Om {tag}.") == [topic], tag


def test_typed_handles_become_links_outside_code(client: Client, astrid: Person, bjorn: Person) -> None:
    client.force_login(astrid)
    client.post("/write/", {"kind": "update", "body": "Fråga @Bjorn, inte a@bjorn eller `@bjorn` eller @ingen."})
    body = Post.objects.visible_to(bjorn).get().body
    link = '<a href="/people/bjorn/" rel="noopener noreferrer nofollow">@Björn Ståhl</a>'
    assert body == f"<p>Fråga {link}, inte a@bjorn eller <code>@bjorn</code> eller @ingen.</p>"


def test_a_handle_of_somebody_protected_or_blocked_stays_words(astrid: Person, bjorn: Person, preben: Person) -> None:
    Block.objects.create(blocker=bjorn, blocked=astrid)
    html = "<p>@bjorn @preben</p>"
    assert linked(html, Audience.objects.everyone(), by=astrid) == html


def test_who_cannot_read_it_is_said_once_before_it_is_sent(
    client: Client, astrid: Person, bjorn: Person, cecilia: Person, rowers: Group
) -> None:
    client.force_login(bjorn)
    text = '<p><a href="/people/astrid/">@Astrid</a> och <a href="/people/cecilia/">@Cecilia</a></p>'
    form = {"kind": "update", "body": text, "body_format": "html", "audience": rowers.slug}
    answer = client.post("/write/", form)
    page = answer.content.decode()
    assert answer.status_code == 422 and "Astrid kan inte läsa det här" in page and 'name="unread" value="astrid"' in page
    assert not Post.objects.visible_to(bjorn).exists()
    assert client.post("/write/", {**form, "unread": "astrid"}).status_code == 302
    assert client.post("/write/", {**form, "audience": ""}).status_code == 302


def test_a_typed_handle_or_first_name_of_an_outsider_is_told_too(
    client: Client, astrid: Person, bjorn: Person, cecilia: Person, preben: Person, rowers: Group
) -> None:
    client.force_login(bjorn)
    form = {"kind": "update", "body": "Fråga @astrid, @preben, @cecilia eller `@gosta`", "audience": rowers.slug}
    page = client.post("/write/", form).content.decode()
    assert f"{astrid.name} kan inte läsa det här" in page and 'name="unread" value="astrid"' in page
    assert client.post("/write/", {**form, "unread": "astrid"}).status_code == 302
    typed = {"typed": [astrid.name.split()[0], "Cecilia", "preben", "ingenalls"]}
    told = client.get("/write/unread/", {**typed, "audience": rowers.slug}).json()
    assert told == {"unread": [], "typed": {"astrid": astrid.name}}
    assert client.get("/write/unread/", typed).json() == {"unread": [], "typed": {}}


def test_a_reply_says_it_too(client: Client, astrid: Person, bjorn: Person, cecilia: Person, rowers: Group) -> None:
    post = Post.publish(by=cecilia, kind="question", title="Hur?", group=rowers)
    client.force_login(bjorn)
    form = {"body": "[@Astrid](/people/astrid/) vet"}
    assert "Astrid kan inte läsa det här" in client.post(f"/posts/{post.pk}/replies/", form).content.decode()
    client.post(f"/posts/{post.pk}/replies/", {**form, "unread": "astrid"})
    assert Reply.objects.visible_to(bjorn).exists()


def test_the_form_asks_while_one_writes(client: Client, astrid: Person, bjorn: Person, cecilia: Person, rowers: Group) -> None:
    client.force_login(bjorn)
    query = {"who": ["astrid", "cecilia", "ingenalls"]}
    assert client.get("/write/unread/", {**query, "audience": rowers.slug}).json() == {"unread": ["astrid", "ingenalls"]}
    assert client.get("/write/unread/", query).json() == {"unread": ["ingenalls"]}


def test_who_does_not_exist_is_answered_as_who_may_not_read(gosta: Person, preben: Person, rowers: Group) -> None:
    texts = ['<p><a href="/people/preben/">@P</a> <a href="/people/finnsinte/">@F</a></p>']
    assert unread_by(texts, rowers.audience) == {"preben": "P", "finnsinte": "F"}


def test_a_guest_is_told_of_nobody_they_do_not_know(astrid: Person, gosta: Person, cecilia: Person, rowers: Group) -> None:
    rowers.audience.add(gosta)
    assert typed_unread(["Astrid"], rowers.audience, by=cecilia) == {"astrid": "Astrid Nyman"}
    assert typed_unread(["Astrid"], rowers.audience, by=gosta) == {}
    Group.start(by=cecilia, name="Kör", is_open=False).audience.add(astrid)
    both = Group.start(by=cecilia, name="Bro", is_open=False).audience
    both.add(astrid)
    both.add(gosta)
    assert typed_unread(["Astrid"], rowers.audience, by=gosta) == {"astrid": "Astrid Nyman"}  # met in another circle
