"""Where somebody sits: in the organisation, and in the world. The HR register is the master; this is a copy to read."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo, available_timezones

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from traff.ground.access.models import Audience, AudienceKind, Membership
from traff.ground.access.reading import forget
from traff.ground.accounts.models import Person
from traff.ground.core.prepared import prepared


def unit_name(name: str, name_sv: str) -> str:
    """A unit's name in the language of the page."""
    return name_sv if name_sv and (translation.get_language() or "").startswith("sv") else name


class Unit(models.Model):
    """A node of the organisation's tree."""

    name = models.CharField(_("name"), max_length=200)
    name_sv = models.CharField(_("name in Swedish"), max_length=200, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = ArrayField(models.IntegerField(), default=list, editable=False)  # ids from the root to this unit itself
    audience = models.OneToOneField(Audience, models.PROTECT, related_name="+")  # closed; holds the whole subtree

    class Meta:
        ordering = ["name"]
        verbose_name, verbose_name_plural = _("unit"), _("units")

    def __str__(self) -> str:
        return unit_name(self.name, self.name_sv)

    @classmethod
    @transaction.atomic
    def create(cls, *, name: str, name_sv: str = "", parent: "Unit | None" = None) -> "Unit":
        audience = Audience.objects.create(kind=AudienceKind.UNIT, is_open=False)
        unit = cls.objects.create(name=name, name_sv=name_sv, parent=parent, audience=audience)
        unit.path = [*(parent.path if parent else []), unit.pk]
        unit.save(update_fields=["path"])
        return unit

    @transaction.atomic
    def move(self, parent: "Unit | None") -> None:
        """Hang this unit and its subtree elsewhere; everybody in it follows. Raises ValidationError on a circle."""
        if parent and self.pk in parent.path:
            raise ValidationError(_("A unit cannot hang beneath itself."))
        before = len(self.path) - 1
        top = parent.path if parent else []
        below = list(Unit.objects.filter(path__contains=[self.pk]))
        for unit in below:
            unit.path = [*top, *unit.path[before:]]
        Unit.objects.bulk_update(below, ["path"])
        Unit.objects.filter(pk=self.pk).update(parent=parent)
        self.refresh_from_db()
        for seat in Seat.objects.filter(unit__in=below).select_related("unit", "person"):
            seat.join_audiences()


class Place(models.Model):
    """A place in the world where people sit."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    country = models.CharField(_("country"), max_length=2, blank=True)  # ISO 3166-1 alpha-2
    timezone = models.CharField(_("time zone"), max_length=60, blank=True)  # IANA name

    class Meta:
        ordering = ["name"]
        verbose_name, verbose_name_plural = _("place"), _("places")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.timezone and self.timezone not in available_timezones():
            raise ValidationError({"timezone": _("No such time zone; use a name like Europe/Stockholm.")})


class Seat(models.Model):
    """Who sits where, now."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="seat")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="seats")
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="seats")
    since = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return " · ".join(str(part) for part in (self.unit, self.place) if part)

    @classmethod
    @transaction.atomic
    def give(cls, person: Person, *, unit: Unit | None, place: Place | None) -> "Seat":
        """Seat a person; the audiences of the unit and those above it follow at once."""
        seat, _made = cls.objects.update_or_create(person=person, defaults={"unit": unit, "place": place})
        seat.join_audiences()
        return seat

    def join_audiences(self) -> None:
        """Make the person a member of exactly the unit audiences on the way to the root."""
        mine = (
            Audience.objects.filter(pk__in=Unit.objects.filter(pk__in=self.unit.path).values("audience_id")) if self.unit else []
        )
        wanted = [audience.pk for audience in mine]
        units = Membership.objects.filter(person=self.person, audience__kind=AudienceKind.UNIT)
        units.exclude(audience_id__in=wanted).delete()
        Membership.objects.bulk_create(
            [Membership(audience_id=audience, person=self.person) for audience in wanted], ignore_conflicts=True
        )
        forget()


def seats_of(people: Iterable[int]) -> dict[int, Seat]:
    """Seats by person id, with unit and place, in one query; protected people have none to show."""
    return {seat.person_id: seat for seat in _seats(list(people))}


@prepared
def _seats(people: list[int]) -> models.QuerySet[Seat]:
    return Seat.objects.filter(person__any=people, person__is_protected=False).select_related("unit", "place")


def zones_of(people: Iterable[int], *, shown: bool = True) -> dict[int, ZoneInfo]:
    """Whose clock: that of the place where each sits, else the house's own. In one query.

    `shown` to others: a protected person's place is not told, nor its clock. For a person's own mails it is theirs.
    """
    ids, house = list(people), timezone.get_default_timezone_name()
    named = Seat.objects.filter(person__any=ids).exclude(place=None)
    named = named.filter(person__is_protected=False) if shown else named
    zones = dict(named.values_list("person_id", "place__timezone"))
    return {pk: ZoneInfo(zones.get(pk) or house) for pk in ids}


def zone_of(person: Person, *, shown: bool = True) -> ZoneInfo:
    """The same of one person."""
    return zones_of([person.pk], shown=shown)[person.pk]
