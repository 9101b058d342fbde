"""Persons and how they get in. Everything else about a person stands in higher rooms."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models, transaction
from django.db.models.functions import Collate, Lower, Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traff.ground.audit.models import AuditRecord
from traff.ground.core.addresses import address_of
from traff.ground.core.prepared import first, prepared
from traff.ground.core.sorting import swedish


class PersonQuerySet(models.QuerySet["Person"]):
    def active(self) -> "PersonQuerySet":
        return self.filter(is_active=True)

    def shown(self) -> "PersonQuerySet":
        """Those who may stand in lists, completion and suggestions: active and not protected."""
        return self.filter(is_active=True, is_protected=False)

    def by_name(self) -> "PersonQuerySet":
        return self.order_by("sort_name", "id")

    def named(self, key: str) -> "Person":
        """The person with this handle, e-mail or id; raises Person.DoesNotExist."""
        wanted = models.Q(handle__iexact=key) | models.Q(email__iexact=key)
        found = self.filter(wanted | models.Q(pk=int(key)) if key.isascii() and key.isdigit() and len(key) < 10 else wanted)
        if person := sorted(found, key=lambda p: (p.handle.lower() != key.lower(), p.pk))[:1]:
            return person[0]
        raise Person.DoesNotExist(key)


class PersonManager(BaseUserManager["Person"].from_queryset(PersonQuerySet)):  # type: ignore[misc]  # from_queryset is dynamic
    def get(self, *args: Any, **named: Any) -> "Person":
        """By primary key alone, as every request does, it is put together once."""
        is_all = type(self) is PersonManager  # and not those of a relation
        if is_all and not args and named.keys() == {"pk"} and (person := first(_by_key(int(named["pk"])))):
            return person
        found: Person = super().get(*args, **named)
        return found


class Person(AbstractBaseUser):
    """A colleague; a guest is a person with `is_guest`."""

    handle = models.SlugField(_("handle"), max_length=80, unique=True, allow_unicode=False)
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"), unique=True, null=True, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, blank=True)  # "" = as the browser asks
    is_guest = models.BooleanField(default=False)  # reads only what they were let into
    is_active = models.BooleanField(default=True)  # False: has left; what they wrote stays
    is_administrator = models.BooleanField(default=False)  # runs the site; reads nothing more than others
    is_protected = models.BooleanField(default=False)  # protected identity in the register
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)
    shown_around_at = models.DateTimeField(null=True, blank=True)  # the first steps were done or left; None: offered on home
    sort_name = models.GeneratedField(
        expression=Collate(swedish(Lower("name")), "C"), output_field=models.TextField(), db_persist=True
    )

    is_impersonated = False  # True on this very object while somebody is signed in, or asks by a command, for this person

    USERNAME_FIELD = "handle"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        verbose_name, verbose_name_plural = _("person"), _("people")
        indexes = [
            models.Index(fields=["sort_name", "id"], name="person_by_name"),  # the directory
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="person_by_part_of_name"),  # a few letters of a name
        ]

    def __str__(self) -> str:
        return self.name

    def leave(self) -> None:
        """End all access now: sessions of an inactive person answer as nobody's; what the person wrote stays."""
        with transaction.atomic():
            self.is_active, self.left_at = False, timezone.now()
            self.save(update_fields=["is_active", "left_at"])
            self.signin_links.all().delete()

    def end_first_steps(self) -> None:
        """Home offers them no more. A private deed: nobody hears."""
        self.shown_around_at = timezone.now()
        self.save(update_fields=["shown_around_at"])

    def begin_first_steps(self) -> None:
        """Offered on home again."""
        self.shown_around_at = None
        self.save(update_fields=["shown_around_at"])

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split()[0] if self.name else self.handle

    def get_absolute_url(self) -> str:
        return address_of("person", self.handle)


@prepared
def _by_key(pk: int) -> models.QuerySet[Person]:
    return Person.objects.filter(pk=pk)


class Moment(models.TextChoices):
    """What a person can object to being part of (`trust.md`)."""

    REUSE = "reuse", _("suggested beside my earlier work")
    STRANGER = "stranger", _("suggested to people I do not know")
    WHO = "who", _("named when somebody asks who knows about a matter")


class Objection(models.Model):
    """ "Do not suggest me": one person, one moment."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="objections")
    moment = models.CharField(max_length=10, choices=Moment)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "moment"], name="one_objection_a_moment")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.moment}"


class BlockQuerySet(models.QuerySet["Block"]):
    def parting(self, person: Person, other: "Person | models.OuterRef") -> "BlockQuerySet":
        """Those between this person and another: a person, or the `OuterRef` of one, to leave rows out within their own query."""
        one_way, other_way = models.Q(blocker=person, blocked=other), models.Q(blocked=person, blocker=other)
        return self.filter(one_way | other_way)


@prepared
def _blocks(person: Person) -> models.QuerySet[Any, tuple[int, int]]:
    pairs = Block.objects.filter(models.Q(blocker=person) | models.Q(blocked=person))
    return pairs.values_list("blocker_id", "blocked_id")


class Block(models.Model):
    """Two-way and silent: neither is suggested, shown as evidence or notified to the other."""

    blocker = models.ForeignKey(Person, models.CASCADE, related_name="+")
    blocked = models.ForeignKey(Person, models.CASCADE, related_name="+")

    objects = BlockQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["blocker", "blocked"], name="one_block_a_pair")]

    def __str__(self) -> str:
        return f"{self.blocker_id} x {self.blocked_id}"

    @classmethod
    def between(cls, person: Person) -> list[int]:
        """Ids of everybody this person is parted from, whoever asked for it."""
        return [a if b == person.pk else b for a, b in _blocks(person)]


class SigninLinkQuerySet(models.QuerySet["SigninLink"]):
    def redeem(self, token: str) -> "SigninLink | None":
        """The unused, unexpired link of this token, used up by the asking; None otherwise."""
        with transaction.atomic():
            now = timezone.now()
            link = self.select_for_update().filter(token_hash=hashed(token), used_at=None, expires_at__gt=now).first()
            if link and link.person.is_active:
                link.used_at = now
                link.save(update_fields=["used_at"])
                return link
        return None


class SigninLink(models.Model):
    """A one-time way in, printed by `./traff signin`; the token is hashed at rest."""

    LIFE = timedelta(minutes=10)
    person = models.ForeignKey(Person, models.CASCADE, related_name="signin_links")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    is_impersonation = models.BooleanField(default=False)  # outside the demo: marked in the session, shown to the person

    objects = SigninLinkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"link for {self.person_id}"

    @classmethod
    @transaction.atomic
    def issue(cls, person: Person, *, reason: str, is_impersonation: bool) -> str:
        """A fresh token, to be shown once. Audited, and shown to the person."""
        token = secrets.token_urlsafe(24)
        expires = timezone.now() + cls.LIFE
        cls.objects.create(person=person, token_hash=hashed(token), expires_at=expires, is_impersonation=is_impersonation)
        AuditRecord.write(actor_id=None, verb="signin.issued", kind="person", subject_id=person.pk, reason=reason)
        return token


class DemoMarker(models.Model):
    """The row that says: this database was made by the demo loader. Demo mode exists nowhere else."""

    organisation = models.CharField(max_length=80)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.organisation


def hashed(token: str) -> str:
    """SHA-256 hex of a token of at least 128 random bits; no salt is needed for such."""
    return hashlib.sha256(token.encode()).hexdigest()
