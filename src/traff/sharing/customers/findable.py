"""How customers and projects are found: by name in search, and by every name in texts."""

from traff.ground.search.findable import ConceptDraft, EntryDraft
from traff.sharing.customers.models import Customer, Project
from traff.sharing.customers.models.customer import Registered


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


def concept_of(subject: Customer | Project | Registered) -> ConceptDraft:
    """What texts are linked to by name; a walled one links nothing."""
    return ConceptDraft(
        kind=subject.kind, subject_id=subject.pk, label=subject.name, aliases=subject.aliases, is_linking=not subject.is_walled
    )
