"""What no request shows: the verb by several writers, how soon it is matched, queries a page, the bare SQL of the feed.

Runs in the organisation's environment, started by `bench.measuring.inside`; prints one line of JSON.
"""

import json
import os
import subprocess
import sys
import time
from statistics import median, quantiles
from typing import Any


def publish(writers: float, seconds: float) -> dict[str, float]:
    """Posts a second by so many writers, a process each, and the milliseconds of one."""
    asked = [sys.executable, "-m", "bench.inside", "writer", str(seconds)]
    begun = [
        subprocess.Popen([*asked, str(n)], stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True) for n in range(int(writers))
    ]
    for process in begun:
        if process.stdout:
            process.stdout.readline()  # ready
    for process in begun:
        if process.stdin:
            process.stdin.close()
    answers = [json.loads(_rest(process)) for process in begun]
    spent = [took for answer in answers for took in answer["spent"]]
    return {"rate": len(spent) / seconds, "p50": median(spent), "p95": quantiles(spent, n=20)[18]}


def _rest(process: "subprocess.Popen[str]") -> str:
    text = process.stdout.read() if process.stdout else ""
    process.wait()
    return text


def writer(seconds: float, number: float) -> dict[str, Any]:
    from traff.ground.accounts.models import Person
    from traff.sharing.content.models import Kind, Post

    people = list(Person.objects.order_by("pk")[int(number) * 20 : int(number) * 20 + 20])
    texts = list(Post.objects.unrestricted("words to write").filter(kind="update").values_list("body", flat=True)[:200])
    spent: list[float] = []
    for by in people[:2]:
        Post.publish(by=by, kind=Kind.UPDATE, body=texts[0])
    print("ready", flush=True)
    sys.stdin.read()
    end = time.perf_counter() + seconds
    while (started := time.perf_counter()) < end:
        turn = len(spent)
        Post.publish(by=people[turn % 20], kind=Kind.UPDATE, body=texts[(turn * 7 + int(number)) % 200])
        spent.append(1000 * (time.perf_counter() - started))
    return {"spent": spent}


def matched(times: float) -> dict[str, float]:
    """Seconds from publishing to the end of the job that matches it; the server's worker does it."""
    from django.db import connection

    from traff.ground.accounts.models import Person
    from traff.sharing.content.models import Kind, Post

    people = list(Person.objects.order_by("pk")[: int(times)])
    texts = list(Post.objects.unrestricted("words to write").filter(kind="article").values_list("body", flat=True)[: int(times)])
    pending = "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND scheduled_at IS NULL"
    spent = []
    with connection.cursor() as cursor:
        for by, text in zip(people, texts, strict=True):
            _until_none(cursor, pending)
            started = time.perf_counter()
            Post.publish(by=by, kind=Kind.UPDATE, body=text)
            _until_none(cursor, pending)
            spent.append(time.perf_counter() - started)
    return {"p50": median(spent), "p95": quantiles(spent, n=20, method="inclusive")[18]}


def _until_none(cursor: Any, pending: str) -> None:
    end = time.perf_counter() + 60
    while time.perf_counter() < end:
        cursor.execute(pending)
        if not cursor.fetchone()[0]:
            return
        time.sleep(0.01)


def queries(_: float) -> dict[str, float]:
    """How many a page asks, of a person in the middle."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from bench.people import _gather

    known = _gather()
    client = Client(HTTP_HOST="localhost", HTTP_COOKIE=known["cookies"][0])
    found = {}
    for name, path in {"home": "/", **{kind[:-1]: known[kind][3] for kind in ("posts", "groups", "profiles")}}.items():
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        found[name] = float(len(asked))
    return found


def feed(times: float) -> dict[str, float]:
    """The limit: the SQL of a feed alone, ids of the twenty newest that a person may read, then their rows."""
    from django.db import connection

    from traff.ground.accounts.models import Person
    from traff.sharing.content.models import Post

    people, spent = list(Person.objects.order_by("pk")[:50]), []
    for turn in range(int(times)):
        newest = Post.objects.visible_to(people[turn % 50]).newest_first()[:20]
        sql, given = newest.query.sql_with_params()
        started = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(sql, given)
            cursor.fetchall()
        spent.append(1000 * (time.perf_counter() - started))
    return {"p50": median(spent), "p95": quantiles(spent, n=20)[18]}


if __name__ == "__main__":
    from traff.config.database import database

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "traff.config.settings")
    with database():
        import django

        django.setup()
        measure = {"publish": publish, "writer": writer, "matched": matched, "queries": queries, "feed": feed}[sys.argv[1]]
        print(json.dumps(measure(*map(float, sys.argv[2:]))))
