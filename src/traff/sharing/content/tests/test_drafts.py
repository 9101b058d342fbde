"""Drafts: kept as one types, seen by nobody else, and there again after a lost session."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from traff.ground.accounts.models import Person, SigninLink
from traff.ground.accounts.unsent import WAITING, writer_of
from traff.sharing.content.models import Draft, Post
from traff.sharing.content.tasks import forget_stale_drafts

pytestmark = pytest.mark.django_db
KEY = "0b6f0f6e-58a1-4f3b-8a3f-0f4f2d2f6c01"
FORM = {"draft": KEY, "kind": "question", "title": "Halv fråga", "body": "Jag undrar <om", "body_format": "markdown"}


def keep(client: Client, **more: Any) -> Any:
    return client.post(f"/drafts/{KEY}/", {**FORM, **more}, headers={"X-Keeping": "1"})


def test_what_is_typed_is_kept_exactly(client: Client, astrid: Person) -> None:
    client.force_login(astrid)
    answer = keep(client)
    assert answer.json()["url"] == f"/write/?draft={KEY}" and ":" in answer.json()["at"]
    assert Draft.objects.get(key=KEY).fields["body"] == "Jag undrar <om"
    keep(client, title="Hel fråga")
    page = client.get(f"/write/?draft={KEY}").content.decode()
    assert ">\nHel fråga</textarea>" in page and "Jag undrar &lt;om" in page
    assert not Post.objects.visible_to(astrid).exists()


def test_nobody_else_finds_it(client: Client, astrid: Person, bjorn: Person) -> None:
    client.force_login(astrid)
    keep(client)
    client.force_login(bjorn)
    for path in (f"/write/?draft={KEY}", f"/drafts/{KEY}/"):
        assert client.get(path).status_code == 404
    for path in (f"/drafts/{KEY}/", f"/drafts/{KEY}/end/", "/write/"):
        assert client.post(path, {**FORM, "title": "Min"}).status_code == 404
    assert "Halv fråga" not in client.get("/me/drafts/").content.decode()
    assert Draft.objects.get(key=KEY).fields["title"] == "Halv fråga"


def test_the_list_leads_on_and_throws_away(client: Client, astrid: Person) -> None:
    client.force_login(astrid)
    keep(client)
    page = client.get("/me/drafts/").content.decode()
    assert "Halv fråga" in page and f"/write/?draft={KEY}" in page
    client.post(f"/drafts/{KEY}/end/")
    assert "Halv fråga" not in client.get("/me/drafts/").content.decode()


def test_a_half_reply_stands_in_its_thread(client: Client, astrid: Person, bjorn: Person) -> None:
    post = Post.publish(by=bjorn, kind="question", title="Hur?")
    client.force_login(astrid)
    answer = keep(client, reply_to=post.pk, body="Kanske så")
    assert answer.json()["url"] == f"/posts/{post.pk}/#reply"
    assert "Kanske så" in client.get(f"/posts/{post.pk}/").content.decode()
    post.withdraw(by=bjorn)
    page = client.get("/me/drafts/").content.decode()
    assert "Kanske så" in page and "Hur?" not in page


def test_a_half_edit_waits_on_its_page(client: Client, astrid: Person) -> None:
    post = Post.publish(by=astrid, kind="update", body="Förr")
    client.force_login(astrid)
    assert keep(client, editing=post.pk, body="Sedan").json()["url"] == f"/posts/{post.pk}/edit/"
    assert "Sedan" in client.get(f"/posts/{post.pk}/edit/").content.decode()


def test_sending_after_the_session_was_lost_loses_nothing(client: Client, astrid: Person) -> None:
    client.force_login(astrid)
    writer = writer_of(astrid)
    client.logout()
    answer = client.post("/write/", {**FORM, "writer": writer})
    assert answer.status_code == 302 and answer.url.endswith("next=/unsent/")
    assert not Draft.objects.exists()
    client.force_login(astrid)
    page = client.get("/unsent/", follow=True)
    assert page.redirect_chain[-1][0] == f"/write/?draft={KEY}"
    assert "Halv fråga" in page.content.decode() and not client.session[WAITING]


def test_somebody_else_who_signs_in_there_does_not_get_it(client: Client, astrid: Person, bjorn: Person) -> None:
    client.post("/write/", {**FORM, "writer": writer_of(astrid)})
    client.force_login(bjorn)
    assert "Halv fråga" not in client.get("/me/drafts/").content.decode()
    assert not Draft.objects.exists()


def test_without_a_true_word_of_the_writer_nothing_waits(client: Client, astrid: Person) -> None:
    client.post("/write/", {**FORM, "writer": "1:forged"})
    client.post("/write/", FORM)
    assert WAITING not in client.session


def test_keeping_without_a_session_says_so(client: Client) -> None:
    assert keep(client).status_code == 401


def test_a_form_grown_old_keeps_its_words(astrid: Person, bjorn: Person) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(astrid)
    answer = strict.post("/write/", {**FORM, "writer": writer_of(astrid)}, follow=True)
    assert answer.redirect_chain[-1][0] == f"/write/?draft={KEY}"
    assert not Post.objects.visible_to(astrid).exists()
    assert strict.post("/write/", {**FORM, "writer": writer_of(bjorn)}).status_code == 403
    assert strict.post("/write/", {**FORM, "title": "Utifrån"}).status_code == 403
    assert Draft.objects.get(key=KEY).fields["title"] == "Halv fråga"


def test_anonymous_reading_of_writing_pages_leads_to_signing_in(client: Client) -> None:
    for path in ("/write/", "/me/drafts/", f"/drafts/{KEY}/", "/posts/1/edit/", "/posts/1/replies/", "/replies/1/edit/"):
        assert client.get(path).status_code == 302


def test_any_other_button_keeps_and_never_sends(client: Client, astrid: Person) -> None:
    client.force_login(astrid)
    for step in ("look", "keep", "files", "kind:nonsense"):
        assert client.post("/write/", {**FORM, "step": step}).status_code == 302
    assert not Post.objects.visible_to(astrid).exists() and Draft.objects.get(key=KEY).fields["title"] == "Halv fråga"


def test_what_waits_outlives_a_one_time_link(client: Client, astrid: Person) -> None:
    client.post("/write/", {**FORM, "writer": writer_of(astrid)})
    token = SigninLink.issue(astrid, reason="test", is_impersonation=False)
    client.post(f"/signin/{token}/")
    assert 'href="/unsent/"' in client.get("/me/drafts/").content.decode()
    assert "Halv fråga" in client.get("/unsent/", follow=True).content.decode()


def test_stale_drafts_are_forgotten(astrid: Person) -> None:
    long_ago = timezone.now() - Draft.KEPT - timedelta(days=1)
    Draft.objects.create(author=astrid, touched_at=long_ago)
    kept = Draft.objects.create(author=astrid)
    forget_stale_drafts(timestamp=0)
    assert Draft.objects.get() == kept


def test_another_hand_overwrites_nothing_it_does_not_know_of(client: Client, astrid: Person) -> None:
    client.force_login(astrid)
    first = keep(client, hand="skrivbord").json()["version"]
    second = keep(client, hand="telefon", base=first, body="På tåget").json()["version"]
    late = keep(client, hand="skrivbord", base=first, body="Vid bordet")
    assert late.status_code == 409 and late.json()["version"] == second and "På tåget" in late.json()["excerpt"]
    assert Draft.objects.get(key=KEY).fields["body"] == "På tåget"
    assert keep(client, hand="skrivbord", base=second, body="Vid bordet").status_code == 200
    assert Draft.objects.get(key=KEY).fields["body"] == "Vid bordet"


def test_the_same_hand_and_the_same_words_are_no_quarrel(client: Client, astrid: Person) -> None:
    client.force_login(astrid)
    first = keep(client, hand="skrivbord").json()["version"]
    keep(client, hand="skrivbord", base=first, body="Mer")  # its answer was lost on the way
    assert keep(client, hand="skrivbord", base=first, body="Ännu mer").status_code == 200
    assert keep(client, hand="telefon", base=first, body="Ännu mer").status_code == 200


def test_somebody_who_signs_in_there_keeps_and_sends_nothing_in_the_others_page(
    client: Client, astrid: Person, bjorn: Person
) -> None:
    client.force_login(bjorn)
    assert keep(client, writer=writer_of(astrid)).status_code == 401
    assert client.post("/write/", {**FORM, "writer": writer_of(astrid)}).status_code == 403
    assert not Draft.objects.exists() and not Post.objects.visible_to(bjorn).exists()
