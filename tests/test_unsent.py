"""No words are lost: a form sent without a session, or with a token grown old, comes back with its words to who wrote them."""

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from traff.ground.access.models import Audience
from traff.ground.accounts.models import Person, SigninLink
from traff.sharing.content.models import Draft, Post, Reply
from traff.sharing.conversations.models import Conversation, Meeting, Message
from traff.sharing.customers.models import Acquaintance, Approach, Customer, Tip
from traff.sharing.customers.registering import take_over
from traff.sharing.openings.models import Opening

pytestmark = pytest.mark.django_db
WORDS = "Min långa text, skriven på tåget"
KEY = "0b6f0f6e-58a1-4f3b-8a3f-0f4f2d2f6c01"


@dataclass(frozen=True)
class Sheet:
    """A form somebody writes in: the page it stands on, where it is sent, and what becomes of it."""

    page: str
    action: str
    fields: dict[str, Any]
    written: Callable[[], list[str]]
    goes_on: bool  # its own form takes the words up; else the page "Not sent" does


def said(model: Any, name: str) -> Callable[[], list[str]]:
    return lambda: [str(getattr(one, name)) for one in model.objects.unrestricted("test")]


@pytest.fixture
def sheets(astrid: Person, bjorn: Person, cecilia: Person) -> dict[str, Sheet]:
    post = Post.publish(by=bjorn, kind="question", title="Hur?")
    talk = Conversation.between(astrid, [bjorn])
    customer = Customer(name="Lillåbruket", external_id="K-17")
    take_over([customer])
    everyone = Audience.objects.everyone()
    approach = Approach.begin(by=cecilia, customer=customer, text="Anbud i höst", audience=everyone)
    note = {"kind": "serviced", "since": "2022", "text": WORDS, "audience": "", "reach": "named"}
    opening = {"title": "Hjälp oss", "building": WORDS, "help_needed": "Svets", "extent": "hours", "languages": ["sv"]}
    draft = {"draft": KEY, "body": WORDS, "body_format": "markdown"}
    mine, replies = f"/customers/{customer.pk}/acquaintance/", f"/posts/{post.pk}/replies/"
    address, tip = talk.get_absolute_url(), f"/approaches/{approach.pk}/tips/"
    return {
        "post": Sheet("/write/", "/write/", {**draft, "kind": "update"}, said(Post, "body"), True),
        "reply": Sheet(f"/posts/{post.pk}/", replies, {**draft, "reply_to": post.pk}, said(Reply, "body"), True),
        "message": Sheet(address, address, {"body": WORDS}, said(Message, "body"), True),
        "first message": Sheet("/conversations/new/", "/conversations/new/?to=cecilia", {"to": "cecilia", "body": WORDS},
                               said(Message, "body"), True),
        "opening": Sheet("/openings/new/", "/openings/new/", opening, said(Opening, "building"), True),
        "acquaintance": Sheet(mine, mine, note, said(Acquaintance, "text"), False),
        "approach": Sheet(f"/customers/{customer.pk}/approach/", f"/customers/{customer.pk}/approach/",
                          {"text": WORDS, "audience": ""}, said(Approach, "text"), False),
        "tip": Sheet(approach.get_absolute_url(), tip, {"text": WORDS}, said(Tip, "text"), False),
    }  # fmt: skip


KINDS = ["post", "reply", "message", "first message", "opening", "acquaintance", "approach", "tip"]
kinds = pytest.mark.parametrize("kind", KINDS)


def written(sheet: Sheet) -> str:
    return " ".join(sheet.written())


