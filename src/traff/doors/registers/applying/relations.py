"""Reactions, reuses and follows."""

from datetime import datetime
from typing import cast

from django.utils import timezone

from traff.attention.following.models import Follow
from traff.community.topics.models import Topic
from traff.doors.registers.batch import Item, Known
from traff.doors.registers.reading import Source
from traff.doors.registers.rows import FollowRow, ReactionRow, ReuseRow
from traff.sharing.content.bulk import react_many, reuse_many
from traff.sharing.content.models import Post, Reaction, Reply, Reuse

FIELD = {"person": "followed_person", "group": "group", "topic": "topic", "post": "post"}


def reactions(items: list[Item], known: Known, source: Source) -> None:
    rows = [cast(ReactionRow, item.row) for item in items]
    posts = _posts({known.here("post", row.post) or 0 for row in rows if row.post})
    wanted = {known.here("reply", row.reply) or 0 for row in rows if row.reply}
    replies = Reply.objects.unrestricted("an import thanks for them").select_related("post__audience").in_bulk(wanted)
    given: list[tuple[Item, Reaction]] = []
    for item, row in zip(items, rows, strict=True):
        post, reply = posts.get(known.here("post", row.post) or 0), replies.get(known.here("reply", row.reply) or 0)
        person = known.here("person", row.person)
        if person and (post or reply):
            given.append((item, Reaction(post=post, reply=reply, person_id=person, at=row.at or _when(post, reply))))
        else:
            item.refusal = "what it is about, or its person, could not go in"
    react_many([reaction for _, reaction in given])
    for item, reaction in given:
        item.object_id = reaction.pk


def _when(post: Post | None, reply: Reply | None) -> datetime:
    thing = post or reply
    return thing.published_at if thing else timezone.now()


def reuses(items: list[Item], known: Known, source: Source) -> None:
    rows = [cast(ReuseRow, item.row) for item in items]
    posts = _posts({known.here("post", row.post) or 0 for row in rows})
    told: list[tuple[Item, Reuse]] = []
    for item, row in zip(items, rows, strict=True):
        post, person = posts.get(known.here("post", row.post) or 0), known.here("person", row.person)
        if post and person:
            told.append((item, Reuse(post=post, person_id=person, note=row.note, at=row.at or post.published_at)))
        else:
            item.refusal = "its post or its person could not go in"
    reuse_many([reuse for _, reuse in told])
    for item, reuse in told:
        item.object_id = reuse.pk


def _posts(ids: set[int]) -> dict[int, Post]:
    found: dict[int, Post] = Post.objects.unrestricted("an import builds on them").select_related("audience").in_bulk(ids)
    return found


def follows(items: list[Item], known: Known, source: Source) -> None:
    """By hand, one by one: following is not history, and a standing one is left as it is."""
    for item in items:
        row = cast(FollowRow, item.row)
        person = known.here("person", row.person)
        target = Topic.objects.named(row.target).pk if row.target_kind == "topic" else known.here(row.target_kind, row.target)
        if not person or not target:
            item.refusal = "whom or what it follows, or its person, could not go in"
            continue
        field = f"{FIELD[row.target_kind]}_id"
        defaults = {"at": row.at or timezone.now()}
        item.object_id = Follow.objects.get_or_create(person_id=person, **{field: target}, defaults=defaults)[0].pk
