"""Whom a deed with posts and replies concerns, and what each of them is told, read with their own eyes when it is told."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from textwrap import shorten

from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traff.ground.accounts.models import Person
from traff.ground.activity import news
from traff.ground.activity.models import Event
from traff.ground.activity.news import News, Sort
from traff.sharing.content.kinds import texts_of
from traff.sharing.content.mentions import MOST, handles_in
from traff.sharing.content.models import Authorship, Kind, Post, Reaction, Reply, Reuse

REPLIES = Sort("replies", gettext_lazy("Answers and replies in threads where you have written"))
MENTIONS = Sort("mentions", gettext_lazy("Somebody mentions you in what they write"))
REUSE = Sort("reuse", gettext_lazy("Somebody reuses your work"))
THANKS = Sort("thanks", gettext_lazy("Thanks"))
TITLE = 80  # characters


def register() -> None:
    """Called once, when the house opens."""
    for verb, hear, sort in (
        ("reply.written", whom_a_reply_concerns, REPLIES),
        ("answer.accepted", who_wrote_it, REPLIES),
        ("post.published", whom_a_post_names, MENTIONS),
        ("case.reused", who_wrote_it, REUSE),
        ("reaction.given", who_wrote_it, THANKS),
    ):
        news.register(verb, hear=hear, say_many=say_many, sort=sort)
    for verb in ("post.withdrawn", "reply.withdrawn"):
        news.register_end(verb)


def whom_a_reply_concerns(event: Event) -> Iterator[int]:
    """Who began the thread, who has written in it, and who is mentioned."""
    reply = _reply(event)
    if reply is None:
        return
    yield from _authors(reply.post_id)
    earlier = Reply.objects.unrestricted("who has written in the thread").filter(post=reply.post_id, withdrawn_at=None)
    yield from earlier.filter(pk__lt=reply.pk).order_by().values_list("author_id", flat=True).distinct()
    yield from _named([reply.body])


def whom_a_post_names(event: Event) -> Iterator[int]:
    """Who is mentioned; of a new post nobody else is told."""
    post = Post.objects.unrestricted("whom it names").filter(pk=event.subject_id).select_related("case").first()
    yield from _named(texts_of(post)) if post else ()


def who_wrote_it(event: Event) -> Iterator[int]:
    """Whose post or reply it is."""
    if event.subject_kind == "post":
        yield from _authors(event.subject_id)
    elif reply := _reply(event):
        yield reply.author_id


def say_many(events: Sequence[Event], person: Person) -> dict[int, News]:
    """Each in a sentence, in a fixed number of queries."""
    seen = Seen.by(events, person)
    return {event.pk: told for event in events if (told := _say(event, person, seen)) is not None}


@dataclass(frozen=True)
class Seen:
    """What the person may read of what the events are about."""

    posts: dict[int, Post]
    replies: dict[int, Reply]
    own: set[int]  # posts
    given: set[tuple[str, str, int, int]]  # (verb, kind, id, by): thanks and reuses that still stand

    @classmethod
    def by(cls, events: Sequence[Event], person: Person) -> "Seen":
        ids = {kind: [event.subject_id for event in events if event.subject_kind == kind] for kind in ("post", "reply")}
        posts = Post.objects.visible_to(person).in_bulk(ids["post"]) if ids["post"] else {}
        replies = Reply.objects.visible_to(person).select_related("post").in_bulk(ids["reply"]) if ids["reply"] else {}
        threads = {*posts, *(reply.post_id for reply in replies.values())}
        wrote = Authorship.objects.unrestricted("which threads are one's own").filter(post__in=threads, person=person)
        given = set(_standing(events, person))
        return cls(posts, replies, set(wrote.values_list("post_id", flat=True)) if threads else set(), given)


def _standing(events: Sequence[Event], person: Person) -> Iterator[tuple[str, str, int, int]]:
    for verb, model, kind in (
        ("reaction.given", Reaction, "post"),
        ("reaction.given", Reaction, "reply"),
        ("case.reused", Reuse, "post"),
    ):
        told = [event for event in events if event.verb == verb and event.subject_kind == kind]
        if told:
            mine = {f"{kind}__in": [event.subject_id for event in told], "person__in": [event.actor_id for event in told]}
            for pk, by in model.objects.visible_to(person).filter(**mine).values_list(kind, "person"):
                yield verb, kind, pk, by


def _say(event: Event, person: Person, seen: Seen) -> News | None:
    reply = seen.replies.get(event.subject_id) if event.subject_kind == "reply" else None
    post = reply.post if reply else seen.posts.get(event.subject_id) if event.subject_kind == "post" else None
    if post is None:
        return None
    names = {"name": event.actor.name if event.actor else _("Somebody"), "title": shorten(str(post), TITLE, placeholder=" …")}
    where, thread = (reply or post).get_absolute_url(), f"post/{post.pk}"
    match event.verb:
        case "reply.written" if reply:
            return News(_of_reply(reply, person, is_own=post.pk in seen.own) % names, where, thread, "reply")
        case "post.published" if person.handle.lower() in handles_in(texts_of(post)):
            return News(_("%(name)s mentioned you in “%(title)s”") % names, where, thread, "at-sign")
        case "answer.accepted":
            return News(_("%(name)s says that your answer helped: “%(title)s”") % names, where, thread, "circle-check")
    if event.actor_id is None or (event.verb, event.subject_kind, event.subject_id, event.actor_id) not in seen.given:
        return None  # taken back
    if event.verb == "case.reused":
        return News(_("%(name)s reuses your work “%(title)s”") % names, where, thread, "repeat-2")
    words = _("%(name)s thanked you for your reply in “%(title)s”") if reply else _("%(name)s thanked you for “%(title)s”")
    return News(words % names, where, thread, "heart")


def _of_reply(reply: Reply, person: Person, *, is_own: bool) -> str:
    if person.handle.lower() in handles_in([reply.body]):
        return _("%(name)s mentioned you in “%(title)s”")
    if is_own and reply.post.kind == Kind.QUESTION:
        return _("%(name)s answered your question “%(title)s”")
    return _("%(name)s wrote in your thread “%(title)s”") if is_own else _("%(name)s also wrote in “%(title)s”")


def _reply(event: Event) -> Reply | None:
    found: Reply | None = Reply.objects.unrestricted("whom it concerns").filter(pk=event.subject_id).first()
    return found


def _authors(post_id: int) -> Iterator[int]:
    yield from Authorship.objects.unrestricted("whom it concerns").filter(post=post_id).values_list("person_id", flat=True)


def _named(texts: Iterable[str]) -> Iterator[int]:
    handles = sorted(handles_in(texts))[:MOST]
    if handles:
        named = Person.objects.annotate(lower=Lower("handle")).filter(lower__in=handles)
        yield from named.values_list("pk", flat=True)
