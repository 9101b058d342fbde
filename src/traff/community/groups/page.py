"""What every page of a group shows around its content."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from traff.community.groups.models import Group, Invitation
from traff.community.people.faces import faces_of
from traff.ground.access.models import Role
from traff.ground.accounts.models import Person
from traff.ground.core.prepared import counted, first, prepared


def page_of(group: Group, reader: Person, here: str = "posts") -> dict[str, Any]:
    """The values of a group's pages for one reader: of a sensitive group others see no name."""
    membership = group.membership_of(reader)
    shows_members = group.shows_members_to(reader)
    stewards = _stewards(group.audience_id) if shows_members or not group.is_sensitive else []
    members = next(iter(_members(group.audience_id)))[0] if shows_members else 0
    return {
        "group": group,
        "is_read": group.is_read_by(reader),
        "membership": membership,
        "is_steward": bool(membership and membership.role == Role.STEWARD),
        "invitation": None if membership else first(_invitation(group, reader)),
        "shows_members": shows_members,
        "member_count": members,
        "stewards": list(faces_of(stewards).values()),
        "may_join": not membership and group.audience.is_open and not reader.is_guest,
        "tabs": tabs(group, here) if shows_members else [],
    }


@prepared
def _stewards(audience_id: int) -> QuerySet[Person]:
    return Group(audience_id=audience_id).stewards().by_name()


@prepared
def _members(audience_id: int) -> QuerySet[Any, tuple[int]]:
    return counted(Group(audience_id=audience_id).members())


@prepared
def _invitation(group: Group, reader: Person) -> QuerySet[Invitation]:
    return Invitation.objects.open_for(reader).filter(group=group).select_related("by")[:1]


def tabs(group: Group, here: str) -> list[dict[str, Any]]:
    address = group.get_absolute_url()
    return [
        {"word": _("Posts"), "url": address, "is_here": here == "posts"},
        {"word": _("Members"), "url": reverse("group_members", args=[group.slug]), "is_here": here == "members"},
    ]
