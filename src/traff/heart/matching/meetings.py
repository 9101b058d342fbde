"""A meeting as a page shows it: whose work it is, the matched sentence, the boundary it crosses, and why."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traff.community.people.faces import Face, faces_of
from traff.ground.accounts.models import Person
from traff.sharing.content.models import Kind, Post, Reply, Reuse
from traff.sharing.conversations.asking import meet_url, write_url


@dataclass(frozen=True)
class Meeting:
    """The names are those of `core/parts/suggestion_card.html`."""

    face: Face
    post: dict[str, Any]
    sentence: str
    boundary: str
    lead: str
    reasons: list[str]
    reuse_url: str = ""
    feedback_url: str = ""
    ask_url: str = ""
    meet_url: str = ""
    score: float = 0.0
    date: str = ""  # ISO 8601


@dataclass(frozen=True)
class Found:
    """What a matcher gives: the post it found, why, and the sentence."""

    post_id: int
    author_id: int
    reasons: list[str]
    sentence: str
    score: float
    lead: str = ""
    suggestion_id: int | None = field(default=None)


def meetings(found: Iterable[Found], reader: Person) -> list[Meeting]:
    """As shown, in their order; what the reader may not read any more is left out. A fixed number of queries."""
    rows = list(found)
    posts = Post.objects.visible_to(reader).select_related("group").in_bulk([row.post_id for row in rows])
    people = Person.objects.in_bulk({row.author_id for row in rows})
    faces = faces_of(people.values())
    reuses = Reuse.objects.visible_to(reader).filter(post_id__in=list(posts)).order_by().values_list("post_id")
    counts = dict(reuses.annotate(n=Count("id")))
    answered = set(Reply.objects.visible_to(reader).filter(post_id__in=list(posts)).order_by().values_list("post_id", flat=True))
    return [
        _meeting(row, posts[row.post_id], faces[row.author_id], counts.get(row.post_id, 0), row.post_id in answered)
        for row in rows
        if row.post_id in posts and row.author_id in faces
    ]


def _meeting(row: Found, post: Post, face: Face, reuses: int, is_answered: bool) -> Meeting:
    reusable = post.kind in {Kind.CASE, Kind.ARTICLE} or (post.kind == Kind.QUESTION and is_answered)
    is_there = not face.has_left and not face.is_guest  # guests are reached by whom they share a group with: from their page
    why = {"reason": _("because of “%(title)s”") % {"title": post}, "path": post.get_absolute_url()}
    return Meeting(
        face=face,
        post={"kind": post.kind, "url": post.get_absolute_url(), "title": str(post), "language": post.language},
        sentence=row.sentence,
        boundary=boundary(post, reuses),
        lead=row.lead or _("because both are about"),
        reasons=row.reasons,
        reuse_url=reverse("post_reuse", args=[post.pk]) if reusable else "",
        feedback_url=reverse("suggestion_answer", args=[row.suggestion_id]) if row.suggestion_id else "",
        ask_url=write_url(face.handle, **why) if is_there else "",
        meet_url=meet_url(face.handle, about=str(post), **why) if is_there else "",
        score=row.score,
        date=post.published_at.isoformat(timespec="seconds"),
    )


def boundary(post: Post, reuses: int) -> str:
    """When it was, and how often it was reused; unit and place stand in the person's line."""
    parts = [str(post.published_at.year)]
    if reuses:
        parts.append(ngettext("reused once", "reused %(n)d times", reuses) % {"n": reuses})
    return " · ".join(parts)
