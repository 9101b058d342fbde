"""Groups as one reader finds them; unknown and not for this reader are the same."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from traff.community.groups.models import Group
from traff.ground.access.rights import Right, may


def group_for(person: Any, slug: str) -> Group:
    """The group of this address, if the person may know of it; raises Http404."""
    group: Group = get_object_or_404(Group.objects.visible_to(person).select_related("audience", "shown_to"), slug=slug)
    return group


def group_tended_by(person: Any, slug: str) -> Group:
    """The same for those who look after it; to all others there is no such page."""
    group = group_for(person, slug)
    if not may(person, Right.TEND, group):
        raise Http404
    return group
