"""Web and worker under one watch."""

import json
import socket
import subprocess
import sys
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from traff.config import serve
from traff.config.serve import RESTARTS, Child, Watch


def test_a_taken_port_is_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        assert serve.serve() == 1
    told = capsys.readouterr().err
    assert f"Port {port} on 127.0.0.1 is already taken" in told
    assert f"PORT={port + 1} ./traff run" in told


def test_a_port_that_is_no_number_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PORT", "http")
    assert serve.serve() == 1
    assert "PORT is “http”" in capsys.readouterr().err


def test_a_child_that_keeps_dying_is_given_up(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    starts: list[str] = []

    def start(child: Child) -> None:
        starts.append(child.name)
        length = 60 if child.name == "web" else 0
        child.process = subprocess.Popen([sys.executable, "-c", f"import time; time.sleep({length})"])

    monkeypatch.setattr(Child, "start", start)
    monkeypatch.setattr(serve.time, "sleep", lambda _: None)
    monkeypatch.setattr(Watch, "_announce", lambda _: None)
    with socket.socket() as listener:
        watch = Watch(listener)
        assert watch.keep() == 1
    assert starts.count("worker") == RESTARTS + 1
    assert "giving up" in capsys.readouterr().err
    assert watch.children[0].is_dead, "the other child was stopped too"


@pytest.mark.django_db
def test_health_is_200_only_when_a_worker_lives(client: Client) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert json.loads(answer.content) == {"web": True, "worker": False, "database": True}
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    answer = client.get("/healthz")
    assert (answer.status_code, json.loads(answer.content)) == (200, {"web": True, "worker": True, "database": True})


@pytest.mark.django_db
def test_health_answers_when_the_database_does_not(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", fail)
    answer = client.get("/healthz")
    assert (answer.status_code, json.loads(answer.content)) == (503, {"web": True, "worker": False, "database": False})
