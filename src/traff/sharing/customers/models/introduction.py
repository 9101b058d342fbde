"""Asking a colleague about a customer, one person at a time.

Who said "ask me first", and everybody who is asked without their name, accepts before anything passes on. Declining is silent:
to the asker it looks like waiting, and after two weeks like no answer.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traff.ground.access.guard import Guarded, GuardedQuerySet
from traff.ground.access.models import Audience
from traff.ground.accounts.models import Block, Person
from traff.ground.activity.models import record
from traff.sharing.customers.models.acquaintance import Acquaintance
from traff.sharing.customers.models.customer import Customer, Project, Registered, about_q
from traff.sharing.customers.models.outcome import Outcome
from traff.sharing.customers.models.talking import Talk

LIVES = timedelta(days=14)  # a request that nobody answers runs out
AWAY = timedelta(days=180)  # before the same two are brought together about the same customer again
WEEK = timedelta(days=7)
MOST_A_WEEK = 3  # requests to one person


class CannotAsk(ValueError):
    """Nobody who could be asked, just now. Says nothing of why."""


class IntroductionQuerySet(GuardedQuerySet):
    def about_any(self, subjects: Sequence[Registered]) -> "IntroductionQuerySet":
        return self.filter(about_q(subjects))

    def asked_by(self, person: Person) -> "IntroductionQuerySet":
        return self.filter(asker=person)

    def waiting_for(self, person: Person, since: datetime | None = None) -> "IntroductionQuerySet":
        """What this person could answer now: nothing of somebody parted from them, and nothing for who is signed in as them."""
        if person.is_impersonated:
            return self.none()
        parted = Block.objects.parting(person, models.OuterRef("asker"))
        waiting = self.filter(receiver=person, accepted_at=None, declined_at=None, asked_at__gt=since or timezone.now() - LIVES)
        return waiting.filter(~models.Exists(parted), asker__is_active=True)

    def with_people(self) -> "IntroductionQuerySet":
        return self.select_related("asker", "receiver", "customer", "project")

    def newest_first(self) -> "IntroductionQuerySet":
        return self.order_by("-asked_at", "-pk")


class Introduction(Outcome, Talk, Guarded):
    REASON = 1000
    asker = models.ForeignKey(Person, models.CASCADE, related_name="introductions_asked")
    receiver = models.ForeignKey(Person, models.CASCADE, related_name="introductions_received")
    customer = models.ForeignKey(Customer, models.CASCADE, null=True, blank=True, related_name="introductions")
    project = models.ForeignKey(Project, models.CASCADE, null=True, blank=True, related_name="introductions")
    reason = models.TextField(_("what do you want to know?"), max_length=REASON)  # plain
    is_unnamed = models.BooleanField(default=False)  # asked through Träff: no name before they accept
    asked_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)  # seen by whoever declined alone

    objects: ClassVar[Any] = IntroductionQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name, verbose_name_plural = _("introduction"), _("introductions")
        indexes = [
            models.Index(fields=["receiver", "-asked_at"], name="introduction_of_week"),  # how often somebody was asked
            models.Index(fields=["asker", "-asked_at"], name="introduction_by_asker"),
        ]

    def __str__(self) -> str:
        return f"{self.asker_id} → {self.receiver_id}"

    @classmethod
    @transaction.atomic
    def ask(cls, *, by: Person, receiver: Person | None, subject: Registered, reason: str) -> "Introduction":
        """Ask one person by name, or (nobody named) somebody through Träff.

        Raises PermissionDenied for a subject one may not know of, CannotAsk when nobody can be asked just now.
        """
        from traff.sharing.customers.whom import asked_next

        if by.is_guest or by.is_impersonated or subject.seen_by(by) is None:
            raise PermissionDenied(_("You cannot read this."))
        known = asked_next(by, subject, receiver)
        if known is None:
            raise CannotAsk(_("Nobody can be asked just now. Try again in a few days."))
        Person.objects.select_for_update().get(pk=known.person.pk)  # the cap holds for two who ask at once
        if not reachable_now([known.person.pk]):
            raise CannotAsk(_("Nobody can be asked just now. Try again in a few days."))
        asked = cls(asker=by, receiver=known.person, reason=reason.strip()[: cls.REASON], is_unnamed=not known.is_named)
        setattr(asked, subject.kind, subject)
        asked.save()
        if known.is_named and not known.asks_first:
            asked._join()
        elif not known.is_parted:  # else it reaches nobody, and looks as if nobody answered
            private = Audience.objects.private_to(known.person)
            record(actor=by, verb="introduction.asked", kind="introduction", subject=asked, audience=private)
        return asked

    @transaction.atomic
    def accept(self, *, by: Person) -> None:
        """Yes: one conversation, with the reason. Raises PermissionDenied for others, and when it has run out."""
        waits = Introduction.objects.unrestricted("one's own").waiting_for(by).filter(pk=self.pk).exists()
        if not waits or self.subject.seen_by(self.asker) is None:  # a wall may have come between
            raise PermissionDenied(_("This request is no longer open."))
        self._join()
        private = Audience.objects.private_to(self.asker)
        record(actor=by, verb="introduction.accepted", kind="introduction", subject=self, audience=private)

    def decline(self, *, by: Person) -> None:
        """No, thank you: nobody is told, and it costs nothing."""
        waiting = Introduction.objects.unrestricted("one's own").waiting_for(by)
        waiting.filter(pk=self.pk).update(declined_at=timezone.now())

    @classmethod
    def readable_q(cls, person: Any, prefix: str = "") -> models.Q:
        """Who asked and who was asked, while both may know of what it is about."""
        known = Acquaintance.known_q(person, prefix)
        if getattr(person, "is_impersonated", False):
            return models.Q(**{f"{prefix}pk__in": []})
        if not getattr(person, "pk", None):
            return known
        return known & (models.Q(**{f"{prefix}asker": person}) | models.Q(**{f"{prefix}receiver": person}))

    @property
    def subject(self) -> Registered:
        return self.customer or self.project  # type: ignore[return-value]

    @property
    def shown_receiver(self) -> Person | None:
        """Whom the asker sees; None while somebody asked through Träff has not accepted."""
        return None if self.is_unnamed and not self.accepted_at else self.receiver

    @property
    def has_run_out(self) -> bool:
        """Seen from the asker: declined and unanswered are the same."""
        return self.accepted_at is None and self.asked_at <= timezone.now() - LIVES

    def _join(self) -> None:
        self.accepted_at = timezone.now()
        path = self.subject.get_absolute_url()
        self.begin_talk(self.asker, self.receiver, reason=str(self.subject), path=path, words=self.reason)


def reachable_now(people: list[int]) -> set[int]:
    """Those of them who have not been asked as often as one may be in a week."""
    asked = Introduction.objects.unrestricted("how often somebody was asked").filter(
        receiver__in=people, asked_at__gt=timezone.now() - WEEK
    )
    often = asked.values("receiver").annotate(n=models.Count("pk")).filter(n__gte=MOST_A_WEEK)
    return set(people) - set(often.values_list("receiver", flat=True))
