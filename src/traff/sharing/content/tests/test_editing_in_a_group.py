"""What one has written in a group is changed through its page, as anywhere else: every verb there finds its post anew."""

from typing import Any

import pytest
from django.test import Client

from traff.community.groups.models import Group
from traff.ground.accounts.models import Person
from traff.ground.search.models import Entry
from traff.sharing.content.models import Draft, Kind, Post, Reply

pytestmark = pytest.mark.django_db
ROUND = {"title": "Packningen på fyran", "reuse": "Mallen", "situation": "Den läckte", "approach": "Vi bytte", "outcome": "Tätt"}


@pytest.fixture(params=[True, False], ids=["open", "closed"])
def rowers(request: pytest.FixtureRequest, cecilia: Person, bjorn: Person) -> Group:
    group = Group.start(by=cecilia, name="Rodd", is_open=request.param)
    group.audience.add(bjorn)
    return group


@pytest.fixture
def at_work(client: Client, bjorn: Person) -> Client:
    client.force_login(bjorn)
    return client


def found_by(person: Person, kind: str) -> str:
    return str(Entry.objects.visible_to(person).get(kind=kind).text)


@pytest.mark.parametrize("kind", Kind.values)
def test_bjorn_changes_what_he_wrote(at_work: Client, bjorn: Person, cecilia: Person, rowers: Group, kind: str) -> None:
    form = {"kind": kind, "audience": rowers.slug, "body": "Vi ror på tisdag", **ROUND}
    assert at_work.post("/write/", form).status_code == 302
    post = Post.objects.visible_to(bjorn).get()
    assert at_work.get(f"/posts/{post.pk}/edit/").status_code == 200
    changed = at_work.post(f"/posts/{post.pk}/edit/", {**form, "body": "Vi ror på onsdag", "situation": "Den läckte i onsdags"})
    assert (changed.status_code, changed["Location"]) == (302, post.get_absolute_url())
    assert "onsdag" in found_by(cecilia, "post")
    assert not Draft.objects.of(bjorn).waiting().exists()


def test_a_reply_is_written_changed_and_withdrawn(at_work: Client, bjorn: Person, cecilia: Person, rowers: Group) -> None:
    post = Post.publish(by=cecilia, kind="question", title="När ror vi?", group=rowers)
    assert at_work.post(f"/posts/{post.pk}/replies/", {"body": "På tisdag"}).status_code == 302
    reply = Reply.objects.visible_to(bjorn).get()
    assert at_work.get(f"/replies/{reply.pk}/edit/").status_code == 200
    assert at_work.post(f"/replies/{reply.pk}/edit/", {"body": "På onsdag"}).status_code == 302
    assert found_by(cecilia, "reply") == "På onsdag"
    assert at_work.post(f"/replies/{reply.pk}/withdrawal/").status_code == 302
    assert not Reply.objects.visible_to(cecilia).exists()


@pytest.mark.parametrize(
    ("deed", "said"),
    [
        ("posts:evidence", {"value": "no"}),
        ("ideas:taking", {}),
        ("ideas:stage", {"stage": "tried", "note": "I båthuset"}),
        ("posts:thanks", {}),
        ("posts:withdrawal", {}),
    ],
)
def test_every_other_deed_works_there_too(at_work: Client, bjorn: Person, rowers: Group, deed: str, said: dict[str, Any]) -> None:
    idea = Post.publish(by=bjorn, kind="idea", title="Ro om natten", group=rowers)
    Reply.write(by=bjorn, post=idea, body="<p>Med lampor</p>")
    place, verb = deed.split(":")
    assert at_work.post(f"/{place}/{idea.pk}/{verb}/", said).status_code == 302


def test_what_breaks_after_the_words_were_kept_says_where_they_are(
    at_work: Client, bjorn: Person, rowers: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = Post.publish(by=bjorn, kind="update", body="Vi ror", group=rowers)

    def breaks(*args: Any, **more: Any) -> None:
        raise RuntimeError("no index today")

    monkeypatch.setattr("traff.ground.search.findable.index", breaks)
    at_work.raise_request_exception = False
    answer = at_work.post(f"/posts/{post.pk}/edit/", {"body": "Vi ror på onsdag"})
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "sparat, som ett utkast bara du ser" in page and 'href="/me/drafts/"' in page
    assert f'href="/posts/{post.pk}/edit/"' in page
    assert "Vi ror på onsdag" in at_work.get(f"/posts/{post.pk}/edit/").content.decode()
    assert "onsdag" not in Post.objects.visible_to(bjorn).get().body
