"""What is refused, broken or out of reach is said in words, in the language of the page."""

from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import connections
from django.test import Client, RequestFactory

from traff.config.failing import broken, refused
from traff.ground.accounts.models import Person


def said(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_address_of_a_button_says_so_when_somebody_opens_it(client: Client, astrid: Person) -> None:
    client.force_login(astrid)
    answer = client.get("/language/")
    assert answer.status_code == 405 and answer.headers["Allow"] == "POST"
    assert "Det här är ingen egen sida" in said(answer)


def test_a_form_too_large_is_told_apart_from_a_form_not_understood() -> None:
    request = RequestFactory().post("/write/", headers={"Accept-Language": "en"})
    assert refused(request, RequestDataTooBig()).status_code == 413
    assert "That was too large" in said(refused(request, RequestDataTooBig()))
    assert refused(request, ValueError()).status_code == 400


@pytest.mark.parametrize(("language", "word"), [("sv", "Något gick sönder"), ("en", "Something broke")])
def test_what_broke_is_said_without_the_database(language: str, word: str) -> None:
    """No fixture opens the database here: asking it would fail this test."""
    request = RequestFactory().get("/", headers={"Accept-Language": language})
    answer = broken(request)
    assert answer.status_code == 500 and word in said(answer) and f'lang="{language}"' in said(answer)


def test_what_broke_keeps_the_language_and_the_theme_that_were_chosen() -> None:
    request = RequestFactory().get("/", headers={"Accept-Language": "en"})
    request.COOKIES = {"traff_language": "sv", "traff_theme": "dark"}
    assert "Något gick sönder" in said(broken(request)) and 'data-theme="dark"' in said(broken(request))


def test_a_site_without_its_database_still_says_what_happened(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.raise_request_exception = False
    client.cookies["sessionid"] = "somebody"
    answer = client.get("/", headers={"Accept-Language": "sv"})  # tests may not open it either: as good as away
    assert answer.status_code == 500 and "Något gick sönder" in said(answer)
    assert not connections["default"].in_atomic_block


def test_a_page_that_is_kept_for_no_contact_knows_nobody(client: Client) -> None:
    """Without a database, a session or a token: the same bytes for everybody."""
    pages = [client.get(f"/offline/?lang={language}") for language in ("sv", "en")]
    assert ["Ingen kontakt" in said(pages[0]), "Cannot reach" in said(pages[1])] == [True, True]
    assert not pages[0].cookies and "csrf" not in said(pages[0])
    client.cookies["traff_theme"] = "dark"
    assert said(client.get("/offline/?lang=sv")) == said(pages[0])


def test_the_worker_keeps_the_offline_pages_and_the_look_alone(client: Client) -> None:
    script = said(client.get("/worker.js"))
    head = script.split("\n", 1)[0]
    assert "/offline/?lang=sv" in head and "tokens.css" in head
    assert '"version": "' in head and client.get("/worker.js").headers["Cache-Control"] == "no-cache"
    told = client.get("/manifest.webmanifest").json()
    assert told["name"] == "Träff" and {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}
