"""Keep listening: words that found nothing, and drafts of one's own, that wait to hear of something. One's own business.

Beside the words stand the numbers of their heaviest terms, so that a new post finds who waits for it in one look-up, however
many wait. The words themselves are asked with once more, with the listener's own eyes, before anything is told.
"""

from datetime import timedelta
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from traff.ground.accounts.models import Person
from traff.ground.core.function_words import FUNCTION_WORDS
from traff.ground.search.asking import question
from traff.ground.search.models import Entry
from traff.sharing.content.models import Draft

HEAVIEST = 12  # terms kept of what listens
LONGEST, LONGEST_WORD = 300, 60  # characters
DRAFTS = timedelta(days=30)  # after the last touch


class ListeningQuerySet(models.QuerySet["Listening"]):
    def of(self, person: Person) -> "ListeningQuerySet":
        """One's own alone: nobody else has any business with it."""
        return self.filter(person=person)


class Listening(models.Model):
    """What one listens for: words, a draft; or one's own post, here only when it was told to stop."""

    MOST = 20  # words a person
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    words = models.CharField(max_length=LONGEST, blank=True)
    draft = models.ForeignKey(Draft, models.CASCADE, null=True, related_name="+")
    about = models.ForeignKey(Entry, models.CASCADE, null=True, related_name="+")
    terms = ArrayField(models.IntegerField(), default=list)  # numbers of its heaviest terms
    since = models.DateTimeField(default=timezone.now)  # when it began, or when its terms were last read from the draft
    told_at = models.DateTimeField(null=True)  # words: when something was found and told; they rest while it stands
    stopped_at = models.DateTimeField(null=True)  # a draft or a post that is not to listen; words are taken away instead

    objects = ListeningQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-since", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "words"], condition=~Q(words=""), name="listens_once_for_words"),
            models.UniqueConstraint(fields=["draft"], name="listens_once_for_draft"),
            models.UniqueConstraint(fields=["person", "about"], name="listens_once_for_post"),
        ]
        indexes = [
            GinIndex(fields=["terms"], condition=Q(stopped_at=None), name="listening_by_term")  # who waits for a new post
        ]

    def __str__(self) -> str:
        return f"listening of {self.person_id}"  # never the words: this is what logs would show

    @classmethod
    @transaction.atomic
    def start(cls, *, by: Person, words: str) -> "Listening":
        """Wait for somebody to write about it; words that rest listen again. A private deed: nobody hears.

        Raises ValidationError for words that can hear nothing and with too many waiting, PermissionDenied for guests.
        """
        words = " ".join(words.split())
        if by.is_guest or not by.is_active:
            raise PermissionDenied(_("Only colleagues can listen."))
        if not words:
            raise ValidationError(_("Say in a few words what you want to hear of."))
        if len(words) > LONGEST or any(len(word) > LONGEST_WORD for word in words.split()):
            raise ValidationError(_("Nobody writes of it at such length. Say it in a few words that a colleague would use."))
        if not can_hear(words):
            raise ValidationError(_("These words stand everywhere. Add one that says what it is about, so that it can be heard."))
        mine = cls.objects.of(by).exclude(words="")
        if not mine.filter(words=words).exists() and mine.count() >= cls.MOST:
            raise ValidationError(_("You listen for %(most)d things already. Stop one of them first.") % {"most": cls.MOST})
        row = mine.filter(words=words).first() or cls(person=by, words=words)
        row.listen_again()
        return row

    @transaction.atomic
    def stop(self) -> None:
        """No more. Words are forgotten; a draft or a post keeps a mark that it is not to listen."""
        if self.words:
            self.delete()
        else:
            self.stopped_at, self.terms = timezone.now(), []
            self.save(update_fields=["stopped_at", "terms"])

    def listen_again(self) -> None:
        """What rests or was stopped listens on; what it heard before is not told again. Nobody hears."""
        self.told_at = self.stopped_at = None
        self.since = timezone.now()
        self.terms = [] if self.about_id else terms_of(*said_in(self))
        self.save()
        self.heard.unrestricted("one's own").update(listening=None)

    @classmethod
    def stop_post(cls, *, by: Person, about: Entry) -> None:
        """One's own question or update no longer listens."""
        cls.objects.update_or_create(person=by, about=about, defaults={"stopped_at": timezone.now()})

    @property
    def is_listening(self) -> bool:
        """Neither stopped, nor a draft that was sent or lay too long."""
        if self.stopped_at is not None:
            return False
        return self.draft is None or (not self.draft.is_sent and self.draft.touched_at > timezone.now() - DRAFTS)


def stopped_posts(person: Person) -> models.QuerySet[Any, Any]:
    """The entries of one's own that were told to stop."""
    return Listening.objects.of(person).filter(about__isnull=False).exclude(stopped_at=None).values("about_id")


def can_hear(words: str) -> bool:
    """Whether there is any word but those of closed classes, which stand in every text."""
    return any(term.surface.lower() not in FUNCTION_WORDS for term in question("", words).terms)


def terms_of(title: str, text: str) -> list[int]:
    """Numbers of the heaviest terms, the heaviest first."""
    return [term.id for term in question(title, text, keep=HEAVIEST).terms]


def said_in(listening: Listening) -> tuple[str, str]:
    """Title and text of what listens, as matching asks with them."""
    from traff.sharing.content.waiting import words_of

    if listening.draft is None:
        return "", listening.words
    title = str(listening.draft.fields.get("title") or "").strip()
    return title, words_of(listening.draft).removeprefix(title).strip()
