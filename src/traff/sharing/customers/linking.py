"""Texts from before a customer came are linked to its names, in the background: found by the stems of a name, indexed anew."""

import re

from django.db import connection

from traff.ground.core.language import stemmed
from traff.ground.search.models import Entry
from traff.ground.search.terms import frequencies, term_id
from traff.sharing.content.reindexing import reindex
from traff.sharing.customers.models import Customer, Project
from traff.sharing.customers.models.customer import Registered

MOST = 5_000  # entries looked through for one name, newest first
FOUND = """
SELECT entry_id FROM search_posting WHERE term_id = ANY(%(stems)s::int[])
EXCEPT SELECT entry_id FROM search_posting WHERE term_id = %(term)s LIMIT %(most)s
"""


def link_new() -> int:
    """Every customer and project that texts have not been linked to since it came or was renamed; how many threads were."""
    threads = 0
    for model in (Customer, Project):
        for subject in model.objects.unrestricted("linked to older texts").filter(is_linked=False, is_open=True):
            posts = posts_saying(subject)
            reindex(posts)
            threads += len(posts)
            model.objects.unrestricted("linked").filter(pk=subject.pk).update(is_linked=True)
    return threads


def posts_saying(subject: Registered) -> set[int]:
    """Ids of posts in whose thread a name stands that is not linked yet."""
    entries: set[int] = set()
    for name in subject.names:
        entries |= _saying(name, subject)
    threads = Entry.objects.unrestricted("to be indexed anew").filter(pk__in=entries).values("thread")
    roots = Entry.objects.unrestricted("to be indexed anew").filter(pk__in=threads, kind="post")
    return set(roots.values_list("subject_id", flat=True))


def _saying(name: str, subject: Registered) -> set[int]:
    stems = {stemmed(name, language).strip() for language in ("sv", "en")}
    words = {word for stem in stems for word in stem.split()}
    _corpus, df = frequencies([term_id(word) for word in words])
    rarest = [min(stem.split(), key=lambda word: df.get(term_id(word), 0)) for stem in stems if stem]
    with connection.cursor() as cursor:
        cursor.execute(FOUND, {"stems": [term_id(word) for word in rarest], "term": term_id(subject.term), "most": MOST})
        ids = [entry for (entry,) in cursor.fetchall()]
    said = Entry.objects.unrestricted("whether the name stands there").filter(pk__in=ids).values_list("pk", "title", "text")
    return {pk for pk, title, text in said if _stands(stems, f"{title}\n{text}")}


def _stands(stems: set[str], text: str) -> bool:
    kept = {language: stemmed(text, language) for language in ("sv", "en")}
    return any(re.search(rf"(?<!\S){re.escape(stem)}(?!\S)", told) for stem in stems for told in kept.values())
