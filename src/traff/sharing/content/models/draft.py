import uuid
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from traff.community.groups.models import Group
from traff.ground.accounts.models import Person
from traff.ground.core.markup import storable
from traff.sharing.content.models.post import Kind, Post
from traff.sharing.content.models.reply import Reply

LONGEST = 2_000_000  # characters of all fields together
Fields = dict[str, str | list[str]]


POINTERS = ("reply_to", "editing", "made_from", "sparked_by")  # posts that the fields name
HAND = "hand"  # the page that kept it: made anew with each page one writes on
MADE = "made_topics"  # what came into being by sending, until sending can no longer be taken back


class KeptElsewhere(Exception):
    """The draft holds other words than the page knows of."""

    def __init__(self, draft: "Draft") -> None:
        super().__init__(draft.key)
        self.draft = draft


class DraftQuerySet(models.QuerySet["Draft"]):
    def of(self, person: Person) -> "DraftQuerySet":
        """A draft is its author's only."""
        return self.filter(author=person)

    def waiting(self) -> "DraftQuerySet":
        """Not sent yet, and with something in it."""
        return self.filter(became_post=None, became_reply=None).exclude(fields={})

    def sent(self) -> "DraftQuerySet":
        return self.exclude(became_post=None, became_reply=None)

    def first_sendings(self) -> "DraftQuerySet":
        """Of those, what became something new; not the changes made to it later."""
        return self.sent().filter(editing=None, editing_reply=None)

    def stale(self) -> "DraftQuerySet":
        return self.filter(touched_at__lt=timezone.now() - Draft.KEPT)


