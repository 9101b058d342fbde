"""What has become sensitive is no evidence from this moment, in the deed's own transaction; its owners index it anew."""

from django.db.models.expressions import RawSQL

from traff.ground.search.models import Entry, EntryQuerySet
from traff.ground.search.terms import term_id

THREADS = "SELECT thread_id FROM search_posting WHERE term_id = %s"


def withhold_group(group_id: int) -> None:
    """Everything written in a group: still found by search, never a reason."""
    everything = Entry.objects.unrestricted("withheld from evidence")
    everything.filter(group_id=group_id, is_evidence=True).update(is_evidence=False)


def withhold_concept(kind: str, subject_id: int) -> None:
    """Every thread that is linked to a topic, by its author or by its name."""
    linked_to(kind, subject_id).filter(is_evidence=True).update(is_evidence=False)


def linked_to(kind: str, subject_id: int) -> EntryQuerySet:
    """Entries of the threads in which this concept stands. For verbs that show nothing to anybody."""
    everything = Entry.objects.unrestricted("what is linked to a concept")
    linked: EntryQuerySet = everything.filter(thread__in=RawSQL(THREADS, [term_id(f"#{kind}:{subject_id}")]))  # noqa: S611
    return linked
