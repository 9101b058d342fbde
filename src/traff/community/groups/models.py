"""Interest groups of people's own making. A group has an audience; its members are that audience's members."""

import secrets
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from traff.ground.access.composite import SameOpenness
from traff.ground.access.guard import Guarded, GuardedQuerySet
from traff.ground.access.models import Audience, AudienceKind, Membership, Role
from traff.ground.access.reading import joined_ids
from traff.ground.access.rights import Right, may
from traff.ground.accounts.models import Block, Person, PersonQuerySet
from traff.ground.activity.models import record, unrecord
from traff.ground.core.addresses import address_of
from traff.ground.core.prepared import first, prepared
from traff.ground.search import findable
from traff.ground.search.withholding import withhold_group

TAKEN = {"new"}  # words with an address of their own under /groups/


class LastSteward(ValueError):
    """A group keeps somebody who looks after it."""


class GroupQuerySet(GuardedQuerySet):
    def joined_by(self, person: Person) -> "GroupQuerySet":
        return self.filter(audience__any=joined_ids(person).all)

    def open(self) -> "GroupQuerySet":
        return self.filter(audience__is_open=True)

    def spoken_of(self) -> "GroupQuerySet":
        """Those that may stand in reasons and in what people share: not the sensitive ones."""
        return self.filter(is_sensitive=False)

    def matching(self, words: str) -> "GroupQuerySet":
        """Every word stands in the name or the purpose."""
        found = self
        for word in words.split():
            found = found.filter(models.Q(name__icontains=word) | models.Q(purpose__icontains=word))
        return found

    def with_members(self) -> "GroupQuerySet":
        """`member_count`, in the same query."""
        members = Membership.objects.filter(audience=models.OuterRef("audience"), person__is_active=True).order_by()
        counted = members.values("audience").annotate(n=models.Count("pk")).values("n")
        return self.annotate(member_count=models.functions.Coalesce(models.Subquery(counted), 0))

    def newest_activity(self) -> "GroupQuerySet":
        return self.order_by("-last_active_at", "-id")


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
    last_active_at = models.DateTimeField(default=timezone.now)  # what is written in it moves it up the list

    objects: ClassVar[Any] = GroupQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        ordering = ["name"]
        verbose_name, verbose_name_plural = _("group"), _("groups")
        constraints = [SameOpenness(name="groups_group_openness", audience="shown_to_id", is_open="shown_open")]
        indexes = [
            models.Index(fields=["-last_active_at", "-id"], name="group_by_activity"),  # the list of groups
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="group_by_part_of_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def start(
        cls,
        *,
        by: Person,
        name: str,
        purpose: str = "",
        is_open: bool = True,
        is_sensitive: bool = False,
        is_listed: bool = True,
    ) -> "Group":
        """Anyone but a guest may start one; who starts it looks after it.

        A closed group that is not listed is known to its members alone; an open one is always listed.
        """
        if by.is_guest or not by.is_active:
            raise PermissionDenied(_("Guests join groups; colleagues start them."))
        audience = Audience.objects.create(kind=AudienceKind.GROUP, is_open=is_open)
        audience.add(by, role=Role.STEWARD)
        shown = Audience.objects.everyone() if is_open or is_listed else audience
        group = cls(name=name.strip(), purpose=purpose.strip(), audience=audience, shown_to=shown, is_sensitive=is_sensitive)
        group.slug = free_slug(name, is_secret=shown is audience)
        group.save()
        findable.index("group", group)
        heard_by = Audience.objects.private_to(by) if is_sensitive else shown if is_open else audience
        record(actor=by, verb="group.started", kind="group", subject=group, audience=heard_by)
        return group

    @transaction.atomic
    def join(self, person: Person) -> Membership:
        """One click into an open group. Raises PermissionDenied at a closed door, and for guests, without an invitation."""
        is_invited = self.invitations.open_for(person).exists()
        if not is_invited and (person.is_guest or not self.audience.is_open):
            raise PermissionDenied(_("This group is closed: somebody in it can invite you."))
        known = self.membership_of(person)
        membership = known or self.audience.add(person)
        self.invitations.open_for(person).update(answered_at=timezone.now())
        if not known:
            heard_by = Audience.objects.private_to(person) if self.is_sensitive else self.audience
            record(actor=person, verb="group.joined", kind="group", subject=self, audience=heard_by)
        return membership

    @transaction.atomic
    def leave(self, person: Person) -> None:
        """Out at once, on every surface. Raises LastSteward while others stay with nobody to look after the group."""
        self._keep_a_steward_beside(person)
        self.audience.remove(person)

    @transaction.atomic
    def invite(self, person: Person, *, by: Person) -> "Invitation":
        """Any member but a guest may ask somebody in; between people parted by a block nothing arrives, silently.

        Raises PermissionDenied for others.
        """
        if by.is_guest or not may(by, Right.INVITE, self):
            raise PermissionDenied(_("Only members can invite."))
        if person.pk in Block.between(by):
            return Invitation(group=self, person=person, by=by)
        invitation, made = Invitation.objects.get_or_create(group=self, person=person, answered_at=None, defaults={"by": by})
        if made:
            private = Audience.objects.private_to(person)
            record(actor=by, verb="group.invited", kind="group", subject=self, audience=private)
        return invitation

    def decline(self, person: Person) -> None:
        """No, thank you; nobody is told."""
        self.invitations.open_for(person).update(answered_at=timezone.now())

    @transaction.atomic
    def describe(self, *, by: Person, name: str, purpose: str, is_sensitive: bool) -> None:
        """Say anew what the group is."""
        self._tended_by(by)
        self.name, self.purpose = name.strip(), purpose.strip()
        self.save(update_fields=["name", "purpose"])
        findable.index("group", self)
        self.mark(is_sensitive=is_sensitive, by=by)

    @transaction.atomic
    def mark(self, *, is_sensitive: bool, by: Person | None) -> None:
        """Say that it is about something sensitive, or is not after all. By nobody: an import.

        What was written in it is withheld from evidence, and who joined it told to nobody, in this very transaction.
        """
        self.is_sensitive = is_sensitive
        standing = Group.objects.unrestricted("its mark").filter(pk=self.pk, is_sensitive=not is_sensitive)
        if not standing.update(is_sensitive=is_sensitive):
            return
        if is_sensitive:
            withhold_group(self.pk)
            unrecord(kind="group", subject=self, verbs=("group.started", "group.joined"))  # who is in it is nobody's news
        heard_by = Audience.objects.private_to(by) if by else self.audience
        record(actor=by, verb="group.marked", kind="group", subject=self, audience=heard_by)

    @transaction.atomic
    def part_with(self, person: Person, *, by: Person) -> None:
        """Somebody who looks after the group shows a member out; who is out reads nothing of a closed group any more.

        The person alone hears. Raises PermissionDenied for others, and where the person looks after the group too.
        """
        self._tended_by(by)
        membership = self.membership_of(person)
        if membership is None or membership.role == Role.STEWARD:
            raise PermissionDenied(_("Only members who do not look after the group can be removed."))
        self.audience.remove(person)
        private = Audience.objects.private_to(person)
        record(actor=by, verb="group.parted", kind="group", subject=self, audience=private)

    @transaction.atomic
    def appoint(self, person: Person, *, by: Person) -> None:
        """Make a member a steward."""
        self._tended_by(by)
        if not self.membership_of(person):
            raise PermissionDenied(_("Only members can look after a group."))
        self.audience.add(person, role=Role.STEWARD)

    @transaction.atomic
    def step_down(self, person: Person) -> None:
        """A steward becomes a member again. Raises LastSteward when nobody else looks after the group."""
        self._keep_a_steward_beside(person)
        Membership.objects.filter(audience=self.audience, person=person).update(role=Role.MEMBER)

    @transaction.atomic
    def close(self, *, by: Person) -> None:
        """Open → closed: from now on members alone read it, also what was said before. There is no way back."""
        self._tended_by(by)
        self.audience.close()
        findable.index("group", self)
        record(actor=by, verb="group.closed", kind="group", subject=self, audience=self.audience)

    @classmethod
    def readable_q(cls, person: Any, prefix: str = "") -> models.Q:
        """Shown to me, joined by me, or I am invited."""
        if not getattr(person, "is_active", False) or not getattr(person, "pk", None):
            return models.Q(**{f"{prefix}pk__in": []})
        shown = Audience.readable_q(person, audience=f"{prefix}shown_to_id", is_open=f"{prefix}shown_open")
        own = Audience.readable_q(person, audience=f"{prefix}audience_id", is_open=f"{prefix}shown_open")
        invited = models.Q(**{f"{prefix}pk__in": Invitation.objects.open_for(person).values("group_id")})
        return shown | own | invited

    def is_read_by(self, person: Person) -> bool:
        """Whether the person reads what is written in it; to see that it exists is another thing."""
        return self.audience.is_read_by(person)

    def shows_members_to(self, person: Person) -> bool:
        """Its readers see who is in it; of a sensitive group its members alone."""
        return bool(self.membership_of(person)) if self.is_sensitive else self.is_read_by(person)

    def stewards(self) -> PersonQuerySet:
        return Person.objects.active().filter(memberships__audience_id=self.audience_id, memberships__role=Role.STEWARD)

    def members(self) -> PersonQuerySet:
        return Person.objects.shown().filter(memberships__audience_id=self.audience_id)

    def membership_of(self, person: Person) -> Membership | None:
        return first(_membership(self.audience_id, person))

    def touch(self, at: datetime) -> None:
        """Something was written here."""
        clock = Group.objects.unrestricted("a group's clock").filter(pk=self.pk, last_active_at__lt=at)
        clock.update(last_active_at=at)

    def get_absolute_url(self) -> str:
        return address_of("group", self.slug)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.shown_open = self.shown_to.is_open
        super().save(*args, **kwargs)

    def _tended_by(self, person: Person) -> None:
        if not may(person, Right.TEND, self):
            raise PermissionDenied(_("Only those who look after the group can do this."))

    def _keep_a_steward_beside(self, person: Person) -> None:
        others = Membership.objects.filter(audience=self.audience, person__is_active=True).exclude(person=person)
        if others.exists() and not others.filter(role=Role.STEWARD).exists():
            raise LastSteward(_("You are the only one who looks after this group. Ask somebody to take over first."))


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
        indexes = [models.Index(fields=["person"], condition=models.Q(answered_at=None), name="open_invitations")]  # the rule

    def __str__(self) -> str:
        return f"{self.person_id} to {self.group_id}"


def free_slug(name: str, *, is_secret: bool = False) -> str:
    """An address for a new group: its name, and a few letters more when that is taken.

    A group known to its members alone never takes a plain name: that would tell others that it exists.
    """
    base = slugify(name, allow_unicode=True)[:70] or "group"
    taken = is_secret or base in TAKEN or Group.objects.unrestricted("is the address taken").filter(slug=base).exists()
    return f"{base}-{secrets.token_hex(3)}" if taken else base


@prepared
def _membership(audience_id: int, person: Person) -> models.QuerySet[Membership]:
    return Membership.objects.filter(audience_id=audience_id, person=person)
