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
    """One choice: an empty slug is everyone. `seen_by` finishes the sentence "seen by …"."""

    slug: str
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
        visible = Group.objects.visible_to(self.person).select_related("audience").order_by("name")
        groups = visible.joined_by(self.person)
        if self.of is not None:
            return [_place(group) for group in visible.filter(pk=self.of.group_id)] if self.of.group_id else [everyone()]
        if self.made_from is not None and not self.made_from.is_open:
            return [_place(group) for group in groups.filter(pk=self.made_from.group_id)]
        return [*([] if self.person.is_guest else [everyone()]), *(_place(group) for group in groups)]

    def find(self, slug: str) -> Place | None:
        return next((place for place in self.all if place.slug == slug), None)

    def choices(self) -> list[tuple[str, str]]:
        return [(place.slug, place.seen_by) for place in self.all]


def everyone() -> Place:
    return Place("", _("everyone at {organisation}").format(organisation=_organisation()), is_open=True)


def _place(group: Group) -> Place:
    if group.audience.is_open:
        seen_by = _("everyone at {organisation}, in {group}").format(organisation=_organisation(), group=group.name)
        return Place(group.slug, seen_by, is_open=True, group=group)
    members = Membership.objects.filter(audience_id=group.audience_id, person__is_active=True).count()
    seen_by = ngettext("you alone, in {group}", "the {n} members of {group}", members)
    return Place(group.slug, seen_by.format(n=members, group=group.name), is_open=False, group=group)


def _organisation() -> str:
    roots = list(Unit.objects.filter(parent=None)[:2])
    return str(roots[0]) if len(roots) == 1 else _("the organisation")
