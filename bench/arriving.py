"""How soon what arrives is matched, and how soon it is asked for meanwhile: posts at a steady rate, whether or not they keep up.

    python -m bench.arriving RATE SECONDS        in an organisation's environment, a server and its worker running

A post is matched when its listener's job is done and gone from the queue; the time runs from its commit.
"""

import json
import os
import subprocess
import sys
import threading
import time
from statistics import median, quantiles
from typing import Any

WAITING = "SELECT (args->>'event_id')::int FROM procrastinate_jobs WHERE task_name = 'matching.post_published'"
WARM = 3  # first answers of a new process, which has nothing in hand yet
WAIT = 60.0  # seconds after the last post in which the rest may come


class Arrivals:
    """Posts on their way to being matched."""

    def __init__(self) -> None:
        self.waiting: dict[int, float] = {}  # event's id → when it was committed
        self.spent: list[float] = []  # ms

    def look(self, cursor: Any) -> None:
        """Who is done since the last look."""
        waiting = dict(self.waiting)
        cursor.execute(WAITING)
        there, now = {event for (event,) in cursor.fetchall()}, time.perf_counter()
        for event in [event for event in waiting if event not in there]:
            self.spent.append(1000 * (now - self.waiting.pop(event)))


def arriving(rate: float, seconds: float) -> dict[str, float]:
    """p50 and p95 of commit → matched, of `who` and of the panel asked meanwhile, in ms; how many were left unmatched."""
    arrivals = Arrivals()
    asking = subprocess.Popen([sys.executable, "-m", "bench.arriving", "ask", str(seconds)], stdout=subprocess.PIPE, text=True)
    publisher = threading.Thread(target=_publish, args=(arrivals, rate, seconds))
    publisher.start()
    from django.db import connection

    with connection.cursor() as cursor:
        limit = float("inf")
        while publisher.is_alive() or (arrivals.waiting and time.perf_counter() < limit):
            arrivals.look(cursor)
            time.sleep(0.02)
            limit = float("inf") if publisher.is_alive() else min(limit, time.perf_counter() + WAIT)
    found = {"matched": arrivals.spent, **json.loads(asking.communicate()[0])}
    figures = {f"{what} {name}": value for what, spent in found.items() for name, value in _quantiles(spent).items()}
    return {"posts": float(len(arrivals.spent)), "unmatched": float(len(arrivals.waiting)), **figures}


def ask(seconds: float) -> dict[str, list[float]]:
    """Those who ask meanwhile, in a process of their own, as the web's are."""
    over = threading.Event()
    askers = [Asker(what, over) for what in ("who", "panel")]
    for asker in askers:
        asker.start()
    over.wait(seconds)
    over.set()
    for asker in askers:
        asker.join()
    return {asker.what: asker.spent for asker in askers}


def _quantiles(spent: list[float]) -> dict[str, float]:
    return {"p50": median(spent), "p95": quantiles(spent, n=20, method="inclusive")[18]} if len(spent) > 1 else {}


def _publish(arrivals: Arrivals, rate: float, seconds: float) -> None:
    from traff.ground.accounts.models import Person
    from traff.ground.activity.models import Event
    from traff.sharing.content.models import Kind, Post

    people = list(Person.objects.shown().filter(is_guest=False).order_by("pk")[::7][:500])
    written = Post.objects.unrestricted("words to write").filter(kind__in=["article", "question"], is_open=True)
    texts = list(written.order_by("-pk").values_list("title", "body")[: int(rate * seconds)])
    began = time.perf_counter()
    for number, (title, body) in enumerate(texts):
        time.sleep(max(0.0, began + number / rate - time.perf_counter()))
        kind = (Kind.QUESTION, Kind.ARTICLE, Kind.CASE)[number % 3]
        case = {"reuse": body} if kind == Kind.CASE else None
        post = Post.publish(by=people[number % len(people)], kind=kind, title=title or body[3:60], body=body, case=case)
        told = Event.objects.unrestricted("measuring").filter(verb="post.published", subject_kind="post", subject_id=post.pk)
        arrivals.waiting[told.latest("pk").pk] = time.perf_counter()


class Asker(threading.Thread):
    """Somebody who asks twice a second."""

    PAUSE = 0.5

    def __init__(self, what: str, over: threading.Event) -> None:
        super().__init__()
        self.what, self.over, self.spent = what, over, list[float]()

    def run(self) -> None:
        from traff.ground.access.reading import one_look
        from traff.ground.accounts.models import Person
        from traff.ground.core.markup import to_text
        from traff.heart.matching.reuse import panel_for
        from traff.heart.matching.who import who
        from traff.sharing.content.models import Post

        people = list(Person.objects.shown().filter(is_guest=False).order_by("-pk")[:50])
        written = Post.objects.unrestricted("words to ask").filter(kind="article").exclude(title="").order_by("pk")
        texts = list(written.values_list("title", "body")[:50])
        turn = 0
        while not self.over.wait(self.PAUSE):
            person, (title, body) = people[turn % len(people)], texts[turn % len(texts)]
            began = time.perf_counter()
            with one_look():  # as in a request
                if self.what == "who":
                    who(person, to_text(body)[:400], title=title)
                else:
                    panel_for(person, title, to_text(body)[:400])
            self.spent.append(1000 * (time.perf_counter() - began))
            turn += 1
        del self.spent[:WARM]


if __name__ == "__main__":
    from traff.config.database import database

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "traff.config.settings")
    with database():
        import django

        django.setup()
        asked = sys.argv[1] == "ask"
        print(json.dumps(ask(float(sys.argv[2])) if asked else arriving(*map(float, sys.argv[1:]))))
