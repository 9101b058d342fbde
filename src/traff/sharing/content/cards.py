"""Posts as plain values for a page of cards, in a fixed number of queries however many they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from textwrap import shorten
from typing import Any

from django.db.models import Count, Q, QuerySet, TextField, Value

from traff.community.people.faces import Face, faces_of
from traff.ground.accounts.models import Person
from traff.ground.core.addresses import address_of
from traff.ground.core.markup import to_text
from traff.ground.core.prepared import prepared
from traff.sharing.content.attachments import Picture, first_pictures
from traff.sharing.content.kinds import texts_of
from traff.sharing.content.models import Post, Reaction, Reply, Reuse
from traff.sharing.content.votes import Votes, stage_words, votes_of

EXCERPT = 280  # characters
LONG_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Link:
    name: str
    url: str


@dataclass(frozen=True)
class Entry:
    """An entry of a menu; the names are those of `core/parts/entries.html`. One that `posts` acts, by POST."""

    word: str
    url: str
    icon: str
    posts: bool = False


@dataclass(frozen=True)
class Thanks:
    """How many thanked, and whether the reader did."""

    count: int = 0
    mine: bool = False


@dataclass(frozen=True)
class Card:
    """One thread in a list; the names are those of `core/parts/post_card.html`."""

    id: int
    kind: str
    url: str
    title: str
    excerpt: str
    language: str
    authors: list[Face]
    published_at: datetime
    last_reply_at: datetime | None  # when it was long after the post itself
    is_edited: bool
    is_open: bool
    group: Link | None
    topics: list[Link]
    reply_count: int
    like_count: int
    is_liked: bool
    like_url: str
    reuse_count: int
    is_answered: bool
    stage: str = ""  # of an idea that has come somewhere, in a word
    vote_count: int = 0
    picture: Picture | None = None  # the first it has
    vote_url: str = ""  # of an idea: POST toggles
    is_voted: bool = False
    why: str = ""
    why_url: str = ""
    mute_url: str = ""
    entries: list[Entry] = field(default_factory=list)  # of the card's menu


def cards(posts: Sequence[Post], reader: Person, *, why: Mapping[int, str] | None = None) -> list[Card]:
    """Cards of posts that were already found through `visible_to(reader)` and loaded `with_people()`.

    `why` says by id, in words, why each is here.
    """
    ids = [post.pk for post in posts]
    people = faces_of(person for post in posts for person in post.people())
    tallies, votes, stages = _tallies(ids, reader), votes_of(posts, reader), stage_words(posts)
    pictures = first_pictures(posts, reader)
    return [
        Card(
            id=post.pk,
            kind=post.kind,
            url=post.get_absolute_url(),
            title=post.title,
            excerpt=excerpt_of(post),
            language=post.language,
            authors=[people[person.pk] for person in post.people()],
            published_at=post.published_at,
            last_reply_at=post.last_active_at if post.last_active_at - post.published_at > LONG_AFTER else None,
            is_edited=post.edited_at is not None,
            is_open=post.is_open,
            group=Link(post.group.name, post.group.get_absolute_url()) if post.group else None,
            topics=[Link(str(topic), topic.get_absolute_url()) for topic in post.labels()],
            reply_count=tallies["replies"].get(post.pk, 0),
            like_count=tallies["thanks"].get(post.pk, 0),
            is_liked=post.pk in tallies["mine"],
            like_url=thanks_url("post", post.pk, given=post.pk in tallies["mine"]),
            reuse_count=tallies["reuses"].get(post.pk, 0),
            is_answered=is_answered(post),
            stage=stages.get(post.pk, ""),
            picture=pictures.get(post.pk),
            **_vote(votes.get(post.pk)),
            why=(why or {}).get(post.pk, ""),
        )
        for post in posts
    ]


def _vote(votes: Votes | None) -> dict[str, Any]:
    return {"vote_count": votes.count, "vote_url": votes.url, "is_voted": votes.is_mine} if votes else {}


def excerpt_of(post: Post) -> str:
    """The beginning of its words, plain and in one line; of a case the situation and what follows it."""
    words: list[str] = []
    for html in texts_of(post):
        words += to_text(html).split()
        if len(" ".join(words)) > EXCERPT:
            break
    return shorten(" ".join(words), EXCERPT, placeholder=" …")


def is_answered(post: Post) -> bool:
    return post.kind == "question" and post.question.accepted_reply_id is not None


def thanks_for(ids: Sequence[int], reader: Person, *, of: str) -> dict[int, Thanks]:
    """Thanks by id, of posts or replies ("post" or "reply") that the reader may read, in one query."""
    given = (_thanks_for_posts if of == "post" else _thanks_for_replies)(list(ids), reader) if ids else ()
    found = {pk: Thanks(n, bool(mine)) for pk, n, mine in given}
    return {pk: found.get(pk, Thanks()) for pk in ids}


@prepared
def _thanks_for_posts(ids: list[int], reader: Person) -> QuerySet[Any, Any]:
    return _thanks(reader, "post", post__any=ids)


@prepared
def _thanks_for_replies(ids: list[int], reader: Person) -> QuerySet[Any, Any]:
    return _thanks(reader, "reply", reply__any=ids)


def _thanks(reader: Person, of: str, **which: Any) -> QuerySet[Any, Any]:
    given = Reaction.objects.unrestricted("thanks for what the reader reads").filter(**which).values(of)
    counted = given.annotate(n=Count("pk"), mine=Count("pk", filter=Q(person=reader)))
    found: QuerySet[Any, Any] = counted.values_list(of, "n", "mine")
    return found


def thanks_url(kind: str, pk: int, *, given: bool) -> str:
    return address_of(f"{kind}_thanks_end" if given else f"{kind}_thanks", pk)


def _tallies(ids: Sequence[int], reader: Person) -> dict[str, dict[int, int]]:
    """Replies, reuses, thanks and the reader's own, as far as the reader reads them; in one query."""
    found: dict[str, dict[int, int]] = {"replies": {}, "reuses": {}, "thanks": {}, "mine": {}}
    for what, post, number in _counts(list(ids), reader) if ids else ():
        found[what][post] = number
    return found


@prepared
def _counts(ids: list[int], reader: Person) -> QuerySet[Any, Any]:
    thanks = Reaction.objects.visible_to(reader)
    rows = {
        "replies": Reply.objects.visible_to(reader),
        "reuses": Reuse.objects.visible_to(reader),
        "thanks": thanks,
        "mine": thanks.filter(person=reader),
    }
    counted = [counted_by_post(name, some.filter(post__any=ids)) for name, some in rows.items()]
    united: QuerySet[Any, Any] = counted[0].union(*counted[1:], all=True)
    return united


def counted_by_post(name: str, rows: Any) -> Any:
    """(name, post, how many) of rows that hang on posts, to unite with others like it."""
    what: Any = Value(name, TextField())
    return rows.order_by().annotate(what=what).values("what", "post").annotate(n=Count("pk")).values_list("what", "post", "n")
