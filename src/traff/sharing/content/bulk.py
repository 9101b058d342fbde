"""Bulk forms of the content verbs, for imports: backdated, nobody is notified, every row by COPY.

Whoever calls has settled who may write what; bodies are HTML of `core.markup`. Everything happens in the running
transaction: the rows, one imported Event a deed, the findable entries.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.utils import timezone

from traff.community.topics.models import Topic
from traff.ground.access.models import Audience
from traff.ground.accounts.models import Person
from traff.ground.activity.bulk import Past, record_many
from traff.ground.core.copying import copy_rows, take_ids
from traff.ground.search import findable
from traff.sharing.content.models import Authorship, Case, Idea, Kind, Post, Question, Reaction, Reply, Reuse, Revision
from traff.sharing.content.models.post import Brought


@dataclass
class Written:
    """A post with what hangs on it. The post carries audience, group and words; it gets its id when it is published."""

    post: Post
    authors: list[Person]
    topics: list[Topic] = field(default_factory=list)
    case: dict[str, str] | None = None  # HTML, by the names of Case.FIELDS

    def settle(self) -> Post:
        """Authors, topics and case as if they had been read with the post, so that nothing is asked for again."""
        post = self.post
        by = [Authorship(post=post, person=person, order=order) for order, person in enumerate(self.authors)]
        post.brought = Brought(by, self.topics)
        if self.case is not None:
            post.case = Case(post=post, **self.case)
        return post


POST = (
    "id", "kind", "audience", "is_open", "group", "title", "body", "language", "is_evidence",
    "published_at", "edited_at", "last_active_at",
)  # fmt: skip
REPLY = ("id", "post", "author", "body", "language", "published_at", "edited_at")


def publish_many(works: Sequence[Written]) -> None:
    """The bulk form of `Post.publish`; each post gets its id."""
    for work, pk in zip(works, take_ids(Post, len(works)), strict=True):
        work.post.pk, work.post.is_open = pk, work.post.audience.is_open
    posts = [work.settle() for work in works]
    copy_rows(Post, POST, (_post_values(post) for post in posts))
    _attach(works)
    record_many("post.published", [_published(work) for work in works])
    _find("post", posts)


def _post_values(post: Post) -> tuple[object, ...]:
    return (
        post.pk, post.kind, post.audience_id, post.is_open, post.group_id, post.title, post.body, post.language,
        post.is_evidence, post.published_at, post.edited_at, post.last_active_at,
    )  # fmt: skip


def _attach(works: Iterable[Written]) -> None:
    """What hangs on posts that stand."""
    works = list(works)
    by = ((work.post.pk, person.pk, order) for work in works for order, person in enumerate(work.authors))
    copy_rows(Authorship, ("post", "person", "order"), by)
    tags = ((work.post.pk, topic.pk) for work in works for topic in work.topics)
    copy_rows(Post.topics.through, ("post", "topic"), tags)
    asked = [work.post.pk for work in works if work.post.kind == Kind.QUESTION]
    known = set(Question.objects.unrestricted("what a changed question keeps").filter(pk__in=asked).values_list("pk", flat=True))
    copy_rows(Question, ("post",), ((pk,) for pk in asked if pk not in known))
    ideas = [work.post.pk for work in works if work.post.kind == Kind.IDEA]
    Idea.objects.unrestricted("an import writes them").bulk_create([Idea(post_id=pk) for pk in ideas], ignore_conflicts=True)
    cases = ((work.post.pk, *(work.case.get(name, "") for name in Case.FIELDS)) for work in works if work.case is not None)
    copy_rows(Case, ("post", *Case.FIELDS), cases)


def _published(work: Written) -> Past:
    post = work.post
    return Past(work.authors[0].pk if work.authors else None, "post", post.pk, post.audience, post.published_at)


def rewrite_many(works: Sequence[Written]) -> None:
    """The bulk form of `Post.edit`, for posts that stand: the old words stay as a revision."""
    now = timezone.now()
    ids = [work.post.pk for work in works]
    standing = Post.objects.unrestricted("their words before an edit").select_related("case").in_bulk(ids)
    for pk in ids:
        Revision.keep(standing[pk], by=None)  # type: ignore[arg-type]  # a source is nobody
    for work in works:
        work.post.edited_at = work.post.edited_at or now
    changing = ["kind", "title", "body", "language", "edited_at", "published_at"]
    everything = Post.objects.unrestricted("an import changes them")
    everything.bulk_update([work.post for work in works], changing)
    for model in (Authorship, Case):
        model.objects.unrestricted("written anew below").filter(post_id__in=ids).delete()
    Post.topics.through.objects.filter(post_id__in=ids).delete()
    _attach(works)
    record_many("post.edited", [_published(work)._replace(at=work.post.edited_at or now) for work in works])
    _find("post", [work.settle() for work in works if standing[work.post.pk].withdrawn_at is None])


def reply_many(replies: Sequence[Reply]) -> None:
    """The bulk form of `Reply.write`; each reply gets its id. Their posts and authors are read with them."""
    for reply, pk in zip(replies, take_ids(Reply, len(replies)), strict=True):
        reply.pk = pk
    values = ((r.pk, r.post_id, r.author_id, r.body, r.language, r.published_at, r.edited_at) for r in replies)
    copy_rows(Reply, REPLY, values)
    latest: dict[int, datetime] = {}
    for reply in replies:
        latest[reply.post_id] = max(reply.published_at, latest.get(reply.post_id, reply.published_at))
    touch_many(latest)
    record_many("reply.written", [Past(r.author_id, "reply", r.pk, r.post.audience, r.published_at) for r in replies])
    _find("reply", replies)


def reword_many(replies: Sequence[Reply]) -> None:
    """The bulk form of `Reply.edit`, for replies that stand."""
    now = timezone.now()
    for reply in replies:
        reply.edited_at = now
    everything = Reply.objects.unrestricted("an import changes them")
    everything.bulk_update(list(replies), ["body", "language", "published_at", "edited_at"])
    _find("reply", [reply for reply in replies if reply.withdrawn_at is None])


def touch_many(latest: dict[int, datetime]) -> None:
    """The bulk form of `Post.touch`: post id → when something last happened in its thread."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE content_post SET last_active_at = v.at FROM unnest(%s::int[], %s::timestamptz[]) AS v(id, at) "
            "WHERE content_post.id = v.id AND content_post.last_active_at < v.at",
            [list(latest), list(latest.values())],
        )


