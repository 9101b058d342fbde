"""Undo of sending: for ten seconds what was sent can be the draft it was, as if it had never been sent."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from traff.community.groups.models import Group
from traff.community.topics.models import Topic
from traff.ground.accounts.models import Person
from traff.ground.activity.models import Event
from traff.ground.files.models import File
from traff.ground.search.models import Entry
from traff.sharing.content.models import Draft, Post, Reaction, Reply, Reuse
from traff.sharing.content.tasks import forget_sent_words

pytestmark = pytest.mark.django_db
KEY = "c2b6a1de-1f4d-4b57-9f0f-1c6a3a1b2c3d"
FORM = {"draft": KEY, "kind": "question", "title": "Vilken packning?", "body": "Vi har **tre**. #nyttord", "topics": "tätning"}


def sent(client: Client, who: Person, **more: Any) -> Post:
    client.force_login(who)
    client.post("/write/", {**FORM, **more})
    post: Post = Post.objects.visible_to(who).get()
    return post


def undo(client: Client, who: Person, thing: Post | Reply) -> Any:
    client.force_login(who)
    kind = "posts" if isinstance(thing, Post) else "replies"
    return client.post(f"/{kind}/{thing.pk}/sending/end/", follow=True)


def traces(kind: str, pk: int) -> int:
    events = Event.objects.unrestricted("test").filter(subject_kind=kind, subject_id=pk).count()
    return events + Entry.objects.unrestricted("test").filter(kind=kind, subject_id=pk).count()


def age(thing: Any, seconds: int) -> None:
    then = timezone.now() - timedelta(seconds=seconds)
    type(thing).objects.unrestricted("test").filter(pk=thing.pk).update(published_at=then)


def test_everything_is_the_draft_it_was(client: Client, astrid: Person, bjorn: Person) -> None:
    post = sent(client, astrid, uploads=SimpleUploadedFile("plan.txt", b"ett"))
    assert re.search(r'data-undo="(\d|10)"', client.get(post.get_absolute_url()).content.decode())
    assert traces("post", post.pk) == 2
    answer = undo(client, astrid, post)
    assert answer.redirect_chain[-1][0] == f"/write/?draft={KEY}"
    page = answer.content.decode()
    for part in ("Vilken packning?", "Vi har **tre**. #nyttord", "tätning", "plan.txt"):
        assert part in page
    assert not Post.objects.unrestricted("test").exists() and traces("post", post.pk) == 0
    assert not File.objects.visible_to(bjorn).exists() and File.objects.visible_to(astrid).exists()
    assert not Topic.objects.filter(slug__in=["nyttord", "tätning"]).exists()
    client.post("/write/", {**FORM, "files": File.objects.visible_to(astrid).get().pk})
    assert Post.objects.visible_to(bjorn).get().title == "Vilken packning?"


def test_words_that_were_there_before_stay(client: Client, astrid: Person, bjorn: Person) -> None:
    Topic.objects.named("nyttord")
    Post.publish(by=bjorn, kind="update", body="<p>#rodd</p>").withdraw(by=bjorn)
    undo(client, astrid, sent(client, astrid, topics="rodd"))
    assert set(Topic.objects.values_list("slug", flat=True)) == {"nyttord", "rodd"}


def test_after_the_time_it_stays(client: Client, astrid: Person) -> None:
    post = sent(client, astrid)
    age(post, 31)
    assert "De tio sekunderna har gått" in undo(client, astrid, post).content.decode()
    assert Post.objects.visible_to(astrid).get() == post


def test_the_button_stands_for_ten_seconds_and_for_its_sender_alone(client: Client, astrid: Person, bjorn: Person) -> None:
    post = sent(client, astrid)
    client.force_login(bjorn)
    assert "data-undo" not in client.get(post.get_absolute_url()).content.decode()
    assert undo(client, bjorn, post).status_code == 404
    age(post, 11)
    client.force_login(astrid)
    assert "data-undo" not in client.get(post.get_absolute_url()).content.decode()
    assert Post.objects.visible_to(bjorn).exists()


@pytest.mark.parametrize("deed", ["reply", "thanks", "reuse", "case"])
def test_what_somebody_has_met_stays(client: Client, astrid: Person, bjorn: Person, deed: str) -> None:
    post = sent(client, astrid)
    if deed == "reply":
        Reply.write(by=bjorn, post=post, body="<p>Grafit</p>")
    elif deed == "thanks":
        Reaction.give(by=bjorn, to=post)
    elif deed == "reuse":
        Reuse.tell(by=bjorn, post=post)
    else:
        Post.publish(by=bjorn, kind="case", title="Tätt", case={"reuse": "<p>x</p>"}, made_from=post)
    assert "Någon har redan svarat" in undo(client, astrid, post).content.decode()
    assert Post.objects.visible_to(astrid).filter(pk=post.pk).exists()


def test_anothers_half_answer_outlives_it(client: Client, astrid: Person, bjorn: Person) -> None:
    post = sent(client, astrid)
    client.force_login(bjorn)
    client.post("/drafts/0b6f0f6e-58a1-4f3b-8a3f-0f4f2d2f6c02/", {"reply_to": post.pk, "body": "Mitt halva svar"})
    undo(client, astrid, post)
    client.force_login(bjorn)
    assert "Mitt halva svar" in client.get("/me/drafts/").content.decode()


def test_a_reply_is_taken_back_and_the_thread_is_as_quiet_as_before(client: Client, astrid: Person, bjorn: Person) -> None:
    post = Post.publish(by=astrid, kind="question", title="Hur?")
    before = Post.objects.visible_to(astrid).get().last_active_at
    client.force_login(bjorn)
    client.post(f"/posts/{post.pk}/replies/", {"draft": KEY, "reply_to": post.pk, "body": "Så *här*"})
    reply = Reply.objects.visible_to(astrid).get()
    assert f"/replies/{reply.pk}/sending/end/" in client.get(post.get_absolute_url()).content.decode()
    page = undo(client, bjorn, reply).content.decode()
    assert "Så *här*" in page and not Reply.objects.unrestricted("test").exists() and traces("reply", reply.pk) == 0
    assert abs(Post.objects.visible_to(astrid).get().last_active_at - before) < timedelta(milliseconds=1)


def test_a_reply_that_somebody_answered_stays(client: Client, astrid: Person, bjorn: Person) -> None:
    post = Post.publish(by=astrid, kind="question", title="Hur?")
    client.force_login(bjorn)
    client.post(f"/posts/{post.pk}/replies/", {"draft": KEY, "reply_to": post.pk, "body": "Så här"})
    reply = Reply.objects.visible_to(astrid).get()
    Reply.write(by=astrid, post=post, body="<p>Tack!</p>")
    undo(client, bjorn, reply)
    assert Reply.objects.visible_to(astrid).filter(pk=reply.pk).exists()


def test_sent_words_are_kept_in_one_place_only(client: Client, astrid: Person) -> None:
    post = sent(client, astrid)
    forget_sent_words(key=KEY)
    assert Draft.objects.get(key=KEY).fields == {}
    assert "De tio sekunderna har gått" in undo(client, astrid, post).content.decode()


def test_an_edit_is_no_sending(client: Client, astrid: Person) -> None:
    post = Post.publish(by=astrid, kind="update", body="<p>Ett</p>")
    client.force_login(astrid)
    client.post(f"/posts/{post.pk}/edit/", {"draft": KEY, "editing": post.pk, "body": "Två"})
    assert "data-undo" not in client.get(post.get_absolute_url()).content.decode()
    undo(client, astrid, post)
    assert Post.objects.visible_to(astrid).get().body == "<p>Två</p>"


def test_what_was_changed_since_stays(client: Client, astrid: Person) -> None:
    post = sent(client, astrid)
    client.post(f"/posts/{post.pk}/edit/", {"editing": post.pk, "title": "Vilken tätning?", "body": "Ändrat"})
    assert "Du har ändrat det sedan dess" in undo(client, astrid, post).content.decode()
    assert Post.objects.visible_to(astrid).get().title == "Vilken tätning?"


def test_in_a_closed_circle_likewise(client: Client, cecilia: Person) -> None:
    group = Group.start(by=cecilia, name="Rodd", is_open=False)
    undo(client, cecilia, sent(client, cecilia, audience=group.slug))
    assert Draft.objects.get(key=KEY).fields["audience"] == group.slug
