"""What one has just sent, while sending can still be undone."""

from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from traff.ground.accounts.models import Person
from traff.ground.activity.undo import PATIENCE, TIME, seconds_left
from traff.sharing.content.models import Draft, Post


@dataclass(frozen=True)
class Undo:
    """The button: where it leads, how many seconds it stands, and how many its clock may wait."""

    url: str
    seconds: int
    is_reply: bool
    patience: int = PATIENCE.seconds


def undo_for(post: Post, reader: Person) -> Undo | None:
    """Of the thread on this page: the reader's own post, or their latest reply in it."""
    if post.last_active_at < timezone.now() - TIME - timedelta(seconds=1):
        return None  # nothing has been sent here for so long: the database is not asked
    sent = Draft.objects.of(reader).first_sendings().exclude(fields={})
    reply = sent.filter(became_reply__post=post).select_related("became_reply").order_by("-touched_at").first()
    if reply is not None:
        return _button("reply", reply.became_reply_id, seconds_left(reply.touched_at))
    if sent.filter(became_post=post).exists():
        return _button("post", post.pk, seconds_left(post.published_at))
    return None


def _button(kind: str, pk: int | None, seconds: int) -> Undo | None:
    return Undo(reverse(f"{kind}_sending_end", args=[pk]), seconds, kind == "reply") if seconds > 0 else None
