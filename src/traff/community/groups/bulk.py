"""Bulk forms of the group verbs, for imports: backdated, nobody is notified."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from traff.community.groups.models import Group, free_slug
from traff.ground.access.models import Audience, AudienceKind, Membership, Role
from traff.ground.access.reading import forget
from traff.ground.activity.bulk import Past, record_many
from traff.ground.search import findable


class Joining(NamedTuple):
    """One person into one group."""

    group: Group
    person_id: int
    is_steward: bool
    at: datetime


class Door(NamedTuple):
    """Who reads what is written there, and who sees that the group exists: an open one is always listed."""

    is_open: bool
    is_listed: bool


def start_many(groups: Sequence[Group], *, doors: Sequence[Door], stewards: Sequence[Sequence[int]]) -> None:
    """The bulk form of `Group.start`: groups with name, purpose, wished slug and time; person ids look after them.

    Deeds in sensitive groups leave no Event: joining one is nobody's news.
    """
    everyone = Audience.objects.everyone()
    audiences = Audience.objects.bulk_create([Audience(kind=AudienceKind.GROUP, is_open=door.is_open) for door in doors])
    for group, audience, door in zip(groups, audiences, doors, strict=True):
        group.audience, group.shown_to = audience, everyone if door.is_open or door.is_listed else audience
        group.slug = free_slug(group.slug or group.name, is_secret=group.shown_to is audience)
        group.save()
    join_many([Joining(g, person, True, g.created_at) for g, those in zip(groups, stewards, strict=True) for person in those])
    seen_by = [everyone if group.audience.is_open else group.audience for group in groups]
    starters = [those[0] if those else None for those in stewards]
    deeds = zip(groups, seen_by, starters, strict=True)
    told = [Past(by, "group", group.pk, circle, group.created_at) for group, circle, by in deeds if not group.is_sensitive]
    record_many("group.started", told)
    findable.index_many([findable.draft_of("group", group) for group in groups])


def join_many(joinings: Sequence[Joining]) -> dict[tuple[int, int], int]:
    """The bulk form of `Group.join`: (group id, person id) → membership id.

    A standing membership is kept, its role never lowered. A group that nobody looks after gets its first member for it.
    """
    audiences = {joining.group.audience_id for joining in joinings}
    standing = {(row.audience_id, row.person_id): row for row in Membership.objects.filter(audience_id__in=audiences)}
    tended = {row.audience_id for row in standing.values() if row.role == Role.STEWARD}
    tended |= {joining.group.audience_id for joining in joinings if joining.is_steward}
    fresh: dict[tuple[int, int], Membership] = {}
    raised: dict[int, Membership] = {}
    came: list[Joining] = []
    for joining in joinings:
        key = (joining.group.audience_id, joining.person_id)
        if not (membership := standing.get(key) or fresh.get(key)):
            fresh[key] = membership = Membership(audience_id=key[0], person_id=key[1], joined_at=joining.at)
            came.append(joining)
        if (joining.is_steward or key[0] not in tended) and membership.role != Role.STEWARD:
            membership.role = Role.STEWARD
            tended.add(key[0])
            if membership.pk:
                raised[membership.pk] = membership
    Membership.objects.bulk_create(fresh.values())
    Membership.objects.bulk_update(raised.values(), ["role"])
    forget()
    told = [Past(j.person_id, "group", j.group.pk, j.group.audience, j.at) for j in came if not j.group.is_sensitive]
    record_many("group.joined", told)
    known = standing | fresh
    return {(j.group.pk, j.person_id): known[j.group.audience_id, j.person_id].pk for j in joinings}
