"""What every page of a group shows around its content."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from traff.community.groups.models import Group
from traff.community.people.faces import faces_of
from traff.ground.access.models import Role
from traff.ground.accounts.models import Person


def page_of(group: Group, reader: Person, here: str = "posts") -> dict[str, Any]:
    """The values of a group's pages for one reader: of a sensitive group others see no name."""
    membership = group.membership_of(reader)
    shows_members = group.shows_members_to(reader)
    stewards = group.stewards().by_name() if shows_members or not group.is_sensitive else []
    return {
        "group": group,
        "is_read": group.is_read_by(reader),
        "membership": membership,
        "is_steward": bool(membership and membership.role == Role.STEWARD),
        "invitation": None if membership else group.invitations.open_for(reader).select_related("by").first(),
        "shows_members": shows_members,
        "member_count": group.members().count() if shows_members else 0,
        "stewards": list(faces_of(stewards).values()),
        "may_join": not membership and group.audience.is_open and not reader.is_guest,
        "tabs": tabs(group, here) if shows_members else [],
    }


def tabs(group: Group, here: str) -> list[dict[str, Any]]:
    address = group.get_absolute_url()
    return [
        {"word": _("Posts"), "url": address, "is_here": here == "posts"},
        {"word": _("Members"), "url": reverse("group_members", args=[group.slug]), "is_here": here == "members"},
    ]
