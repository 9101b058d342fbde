"""What somebody wishes for, in their own words; read by its writer alone, and used for nothing but reaching them."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from traff.community.topics.models import Topic
from traff.ground.accounts.models import Person
from traff.ground.organisation.models import Place
from traff.sharing.openings.models.opening import Extent, Opening
from traff.sharing.openings.models.own import Own


class Wish(Own):
    """Every part that was stated must fit; a part that was not stated fits everything."""

    MOST = 10  # of one person

    words = models.CharField(_("words"), max_length=100, blank=True)  # each stands in the opening, or in a topic's name
    extents = ArrayField(models.CharField(max_length=8, choices=Extent), verbose_name=_("how much"), default=list, blank=True)
    place = models.ForeignKey(Place, models.CASCADE, null=True, blank=True, related_name="+")
    is_remote = models.BooleanField(_("can be done from anywhere"), default=False)  # beside a place: either will do
    topic = models.ForeignKey(Topic, models.CASCADE, null=True, blank=True, related_name="+")
    in_mail = models.BooleanField(default=False)  # mail leaves Träff, and others can read it: only who ticks it gets it there

    PARTS: ClassVar[tuple[str, ...]] = ("words", "extents", "place", "is_remote", "topic")

    class Meta(Own.Meta):
        indexes = [models.Index(fields=["person"], name="wishes_of_person")]

    def __str__(self) -> str:
        return f"Wish {self.pk}"  # says nothing of what: it may stand in a trace

    @classmethod
    @transaction.atomic
    def state(cls, *, by: Person, **said: Any) -> "Wish":
        """One more wish. Raises ValidationError when it says nothing, or there are too many."""
        if not any(said.get(part) for part in cls.PARTS):
            raise ValidationError(_("Say at least one thing that you wish for."))
        if cls.objects.visible_to(by).count() >= cls.MOST:
            raise ValidationError(_("You have ten wishes. Take one away first."))
        wish: Wish = cls.objects.create(person=by, **said)
        return wish

    def fits(self) -> models.Q:
        """The openings that it fits, as a filter."""
        wanted = models.Q()
        for word in self.words.split():
            said = models.Q(*[(f"{name}__icontains", word) for name in Opening.WORDS], _connector=models.Q.OR)
            wanted &= said | _about(Topic.objects.spelled_like(word))
        if self.extents:
            wanted &= models.Q(extent__in=self.extents)
        where = models.Q(place=self.place_id) if self.place_id else models.Q()
        if self.place_id or self.is_remote:
            wanted &= where | models.Q(is_remote=True) if self.is_remote else where
        if self.topic_id:
            wanted &= _about(Topic.objects.filter(pk=self.topic_id))
        return wanted


def _about(topics: Any) -> models.Q:
    tagged = Opening.topics.through.objects.filter(opening=models.OuterRef("pk"), topic__in=topics.values("pk"))
    return models.Q(models.Exists(tagged))
