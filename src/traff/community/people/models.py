"""Profiles: what people say of themselves, each field with a level of three."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from traff.community.topics.models import Topic
from traff.ground.accounts.models import Person
from traff.ground.organisation.models import Seat


class Level(models.TextChoices):
    """Who sees a profile field: fixed, so that nobody has to think about audiences here."""

    EVERYONE = "everyone", _("everyone")
    UNIT = "unit", _("my unit")
    ME = "me", _("only me")


class Profile(models.Model):
    """What a person says of themselves."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="profile")
    title = models.CharField(_("title"), max_length=120, blank=True)
    about = models.TextField(_("what I do"), blank=True, max_length=4000)  # plain text
    about_level = models.CharField(_("seen by"), max_length=8, choices=Level, default=Level.EVERYONE)
    languages = ArrayField(models.CharField(max_length=8), verbose_name=_("languages"), default=list, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    phone_level = models.CharField(_("seen by"), max_length=8, choices=Level, default=Level.EVERYONE)
    photo = models.ImageField(_("photo"), upload_to="photos/", blank=True)  # re-encoded on the way in
    topics = models.ManyToManyField(Topic, verbose_name=_("topics I know"), blank=True, related_name="profiles")

    def __str__(self) -> str:
        return f"{self.person_id}"

    def shown_to(self, reader: Person, level: str) -> bool:
        """Whether this reader sees a field of this level."""
        if reader.pk == self.person_id:
            return True
        if level == Level.UNIT:
            return Seat.objects.filter(person=reader, unit__seats__person_id=self.person_id).exists()
        return level == Level.EVERYONE

    def about_for(self, reader: Person) -> str:
        return self.about if self.shown_to(reader, self.about_level) else ""

    def phone_for(self, reader: Person) -> str:
        return self.phone if not self.person.is_protected and self.shown_to(reader, self.phone_level) else ""