class Draft(models.Model):
    """Kept as one types; private, never indexed, gone 90 days after the last touch.

    Its key is made with the form, so the same form sent twice is the same draft: what it became is remembered, and
    nothing is published twice.
    """

    KEPT = timedelta(days=90)
    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    author = models.ForeignKey(Person, models.CASCADE, related_name="drafts")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.UPDATE)
    reply_to = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="+")  # a half-written reply
    editing = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="+")  # a half-made edit
    editing_reply = models.ForeignKey(Reply, models.CASCADE, null=True, blank=True, related_name="+")  # the same, of a reply
    made_from = models.ForeignKey(Post, models.SET_NULL, null=True, blank=True, related_name="+")
    sparked_by = models.ForeignKey(Post, models.SET_NULL, null=True, blank=True, related_name="+")  # what gave the idea
    group = models.ForeignKey(Group, models.SET_NULL, null=True, blank=True, related_name="+")
    fields = models.JSONField(default=dict)  # what stands in the form's fields, exactly as typed
    touched_at = models.DateTimeField(default=timezone.now)
    became_post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="+")  # sent: what it became
    became_reply = models.ForeignKey(Reply, models.CASCADE, null=True, blank=True, related_name="+")

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-touched_at"]
        indexes = [models.Index(fields=["author", "-touched_at"], name="draft_by_author")]  # "your drafts"

    def __str__(self) -> str:
        return str(self.fields.get("title") or self.kind)

    @classmethod
    @transaction.atomic
    def keep(cls, *, key: uuid.UUID, by: Person, fields: Fields, base: str = "") -> "Draft":
        """What stands in the form, under the form's key. A sent draft stays as it is: late keeping brings nothing back.

        `base` is the version that the form started from. Raises KeptElsewhere when the draft has been changed since then by
        another hand (a page in another window or on another device), Draft.DoesNotExist when the key is another person's.
        """
        draft, _made = cls.objects.select_for_update().get_or_create(key=key, defaults={"author": by})
        if draft.author_id != by.pk:
            raise cls.DoesNotExist
        if base and draft.is_from_another_hand(base, fields):
            raise KeptElsewhere(draft)
        if not draft.is_sent:
            draft.fields, draft.touched_at = bounded(fields), timezone.now()
            draft._point(by)
            draft.save()
        return draft

    def _point(self, by: Person) -> None:
        """The things that the fields name, as far as the author may read them."""
        self.kind = str(self.fields.get("kind") if self.fields.get("kind") in Kind.values else Kind.UPDATE)
        named = {name: number(self.fields.get(name)) for name in (*POINTERS, "editing_reply")}
        posts = Post.objects.visible_to(by).in_bulk([pk for pk in named.values() if pk])
        for name in POINTERS:
            setattr(self, name, posts.get(named[name]))
        replies = Reply.objects.visible_to(by)
        self.editing_reply = replies.filter(pk=named["editing_reply"], author=by).first() if named["editing_reply"] else None
        slug = self.fields.get("audience")
        self.group = Group.objects.visible_to(by).joined_by(by).filter(slug=slug).first() if slug else None

    def sent_as(self, outcome: Post | Reply) -> None:
        """Published: the words stand there now, and are kept here only as long as sending can be taken back."""
        from traff.sharing.content.tasks import forget_sent_words

        self.became_post = outcome if isinstance(outcome, Post) else None
        self.became_reply = outcome if isinstance(outcome, Reply) else None
        self.touched_at = timezone.now()
        self.save(update_fields=["became_post", "became_reply", "touched_at", "fields"])
        forget_sent_words.configure(schedule_in={"seconds": 60}).defer(key=str(self.key))

    @transaction.atomic
    def take_back(self, *, by: Person) -> "Draft":
        """Undo the sending: the words return here, and it is as if they had never been sent.

        Raises PermissionDenied, with the reason in words, when it is too late (see `undoing`).
        """
        from traff.sharing.content.models import undoing

        sent = self._locked_outcome()
        if sent is None or self.author_id != by.pk or self.editing_id or self.editing_reply_id or not self.fields:
            raise PermissionDenied(_("The ten seconds are over. You can still edit it, or withdraw it."))
        made = [int(pk) for pk in self.fields.pop(MADE, [])]
        thread = sent.post if isinstance(sent, Reply) else None
        self.became_post = self.became_reply = None
        self.save(update_fields=["became_post", "became_reply", "fields"])
        if isinstance(sent, Post):
            Draft.objects.filter(reply_to=sent).update(reply_to=None)  # others' half-written answers stay theirs
        undoing.unsay(sent)
        undoing.forget_topics(made)
        if thread is not None:
            undoing.quieten(thread)
        return self

    def _locked_outcome(self) -> Post | Reply | None:
        """What it became; nobody answers it while it is being taken back."""
        if self.became_post_id:
            post = (
                Post.objects.unrestricted("one's own words").select_for_update().filter(pk=self.became_post_id, withdrawn_at=None)
            )
            return post.first()
        replies = Reply.objects.unrestricted("one's own words").select_for_update(of=("self",)).select_related("post")
        return replies.filter(pk=self.became_reply_id, withdrawn_at=None).first() if self.became_reply_id else None

    @property
    def version(self) -> str:
        """Which keeping this is."""
        return self.touched_at.isoformat()

    def is_from_another_hand(self, base: str, fields: Fields) -> bool:
        """Whether what is kept here has other words than these, and came from another page than the one that sends them."""
        same_hand = self.fields.get(HAND) == fields.get(HAND)
        known = not self.fields or same_hand or self.version == base
        return not known and _words(self.fields) != _words(bounded(fields))

    @property
    def is_sent(self) -> bool:
        return self.became_post_id is not None or self.became_reply_id is not None

    def outcome_url(self) -> str:
        """Where its words stand, once sent."""
        if self.became_post_id:
            return reverse("post", args=[self.became_post_id])
        return reverse("reply", args=[self.became_reply_id])

    def get_absolute_url(self) -> str:
        """Where one goes on writing."""
        if self.reply_to_id:
            return f"{reverse('post', args=[self.reply_to_id])}#reply"
        if self.editing_id:
            return reverse("post_edit", args=[self.editing_id])
        if self.editing_reply_id:
            return reverse("reply_edit", args=[self.editing_reply_id])
        return f"{reverse('write')}?draft={self.key}"


def number(value: Any) -> int | None:
    """An id as it stands in a form's field."""
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _words(fields: Fields) -> Fields:
    return {name: value for name, value in fields.items() if value and name not in {HAND, MADE, "kind"}}


def bounded(fields: Fields) -> Fields:
    """What may be kept: names and words of a form, not a warehouse. The rest is cut off at the end."""
    room, kept = LONGEST, Fields()
    for name, value in list(fields.items())[:200]:
        words = [storable(word)[:room] for word in (value if isinstance(value, list) else [value])]
        kept[name[:40]] = words if isinstance(value, list) else words[0]
        room -= sum(map(len, words))
    return kept
