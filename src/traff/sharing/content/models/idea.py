from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from traff.ground.access.guard import Guarded
from traff.ground.access.rights import Right, may
from traff.ground.accounts.models import Person
from traff.ground.activity.models import record
from traff.ground.core.markup import clean, to_text
from traff.ground.search import findable
from traff.sharing.content.models.post import Post


class Stage(models.TextChoices):
    """How far an idea has come."""

    NEW = "new", pgettext_lazy("stage", "New")
    TAKEN = "taken", pgettext_lazy("stage", "Taken on")
    TRIED = "tried", pgettext_lazy("stage", "Being tried")
    RESULT = "result", pgettext_lazy("stage", "Result")
    PARKED = "parked", pgettext_lazy("stage", "Parked")


class Idea(Guarded):
    """What an idea has besides its words: who took it on, how far it has come, how it went."""

    follows = "post"
    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="idea")
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.NEW)
    taken_on_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    result = models.TextField(_("how it went"), blank=True)  # HTML of core.markup's allow-list
    duplicate_of = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="duplicates")  # an original

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["stage"], name="idea_in_stage")]  # the list of ideas

    def __str__(self) -> str:
        return f"idea {self.post_id}"

    @transaction.atomic
    def take_on(self, *, by: Person) -> None:
        """ "I’ll take this on": somebody says that they will try it. The author and who voted hear."""
        idea = self._locked()
        if not may(by, Right.TAKE_ON, self) or by.is_guest:
            raise PermissionDenied(_("You cannot take this on."))
        if idea.taken_on_by_id and idea.stage != Stage.PARKED:
            raise PermissionDenied(_("Somebody has taken it on already."))
        self.taken_on_by, self.stage = by, Stage.TAKEN
        self.save(update_fields=["taken_on_by", "stage"])
        self._step(by, "")
        record(actor=by, verb="idea.taken_on", kind="post", subject=self.post, audience=self.post.audience)

    @transaction.atomic
    def move(self, stage: str, *, by: Person, note: str = "", result: str = "") -> None:
        """Say how far it has come. Back to new, it is let go of; a result says how it went (`result`, HTML of any origin).

        Raises ValidationError for a result without words, PermissionDenied for whom it does not concern.
        """
        if not may(by, Right.MOVE, self):
            raise PermissionDenied(_("Only the person who wrote it or took it on can say how far it has come."))
        if stage == Stage.RESULT and not to_text(clean(result)):
            raise ValidationError({"result": _("How did it go? A sentence is enough.")})
        self.stage = Stage(stage)
        if stage == Stage.NEW:
            self.taken_on_by = None
        elif stage == Stage.TAKEN and self.taken_on_by is None:
            self.taken_on_by = by
        if stage == Stage.RESULT:
            self.result = clean(result)
        self.save(update_fields=["stage", "taken_on_by", "result"])
        self._step(by, note)
        findable.index("post", self.post)
        record(actor=by, verb="idea.moved", kind="post", subject=self.post, audience=self.post.audience)

    def _locked(self) -> "Idea":
        """As it stands now; nobody else takes it on meanwhile."""
        found: Idea = Idea.objects.unrestricted("a verb on it").select_for_update(of=("self",)).get(pk=self.pk)
        return found

    def _step(self, by: Person, note: str) -> None:
        IdeaStep.objects.create(idea=self, stage=self.stage, by=by, note=note.strip()[:2000])
        self.post.touch(timezone.now())

    @transaction.atomic
    def mark_duplicate(self, of: "Idea", *, by: Person) -> None:
        """The same idea stands already: readers are led there, and votes are counted once. `of` itself is never a duplicate."""
        readable = Idea.objects.visible_to(by)
        original = readable.filter(pk=of.duplicate_of_id or of.pk).first() or readable.filter(pk=of.pk).first()
        if not may(by, Right.MOVE, self) or original is None:
            raise PermissionDenied(_("Only the person who wrote it or took it on can say that it is another's twin."))
        if original.pk == self.pk:
            raise ValidationError(_("An idea is not its own twin: choose another."))
        self.duplicate_of = original
        self.save(update_fields=["duplicate_of"])
        Idea.objects.unrestricted("they follow to the original").filter(duplicate_of=self).update(duplicate_of=original)

    @transaction.atomic
    def unmark_duplicate(self, *, by: Person) -> None:
        if not may(by, Right.MOVE, self):
            raise PermissionDenied(_("Only the person who wrote it or took it on can say that it is another's twin."))
        self.duplicate_of = None
        self.save(update_fields=["duplicate_of"])

    def is_by(self, person: Person) -> bool:
        """Whose it is to say how far it has come: who wrote it, and who took it on."""
        return self.taken_on_by_id == person.pk or self.post.is_by(person)

    @property
    def home_audience_id(self) -> int:
        """Whose stewards look after it."""
        return int(self.post.audience_id)


class IdeaStep(Guarded):
    """One step of an idea's way, with what was said of it then."""

    follows = "idea"
    idea = models.ForeignKey(Idea, models.CASCADE, related_name="steps")
    stage = models.CharField(max_length=10, choices=Stage)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    note = models.TextField(blank=True, max_length=2000)  # plain text
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        base_manager_name = "objects"
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.idea_id} {self.stage}"


class Vote(Guarded):
    """ "I would like to see this": private, told to nobody; only how many there are is shown."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="votes")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["idea", "person"], name="one_vote_an_idea")]

    def __str__(self) -> str:
        return f"vote on {self.idea_id}"

    @classmethod
    def give(cls, *, by: Person, idea: Idea) -> None:
        """A private deed: it leaves no Event. A second time changes nothing."""
        if not may(by, Right.REACT, idea):
            raise PermissionDenied(_("You cannot react to this."))
        cls.objects.unrestricted("one's own").get_or_create(person=by, idea=idea)

    @classmethod
    def take_back(cls, *, by: Person, idea: Idea) -> None:
        cls.objects.unrestricted("one's own").filter(person=by, idea=idea).delete()

    @classmethod
    def readable_q(cls, person: Any, prefix: str = "") -> models.Q:
        """One's own alone."""
        return models.Q(**{f"{prefix}person": getattr(person, "pk", None)}) & Idea.readable_q(person, f"{prefix}idea__")
