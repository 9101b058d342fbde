from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traff.ground.access.guard import Guarded, GuardedQuerySet
from traff.ground.access.rights import Right, may
from traff.ground.accounts.models import Person
from traff.ground.activity.models import record
from traff.ground.core.markup import to_text
from traff.sharing.content.models.post import Kind, Post
from traff.sharing.content.models.reply import Reply


class Case(Guarded):
    """A piece of work others can build on. One field is required: what could others reuse?"""

    FIELDS = ("situation", "approach", "outcome", "reuse")
    follows = "post"
    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="case")
    situation = models.TextField(_("the situation"), blank=True)  # all four: HTML of core.markup's allow-list
    approach = models.TextField(_("what we tried"), blank=True)
    outcome = models.TextField(_("how it went"), blank=True)
    reuse = models.TextField(_("what others could reuse"))

    class Meta:
        base_manager_name = "objects"

    def __str__(self) -> str:
        return f"case {self.post_id}"

    @classmethod
    def make(cls, source: Post, *, by: Person) -> dict[str, str]:
        """ "Make this a case": what the composer starts from, out of a question, thread or article one reads.

        Gives title, situation, approach and reuse as HTML; nothing is stored or said to anybody yet.
        """
        if not may(by, Right.READ, source):
            raise PermissionDenied(_("You cannot read this."))
        accepted = source.question.accepted_reply_id if source.kind == Kind.QUESTION else None
        answer = Reply.objects.visible_to(by).filter(pk=accepted).first() if accepted else None
        told = answer.body if answer else ""
        return {
            "title": source.title or to_text(source.body)[:120],
            "situation": source.body,
            "approach": told,
            "outcome": "",
            "reuse": "",
        }

    def texts(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in self.FIELDS}


class ReuseQuerySet(GuardedQuerySet):
    def of_work_by(self, person: Person) -> "ReuseQuerySet":
        """What others have built on this person's work."""
        return self.filter(post__authorships__person=person).exclude(person=person)


class Reuse(Guarded):
    """ "I reuse this": the giver hears, and the trail stands on both."""

    follows = "post"
    post = models.ForeignKey(Post, models.CASCADE, related_name="reuses")
    person = models.ForeignKey(Person, models.CASCADE, related_name="reuses")
    note = models.TextField(_("what for"), blank=True, max_length=2000)  # plain text
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = ReuseQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        ordering = ["-at"]
        constraints = [models.UniqueConstraint(fields=["post", "person"], name="one_reuse_a_person")]

    def __str__(self) -> str:
        return f"{self.person_id} reuses {self.post_id}"

    @classmethod
    @transaction.atomic
    def tell(cls, *, by: Person, post: Post, note: str = "") -> "Reuse":
        """Say that one builds on this; again changes the note."""
        if not may(by, Right.REUSE, post):
            raise PermissionDenied(_("You cannot read this."))
        if post.is_by(by):
            raise PermissionDenied(_("This is your own work."))
        reuse, made = cls.objects.unrestricted("one's own").update_or_create(
            post=post, person=by, defaults={"note": note.strip()}
        )
        if made:
            record(actor=by, verb="case.reused", kind="post", subject=post, audience=post.audience)
        return reuse

    @classmethod
    def take_back(cls, *, by: Person, post: Post) -> None:
        cls.objects.unrestricted("one's own").filter(post=post, person=by).delete()

    def is_by(self, person: Person) -> bool:
        return self.person_id == person.pk
