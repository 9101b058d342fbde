"""A meeting as a page shows it: whose work it is, the matched sentence, the boundary it crosses, and why."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traff.attention.following.buttons import Button, button_of
from traff.attention.following.models import Follow
from traff.community.people.faces import Face, faces_of
from traff.ground.accounts.models import Person
from traff.ground.core.markup import to_text
from traff.ground.core.prepared import prepared
from traff.sharing.content.cards import Thanks, counted_by_post, thanks_for, thanks_url
from traff.sharing.content.models import Post, Reuse
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
    person: Person | None = None  # of a stranger: whom the first steps are towards
    spark_url: str = ""
    follow: Button | None = None
    like_url: str = ""
    thanks: Thanks = field(default_factory=Thanks)


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
    is_stranger: bool = False  # of M3, whose card has the first steps
    features: tuple[float, float] | None = None  # what its relevance was made of


def meetings(found: Iterable[Found], reader: Person) -> list[Meeting]:
    """As shown, in their order; what the reader may not read any more is left out. A fixed number of queries."""
    rows = list(found)
    if not rows:
        return []
    posts = {post.pk: post for post in _posts([row.post_id for row in rows], reader)}
    people = {person.pk: person for person in _people([row.author_id for row in rows])}
    faces = faces_of(people.values())
    counts = {post: number for _what, post, number in _reuses_of(list(posts), reader)}
    thanked = thanks_for([row.post_id for row in rows if row.is_stranger and row.post_id in posts], reader, of="post")
    shown = [
        _meeting(row, posts[row.post_id], faces[row.author_id], counts.get(row.post_id, 0))
        for row in rows
        if row.post_id in posts and row.author_id in faces
    ]
    towards = {row.post_id: people[row.author_id] for row in rows if row.post_id in thanked}
    return [
        replace(one, **_first_steps(reader, one.post["id"], towards[one.post["id"]], thanked[one.post["id"]]))
        if one.post["id"] in towards
        else one
        for one in shown
    ]


@prepared
def _posts(ids: list[int], reader: Person) -> QuerySet[Post]:
    found: QuerySet[Post] = Post.objects.visible_to(reader).filter(pk__any=ids).select_related("group", "question")
    return found


@prepared
def _people(ids: list[int]) -> QuerySet[Person]:
    return Person.objects.filter(pk__any=ids)


@prepared
def _reuses_of(ids: list[int], reader: Person) -> QuerySet[Any, tuple[str, int, int]]:
    """Reuses of posts, counted, as far as the reader reads them."""
    counted: QuerySet[Any, tuple[str, int, int]] = counted_by_post(
        "reuses", Reuse.objects.visible_to(reader).filter(post__any=ids)
    )
    return counted


def _first_steps(reader: Person, post_id: int, person: Person, thanks: Thanks) -> dict[str, Any]:
    """Follow, thank, an idea of one's own; whom one does not follow yet is what makes a stranger."""
    return {
        "person": person,
        "spark_url": f"{reverse('write')}?{urlencode({'spark': post_id})}",
        "follow": button_of(reader, person, Follow, is_on=False),
        "like_url": thanks_url("post", post_id, given=thanks.mine),
        "thanks": thanks,
    }


def _meeting(row: Found, post: Post, face: Face, reuses: int) -> Meeting:
    is_there = not face.has_left and not face.is_guest  # guests are reached by whom they share a group with: from their page
    why = {"reason": _("because of “%(title)s”") % {"title": post}, "path": post.get_absolute_url()}
    return Meeting(
        face=face,
        post={"id": post.pk, "kind": post.kind, "url": post.get_absolute_url(), "title": str(post), "language": post.language},
        sentence="" if _is_said_by(str(post), row.sentence) else row.sentence,
        boundary=boundary(post, reuses),
        lead=row.lead or _("because both are about"),
        reasons=row.reasons,
        reuse_url=reverse("post_reuse", args=[post.pk]) if post.is_to_build_on else "",
        feedback_url=reverse("suggestion_answer", args=[row.suggestion_id]) if row.suggestion_id else "",
        ask_url=write_url(face.handle, **why) if is_there else "",
        meet_url=meet_url(face.handle, about=str(post), **why) if is_there else "",
        score=row.score,
        date=post.published_at.isoformat(timespec="seconds"),
    )


def _is_said_by(title: str, sentence: str) -> bool:
    """Whether the title says it already: what has none is called by its beginning."""
    return to_text(sentence).strip(" …") in title


def boundary(post: Post, reuses: int) -> str:
    """When it was, and how often it was reused; unit and place stand in the person's line."""
    parts = [str(post.published_at.year)]
    if reuses:
        parts.append(ngettext("reused once", "reused %(count)s times", reuses) % {"count": reuses})
    return " · ".join(parts)
