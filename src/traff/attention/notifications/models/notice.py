from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models, transaction
from django.utils import timezone

from traff.attention.following.silence import heard_from
from traff.ground.accounts.models import Person
from traff.ground.activity.models import Event


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, person: Person) -> "NoticeQuerySet":
        return self.filter(person=person)

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None)

    def audible_to(self, person: Person) -> "NoticeQuerySet":
        """One's own, of deeds one may read of now, by nobody one has muted or is parted from."""
        return self.of(person).filter(Event.readable_q(person, "event__"), heard_from(person, "event__actor"))

    def newest_first(self) -> "NoticeQuerySet":
        return self.order_by("-at", "-id")

    def read(self) -> None:
        """Mark them as read: on which day is enough to know when they may go."""
        self.unread().update(read_at=timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0))


class Notice(models.Model):
    """One person, one thread, however much happens in it. It holds no words: these are made when it is read."""

    KEPT = timedelta(days=90)  # after it was read
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    thread = models.CharField(max_length=80)  # what is bundled: "post/12"
    event = models.ForeignKey(Event, models.CASCADE, related_name="+")  # the latest
    first_event = models.ForeignKey(Event, models.SET_NULL, null=True, related_name="+")  # the first that was not read
    count = models.IntegerField(default=1)  # what came since it was read last
    path = models.CharField(max_length=300)  # the page where it is read; opening that marks it as read
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)  # the beginning of that day
    mailed_at = models.DateTimeField(null=True)  # at once, since it was read last

    objects: ClassVar[NoticeQuerySet] = NoticeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "thread"], name="one_notice_a_thread")]
        indexes = [
            models.Index(fields=["person", "-at", "-id"], name="notice_page"),  # the bell's page
            models.Index(fields=["person"], condition=models.Q(read_at=None), name="notice_unread"),  # its count, on every page
        ]

    def __str__(self) -> str:
        return f"{self.thread} for {self.person_id}"

    @classmethod
    @transaction.atomic
    def ring(cls, person: Person, event: Event, *, thread: str, path: str) -> "Notice | None":
        """Make or refresh the one notice; None when this event, or a later one of the thread, was told already."""
        first = {"event": event, "first_event": event, "path": path, "at": event.at}
        notice, made = cls.objects.select_for_update().get_or_create(person=person, thread=thread, defaults=first)
        if made:
            return notice
        if notice.has_told(event):
            return None
        if notice.read_at:
            notice.first_event, notice.count, notice.read_at, notice.mailed_at = event, 0, None, None
        notice.event, notice.at, notice.path, notice.count = event, event.at, path, notice.count + 1
        notice.save()
        return notice

    def has_told(self, event: Event) -> bool:
        """This one or a later one. Deeds come in the order of their ids; imported ones in any, so there time decides."""
        if event.is_imported:
            return (event.at, event.pk) <= (self.at, self.event_id)
        return event.pk <= self.event_id

    @classmethod
    def forget_old(cls, now: datetime) -> None:
        """What was read long ago goes."""
        cls.objects.filter(read_at__lt=now - cls.KEPT).delete()
