"""From publish to matched, in a loaded database with a worker running.

DATABASE_URL=… python bench/matched.py QUERIES.jsonl.gz [N] [SECONDS]     publishes N texts, one every SECONDS (1), as rotating
people; prints p50 and p95 of the verb, and of commit → matched (its listener's job is done and gone), in ms. What it wrote is
withdrawn afterwards.
"""

import gzip
import json
import sys
import time

import django
import numpy as np
from django.utils.html import escape

django.setup()

from django.db import connection  # noqa: E402

from traff.ground.accounts.models import Person  # noqa: E402
from traff.ground.activity.models import Event  # noqa: E402
from traff.ground.core.markup import clean  # noqa: E402
from traff.sharing.content.models import Post  # noqa: E402

WAIT = 30.0  # seconds after which a job counts as not done
WAITING = "SELECT (args->>'event_id')::int FROM procrastinate_jobs WHERE task_name = 'matching.post_published'"


def main() -> None:
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 40
    pause = float(sys.argv[3]) if len(sys.argv) > 3 else 1.0
    with gzip.open(sys.argv[1], "rt") as lines:
        queries = [json.loads(line) for line in lines][: 10 * count : 10]
    people = list(Person.objects.shown().filter(is_guest=False).order_by("pk")[:count])
    spent: list[float] = []
    took: list[float] = []
    waiting: dict[int, float] = {}
    posts = []
    for number, query in enumerate(queries):
        began = time.time()
        posts.append(_publish(query, people[number % len(people)]))
        committed = time.time()
        spent.append(1000 * (committed - began))
        waiting[_event_of(posts[-1])] = committed
        while time.time() - began < pause:
            took += _done(waiting)
    limit = time.time() + WAIT
    while waiting and time.time() < limit:
        took += _done(waiting)
    for post in posts:
        post.withdraw(by=post.people()[0])
    for name, values in (("publish", spent), ("commit → matched", took)):
        print(f"{name:18} p50 {np.quantile(values, 0.5):6.0f} ms   p95 {np.quantile(values, 0.95):6.0f} ms   ({len(values)})")
    print(f"not matched within {WAIT:.0f} s: {len(waiting)}")


def _publish(query: dict[str, str], by: Person) -> Post:
    return Post.publish(by=by, kind="question", title=query["title"][:200], body=clean(f"<p>{escape(query['text'][:4000])}</p>"))


def _event_of(post: Post) -> int:
    events = Event.objects.unrestricted("measuring").filter(subject_kind="post", subject_id=post.pk, verb="post.published")
    return int(events.latest("id").pk)


def _done(waiting: dict[int, float]) -> list[float]:
    """Milliseconds of those whose job has gone since the last look; they wait no more."""
    time.sleep(0.01)
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        there, now = {event for (event,) in cursor.fetchall()}, time.time()
    done = [event for event in waiting if event not in there]
    return [1000 * (now - waiting.pop(event)) for event in done]


if __name__ == "__main__":
    main()
    connection.close()
