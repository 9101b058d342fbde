"""A question without a name: no actor is stored, the key is with the asker only, and times are days.

What is kept of it: random ids, a hash of the key, the words, the day. Nothing here leads to a person: not a foreign key, not an
order of ids, not an Event. Its owner reads what was said from the next full hour
on, so that looking again and again tells not when.
docs/decisions/011-asked-without-a-name.md says what that hides, and from whom it does not.
"""

import secrets
import uuid
from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traff.ground.access.guard import Guarded, GuardedQuerySet
from traff.ground.access.rights import Right, may
from traff.ground.accounts.models import Person, hashed
from traff.ground.organisation.models import Seat
from traff.sharing.openings.models.opening import Opening

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read as another
FEW = 5  # people; "in another unit" is said only when as many are


class TooMany(ValueError):
    """An opening takes so many new questions a day, whoever asks."""


def today() -> Any:
    return timezone.localdate()


class AskQuerySet(GuardedQuerySet):
    def handed_over(self) -> "AskQuerySet":
        """What owners have handed to the administrators."""
        return self.filter(is_handed_over=True, is_closed=False)


class Ask(Guarded):
    """Read by the opening's owner alone; by its asker with the key; by administrators once the owner has handed it over."""

    MOST = 20  # new ones of one opening a day
    LONGEST = 1500

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    opening = models.ForeignKey(Opening, models.CASCADE, related_name="asks")
    handle = models.CharField(max_length=4)  # what the owner calls the asker by; random
    key_hash = models.CharField(max_length=64, unique=True)
    on = models.DateField(default=today)
    says_elsewhere = models.BooleanField(default=False)  # the asker chose to say: from another unit
    is_told = models.BooleanField(default=False)  # whether the owner has been told of it, and may read it
    is_closed = models.BooleanField(default=False)
    is_handed_over = models.BooleanField(default=False)
    stepped_forward = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")  # by the asker's own act, only

    objects: ClassVar[Any] = AskQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"

    def __str__(self) -> str:
        return f"Ask {self.handle}"

    @classmethod
    @transaction.atomic
    def ask(cls, *, by: Person, opening: Opening, text: str, says_elsewhere: bool = False) -> str:
        """Ask; gives the key, which nobody can give again. `by` is looked at for the right to ask, and then forgotten.

        Raises TooMany, ValidationError, and PermissionDenied when there is nobody to answer.
        """
        if not may(by, Right.READ, opening) or not opening.may_be_asked or opening.is_by(by):
            raise PermissionDenied(_("This cannot be asked about."))
        if cls.objects.unrestricted("a count of one day").filter(opening=opening, on=today()).count() >= cls.MOST:
            raise TooMany
        key, handle = secrets.token_urlsafe(18), "".join(secrets.choice(LETTERS) for _n in range(4))
        elsewhere = says_elsewhere and sits_elsewhere(by, opening)
        made = cls.objects.create(opening=opening, handle=handle, key_hash=hashed(key), says_elsewhere=elsewhere)
        made.write(text, is_answer=False)
        return key

    @classmethod
    def held_by(cls, key: str) -> "Ask | None":
        """The question of whoever holds this key."""
        held = cls.objects.unrestricted("whoever holds the key").filter(key_hash=hashed(key.strip()))
        found: Ask | None = held.select_related("opening__owner", "opening__audience").first()
        return found

    def go_on(self, text: str) -> None:
        """The asker says more; whoever holds the key does."""
        if self.is_closed:
            raise PermissionDenied(_("This question is closed."))
        self.write(text, is_answer=False)

    def answer(self, text: str, *, by: Person) -> None:
        """The opening's owner answers."""
        if not self.opening.is_by(by) or self.is_closed:
            raise PermissionDenied(_("Only the person who published the opening can answer."))
        self.write(text, is_answer=True)

    def hand_over(self, *, by: Person) -> None:
        """To the administrators, who read these words from now on, and can close it. Nobody can tell them who asked."""
        if not self.opening.is_by(by):
            raise PermissionDenied(_("Only the person who published the opening can hand this over."))
        self.is_handed_over = True
        self.save(update_fields=["is_handed_over"])

    def close(self, *, by: Person | None = None) -> None:
        """By its asker (`by` is None: the key was shown), the opening's owner, or an administrator it was handed to."""
        is_handed = self.is_handed_over and by is not None and may(by, Right.ADMINISTER, self)
        if by is not None and not self.opening.is_by(by) and not is_handed:
            raise PermissionDenied(_("You cannot close this."))
        self.is_closed = True
        self.save(update_fields=["is_closed"])

    def step_forward(self, *, by: Person) -> None:
        """The asker says who they are: whoever holds the key, and may read the opening."""
        if not may(by, Right.READ, self.opening) or self.opening.is_by(by):
            raise PermissionDenied(_("You cannot step forward here."))
        self.stepped_forward = by
        self.save(update_fields=["stepped_forward"])
        self.tell()

    def tell(self) -> None:
        """From now on the owner reads what has been said so far."""
        type(self).objects.unrestricted("told now").filter(pk=self.pk).update(is_told=True)
        AskLine.objects.unrestricted("told now").filter(ask=self).update(is_told=True)

    def write(self, text: str, *, is_answer: bool) -> None:
        if not (words := text.strip()[: self.LONGEST]):
            raise ValidationError(_("There is nothing to read here yet."))
        number = AskLine.objects.unrestricted("the next place").filter(ask=self).count()
        AskLine.objects.create(ask=self, text=words, is_answer=is_answer, is_told=is_answer, number=number)

    @classmethod
    def readable_q(cls, person: Any, prefix: str = "") -> models.Q:
        if getattr(person, "is_impersonated", False):
            return models.Q(**{f"{prefix}pk__in": []})
        owned = models.Q(**{f"{prefix}opening__owner_id": getattr(person, "pk", None) or 0, f"{prefix}is_told": True})
        return owned & Opening.readable_q(person, f"{prefix}opening__")


class AskLine(Guarded):
    """One turn of it. Whether the asker or the owner speaks is all that is known of who."""

    follows = "ask"
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ask = models.ForeignKey(Ask, models.CASCADE, related_name="lines")
    number = models.PositiveSmallIntegerField()
    is_answer = models.BooleanField()
    is_told = models.BooleanField(default=False)  # whether the opening's owner may read it; an answer is the owner's own
    text = models.TextField()  # plain
    on = models.DateField(default=today)

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["ask"], condition=models.Q(is_told=False), name="ask_not_told")]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.ask_id} {self.number}"

    @classmethod
    def said_in(cls, asks: Iterable[Ask], *, to_asker: bool = False) -> dict[uuid.UUID, list["AskLine"]]:
        """The turns of each of these, which whoever asks for them may read; to all but the asker those that have been told."""
        said: dict[uuid.UUID, list[AskLine]] = {ask.pk: [] for ask in asks}
        lines = cls.objects.unrestricted("of questions that were found for their reader").filter(ask__in=list(said))
        for line in lines if to_asker else lines.filter(is_told=True):
            said[line.ask_id].append(line)
        return said


def sits_elsewhere(person: Person, opening: Opening) -> bool:
    """Whether "in another unit" is true of the person, and of enough others to say nothing of who."""
    seat = Seat.objects.filter(person=opening.owner).first() if opening.owner else None
    mine = Seat.objects.filter(person=person).first()
    if not seat or not mine or not seat.unit_id or not mine.unit_id or seat.unit_id == mine.unit_id:
        return False
    others = Seat.objects.filter(person__is_active=True, unit__isnull=False).exclude(unit=seat.unit)
    return others.count() >= FEW
