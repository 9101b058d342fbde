from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traff.community.groups.models import Group
from traff.community.topics.models import Topic
from traff.ground.access.guard import Guarded
from traff.ground.access.models import Audience, Shared, SharedQuerySet
from traff.ground.access.rights import Right, may
from traff.ground.accounts.models import Person
from traff.ground.activity.models import record
from traff.ground.core.addresses import address_of
from traff.ground.core.language import language_of
from traff.ground.core.markup import beginning, clean, to_text
from traff.ground.files.models import File
from traff.ground.search import findable

if TYPE_CHECKING:
    from traff.sharing.content.models.reply import Reply


class Kind(models.TextChoices):
    UPDATE = "update", _("update")
    ARTICLE = "article", _("article")
    QUESTION = "question", _("question")
    CASE = "case", _("case")
    IDEA = "idea", _("idea")


TITLED = {Kind.ARTICLE, Kind.QUESTION, Kind.CASE, Kind.IDEA}
SAID_BY_TITLE = {Kind.QUESTION, Kind.IDEA}  # more text may follow, and need not


@dataclass(frozen=True)
class Brought:
    """What was read together with a post."""

    authorships: "list[Authorship]"
    topics: list[Topic]


class PostQuerySet(SharedQuerySet):
    _with_people = False

    def of(self, person: Person) -> "PostQuerySet":
        return self.filter(authorships__person=person)

    def asked(self) -> "PostQuerySet":
        return self.filter(kind=Kind.QUESTION)

    def unanswered(self) -> "PostQuerySet":
        return self.filter(question__accepted_reply=None)

    def answered(self) -> "PostQuerySet":
        return self.exclude(question__accepted_reply=None)

    def cases(self) -> "PostQuerySet":
        return self.filter(kind=Kind.CASE)

    def ideas(self) -> "PostQuerySet":
        return self.filter(kind=Kind.IDEA)

    def kinds(self) -> "PostQuerySet":
        """Each kind there is, and how many."""
        found: PostQuerySet = self.order_by().values_list("kind").annotate(models.Count("pk"))
        return found

    def newest_first(self) -> "PostQuerySet":
        """By latest activity: the order of every stream."""
        return self.order_by("-last_active_at", "-id")

    def with_people(self) -> "PostQuerySet":
        """Authors, topics, group and details in a fixed number of queries, for a page of cards."""
        found: PostQuerySet = self.select_related("group", "question", "case", "idea")
        found._with_people = True
        return found

    def _clone(self) -> Self:
        clone = super()._clone()
        clone._with_people = self._with_people
        return clone

    def _fetch_all(self) -> None:
        is_new = self._result_cache is None
        super()._fetch_all()
        if is_new and self._with_people and issubclass(self._iterable_class, models.query.ModelIterable):
            from traff.sharing.content.models.with_people import attach

            attach(self._result_cache or [])


