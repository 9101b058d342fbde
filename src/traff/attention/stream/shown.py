"""A stream as the home page's values."""

from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from traff.attention.stream.home import Stream, Tab
from traff.attention.stream.muting import ways_to_mute
from traff.attention.stream.why import why_here
from traff.community.groups.models import Group
from traff.ground.accounts.models import Person
from traff.ground.core.prepared import prepared
from traff.sharing.content.cards import Card, cards
from traff.sharing.content.models import Post

GROUPS_ASIDE = 8


def shown(stream: Stream, reader: Person) -> dict[str, Any]:
    """Cards with their reasons and ways to mute, tabs, and what the empty page says."""
    first = stream.page.posts
    made = _cards([*first, *stream.beneath.posts], stream, reader)
    return {
        "tab": stream.tab.value,
        "tabs": _tabs(stream.tab, reader),
        "cards": made[: len(first)],
        "older": stream.page.older,
        "narrowed": "" if stream.tab is Tab.MINE else f"tab={stream.tab}&",
        "beneath": made[len(first) :],
        "beneath_older": stream.beneath.older,
        "is_newcomer": not first and stream.tab is Tab.MINE,
    }


def _cards(posts: list[Post], stream: Stream, reader: Person) -> list[Card]:
    plain = cards(posts, reader)
    whys = [why_here(post, reader, stream.chosen) for post in posts]
    return [
        replace(card, why=why.words, why_url=why.url, entries=list(ways_to_mute(post, reader)))
        for card, why, post in zip(plain, whys, posts, strict=True)
    ]


def _tabs(here: Tab, reader: Person) -> list[dict[str, Any]]:
    """For guests there is no everyone: they meet the circles they were let into."""
    words = {
        Tab.MINE: _("My stream"),
        Tab.GROUPS: _("My groups"),
        Tab.FOLLOWING: pgettext("stream", "Following"),
        Tab.EVERYONE: pgettext("stream", "Everyone"),
    }
    shown_tabs = [tab for tab in Tab if not (reader.is_guest and tab is Tab.EVERYONE)]
    return [{"word": words[tab], "url": "/" if tab is Tab.MINE else f"?tab={tab}", "is_here": tab is here} for tab in shown_tabs]


def your_groups(context: dict[str, Any]) -> str:
    """`home.aside`: the way to one's groups."""
    reader = context["request"].user
    groups = list(_joined_by(reader))
    values = {"groups": groups[:GROUPS_ASIDE], "are_more": len(groups) > GROUPS_ASIDE}
    return render_to_string("stream/parts/your_groups.html", values, context["request"])


@prepared
def _joined_by(reader: Person) -> QuerySet[Group]:
    found: QuerySet[Group] = Group.objects.visible_to(reader).joined_by(reader).order_by("name")[: GROUPS_ASIDE + 1]
    return found
