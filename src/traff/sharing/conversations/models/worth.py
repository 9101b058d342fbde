from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traff.ground.accounts.models import Person
from traff.sharing.conversations.models.meeting import Meeting


class WorthQuerySet(models.QuerySet["Worth"]):
    def of(self, person: Person) -> "WorthQuerySet":
        return self.filter(person=person)


class Worth(models.Model):
    """ "Was it worth the fifteen minutes?" One answer a person, private, asked once."""

    class Answer(models.TextChoices):
        YES = "yes", gettext_lazy("Yes")
        NO = "no", gettext_lazy("Not really")
        NOT_MET = "not_met", gettext_lazy("It did not happen")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="worths")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer)
    at = models.DateTimeField(default=timezone.now)

    objects = WorthQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="asked_once")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.answer}"

    @classmethod
    def tell(cls, meeting: Meeting, answer: str, *, by: Person) -> None:
        """The first answer stands. A private deed: nobody hears."""
        if by.pk not in meeting.people_ids() or answer not in cls.Answer.values:
            raise PermissionDenied(_("There is nothing to answer here."))
        cls.objects.get_or_create(meeting=meeting, person=by, defaults={"answer": answer})
