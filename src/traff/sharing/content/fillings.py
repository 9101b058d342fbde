"""What content puts on the pages of lower rooms: a group's posts, a topic's, a person's; and the door to writing."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from traff.community.groups.models import Group
from traff.community.people.faces import own_face
from traff.community.topics.models import Topic
from traff.ground.accounts.models import Person
from traff.ground.core.paging import place_of
from traff.ground.core.prepared import prepared
from traff.ground.files.models import File
from traff.sharing.content.cards import cards
from traff.sharing.content.kinds import KINDS
from traff.sharing.content.models import Kind, Post, Reaction, Reply, Reuse, Vote
from traff.sharing.content.paging import cut, page
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
    values = {
        **_list(request, lambda kind, at, pk: _in_group(group, kind, at, pk, request.user)),
        "prompt": _("What would you like to tell or ask the group?"),
        "kinds": _doors(group=group.slug),
    }
    return render_to_string("content/parts/group_posts.html", {**values, "me": own_face(request.user)}, request)


def topic_posts(context: dict[str, Any]) -> str:
    """`topic.main`: what is written about it."""
    request, topic = context["request"], context["topic"]
    values = _list(request, lambda kind, at, pk: _on_topic(topic, kind, at, pk, request.user))
    return render_to_string("content/parts/topic_posts.html", values, request)


def person_posts(context: dict[str, Any]) -> str:
    """`person.section`: what they have written and whose work they reuse; only what the reader may read, counts too."""
    request, person = context["request"], context["person"]
    counts = dict(_kinds(person, request.user))
    listed = _list(request, lambda kind, at, pk: _written(person, kind, at, pk, request.user), counts)
    colleagues, known = built_on(person, request.user)
    values = {
        "person": person,
        "is_me": person.pk == request.user.pk,
        "built_on": colleagues,
        "known_for": known,
        "reuses": list(_reused(person, request.user)),
    }
    return render_to_string("content/parts/person_posts.html", {**listed, **values}, request)


def prompt(context: dict[str, Any]) -> str:
    """`home.composer`: the door to writing."""
    request = context["request"]
    values = {"me": own_face(request.user), "prompt": _("What are you working on, or wondering about?"), "kinds": _doors()}
    drafts = len(waiting_lines(request.user))
    return render_to_string("content/write/door.html", {**values, "waiting": drafts}, request)


def my_drafts(context: dict[str, Any]) -> str:
    """`own_data`: what one has begun, and the way to all of it."""
    request = context["request"]
    return render_to_string("content/parts/my_drafts.html", {"drafts": waiting_lines(request.user)}, request)


def mine(context: dict[str, Any]) -> str:
    """`own_data`: what one has written and given, and what one reuses."""
    me = context["request"].user
    values = {
        "posts": Post.objects.visible_to(me).of(me).count(),
        "replies": Reply.objects.visible_to(me).filter(author=me).count(),
        "thanks": Reaction.objects.visible_to(me).filter(person=me).count(),
        "votes": Vote.objects.visible_to(me).filter(person=me).count(),
        "files": File.objects.visible_to(me).filter(owner=me).count(),
        "reuses": Reuse.objects.visible_to(me).filter(person=me).select_related("post").order_by("-at"),
    }
    return render_to_string("content/parts/mine.html", values, context["request"])


def keys(context: dict[str, Any]) -> str:
    """`keys.more`: what the keyboard does while one writes."""
    return render_to_string("content/write/keys.html", {}, context["request"])


def led_to(context: dict[str, Any]) -> str:
    """`home.aside`: who builds on one's work, newest first; nothing while nobody does."""
    request = context["request"]
    reuses = list(_led_to(request.user, timezone.now() - RECENT))
    if not reuses:
        return ""
    return render_to_string("content/parts/led_to.html", {"reuses": reuses}, request)


def _doors(**where: str) -> list[dict[str, str]]:
    return [{"kind": kind.value, "url": f"/write/?{urlencode({'kind': kind.value, **where})}"} for kind in ORDER]


@prepared
def _led_to(person: Person, since: datetime) -> QuerySet[Reuse]:
    told = Reuse.objects.visible_to(person).of_work_by(person).filter(at__gt=since)
    found: QuerySet[Reuse] = told.select_related("post", "person").distinct().order_by("-at")[:IN_SECTION]
    return found


@prepared
def _reused(person: Person, reader: Person) -> QuerySet[Reuse]:
    found: QuerySet[Reuse] = Reuse.objects.visible_to(reader).filter(person=person).select_related("post")[:IN_SECTION]
    return found


@prepared
def _kinds(person: Person, reader: Person) -> QuerySet[Any, tuple[str, int]]:
    written: QuerySet[Any, tuple[str, int]] = Post.objects.visible_to(reader).of(person).kinds()
    return written


@prepared
def _in_group(group: Group, kind: Kind | None, at: datetime, pk: int, reader: Person) -> QuerySet[Post]:
    return cut(_of_kind(kind, reader).filter(group=group), at, pk)


@prepared
def _on_topic(topic: Topic, kind: Kind | None, at: datetime, pk: int, reader: Person) -> QuerySet[Post]:
    return cut(_of_kind(kind, reader).filter(topics=topic), at, pk)


@prepared
def _written(person: Person, kind: Kind | None, at: datetime, pk: int, reader: Person) -> QuerySet[Post]:
    return cut(_of_kind(kind, reader).of(person), at, pk)


def _of_kind(kind: Kind | None, reader: Person) -> Any:
    posts = Post.objects.visible_to(reader)
    return posts.filter(kind=kind) if kind else posts


def _list(request: Any, rows: Callable[..., Iterable[Post]], counts: dict[str, int] | None = None) -> dict[str, Any]:
    """A page of posts of the kind asked for, with a filter a kind; with counts only the kinds there are."""
    asked = request.GET.get("kind", "")
    kind = asked if asked in KINDS else ""
    listed = page(rows(Kind(kind) if kind else None, *place_of(request.GET.get("before", ""))))
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
    return {
        "cards": cards(listed.posts, request.user),
        "older": listed.older,
        "filters": filters,
        "narrowed": narrowed,
        "kind": kind,
    }
