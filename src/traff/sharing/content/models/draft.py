import uuid
from datetime import timedelta

from django.db import models
from django.utils import timezone

from traff.community.groups.models import Group
from traff.ground.accounts.models import Person
from traff.sharing.content.models.post import Kind, Post


class DraftQuerySet(models.QuerySet["Draft"]):
    def of(self, person: Person) -> "DraftQuerySet":
        """A draft is its author's only."""
        return self.filter(author=person)

    def stale(self) -> "DraftQuerySet":
        return self.filter(touched_at__lt=timezone.now() - Draft.KEPT)


class Draft(models.Model):
    """Kept as one types; private, never indexed, gone 90 days after the last touch."""

    KEPT = timedelta(days=90)
    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    author = models.ForeignKey(Person, models.CASCADE, related_name="drafts")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.UPDATE)
    reply_to = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="+")  # a half-written reply
    editing = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="+")  # a half-made edit
    made_from = models.ForeignKey(Post, models.SET_NULL, null=True, blank=True, related_name="+")
    group = models.ForeignKey(Group, models.SET_NULL, null=True, blank=True, related_name="+")
    fields = models.JSONField(default=dict)  # what stands in the form's fields, exactly as typed
    touched_at = models.DateTimeField(default=timezone.now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-touched_at"]
        indexes = [models.Index(fields=["author", "-touched_at"], name="draft_by_author")]  # "your drafts"

    def __str__(self) -> str:
        return str(self.fields.get("title") or self.kind)
