"""What content puts on the pages of lower rooms: a group's posts, a topic's, a person's; and the door to writing."""

from datetime import timedelta
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from traff.community.people.faces import own_face
from traff.sharing.content.cards import cards
from traff.sharing.content.kinds import KINDS
from traff.sharing.content.models import Kind, Post, PostQuerySet, Reuse
from traff.sharing.content.paging import page_of
from traff.sharing.content.trail import built_on
from traff.sharing.content.waiting import waiting_lines

ORDER = (Kind.UPDATE, Kind.QUESTION, Kind.CASE, Kind.IDEA, Kind.ARTICLE)  # as the composer offers them
IN_SECTION = 5
RECENT = timedelta(days=90)


def group_posts(context: dict[str, Any]) -> str:
    """`group.main`: what is written in the group, by kind, and where one writes; for those who read it."""
    request, group = context["request"], context["group"]
    if not group.is_read_by(request.user):
        return ""
    posts = Post.objects.visible_to(request.user).filter(group=group)
    values = {
        **_list(posts, request),
        "prompt": _("What do you want to tell or ask the group?"),
        "kinds": _doors(group=group.slug),
    }
    return render_to_string("content/parts/group_posts.html", {**values, "me": own_face(request.user)}, request)


def topic_posts(context: dict[str, Any]) -> str:
    """`topic.main`: what is written about it."""
    request = context["request"]
    posts = Post.objects.visible_to(request.user).filter(topics=context["topic"])
    return render_to_string("content/parts/topic_posts.html", _list(posts, request), request)


def person_posts(context: dict[str, Any]) -> str:
    """`person.section`: what they have written and whose work they reuse; only what the reader may read, counts too."""
    request, person = context["request"], context["person"]
    written = Post.objects.visible_to(request.user).of(person)
    told = Reuse.objects.visible_to(request.user)
    listed = _list(written, request, written.counted())
    colleagues, known = built_on(person, request.user)
    values = {
        "person": person,
        "is_me": person.pk == request.user.pk,
        "built_on": colleagues,
        "known_for": known,
        "reuses": list(told.filter(person=person).select_related("post")[:IN_SECTION]),
    }
    return render_to_string("content/parts/person_posts.html", {**listed, **values}, request)


def prompt(context: dict[str, Any]) -> str:
    """`home.composer`: the door to writing."""
    request = context["request"]
    values = {"me": own_face(request.user), "prompt": _("What are you working on, or wondering about?"), "kinds": _doors()}
    drafts = len(waiting_lines(request.user))
    return render_to_string("content/write/door.html", {**values, "waiting": drafts}, request)


def keys(context: dict[str, Any]) -> str:
    """`keys.more`: what the keyboard does while one writes."""
    return render_to_string("content/write/keys.html", {}, context["request"])


def led_to(context: dict[str, Any]) -> str:
    """`home.aside`: who builds on one's work, newest first; nothing while nobody does."""
    request = context["request"]
    told = Reuse.objects.visible_to(request.user).of_work_by(request.user).select_related("post", "person")
    reuses = list(told.filter(at__gt=timezone.now() - RECENT).distinct().order_by("-at")[:IN_SECTION])
    if not reuses:
        return ""
    return render_to_string("content/parts/led_to.html", {"reuses": reuses}, request)


def _doors(**where: str) -> list[dict[str, str]]:
    return [{"kind": kind.value, "url": f"/write/?{urlencode({'kind': kind.value, **where})}"} for kind in ORDER]


def _list(posts: PostQuerySet, request: Any, counts: dict[str, int] | None = None) -> dict[str, Any]:
    """A page of posts of the kind asked for, with a filter a kind; with counts only the kinds there are."""
    asked = request.GET.get("kind", "")
    kind = asked if asked in KINDS else ""
    page = page_of(posts.filter(kind=kind) if kind else posts, request.GET.get("before", ""))
    filters: list[dict[str, Any]] = [{"word": pgettext("kinds", "All"), "url": "?", "is_on": not kind}]
    filters += [
        {
            "kind": name,
            "word": KINDS[name].plural,
            "url": f"?kind={name}",
            "is_on": kind == name,
            "count": (counts or {}).get(name),
        }
        for name in (choice.value for choice in ORDER)
        if counts is None or name in counts
    ]
    narrowed = f"kind={kind}&" if kind else ""
    return {"cards": cards(page.posts, request.user), "older": page.older, "filters": filters, "narrowed": narrowed, "kind": kind}
