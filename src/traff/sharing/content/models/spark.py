from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traff.ground.access.guard import Guarded
from traff.ground.access.models import Audience
from traff.ground.access.rights import Right, may
from traff.ground.accounts.models import Person
from traff.ground.activity.models import record
from traff.sharing.content.models.post import Post


class Spark(Guarded):
    """ "This gave me an idea": from somebody's post to one's own. The trail stands on both, for who may read both."""

    source = models.ForeignKey(Post, models.CASCADE, related_name="sparks")
    post = models.ForeignKey(Post, models.CASCADE, related_name="sparked_by")  # the idea or note it led to
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        base_manager_name = "objects"
        ordering = ["-at"]
        constraints = [models.UniqueConstraint(fields=["source", "post"], name="one_spark_a_pair")]

    def __str__(self) -> str:
        return f"{self.source_id} sparked {self.post_id}"

    @classmethod
    @transaction.atomic
    def light(cls, *, by: Person, source: Post, post: Post) -> "Spark":
        """Told in the verb that publishes `post`: its source's authors hear, where they may read it."""
        if not may(by, Right.READ, source):
            raise PermissionDenied(_("You cannot read this."))
        spark, made = cls.objects.unrestricted("told with its post").get_or_create(
            source=source, post=post, defaults={"person": by, "at": post.published_at}
        )
        if made:
            audience = both_read(source, post) or Audience.objects.private_to(by)
            record(actor=by, verb="spark.lit", kind="post", subject=post, audience=audience, at=spark.at)
        return spark

    @classmethod
    def readable_q(cls, person: Any, prefix: str = "") -> models.Q:
        """Whoever may read both posts; one that is withdrawn takes the trail along."""
        return Post.readable_q(person, f"{prefix}source__") & Post.readable_q(person, f"{prefix}post__")


def both_read(one: Post, other: Post) -> Audience | None:
    """An audience of none but people who read both: the closed one of the two. None for two different closed circles."""
    if other.audience_id == one.audience_id or one.is_open:
        return other.audience
    return one.audience if other.is_open else None
