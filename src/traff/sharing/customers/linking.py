"""Texts from before a customer came are linked to its names, in the background: found by the stems of names, indexed anew."""

import re
from collections import defaultdict
from collections.abc import Sequence

from django.db import connection

from traff.ground.core.language import stemmed
from traff.ground.search.models import Entry
from traff.ground.search.terms import frequencies, term_id
from traff.sharing.content.reindexing import reindex
from traff.sharing.customers.models import Customer, Project
from traff.sharing.customers.models.customer import Registered

MOST = 5_000  # entries looked through for one name
AT_ONCE = 500  # customers and projects looked for together
FOUND = """
SELECT w.number, p.entry_id FROM unnest(%(stems)s::int[], %(terms)s::int[]) WITH ORDINALITY AS w(stem, term, number),
LATERAL (SELECT entry_id FROM search_posting WHERE term_id = w.stem
         EXCEPT SELECT entry_id FROM search_posting WHERE term_id = w.term LIMIT %(most)s) p
"""


def link_new() -> int:
    """Every customer and project that texts have not been linked to since it came or was renamed; how many threads were."""
    threads = 0
    for model in (Customer, Project):
        waiting = model.objects.unrestricted("linked to older texts").filter(is_linked=False, is_open=True)
        while subjects := list(waiting.order_by("pk")[:AT_ONCE]):
            posts = posts_saying(subjects)
            reindex(posts)
            threads += len(posts)
            waiting.filter(pk__any=[subject.pk for subject in subjects]).update(is_linked=True)
    return threads


def posts_saying(subjects: Sequence[Registered]) -> set[int]:
    """Ids of posts in whose thread one of their names stands that is not linked yet."""
    wanted = [(stem, subject.term) for subject in subjects for name in subject.names for stem in _stems(name)]
    entries = _saying(wanted)
    threads = Entry.objects.unrestricted("to be indexed anew").filter(pk__any=entries).values("thread")
    roots = Entry.objects.unrestricted("to be indexed anew").filter(pk__in=threads, kind="post")
    return set(roots.values_list("subject_id", flat=True))


def _stems(name: str) -> set[str]:
    return {stem for language in ("sv", "en") if (stem := stemmed(name, language).strip())}


def _saying(wanted: Sequence[tuple[str, str]]) -> list[int]:
    """Entries in which the stems of a name stand without its term: (stems, term). Looked for by a name's rarest word."""
    _corpus, df = frequencies({term_id(word) for stem, _term in wanted for word in stem.split()})
    rarest = [min(map(term_id, stem.split()), key=lambda word: df.get(word, 0)) for stem, _term in wanted]
    with connection.cursor() as cursor:
        cursor.execute(FOUND, {"stems": rarest, "terms": [term_id(term) for _stem, term in wanted], "most": MOST})
        sought: dict[int, set[str]] = defaultdict(set)
        for number, entry in cursor.fetchall():
            sought[entry].add(wanted[number - 1][0])
    said = Entry.objects.unrestricted("whether a name stands there").filter(pk__any=sought).values_list("pk", "title", "text")
    return [pk for pk, title, text in said.iterator() if _stands(sought[pk], f"{title}\n{text}")]


def _stands(stems: set[str], text: str) -> bool:
    kept = {language: stemmed(text, language) for language in ("sv", "en")}
    return any(re.search(rf"(?<!\S){re.escape(stem)}(?!\S)", told) for stem in stems for told in kept.values())