def fields_of(page: str, action: str, name: str) -> dict[str, Any]:
    """What the form that posts there, and has this field, would send."""
    forms = [form for form in re.findall(r"<form.*?</form>", page, re.DOTALL) if f'name="{name}"' in form]
    form = next(form for form in forms if f'action="{action}"' in unescape(form) or "action=" not in form)
    hidden = re.findall(r'<input type="hidden" name="([^"]+)"(?: id="[^"]*")? value="([^"]*)"', form)
    typed = re.findall(r'<textarea[^>]*?name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL)
    return {key: unescape(value) for key, value in (*hidden, *typed)}


def opened(client: Client, sheet: Sheet) -> dict[str, Any]:
    """The form as its page gives it, filled in."""
    page = client.get(sheet.page).content.decode()
    word = "body" if "body" in sheet.fields else "building" if "building" in sheet.fields else "text"
    given = fields_of(page, sheet.action, word)
    assert given["writer"]
    return {"writer": given["writer"], **sheet.fields}


def comes_back(client: Client, sheet: Sheet) -> str:
    """The page that has the words again; nothing was sent."""
    page = client.get("/unsent/", follow=True)
    text = page.content.decode()
    assert page.status_code == 200 and WORDS in unescape(text)
    assert WORDS not in written(sheet)
    assert "Inget har skickats" in text  # it says what happened, and what to do
    if not sheet.goes_on or "/unsent/" not in page.request["PATH_INFO"]:
        return text
    way = re.search(r'href="([^"]+)">Skriv vidare', text)
    assert way
    form = client.get(unescape(way[1])).content.decode()
    assert WORDS in unescape(form)
    return form


@kinds
def test_a_lost_session_loses_no_words(kind: str, sheets: dict[str, Sheet], astrid: Person) -> None:
    sheet, client = sheets[kind], Client()
    client.force_login(astrid)
    form = opened(client, sheet)
    client.logout()
    answer = client.post(sheet.action, form)
    assert answer.status_code == 302 and answer["Location"] == "/accounts/login/?next=/unsent/"
    client.force_login(astrid)
    comes_back(client, sheet)


@kinds
def test_a_token_grown_old_loses_no_words(kind: str, sheets: dict[str, Sheet], astrid: Person) -> None:
    """She has signed in anew in another tab, so that the secret of the form is another."""
    sheet, client = sheets[kind], Client(enforce_csrf_checks=True)
    client.force_login(astrid)
    form = opened(client, sheet)
    client.force_login(astrid)
    answer = client.post(sheet.action, {**form, "csrfmiddlewaretoken": "x" * 64})
    assert answer.status_code == 302 and answer["Location"] == "/unsent/"
    comes_back(client, sheet)


@pytest.mark.parametrize("kind", ["acquaintance", "approach", "tip"])
def test_from_the_page_not_sent_it_is_sent_as_it_was(kind: str, sheets: dict[str, Sheet], astrid: Person) -> None:
    sheet, client = sheets[kind], Client(enforce_csrf_checks=True)
    client.force_login(astrid)
    client.post(sheet.action, opened(client, sheet))
    again = fields_of(comes_back(client, sheet), sheet.action, "text")
    assert again["csrfmiddlewaretoken"]
    assert client.post(sheet.action, again)["Location"] != "/unsent/"
    assert WORDS in written(sheet)
    assert client.get("/unsent/")["Location"] == "/me/drafts/"  # nothing waits any more


@pytest.mark.parametrize("kind", ["message", "first message", "opening"])
def test_words_wait_in_their_own_form_until_they_are_sent(kind: str, sheets: dict[str, Sheet], astrid: Person) -> None:
    sheet, client = sheets[kind], Client()
    client.post(sheet.action, opened(signed_in(astrid), sheet))
    client.force_login(astrid)
    comes_back(client, sheet)
    name = "building" if kind == "opening" else "body"
    again = fields_of(comes_back(client, sheet), sheet.action, name)  # a page that was closed has lost nothing
    assert again[name].strip() == WORDS
    client.post(sheet.action, {**sheet.fields, **again})
    if kind == "opening":  # whose other fields are chosen anew: the page is drawn again, and nothing is lost if it is closed
        assert WORDS in client.get("/unsent/").content.decode()
        return
    assert WORDS in written(sheet)
    assert client.get("/unsent/")["Location"] == "/me/drafts/"


def test_words_refused_a_second_time_are_not_lost(sheets: dict[str, Sheet], astrid: Person) -> None:
    sheet, client = sheets["tip"], Client(enforce_csrf_checks=True)
    client.force_login(astrid)
    client.post(sheet.action, opened(client, sheet))
    again = fields_of(comes_back(client, sheet), sheet.action, "text")
    assert again["unsent"]
    client.post(sheet.action, {**again, "csrfmiddlewaretoken": "x" * 64})
    assert WORDS in unescape(client.get("/unsent/").content.decode())


def test_what_waits_is_bounded_and_grows_old(sheets: dict[str, Sheet], astrid: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet, client = sheets["tip"], Client()
    form = opened(signed_in(astrid), sheet)
    for number in range(4):
        client.post(f"{sheet.action}?{number}", {**form, "text": "🔩" * 200_000})
    client.post(sheet.action, form)
    assert len(json.dumps(client.session["unsent"])) < 2_100_000
    client.force_login(astrid)
    assert WORDS in unescape(client.get("/unsent/").content.decode())
    later = time.time() + timedelta(days=15).total_seconds()
    monkeypatch.setattr("traff.ground.accounts.unsent.time.time", lambda: later)
    assert client.get("/unsent/")["Location"] == "/me/drafts/"


@kinds
def test_somebody_else_at_the_same_computer_gets_nothing(
    kind: str, sheets: dict[str, Sheet], astrid: Person, bjorn: Person
) -> None:
    sheet, form, client = sheets[kind], opened(signed_in(astrid), sheets[kind]), Client()
    client.post(sheet.action, form)
    client.force_login(bjorn)
    for path in ("/unsent/", "/me/drafts/", sheet.page):
        assert WORDS not in unescape(client.get(path, follow=True).content.decode())
    assert client.post(sheet.action, form).status_code == 403  # nor is it sent in his name
    assert WORDS not in written(sheet)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_what_carries_no_true_word_of_its_writer_is_refused_and_kept_for_nobody(astrid: Person, bjorn: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(astrid)
    for forged in ({}, {"writer": "1:forged"}, {"writer": ""}):
        assert client.post("/write/", {"body": WORDS, **forged}).status_code == 403
    assert "unsent" not in client.session


def test_refused_words_are_kept_too(sheets: dict[str, Sheet], astrid: Person, bjorn: Person, cecilia: Person) -> None:
    """A colleague has withdrawn what she was about to answer, or an approach is gone: she still has her words."""
    sheet, client = sheets["tip"], signed_in(astrid)
    form = opened(client, sheet)
    assert client.post("/approaches/99999/tips/", form).status_code == 404
    told = client.get("/me/drafts/").content.decode()
    assert "Det du skrev skickades inte" in told and "/unsent/" in told
    assert WORDS in client.get("/unsent/").content.decode()


def test_several_pieces_wait_side_by_side_and_each_can_be_thrown_away(sheets: dict[str, Sheet], astrid: Person) -> None:
    client, forms = Client(), {kind: opened(signed_in(astrid), sheets[kind]) for kind in ("tip", "post", "message")}
    for kind, form in forms.items():
        client.post(sheets[kind].action, form)
    client.force_login(astrid)
    page = client.get("/unsent/").content.decode()
    assert page.count("Släng") == 3 and Draft.objects.get().fields["body"] == WORDS
    again = client.get("/unsent/").content.decode()
    keys = re.findall(r'name="key" value="([^"]+)"', again)
    assert len(keys) == 2  # the post is among the drafts now
    for key in keys:
        client.post("/unsent/end/", {"key": key})
    assert client.get("/unsent/")["Location"] == "/me/drafts/"


def test_a_one_time_link_leads_to_what_waits(sheets: dict[str, Sheet], astrid: Person) -> None:
    client = Client()
    client.post(sheets["tip"].action, opened(signed_in(astrid), sheets["tip"]))
    client.post(f"/signin/{SigninLink.issue(astrid, reason='test', is_impersonation=False)}/")
    assert "bland dina utkast" in client.get("/").content.decode()
    assert 'href="/unsent/"' in client.get("/me/drafts/").content.decode()
    assert WORDS in client.get("/unsent/").content.decode()


def test_who_is_signed_in_for_another_writes_and_finds_nothing(sheets: dict[str, Sheet], astrid: Person) -> None:
    client = Client()
    client.post(sheets["tip"].action, opened(signed_in(astrid), sheets["tip"]))
    client.post(f"/signin/{SigninLink.issue(astrid, reason='test', is_impersonation=True)}/")
    assert WORDS not in client.get("/unsent/", follow=True).content.decode()
    assert 'name="writer" value=""' in client.get(sheets["tip"].page).content.decode()


def test_files_are_named_since_they_do_not_come_along(sheets: dict[str, Sheet], astrid: Person) -> None:
    client, sheet = Client(), sheets["acquaintance"]
    client.post(sheet.action, {**opened(signed_in(astrid), sheet), "uploads": SimpleUploadedFile("ritning.pdf", b"x")})
    client.force_login(astrid)
    assert "ritning.pdf" in client.get("/unsent/").content.decode()


def test_a_page_that_sends_by_itself_is_told_and_keeps_its_words(sheets: dict[str, Sheet], astrid: Person) -> None:
    client, sheet = Client(), sheets["message"]
    form = opened(signed_in(astrid), sheet)
    for header in ("X-Sending", "X-Keeping"):
        assert client.post(sheet.action, form, headers={header: "1"}).status_code == 401
    assert "unsent" not in client.session


def test_a_meeting_is_no_exception(astrid: Person, bjorn: Person) -> None:
    form = fields_of(signed_in(astrid).get("/people/bjorn/meeting/").content.decode(), "/people/bjorn/meeting/", "writer")
    client = Client()
    client.post("/people/bjorn/meeting/", {**form, "about": WORDS, "first": "2027-01-04T09:30"})
    client.force_login(astrid)
    assert WORDS in client.get("/unsent/").content.decode()
    assert not Meeting.objects.unrestricted("test").exists()
