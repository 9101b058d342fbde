"""Who may read what: an audience is open or not; a person is a member or not. Everything else follows."""

from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traff.ground.access.composite import SameOpenness
from traff.ground.access.guard import Guarded, GuardedQuerySet
from traff.ground.access.reading import forget, joined_ids
from traff.ground.accounts.models import Person


class AudienceKind(models.TextChoices):
    EVERYONE = "everyone", _("everyone")
    GROUP = "group", _("group")
    UNIT = "unit", _("unit")
    CONVERSATION = "conversation", _("conversation")
    PRIVATE = "private", _("only me")


class ClosedStaysClosed(ValueError):
    """What was said in a closed circle is never opened afterwards, for nobody."""


class AudienceQuerySet(models.QuerySet["Audience"]):
    def readable_by(self, person: Any) -> "AudienceQuerySet":
        """Employees: open ones and joined ones; guests: joined ones; inactive and anonymous people: none."""
        return self.filter(Audience.readable_q(person))

    def everyone(self) -> "Audience":
        """The one open audience of the organisation."""
        return self.get_or_create(kind=AudienceKind.EVERYONE, defaults={"is_open": True})[0]

    def private_to(self, person: Person) -> "Audience":
        """The person's own audience of one, made when first needed."""
        audience, made = self.get_or_create(kind=AudienceKind.PRIVATE, owner=person, defaults={"is_open": False})
        if made:
            audience.add(person)
        return audience


class Audience(models.Model):
    kind = models.CharField(max_length=12, choices=AudienceKind)
    is_open = models.BooleanField(default=False)
    owner = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")  # of a private audience

    objects = AudienceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "is_open"], name="audience_openness"),  # what Shared's copies refer to
            models.UniqueConstraint(fields=["kind"], condition=models.Q(kind="everyone"), name="one_everyone"),
            models.UniqueConstraint(fields=["owner"], condition=models.Q(kind="private"), name="one_private_audience"),
            models.CheckConstraint(condition=models.Q(is_open=True) | ~models.Q(kind="everyone"), name="everyone_is_open"),
            models.CheckConstraint(
                condition=models.Q(is_open=False) | ~models.Q(kind__in=["private", "conversation"]), name="private_is_closed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} ({'open' if self.is_open else 'closed'})"

    def add(self, person: Person, *, role: str = "member") -> "Membership":
        """Let a person in; an existing membership is kept, its role never lowered."""
        membership, made = Membership.objects.get_or_create(audience=self, person=person, defaults={"role": role})
        if not made and role == Role.STEWARD and membership.role != Role.STEWARD:
            membership.role = Role.STEWARD
            membership.save(update_fields=["role"])
        forget()
        return membership

    def remove(self, person: Person) -> None:
        """Take effect at once, on every surface: nothing else has to be cleaned up."""
        Membership.objects.filter(audience=self, person=person).delete()
        forget()

    @transaction.atomic
    def close(self) -> None:
        """Open → closed is free; the flag's copies follow in the same statement."""
        Audience.objects.filter(pk=self.pk).update(is_open=False)
        self.is_open = False
        forget()

    def open(self) -> None:
        """Always refused: see `ClosedStaysClosed`."""
        if not self.is_open:
            raise ClosedStaysClosed("What was said in a closed circle is never opened afterwards.")

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk and self.is_open and Audience.objects.filter(pk=self.pk, is_open=False).exists():
            raise ClosedStaysClosed("What was said in a closed circle is never opened afterwards.")
        super().save(*args, **kwargs)

    @staticmethod
    def readable_q(person: Any, *, audience: str = "id", is_open: str = "is_open") -> models.Q:
        """The rule itself, over any model that carries an audience and its openness."""
        if not getattr(person, "is_active", False) or not getattr(person, "pk", None):
            return models.Q(pk__in=[])
        joined = joined_ids(person)
        if person.is_guest:
            return models.Q(**{f"{audience}__any": joined.all})
        return models.Q(**{is_open: True}) | models.Q(**{f"{audience}__any": joined.closed})

    def is_read_by(self, person: Any) -> bool:
        """The same rule for an audience in hand, without asking the database again."""
        if not getattr(person, "is_active", False) or not getattr(person, "pk", None):
            return False
        return (self.is_open and not person.is_guest) or self.pk in joined_ids(person).all

    def readers(self) -> models.QuerySet[Person]:
        """The same rule turned round: everybody who may read what this audience holds."""
        members = models.Q(pk__in=Membership.objects.filter(audience=self).values("person_id"))
        return Person.objects.active().filter(members | models.Q(is_guest=False) if self.is_open else members)


class Role(models.TextChoices):
    MEMBER = "member", _("member")
    STEWARD = "steward", _("steward")


class Membership(models.Model):
    """One person in one audience: group joining and conversation participation alike."""

    audience = models.ForeignKey(Audience, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=8, choices=Role, default=Role.MEMBER)
    joined_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["audience", "person"], name="joined_once")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.audience_id}"


class SharedQuerySet(GuardedQuerySet):
    """Words of every Shared model; see `guard.GuardedQuerySet` for what is refused."""


class Shared(Guarded):
    """Something with an audience. `is_open` is a copy of the audience's flag, kept true by a composite foreign key."""

    audience = models.ForeignKey(Audience, models.PROTECT, related_name="+", db_constraint=False)
    is_open = models.BooleanField(editable=False)

    objects: ClassVar[Any] = SharedQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"
        constraints = [SameOpenness(name="%(app_label)s_%(class)s_openness")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.is_open = self.audience.is_open
        if (fields := kwargs.get("update_fields")) and "audience" in fields:
            kwargs["update_fields"] = {*fields, "is_open"}
        super().save(*args, **kwargs)

    @classmethod
    def readable_q(cls, person: Any, prefix: str = "") -> models.Q:
        if not getattr(person, "is_active", False) or not getattr(person, "pk", None):
            return models.Q(**{f"{prefix}pk__in": []})
        return Audience.readable_q(person, audience=f"{prefix}audience_id", is_open=f"{prefix}is_open")

    def readers(self) -> models.QuerySet[Person]:
        return self.audience.readers()

    def seen_by(self, person: Any) -> Self | None:
        """This very thing if the person may read it, else None."""
        return type(self).objects.visible_to(person).filter(pk=self.pk).first()
