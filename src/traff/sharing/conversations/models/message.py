from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traff.ground.access.erasing import erase
from traff.ground.access.guard import Guarded, GuardedQuerySet
from traff.ground.access.models import Audience
from traff.ground.access.rights import Right, may
from traff.ground.accounts.models import Block, Person
from traff.ground.activity.models import unrecord
from traff.ground.activity.undo import is_over
from traff.ground.core.language import language_of
from traff.ground.core.markup import beginning, clean, to_markdown, to_text
from traff.ground.files.models import File
from traff.ground.search import findable
from traff.sharing.conversations.models.conversation import Conversation
from traff.sharing.conversations.models.part import Part
from traff.sharing.conversations.words import with_links


class Line(models.TextChoices):
    """What stands in a conversation: words, and quiet lines on what happened."""

    WORDS = "words", gettext_lazy("message")
    REASON = "reason", gettext_lazy("why one writes")
    MEETING = "meeting", gettext_lazy("proposal of a meeting")
    CHOSEN = "chosen", gettext_lazy("a time was chosen")
    CALLED_OFF = "called_off", gettext_lazy("the meeting was called off")
    LEFT = "left", gettext_lazy("somebody left")


class MessageQuerySet(GuardedQuerySet):
    def newest_first(self) -> "MessageQuerySet":
        return self.select_related("author").order_by("-id")

    def after(self, pk: int) -> "MessageQuerySet":
        return self.filter(pk__gt=pk)

    def before(self, pk: int) -> "MessageQuerySet":
        return self.filter(pk__lt=pk)


class Message(Guarded):
    """Something said. Its readers are the conversation's, without those whom it never reached."""

    follows = "conversation"
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="messages")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    line = models.CharField(max_length=10, choices=Line, default=Line.WORDS)
    body = models.TextField(blank=True)  # HTML of core.markup's allow-list; of a reason plain text
    path = models.CharField(max_length=300, blank=True)  # of a reason: where it leads on this site
    about = models.ForeignKey("self", models.CASCADE, null=True, related_name="+")  # of a quiet line: the proposal it answers
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)
    key = models.UUIDField(null=True)  # of the form it was sent with: sent twice it is one message
    unreached = ArrayField(models.IntegerField(), default=list)  # people parted from the author by a block when it was said

    objects: ClassVar[Any] = MessageQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        ordering = ["id"]
        verbose_name, verbose_name_plural = gettext_lazy("message"), gettext_lazy("messages")
        constraints = [models.UniqueConstraint(fields=["conversation", "author", "key"], name="one_message_a_form")]
        indexes = [models.Index(fields=["conversation", "-id"], name="message_in_conversation")]  # a conversation's page

    def __str__(self) -> str:
        return beginning(to_text(self.body))

    @staticmethod
    def clean_body(body: str) -> str:
        return with_links(clean(body))

    @classmethod
    def write(
        cls, conversation: Conversation, *, by: Person, html: str, key: UUID | None = None, files: Sequence[File] = ()
    ) -> "Message":
        """Words as `clean_body` gives them, with what hangs on them. Called by `Conversation.say`."""
        if not to_text(html) and "<img" not in html and not files:
            raise ValidationError({"body": _("There is nothing to read here yet.")})
        message = cls.put(cls(conversation=conversation, author=by, body=html, key=key))
        for file in files:
            file.attach(kind="message", subject=message, audience=message.heard_in, by=by)
        return message

    @classmethod
    @transaction.atomic
    def put(cls, message: "Message", *, moves_clock: bool = True) -> "Message":
        """Let it stand in its conversation, for all whom it reaches."""
        conversation, author = message.conversation, message.author
        conversation.lock()
        message.at = timezone.now()
        apart = set(Block.between(author))
        message.unreached = sorted(apart.intersection(conversation.people().values_list("pk", flat=True)))
        message.save()
        parts = Part.objects.filter(conversation=conversation, left_at=None)
        if moves_clock:
            parts.exclude(person__in=message.unreached).update(heard_at=message.at)
            parts.filter(person=author).update(read_at=message.at)
        findable.index("message", message)
        return message

    @transaction.atomic
    def withdraw(self, *, by: Person) -> None:
        """Take one's words back: nobody reads them any more, on no surface."""
        self.conversation.lock()
        if self.line not in {Line.WORDS, Line.MEETING} or not may(by, Right.WITHDRAW, self):
            raise PermissionDenied(_("Only the author can withdraw this."))
        self.withdrawn_at = timezone.now()
        self.save(update_fields=["withdrawn_at"])
        File.detach_all(kind="message", ids=[self.pk])
        findable.unindex("message", self)
        unrecord(kind="message", subject=self)
        self._quieten()

    @transaction.atomic
    def take_back(self, *, by: Person) -> str:
        """Undo the sending, within ten seconds: as if it had never been said. Gives its words, as Markdown, to write on from.

        Raises PermissionDenied, in words, when it is too late or somebody has answered.
        """
        self.conversation.lock()  # nobody answers in this very moment
        later = Message.objects.unrestricted("whether somebody answered").filter(
            conversation=self.conversation_id, pk__gt=self.pk
        )
        if self.line != Line.WORDS or self.author_id != by.pk or is_over(self.at):
            raise PermissionDenied(_("The ten seconds are over. You can still withdraw it."))
        if later.exclude(author=by).exists():
            raise PermissionDenied(_("Somebody has already answered. You can still withdraw it."))
        File.detach_all(kind="message", ids=[self.pk])
        findable.unindex("message", self)
        unrecord(kind="message", subject=self)
        self._quieten()
        erase(self)
        return to_markdown(self.body)

    def _quieten(self) -> None:
        """The clocks as they stood before it."""
        standing = Message.objects.unrestricted("its clock").filter(conversation=self.conversation_id, withdrawn_at=None)
        before = standing.exclude(line=Line.LEFT).before(self.pk).order_by("-id")
        for part in Part.objects.filter(conversation=self.conversation_id, heard_at=self.at):
            reached = before.exclude(unreached__contains=[part.person_id]).values_list("at", flat=True)
            Part.objects.filter(pk=part.pk).update(heard_at=reached.first())

    @classmethod
    def readable_q(cls, person: Any, prefix: str = "") -> models.Q:
        reached = ~models.Q(**{f"{prefix}unreached__contains": [getattr(person, "pk", None) or 0]})
        return super().readable_q(person, prefix) & models.Q(**{f"{prefix}withdrawn_at": None}) & reached

    @property
    def heard_in(self) -> Audience:
        """Whose search finds it: of what did not reach everybody, its author's alone."""
        return Audience.objects.private_to(self.author) if self.unreached else self.conversation.audience

    @property
    def language(self) -> str:
        return language_of(to_text(self.body), unsure="")

    def is_by(self, person: Person) -> bool:
        return self.author_id == person.pk

    @property
    def home_audience_id(self) -> int:
        return int(self.conversation.audience_id)

    def get_absolute_url(self) -> str:
        """Where it stands in its conversation."""
        return f"{self.conversation.get_absolute_url()}?before={self.pk + 1}#message-{self.pk}"
