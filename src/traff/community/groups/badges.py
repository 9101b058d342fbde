"""Groups as the parts of the look show them."""

from collections.abc import Iterable
from dataclasses import dataclass

from traff.community.groups.models import Group


@dataclass(frozen=True)
class Badge:
    """The names are those of `core/parts/group_badge.html`; members are counted where they may be seen."""

    name: str
    url: str
    slug: str
    purpose: str
    is_open: bool
    members: int = 0
    is_mine: bool = False
    note: str = ""


def badges(groups: Iterable[Group], joined: Iterable[int] = ()) -> list[Badge]:
    """Badges of groups loaded `with_members()`; `joined` are the audiences the reader is a member of."""
    mine = set(joined)
    return [_badge(group, is_mine=group.audience_id in mine) for group in groups]


def _badge(group: Group, *, is_mine: bool) -> Badge:
    counted = is_mine or (group.audience.is_open and not group.is_sensitive)
    return Badge(
        name=group.name,
        url=group.get_absolute_url(),
        slug=group.slug,
        purpose=group.purpose,
        is_open=group.audience.is_open,
        members=getattr(group, "member_count", 0) if counted else 0,
        is_mine=is_mine,
    )
