"""Everything findable is an Entry. Postings, forward arrays and terms stand beside it as plain tables (0002_postings)."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper
from django.utils import translation

from traff.ground.access.guard import Guarded
from traff.ground.access.models import Shared, SharedQuerySet
from traff.ground.accounts.models import Person
from traff.ground.core.markup import beginning
from traff.ground.organisation.models import Place, Unit


class EntryQuerySet(SharedQuerySet):
    def roots(self) -> "EntryQuerySet":
        """What stands on its own; the rest hangs on a thread."""
        return self.filter(thread_id=models.F("id"))


class Entry(Shared):
    """One findable thing: a post, a reply, a person, a group. A thread is its root entry and what hangs on it."""

    kind = models.CharField(max_length=20)  # who resolves it: see `findable`
    subject_id = models.IntegerField()
    detail = models.CharField(max_length=20, blank=True)  # a finer kind: "case", "question"
    thread = models.ForeignKey("self", models.DO_NOTHING, related_name="+", db_constraint=False)  # its root; a root's own id
    title = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)  # plain
    language = models.CharField(max_length=8, blank=True)
    unit = models.ForeignKey(Unit, models.SET_NULL, null=True, related_name="+")
    place = models.ForeignKey(Place, models.SET_NULL, null=True, related_name="+")
    group_id = models.IntegerField(null=True)  # search knows no groups: a number to filter and name by
    at = models.IntegerField()  # seconds since 2000-01-01 UTC (core.time)
    is_evidence = models.BooleanField(default=True)  # False: found by search, never evidence, reason or interest
    length = models.IntegerField(default=0)  # terms counted with their repetitions
    grams = models.BinaryField(default=b"")  # hashed character 4-grams of title and beginning (core.grams); roots only

    objects: ClassVar[Any] = EntryQuerySet.as_manager()

    class Meta(Shared.Meta):
        constraints = [*Shared.Meta.constraints, models.UniqueConstraint(fields=["kind", "subject_id"], name="entry_of_subject")]
        indexes = [
            models.Index(
                fields=["thread"], include=["at", "length", "is_evidence", "audience", "is_open"], name="entry_in_thread"
            ),  # a thread's length
            models.Index(fields=["kind", "-at"], name="entry_of_kind"),  # what is newest of a kind
            GinIndex(
                OpClass(Upper("title"), name="gin_trgm_ops"), condition=models.Q(kind="person"), name="entry_by_name"
            ),  # typos
        ]

    def __str__(self) -> str:
        return self.heading

    @property
    def heading(self) -> str:
        """The title; for what has none the beginning of its text, whole words of it."""
        return self.title or beginning(self.text)


class Authored(Guarded):
    """Who wrote an entry; copies of the entry's thread, audience and time, kept true by the database (0002_postings)."""

    follows = "entry"
    pk = models.CompositePrimaryKey("entry_id", "person_id")
    entry = models.ForeignKey(Entry, models.DO_NOTHING, related_name="authored", db_constraint=False)  # goes with its entry
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    thread_id = models.IntegerField()
    audience_id = models.IntegerField()
    is_open = models.BooleanField()
    at = models.IntegerField()
    order = models.SmallIntegerField(default=0)
    answers = models.BooleanField(default=False)  # this person's first word in a thread that others began

    class Meta:
        base_manager_name = "objects"
        ordering = ["order"]
        indexes = [
            models.Index(
                fields=["thread_id", "person"], include=["at", "audience_id", "is_open"], name="authored_thread"
            ),  # who took part
            models.Index(
                fields=["person", "at"],
                include=["audience_id", "is_open", "entry"],
                condition=models.Q(answers=True),
                name="authored_answers",  # how many threads of others somebody answered
            ),
            models.Index(fields=["person", "-at"], name="authored_newest"),  # what somebody wrote last
        ]


class Concept(models.Model):
    """A topic, customer, skill, product or place that texts can be linked to; its owner keeps labels and aliases here."""

    kind = models.CharField(max_length=20)
    subject_id = models.IntegerField()
    label = models.CharField(max_length=120)
    label_sv = models.CharField(max_length=120, blank=True)
    names = ArrayField(models.CharField(max_length=120), default=list)  # every label and alias as `concepts.key`
    is_confirmed = models.BooleanField(default=False)  # people use it; else it links only when several words or rare
    is_linking = models.BooleanField(default=True)  # False: closed or sensitive, linked only where its author said so
    is_sensitive = models.BooleanField(default=False)  # its names are never said as a reason (`trust.md`)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "subject_id"], name="concept_of_subject")]

    def __str__(self) -> str:
        return self.label_sv if self.label_sv and (translation.get_language() or "").startswith("sv") else self.label

    @property
    def term(self) -> str:
        return f"#{self.kind}:{self.subject_id}"


class Translation(models.Model):
    """What a word's stem is in the other language, as learnt from the names of concepts (`translations`)."""

    language = models.CharField(max_length=2)  # of the word: "sv" or "en"
    word = models.CharField(max_length=120)
    meant = models.CharField(max_length=120)
    sureness = models.FloatField()  # 0..1

    class Meta:
        indexes = [models.Index(fields=["language", "word"], include=["meant", "sureness"], name="translation_of_word")]

    def __str__(self) -> str:
        return f"{self.word} = {self.meant}"
