"""What a person has lived through with a customer or a project, and how they may be reached because of it.

Two choices, apart: who reads the sentence (an audience), and how one may be reached (by name, through Träff without one's name,
not at all). Without one's name means that the whole row is shown to nobody else: it is counted, and asked through Träff.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traff.ground.access.erasing import erase
from traff.ground.access.models import Audience, Shared, SharedQuerySet
from traff.ground.accounts.models import Person
from traff.sharing.customers.models.customer import Customer, Project, Registered, about_q


class Lived(models.TextChoices):
    SOLD = "sold", _("sold to them")
    DELIVERED = "delivered", _("delivered to them")
    SERVICED = "serviced", _("serviced them")
    WORKED = "worked", _("worked there")
    DISPUTE = "dispute", _("lived through a dispute with them")
    OTHER = "other", _("knows them in another way")


class Reach(models.TextChoices):
    NAMED = "named", _("By name")
    UNNAMED = "unnamed", _("Through Träff, without my name")
    NONE = "none", _("Not at all")


class AcquaintanceQuerySet(SharedQuerySet):
    def about(self, subjects: "Sequence[Registered]") -> "AcquaintanceQuerySet":
        """Of these customers and projects."""
        return self.filter(about_q(subjects))

    def of(self, person: Person) -> "AcquaintanceQuerySet":
        return self.filter(person=person)

    def with_subjects(self) -> "AcquaintanceQuerySet":
        return self.select_related("person", "customer", "project")

    def latest_first(self) -> "AcquaintanceQuerySet":
        return self.order_by(models.F("until").desc(nulls_first=True), "-since", "pk")


class Acquaintance(Shared):
    """Its sentence is read by its audience, among those who may know of the customer."""

    TEXT = 500
    person = models.ForeignKey(Person, models.CASCADE, related_name="acquaintances")
    customer = models.ForeignKey(Customer, models.CASCADE, null=True, blank=True, related_name="acquaintances")
    project = models.ForeignKey(Project, models.CASCADE, null=True, blank=True, related_name="acquaintances")
    kind = models.CharField(_("what you have done"), max_length=10, choices=Lived)
    since = models.SmallIntegerField(_("from the year"))
    until = models.SmallIntegerField(_("to the year"), null=True, blank=True)  # None: still
    text = models.CharField(_("a sentence about it"), max_length=TEXT, blank=True)  # plain
    reach = models.CharField(_("how colleagues may reach you about them"), max_length=8, choices=Reach, default=Reach.NAMED)
    asks_first = models.BooleanField(_("ask me first"), default=False)
    told_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = AcquaintanceQuerySet.as_manager()

    class Meta(Shared.Meta):
        verbose_name, verbose_name_plural = _("acquaintance"), _("acquaintances")
        constraints = [
            *Shared.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(customer=None, project__isnull=False) | models.Q(customer__isnull=False, project=None),
                name="acquaintance_with_one",
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")), name="acquaintance_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.customer_id or self.project_id}"

    @classmethod
    @transaction.atomic
    def tell(cls, *, by: Person, of: Registered, **said: Any) -> "Acquaintance":
        """Say what one has lived through: kind, since, until, text, audience, reach, asks_first. A private deed: nobody hears.

        Raises PermissionDenied for a customer one may not know of, for guests, and for an audience one does not read.
        """
        if by.is_guest or not by.is_active or of.seen_by(by) is None:
            raise PermissionDenied(_("You cannot read this."))
        told = cls(person=by, **{of.kind: of})
        told.retell(by=by, **said)
        return told

    @transaction.atomic
    def retell(self, *, by: Person, **said: Any) -> None:
        """Say it anew. Raises PermissionDenied for others."""
        if self.person_id != by.pk or by.is_impersonated or not said["audience"].is_read_by(by):
            raise PermissionDenied(_("You cannot change this."))
        for name in ("kind", "since", "until", "text", "audience", "reach", "asks_first"):
            setattr(self, name, said[name])
        self.text = " ".join(self.text.split())[: self.TEXT]
        self.told_at = timezone.now()
        self.save()

    def take_back(self, *, by: Person) -> None:
        """As if never said. Raises PermissionDenied for others."""
        if self.person_id != by.pk or by.is_impersonated:
            raise PermissionDenied(_("You cannot change this."))
        erase(self)

    @classmethod
    def readable_q(cls, person: Any, prefix: str = "") -> models.Q:
        """One's own; of others those with a name, for their audience, about what the reader may know of."""
        shared = super().readable_q(person, prefix)
        if not getattr(person, "pk", None) or not getattr(person, "is_active", False):
            return shared
        named = shared & ~models.Q(**{f"{prefix}reach": Reach.UNNAMED}) & models.Q(**{f"{prefix}person__is_protected": False})
        if getattr(person, "is_impersonated", False):  # one's own sentences are one's own
            return cls.known_q(person, prefix) & named & ~models.Q(**{f"{prefix}person": person, f"{prefix}is_open": False})
        return cls.known_q(person, prefix) & (named | models.Q(**{f"{prefix}person": person}))

    @staticmethod
    def known_q(person: Any, prefix: str = "") -> models.Q:
        """Of customers and projects that this person may know of."""
        of_customer = models.Q(**{f"{prefix}customer__isnull": False}) & Customer.readable_q(person, f"{prefix}customer__")
        of_project = models.Q(**{f"{prefix}project__isnull": False}) & Project.readable_q(person, f"{prefix}project__")
        return of_customer | of_project

    @property
    def subject(self) -> Registered:
        """What it is about, where it was loaded with it."""
        return self.customer or self.project  # type: ignore[return-value]

    def readers(self) -> models.QuerySet[Person]:
        """The rule turned round."""
        knowing = Person.objects.filter(pk__in=self.subject.readers())
        reading = models.Q(pk=self.person_id)
        if self.reach != Reach.UNNAMED and not self.person.is_protected:
            reading |= models.Q(pk__in=Audience.readers(self.audience))
        return knowing.filter(reading)

    @property
    def period(self) -> str:
        """ "2021–23", "2019", "since 2024"."""
        if self.until is None:
            return gettext("since %(year)d") % {"year": self.since}
        if self.until == self.since:
            return str(self.since)
        short = f"{self.until % 100:02d}" if self.until // 100 == self.since // 100 else str(self.until)
        return f"{self.since}–{short}"

    @property
    def has_a_name(self) -> bool:
        return self.reach != Reach.UNNAMED
