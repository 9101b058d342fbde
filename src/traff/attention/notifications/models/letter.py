import secrets
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traff.attention.notifications.models.hearing import Hearing
from traff.ground.accounts.models import Person, hashed


class Letter(models.Model):
    """One person, one week: the weekly mail was written, or there was nothing to say.

    The row is committed before anything is sent, so nobody gets two: at most once. What breaks between loses one week's mail.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    week = models.CharField(max_length=8)  # "2026-W48"
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)  # None: nothing to say, or it could not be sent

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "week"], name="one_letter_a_week")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.week}"

    @classmethod
    def since(cls, person: Person, now: datetime) -> datetime:
        """What the next one tells of: what came after the last, and never of more than two weeks."""
        last = cls.objects.filter(person=person, made_at__gt=now - timedelta(days=14)).order_by("-made_at").first()
        return last.made_at if last else now - timedelta(days=7)


class StopLink(models.Model):
    """A way out in a mail, for whoever holds the mail; it stops mails and does nothing else. Hashed at rest."""

    LIFE = timedelta(days=400)

    class Stops(models.TextChoices):
        WEEKLY = "weekly", _("the weekly mail")
        AT_ONCE = "at_once", _("mails at once")

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    stops = models.CharField(max_length=8, choices=Stops)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["StopLink"]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.stops} for {self.person_id}"

    @classmethod
    def issue(cls, person: Person, stops: str) -> str:
        """A fresh token, for one mail."""
        token = secrets.token_urlsafe(24)
        cls.objects.create(person=person, stops=stops, token_hash=hashed(token))
        return token

    @classmethod
    def named(cls, token: str) -> "StopLink | None":
        alive = cls.objects.filter(token_hash=hashed(token), made_at__gt=timezone.now() - cls.LIFE, person__is_active=True)
        return alive.select_related("person").first()

    @classmethod
    def revoke_all(cls, person: Person) -> None:
        """The links in all mails sent until now do nothing any more."""
        cls.objects.filter(person=person).delete()

    def act(self) -> None:
        """Stop; a second time changes nothing. What one reads in Träff stays."""
        field = "weekly" if self.stops == self.Stops.WEEKLY else "at_once"
        Hearing.objects.update_or_create(person=self.person, defaults={field: False})

    @classmethod
    def forget_old(cls, now: datetime) -> None:
        cls.objects.filter(made_at__lt=now - cls.LIFE).delete()
