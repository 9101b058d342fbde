"""Where a post is to be read: everyone, or one of the groups one is in. Said in words before anything is sent."""

from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traff.community.groups.models import Group
from traff.ground.access.models import Audience, Membership
from traff.ground.accounts.models import Person
from traff.ground.organisation.models import Unit
from traff.sharing.content.models import Post


@dataclass(frozen=True)
class Place:
    """One choice. `slug` is empty for everyone."""

    slug: str
    name: str
    seen_by: str
    is_open: bool
    group: Group | None = None

    @property
    def audience(self) -> Audience:
        return self.group.audience if self.group else Audience.objects.everyone()


class Places:
    """The choices of one person; a piece made from closed words stays in the circle they were said in."""

    def __init__(self, person: Person, *, made_from: Post | None = None, of: Post | None = None) -> None:
        self.person, self.made_from, self.of = person, made_from, of

    @cached_property
    def all(self) -> list[Place]:
        groups = Group.objects.visible_to(self.person).joined_by(self.person).select_related("audience").order_by("name")
        if self.of is not None:
            return [_place(self.of.group)] if self.of.group else [everyone()]
        if self.made_from is not None and not self.made_from.is_open:
            return [_place(group) for group in groups.filter(pk=self.made_from.group_id)]
        return [*([] if self.person.is_guest else [everyone()]), *(_place(group) for group in groups)]

    def find(self, slug: str) -> Place | None:
        return next((place for place in self.all if place.slug == slug), None)

    def choices(self) -> list[tuple[str, str]]:
        return [(place.slug, _("{name} ({seen_by})").format(name=place.name, seen_by=place.seen_by)) for place in self.all]


def everyone() -> Place:
    return Place("", _("Everyone"), _seen_by_all(), is_open=True)


def _place(group: Group) -> Place:
    if group.audience.is_open:
        return Place(group.slug, group.name, _seen_by_all(), is_open=True, group=group)
    members = Membership.objects.filter(audience_id=group.audience_id, person__is_active=True).count()
    seen_by = ngettext("closed: seen by its one member", "closed: seen by its {n} members", members).format(n=members)
    return Place(group.slug, group.name, seen_by, is_open=False, group=group)


def _seen_by_all() -> str:
    roots = list(Unit.objects.filter(parent=None)[:2])
    if len(roots) == 1:
        return _("seen by everyone at {organisation}").format(organisation=roots[0])
    return _("seen by everyone in the organisation")
