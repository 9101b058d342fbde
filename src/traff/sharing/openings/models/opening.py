"""Work that somebody offers: from two hours a week to a full role, a swap, a mentor."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traff.community.groups.models import Group
from traff.community.topics.models import Topic
from traff.ground.access.models import Audience, Shared, SharedQuerySet
from traff.ground.access.rights import Right, may
from traff.ground.accounts.models import Person
from traff.ground.activity.models import record, unrecord
from traff.ground.core.addresses import address_of
from traff.ground.core.language import language_of
from traff.ground.organisation.models import Place
from traff.ground.search import findable
from traff.sharing.openings.models.outcome import Answer, Outcome


class Extent(models.TextChoices):
    """How much of a week, or what else is offered."""

    HOURS = "hours", _("a few hours a week")
    DAYS = "days", _("a day or two a week")
    HALF = "half", _("half time")
    FULL = "full", _("a full role")
    SWAP = "swap", _("a swap of work")
    MENTOR = "mentor", _("a mentor")


class OpeningQuerySet(SharedQuerySet):
    def standing(self, today: date) -> "OpeningQuerySet":
        """Not closed, and not past their closing date."""
        in_time = models.Q(closes_on=None) | models.Q(closes_on__gte=today)
        return self.filter(in_time, closed_at=None)

    def past(self) -> "OpeningQuerySet":
        """Past their closing date, and not yet closed."""
        return self.filter(closed_at=None, closes_on__lt=timezone.localdate())

    def of(self, person: Person) -> "OpeningQuerySet":
        return self.filter(owner=person)

    def newest_first(self) -> "OpeningQuerySet":
        return self.order_by("-published_at", "-id")

    def with_beside(self) -> "OpeningQuerySet":
        """Owner, group and place in the same query, for a page of cards."""
        return self.select_related("owner", "group", "place")


class Opening(Shared):
    """Read by its audience. Who read, saved or asked stands nowhere in it."""

    WORDS = ("title", "building", "help_needed", "learns")
    FIELDS = (
        *WORDS, "extent", "hours", "starts_on", "ends_on", "place", "is_remote", "languages", "contact", "closes_on",
    )  # fmt: skip

    owner = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="+"
    )  # whom to ask; None: an imported one's contact
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="openings")
    title = models.CharField(_("title"), max_length=140)
    building = models.TextField(_("what we are building"), max_length=4000)  # all three: plain text
    help_needed = models.TextField(_("what we need a hand with"), max_length=4000)
    learns = models.TextField(_("what one learns"), max_length=2000, blank=True)
    extent = models.CharField(_("how much"), max_length=8, choices=Extent)
    hours = models.PositiveSmallIntegerField(_("hours a week"), null=True, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    place = models.ForeignKey(Place, models.SET_NULL, null=True, blank=True, related_name="+")
    is_remote = models.BooleanField(_("can be done from anywhere"), default=False)
    languages = ArrayField(models.CharField(max_length=8), verbose_name=_("languages"), default=list, blank=True)
    contact = models.CharField(_("whom else to ask"), max_length=200, blank=True)
    closes_on = models.DateField(_("closes"), null=True, blank=True)  # its last day
    topics = models.ManyToManyField(Topic, blank=True, related_name="openings")
    language = models.CharField(max_length=2, blank=True)  # "sv", "en", … or "" when unsure
    link = models.URLField(max_length=500, blank=True)  # of an imported one: back to where it is kept
    published_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    is_answered = models.BooleanField(default=False)  # the owner has said how it went; what was said stands in Outcome alone

    objects: ClassVar[Any] = OpeningQuerySet.as_manager()

    class Meta(Shared.Meta):
        verbose_name, verbose_name_plural = _("opening"), _("openings")
        indexes = [
            models.Index(
                fields=["-published_at", "-id"], condition=models.Q(closed_at=None), name="opening_standing"
            ),  # the list
            models.Index(fields=["group", "-published_at"], name="opening_in_group"),  # a group's page
            models.Index(fields=["owner"], name="opening_of_owner"),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    @transaction.atomic
    def publish(cls, *, by: Person, group: Group | None = None, topics: Iterable[str] = (), **said: Any) -> "Opening":
        """Offer something, to everyone or in a group. `said`: the words of FIELDS; topics by their names."""
        audience = group.audience if group else Audience.objects.everyone()
        if by.is_guest or not may(by, Right.WRITE, audience):
            raise PermissionDenied(_("You cannot publish an opening here."))
        opening = cls(owner=by, group=group, audience=audience)
        opening.say(said, topics)
        record(actor=by, verb="opening.published", kind="opening", subject=opening, audience=audience)
        return opening

    @transaction.atomic
    def edit(self, *, by: Person, topics: Iterable[str] = (), **said: Any) -> None:
        """Change what it says; a later closing date opens again what time had closed."""
        if not may(by, Right.EDIT, self):
            raise PermissionDenied(_("Only the person who published it can change this."))
        self.edited_at = timezone.now()
        self.take_words(said)
        self.open_again()
        self.keep(topics)

    @transaction.atomic
    def close(self, *, by: Person, answer: str = "") -> None:
        """Nobody more is looked for. How it went is counted, and stands beside neither opening nor person."""
        if not may(by, Right.EDIT, self):
            raise PermissionDenied(_("Only the person who published it can close this."))
        if self.closed_at is None:
            self.end()
            record(actor=by, verb="opening.closed", kind="opening", subject=self, audience=self.audience)
        if answer in Answer.values and not self.is_answered:
            Outcome.count(answer)
            self.is_answered = True
            self.save(update_fields=["is_answered"])

    @transaction.atomic
    def lapse(self) -> None:
        """Its last day has passed: it closes quietly, and its owner alone is asked how it went."""
        self.end()
        if self.owner:
            heard_by = Audience.objects.private_to(self.owner)
            record(actor=None, verb="opening.lapsed", kind="opening", subject=self, audience=heard_by)

    @transaction.atomic
    def withdraw(self, *, by: Person) -> None:
        """Gone at once, everywhere, as if it had never been offered."""
        if not may(by, Right.WITHDRAW, self):
            raise PermissionDenied(_("Only the person who published it can withdraw this."))
        self.withdrawn_at = timezone.now()
        self.save(update_fields=["withdrawn_at"])
        unrecord(kind="opening", subject=self)
        findable.unindex("opening", self)

    def say(self, said: Mapping[str, Any], topics: Iterable[str]) -> None:
        """Take over the words and make them findable."""
        self.take_words(said)
        self.keep(topics)

    def keep(self, topics: Iterable[str]) -> None:
        self.save()
        named = [Topic.objects.named(name, seen_in=self.audience) for name in topics]
        self.topics.set([*named, *Topic.objects.tagged(self.plain_text(), seen_in=self.audience)])
        findable.index("opening", self)

    def take_words(self, said: Mapping[str, Any]) -> None:
        """Without saving."""
        for name in self.FIELDS:
            if name in said:
                value = said[name]
                setattr(self, name, value.strip() if isinstance(value, str) else value)
        self.language = language_of(self.plain_text(), unsure=self.owner.language if self.owner else "")

    def open_again(self) -> None:
        """Without saving. A later closing date opens what had closed, unless its owner has said how it went."""
        if self.closed_at and not self.is_answered and self.closes_on and self.closes_on >= timezone.localdate():
            self.closed_at = None
            unrecord(kind="opening", subject=self, verbs=["opening.lapsed"])

    def end(self) -> None:
        """It stands no longer, and is found no longer; whoever calls says what is told of it."""
        self.closed_at = timezone.now()
        self.save(update_fields=["closed_at"])
        findable.unindex("opening", self)

    @classmethod
    def readable_q(cls, person: Any, prefix: str = "") -> models.Q:
        return super().readable_q(person, prefix) & models.Q(**{f"{prefix}withdrawn_at": None})

    def is_by(self, person: Person) -> bool:
        return self.owner_id is not None and self.owner_id == person.pk

    @property
    def is_standing(self) -> bool:
        return self.closed_at is None and (self.closes_on is None or self.closes_on >= timezone.localdate())

    @property
    def may_be_asked(self) -> bool:
        """Whether there is somebody here who can answer."""
        return bool(self.is_standing and self.owner and self.owner.is_active)

    def plain_text(self) -> str:
        return "\n".join(text for name in self.WORDS if (text := getattr(self, name)))

    def get_absolute_url(self) -> str:
        return address_of("opening", self.pk)
