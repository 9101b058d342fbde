"""What one is told, what one has chosen to be told, and the mails that were sent of it. All of it is one's own alone."""

from traff.attention.notifications.models.hearing import Choice, Hearing
from traff.attention.notifications.models.letter import Letter, StopLink
from traff.attention.notifications.models.notice import Notice, NoticeQuerySet

__all__ = ["Choice", "Hearing", "Letter", "Notice", "NoticeQuerySet", "StopLink"]
