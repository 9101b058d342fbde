"""Groups and who is in them."""

from typing import cast

from django.utils import timezone

from traff.community.groups.bulk import Door, Joining, join_many, start_many
from traff.community.groups.models import Group
from traff.doors.registers.batch import Item, Known
from traff.doors.registers.reading import Source
from traff.doors.registers.rows import GroupRow, MembershipRow
from traff.ground.search import findable


def groups(items: list[Item], known: Known, source: Source) -> None:
    fresh = [item for item in items if item.is_new]
    rows = [cast(GroupRow, item.row) for item in fresh]
    stewards = [[pk for steward in row.stewards if (pk := known.here("person", steward))] for row in rows]
    made = [
        Group(
            name=row.name,
            purpose=row.purpose,
            slug=row.id,
            is_sensitive=row.is_sensitive,
            created_at=row.created or timezone.now(),
            last_active_at=row.created or timezone.now(),
        )
        for row in rows
    ]
    doors = [Door(is_open=row.is_open, is_listed=row.is_listed) for row in rows]
    start_many(made, doors=doors, stewards=stewards)
    for item, group in zip(fresh, made, strict=True):
        item.object_id = group.pk
    for item in items:
        if not item.is_new:
            _change(item, known)


def _change(item: Item, known: Known) -> None:
    row = cast(GroupRow, item.row)
    group = Group.objects.unrestricted("an import changes it").select_related("audience", "shown_to").get(pk=item.object_id)
    if row.is_open and not group.audience.is_open:
        item.refusal = "the group is closed here, and what was said in a closed circle is never opened afterwards"
        return
    if not row.is_open and group.audience.is_open:
        group.audience.close()
    group.name, group.purpose = row.name, row.purpose
    group.save()
    group.mark(is_sensitive=group.is_sensitive or row.is_sensitive, by=None)
    stewards = [pk for steward in row.stewards if (pk := known.here("person", steward))]
    join_many([Joining(group, pk, True, timezone.now()) for pk in stewards])
    findable.index("group", group)


def memberships(items: list[Item], known: Known, source: Source) -> None:
    wanted = {item.row.id: cast(MembershipRow, item.row) for item in items}
    ids = {known.here("group", row.group) or 0 for row in wanted.values()}
    standing = Group.objects.unrestricted("an import lets people in").select_related("audience").in_bulk(ids)
    joinings: dict[str, Joining] = {}
    for item in items:
        row = wanted[item.row.id]
        group, person = standing.get(known.here("group", row.group) or 0), known.here("person", row.person)
        if group and person:
            joinings[row.id] = Joining(group, person, row.is_steward, row.since or group.created_at)
        else:
            item.refusal = "its group or person could not go in"
    joined = join_many(list(joinings.values()))
    for item in items:
        if joining := joinings.get(item.row.id):
            item.object_id = joined[joining.group.pk, joining.person_id]
