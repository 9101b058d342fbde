"""Deeds of readers: what comes of each, and who hears of it. Every deed has its twin: somebody who may not."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from traff.community.groups.models import Group
from traff.ground.accounts.models import Person
from traff.ground.activity.models import Event
from traff.sharing.content.models import Draft, Post, Reaction, Reply, Reuse


@pytest.fixture
def circle(cecilia: Person) -> Group:
    return Group.start(by=cecilia, name="Closed circle", is_open=False)


@pytest.fixture
def case(bjorn: Person) -> Post:
    return Post.publish(by=bjorn, kind="case", title="Corrosion", case={"reuse": "<p>The drawing.</p>"})


@pytest.fixture
def secret(cecilia: Person, circle: Group) -> Post:
    return Post.publish(by=cecilia, kind="question", title="Kryolit", body="<p>between us</p>", group=circle)


def heard(since: int = 0) -> list[tuple[str, str, bool]]:
    """(verb, subject's kind, whether everyone hears) of the events since."""
    events = Event.objects.unrestricted("test").filter(pk__gt=since).order_by("pk")
    return [(event.verb, event.subject_kind, event.is_open) for event in events]


def newest() -> int:
    return max(Event.objects.unrestricted("test").values_list("pk", flat=True), default=0)


def post_to(client: Client, who: Person, name: str, pk: int, **data: Any) -> Any:
    client.force_login(who)
    return client.post(reverse(name, args=[pk]), data)


def test_thanks_are_given_once_and_can_be_taken_back(client: Client, astrid: Person, case: Post) -> None:
    before = newest()
    post_to(client, astrid, "post_thanks", case.pk)
    post_to(client, astrid, "post_thanks", case.pk)
    assert Reaction.objects.visible_to(astrid).filter(post=case, person=astrid).count() == 1
    assert heard(before) == [("reaction.given", "post", True)]
    post_to(client, astrid, "post_thanks_end", case.pk)
    assert not Reaction.objects.visible_to(astrid).filter(post=case).exists()
    assert len(heard(before)) == 1


def test_a_reply_is_thanked_likewise(client: Client, astrid: Person, bjorn: Person, case: Post) -> None:
    reply = Reply.write(by=astrid, post=case, body="<p>thank you</p>")
    before = newest()
    response = post_to(client, bjorn, "reply_thanks", reply.pk, next="/")
    assert response.url == "/"
    assert heard(before) == [("reaction.given", "reply", True)]
    assert post_to(client, bjorn, "reply_thanks_end", reply.pk).url == reply.get_absolute_url()


def test_thanks_with_htmx_bring_the_button_anew(client: Client, astrid: Person, case: Post) -> None:
    client.force_login(astrid)
    html = client.post(reverse("post_thanks", args=[case.pk]), headers={"HX-Request": "true"}).content.decode()
    assert reverse("post_thanks_end", args=[case.pk]) in html
    assert 'aria-pressed="true"' in html and "<html" not in html


def test_thanks_in_a_circle_are_heard_in_the_circle(
    client: Client, cecilia: Person, astrid: Person, circle: Group, secret: Post
) -> None:
    circle.audience.add(astrid)
    before = newest()
    post_to(client, astrid, "post_thanks", secret.pk)
    event = Event.objects.unrestricted("test").filter(pk__gt=before).get()
    assert event.audience == circle.audience and not event.is_open


DEEDS = ["post_thanks", "post_thanks_end", "post_reuse", "post_reuse_end", "post_evidence"]
REPLY_DEEDS = ["reply_thanks", "reply_thanks_end", "reply_acceptance", "reply_acceptance_end"]


@pytest.mark.parametrize("name", DEEDS + REPLY_DEEDS)
@pytest.mark.parametrize("outsider", ["astrid", "gosta", "albin"])
def test_outsiders_meet_nothing(
    client: Client, cecilia: Person, secret: Post, name: str, outsider: str, request: pytest.FixtureRequest
) -> None:
    reply = Reply.write(by=cecilia, post=secret, body="<p>hush</p>")
    subject = secret if name in DEEDS else reply
    who = request.getfixturevalue(outsider)
    before = newest()
    response = post_to(client, who, name, subject.pk)
    assert (response.status_code, response.content) == (404, post_to(client, who, name, 10**9).content)
    assert heard(before) == []


@pytest.mark.parametrize("name", DEEDS)
def test_anonymous_and_inactive_people_change_nothing(
    client: Client, astrid: Person, inga: Person, case: Post, name: str
) -> None:
    assert "login" in client.post(reverse(name, args=[case.pk])).url
    client.force_login(astrid)
    astrid.leave()
    assert "login" in client.post(reverse(name, args=[case.pk])).url
    assert not Reaction.objects.unrestricted("test").exists()
    assert not Reuse.objects.unrestricted("test").exists()


@pytest.mark.parametrize("name", ["post_thanks", "post_reuse_end", "post_evidence", "reply_acceptance"])
def test_looking_changes_nothing(client: Client, astrid: Person, case: Post, name: str) -> None:
    client.force_login(astrid)
    assert client.get(reverse(name, args=[case.pk])).status_code == 405


def test_reuse_tells_the_giver_and_stands_on_the_case(client: Client, astrid: Person, case: Post) -> None:
    before = newest()
    response = post_to(client, astrid, "post_reuse", case.pk, note="For the mill in Kiruna")
    assert response.url.endswith("#reuses")
    html = client.get(case.get_absolute_url()).content.decode()
    assert "For the mill in Kiruna" in html and "Astrid Nyman" in html
    assert heard(before) == [("case.reused", "post", True)]
    post_to(client, astrid, "post_reuse", case.pk, note="For another mill")
    assert Reuse.objects.visible_to(astrid).get(post=case).note == "For another mill"
    assert len(heard(before)) == 1
    post_to(client, astrid, "post_reuse_end", case.pk)
    assert not Reuse.objects.visible_to(astrid).filter(post=case).exists()


def test_who_tells_of_a_reuse_while_writing_is_led_back_to_it(client: Client, astrid: Person, case: Post) -> None:
    assert "/write/?draft=" not in said_after_reuse(client, astrid, case)
    draft = Draft.keep(key=uuid.uuid4(), by=astrid, fields={"kind": "question", "title": "Which valve?"})
    said = said_after_reuse(client, astrid, case)
    assert "Det du höll på att skriva finns kvar." in said and f'href="{draft.get_absolute_url()}"' in said


def said_after_reuse(client: Client, who: Person, case: Post) -> str:
    return str(client.get(post_to(client, who, "post_reuse", case.pk, note="").url).content.decode())


@pytest.mark.parametrize("kind", ["question", "update", "idea", "article"])
def test_only_what_can_be_built_on_is_offered_for_reuse(client: Client, astrid: Person, bjorn: Person, kind: str) -> None:
    """A question once an answer has solved it; an update or an idea never."""
    post = Post.publish(by=astrid, kind=kind, title="Why does it leak?", body="<p>It leaks from the gasket.</p>")
    reply = Reply.write(by=bjorn, post=post, body="<p>The gasket.</p>")
    assert is_offered_for_reuse(client, post, bjorn) is (kind == "article")
    if kind == "question":
        post.question.accept(reply, by=astrid)
        assert is_offered_for_reuse(client, post, bjorn)


def is_offered_for_reuse(client: Client, post: Post, to: Person) -> bool:
    client.force_login(to)
    return reverse("post_reuse", args=[post.pk]) in client.get(post.get_absolute_url()).content.decode()


def test_ones_own_work_is_not_counted_as_reused(client: Client, bjorn: Person, case: Post) -> None:
    assert post_to(client, bjorn, "post_reuse", case.pk).status_code == 403
    assert reverse("post_reuse", args=[case.pk]) not in client.get(case.get_absolute_url()).content.decode()


def test_a_note_that_is_too_long_is_said_so(client: Client, astrid: Person, case: Post) -> None:
    response = post_to(client, astrid, "post_reuse", case.pk, note="x" * 2001)
    assert response.status_code == 200
    assert response.context["form"].errors


def test_who_asked_says_what_helped_and_may_change_it(client: Client, astrid: Person, bjorn: Person) -> None:
    question = Post.publish(by=astrid, kind="question", title="Why does it leak?")
    reply = Reply.write(by=bjorn, post=question, body="<p>The gasket.</p>")
    before = newest()
    assert post_to(client, bjorn, "reply_acceptance", reply.pk).status_code == 403
    assert heard(before) == []
    post_to(client, astrid, "reply_acceptance", reply.pk)
    question.question.refresh_from_db()
    assert question.question.accepted_reply_id == reply.pk
    assert heard(before) == [("answer.accepted", "reply", True)]
    assert post_to(client, bjorn, "reply_acceptance_end", reply.pk).status_code == 403
    post_to(client, astrid, "reply_acceptance_end", reply.pk)
    question.question.refresh_from_db()
    assert question.question.accepted_reply_id is None


def test_a_reply_to_something_else_than_a_question_solves_nothing(
    client: Client, astrid: Person, bjorn: Person, case: Post
) -> None:
    reply = Reply.write(by=astrid, post=case, body="<p>well</p>")
    assert post_to(client, bjorn, "reply_acceptance", reply.pk).status_code == 404


def test_authors_keep_their_work_from_being_evidence(client: Client, astrid: Person, bjorn: Person, case: Post) -> None:
    before = newest()
    assert post_to(client, astrid, "post_evidence", case.pk, value="no").status_code == 403
    post_to(client, bjorn, "post_evidence", case.pk, value="no")
    case.refresh_from_db()
    assert not case.is_evidence
    post_to(client, bjorn, "post_evidence", case.pk, value="yes")
    case.refresh_from_db()
    assert case.is_evidence
    assert heard(before) == []
