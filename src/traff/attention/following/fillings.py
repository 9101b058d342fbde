"""What following puts on the pages of lower rooms: its two buttons, and one's own list."""

from typing import Any

from django.db.models import IntegerField, QuerySet, Value
from django.template.loader import render_to_string

from traff.attention.following.buttons import Button, button_of
from traff.attention.following.models import Follow, Mute, Tone, standing
from traff.attention.following.own import tones_of
from traff.ground.accounts.models import Person
from traff.ground.core.prepared import first, prepared
from traff.sharing.openings.followed import Followed


def follow(sort: str, context: dict[str, Any]) -> str:
    """`person.actions`, `topic.actions`, `post.actions`."""
    request, target = context["request"], context[sort]
    if target == request.user:
        return ""
    if (muted := _button(request, target, Mute)).is_on:
        return render_to_string("following/muted.html", {"button": muted}, request)
    return render_to_string("following/button.html", {"button": _button(request, target, Follow)}, request)


def follow_group(context: dict[str, Any]) -> str:
    """`group.actions`: for those who read it without being in it; members hear of it anyway; that one has muted it."""
    request, group = context["request"], context["group"]
    if not group.is_read_by(request.user):
        return ""
    if context.get("membership") and not _button(request, group, Mute).is_on:
        return ""
    return follow("group", context)


def mute(sort: str, context: dict[str, Any]) -> str:
    """`person.menu`, `group.menu`, `topic.menu`, `post.menu`: an entry."""
    request, target = context["request"], context[sort]
    if target == request.user:
        return ""
    return render_to_string("following/menu_entry.html", {"button": _button(request, target, Mute)}, request)


def _button(request: Any, target: Any, tone: type[Tone]) -> Button:
    """A page shows both buttons of its target; the first asks for both."""
    known = request.__dict__.setdefault("_tones", {})
    if (key := (type(target), target.pk)) not in known:
        known[key] = set() if request.user.is_impersonated else standing(request.user, target)  # one's own business
    return button_of(request.user, target, tone, is_on=tone in known[key])


def mine(context: dict[str, Any]) -> str:
    """`own_data`: what I follow and mute; ended there."""
    request = context["request"]
    values = {"follows": tones_of(request.user, Follow), "mutes": tones_of(request.user, Mute)}
    return render_to_string("following/mine.html", values, request)


def follows_somebody(person: Person) -> bool:
    """Whether a newcomer's first step of following is taken."""
    return first(_follow_of(person)) is not None


@prepared
def _follow_of(person: Person) -> QuerySet[Follow]:
    return Follow.objects.of(person)[:1]


def followed(person: Person) -> Followed:
    """For openings: the topics one follows, and what one does not want to hear of; in one query."""
    rows = list(_followed(person))
    topics, *without = (frozenset(pk for pk in ids if pk) for ids in zip(*rows, strict=True)) if rows else (frozenset(),) * 4
    return Followed(topics, *without)


@prepared
def _followed(person: Person) -> QuerySet[Any, Any]:
    nothing = Value(None, IntegerField())
    follows = Follow.objects.of(person).exclude(topic=None).values_list("topic_id", nothing, nothing, nothing)
    mutes = Mute.objects.of(person).values_list(nothing, "group_id", "topic_id", "followed_person_id")
    united: QuerySet[Any, Any] = follows.union(mutes, all=True)
    return united
