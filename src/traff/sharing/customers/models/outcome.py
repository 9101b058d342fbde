"""Did it help? Asked once, two weeks after; answered whenever one likes."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

AFTER = timedelta(days=14)


class Helped(models.TextChoices):
    YES = "yes", _("Yes")
    SOME = "some", _("A little")
    NO = "no", _("No")


class Outcome(models.Model):
    """What one says afterwards. Shown to whoever asked, and to nobody as a score of anybody."""

    helped = models.CharField(_("did it help?"), max_length=4, choices=Helped, blank=True)
    helped_asked_at = models.DateTimeField(null=True, blank=True)  # the one question has been put

    class Meta:
        abstract = True

    def tell_outcome(self, helped: str) -> None:
        """A private answer: nobody hears. Raises ValueError for what is no answer."""
        self.helped = Helped(helped).value
        self.save(update_fields=["helped"])

    def ask_outcome(self) -> bool:
        """Put the question, once. False when it has been put or answered."""
        waiting = type(self).objects.unrestricted("the one question").filter(pk=self.pk, helped="", helped_asked_at=None)  # type: ignore[attr-defined]
        return bool(waiting.update(helped_asked_at=timezone.now()))

    @classmethod
    def overdue(cls, since: str) -> models.QuerySet[Self]:
        """Those begun (field `since`) two weeks ago and never asked of; for the nightly round."""
        everything = cls.objects.unrestricted("whom to ask whether it helped")  # type: ignore[attr-defined]
        found: models.QuerySet[Self] = everything.filter(
            helped="", helped_asked_at=None, **{f"{since}__lt": timezone.now() - AFTER}
        )
        return found
