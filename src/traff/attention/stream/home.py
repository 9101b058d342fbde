"""The home stream, read when it is asked for: newest activity first, one card a thread, each saying why it is here.

A tab is a few sources; a source is a queryset of posts with an index of its own to walk. The newest of all is among the
newest of each, so each gives one page's worth and the union is cut: what is read depends on the page, not on how many
groups, people and posts there are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Exists, OuterRef

from traff.attention.stream.chosen import Chosen
from traff.ground.accounts.models import Person
from traff.ground.core.paging import beyond
from traff.sharing.content.models import Authorship, Post, PostQuerySet
from traff.sharing.content.paging import SIZE, Page, cursor_of, page_of

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
    posts = heard_by(person, chosen)
    if tab is Tab.EVERYONE:
        return Stream(tab, page_of(posts, cursor), Page([], ""), chosen)
    page = _newest(list(sources(posts, chosen, tab)), person, cursor)
    is_short = tab is Tab.MINE and not cursor and not page.older and len(page.posts) < SHORT
    beneath = page_of(posts.exclude(pk__any=[post.pk for post in page.posts])) if is_short else Page([], "")
    return Stream(tab, page, beneath, chosen)


def heard_by(person: Person, chosen: Chosen) -> PostQuerySet:
    """Everything the person may read and has not muted; nothing by people on either side of a block."""
    posts: PostQuerySet = Post.objects.visible_to(person)
    silent = chosen.mutes.people | chosen.parted
    if silent:
        posts = posts.exclude(_by(silent))
    if chosen.mutes.groups:
        posts = posts.exclude(group__any=chosen.mutes.groups)
    if chosen.mutes.topics:
        posts = posts.exclude(_about(chosen.mutes.topics))
    return posts.exclude(pk__any=chosen.mutes.threads) if chosen.mutes.threads else posts


def sources(posts: PostQuerySet, chosen: Chosen, tab: Tab) -> Iterator[PostQuerySet]:
    """Where a tab's posts come from; only sources that hold something.

    People and topics with few posts are read by the ids of these, those with many by walking home's index until a page
    is full: each way is quick where the other is slow.
    """
    groups = {
        Tab.MINE: chosen.joined | chosen.follows.groups,
        Tab.GROUPS: chosen.joined,
        Tab.FOLLOWING: chosen.follows.groups,
    }[tab]
    if groups:
        yield posts.filter(group__any=groups)
    if tab is Tab.GROUPS:
        return
    ids = chosen.follows.threads | (chosen.own if tab is Tab.MINE else set())
    wrote = Authorship.objects.unrestricted("ids for a filter on posts").filter(person__any=chosen.follows.people)
    about = Tagged.objects.filter(topic__any=chosen.follows.topics)
    for rows, walk in ((wrote, _by(chosen.follows.people)), (about, _about(chosen.follows.topics))):
        found = rows.order_by().values_list("post_id", flat=True)[: FEW + 1]
        if len(found) > FEW:
            yield posts.filter(walk)
        else:
            ids.update(found)
    if ids:
        yield posts.filter(pk__any=ids)


def _newest(found: list[PostQuerySet], person: Person, cursor: str) -> Page:
    """The newest page over all sources: their heads by id in one query, then those posts."""
    if not found:
        return Page([], "")
    heads = [
        posts.filter(beyond(cursor, "last_active_at")).newest_first().values_list("pk", "last_active_at")[: SIZE + 1]
        for posts in found
    ]
    rows = heads[0].union(*heads[1:]) if len(heads) > 1 else heads[0]
    newest = sorted(rows, key=lambda row: (row[1], row[0]), reverse=True)[: SIZE + 1]
    posts = list(Post.objects.visible_to(person).filter(pk__any=[pk for pk, _at in newest[:SIZE]]).newest_first().with_people())
    return Page(posts, cursor_of(posts[-1]) if len(newest) > SIZE and posts else "")


def _by(people: set[int]) -> Exists:
    return Exists(Authorship.objects.unrestricted("a filter on posts").filter(post=OuterRef("pk"), person__any=people))


def _about(topics: set[int]) -> Exists:
    return Exists(Tagged.objects.filter(post=OuterRef("pk"), topic__any=topics))
