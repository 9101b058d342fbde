"""A thread as one reads it: the replies in their order, a hundred a page, the accepted answer first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from traff.community.people.faces import Face, faces_of
from traff.ground.accounts.models import Person
from traff.ground.core.prepared import first, prepared
from traff.sharing.content.attachments import Attachment, files_by_reply
from traff.sharing.content.cards import Entry, thanks_for, thanks_url
from traff.sharing.content.linked import links_in, with_cards
from traff.sharing.content.models import Kind, Post, Reply
from traff.sharing.content.models.reply import ReplyQuerySet

SIZE = 100


@dataclass(frozen=True)
class ReplyLine:
    """One reply; the names are those of `core/parts/reply.html`."""

    id: int
    author: Face
    published_at: datetime
    is_edited: bool
    body: SafeString
    language: str
    url: str
    like_count: int
    is_liked: bool
    like_url: str
    is_accepted: bool = False
    accept_url: str = ""
    files: list[Attachment] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)  # of its menu


@dataclass(frozen=True)
class Thread:
    """A page of a thread. `count` is of all replies; pages count from 1."""

    accepted: ReplyLine | None
    replies: list[ReplyLine]
    count: int
    page: int
    pages: int

    @property
    def earlier(self) -> int | None:
        return self.page - 1 if self.page > 1 else None

    @property
    def later(self) -> int | None:
        return self.page + 1 if self.page < self.pages else None


def thread_of(post: Post, reader: Person, *, page: str = "", at_reply: str = "", tends: bool = False) -> Thread:
    """The page asked for ("last" too), or the one that holds a reply; of a post the reader may read (and `tends`, as steward)."""
    answer = post.question.accepted_reply_id if post.kind == Kind.QUESTION else None
    accepted = first(_reply(answer, post, reader)) if answer else None
    found = list(_beginning(post, answer, reader))  # most threads are this alone, and need no counting
    count, pages, here = len(found), 1, 1
    if count > SIZE:
        in_order = _in_order(post, answer, reader)
        count = in_order.count()
        pages = -(-count // SIZE)
        here = _holding(in_order, at_reply) or _number(page, pages)
        found = list(in_order.with_author()[(here - 1) * SIZE : here * SIZE])
    lines = reply_lines([*found, *([accepted] if accepted else [])], post, reader, tends=tends)
    return Thread(
        accepted=lines[accepted.pk] if accepted else None,
        replies=[lines[reply.pk] for reply in found],
        count=count + (accepted is not None),
        page=here,
        pages=pages,
    )


def _in_order(post: Post, answer: int | None, reader: Person) -> ReplyQuerySet:
    replies: ReplyQuerySet = Reply.objects.visible_to(reader).filter(post=post)
    return replies.exclude(pk=answer) if answer else replies


@prepared
def _beginning(post: Post, answer: int | None, reader: Person) -> QuerySet[Reply]:
    return _in_order(post, answer, reader).with_author()[: SIZE + 1]


@prepared
def _reply(pk: int, post: Post, reader: Person) -> QuerySet[Reply]:
    found: QuerySet[Reply] = Reply.objects.visible_to(reader).filter(post=post, pk=pk).with_author()
    return found


def reply_lines(replies: Iterable[Reply], post: Post, reader: Person, *, tends: bool = False) -> dict[int, ReplyLine]:
    """Replies by id, as they are shown, in a fixed number of queries."""
    replies = list(replies)
    for reply in replies:
        reply.post = post
    people = faces_of(reply.author for reply in replies)
    thanks = thanks_for([reply.pk for reply in replies], reader, of="reply")
    files, links = files_by_reply(replies, reader), links_in((reply.body for reply in replies), reader)
    asked = post.kind == Kind.QUESTION and reader in post.people()
    return {
        reply.pk: ReplyLine(
            id=reply.pk,
            author=people[reply.author_id],
            published_at=reply.published_at,
            is_edited=reply.edited_at is not None,
            body=with_cards(reply.body, links),
            language=reply.language,
            url=reply.get_absolute_url(),
            like_count=thanks[reply.pk].count,
            is_liked=thanks[reply.pk].mine,
            like_url=thanks_url("reply", reply.pk, given=thanks[reply.pk].mine),
            is_accepted=_is_answer(reply, post),
            accept_url=reverse("reply_acceptance", args=[reply.pk]) if asked and not _is_answer(reply, post) else "",
            files=files[reply.pk],
            entries=list(_entries(reply, reader, asked=asked, tends=tends)),
        )
        for reply in replies
    }


def _entries(reply: Reply, reader: Person, *, asked: bool, tends: bool) -> Iterator[Entry]:
    yield Entry(_("Link to this reply"), reply.get_absolute_url(), "link")
    if asked and _is_answer(reply, reply.post):
        yield Entry(_("It was not this that helped"), reverse("reply_acceptance_end", args=[reply.pk]), "rotate-ccw", posts=True)
    if reply.author_id == reader.pk:
        yield Entry(_("Edit"), reverse("reply_edit", args=[reply.pk]), "pencil")
    if reply.author_id == reader.pk or tends:
        yield Entry(_("Withdraw"), reverse("reply_withdrawal", args=[reply.pk]), "trash-2")


def _is_answer(reply: Reply, post: Post) -> bool:
    return post.kind == Kind.QUESTION and post.question.accepted_reply_id == reply.pk


def _holding(in_order: ReplyQuerySet, at_reply: str) -> int | None:
    """The number of the page that a reply stands on; None when it is not among them."""
    if not (at_reply.isascii() and at_reply.isdigit() and len(at_reply) < 10):
        return None
    reply = in_order.filter(pk=int(at_reply)).first()
    if reply is None:
        return None
    return in_order.before(reply).count() // SIZE + 1


def _number(page: str, pages: int) -> int:
    if page == "last":
        return pages
    return min(pages, max(1, int(page))) if page.isascii() and page.isdigit() and len(page) < 10 else 1
