"""Ties: who has written in the same open thread as whom. Closed threads make no tie that another could feel."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from traff.attention.following.models import Follow
from traff.ground.access.reading import once
from traff.ground.accounts.models import Person
from traff.ground.core.prepared import prepared
from traff.heart.matching.models import Apart, Tie
from traff.sharing.content.mentions import handles_in
from traff.sharing.content.models import Authorship, Post, Reply
from traff.sharing.conversations.models import Part

NEAR = 150  # a person's near ones: as many as one can have in mind (matching.md: bounded to 150 ties)
WAY_TO_PEOPLE = "/people/"  # stands in every mention
LATELY = 50  # posts, and replies, in which mentions are looked for
CROWD = 40  # a thread with more people than this ties nobody to anybody

IN_THREAD = """
WITH {mine} wrote AS (
  SELECT a.post_id, a.person_id, p.published_at AS at FROM content_authorship a JOIN content_post p ON p.id = a.post_id
   WHERE p.is_open AND p.withdrawn_at IS NULL {only}
  UNION ALL
  SELECT r.post_id, r.author_id, r.published_at FROM content_reply r JOIN content_post p ON p.id = r.post_id
   WHERE p.is_open AND p.withdrawn_at IS NULL AND r.withdrawn_at IS NULL {only}
), present AS (SELECT post_id, person_id, max(at) AS at FROM wrote GROUP BY 1, 2),
   small AS (SELECT post_id FROM present GROUP BY 1 HAVING count(*) BETWEEN 2 AND %(crowd)s)
"""
REBUILD = (
    IN_THREAD.format(mine="", only="")
    + """
INSERT INTO matching_tie (person_id, other_id, threads, last_at)
SELECT a.person_id, b.person_id, count(*), max(greatest(a.at, b.at))
  FROM present a JOIN small USING (post_id) JOIN present b USING (post_id) WHERE a.person_id <> b.person_id GROUP BY 1, 2
"""
)
MINE = """mine AS (SELECT post_id FROM content_authorship WHERE person_id = %(person)s
  UNION SELECT post_id FROM content_reply WHERE author_id = %(person)s AND withdrawn_at IS NULL),"""
COUNTED = """
, tied AS (SELECT b.person_id AS other_id, count(*) AS threads, max(greatest(a.at, b.at)) AS at
  FROM present a JOIN small USING (post_id) JOIN present b USING (post_id)
  WHERE a.person_id = %(person)s AND b.person_id <> %(person)s
    AND b.person_id IN (SELECT person_id FROM present WHERE post_id = %(post)s) GROUP BY 1)
INSERT INTO matching_tie (person_id, other_id, threads, last_at)
SELECT %(person)s, other_id, threads, at FROM tied UNION ALL SELECT other_id, %(person)s, threads, at FROM tied
ON CONFLICT (person_id, other_id) DO UPDATE SET threads = excluded.threads, last_at = excluded.last_at
"""
NOTE = IN_THREAD.format(mine=MINE, only="AND p.id IN (SELECT post_id FROM mine)") + COUNTED


@transaction.atomic
def rebuild() -> None:
    """All ties anew, from what is open now; after an import, and nightly."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM matching_tie")
        cursor.execute(REBUILD, {"crowd": CROWD})


def note(post_id: int, person_id: int) -> None:
    """Somebody wrote in an open thread: their ties to all who wrote there, counted anew. Twice changes nothing."""
    with connection.cursor() as cursor:
        cursor.execute(NOTE, {"crowd": CROWD, "post": post_id, "person": person_id})


def near(person: Person) -> list[int]:
    """Ids of the people this person is near: tied in threads, followed, or said to be known."""
    return list(dict.fromkeys([*_chosen(person), *_tied(person)]))[: 2 * NEAR]


@prepared
def _tied(person: Person) -> QuerySet[Any, int]:
    return Tie.objects.filter(person=person).order_by("-threads", "-last_at").values_list("other_id", flat=True)[:NEAR]