class Post(Shared):
    """Anything published. A reader meets all kinds mixed: in stream, search, group, profile and evidence."""

    kind = models.CharField(max_length=10, choices=Kind)
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="posts")
    title = models.CharField(_("title"), max_length=300, blank=True)
    body = models.TextField(_("text"), blank=True)  # HTML of core.markup's allow-list
    language = models.CharField(max_length=2, blank=True)  # "sv", "en", … or "" when unsure
    topics = models.ManyToManyField(Topic, blank=True, related_name="posts")
    authors = models.ManyToManyField(Person, through="Authorship", related_name="posts")
    is_evidence = models.BooleanField(default=True)  # False: found by search, never shown as evidence of anybody
    made_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="made_into"
    )  # a case from a thread
    published_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    last_active_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = PostQuerySet.as_manager()
    brought: Brought | None = None  # by `with_people()`

    class Meta(Shared.Meta):
        verbose_name, verbose_name_plural = _("post"), _("posts")
        indexes = [
            models.Index(fields=["-last_active_at", "-id"], name="post_home"),  # everything, newest activity first
            models.Index(fields=["group", "-last_active_at"], name="post_in_group"),  # a group's page
            models.Index(fields=["audience", "-last_active_at"], name="post_in_audience"),  # closed circles in the home feed
            models.Index(fields=["kind", "-last_active_at"], name="post_of_kind"),  # cases, questions
        ]

    def __str__(self) -> str:
        return self.title or beginning(to_text(self.body))

    @property
    def is_to_build_on(self) -> bool:
        """Whether there is something to reuse: a case, an article, a question that somebody's answer solved."""
        return self.kind in {Kind.CASE, Kind.ARTICLE} or (
            self.kind == Kind.QUESTION and self.question.accepted_reply_id is not None
        )

    @classmethod
    @transaction.atomic
    def publish(
        cls,
        *,
        by: Person,
        kind: str,
        title: str = "",
        body: str = "",
        group: Group | None = None,
        with_authors: Iterable[Person] = (),
        topics: Iterable[Topic] = (),
        made_from: "Post | None" = None,
        sparked_by: "Post | None" = None,
        case: dict[str, str] | None = None,
        language: str = "",
    ) -> "Post":
        """Publish to everyone, or into a group. `body` and the fields of `case` are HTML of any origin: they are cleaned.

        Raises ValidationError when there is nothing to read, PermissionDenied when the group is not the author's to write in.
        `sparked_by`: the post that gave the idea; its authors hear (`Spark.light`).
        """
        from traff.sharing.content.models.spark import Spark

        audience = group.audience if group else Audience.objects.everyone()
        if by.is_guest and not group:
            raise PermissionDenied(_("Guests write in the groups they were let into."))
        if not may(by, Right.WRITE, audience):
            raise PermissionDenied(_("You cannot write here."))
        post = cls(kind=kind, title=title.strip(), body=clean(body), group=group, audience=audience, made_from=made_from)
        post.check_readable(case)
        post.language = language or language_of(post.plain_text(case), unsure=by.language)
        post.save()
        authorships = post.attribute([by, *with_authors])
        post.detail(case)
        labels = dict.fromkeys([*topics, *Topic.objects.tagged(post.plain_text(case), seen_in=audience)])
        if labels:
            post.topics.add(*labels)
        post.brought = Brought(authorships, list(labels))
        findable.index("post", post)
        record(actor=by, verb="post.published", kind="post", subject=post, audience=audience, at=post.published_at)
        if sparked_by is not None:
            Spark.light(by=by, source=sparked_by, post=post)
        return post

    @transaction.atomic
    def edit(
        self,
        *,
        by: Person,
        title: str,
        body: str,
        case: dict[str, str] | None = None,
        topics: Iterable[Topic] = (),
        language: str = "",
    ) -> None:
        """Change the words; the old ones stay as a revision. Without a language it is found anew."""
        if not may(by, Right.EDIT, self):
            raise PermissionDenied(_("Only the authors can change this."))
        Revision.keep(self, by=by)
        self.title, self.body, self.edited_at = title.strip(), clean(body), timezone.now()
        self.check_readable(case)
        self.language = language or language_of(self.plain_text(case), unsure=self.language)
        self.save(update_fields=["title", "body", "language", "edited_at"])
        self.detail(case)
        self.topics.set([*topics, *Topic.objects.tagged(self.plain_text(case), seen_in=self.audience)])
        self.brought = None
        findable.index("post", self)
        record(actor=by, verb="post.edited", kind="post", subject=self, audience=self.audience)

    @transaction.atomic
    def withdraw(self, *, by: Person) -> None:
        """Gone at once, everywhere; starts from authorship, so that one can take one's words back after leaving."""
        if not may(by, Right.WITHDRAW, self):
            raise PermissionDenied(_("Only the authors can withdraw this."))
        self.withdrawn_at = timezone.now()
        self.save(update_fields=["withdrawn_at"])
        File.detach_all(kind="post", ids=[self.pk])
        File.detach_all(kind="reply", ids=self.replies.unrestricted("their thread is gone").values_list("pk", flat=True))
        findable.unindex("post", self)
        record(actor=by, verb="post.withdrawn", kind="post", subject=self, audience=Audience.objects.private_to(by))

    @transaction.atomic
    def keep_from_evidence(self, *, by: Person, is_evidence: bool) -> None:
        """ "Never this post as evidence": found by search alone."""
        if not may(by, Right.EDIT, self):
            raise PermissionDenied(_("Only the authors can change this."))
        self.is_evidence = is_evidence
        self.save(update_fields=["is_evidence"])
        findable.index("post", self)
        for reply in self.replies.unrestricted("its thread is found as it is").filter(withdrawn_at=None):
            findable.index("reply", reply)

    def attribute(self, people: Sequence[Person]) -> "list[Authorship]":
        """The authors, in their order, each once."""
        unique = {person.pk: person for person in people}.values()
        return Authorship.objects.bulk_create([Authorship(post=self, person=p, order=n) for n, p in enumerate(unique)])

    def detail(self, case: dict[str, str] | None) -> None:
        """The side table of the kind, where it has one."""
        from traff.sharing.content.models.case import Case
        from traff.sharing.content.models.idea import Idea
        from traff.sharing.content.models.question import Question

        if self.kind == Kind.CASE:
            cleaned = {name: clean((case or {}).get(name, "")) for name in Case.FIELDS}
            self.case, _made = Case.objects.unrestricted("the author writes it").update_or_create(post=self, defaults=cleaned)
        elif self.kind == Kind.QUESTION:
            Question.objects.unrestricted("the author writes it").get_or_create(post=self)
        elif self.kind == Kind.IDEA:
            self.idea, _made = Idea.objects.unrestricted("the author writes it").get_or_create(post=self)

    def check_readable(self, case: dict[str, str] | None) -> None:
        """Raises ValidationError saying what is missing."""
        if self.kind in TITLED and not self.title:
            raise ValidationError({"title": _("Give it a title, so that others can find it.")})
        if self.kind == Kind.CASE:
            if not to_text((case or {}).get("reuse", "")):
                raise ValidationError({"reuse": _("What could others reuse? A sentence is enough.")})
        elif self.kind not in SAID_BY_TITLE and not to_text(self.body) and "<img" not in self.body:
            raise ValidationError({"body": _("There is nothing to read here yet.")})

    def forget_answer(self, reply: "Reply") -> None:
        """A withdrawn answer no longer solves anything."""
        from traff.sharing.content.models.question import Question

        Question.objects.unrestricted("an answer is gone").filter(post=self, accepted_reply=reply).update(accepted_reply=None)

    def touch(self, at: datetime) -> None:
        """Something happened in the thread."""
        mine = Post.objects.unrestricted("a thread's clock").filter(pk=self.pk, last_active_at__lt=at)
        mine.update(last_active_at=at)

    @classmethod
    def readable_q(cls, person: Any, prefix: str = "") -> models.Q:
        return super().readable_q(person, prefix) & models.Q(**{f"{prefix}withdrawn_at": None})

    def is_by(self, person: Person) -> bool:
        return Authorship.objects.unrestricted("who wrote it").filter(post=self, person=person).exists()

    def people(self) -> list[Person]:
        """The authors in their order."""
        if self.brought:
            rows: Iterable[Authorship] = self.brought.authorships
        else:
            rows = Authorship.objects.unrestricted("authors of a post in hand").filter(post=self).select_related("person")
        return [row.person for row in sorted(rows, key=lambda row: row.order)]

    def labels(self) -> list[Topic]:
        """Its topics."""
        return self.brought.topics if self.brought else list(self.topics.all())

    def refresh_from_db(self, *args: Any, **named: Any) -> None:
        self.brought = None
        super().refresh_from_db(*args, **named)

    def plain_text(self, case: dict[str, str] | None = None) -> str:
        """All its words, title first, a block a line."""
        parts = [self.title, to_text(self.body), *(to_text(text) for text in (case or {}).values())]
        return "\n".join(part for part in parts if part)

    def get_absolute_url(self) -> str:
        return address_of("post", self.pk)


