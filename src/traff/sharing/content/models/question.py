from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from traff.ground.access.guard import Guarded
from traff.ground.access.rights import Right, may
from traff.ground.accounts.models import Person
from traff.ground.activity.models import record
from traff.sharing.content.models.post import Post
from traff.sharing.content.models.reply import Reply


class Question(Guarded):
    """What a question has besides its words: the answer that solved it."""

    follows = "post"
    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="question")
    accepted_reply = models.ForeignKey(Reply, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        base_manager_name = "objects"

    def __str__(self) -> str:
        return f"question {self.post_id}"

    @transaction.atomic
    def accept(self, reply: Reply, *, by: Person) -> None:
        """ "This solved it": said by who asked; choosing another moves it."""
        if reply.post_id != self.post_id or reply.withdrawn_at or not may(by, Right.ACCEPT, self.post):
            raise PermissionDenied(_("Only the person who asked can say which answer solved it."))
        self.accepted_reply = reply
        self.save(update_fields=["accepted_reply"])
        record(actor=by, verb="answer.accepted", kind="reply", subject=reply, audience=self.post.audience)

    @transaction.atomic
    def unaccept(self, *, by: Person) -> None:
        if not may(by, Right.ACCEPT, self.post):
            raise PermissionDenied(_("Only the person who asked can say which answer solved it."))
        self.accepted_reply = None
        self.save(update_fields=["accepted_reply"])
