"""Fifteen minutes: the smallest meeting. One proposes times, the other chooses one, proposes others, or lets it pass."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import URLValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traff.ground.access.guard import Guarded, GuardedQuerySet
from traff.ground.accounts.models import Person
from traff.ground.activity.models import record
from traff.ground.core.addresses import address_of
from traff.ground.core.markup import from_plain, to_text
from traff.sharing.conversations.models.conversation import Conversation
from traff.sharing.conversations.models.message import Line, Message

LENGTH = timedelta(minutes=15)
MOST_TIMES = 3
WEEK, A_MOMENT = timedelta(days=7), timedelta(minutes=1)
FROM_STRANGERS = 3  # proposals a week that reach one person from people they have not written with


class AskedALot(PermissionDenied):
    """The other has been asked by many this week. How many is told to nobody."""


class MeetingQuerySet(GuardedQuerySet):
    def of(self, person: Person) -> "MeetingQuerySet":
        return self.filter(models.Q(asked=person) | models.Q(message__author=person))

    def to_be_asked_about(self, person: Person, *, since: datetime, until: datetime) -> "MeetingQuerySet":
        """Begun between these, and this person has not said whether it was worth it."""
        over = self.of(person).filter(starts_at__lt=until, starts_at__gt=since, called_off_at=None)
        return over.exclude(worths__person=person).select_related("message__author", "asked").order_by("-starts_at")


class Meeting(Guarded):
    """A proposal, and what became of it. It stands in the conversation of the two as a message."""

    follows = "message"
    message = models.OneToOneField(Message, models.CASCADE, primary_key=True, related_name="meeting")
    asked = models.ForeignKey(Person, models.CASCADE, related_name="+")
    times = ArrayField(models.DateTimeField(), size=MOST_TIMES)
    place = models.CharField(gettext_lazy("place"), max_length=200, blank=True)
    link = models.URLField(gettext_lazy("link"), max_length=500, blank=True)  # https alone
    uid = models.UUIDField(default=uuid.uuid4, editable=False)  # in calendars
    is_first_contact = models.BooleanField(default=False)  # the asked had never written to the one who asks
    starts_at = models.DateTimeField(null=True)  # the time chosen
    chosen_at = models.DateTimeField(null=True)
    passed_at = models.DateTimeField(null=True)  # let go by without a word; told to nobody
    replaced_at = models.DateTimeField(null=True)  # other times were proposed instead
    called_off_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = MeetingQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name, verbose_name_plural = gettext_lazy("meeting"), gettext_lazy("meetings")
        indexes = [
            models.Index(fields=["asked", "-message"], condition=models.Q(is_first_contact=True), name="asked_by_strangers"),
            models.Index(fields=["asked", "starts_at"], condition=models.Q(called_off_at=None), name="meetings_of_asked"),
        ]

    def __str__(self) -> str:
        return to_text(self.message.body)

    @classmethod
    @transaction.atomic
    def propose(
        cls, *, by: Person, to: Person, times: Sequence[datetime], about: str, place: str = "", link: str = "",
        reason: str = "", path: str = "", instead_of: "Meeting | None" = None,
    ) -> "Meeting":  # fmt: skip
        """Ask for fifteen minutes, at one of at most three times to come.

        Raises ValidationError for times, link or words that will not do, AskedALot when the other has been asked by many
        people this week, PermissionDenied, in words, when they cannot be reached.
        """
        times = check_times(times)
        if not about.strip():
            raise ValidationError({"about": _("Say in a line what it is about.")})
        if link:
            URLValidator(schemes=["https"], message=_("A link that begins with https://."))(link)
        conversation = Conversation.between(by, [to], reason=reason, path=path)
        conversation.lock()
        conversation.check_open_to(by)
        body = from_plain(about)
        if standing := cls._just_asked(by, to, times, body):
            return standing
        is_first = not has_written(to, conversation)
        if is_first and cls.asked_by_strangers(to) >= FROM_STRANGERS:
            raise AskedALot(_("%(name)s has been asked a lot this week. Write instead, or try next week.") % {"name": to})
        if instead_of is not None:
            instead_of.give_way(by=by)
        message = Message.put(Message(conversation=conversation, author=by, line=Line.MEETING, body=body))
        meeting = cls(message=message, asked=to, times=times, place=place.strip(), link=link, is_first_contact=is_first)
        meeting.save()
        record(actor=by, verb="meeting.proposed", kind="meeting", subject=meeting, audience=conversation.audience, at=message.at)
        return meeting

    @classmethod
    def _just_asked(cls, by: Person, to: Person, times: list[datetime], body: str) -> "Meeting | None":
        """The same proposal a moment ago: a form sent twice asks once."""
        lately = cls.objects.unrestricted("sent twice").filter(message__author=by, message__at__gt=timezone.now() - A_MOMENT)
        found: Meeting | None = lately.filter(asked=to, times=times, message__body=body, message__withdrawn_at=None).first()
        return found if found and found.is_waiting else None

    @classmethod
    def asked_by_strangers(cls, person: Person) -> int:
        """How often within a week; for the cap alone, shown to nobody."""
        lately = cls.objects.unrestricted("the cap").filter(asked=person, message__at__gt=timezone.now() - WEEK)
        return int(lately.filter(is_first_contact=True).exclude(message__unreached__contains=[person.pk]).count())

    @transaction.atomic
    def choose(self, starts_at: datetime, *, by: Person) -> None:
        """The asked takes one of the times."""
        self._as_it_stands()
        self._asked_alone(by)
        if starts_at not in self.times or starts_at <= timezone.now():
            raise ValidationError(_("That time is not among those proposed any more."))
        self.starts_at, self.chosen_at = starts_at, timezone.now()
        self.save(update_fields=["starts_at", "chosen_at"])
        self._tell(Line.CHOSEN, by)
        audience = self.message.conversation.audience
        record(actor=by, verb="meeting.accepted", kind="meeting", subject=self, audience=audience)

    @transaction.atomic
    def let_pass(self, *, by: Person) -> None:
        """None of it fits. Nobody is told, and the proposal simply grows old."""
        self._as_it_stands()
        self._asked_alone(by)
        self.passed_at = timezone.now()
        self.save(update_fields=["passed_at"])

    @transaction.atomic
    def give_way(self, *, by: Person) -> None:
        """Other times are proposed in its place, by one of the two."""
        self._as_it_stands()
        if by.pk not in self.people_ids() or self.starts_at or not self.seen_by(by):
            raise PermissionDenied(_("This proposal has been answered already."))
        self.replaced_at = timezone.now()
        self.save(update_fields=["replaced_at"])

    @transaction.atomic
    def call_off(self, *, by: Person) -> None:
        """One of the two cannot after all."""
        self._as_it_stands()
        if by.pk not in self.people_ids() or not self.is_agreed or not self.seen_by(by):
            raise PermissionDenied(_("There is no meeting to call off."))
        self.called_off_at = timezone.now()
        self.save(update_fields=["called_off_at"])
        self._tell(Line.CALLED_OFF, by)
        audience = self.message.conversation.audience
        record(actor=by, verb="meeting.cancelled", kind="meeting", subject=self, audience=audience)

    def _as_it_stands(self) -> None:
        """One answer after the other: of two at once the second finds what the first has done."""
        self.message.conversation.lock()
        self.refresh_from_db(fields=["starts_at", "passed_at", "replaced_at", "called_off_at"])

    def _asked_alone(self, person: Person) -> None:
        if person.pk != self.asked_id or not self.is_waiting or not self.seen_by(person):
            raise PermissionDenied(_("This proposal has been answered already."))

    def _tell(self, line: Line, by: Person) -> None:
        Message.put(Message(conversation=self.message.conversation, author=by, line=line, about=self.message))

    def seen_by(self, person: Person) -> bool:
        return bool(type(self).objects.visible_to(person).filter(pk=self.pk).exists())

    def people_ids(self) -> set[int]:
        return {self.asked_id, self.message.author_id}

    def other_than(self, person: Person) -> Person:
        """Whom one meets."""
        return self.message.author if person.pk == self.asked_id else self.asked

    @property
    def is_waiting(self) -> bool:
        """Nobody has answered, and one of its times is still to come."""
        answered = self.starts_at or self.passed_at or self.replaced_at
        return not answered and any(at > timezone.now() for at in self.times)

    @property
    def is_agreed(self) -> bool:
        return self.starts_at is not None and self.called_off_at is None

    @property
    def is_ahead(self) -> bool:
        return self.is_agreed and self.ends_at > timezone.now()

    @property
    def ends_at(self) -> datetime:
        return (self.starts_at or self.times[0]) + LENGTH

    def get_absolute_url(self) -> str:
        return self.message.get_absolute_url()

    @property
    def calendar_url(self) -> str:
        return address_of("meeting_calendar", self.pk)


def has_written(person: Person, conversation: Conversation) -> bool:
    """Whether this person has said anything to the other, here."""
    said = Message.objects.unrestricted("whether the two have written").filter(conversation=conversation, author=person)
    return bool(said.exclude(line__in=[Line.REASON, Line.LEFT]).exists())


def check_times(times: Sequence[datetime]) -> list[datetime]:
    """In order, each once; raises ValidationError unless there are one to three, all to come and within half a year."""
    now = timezone.now()
    found = sorted(set(times))
    if not 1 <= len(found) <= MOST_TIMES:
        raise ValidationError({"times": _("Propose one, two or three times.")})
    if found[0] <= now or found[-1] > now + timedelta(days=180):
        raise ValidationError({"times": _("Choose times to come, within half a year.")})
    return found
