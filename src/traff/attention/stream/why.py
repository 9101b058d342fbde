"""Why a post is in somebody's stream: the choice of their own that brought it, in words, and where to change it."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from traff.attention.stream.chosen import Chosen
from traff.ground.accounts.models import Person
from traff.sharing.content.models import Post


class Why(NamedTuple):
    words: str
    url: str = ""


def why_here(post: Post, reader: Person, chosen: Chosen) -> Why:
    """The strongest of the reader's own choices that hold for this post; of a post loaded `with_people()`.

    A sensitive topic is never named as a reason.
    """
    people = post.people()
    if reader in people:
        return Why(_("you wrote this"))
    if post.pk in chosen.own:
        return Why(_("you wrote here"))
    if post.pk in chosen.follows.threads:
        return Why(_("you follow this thread"))
    for person in people:
        if person.pk in chosen.follows.people:
            return Why(_("you follow %(name)s") % {"name": person.name}, person.get_absolute_url())
    return _by_group(post, chosen) or _by_topic(post, chosen) or _open(post)


def _by_group(post: Post, chosen: Chosen) -> Why | None:
    if post.group and post.group_id in chosen.joined:
        return Why(_("in your group %(name)s") % {"name": post.group.name}, post.group.get_absolute_url())
    if post.group and post.group_id in chosen.follows.groups:
        return Why(_("you follow the group %(name)s") % {"name": post.group.name}, post.group.get_absolute_url())
    return None


def _by_topic(post: Post, chosen: Chosen) -> Why | None:
    followed = [topic for topic in post.labels() if topic.pk in chosen.follows.topics]
    for topic in followed:
        if not topic.is_sensitive:
            return Why(_("you follow #%(name)s") % {"name": topic}, topic.get_absolute_url())
    return Why(_("about a topic you follow"), reverse("home") + "?tab=following") if followed else None


def _open(post: Post) -> Why:
    return Why(_("in a group open to everyone")) if post.group else Why(_("written to everyone"))
