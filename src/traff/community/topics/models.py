"""One vocabulary: hashtags, skills, technologies. Names in Swedish and English, other spellings as aliases."""

import re
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Func
from django.db.models.functions import Collate, Lower, Upper
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from traff.community.topics import sensitive
from traff.ground.access.models import Audience
from traff.ground.access.reading import joined_ids
from traff.ground.access.rights import Right, may
from traff.ground.accounts.models import Person
from traff.ground.activity.models import record
from traff.ground.audit.models import AuditRecord
from traff.ground.core.addresses import address_of
from traff.ground.core.sorting import swedish
from traff.ground.search import findable
from traff.ground.search.withholding import withhold_concept

HASHTAG = re.compile(r"(?<![\w&/#])#([^\W\d_][\w-]{1,58}\w)")


class TopicQuerySet(models.QuerySet["Topic"]):
    def shown(self) -> "TopicQuerySet":
        """Not merged into another."""
        return self.filter(merged_into=None)

    def proposed(self) -> "TopicQuerySet":
        """New ones that no administrator has settled yet, the newest first."""
        return self.exclude(proposed_at=None).select_related("proposed_by").order_by("-proposed_at", "-pk")

    def visible_to(self, person: Any) -> "TopicQuerySet":
        """The vocabulary, and the words of the closed circles one stands in; guests: those of their circles alone."""
        if not getattr(person, "is_active", False) or not getattr(person, "pk", None):
            return self.none()
        joined = joined_ids(person)
        circles = joined.all if person.is_guest else joined.closed
        heard = models.Q(pk__in=Sighting.objects.filter(audience__any=circles).values("topic_id"))
        return self.filter(heard if person.is_guest else models.Q(is_open=True) | heard)

    def called(self, name: str) -> "Topic | None":
        """The topic of this name, label or alias, if there is one. Merged topics answer as what they became."""
        slug, lower = topic_slug(name), name.replace("_", " ").strip().lower()
        spelled = (
            models.Q(slug=slug)
            | models.Q(aliases__contains=[lower])
            | models.Q(name__iexact=lower)
            | models.Q(name_sv__iexact=lower)
        )
        found = sorted(self.filter(spelled).select_related("merged_into"), key=lambda topic: (topic.slug != slug, topic.pk))
        return (found[0].merged_into or found[0]) if found else None

    def named(self, name: str, *, seen_in: Audience | None = None) -> "Topic":
        """The topic of this name, label or alias; made when it is new.

        A word first seen in a closed circle stays there: others do not meet it, in no list and in no completion.
        """
        topic = self.called(name)
        if topic is None:
            heard_openly = seen_in is None or seen_in.is_open
            shown = name.replace("_", " ").strip()[:80]
            born = {"name": shown, "is_open": heard_openly, "is_sensitive": topic_slug(name) in sensitive.NAMES}
            topic = self.get_or_create(slug=topic_slug(name), defaults=born)[0]
            findable.index("topic", topic)
        topic.see(seen_in)
        return topic

    def tagged(self, text: str, *, seen_in: Audience | None = None) -> "list[Topic]":
        """The topics of the #hashtags in a text that this audience reads, in the order they come, each once."""
        return list(dict.fromkeys(self.named(name, seen_in=seen_in) for name in HASHTAG.findall(text)))

    def spelled_like(self, words: str) -> "TopicQuerySet":
        """A part of the name in either language, or an alias; everything for no words."""
        if not (part := words.lstrip("#").strip()):
            return self
        return self.filter(
            models.Q(name__icontains=part) | models.Q(name_sv__icontains=part) | models.Q(aliases__contains=[part.lower()])
        )

    def with_a_word_like(self, begun: str) -> "TopicQuerySet":
        """A word of the name in either language or of an alias begins so; names that begin so themselves first."""
        aliases = Func("aliases", models.Value(" "), function="array_to_string")
        said = Func(models.Value(" "), "name", "name_sv", aliases, function="concat_ws", output_field=models.TextField())
        found = self.alias(said=Lower(said)).filter(said__regex=rf"(^|[^[:alnum:]]){re.escape(begun.lower())}")
        is_first = models.Q(name__istartswith=begun) | models.Q(name_sv__istartswith=begun)
        return found.by_name(models.Case(models.When(is_first, then=0), default=1))

    def by_name(self, *before: Any) -> "TopicQuerySet":
        """In Swedish order, by the name in the language of the page; `before` that by what else."""
        name: Any = models.F("name")
        if (translation.get_language() or "").startswith("sv"):
            name = models.Case(models.When(name_sv="", then="name"), default="name_sv")
        return self.order_by(*before, Collate(swedish(Lower(name)), "C"), "id")


