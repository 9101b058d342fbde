from datetime import datetime, time
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from traff.attention.notifications.hours import Quiet
from traff.ground.accounts.models import Person
from traff.ground.activity.news import Sort
from traff.ground.organisation.models import zone_of


class Weekday(models.IntegerChoices):
    """As Python counts them."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class Hearing(models.Model):
    """When one wants to be reached. Who never chose has no row, and hears as the defaults say."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="+")
    quiet_from = models.TimeField(_("Quiet from"), default=time(18))  # on the clock of one's place
    quiet_until = models.TimeField(_("until"), default=time(7))
    quiet_weekends = models.BooleanField(_("Quiet on Saturdays and Sundays"), default=True)
    at_once = models.BooleanField(
        _("Send me mail at once about what is ticked above"), default=True
    )  # False: whatever is ticked a sort
    weekly = models.BooleanField(_("Send me the weekly mail"), default=True)
    weekday = models.SmallIntegerField(_("On"), choices=Weekday, default=Weekday.MONDAY)

    def __str__(self) -> str:
        return f"{self.person_id}"

    @classmethod
    def of(cls, person: Person) -> "Hearing":
        """The person's own, or the defaults, not saved."""
        return cls.objects.filter(person=person).first() or cls(person=person)

    def loud_from(self, at: datetime) -> datetime:
        """The first moment from `at` on when a mail may come."""
        here = at.astimezone(zone_of(self.person, shown=False))
        return Quiet(self.quiet_from, self.quiet_until, self.quiet_weekends).over_from(here)


class Choice(models.Model):
    """One person, one sort of news: in the bell, and by mail at once. Without a row the sort's own default holds."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    sort = models.CharField(max_length=30)
    bell = models.BooleanField(default=True)
    mail = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["Choice"]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "sort"], name="one_choice_a_sort")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.sort}"

    @classmethod
    def not_heard_by(cls, sort: Sort, people: list[int]) -> set[int]:
        """Those who want no word of this sort."""
        return set(cls.objects.filter(sort=sort.key, person__in=people, bell=False).values_list("person_id", flat=True))

    @classmethod
    def mailed_to(cls, sort: Sort, people: list[int]) -> set[int]:
        """Those who want a mail of it at once."""
        chosen = dict(cls.objects.filter(sort=sort.key, person__in=people).values_list("person_id", "mail"))
        return {pk for pk in people if chosen.get(pk, sort.at_once)}
