"""What ideas have besides their words: the steps of their way, votes, and what gave them."""

from typing import cast

from traff.doors.registers.batch import Item, Known
from traff.doors.registers.reading import Source
from traff.doors.registers.rows import SparkRow, StepRow, VoteRow
from traff.sharing.content.bulk_ideas import Step, spark_many, step_many, vote_many
from traff.sharing.content.models import Idea, IdeaStep, Post, Spark, Vote


def steps(items: list[Item], known: Known, source: Source) -> None:
    ideas = _ideas({known.here("post", cast(StepRow, item.row).post) or 0 for item in items})
    told: list[tuple[Item, Step]] = []
    for item in items:
        row = cast(StepRow, item.row)
        idea, person = ideas.get(known.here("post", row.post) or 0), known.here("person", row.person)
        if idea and person:
            done = IdeaStep(pk=item.object_id or None, idea=idea, by_id=person, stage=row.stage, note=row.note, at=row.at)
            told.append((item, Step(done, item.rendered.pieces[0] if row.text else "")))
        else:
            item.refusal = "its idea or its person could not go in"
    step_many([kept for _, kept in told])
    for item, kept in told:
        item.object_id = kept.row.pk


def votes(items: list[Item], known: Known, source: Source) -> None:
    ideas = _ideas({known.here("post", cast(VoteRow, item.row).post) or 0 for item in items})
    given: list[tuple[Item, Vote]] = []
    for item in items:
        row = cast(VoteRow, item.row)
        idea, person = ideas.get(known.here("post", row.post) or 0), known.here("person", row.person)
        if idea and person:
            given.append((item, Vote(idea=idea, person_id=person, at=row.at or idea.post.published_at)))
        else:
            item.refusal = "its idea or its person could not go in"
    vote_many([vote for _, vote in given])
    for item, vote in given:
        item.object_id = vote.pk


def sparks(items: list[Item], known: Known, source: Source) -> None:
    named = {
        known.here("post", pk) or 0 for item in items for pk in (cast(SparkRow, item.row).post, cast(SparkRow, item.row).source)
    }
    posts = Post.objects.unrestricted("an import ties them").select_related("audience").in_bulk(named)
    lit: list[tuple[Item, Spark]] = []
    for item in items:
        row = cast(SparkRow, item.row)
        led, came_from = posts.get(known.here("post", row.post) or 0), posts.get(known.here("post", row.source) or 0)
        if led and came_from:
            lit.append((item, Spark(post=led, source=came_from, person=led.people()[0], at=led.published_at)))
        else:
            item.refusal = "one of its two posts could not go in"
    spark_many([spark for _, spark in lit])
    for item, spark in lit:
        item.object_id = spark.pk


def _ideas(ids: set[int]) -> dict[int, Idea]:
    found: dict[int, Idea] = Idea.objects.unrestricted("an import tells of them").select_related("post__audience").in_bulk(ids)
    return found
