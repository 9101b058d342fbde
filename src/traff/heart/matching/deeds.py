"""What somebody did in a thread, and how much that says of what they know: the piece of their own that shows it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from traff.ground.accounts.models import Person
from traff.ground.core.lookups import Ids
from traff.ground.core.prepared import prepared
from traff.ground.search.binary import copy_out
from traff.ground.search.models import Entry
from traff.ground.search.reach import Reach
from traff.sharing.content.models import Kind, Question


class Deed(StrEnum):
    WROTE = "wrote"  # a case or an article
    SOLVED = "solved"  # the answer that solved a question
    TOLD = "told"  # an update or an idea
    ANSWERED = "answered"
    DECLARED = "declared"  # on the profile
    TOOK_PART = "took part"
    ASKED = "asked"


SHOWS = {  # of what somebody knows: the constants of docs/matching.md
    Deed.WROTE: 1.0,
    Deed.SOLVED: 0.9,
    Deed.TOLD: 0.7,
    Deed.ANSWERED: 0.6,
    Deed.DECLARED: 0.5,
    Deed.TOOK_PART: 0.3,
    Deed.ASKED: 0.0,  # who only asks does not know
}
OF_THREAD = {
    Deed.WROTE: 1.0,
    Deed.TOLD: 1.0,
    Deed.SOLVED: 1.0,
    Deed.ANSWERED: 0.5,
}  # of the thread's likeness; else one's own words alone
SAID: dict[str, str | Promise] = {
    Deed.WROTE: _("wrote it"),
    Deed.SOLVED: _("gave the answer that solved it"),
    Deed.TOLD: _("wrote it"),
    Deed.ANSWERED: _("answered"),
    Deed.TOOK_PART: _("took part"),
}


@dataclass(frozen=True)
class Done:
    """One entry of somebody's in a thread."""

    entry: int
    thread: int
    person: int
    at: int
    deed: Deed


class _Root(NamedTuple):
    detail: str
    subject_id: int


def done_in(threads: NDArray[np.int32], asker: Person, reach: Reach) -> list[Done]:
    """What everybody did in these threads of posts, as far as the asker may read them."""
    roots = {pk: _Root(detail, subject) for pk, detail, subject in _roots(asker, threads.tolist())}
    rows = _authored(threads, reach)
    began = {(thread, person) for entry, thread, person, _at in rows if entry == thread}
    solving = set(_solving(asker, [root.subject_id for root in roots.values() if root.detail == Kind.QUESTION]))
    return [
        Done(entry, thread, person, at, _deed(roots[thread], entry == thread, entry in solving, (thread, person) in began))
        for entry, thread, person, at in rows
        if thread in roots
    ]


def _deed(root: _Root, is_root: bool, is_solving: bool, began: bool) -> Deed:
    if root.detail == Kind.QUESTION and began and not is_solving:
        return Deed.ASKED
    if is_root:
        return Deed.WROTE if root.detail in {Kind.CASE, Kind.ARTICLE} else Deed.TOLD
    if is_solving:
        return Deed.SOLVED
    return Deed.ANSWERED if root.detail == Kind.QUESTION else Deed.TOOK_PART


@prepared
def _roots(asker: Person, threads: list[int]) -> QuerySet[Entry, tuple[int, str, int]]:
    readable = Entry.objects.visible_to(asker).filter(pk__any=threads, is_evidence=True)
    return readable.values_list("pk", "detail", "subject_id")


def _authored(threads: NDArray[np.int32], reach: Reach) -> list[tuple[int, int, int, int]]:
    query = (
        "SELECT entry_id, thread_id, person_id, at FROM search_authored "  # noqa: S608
        f"WHERE thread_id = ANY(%(ids)s::int[]) AND {reach.clause} ORDER BY thread_id, entry_id, person_id"
    )
    columns = copy_out(query, {"ids": Ids(threads.tolist()), **reach.parameters}, "i4 i4 i4 i4")
    return list(zip(*(column.tolist() for column in columns), strict=True))


@prepared
def _solving(asker: Person, asked: list[int]) -> QuerySet[Entry, int]:
    """Entries of the replies that solved one of these questions."""
    accepted = Question.objects.visible_to(asker).filter(post__any=asked).exclude(accepted_reply=None)
    replies = Entry.objects.visible_to(asker).filter(kind="reply", subject_id__in=accepted.values("accepted_reply"))
    return replies.values_list("pk", flat=True)
