"""What groups put on the pages of lower rooms: what two people share, where somebody is a member, one's own list."""

from typing import Any

from django.template.loader import render_to_string

from traff.community.groups.badges import badges
from traff.community.groups.models import Group
from traff.ground.access.models import AudienceKind, Membership
from traff.ground.access.reading import joined_ids
from traff.ground.accounts.models import Person

SHOWN = 8


def in_common(context: dict[str, Any]) -> str:
    """`person.common`: open groups both are in; sensitive ones never."""
    request, person = context["request"], context["person"]
    both = _spoken_of(request.user, person).filter(audience__in=joined_ids(request.user).all)
    groups = badges(both.with_members()[:SHOWN])
    return render_to_string("groups/parts/in_common.html", {"groups": groups}, request) if groups else ""


def groups_of(context: dict[str, Any]) -> str:
    """`person.aside`: the open groups somebody is in."""
    request, person = context["request"], context["person"]
    groups = badges(_spoken_of(request.user, person)[:SHOWN])
    return render_to_string("groups/parts/groups_of.html", {"groups": groups}, request) if groups else ""


def my_groups(context: dict[str, Any]) -> str:
    """`own_data`: every group I am in; leaving starts there."""
    request = context["request"]
    mine = Group.objects.visible_to(request.user).joined_by(request.user).select_related("audience").with_members()
    groups = badges(mine, joined_ids(request.user).all)
    return render_to_string("groups/parts/my_groups.html", {"groups": groups}, request)


def has_joined(person: Person) -> bool:
    """Whether a newcomer's first step into a group is taken."""
    return Membership.objects.filter(person=person, audience__kind=AudienceKind.GROUP).exists()


def _spoken_of(reader: Any, person: Any) -> Any:
    groups = Group.objects.visible_to(reader).open().spoken_of().filter(audience__memberships__person=person)
    return groups.select_related("audience")
