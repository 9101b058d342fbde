"""What openings put on the pages of lower rooms, and into the weekly mail."""

from typing import Any

from django.template.loader import render_to_string

from traff.ground.access.reading import joined_ids
from traff.ground.core.digest import Section, Week
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
    found = Opening.objects.visible_to(request.user).standing().filter(group=group).newest_first().with_beside()
    openings = list(found[:IN_GROUP])
    may_publish = group.audience_id in joined_ids(request.user).all and not request.user.is_guest
    if not openings and not may_publish:
        return ""
    values = {"group": group, "cards": cards(openings, shows_owner=False), "may_publish": may_publish}
    return render_to_string("openings/parts/group.html", values, request)


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
