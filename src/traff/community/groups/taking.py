"""What of one's own file groups give: the groups one is in."""

from collections.abc import Iterator
from typing import Any

from traff.community.groups.models import Group
from traff.ground.access.models import Membership
from traff.ground.accounts.models import Person


def groups(person: Person) -> Iterator[dict[str, Any]]:
    mine = {group.audience_id: group for group in Group.objects.visible_to(person).joined_by(person)}
    for membership in Membership.objects.filter(person=person, audience__in=mine).order_by("joined_at"):
        group = mine[membership.audience_id]
        yield {
            "group": group.name,
            "address": group.get_absolute_url(),
            "since": membership.joined_at,
            "role": membership.role,
        }
