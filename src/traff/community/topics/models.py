"""One vocabulary: hashtags, skills, technologies. Names in Swedish and English, other spellings as aliases."""

import re
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

HASHTAG = re.compile(r"(?<![\w&/#])#([^\W\d_][\w-]{1,58}\w)")


class TopicQuerySet(models.QuerySet["Topic"]):
    def shown(self) -> "TopicQuerySet":
        """Not merged into another."""
        return self.filter(merged_into=None)

    def named(self, name: str) -> "Topic":
        """The topic of this name, label or alias; made when it is new. Merged topics answer as what they became."""
        slug = topic_slug(name)
        found = (
            self.filter(models.Q(slug=slug) | models.Q(aliases__contains=[name.lower()])).select_related("merged_into").first()
        )
        topic = found or self.get_or_create(slug=slug, defaults={"name": name.replace("_", " ").strip()})[0]
        return topic.merged_into or topic

    def tagged(self, text: str) -> "list[Topic]":
        """The topics of the #hashtags in a text, in the order they come, each once."""
        return list(dict.fromkeys(self.named(name) for name in HASHTAG.findall(text)))


class Topic(models.Model):
    """A subject people write about, know, or follow."""

    slug = models.SlugField(max_length=80, unique=True, allow_unicode=True)
    name = models.CharField(_("name"), max_length=80)
    name_sv = models.CharField(_("name in Swedish"), max_length=80, blank=True)
    aliases = ArrayField(models.CharField(max_length=80), default=list, blank=True)  # in lower case
    is_sensitive = models.BooleanField(_("sensitive"), default=False)  # never a reason, evidence or interest (`trust.md`)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="merged")

    objects: ClassVar[TopicQuerySet] = TopicQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name"]
        verbose_name, verbose_name_plural = _("topic"), _("topics")

    def __str__(self) -> str:
        return self.name_sv if self.name_sv and (translation.get_language() or "").startswith("sv") else self.name

    def get_absolute_url(self) -> str:
        return reverse("topic", args=[self.slug])


def topic_slug(name: str) -> str:
    """One spelling of a name for addresses: lower case, hyphens; å, ä and ö stay."""
    return slugify(name.replace("_", "-"), allow_unicode=True)[:80] or "topic"
