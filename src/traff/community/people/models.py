"""Profiles: what people say of themselves, each field with a level of three."""

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from traff.community.topics.models import Topic
from traff.ground.access.models import Audience, AudienceKind, Membership
from traff.ground.access.reading import joined_ids
from traff.ground.accounts.models import Person, PersonQuerySet
from traff.ground.activity.models import record
from traff.ground.core.addresses import address_of
from traff.ground.core.prepared import first, prepared
from traff.ground.organisation.models import Seat
from traff.ground.search import findable


class Level(models.TextChoices):
    """Who sees a profile field: fixed, so that nobody has to think about audiences here."""

    EVERYONE = "everyone", _("everyone")
    UNIT = "unit", _("my unit")
    ME = "me", _("only me")


class Profile(models.Model):
    """What a person says of themselves."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="profile")
    title = models.CharField(pgettext_lazy("person", "title"), max_length=120, blank=True)
    about = models.TextField(_("what I do"), blank=True, max_length=4000)  # plain text
    about_level = models.CharField(_("seen by"), max_length=8, choices=Level, default=Level.EVERYONE)
    languages = ArrayField(models.CharField(max_length=8), verbose_name=_("languages"), default=list, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    phone_level = models.CharField(_("seen by"), max_length=8, choices=Level, default=Level.EVERYONE)
    photo = models.ImageField(_("photo"), upload_to="photos/", blank=True)  # made anew on the way in, see `photos.py`
    away_until = models.DateField(_("away until"), null=True, blank=True)  # that day included
    full_until = models.DateField(null=True, blank=True)  # "full this week": the Sunday until which not to be asked
    topics = models.ManyToManyField(Topic, verbose_name=_("topics I know"), blank=True, related_name="profiles")

    class Meta:
        verbose_name, verbose_name_plural = _("profile"), _("profiles")
        indexes = [
            GinIndex(OpClass(Upper("title"), name="gin_trgm_ops"), name="profile_by_title"),  # a word of a title in the directory
            GinIndex(fields=["languages"], name="profile_by_language"),  # who speaks it
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"

    @classmethod
    def of(cls, person: Person) -> "Profile":
        """The person's profile, made when first needed."""
        profile, made = cls.objects.get_or_create(person=person)
        profile.person = person
        if made:
            findable.index("person", profile)
        return profile

    @transaction.atomic
    def tell(self, *, topics: Iterable[Topic]) -> None:
        """Keep what the person says of themselves, and make it findable."""
        self.save()
        self.topics.set(topics)
        findable.index("person", self)
        record(
            actor=self.person, verb="profile.told", kind="person", subject=self, audience=Audience.objects.private_to(self.person)
        )

    def show_face(self, picture: "ContentFile[bytes] | None") -> None:
        """Another photo, or none; the old bytes go."""
        if self.photo:
            self.photo.delete(save=False)
        if picture:
            self.photo.save(picture.name or "face.jpg", picture, save=False)

    def shown_to(self, reader: Person, level: str) -> bool:
        """Whether this reader sees a field of this level."""
        if reader.pk == self.person_id:
            return True
        if level == Level.UNIT:
            return first(_same_unit(reader, self.person_id)) is not None
        return level == Level.EVERYONE

    def about_for(self, reader: Person) -> str:
        return self.about if self.shown_to(reader, self.about_level) else ""

    def phone_for(self, reader: Person) -> str:
        return self.phone if not self.person.is_protected and self.shown_to(reader, self.phone_level) else ""

    def photo_url(self, handle: str) -> str:
        """Its address; the version makes a new photo show at once."""
        return photo_url(handle, str(self.photo))


@prepared
def _same_unit(one: Person, other: int) -> models.QuerySet[Seat]:
    return Seat.objects.filter(person=one, unit__seats__person_id=other)


def photo_url(handle: str, photo: str) -> str:
    """The address of a photo by its file's name; "" without one."""
    version = photo.rsplit("/", 1)[-1].removesuffix(".jpg")
    return address_of("person_photo", handle, version) if version else ""


def known_to(reader: Person) -> PersonQuerySet:
    """Whose page this reader may open: colleagues, also those who left; for guests those they share a circle with."""
    people: PersonQuerySet = Person.objects.all()
    if not reader.is_guest:
        return people
    circles = Membership.objects.filter(
        audience__any=joined_ids(reader).all, audience__kind__in=[AudienceKind.GROUP, AudienceKind.CONVERSATION]
    )
    return people.filter(models.Q(pk=reader.pk) | models.Q(pk__in=circles.values("person_id")))


def listed_for(reader: Person) -> PersonQuerySet:
    """Who stands in this reader's lists and completion: of those known the active, and nobody protected."""
    return known_to(reader).shown()
