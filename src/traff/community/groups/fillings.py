"""What groups put on the pages of lower rooms: what two people share, where somebody is a member, one's own list."""

from typing import Any

from django.db.models import QuerySet
from django.template.loader import render_to_string

from traff.community.groups.badges import badges
from traff.community.groups.models import Group
from traff.ground.access.models import AudienceKind, Membership
from traff.ground.access.reading import joined_ids
from traff.ground.accounts.models import Person
from traff.ground.core.prepared import first, prepared

SHOWN = 8


def in_common(context: dict[str, Any]) -> str:
    """`person.common`: open groups both are in; sensitive ones never."""
    request, person = context["request"], context["person"]
    groups = badges(_both(person, request.user))
    return render_to_string("groups/parts/in_common.html", {"groups": groups}, request) if groups else ""


def groups_of(context: dict[str, Any]) -> str:
    """`person.aside`: the open groups somebody is in."""
    request, person = context["request"], context["person"]
    groups = badges(_joined_by(person, request.user))
    return render_to_string("groups/parts/groups_of.html", {"groups": groups}, request) if groups else ""


def my_groups(context: dict[str, Any]) -> str:
    """`own_data`: every group I am in; leaving starts there."""
    request = context["request"]
    mine = Group.objects.visible_to(request.user).joined_by(request.user).select_related("audience").with_members()
    groups = badges(mine, joined_ids(request.user).all)
    return render_to_string("groups/parts/my_groups.html", {"groups": groups}, request)


def has_joined(person: Person) -> bool:
    """Whether a newcomer's first step into a group is taken."""
    return first(_in_a_group(person)) is not None


@prepared
def _in_a_group(person: Person) -> QuerySet[Membership]:
    return Membership.objects.filter(person=person, audience__kind=AudienceKind.GROUP)[:1]


@prepared
def _both(person: Person, reader: Person) -> QuerySet[Group]:
    found: QuerySet[Group] = _spoken_of(reader, person).filter(audience__any=joined_ids(reader).all).with_members()[:SHOWN]
    return found


@prepared
def _joined_by(person: Person, reader: Person) -> QuerySet[Group]:
    found: QuerySet[Group] = _spoken_of(reader, person)[:SHOWN]
    return found


def _spoken_of(reader: Any, person: Any) -> Any:
    groups = Group.objects.visible_to(reader).open().spoken_of().filter(audience__memberships__person=person)
    return groups.select_related("audience")
