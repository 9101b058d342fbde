"""What the heart keeps: ties between people, what it offers to whom, and what they said of it."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traff.ground.access.guard import Guarded, GuardedQuerySet
from traff.ground.accounts.models import Moment, Person
from traff.ground.search.models import Entry
from traff.heart.matching.exploring import Arm
from traff.heart.matching.exposure import Exposure
from traff.heart.matching.interest import Distance, Lean, Leaning, Said
from traff.heart.matching.listening import Listening
from traff.heart.matching.quiet import QuietRequest
from traff.heart.matching.weights import Weights

__all__ = [
    "Answer", "Apart", "Distance", "Exposure", "Lean", "Leaning", "Listening", "Looked", "QuietRequest", "Said", "Suggestion",
    "SuggestionQuerySet", "Tie", "Unwanted", "Weights",
]  # fmt: skip


class Tie(models.Model):
    """Two people who have written in the same open thread. Kept both ways, from open content alone."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, models.CASCADE, related_name="+")
    threads = models.IntegerField(default=1)
    last_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "other"], name="one_tie_a_pair")]
        indexes = [models.Index(fields=["person", "-threads", "-last_at"], name="tie_nearest")]  # a person's near ones

    def __str__(self) -> str:
        return f"{self.person_id} – {self.other_id}: {self.threads}"


class Answer(models.TextChoices):
    """What its receiver said of a suggestion."""

    USEFUL = "useful", _("useful")
    NOT_NOW = "not_now", _("not now")
    WRONG_TOPIC = "wrong_topic", _("wrong topic")
    KNOWN = "i_know_them", _("I know them")
    HIDE = "hide", _("hide")


class SuggestionQuerySet(GuardedQuerySet):
    def standing(self, now: datetime) -> "SuggestionQuerySet":
        """Not answered, and not put off until later."""
        return self.filter(answer="").filter(models.Q(put_off_until=None) | models.Q(put_off_until__lt=now))

    def of(self, moment: str) -> "SuggestionQuerySet":
        return self.filter(moment=moment)


class Suggestion(Guarded):
    """One of the moments, offered to one person with its reason. Read joined with its entry: what vanishes takes it along."""

    AWAY = timedelta(days=180)  # a dismissed pair stays away
    LATER = timedelta(days=14)
    TELLING = 3  # reasons that "wrong topic" is said of
    receiver = models.ForeignKey(Person, models.CASCADE, related_name="+")
    moment = models.CharField(max_length=10, choices=Moment)
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")  # the work or post that is offered
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")  # the colleague behind it
    about = models.ForeignKey(Entry, models.CASCADE, null=True, related_name="+")  # one's own question that listens
    listening = models.ForeignKey(Listening, models.CASCADE, null=True, related_name="heard")  # one's own words or draft
    score = models.FloatField()
    arm = models.CharField(max_length=10, choices=Arm, default=Arm.RANKED)  # why it stands in its slot
    propensity = models.FloatField(default=1.0)  # how likely its slot was to show it
    rel_score = models.FloatField(null=True)  # what its relevance was made of (`Related.features`)
    rel_coverage = models.FloatField(null=True)
    reasons = models.JSONField(default=list)  # words, the largest terms of the score first
    made_at = models.DateTimeField(default=timezone.now)
    shown_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=12, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)
    put_off_until = models.DateTimeField(null=True)

    objects: ClassVar[Any] = SuggestionQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["receiver", "moment", "entry"], name="offered_once")]
        indexes = [models.Index(fields=["receiver", "moment", "answer", "-score"], name="suggestion_for")]  # home

    def __str__(self) -> str:
        return f"{self.moment} for {self.receiver_id}: entry {self.entry_id}"

    def is_shown_today(self) -> bool:
        return self.shown_at is not None and timezone.localdate(self.shown_at) == timezone.localdate()

    @transaction.atomic
    def take(self, answer: str) -> None:
        """Keep what its receiver said, and act on it at once. A private deed: nobody hears."""
        self.answer, self.answered_at = answer, timezone.now()
        if answer == Answer.NOT_NOW:
            self.answer, self.put_off_until = "", timezone.now() + self.LATER
        elif answer in {Answer.KNOWN, Answer.HIDE}:
            Apart.objects.update_or_create(
                person=self.receiver, other=self.person, defaults={"knows": answer == Answer.KNOWN, "since": timezone.now()}
            )
        elif answer == Answer.WRONG_TOPIC:
            for word in self.reasons[: self.TELLING]:
                Unwanted.objects.get_or_create(person=self.receiver, word=word[:80])
        self.save(update_fields=["answer", "answered_at", "put_off_until"])

    @classmethod
    def readable_q(cls, person: Any, prefix: str = "") -> models.Q:
        mine = models.Q(**{f"{prefix}receiver_id": getattr(person, "pk", None)})
        about = models.Q(**{f"{prefix}about": None}) | Entry.readable_q(person, f"{prefix}about__")
        return mine & about & Entry.readable_q(person, f"{prefix}entry__")


class Apart(models.Model):
    """ "I know them already" (a tie, not a dislike) or "hide this person": not suggested to each other for a while."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, models.CASCADE, related_name="+")
    knows = models.BooleanField(default=False)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "other"], name="one_apart_a_pair")]

    def __str__(self) -> str:
        return f"{self.person_id} | {self.other_id}"


class Unwanted(models.Model):
    """ "Wrong topic": a word that is no reason for this person."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    word = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "word"], name="unwanted_once")]

    def __str__(self) -> str:
        return f"{self.person_id}: not {self.word}"


class Looked(models.Model):
    """When Träff last looked for something for this person."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person_id} at {self.at:%Y-%m-%d %H:%M}"
