"""Ways in: password, one-time link, the demo's cast; and what each leaves behind."""

import re
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from traff.ground.accounts.models import DemoMarker, Person, SigninLink
from traff.ground.audit.models import AuditRecord

PASSWORD = "correct horse battery"


@pytest.fixture
def known(astrid: Person) -> Person:
    astrid.set_password(PASSWORD)
    astrid.save()
    return astrid


@pytest.fixture
def demo(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any) -> DemoMarker:
    settings.ON_LOOPBACK = True
    return DemoMarker.objects.create(organisation="nordanvind")


def signs_in(client: Client, email: str, password: str) -> bool:
    client.post("/accounts/login/", {"login": email, "password": password})
    return "_auth_user_id" in client.session


def test_with_address_and_password(client: Client, known: Person) -> None:
    assert client.get("/accounts/login/").status_code == 200
    assert not signs_in(client, known.email or "", "wrong")
    assert signs_in(client, known.email or "", PASSWORD)


def test_who_has_left_does_not_come_in(client: Client, known: Person) -> None:
    known.leave()
    assert not signs_in(client, known.email or "", PASSWORD)


def test_a_forgotten_password(client: Client, known: Person) -> None:
    client.post("/accounts/password/reset/", {"email": known.email})
    link = re.search(r"http://\S+", mail.outbox[0].body)
    assert link
    form = client.get(link[0].replace("http://testserver", ""), follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": "another horse battery", "password2": "another horse battery"})
    assert signs_in(Client(), known.email or "", "another horse battery")


@pytest.mark.parametrize("path", ["signup/", "email/", "confirm-email/", "confirm-email/x/"])
def test_the_register_is_in_charge_of_accounts_and_addresses(client: Client, at: Any, known: Person, path: str) -> None:
    for visitor in (client, at(known)):
        assert visitor.get(f"/accounts/{path}").status_code == 404
        assert visitor.post(f"/accounts/{path}", {"email": "x@example.org"}).status_code == 404


def test_every_page_of_signing_in_is_drawn(client: Client, at: Any, known: Person) -> None:
    for path in (
        "login/",
        "password/reset/",
        "password/reset/done/",
        "password/reset/key/1-x/",
        "password/reset/key/done/",
        "inactive/",
    ):
        answer = client.get(f"/accounts/{path}", follow=True)
        assert answer.status_code == 200
        assert answer.content.decode().count("<h1") == 1
    for path in ("logout/", "password/change/", "2fa/", "2fa/totp/activate/", "reauthenticate/"):
        answer = at(known).get(f"/accounts/{path}", follow=True)
        assert answer.status_code == 200
        assert answer.content.decode().count("<h1") == 1


def printed(*arguments: str) -> str:
    out = StringIO()
    call_command("signin", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue().strip()


def test_the_command_prints_a_link_that_works_once(astrid: Person, settings: Any) -> None:
    link = printed("astrid@example.org", "--reason", "She rang and could not get in")
    assert link.startswith(f"{settings.SITE_URL}/signin/")
    path = link.removeprefix(settings.SITE_URL)
    browser = Client()
    assert browser.get(path).status_code == 200  # a mail scanner looks; nothing is used up
    assert browser.post(path).headers["Location"] == "/"
    assert browser.session["impersonated"] == "Astrid Nyman"
    assert browser.session.get_expiry_date() <= timezone.now() + timedelta(minutes=10, seconds=5)
    assert Client().post(path).status_code == 410
    assert [record.verb for record in AuditRecord.objects.about("person", astrid.pk)] == ["signin.used", "signin.issued"]
    page = browser.get("/me/").content.decode()
    assert "She rang and could not get in" in page


def test_the_session_does_not_last_longer_by_being_used(astrid: Person) -> None:
    token = SigninLink.issue(astrid, reason="why", is_impersonation=True)
    browser = Client()
    browser.post(f"/signin/{token}/")
    first = browser.session.get_expiry_date()
    browser.post("/language/", {"language": "en", "next": "/me/"})
    session = browser.session
    session["touched"] = True
    session.save()
    assert browser.session.get_expiry_date() == first


def test_without_a_reason_there_is_no_link(astrid: Person, inga: Person) -> None:
    with pytest.raises(CommandError, match="--reason"):
        printed("astrid")
    with pytest.raises(CommandError, match="has left"):
        printed("inga", "--reason", "why")
    with pytest.raises(CommandError, match="Nobody here"):
        printed("nobody", "--reason", "why")
    assert not SigninLink.objects.exists()


def test_an_old_a_foreign_and_a_leavers_link_are_spent(client: Client, astrid: Person) -> None:
    old = SigninLink.issue(astrid, reason="why", is_impersonation=True)
    SigninLink.objects.update(expires_at=timezone.now())
    fresh = SigninLink.issue(astrid, reason="why", is_impersonation=True)
    astrid.leave()
    for token in (old, fresh, "x" * 32):
        answer = client.post(f"/signin/{token}/")
        assert answer.status_code == 410
        assert "_auth_user_id" not in client.session


def test_in_the_demo_one_chooses_whom_to_be(client: Client, astrid: Person, preben: Person, demo: DemoMarker) -> None:
    assert b"/demo/" in client.get("/accounts/login/").content
    cast = client.get("/demo/").content.decode()
    assert "Astrid Nyman" in cast
    assert "Mine support" in cast or "Gruvst" in cast
    assert "Preben" not in cast
    assert client.post("/demo/", {"person": "preben"}).status_code == 404
    client.post("/demo/", {"person": "astrid"})
    assert client.session["_auth_user_id"] == str(astrid.pk)
    assert "impersonated" not in client.session
    assert printed("astrid").startswith("http")  # no reason asked for here


def test_anywhere_else_there_is_no_such_page(client: Client, astrid: Person) -> None:
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/", {"person": "astrid"}).status_code == 404
    assert b"/demo/" not in client.get("/accounts/login/").content


def test_the_demo_answers_on_loopback_alone(client: Client, astrid: Person, demo: DemoMarker, settings: Any) -> None:
    settings.ON_LOOPBACK = False
    assert client.post("/demo/", {"person": "astrid"}).status_code == 404


def test_language_is_kept_and_leads_back(client: Client, at: Any, astrid: Person) -> None:
    answer = client.post("/language/", {"language": "sv", "next": "/accounts/login/"})
    assert answer.headers["Location"] == "/accounts/login/"
    assert "Logga in" in client.get("/accounts/login/").content.decode()
    mine = at(astrid)
    mine.post("/language/", {"language": "sv", "next": "https://elsewhere.example/"})
    astrid.refresh_from_db()
    assert astrid.language == "sv"
    assert mine.post("/language/", {"language": "xx"}).headers["Location"] == "/"
    assert client.get("/language/").status_code == 405
