"""Sending taken back: for ten seconds what was sent can become the draft it was, as if it had never been sent."""

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext as _

from traff.community.topics.models import Topic
from traff.ground.access.erasing import erase
from traff.ground.activity.models import unrecord
from traff.ground.activity.undo import PATIENCE, is_over
from traff.ground.files.models import File
from traff.ground.search import findable
from traff.sharing.content.models.case import Reuse
from traff.sharing.content.models.idea import IdeaStep, Vote
from traff.sharing.content.models.post import Kind, Post
from traff.sharing.content.models.reply import Reaction, Reply
from traff.sharing.content.models.spark import Spark


def unsay(sent: Post | Reply) -> None:
    """Take away a post or reply with everything it left: event, entry, what hangs on it; its files go back to their owner.

    Raises PermissionDenied, with the reason in words, when it is too late or somebody has met it with something of theirs.
    """
    if is_over(sent.published_at, patience=PATIENCE):
        raise PermissionDenied(_("The ten seconds are over. You can still edit it, or withdraw it."))
    kind = "post" if isinstance(sent, Post) else "reply"
    if sent.edited_at:
        raise PermissionDenied(_("You have changed it since, so it stays. You can still edit it, or withdraw it."))
    if _is_met(sent) if isinstance(sent, Post) else _is_answered(sent):
        raise PermissionDenied(_("Somebody has already answered, so it stays. You can still edit it, or withdraw it."))
    File.detach_all(kind=kind, ids=[sent.pk])
    findable.unindex(kind, sent)
    unrecord(kind=kind, subject=sent)
    erase(sent)


def forget_topics(ids: list[int]) -> None:
    """Topics that came into being with what is taken back, where nothing else has used them since."""
    used = Post.objects.unrestricted("whether a word is used").values("topics")
    for topic in Topic.objects.filter(pk__in=ids).exclude(pk__in=used.exclude(topics=None)):
        if topic.sightings.count() <= 1:
            findable.unindex("topic", topic)
            erase(topic)


def quieten(post: Post) -> None:
    """A thread's clock as it stood before a reply that was taken back."""
    replies = Reply.objects.unrestricted("a thread's clock").filter(post=post)
    latest = replies.aggregate(at=models.Max("published_at"))["at"] or post.published_at
    Post.objects.unrestricted("a thread's clock").filter(pk=post.pk).update(last_active_at=max(latest, post.published_at))


def _is_met(post: Post) -> bool:
    return any(
        rows.exists()
        for rows in (
            Reply.objects.unrestricted("whether somebody answered").filter(post=post),
            Reaction.objects.unrestricted("whether somebody thanked").filter(post=post),
            Reuse.objects.unrestricted("whether somebody builds on it").filter(post=post),
            Post.objects.unrestricted("whether somebody builds on it").filter(made_from=post),
            Spark.objects.unrestricted("whether it gave somebody an idea").filter(source=post),
            IdeaStep.objects.unrestricted("whether somebody took it on").filter(idea=post.pk),
            Vote.objects.unrestricted("whether somebody voted").filter(idea=post.pk),
        )
    )


def _is_answered(reply: Reply) -> bool:
    later = Reply.objects.unrestricted("whether the thread went on").filter(post=reply.post, pk__gt=reply.pk)
    thanked = Reaction.objects.unrestricted("whether somebody thanked").filter(reply=reply)
    accepted = reply.post.kind == Kind.QUESTION and reply.post.question.accepted_reply_id == reply.pk
    return accepted or thanked.exists() or later.exclude(author=reply.author).exists()
