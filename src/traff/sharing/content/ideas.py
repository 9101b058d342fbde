"""An idea as its page shows it: how far it has come, its way there, its votes, and what the reader may do with it."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from traff.community.people.faces import Face, faces_of
from traff.ground.access.rights import Right, may
from traff.ground.accounts.models import Person
from traff.sharing.content.cards import Link
from traff.sharing.content.models import Idea, IdeaStep, Kind, Post, Stage
from traff.sharing.content.votes import Votes, votes_of

WAY = (Stage.NEW, Stage.TAKEN, Stage.TRIED, Stage.RESULT)  # the road; parked lies beside it
ICONS = {Stage.NEW: "lightbulb", Stage.TAKEN: "hand", Stage.TRIED: "flask-conical", Stage.RESULT: "flag", Stage.PARKED: "pause"}


@dataclass(frozen=True)
class Standing:
    """What an idea's page shows beside its words."""

    stage: str
    word: str
    icon: str
    taken_on_by: Face | None
    votes: Votes
    road: list[dict[str, Any]]  # .word .is_done .is_here
    events: list[dict[str, Any]]  # as `core/parts/timeline.html` shows them
    original: Link | None
    duplicates: list[Link] = field(default_factory=list)
    may_take_on: bool = False
    may_move: bool = False


def standing_of(post: Post, reader: Person) -> Standing | None:
    """Of a post that the reader may read; None when it is no idea."""
    if post.kind != Kind.IDEA:
        return None
    idea = post.idea
    steps = list(IdeaStep.objects.visible_to(reader).filter(idea=idea).select_related("by"))
    faces = faces_of([step.by for step in steps if step.by] + ([idea.taken_on_by] if idea.taken_on_by else []))
    twins = Post.objects.visible_to(reader).ideas()
    original = twins.filter(pk=idea.duplicate_of_id).first() if idea.duplicate_of_id else None
    is_free = not idea.taken_on_by_id or idea.stage == Stage.PARKED
    return Standing(
        stage=idea.stage,
        word=idea.get_stage_display(),
        icon=ICONS[Stage(idea.stage)],
        taken_on_by=faces.get(idea.taken_on_by_id or 0),
        votes=votes_of([post], reader)[post.pk],
        road=_road(idea),
        events=[_event(step) for step in reversed(steps)],
        original=Link(str(original), original.get_absolute_url()) if original else None,
        duplicates=[Link(str(twin), twin.get_absolute_url()) for twin in twins.filter(idea__duplicate_of=idea)[:20]],
        may_take_on=is_free and original is None and idea.stage != Stage.RESULT and not reader.is_guest,
        may_move=may(reader, Right.MOVE, idea),
    )


def _road(idea: Idea) -> list[dict[str, Any]]:
    """The four stages on the way, as far as it has come."""
    here = WAY.index(Stage(idea.stage)) if idea.stage in WAY else -1
    return [{"word": stage.label, "is_done": number < here, "is_here": number == here} for number, stage in enumerate(WAY)]


def _event(step: IdeaStep) -> dict[str, Any]:
    said = {
        Stage.NEW: _("%(name)s let go of it; it is free to take on"),
        Stage.TAKEN: _("%(name)s took it on"),
        Stage.TRIED: _("%(name)s: it is being tried"),
        Stage.RESULT: _("%(name)s told how it went"),
        Stage.PARKED: _("%(name)s parked it"),
    }[Stage(step.stage)] % {"name": step.by.name if step.by else _("Somebody")}
    return {"at": step.at, "text": f"{said}. {step.note}" if step.note else said, "icon": ICONS[Stage(step.stage)]}
