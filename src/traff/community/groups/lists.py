"""Lists of groups and of members, a page at a time, in a fixed number of queries."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q

from traff.community.groups.badges import badges
from traff.community.groups.models import Group, Invitation
from traff.community.people.faces import Face, faces_of
from traff.ground.access.models import Membership, Role
from traff.ground.access.reading import joined_ids
from traff.ground.accounts.models import Person
from traff.ground.core.paging import beyond, cursor_at

SIZE = 30
MEMBERS = 50


def groups_page(reader: Person, words: str, before: str) -> dict[str, Any]:
    """What the page of groups shows: invitations and my own on the first page, then the others."""
    words = words.strip()[:100]
    visible = Group.objects.visible_to(reader).select_related("audience").with_members().newest_activity()
    found = visible.matching(words) if words else visible
    joined = joined_ids(reader).all
    asked = invitations_of(reader)
    beside = found.exclude(audience__in=joined)
    if not words:
        beside = beside.exclude(pk__in=[invitation.group_id for invitation in asked])
    others = list(beside.filter(beyond(before, "last_active_at"))[: SIZE + 1])
    older = others[SIZE - 1] if len(others) > SIZE else None
    return {
        "query_groups": words,
        "invitations": [] if before or words else asked,
        "mine": [] if before else badges(found.filter(audience__in=joined), joined),
        "others": badges(others[:SIZE]),
        "older_url": older and f"?{urlencode({'q': words, 'before': cursor_at(older.last_active_at, older.pk)})}",
        "is_first": not before,
    }


def invitations_of(reader: Person) -> list[Invitation]:
    """Who asks me into what."""
    groups = {
        group.pk: group for group in Group.objects.visible_to(reader).filter(invitations__in=Invitation.objects.open_for(reader))
    }
    asked = list(Invitation.objects.open_for(reader).filter(group_id__in=groups).select_related("by").order_by("-created_at"))
    for invitation in asked:
        invitation.group = groups[invitation.group_id]
    return asked


@dataclass(frozen=True)
class Members:
    """Some members by name, and the handle after which the next page begins."""

    faces: list[Face]
    stewards: set[int]
    next: str = ""


def members_page(group: Group, after: str = "") -> Members:
    """Members by name; protected ones stand in no list."""
    edge = Person.objects.filter(handle=after).first() if after else None
    people = group.members().by_name()
    if edge:
        people = people.filter(Q(sort_name__gt=edge.sort_name) | Q(sort_name=edge.sort_name, pk__gt=edge.pk))
    found = list(people[: MEMBERS + 1])
    stewards = Membership.objects.filter(audience=group.audience, role=Role.STEWARD).values_list("person_id", flat=True)
    following = found[MEMBERS - 1].handle if len(found) > MEMBERS else ""
    return Members(list(faces_of(found[:MEMBERS]).values()), set(stewards), following)
