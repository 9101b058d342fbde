""" "I am about to meet them": said to an audience of one's choice, met by those who know the customer. Nobody is obliged."""

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from traff.ground.access.erasing import erase
from traff.ground.access.guard import Guarded, GuardedQuerySet
from traff.ground.access.models import Audience, Shared, SharedQuerySet
from traff.ground.accounts.models import Block, Person
from traff.ground.activity.models import record
from traff.ground.core.addresses import address_of
from traff.sharing.customers.models.customer import Customer
from traff.sharing.customers.models.outcome import Outcome
from traff.sharing.customers.models.talking import Talk


class ApproachQuerySet(SharedQuerySet):
    def standing(self, today: date | None = None) -> "ApproachQuerySet":
        """Neither over nor behind: what is to happen on a day is so until that day is past."""
        ahead = models.Q(meets_on=None) | models.Q(meets_on__gte=today or timezone.localdate())
        return self.filter(ahead, closed_at=None)

    def with_people(self) -> "ApproachQuerySet":
        return self.select_related("customer", "person", "audience")

    def newest_first(self) -> "ApproachQuerySet":
        return self.order_by("-begun_at", "-pk")


class Approach(Outcome, Shared):
    TEXT = 1000
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="approaches")
    person = models.ForeignKey(Person, models.CASCADE, related_name="approaches")
    text = models.TextField(_("what are you about to do, and what would help?"), max_length=TEXT)  # plain
    meets_on = models.DateField(_("when do you meet them?"), null=True, blank=True)
    begun_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = ApproachQuerySet.as_manager()

    class Meta(Shared.Meta):
        verbose_name, verbose_name_plural = _("approach"), _("approaches")
        indexes = [models.Index(fields=["-begun_at"], condition=models.Q(closed_at=None), name="approach_standing")]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.customer_id}"

    @classmethod
    @transaction.atomic
    def begin(cls, *, by: Person, customer: Customer, text: str, audience: Audience, meets_on: date | None = None) -> "Approach":
        """Say it. Raises PermissionDenied for guests, for a customer one may not know of and an audience one does not read."""
        if by.is_guest or customer.seen_by(by) is None or not audience.is_read_by(by):
            raise PermissionDenied(_("You cannot read this."))
        approach = cls(customer=customer, person=by, text=text.strip()[: cls.TEXT], audience=audience, meets_on=meets_on)
        approach.save()
        record(actor=by, verb="approach.begun", kind="approach", subject=approach, audience=audience)
        return approach

    @transaction.atomic
    def change(self, *, by: Person, text: str, meets_on: date | None = None) -> None:
        """Say it anew to the same readers, while it is not over. Raises PermissionDenied for others, and once it is closed.

        A day that is moved ahead is asked of afterwards, also where it was asked before.
        """
        self._own(by)
        now = self._locked()
        if now.closed_at or self.seen_by(by) is None:
            raise PermissionDenied(_("You cannot change this."))
        if meets_on and meets_on > timezone.localdate() and not now.helped:
            self.helped_asked_at = None
        self.text, self.meets_on, self.changed_at = text.strip()[: self.TEXT], meets_on, timezone.now()
        self.save(update_fields=["text", "meets_on", "changed_at", "helped_asked_at"])
        record(actor=by, verb="approach.changed", kind="approach", subject=self, audience=self.audience)

    @property
    def may_go(self) -> bool:
        """Whether it can be taken back: while nobody has given anything that reaches the asker, for that is not thrown away."""
        given = Tip.objects.unrestricted("whether anything was given").filter(approach=self)
        return not given.exclude(by__in=Block.between(self.person)).exists()

    @transaction.atomic
    def take_back(self, *, by: Person) -> None:
        """As if never said. Raises PermissionDenied for others, and once somebody has given a tip or offered a talk."""
        self._own(by)
        self._locked()  # a tip that is being given waits, or is seen
        if not self.may_go:
            raise PermissionDenied(_("Colleagues have answered it. Close it instead, and their answers stay."))
        record(actor=by, verb="approach.taken_back", kind="approach", subject=self, audience=self.audience)
        erase(self)

    def _locked(self) -> "Approach":
        """As it stands now, until the end of the transaction."""
        found: Approach = Approach.objects.unrestricted("one's own").select_for_update().get(pk=self.pk)
        return found

    @property
    def is_standing(self) -> bool:
        """Neither over nor behind."""
        return self.closed_at is None and (self.meets_on is None or self.meets_on >= timezone.localdate())

    @transaction.atomic
    def close(self, *, by: Person, helped: str = "") -> None:
        """It is over, with or without a word on whether it helped. Raises PermissionDenied for others."""
        self._own(by)
        if self.closed_at is None:
            self.closed_at = timezone.now()
            self.save(update_fields=["closed_at"])
            record(actor=by, verb="approach.closed", kind="approach", subject=self, audience=self.audience)
        if helped:
            self.tell_outcome(helped)

    @transaction.atomic
    def give_tip(self, *, by: Person, text: str) -> "Tip":
        """One field, read by the asker alone. Raises PermissionDenied for who may not read it, and for the asker."""
        tip = self._given(by, text=" ".join(text.split())[: Tip.TEXT])
        record(actor=by, verb="tip.given", kind="tip", subject=tip, audience=Audience.objects.private_to(self.person))
        return tip

    @transaction.atomic
    def offer_talk(self, *, by: Person) -> "Tip":
        """One click: a conversation with the asker stands open. Again gives the same one."""
        offered = Tip.objects.unrestricted("one's own").filter(approach=self, by=by, is_offer=True).first()
        if offered:
            return offered
        tip = self._given(by, is_offer=True)
        if by.pk not in Block.between(self.person):  # else it reaches nobody, and nobody is told so
            with override(self.person.language or get_language()):  # it is read by whoever asked
                reason = gettext("a talk about %(customer)s, if you like") % {"customer": self.customer}
            tip.begin_talk(by, self.person, reason=reason, path=self.get_absolute_url())
        record(actor=by, verb="talk.offered", kind="tip", subject=tip, audience=Audience.objects.private_to(self.person))
        return tip

    def pass_by(self, *, by: Person) -> None:
        """Not for me: it is shown to this person no more. A private deed."""
        if self.seen_by(by):
            Passed.objects.get_or_create(approach=self, person=by)

    @classmethod
    def readable_q(cls, person: Any, prefix: str = "") -> models.Q:
        """One's own, and what one's circles read, about customers one may know of."""
        shared = super().readable_q(person, prefix)
        if not getattr(person, "pk", None) or not getattr(person, "is_active", False):
            return shared
        return Customer.readable_q(person, f"{prefix}customer__") & (shared | models.Q(**{f"{prefix}person": person}))

    def readers(self) -> models.QuerySet[Person]:
        reading = models.Q(pk__in=self.audience.readers()) | models.Q(pk=self.person_id)
        return self.customer.readers().filter(reading)

    def is_by(self, person: Person) -> bool:
        return self.person_id == person.pk

    def get_absolute_url(self) -> str:
        return address_of("approach", self.pk)

    def _own(self, by: Person) -> None:
        if self.person_id != by.pk or by.is_impersonated:
            raise PermissionDenied(_("You cannot change this."))

    def _given(self, by: Person, **said: Any) -> "Tip":
        if self.person_id == by.pk or self.closed_at or self.seen_by(by) is None or by.is_impersonated:
            raise PermissionDenied(_("You cannot read this."))
        return Tip.objects.create(approach=self, by=by, **said)


