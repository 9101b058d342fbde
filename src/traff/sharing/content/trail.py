"""Where a piece of work went and where it came from: who reuses it, what it was made from, what was made of it, sparks."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from traff.community.people.faces import Face, faces_of
from traff.ground.accounts.models import Person
from traff.ground.core.prepared import prepared
from traff.ground.search.models import Entry
from traff.sharing.content.cards import Link
from traff.sharing.content.models import Post, Reuse, Spark

SHOWN = 50  # reuses told by name


@dataclass(frozen=True)
class ReuseLine:
    face: Face
    note: str
    at: datetime
    is_mine: bool


@dataclass(frozen=True)
class SparkLine:
    """The other end of a spark: whose post, and where it stands."""

    face: Face | None
    link: Link
    language: str
    at: datetime


@dataclass(frozen=True)
class Trail:
    """Only what the reader may read: a case made in a closed group is not even counted for others."""

    reuses: list[ReuseLine]
    reuse_count: int
    made_from: Link | None
    made_into: list[Link]
    is_told: bool  # by the reader
    sparked_by: list[SparkLine]  # what gave the idea
    sparked: list[SparkLine]  # what it gave others the idea to

    @property
    def unnamed(self) -> int:
        return self.reuse_count - len(self.reuses)


@dataclass(frozen=True)
class Known:
    """A piece of somebody's work that others build on."""

    post: Post
    count: int  # colleagues


def built_on(person: Person, reader: Person, *, most: int = 3) -> tuple[int, list[Known]]:
    """How many colleagues build on somebody's work, and what they build most on, as far as the reader may read.

    Nothing is named of a sensitive matter, or what is withheld from evidence.
    """
    rows = set(_builders(person, reader))
    counts = Counter(post for post, _person in rows)
    best = sorted(counts, key=lambda post: (-counts[post], -post))[: 4 * most]
    posts = {post.pk: post for post in _evident(best, reader)} if best else {}
    return len({colleague for _post, colleague in rows}), [Known(posts[pk], counts[pk]) for pk in best if pk in posts][:most]


def own_reuse(post: Post, reader: Person) -> Reuse | None:
    """What the reader has told of building on it."""
    return Reuse.objects.visible_to(reader).filter(post=post, person=reader).first()


def trail_of(post: Post, reader: Person) -> Trail:
    """The trail of a post that the reader may read."""
    rows = list(_told(post, reader))
    is_all = len(rows) < SHOWN
    mine = any(row.person_id == reader.pk for row in rows)
    people = faces_of(row.person for row in rows)
    links = {other.pk: Link(str(other), other.get_absolute_url()) for other in _made(post, post.made_from_id, reader)}
    sparked_by, sparked = _sparks(post, reader)
    return Trail(
        reuses=[ReuseLine(people[row.person_id], row.note, row.at, row.person_id == reader.pk) for row in rows],
        reuse_count=len(rows) if is_all else Reuse.objects.visible_to(reader).filter(post=post).count(),
        made_from=links.pop(post.made_from_id, None) if post.made_from_id else None,
        made_into=list(links.values()),
        sparked_by=sparked_by,
        sparked=sparked,
        is_told=mine or (not is_all and own_reuse(post, reader) is not None),
    )


def _sparks(post: Post, reader: Person) -> tuple[list[SparkLine], list[SparkLine]]:
    """What gave the idea to a post, and what it gave ideas to: where the reader may read both ends."""
    rows = list(_either_end(post, reader))
    if not rows:
        return [], []
    posts = Post.objects.visible_to(reader).with_people().in_bulk({pk for source, led, _at in rows for pk in (source, led)})
    faces = faces_of(person for other in posts.values() for person in other.people()[:1])
    lines: tuple[list[SparkLine], list[SparkLine]] = ([], [])
    for source, led, at in rows:
        if other := posts.get(source if led == post.pk else led):
            face = next((faces[person.pk] for person in other.people()[:1]), None)
            lines[source == post.pk].append(SparkLine(face, Link(str(other), other.get_absolute_url()), other.language, at))
    return lines


@prepared
def _builders(person: Person, reader: Person) -> QuerySet[Any, tuple[int, int]]:
    told = Reuse.objects.visible_to(reader).of_work_by(person).order_by()
    found: QuerySet[Any, tuple[int, int]] = told.values_list("post_id", "person_id")
    return found


@prepared
def _evident(ids: list[int], reader: Person) -> QuerySet[Post]:
    evidence = Entry.objects.visible_to(reader).filter(kind="post", subject_id__any=ids, is_evidence=True)
    found: QuerySet[Post] = Post.objects.visible_to(reader).filter(pk__in=evidence.values("subject_id"))
    return found


@prepared
def _told(post: Post, reader: Person) -> QuerySet[Reuse]:
    found: QuerySet[Reuse] = Reuse.objects.visible_to(reader).filter(post=post).select_related("person")[:SHOWN]
    return found


@prepared
def _made(post: Post, made_from: int | None, reader: Person) -> QuerySet[Post]:
    found: QuerySet[Post] = Post.objects.visible_to(reader).filter(Q(pk=made_from) | Q(made_from=post)).newest_first()[:20]
    return found


@prepared
def _either_end(post: Post, reader: Person) -> QuerySet[Any, Any]:
    found = Spark.objects.visible_to(reader).filter(Q(post=post) | Q(source=post)).order_by("at")[:SHOWN]
    ends: QuerySet[Any, Any] = found.values_list("source_id", "post_id", "at")
    return ends