def accept_many(pairs: dict[int, int]) -> None:
    """The bulk form of `Question.accept`: post id → reply id; what is no question, or no reply of it, is left alone."""
    mine = Reply.objects.unrestricted("which thread it hangs on").select_related("post__audience").in_bulk(list(pairs.values()))
    questions = Question.objects.unrestricted("an import says what solved them").filter(post_id__in=pairs)
    fitting = [
        q for q in questions if (reply := mine.get(pairs[q.pk])) and reply.post_id == q.pk and q.accepted_reply_id != reply.pk
    ]
    for question in fitting:
        question.accepted_reply_id = pairs[question.pk]
    Question.objects.unrestricted("an import says what solved them").bulk_update(fitting, ["accepted_reply"])
    solved = [mine[pairs[question.pk]] for question in fitting]
    record_many("answer.accepted", [Past(None, "reply", r.pk, r.post.audience, r.published_at) for r in solved])


def react_many(reactions: Sequence[Reaction]) -> None:
    """The bulk form of `Reaction.give`; each gets its id, a standing one keeps its own."""
    for target in ("post", "reply"):
        those = [reaction for reaction in reactions if getattr(reaction, f"{target}_id")]
        Reaction.objects.unrestricted("an import gives them").bulk_create(
            those, update_conflicts=True, unique_fields=[target, "person"], update_fields=["at"]
        )
    past = [
        Past(r.person_id, "reply" if r.reply_id else "post", r.post_id or r.reply_id or 0, _circle(r), r.at) for r in reactions
    ]
    record_many("reaction.given", past)


def _circle(reaction: Reaction) -> Audience:
    post: Post = reaction.post or reaction.reply.post  # type: ignore[union-attr]  # one of the two, says the constraint
    return post.audience


def reuse_many(reuses: Sequence[Reuse]) -> None:
    """The bulk form of `Reuse.tell`; each gets its id, a standing one keeps its own."""
    Reuse.objects.unrestricted("an import tells them").bulk_create(
        list(reuses), update_conflicts=True, unique_fields=["post", "person"], update_fields=["note", "at"]
    )
    record_many("case.reused", [Past(r.person_id, "post", r.post_id, r.post.audience, r.at) for r in reuses])


def _find(kind: str, things: Sequence[Post] | Sequence[Reply]) -> None:
    findable.index_many([findable.draft_of(kind, thing) for thing in things])