class Authorship(Guarded):
    """Who wrote it, in which order; nearly half of a real blog's posts have several authors."""

    follows = "post"
    post = models.ForeignKey(Post, models.CASCADE, related_name="authorships")
    person = models.ForeignKey(Person, models.CASCADE, related_name="authorships")
    order = models.SmallIntegerField(default=0)

    class Meta:
        base_manager_name = "objects"
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["post", "person"], name="author_once")]
        indexes = [models.Index(fields=["person", "-post"], name="authorship_by_person")]  # a profile's posts

    def __str__(self) -> str:
        return f"{self.person_id} wrote {self.post_id}"


class Revision(Guarded):
    """The words as they stood before an edit: for the authors alone, while they read the post.

    What was taken out of a post (a customer's name, a person, a price) was taken from its readers.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="revisions")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    title = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        base_manager_name = "objects"
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.post_id} before {self.at:%Y-%m-%d %H:%M}"

    @classmethod
    def readable_q(cls, person: Any, prefix: str = "") -> models.Q:
        written = models.Q(**{f"{prefix}post__authorships__person": getattr(person, "pk", None)})
        return Post.readable_q(person, f"{prefix}post__") & written

    @classmethod
    def keep(cls, post: Post, *, by: Person) -> "Revision":
        from traff.sharing.content.kinds import texts_of

        standing = Post.objects.unrestricted("its words before an edit").get(pk=post.pk)
        return cls.objects.create(post=post, by=by, title=standing.title, body="".join(texts_of(standing)))

    @classmethod
    def times_of(cls, post: Post) -> list[tuple[datetime, str]]:
        """When a post in hand was edited and by whom, newest first, without a word of what it said: for its readers."""
        edits = cls.objects.unrestricted("that it was edited, not what it said").filter(post=post)
        return [(at, name or "") for at, name in edits.values_list("at", "by__name")]
