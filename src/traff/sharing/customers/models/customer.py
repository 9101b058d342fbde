"""Customers and projects as the register tells them. The register stays in charge: Träff reads it, and links back."""

from collections.abc import Sequence
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Collate, Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traff.ground.access.models import Shared, SharedQuerySet
from traff.ground.core.addresses import address_of
from traff.ground.core.sorting import swedish

BY_NAME = (models.F("gone_at").asc(nulls_first=True), Collate(swedish(Lower("name")), "C"), models.F("id"))


class RegisteredQuerySet(SharedQuerySet):
    def matching(self, words: str) -> Self:
        """Every word stands in the name, in an alias, in the sector or the place."""
        found = self
        for word in words.split():
            said = models.Q(name__icontains=word) | models.Q(aliases__icontains=word)
            if self.model is Customer:
                said |= models.Q(sector__icontains=word) | models.Q(place__icontains=word)
            found = found.filter(said)
        return found

    def by_name(self) -> Self:
        """Swedish order; those gone from the register last."""
        return self.order_by(*BY_NAME)


class Registered(Shared):
    """What a register tells of one customer or project. Read by everyone, unless it is walled."""

    name = models.CharField(_("name"), max_length=120)
    aliases = ArrayField(models.CharField(max_length=120), default=list, blank=True)  # other names in texts
    external_id = models.CharField(max_length=200, blank=True)  # what it is called in the register
    register_url = models.URLField(max_length=500, blank=True)  # its page there
    registered_at = models.DateTimeField(default=timezone.now)  # when Träff first read of it
    gone_at = models.DateTimeField(null=True, blank=True)  # no longer in the register: marked, never deleted
    is_linked = models.BooleanField(default=False)  # texts from before it came have been linked to its names

    objects: ClassVar[Any] = RegisteredQuerySet.as_manager()
    kind: ClassVar[str]

    class Meta(Shared.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def is_walled(self) -> bool:
        """Known to those inside the wall alone."""
        return not self.is_open

    @property
    def names(self) -> list[str]:
        return [self.name, *self.aliases]

    @property
    def term(self) -> str:
        """What texts are linked by."""
        return f"#{self.kind}:{self.pk}"

    def take_names(self, name: str, aliases: Sequence[str]) -> None:
        """What the register calls it now; where that is another than before, texts are looked through anew."""
        before = self.names
        self.name, self.aliases = name, [alias for alias in dict.fromkeys(aliases) if alias != name]
        self.is_linked = self.is_linked and self.names == before

    def get_absolute_url(self) -> str:
        return address_of(self.kind, self.pk)


def about_q(subjects: Sequence[Registered]) -> models.Q:
    """Rows that are about one of these customers and projects."""
    ids = {kind: [subject.pk for subject in subjects if subject.kind == kind] for kind in ("customer", "project")}
    return models.Q(customer__in=ids["customer"]) | models.Q(project__in=ids["project"])


class Customer(Registered):
    kind: ClassVar[str] = "customer"
    sector = models.CharField(_("sector"), max_length=80, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)  # as the register says it
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="children")

    class Meta(Registered.Meta):
        verbose_name, verbose_name_plural = _("customer"), _("customers")
        indexes = [
            models.Index(fields=["is_linked"], condition=models.Q(is_linked=False), name="customer_to_link"),
            models.Index(*BY_NAME, name="customer_by_name"),  # the list
        ]

    def relatives(self, reader: Any) -> "RegisteredQuerySet":
        """Its parent and its children, of those the reader may know."""
        near = models.Q(parent=self) | models.Q(pk=self.parent_id or 0)
        found: RegisteredQuerySet = Customer.objects.visible_to(reader).filter(near).exclude(pk=self.pk)
        return found


class Project(Registered):
    kind: ClassVar[str] = "project"
    customer = models.ForeignKey(Customer, models.SET_NULL, null=True, blank=True, related_name="projects")
    began_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta(Registered.Meta):
        verbose_name, verbose_name_plural = _("project"), _("projects")
        indexes = [models.Index(fields=["is_linked"], condition=models.Q(is_linked=False), name="project_to_link")]
