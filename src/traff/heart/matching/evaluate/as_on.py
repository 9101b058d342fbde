"""The organisation as it stood at a time, for one transaction that is rolled back.

Temporary tables of the same names stand before the real ones in this session, so the product's own calls read them and nobody
else is touched or made to wait. What search keeps has its own `before` and is not copied.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction

from traff.heart.matching import ties

STOOD = {
    "content_post": "published_at < %(at)s",
    "content_authorship": "post_id IN (SELECT id FROM content_post)",
    "content_reply": "published_at < %(at)s",
    "following_follow": "at < %(at)s",
    "matching_apart": "since < %(at)s",
    "matching_unwanted": "false",  # without a time of its own
    "matching_said": "false",
    "matching_leaning": "false",
    "matching_suggestion": "false",
    "matching_exposure": "at < %(at)s",
    "matching_tie": "false",  # counted anew from what stood
}


@contextmanager
def as_on(at: datetime) -> Iterator[None]:
    """What is read within was written before `at`; what is written within is forgotten."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            for table, condition in STOOD.items():
                cursor.execute(f"CREATE TEMPORARY TABLE {table} (LIKE public.{table} INCLUDING ALL) ON COMMIT DROP")
                copied = f"INSERT INTO {table} OVERRIDING SYSTEM VALUE SELECT * FROM public.{table} WHERE {condition}"  # noqa: S608
                cursor.execute(copied, {"at": at})
                cursor.execute(f"ANALYZE {table}")
        ties.rebuild()
        yield
        transaction.set_rollback(True)
