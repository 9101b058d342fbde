"""The home stream, read when it is asked for: newest activity first, one card a thread, each saying why it is here.

A tab is a few sources; a source is a queryset of posts with an index of its own to walk. The newest of all is among the
newest of each, so each gives one page's worth and the union is cut: what is read depends on the page, not on how many
groups, people and posts there are.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple, Self

from django.db.models import Exists, OuterRef, QuerySet

from traff.attention.stream.chosen import Chosen
from traff.ground.accounts.models import Person
from traff.ground.core.paging import older, place_of
from traff.ground.core.prepared import prepared
from traff.sharing.content.models import Authorship, Post, PostQuerySet
from traff.sharing.content.paging import SIZE, Page, cursor_of, cut, page

SHORT = 10  # a first page of one's own with fewer than this goes on with what everybody writes
FEW = 2000  # posts of followed people, or on followed topics, that are read by id
Tagged = Post.topics.through


class Tab(StrEnum):
    MINE = "mine"
    GROUPS = "groups"
    FOLLOWING = "following"
    EVERYONE = "everyone"


@dataclass(frozen=True)
class Stream:
    """A page of a tab; on the first page of a short stream of one's own, the beginning of everyone's beneath."""

    tab: Tab
    page: Page
    beneath: Page
    chosen: Chosen


def stream_for(person: Person, *, tab: Tab = Tab.MINE, cursor: str = "") -> Stream:
    chosen = Chosen.by(person)
    silence, place = Silence.of(chosen), place_of(cursor)
    if tab is Tab.EVERYONE:
        return Stream(tab, page(_everything(person, *silence, None, *place)), Page([], ""), chosen)
    shown = _newest(person, chosen, tab, silence, place)
    is_short = tab is Tab.MINE and not cursor and not shown.older and len(shown.posts) < SHORT
    seen = [post.pk for post in shown.posts]
    beneath = page(_everything(person, *silence, seen or None, *place)) if is_short else Page([], "")
    return Stream(tab, shown, beneath, chosen)


class Silence(NamedTuple):
    """Whom and what the person does not want to hear of, as ids; None where there is nothing of the sort."""

    people: list[int] | None
    groups: list[int] | None
    topics: list[int] | None
    threads: list[int] | None

    @classmethod
    def of(cls, chosen: Chosen) -> Self:
        mutes = chosen.mutes
        parts = (mutes.people | chosen.parted, mutes.groups, mutes.topics, mutes.threads)
        return cls(*(list(ids) or None for ids in parts))


def heard_by(person: Person, silence: Silence) -> PostQuerySet:
    """Everything the person may read and has not muted; nothing by people on either side of a block."""
    posts: PostQuerySet = Post.objects.visible_to(person)
    if silence.people:
        posts = posts.exclude(_by(silence.people))
    if silence.groups:
        posts = posts.exclude(group__any=silence.groups)
    if silence.topics:
        posts = posts.exclude(_about(silence.topics))
    return posts.exclude(pk__any=silence.threads) if silence.threads else posts


class Sources(NamedTuple):
    """Where a tab's posts come from, as ids; None where a source holds nothing.

    People and topics with few posts are read by the ids of these, those with many by walking home's index until a page
    is full: each way is quick where the other is slow.
    """

    groups: list[int] | None
    posts: list[int] | None
    people: list[int] | None
    topics: list[int] | None

    @classmethod
    def of(cls, chosen: Chosen, tab: Tab) -> Self:
        groups = {
            Tab.MINE: chosen.joined | chosen.follows.groups,
            Tab.GROUPS: chosen.joined,
            Tab.FOLLOWING: chosen.follows.groups,
        }[tab]
        if tab is Tab.GROUPS:
            return cls(list(groups) or None, None, None, None)
        ids = chosen.follows.threads | (chosen.own if tab is Tab.MINE else set())
        people, topics = list(chosen.follows.people), list(chosen.follows.topics)
        wrote, about = list(_wrote(people)) if people else [], list(_tagged(topics)) if topics else []
        ids = ids.union(*(found for found in (wrote, about) if len(found) <= FEW))
        walked = (people if len(wrote) > FEW else None, topics if len(about) > FEW else None)
        return cls(list(groups) or None, list(ids) or None, *walked)


def _newest(person: Person, chosen: Chosen, tab: Tab, silence: Silence, place: tuple[datetime, int]) -> Page:
    """The newest page over all sources: their heads by id in one query, then those posts."""
    sources = Sources.of(chosen, tab)
    if not any(sources):
        return Page([], "")
    newest = sorted(_heads(person, *silence, *sources, *place), key=lambda row: (row[1], row[0]), reverse=True)[: SIZE + 1]
    posts = list(_posts(person, [pk for pk, _at in newest[:SIZE]]))
    return Page(posts, cursor_of(posts[-1]) if len(newest) > SIZE and posts else "")


Some = list[int] | None


@prepared
def _heads(
    person: Person,
    silent: Some, muted_groups: Some, muted_topics: Some, muted_threads: Some,
    groups: Some, posts: Some, people: Some, topics: Some,
    at: datetime, pk: int,
) -> QuerySet[Any, tuple[int, datetime]]:  # fmt: skip
    """Of each source its newest, one more than a page."""
    heard = heard_by(person, Silence(silent, muted_groups, muted_topics, muted_threads))
    sources = [
        *([heard.filter(group__any=groups)] if groups else []),
        *([heard.filter(pk__any=posts)] if posts else []),
        *([heard.filter(_by(people))] if people else []),
        *([heard.filter(_about(topics))] if topics else []),
    ]
    heads = [
        found.filter(older("last_active_at", at, pk)).newest_first().values_list("pk", "last_active_at")[: SIZE + 1]
        for found in sources
    ]
    united: QuerySet[Any, tuple[int, datetime]] = heads[0].union(*heads[1:]) if len(heads) > 1 else heads[0]
    return united


@prepared
def _everything(
    person: Person,
    silent: Some, muted_groups: Some, muted_topics: Some, muted_threads: Some,
    seen: Some, at: datetime, pk: int,
) -> QuerySet[Post]:  # fmt: skip
    heard = heard_by(person, Silence(silent, muted_groups, muted_topics, muted_threads))
    return cut(heard.exclude(pk__any=seen) if seen else heard, at, pk)


@prepared
def _posts(person: Person, ids: list[int]) -> QuerySet[Post]:
    found: QuerySet[Post] = Post.objects.visible_to(person).filter(pk__any=ids).newest_first().with_people()
    return found


@prepared
def _wrote(people: list[int]) -> QuerySet[Any, int]:
    rows = Authorship.objects.unrestricted("ids for a filter on posts").filter(person__any=people).order_by()
    ids: QuerySet[Any, int] = rows.values_list("post_id", flat=True)[: FEW + 1]
    return ids


@prepared
def _tagged(topics: list[int]) -> QuerySet[Any, int]:
    return Tagged.objects.filter(topic__any=topics).order_by().values_list("post_id", flat=True)[: FEW + 1]


def _by(people: list[int]) -> Exists:
    return Exists(Authorship.objects.unrestricted("a filter on posts").filter(post=OuterRef("pk"), person__any=people))


def _about(topics: list[int]) -> Exists:
    return Exists(Tagged.objects.filter(post=OuterRef("pk"), topic__any=topics))
