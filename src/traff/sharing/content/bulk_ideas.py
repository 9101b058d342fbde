"""Bulk forms of what is done with ideas, for imports: backdated, nobody is notified."""

from collections.abc import Sequence
from dataclasses import dataclass

from traff.ground.access.models import Audience
from traff.ground.activity.bulk import Past, record_many
from traff.ground.search import findable
from traff.sharing.content.bulk import touch_many
from traff.sharing.content.models import Idea, IdeaStep, Post, Spark, Stage, Vote
from traff.sharing.content.models.spark import both_read


@dataclass
class Step:
    """A step, and of a result the HTML that says how it went."""

    row: IdeaStep
    result: str = ""


def step_many(steps: Sequence[Step]) -> None:
    """The bulk form of `Idea.take_on` and `Idea.move`, in the order of time; each step gets its id."""
    in_order = sorted(steps, key=lambda step: step.row.at)
    touched: dict[int, Idea] = {}
    for step in in_order:
        step.row.save()
        idea = touched.setdefault(step.row.idea_id, step.row.idea)
        idea.stage = step.row.stage
        if step.row.stage == Stage.NEW:
            idea.taken_on_by = None
        elif step.row.stage == Stage.TAKEN:
            idea.taken_on_by_id = step.row.by_id
        idea.result = step.result or idea.result
    Idea.objects.unrestricted("an import tells how far").bulk_update(touched.values(), ["stage", "taken_on_by", "result"])
    touch_many({step.row.idea_id: step.row.at for step in in_order})
    for taken in (True, False):
        some = [step.row for step in in_order if (step.row.stage == Stage.TAKEN) is taken]
        deeds = [Past(row.by_id, "post", row.idea_id, row.idea.post.audience, row.at) for row in some]
        record_many("idea.taken_on" if taken else "idea.moved", deeds)
    posts = (
        Post.objects.unrestricted("their results are found").with_people().in_bulk([pk for pk, i in touched.items() if i.result])
    )
    findable.index_many([findable.draft_of("post", post) for post in posts.values()])


def vote_many(votes: Sequence[Vote]) -> None:
    """The bulk form of `Vote.give`: private, so it leaves no Event."""
    Vote.objects.unrestricted("an import gives them").bulk_create(
        list(votes), update_conflicts=True, unique_fields=["idea", "person"], update_fields=["at"]
    )


def spark_many(sparks: Sequence[Spark]) -> None:
    """The bulk form of `Spark.light`."""
    Spark.objects.unrestricted("an import lights them").bulk_create(
        list(sparks), update_conflicts=True, unique_fields=["source", "post"], update_fields=["at"]
    )
    heard = [(spark, both_read(spark.source, spark.post) or Audience.objects.private_to(spark.person)) for spark in sparks]
    record_many("spark.lit", [Past(spark.person_id, "post", spark.post_id, circle, spark.at) for spark, circle in heard])
