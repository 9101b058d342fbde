"""The buttons Follow and Mute, as they stand for one person and one target."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from traff.attention.following.models import Follow, Tone
from traff.attention.following.targets import sort_of
from traff.ground.accounts.models import Person


@dataclass(frozen=True)
class Button:
    word: str
    icon: str
    url: str
    is_on: bool
    name: str


def button_of(person: Person, target: Any, tone: type[Tone] = Follow, *, is_on: bool | None = None) -> Button:
    """Where a press leads, and what it says now; `is_on` where that is known already."""
    is_on, sort = tone.stands(person, target) if is_on is None else is_on, sort_of(target)
    name = tone.__name__.lower()
    icons = {"follow": ("bell-plus", "bell-ring"), "mute": ("bell-off", "bell")}
    return Button(
        word=_word(name, sort, is_on=is_on),
        icon=icons[name][is_on],
        url=reverse(f"{name}_end" if is_on else name, args=[sort, target.pk]),
        is_on=is_on,
        name=str(target),
    )


def _word(name: str, sort: str, *, is_on: bool) -> str:
    if name == "follow":
        return _("Following") if is_on else _("Follow")
    if is_on:
        return _("Show again in my stream")
    words = {
        "person": _("Mute this person"),
        "group": _("Mute this group"),
        "topic": _("Mute this topic"),
        "post": _("Mute this thread"),
    }
    return words[sort]
