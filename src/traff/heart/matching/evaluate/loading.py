"""Material into the scratch database by the product's own bulk verbs: people, open circles, threads of messages."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from traff.ground.access.models import Audience, AudienceKind
from traff.ground.accounts.models import Person
from traff.ground.search.findable import EntryDraft, index_many
from traff.heart.matching.evaluate.reading import lines, moment

BATCH = 5000
THREAD, MESSAGE, ANSWER = "thread", "message", "answer"


def load_people(path: str) -> None:
    """Those in the file, by their ids as handles."""
    unusable = make_password(None)
    people = [Person(handle=row["id"], name=row.get("name") or row["id"], password=unusable) for row in lines(path)]
    Person.objects.bulk_create(people, batch_size=2000)


def load_messages(paths: Iterable[str], topics: Iterable[str] = ()) -> None:
    """Every message an entry of its thread, its stream an open audience; oldest first, as they once came.

    A thread's root entry has the topic's number as its subject, the others the message's.
    """
    messages = sorted((row for path in paths for row in lines(path)), key=lambda row: (row["ts"], row["id"]))
    people = dict(Person.objects.values_list("handle", "pk"))
    streams = {name: Audience(kind=AudienceKind.GROUP, is_open=True) for name in sorted({row["stream"] for row in messages})}
    Audience.objects.bulk_create(streams.values())
    _remember("stream", {audience.pk: name for name, audience in streams.items()})
    titles = {row["topic_id"]: row["title"] for path in topics for row in lines(path)}
    roots: dict[str, int] = {}
    for row in messages:
        row["topic"] = titles.get(row["topic_id"], row["topic"])
    drafts = (_message(row, roots, people, streams[row["stream"]]) for row in messages)
    _index(drafts)
    _remember("topic", {number: topic for topic, number in roots.items()})
    settle()


def load_answers(path: str) -> None:
    """Every answer an open entry of its own."""
    everyone = Audience.objects.everyone()
    rows = list(lines(path))
    at = datetime(2020, 1, 1, tzinfo=UTC)
    _index(
        EntryDraft(ANSWER, number, row.get("title") or "", row["text"], row.get("language") or "?", everyone, [], at)
        for number, row in enumerate(rows, 1)
    )
    _remember("answer", {number: row["answer_id"] for number, row in enumerate(rows, 1)})
    settle()


def _message(row: dict[str, Any], roots: dict[str, int], people: dict[str, int], audience: Audience) -> EntryDraft:
    topic = row["topic_id"]
    is_root = topic not in roots
    number = roots.setdefault(topic, len(roots) + 1)
    if row["sender"] not in people:
        people[row["sender"]] = Person.objects.create(handle=row["sender"], name=row["sender"], password="!").pk  # noqa: S106
    return EntryDraft(
        kind=THREAD if is_root else MESSAGE,
        subject_id=number if is_root else int(row["id"]),
        title=row["topic"][:300] if is_root else "",
        text=row["text"],
        language="?",
        audience=audience,
        author_ids=[people[row["sender"]]],
        at=moment(row["ts"]),
        thread=None if is_root else (THREAD, number),
    )


def _index(drafts: Iterable[EntryDraft]) -> None:
    rest: Iterator[EntryDraft] = iter(drafts)
    while batch := list(islice(rest, BATCH)):
        with transaction.atomic():
            index_many(batch)


def _remember(what: str, names: dict[int, str]) -> None:
    """What the material calls things, by our numbers."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS scratch_name (what text, number int, name text, PRIMARY KEY (what, number))")
        cursor.executemany(
            "INSERT INTO scratch_name VALUES (%s, %s, %s)", [(what, number, name) for number, name in names.items()]
        )


def names_of(what: str) -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, name FROM scratch_name WHERE what = %s", [what])
        return dict(cursor.fetchall())


def settle() -> None:
    """What autovacuum does by and by: index-only scans need the visibility map."""
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute(
            "VACUUM (ANALYZE) search_posting, search_entry, search_authored, search_entryterms, search_term, search_termdelta"
        )
