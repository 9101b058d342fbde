"""Groups as one reader finds them; unknown and not for this reader are the same."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from traff.community.groups.models import Group
from traff.ground.access.rights import Right, may
from traff.ground.core.prepared import first_or_404, prepared


def group_for(person: Any, slug: str) -> Group:
    """The group of this address, if the person may know of it; raises Http404."""
    return first_or_404(_called(slug, person))


@prepared
def _called(slug: str, person: Any) -> QuerySet[Group]:
    found: QuerySet[Group] = Group.objects.visible_to(person).filter(slug=slug).select_related("audience", "shown_to")
    return found


def group_tended_by(person: Any, slug: str) -> Group:
    """The same for those who look after it; to all others there is no such page."""
    group = group_for(person, slug)
    if not may(person, Right.TEND, group):
        raise Http404
    return group
