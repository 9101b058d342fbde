"""What of one's own file content gives: what one wrote, thanked for, reuses and voted for; drafts.

Also what stands in a group one has left, when one wrote it alone. What one answers, thanks for or reuses is an address: its
words are somebody else's.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Subquery

from traff.ground.accounts.models import Person
from traff.ground.accounts.own_data import CHUNK
from traff.sharing.content.models import Authorship, Draft, IdeaStep, Kind, Post, Reaction, Reply, Reuse, Spark, Vote
from traff.sharing.content.models.idea import Stage

OWN = "one's own"


def posts(person: Person) -> Iterator[dict[str, Any]]:
    mine = Post.objects.unrestricted(OWN).of(person)
    others = Authorship.objects.unrestricted(OWN).filter(post=OuterRef("pk")).exclude(person=person)
    readable = Post.objects.visible_to(person).values("pk")
    kept = mine.exclude(Exists(others)) | mine.filter(pk__in=readable)
    for post in kept.distinct().order_by("pk").select_related("case").prefetch_related("topics").iterator(chunk_size=CHUNK):
        yield {
            "address": post.get_absolute_url(),
            "kind": post.kind,
            "title": post.title,
            "body": post.body,
            **(post.case.texts() if post.kind == Kind.CASE else {}),
            "topics": [str(topic) for topic in post.topics.all()],
            "published_at": post.published_at,
            "edited_at": post.edited_at,
            "withdrawn_at": post.withdrawn_at,
            "may_show_what_i_know": post.is_evidence,
        }


def replies(person: Person) -> Iterator[dict[str, Any]]:
    for reply in Reply.objects.unrestricted(OWN).filter(author=person).order_by("pk").iterator():
        dates = {"published_at": reply.published_at, "edited_at": reply.edited_at, "withdrawn_at": reply.withdrawn_at}
        yield {"in": f"/posts/{reply.post_id}/", "body": reply.body, **dates}


def thanks(person: Person) -> Iterator[dict[str, Any]]:
    for given in Reaction.objects.unrestricted(OWN).filter(person=person).select_related("reply").order_by("pk").iterator():
        where = f"/posts/{given.reply.post_id}/#reply-{given.reply_id}" if given.reply else f"/posts/{given.post_id}/"
        yield {"at": given.at, "for": where}


def reuses(person: Person) -> Iterator[dict[str, Any]]:
    for reuse in Reuse.objects.unrestricted(OWN).filter(person=person).order_by("pk").iterator():
        yield {"at": reuse.at, "of": f"/posts/{reuse.post_id}/", "note": reuse.note}


def ideas(person: Person) -> Iterator[dict[str, Any]]:
    """Votes, what one said of how far an idea has come, and where an idea came from."""
    for vote in Vote.objects.unrestricted(OWN).filter(person=person).order_by("pk").iterator():
        yield {"at": vote.at, "voted_for": f"/posts/{vote.idea_id}/"}
    told = IdeaStep.objects.unrestricted(OWN).filter(idea=OuterRef("idea"), stage=Stage.RESULT).order_by("-pk").values("pk")
    steps = IdeaStep.objects.unrestricted(OWN).filter(by=person).annotate(told_last=Subquery(told[:1]))
    for step in steps.select_related("idea").order_by("pk").iterator():
        result = {"result": step.idea.result} if step.pk == step.told_last else {}  # else somebody else told it anew
        yield {"at": step.at, "moved": f"/posts/{step.idea_id}/", "to": step.stage, "note": step.note, **result}
    for spark in Spark.objects.unrestricted(OWN).filter(person=person).order_by("pk").iterator():
        yield {"at": spark.at, "idea": f"/posts/{spark.post_id}/", "came_from": f"/posts/{spark.source_id}/"}


def drafts(person: Person) -> Iterator[dict[str, Any]]:
    for draft in Draft.objects.of(person).waiting().order_by("touched_at").iterator():
        yield {"kind": draft.kind, "touched_at": draft.touched_at, "fields": draft.fields}
