"""Interest groups of people's own making. A group has an audience; its members are that audience's members."""

import secrets
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from traff.ground.access.composite import SameOpenness
from traff.ground.access.guard import Guarded, GuardedQuerySet
from traff.ground.access.models import Audience, AudienceKind, Membership, Role
from traff.ground.access.rights import Right, may
from traff.ground.accounts.models import Person
from traff.ground.activity.models import record


class LastSteward(ValueError):
    """A group keeps somebody who looks after it."""


class GroupQuerySet(GuardedQuerySet):
    def joined_by(self, person: Person) -> "GroupQuerySet":
        return self.filter(audience__memberships__person=person)


class Group(Guarded):
    """Seen by `shown_to`; what is written in it is seen by `audience`."""

    slug = models.SlugField(max_length=80, unique=True, allow_unicode=True)
    name = models.CharField(_("name"), max_length=100)
    purpose = models.TextField(_("what it is for"), max_length=2000, blank=True)  # plain text
    audience = models.OneToOneField(Audience, models.PROTECT, related_name="+")
    shown_to = models.ForeignKey(Audience, models.PROTECT, related_name="+", db_constraint=False)
    shown_open = models.BooleanField(editable=False)
    is_sensitive = models.BooleanField(_("sensitive"), default=False)  # never a reason; membership shows to members only
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = GroupQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        ordering = ["name"]
        verbose_name, verbose_name_plural = _("group"), _("groups")
        constraints = [SameOpenness(name="groups_group_openness", audience="shown_to_id", is_open="shown_open")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def start(cls, *, by: Person, name: str, purpose: str = "", is_open: bool = True, is_sensitive: bool = False) -> "Group":
        """Anyone may start one; who starts it looks after it."""
        audience = Audience.objects.create(kind=AudienceKind.GROUP, is_open=is_open)
        audience.add(by, role=Role.STEWARD)
        shown = Audience.objects.everyone()
        group = cls(name=name, purpose=purpose, audience=audience, shown_to=shown, is_sensitive=is_sensitive)
        group.slug = free_slug(name)
        group.save()
        record(actor=by, verb="group.started", kind="group", subject=group, audience=shown if is_open else audience)
        return group

    @transaction.atomic
    def join(self, person: Person) -> Membership:
        """One click into an open group. A closed one has a door: raises PermissionDenied without an invitation."""
        if not self.audience.is_open and not self.invitations.open_for(person).exists():
            raise PermissionDenied(_("This group is closed: somebody in it can invite you."))
        known = Membership.objects.filter(audience=self.audience, person=person).first()
        membership = known or self.audience.add(person)
        self.invitations.open_for(person).update(answered_at=timezone.now())
        if not known:
            record(actor=person, verb="group.joined", kind="group", subject=self, audience=self.audience)
        return membership

    @transaction.atomic
    def leave(self, person: Person) -> None:
        """Out at once, on every surface. Raises LastSteward while others stay with nobody to look after the group."""
        members = Membership.objects.filter(audience=self.audience)
        others = members.exclude(person=person)
        if others.exists() and not others.filter(role=Role.STEWARD).exists():
            raise LastSteward(_("You are the only one who looks after this group. Ask somebody to take over first."))
        self.audience.remove(person)

    @transaction.atomic
    def invite(self, person: Person, *, by: Person) -> "Invitation":
        """Any member may ask somebody in. Raises PermissionDenied for others."""
        if not may(by, Right.INVITE, self):
            raise PermissionDenied(_("Only members can invite."))
        invitation, _made = Invitation.objects.get_or_create(group=self, person=person, answered_at=None, defaults={"by": by})
        private = Audience.objects.private_to(person)
        record(actor=by, verb="group.invited", kind="group", subject=self, audience=private)
        return invitation

    def appoint(self, person: Person, *, by: Person) -> None:
        """Make a member a steward."""
        if not may(by, Right.TEND, self):
            raise PermissionDenied(_("Only those who look after the group can do this."))
        self.audience.add(person, role=Role.STEWARD)

    @classmethod
    def readable_q(cls, person: Any, prefix: str = "") -> models.Q:
        if not getattr(person, "is_active", False) or not getattr(person, "pk", None):
            return models.Q(**{f"{prefix}pk__in": []})
        shown = Audience.readable_q(person, audience=f"{prefix}shown_to_id", is_open=f"{prefix}shown_open")
        own = Audience.readable_q(person, audience=f"{prefix}audience_id", is_open=f"{prefix}shown_open")
        return shown | own

    def stewards(self) -> models.QuerySet[Person]:
        return Person.objects.filter(memberships__audience=self.audience, memberships__role=Role.STEWARD)

    def members(self) -> models.QuerySet[Person]:
        return Person.objects.shown().filter(memberships__audience=self.audience)

    def membership_of(self, person: Person) -> Membership | None:
        return Membership.objects.filter(audience_id=self.audience_id, person=person).first()

    def get_absolute_url(self) -> str:
        return reverse("group", args=[self.slug])

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.shown_open = self.shown_to.is_open
        super().save(*args, **kwargs)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open_for(self, person: Person) -> "InvitationQuerySet":
        return self.filter(person=person, answered_at=None)


class Invitation(models.Model):
    """Somebody in the group asks somebody in."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, models.CASCADE, related_name="invitations")
    by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "person"], condition=models.Q(answered_at=None), name="one_open_invitation")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} to {self.group_id}"


def free_slug(name: str) -> str:
    """An address for a new group: its name, and a few letters more when that is taken."""
    base = slugify(name, allow_unicode=True)[:70] or "group"
    taken = Group.objects.unrestricted("is the address taken").filter(slug=base).exists() or base == "new"
    return f"{base}-{secrets.token_hex(3)}" if taken else base