class Topic(models.Model):
    """A subject people write about, know, or follow."""

    slug = models.SlugField(max_length=80, unique=True, allow_unicode=True)
    name = models.CharField(_("name"), max_length=80)
    name_sv = models.CharField(_("name in Swedish"), max_length=80, blank=True)
    aliases = ArrayField(models.CharField(max_length=80), default=list, blank=True)  # in lower case
    is_sensitive = models.BooleanField(_("sensitive"), default=False)  # never a reason, evidence or interest (`trust.md`)
    is_open = models.BooleanField(default=True)  # False: so far seen in closed circles alone, and shown there alone
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="merged")
    proposed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField(null=True, blank=True)  # None: not proposed, or settled by an administrator

    objects: ClassVar[TopicQuerySet] = TopicQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name"]
        verbose_name, verbose_name_plural = _("topic"), _("topics")
        indexes = [
            GinIndex(fields=["aliases"], name="topic_by_alias"),  # which topic is meant by a word
            models.Index(Upper("name"), name="topic_by_name"),
            models.Index(Upper("name_sv"), name="topic_by_name_sv"),
        ]

    def __str__(self) -> str:
        return self.name_sv if self.name_sv and (translation.get_language() or "").startswith("sv") else self.name

    def see(self, audience: Audience | None) -> None:
        """Note where it was seen; seen openly once, it belongs to the vocabulary."""
        if audience:
            Sighting.objects.bulk_create([Sighting(topic=self, audience=audience)], ignore_conflicts=True)
        if not self.is_open and (audience is None or audience.is_open):
            self.is_open = True
            self.save(update_fields=["is_open"])
            findable.index("topic", self)

    @transaction.atomic
    def mark(self, *, is_sensitive: bool, by: Person | None) -> None:
        """Say that it is sensitive, or is not after all. By nobody: an import. Raises PermissionDenied but for administrators.

        What was written of it is withheld from evidence in this very transaction, and indexed anew after it.
        """
        if by is not None and not may(by, Right.ADMINISTER, self):
            raise PermissionDenied(_("Administrators say what is sensitive."))
        self.is_sensitive = is_sensitive
        if not Topic.objects.filter(pk=self.pk, is_sensitive=not is_sensitive).update(is_sensitive=is_sensitive):
            return
        if is_sensitive:
            withhold_concept("topic", self.pk)
        findable.index("topic", self)
        heard_by = Audience.objects.private_to(by) if by and not self.is_open else Audience.objects.everyone()
        record(actor=by, verb="topic.marked", kind="topic", subject=self, audience=heard_by)
        if by:
            said = {"is_sensitive": is_sensitive, "topic": self.slug}
            AuditRecord.write(actor_id=by.pk, verb="topic.marked", kind="topic", subject_id=self.pk, **said)

    @property
    def other_name(self) -> str:
        """The name in the other language, "" when it is the same or not known."""
        other = self.name if str(self) == self.name_sv else self.name_sv
        return "" if other.lower() == str(self).lower() else other

    @property
    def other_language(self) -> str:
        return "en" if str(self) == self.name_sv else "sv"

    def get_absolute_url(self) -> str:
        return address_of("topic", self.slug)


class Sighting(models.Model):
    """A topic stands in something that this audience reads."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="sightings")
    audience = models.ForeignKey(Audience, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["audience", "topic"], name="topic_seen_once")]

    def __str__(self) -> str:
        return f"{self.topic_id} in {self.audience_id}"


def topic_slug(name: str) -> str:
    """One spelling of a name for addresses: lower case, hyphens; å, ä and ö stay."""
    return slugify(name.replace("_", "-"), allow_unicode=True)[:80] or "topic"
