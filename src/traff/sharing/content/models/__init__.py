"""The spine: everything published is a Post; kinds with structure have a small table of their own beside it."""

from traff.sharing.content.models.case import Case, Reuse
from traff.sharing.content.models.draft import Draft, KeptElsewhere
from traff.sharing.content.models.idea import Idea, IdeaStep, Stage, Vote
from traff.sharing.content.models.post import Authorship, Kind, Post, PostQuerySet, Revision
from traff.sharing.content.models.question import Question
from traff.sharing.content.models.reply import Reaction, Reply
from traff.sharing.content.models.spark import Spark

__all__ = [
    "Authorship", "Case", "Draft", "Idea", "IdeaStep", "KeptElsewhere", "Kind", "Post", "PostQuerySet", "Question", "Reaction",
    "Reply", "Reuse", "Revision", "Spark", "Stage", "Vote",
]  # fmt: skip
