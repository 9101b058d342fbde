from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traff.ground.access.guard import Guarded, GuardedQuerySet
from traff.ground.access.models import Audience
from traff.ground.access.rights import Right, may
from traff.ground.accounts.models import Person
from traff.ground.activity.models import record
from traff.ground.core.language import language_of
from traff.ground.core.markup import beginning, clean, to_text
from traff.ground.files.models import File
from traff.ground.search import findable
from traff.sharing.content.models.post import Post


class ReplyQuerySet(GuardedQuerySet):
    def with_author(self) -> "ReplyQuerySet":
        return self.select_related("author")

    def before(self, reply: "Reply") -> "ReplyQuerySet":
        """What stands above it in its thread."""
        earlier = models.Q(published_at=reply.published_at, pk__lt=reply.pk)
        return self.filter(models.Q(published_at__lt=reply.published_at) | earlier)


class Reply(Guarded):
    """An answer is a reply. It has its post's readers."""

    follows = "post"
    post = models.ForeignKey(Post, models.CASCADE, related_name="replies")
    author = models.ForeignKey(Person, models.PROTECT, related_name="replies")
    body = models.TextField(_("text"))  # HTML of core.markup's allow-list
    language = models.CharField(max_length=2, blank=True)
    published_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = ReplyQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        ordering = ["published_at", "id"]
        verbose_name, verbose_name_plural = _("reply"), _("replies")
        indexes = [models.Index(fields=["post", "published_at"], name="reply_in_thread")]  # a thread's page

    def __str__(self) -> str:
        return beginning(to_text(self.body))

    @classmethod
    @transaction.atomic
    def write(cls, *, by: Person, post: Post, body: str) -> "Reply":
        """Answer in a thread one reads. Raises ValidationError when empty, PermissionDenied when it is not one's to read."""
        if not may(by, Right.REPLY, post):
            raise PermissionDenied(_("You cannot write here."))
        reply = cls(post=post, author=by, body=clean(body))
        reply.check_readable()
        reply.language = language_of(to_text(reply.body), unsure=post.language)
        reply.save()
        post.touch(reply.published_at)
        findable.index("reply", reply)
        record(actor=by, verb="reply.written", kind="reply", subject=reply, audience=post.audience, at=reply.published_at)
        return reply

    @transaction.atomic
    def edit(self, *, by: Person, body: str) -> None:
        if not may(by, Right.EDIT, self):
            raise PermissionDenied(_("Only the author can change this."))
        self.body, self.edited_at = clean(body), timezone.now()
        self.check_readable()
        self.save(update_fields=["body", "edited_at"])
        findable.index("reply", self)

    @transaction.atomic
    def withdraw(self, *, by: Person) -> None:
        if not may(by, Right.WITHDRAW, self):
            raise PermissionDenied(_("Only the author can withdraw this."))
        self.withdrawn_at = timezone.now()
        self.save(update_fields=["withdrawn_at"])
        self.post.forget_answer(self)
        File.detach_all(kind="reply", ids=[self.pk])
        findable.unindex("reply", self)
        record(actor=by, verb="reply.withdrawn", kind="reply", subject=self, audience=Audience.objects.private_to(by))

    def check_readable(self) -> None:
        if not to_text(self.body) and "<img" not in self.body:
            raise ValidationError({"body": _("There is nothing to read here yet.")})

    @classmethod
    def readable_q(cls, person: Any, prefix: str = "") -> models.Q:
        return super().readable_q(person, prefix) & models.Q(**{f"{prefix}withdrawn_at": None})

    def is_by(self, person: Person) -> bool:
        return self.author_id == person.pk

    @property
    def home_audience_id(self) -> int:
        """Whose stewards look after it."""
        return int(self.post.audience_id)

    def get_absolute_url(self) -> str:
        """Its thread, on the page where it stands."""
        return f"{self.post.get_absolute_url()}?reply={self.pk}#reply-{self.pk}"


class ReactionQuerySet(GuardedQuerySet):
    pass


class Reaction(Guarded):
    """A thank-you: one person, one post or reply."""

    class Kind(models.TextChoices):
        LIKE = "like", _("thanks")

    post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="reactions")
    reply = models.ForeignKey(Reply, models.CASCADE, null=True, blank=True, related_name="reactions")
    person = models.ForeignKey(Person, models.CASCADE, related_name="reactions")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.LIKE)
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = ReactionQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.CheckConstraint(condition=models.Q(post=None) ^ models.Q(reply=None), name="reaction_to_one_thing"),
            models.UniqueConstraint(fields=["post", "person"], name="one_reaction_a_post"),
            models.UniqueConstraint(fields=["reply", "person"], name="one_reaction_a_reply"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} thanks {self.post_id or self.reply_id}"

    @classmethod
    @transaction.atomic
    def give(cls, *, by: Person, to: Post | Reply) -> "Reaction":
        """Thank for a post or a reply; a second time changes nothing."""
        if not may(by, Right.REACT, to):
            raise PermissionDenied(_("You cannot react to this."))
        kind = "post" if isinstance(to, Post) else "reply"
        reaction, made = cls.objects.unrestricted("one's own").get_or_create(**{"person": by, kind: to})  # type: ignore[arg-type]
        if made:
            audience = to.audience if isinstance(to, Post) else to.post.audience
            record(actor=by, verb="reaction.given", kind=kind, subject=to, audience=audience)
        return reaction

    @classmethod
    def take_back(cls, *, by: Person, to: Post | Reply) -> None:
        kind = "post" if isinstance(to, Post) else "reply"
        cls.objects.unrestricted("one's own").filter(person=by, **{kind: to}).delete()

    @classmethod
    def readable_q(cls, person: Any, prefix: str = "") -> models.Q:
        return Post.readable_q(person, f"{prefix}post__") | Reply.readable_q(person, f"{prefix}reply__")
