"""How customers and projects are found: by name in search, and by every name in texts."""

from collections.abc import Sequence

from traff.ground.search import findable
from traff.ground.search.findable import ConceptDraft, EntryDraft
from traff.sharing.customers.models import Customer
from traff.sharing.customers.models.customer import Registered


def make_findable(subjects: Sequence[Registered]) -> None:
    """By name in search, for those who may know of them; and by every name in texts, unless they are walled."""
    for subject in subjects:
        if subject.is_walled:
            findable.unindex(subject.kind, subject)  # the name stands in no vocabulary from now on
    renamed = [concept_of(subject) for subject in subjects if not subject.is_walled and not subject.is_linked]
    findable.index_many([*renamed, *map(entry_of, subjects)])


def entry_of(subject: Registered) -> EntryDraft:
    """Its names and what the register says, for those who may know of it; nobody's evidence."""
    facts = [*subject.aliases, *([subject.sector, subject.place] if isinstance(subject, Customer) else [])]
    return EntryDraft(
        kind=subject.kind,
        subject_id=subject.pk,
        title=subject.name,
        text=" · ".join(filter(None, facts)),
        language="",
        audience=subject.audience,
        author_ids=[],
        at=subject.registered_at,
        is_evidence=False,
    )


def concept_of(subject: Registered) -> ConceptDraft:
    """What texts are linked to by name."""
    return ConceptDraft(kind=subject.kind, subject_id=subject.pk, label=subject.name, aliases=subject.aliases)
