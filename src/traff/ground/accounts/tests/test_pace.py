"""A robot meets a limit; a person next to it does not, and nobody can read from the counts who did what."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from traff.ground.accounts.models import Person
from traff.ground.accounts.pace import forget_old
from traff.ground.accounts.tasks import clear_sessions
from traff.ground.audit.models import AuditRecord


@pytest.fixture(autouse=True)
def slow(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PACE = {"search": 2, "group_new": 1, "signin_link": 1}
    monkeypatch.setattr("traff.ground.accounts.pace.time.time", lambda: 1_800_000_030.0)


def test_beyond_the_limit_it_says_when_to_come_back(at: Any, astrid: Person, bjorn: Person) -> None:
    robot = at(astrid)
    assert [robot.get("/search/?q=x").status_code for _ in range(4)] == [200, 200, 429, 429]
    answer = robot.get("/search/?q=x")
    assert 0 < int(answer["Retry-After"]) <= 60
    assert "nothing is lost" in answer.content.decode() or "inget" in answer.content.decode()
    assert at(bjorn).get("/search/?q=x").status_code == 200
    assert robot.get("/").status_code == 200
    told = AuditRecord.objects.get(verb="pace.exceeded")  # once, not for every knock
    assert told.actor_id == astrid.pk


def test_the_next_minute_is_a_new_one(at: Any, astrid: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    robot = at(astrid)
    assert [robot.get("/search/?q=x").status_code for _ in range(3)][-1] == 429
    monkeypatch.setattr("traff.ground.accounts.pace.time.time", lambda: 1_800_000_090.0)
    assert robot.get("/search/?q=x").status_code == 200


def test_a_form_counts_when_it_is_sent(at: Any, cecilia: Person) -> None:
    browser = at(cecilia)
    assert [browser.get("/groups/new/").status_code for _ in range(3)] == [200, 200, 200]
    sent = [browser.post("/groups/new/", {"name": name, "purpose": "", "door": "open"}).status_code for name in ("One", "Two")]
    assert sent == [302, 429]


def test_before_sign_in_the_address_counts(client: Client, db: None) -> None:
    assert [client.get("/signin/guessed/").status_code for _ in range(2)][-1] == 429
    assert client.get("/signin/guessed/", REMOTE_ADDR="192.0.2.7").status_code != 429


def test_the_counts_name_nobody_and_go(at: Any, astrid: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    at(astrid).get("/search/?q=x")
    with connection.cursor() as cursor:
        cursor.execute("SELECT key, times FROM accounts_pace")
        [(key, times)] = cursor.fetchall()
        assert len(key) == 16 and times == 1 and str(astrid.pk).encode() not in bytes(key)
        monkeypatch.setattr("traff.ground.accounts.pace.time.time", lambda: 1_800_000_300.0)
        forget_old()
        cursor.execute("SELECT count(*) FROM accounts_pace")
        assert cursor.fetchone() == (0,)


def test_sessions_that_have_run_out_go(astrid: Person) -> None:
    Session.objects.create(session_key="old", session_data="", expire_date=timezone.now() - timedelta(days=1))
    Session.objects.create(session_key="new", session_data="", expire_date=timezone.now() + timedelta(days=1))
    clear_sessions.func(timestamp=0)
    assert [session.session_key for session in Session.objects.all()] == ["new"]
