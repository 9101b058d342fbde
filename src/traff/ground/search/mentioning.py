"""Threads in whose words a name stands: what is indexed anew when a concept gets another name."""

from collections.abc import Iterable

from django.db import connection

from traff.ground.core.language import forms, tokens
from traff.ground.search.models import Entry, EntryQuerySet
from traff.ground.search.terms import term_id

THREADS = "SELECT thread_id FROM search_posting WHERE term_id = ANY(%s)"


def mentioning(names: Iterable[str]) -> EntryQuerySet:
    """Entries of threads that hold every word of one of the names, however inflected. For verbs that show nothing to anybody."""
    found: set[int] = set()
    with connection.cursor() as cursor:
        for name in names:
            words = [[term_id(form) for form in forms(token, "")] for token in tokens(name)]
            if words:
                cursor.execute(" INTERSECT ".join([THREADS] * len(words)), words)
                found.update(pk for (pk,) in cursor.fetchall())
    everything = Entry.objects.unrestricted("what a name stands in")
    named: EntryQuerySet = everything.filter(thread__in=sorted(found))
    return named