@prepared
def _chosen(person: Person) -> QuerySet[Any, int]:
    known = Apart.objects.filter(person=person, knows=True).values_list("other_id", flat=True)
    return known.union(Follow.objects.of(person).exclude(followed_person=None).values_list("followed_person_id", flat=True))


def shares_of_near(near_ids: Sequence[int], candidates: Iterable[int]) -> dict[int, float]:
    """Per candidate, the share of the near ones who have a tie to them, 0..1; candidates whom none knows are absent."""
    if not near_ids:
        return {}
    counts = Counter(_ties_between(list(near_ids), list(candidates)))
    return {other: count / len(near_ids) for other, count in counts.items()}


@prepared
def _ties_between(near_ids: list[int], candidates: list[int]) -> QuerySet[Any, int]:
    return Tie.objects.filter(person__any=near_ids, other__any=candidates).values_list("other_id", flat=True)


def mentioned(person: Person) -> set[int]:
    """Ids of the people this person has mentioned in what they wrote lately."""
    return once(("mentioned", person.pk), lambda: _mentioned(person))


def _mentioned(person: Person) -> set[int]:
    if not (named := handles_in(body for (body,) in _naming(person))):
        return set()
    people = Person.objects.annotate(lower=Lower("handle"))
    return set(people.filter(lower__in=named).values_list("pk", flat=True))


@prepared
def _naming(person: Person) -> QuerySet[Any, tuple[str]]:
    """Of what they wrote lately that in which anybody may be named."""
    why = "one's own, found by what one reads"
    posts = Post.objects.visible_to(person).of(person).newest_first().values("pk")[:LATELY]
    replies = Reply.objects.visible_to(person).filter(author=person).order_by("-pk").values("pk")[:LATELY]
    told = Post.objects.unrestricted(why).filter(pk__in=posts, body__contains=WAY_TO_PEOPLE)
    said = Reply.objects.unrestricted(why).filter(pk__in=replies, body__contains=WAY_TO_PEOPLE)
    bodies: QuerySet[Any, tuple[str]] = told.order_by().values_list("body")
    return bodies.union(said.order_by().values_list("body"), all=True)


def familiar(person: Person, candidates: Collection[int]) -> set[int]:
    """Which of them this person follows, knows, talks with, is tied to, or has met in a thread they may read now.

    Only those without a tie are looked up thread by thread.
    """
    found = set(_familiar(person, list(candidates))) if candidates else set()
    wanted = [other for other in candidates if other not in found]
    return found | (set(_in_my_threads(person, wanted)) if wanted else set())


@prepared
def _familiar(person: Person, candidates: list[int]) -> QuerySet[Any, int]:
    tied = Tie.objects.filter(person=person, other__any=candidates).values_list("other_id", flat=True)
    known = Apart.objects.filter(person=person, knows=True, other__any=candidates).values_list("other_id", flat=True)
    followed = Follow.objects.of(person).filter(followed_person__any=candidates).values_list("followed_person_id", flat=True)
    talks = Part.objects.filter(conversation__parts__person=person, person__any=candidates).values_list("person_id", flat=True)
    return tied.union(known, followed, talks)


@prepared
def _in_my_threads(person: Person, candidates: list[int]) -> QuerySet[Any, int]:
    authored = Authorship.objects.visible_to(person).filter(person=person).values("post_id")
    replied = Reply.objects.visible_to(person).filter(author=person).values("post_id")
    mine = Q(post_id__in=authored) | Q(post_id__in=replied)
    wrote = Authorship.objects.visible_to(person).filter(mine, person__any=candidates).order_by()
    replies = Reply.objects.visible_to(person).filter(mine, author__any=candidates).order_by()
    united: QuerySet[Any, int] = wrote.values_list("person_id", flat=True).union(replies.values_list("author_id", flat=True))
    return united
