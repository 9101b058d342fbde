"""Where owners register what can be found. Search knows no model: an owner says how its things become entries.

    findable.register("post", draft_of_post)             # in the owner's AppConfig.ready()
    findable.index("post", post)                         # in the owner's verb, inside its transaction
    findable.unindex("post", post)

A kind that nobody registered is not findable: indexing it does nothing. An owner may also give a `ConceptDraft` (a topic, a
customer: what texts are linked to by name), or None for a thing that is not to be found now.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from traff.ground.access.models import Audience
from traff.ground.access.reading import forget


@dataclass(frozen=True)
class EntryDraft:
    """What search keeps of one findable thing."""

    kind: str
    subject_id: int
    title: str
    text: str  # plain
    language: str  # "sv", "en", …; "" when unsure; "?" to have it detected
    audience: Audience
    author_ids: list[int]
    at: datetime
    thread: tuple[str, int] | None = None  # (kind, subject_id) of the root this hangs on; None = is a root itself
    unit_id: int | None = None
    place_id: int | None = None
    concepts: list[tuple[str, int]] = field(
        default_factory=list
    )  # (kind, subject_id), e.g. ("topic", 7): confirmed by the author
    is_evidence: bool = True  # False: found by search, never evidence, reason or interest
    group_id: int | None = None
    detail: str = ""  # a finer kind: "case", "question" …


@dataclass(frozen=True)
class ConceptDraft:
    """What texts are linked to by name."""

    kind: str
    subject_id: int
    label: str
    label_sv: str = ""
    aliases: Sequence[str] = ()
    is_confirmed: bool = True  # False: an imported vocabulary, which links only when its name is telling
    is_linking: bool = True  # False: closed or sensitive, linked only where an author said so
    is_sensitive: bool = False  # its names are never said as a reason


Draft = EntryDraft | ConceptDraft | None
Owner = Callable[[Any], Draft]
Presenter = Callable[[Sequence[Any], Any], Mapping[int, Any]]  # things found and their reader → what to show, by subject's id
_owners: dict[str, Owner] = {}
_presenters: dict[str, tuple[str, Presenter]] = {}
_met_by: dict[str, Callable[[Any], bool]] = {}


def register(
    kind: str,
    draft: Owner,
    *,
    template: str = "",
    present: Presenter | None = None,
    is_met_by: Callable[[Any], bool] | None = None,
) -> None:
    """Say how things of this kind become entries; which template lays out a hit of it, and what the template is given.

    `present` gets hits (or, of a `ConceptDraft`'s kind, concepts) of one page together, and leaves out what is not to be shown.
    `is_met_by`: readers for whom it says no find nothing of the kind, and no count of it.
    """
    _owners[kind] = draft
    if is_met_by:
        _met_by[kind] = is_met_by
    if template and present:
        _presenters[kind] = (template, present)


def withheld_from(reader: Any) -> list[str]:
    """Kinds of which this reader finds nothing."""
    return [kind for kind, is_met_by in _met_by.items() if not is_met_by(reader)]


def presented(kind: str, found: Sequence[Any], reader: Any) -> dict[int, "Presented"]:
    """Template and values of hits of one kind, by subject's id; of a kind without a template none."""
    if kind not in _presenters or not found:
        return {}
    template, present = _presenters[kind]
    return {pk: Presented(template, values) for pk, values in present(found, reader).items()}


@dataclass(frozen=True)
class Presented:
    template: str
    hit: Any  # as the template wants it


def draft_of(kind: str, subject: Any) -> Draft:
    return _owners[kind](subject) if kind in _owners else None


def index(kind: str, subject: Any) -> None:
    """Make or renew the entry of one thing, in the deed's own transaction."""
    if kind not in _owners:
        return
    draft = draft_of(kind, subject)
    if draft is None:
        unindex(kind, subject)
    else:
        index_many([draft])


@transaction.atomic
def index_many(drafts: Sequence[Draft]) -> None:
    """The bulk form: thousands a second, in the running transaction. Roots come with or before what hangs on them."""
    from traff.ground.search import concepts, indexing

    concepts.keep([draft for draft in drafts if isinstance(draft, ConceptDraft)])
    indexing.store([draft for draft in drafts if isinstance(draft, EntryDraft)])


@transaction.atomic
def unindex(kind: str, subject: Any) -> None:
    """Take the entry away, and with it its thread, its postings and everything that hangs on it."""
    from traff.ground.search.indexing import ANSWERS
    from traff.ground.search.models import Concept, Entry

    forget()
    Concept.objects.filter(kind=kind, subject_id=subject.pk).delete()
    everything = Entry.objects.unrestricted("taken away with what hangs on it")
    found = everything.filter(kind=kind, subject_id=subject.pk).values_list("pk", "thread_id").first()
    if found is None:
        return
    pk, thread = found
    everything.filter(thread_id=pk).delete()  # a root with its thread
    everything.filter(pk=pk).delete()
    with connection.cursor() as cursor:
        cursor.execute(ANSWERS, [[thread]])
