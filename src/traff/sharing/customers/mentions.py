"""Posts and cases that mention a customer, for one reader: linked by name and alias, in any inflection."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from traff.ground.accounts.models import Person
from traff.ground.core.language import language_of
from traff.ground.core.prepared import prepared
from traff.ground.search.analysis import Names, found_names
from traff.ground.search.concepts import held
from traff.ground.search.models import Entry, EntryQuerySet
from traff.ground.search.searching import search
from traff.ground.search.terms import term_id
from traff.sharing.content.cards import Card, cards
from traff.sharing.content.models import Post
from traff.sharing.customers.models import Customer, Project
from traff.sharing.customers.models.customer import Registered

NAMING = "SELECT entry_id FROM search_posting WHERE term_id = ANY(%s::int[])"
THREADS = "SELECT thread_id FROM search_posting WHERE term_id = ANY(%s::int[])"
TERMS = "SELECT own.terms FROM search_entryterms own WHERE own.entry_id = search_entry.id"
SHOWN = 10
MESSAGES = 100  # of a thread that are looked through
OURS = ("#customer:", "#project:")


def naming(subjects: Sequence[Registered], reader: Person) -> EntryQuerySet:
    """Entries that name one of these, of those the reader may read."""
    terms = [term_id(subject.term) for subject in subjects if subject.is_open]
    found: EntryQuerySet = Entry.objects.visible_to(reader).filter(pk__in=RawSQL(NAMING, [terms]))  # noqa: S611
    return found


def posts_naming(subject: Registered, reader: Person, *, most: int = SHOWN) -> list[Card]:
    """The newest threads in which it is named.

    A walled one stands in no vocabulary: those inside the wall search for its name.
    """
    if subject.is_walled:
        ids = _searched(subject, reader)
    else:
        visible = Entry.objects.visible_to(reader).filter(kind="post", thread_id__in=RawSQL(THREADS, [[term_id(subject.term)]]))  # noqa: S611
        ids = list(visible.order_by("-at").values_list("subject_id", flat=True)[:most])
    posts = Post.objects.visible_to(reader).filter(pk__in=ids).newest_first().with_people()
    return cards(list(posts[:most]), reader)


def _searched(subject: Registered, reader: Person) -> list[int]:
    found: list[int] = []
    for name in subject.names:
        hits = search(reader, name, counts=False).hits
        said = [hit for hit in hits if name.lower() in f"{hit.message.title} {hit.message.text}".lower()]
        found += [hit.entry.subject_id for hit in said if hit.entry.kind == "post"]
    return found


def named_in(post: Post, reader: Person) -> list[Registered]:
    """Customers and projects that a thread names, of those the reader may know of."""
    here = {number for some in _terms_in(post, reader) for number in some or ()}
    return _known({term for number, term in _terms_of(held().linking).items() if number in here}, reader)


@prepared
def _terms_in(post: Post, reader: Person) -> QuerySet[Any, list[int] | None]:
    thread = Entry.objects.visible_to(reader).filter(thread__kind="post", thread__subject_id=post.pk)
    terms = thread.annotate(terms=RawSQL(TERMS, []))  # noqa: S611
    found: QuerySet[Any, list[int] | None] = terms.values_list("terms", flat=True)[:MESSAGES]
    return found


def named_while_writing(text: str, reader: Person) -> list[Registered]:
    """The same for words that stand nowhere yet."""
    return _known({term for term in found_names(text, language_of(text), held().linking) if term.startswith(OURS)}, reader)


@lru_cache(2)
def _terms_of(names: Names) -> dict[int, str]:
    """The terms of customers and projects among the names that link, by number."""
    return {term_id(term): term for _language, _name, term in names.items if term.startswith(OURS)}


def _known(terms: set[str], reader: Person) -> list[Registered]:
    told: list[Registered] = []
    for model in (Customer, Project):
        ids = [int(term.rsplit(":", 1)[1]) for term in terms if term.startswith(f"#{model.kind}:")]
        told += list(model.objects.visible_to(reader).filter(pk__in=ids, is_open=True).by_name()) if ids else []
    return told