class Tip(Talk, Guarded):
    """What somebody who knows the customer gives: a few words, or a talk. Between the two."""

    TEXT = 1000
    approach = models.ForeignKey(Approach, models.CASCADE, related_name="tips")
    by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    text = models.CharField(_("a tip"), max_length=TEXT, blank=True)  # plain
    is_offer = models.BooleanField(default=False)  # of a talk
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = GuardedQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["approach", "by"], condition=models.Q(is_offer=True), name="one_talk_offered")
        ]

    def __str__(self) -> str:
        return f"{self.by_id} to {self.approach_id}"

    @classmethod
    def readable_q(cls, person: Any, prefix: str = "") -> models.Q:
        """Who asked and who gave, while they may read the approach; who asked hears nothing of people parted from them."""
        approach = Approach.readable_q(person, f"{prefix}approach__")
        if not getattr(person, "pk", None):
            return approach
        if getattr(person, "is_impersonated", False):
            return models.Q(**{f"{prefix}pk__in": []})
        parted = models.Q(**{f"{prefix}by__in": Block.between(person)})
        asked = models.Q(**{f"{prefix}approach__person": person}) & ~parted
        return approach & (models.Q(**{f"{prefix}by": person}) | asked)


class Passed(models.Model):
    """ "Not for me"."""

    approach = models.ForeignKey(Approach, models.CASCADE, related_name="passed")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["approach", "person"], name="passed_once")]

    def __str__(self) -> str:
        return f"{self.person_id} passes {self.approach_id}"
