"""What becomes of rows here: a module a floor, a function a kind, all by the domain's own (bulk) verbs.

A function gets the items of its kind and the knowledge of the source; it sets each item's `object_id`, or its `refusal`.
"""

from collections.abc import Callable

from traff.doors.registers.applying import content, customers, groups, ideas, openings, organisation, relations, vocabulary
from traff.doors.registers.batch import Batch, Item, Known
from traff.doors.registers.reading import Source
from traff.doors.registers.rows import (
    ORDER,
    AcceptedRow,
    AcquaintanceRow,
    ApproachRow,
    ConceptRow,
    CustomerRow,
    FollowRow,
    GroupRow,
    MembershipRow,
    OpeningRow,
    PersonRow,
    PlaceRow,
    PostRow,
    ProjectRow,
    ReactionRow,
    ReplyRow,
    ReuseRow,
    Row,
    SparkRow,
    StepRow,
    TopicRow,
    UnitRow,
    VoteRow,
)

VERBS: dict[type[Row], Callable[[list[Item], Known, Source], None]] = {
    ConceptRow: vocabulary.concepts,
    TopicRow: organisation.topics,
    UnitRow: organisation.units,
    PlaceRow: organisation.places,
    PersonRow: organisation.people,
    GroupRow: groups.groups,
    MembershipRow: groups.memberships,
    CustomerRow: customers.customers,
    ProjectRow: customers.projects,
    PostRow: content.posts,
    ReplyRow: content.replies,
    AcceptedRow: content.accepted,
    ReactionRow: relations.reactions,
    ReuseRow: relations.reuses,
    StepRow: ideas.steps,
    VoteRow: ideas.votes,
    SparkRow: ideas.sparks,
    FollowRow: relations.follows,
    AcquaintanceRow: customers.acquaintances,
    ApproachRow: customers.approaches,
    OpeningRow: openings.openings,
}


def apply(batch: Batch, known: Known, source: Source) -> None:
    """Write a batch in the running transaction, kind by kind, so that what is named comes before what names it."""
    for kind in ORDER:
        if items := batch.of(kind):
            VERBS[kind](items, known, source)
            for item in items:
                if not item.refusal:
                    known.ids[item.row.kind][item.row.id] = item.object_id
                else:
                    known.forget(item.row)
