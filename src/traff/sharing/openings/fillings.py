"""What openings put on the pages of lower rooms, and into the weekly mail."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from traff.community.groups.models import Group
from traff.ground.access.reading import joined_ids
from traff.ground.accounts.models import Person
from traff.ground.core.digest import Section, Week
from traff.ground.core.prepared import prepared
from traff.sharing.openings.cards import cards
from traff.sharing.openings.models import Opening, Saved, Wish
from traff.sharing.openings.reach import reaching
from traff.sharing.openings.switch import is_shown_to

ON_HOME, IN_GROUP, IN_MAIL = 2, 5, 5


def home(context: dict[str, Any]) -> str:
    """`home.aside`: the two newest that reach one, each with its rule; nothing while none does."""
    request = context["request"]
    shown = cards(reaching(request.user, most=ON_HOME, on_home=True), shows_owner=False)
    return render_to_string("openings/parts/home.html", {"cards": shown}, request) if shown else ""


def group_openings(context: dict[str, Any]) -> str:
    """`group.aside`: what is offered in the group, and where a member offers something; for those who read it."""
    request, group = context["request"], context["group"]
    if not is_shown_to(request.user) or not group.is_read_by(request.user):
        return ""
    openings = list(_in_group(group, request.user, timezone.localdate()))
    may_publish = group.audience_id in joined_ids(request.user).all and not request.user.is_guest
    if not openings and not may_publish:
        return ""
    values = {"group": group, "cards": cards(openings, shows_owner=False), "may_publish": may_publish}
    return render_to_string("openings/parts/group.html", values, request)


@prepared
def _in_group(group: Group, reader: Person, today: date) -> QuerySet[Opening]:
    found = Opening.objects.visible_to(reader).standing(today).filter(group=group)
    newest: QuerySet[Opening] = found.newest_first().with_beside()[:IN_GROUP]
    return newest


def own(context: dict[str, Any]) -> str:
    """`own_data`: how much is kept about openings, for oneself; the rest stands on its own page."""
    request = context["request"]
    if not is_shown_to(request.user):
        return ""
    values = {"saved": Saved.objects.visible_to(request.user).count(), "wishes": Wish.objects.visible_to(request.user).count()}
    return render_to_string("openings/parts/own.html", values, request)


def in_mail(week: Week) -> Section | None:
    """New since the last mail, by the same rules; wishes only where the person said so."""
    shown = cards(reaching(week.person, most=IN_MAIL, since=week.since, in_mail=True))
    return ("openings/mail/openings", {"cards": shown}) if shown else None
