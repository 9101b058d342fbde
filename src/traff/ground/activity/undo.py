"""Ten seconds to undo what was just sent, longer for whoever turns to the button; nobody is told of it before that is over."""

from datetime import datetime, timedelta

from django.utils import timezone

TIME = timedelta(seconds=10)  # as long as the button stands
PATIENCE = timedelta(seconds=15)  # as long as its clock waits, in all, while somebody has turned to it
GRACE = timedelta(seconds=5)  # for the way to the server
QUIET = TIME + PATIENCE + 2 * GRACE  # until it is told


def seconds_left(sent_at: datetime) -> int:
    """How long the button still stands."""
    return max(0, round((sent_at + TIME - timezone.now()).total_seconds()))


def is_over(sent_at: datetime, *, patience: timedelta = timedelta()) -> bool:
    """Whether it is too late. `patience`: of a button whose clock waits."""
    return timezone.now() > sent_at + TIME + patience + GRACE
