"""Posts, replies and accepted answers."""

from typing import cast

from traff.community.groups.models import Group
from traff.doors.registers.applying.organisation import Topics
from traff.doors.registers.batch import Item, Known
from traff.doors.registers.reading import Source
from traff.doors.registers.rows import AcceptedRow, PostRow, ReplyRow
from traff.ground.access.models import Audience
from traff.ground.accounts.models import Person
from traff.sharing.content.bulk import Written, accept_many, publish_many, reply_many, reword_many, rewrite_many
from traff.sharing.content.models import Case, Kind, Post, Reply
from traff.sharing.content.models.post import TITLED


def posts(items: list[Item], known: Known, source: Source) -> None:
    rows = [cast(PostRow, item.row) for item in items]
    group_ids = {known.here("group", row.group) or 0 for row in rows if row.group}
    in_groups = Group.objects.unrestricted("an import writes in them").select_related("audience").in_bulk(group_ids)
    authors = _people(known, [author for row in rows for author in row.authors])
    everyone, topics = Audience.objects.everyone(), Topics()
    standing = (
        Post.objects.unrestricted("an import changes them")
        .select_related("audience", "group")
        .in_bulk([item.object_id for item in items if not item.is_new])
    )
    fresh: list[tuple[Item, Written]] = []
    changed: list[tuple[Item, Written]] = []
    for item, row in zip(items, rows, strict=True):
        group = in_groups.get(known.here("group", row.group) or 0) if row.group else None
        by = [person for author in row.authors if (person := authors.get(known.here("person", author) or 0))]
        item.refusal = _refusal(item, row, group, by)
        if item.refusal:
            continue
        post = standing.get(item.object_id) or Post(audience=group.audience if group else everyone, group=group)
        about = topics.named(row.topics, seen_in=post.audience)
        written = Written(_words(post, item, row), by, about, _case(item, row))
        (fresh if post.pk is None else changed).append((item, written))
    publish_many([written for _, written in fresh])
    if changed:
        rewrite_many([written for _, written in changed])
    for item, written in fresh:
        item.object_id = written.post.pk


def _refusal(item: Item, row: PostRow, group: Group | None, by: list[Person]) -> str:
    if len(by) < len(row.authors) or (row.group and group is None):
        return "its group or one of its authors could not go in"
    if row.post_kind in TITLED and not row.title:
        return "“title” is missing: articles, questions, cases and ideas have one"
    if row.post_kind == Kind.CASE and not _case(item, row)["reuse"]:  # type: ignore[index]
        return "“reuse” is missing: what could others reuse?"
    return ""


def _words(post: Post, item: Item, row: PostRow) -> Post:
    post.kind, post.title, post.body, post.language = row.post_kind, row.title, item.rendered.pieces[0], item.rendered.language
    post.published_at, post.edited_at = row.published, row.edited
    post.last_active_at = max(post.last_active_at, row.published) if post.pk else row.published
    return post


def _case(item: Item, row: PostRow) -> dict[str, str] | None:
    if row.post_kind != Kind.CASE:
        return None
    told = dict(zip((name for name, _ in row.case), item.rendered.pieces[1:], strict=True))
    return {name: told.get(name, "") for name in Case.FIELDS}


def replies(items: list[Item], known: Known, source: Source) -> None:
    rows = [cast(ReplyRow, item.row) for item in items]
    post_ids = {known.here("post", row.post) or 0 for row in rows}
    hung_on = Post.objects.unrestricted("an import answers them").select_related("audience", "group")
    threads = hung_on.prefetch_related("topics").in_bulk(post_ids)
    authors = _people(known, [row.author for row in rows])
    standing = Reply.objects.unrestricted("an import changes them").in_bulk([i.object_id for i in items if not i.is_new])
    fresh: list[tuple[Item, Reply]] = []
    changed: list[tuple[Item, Reply]] = []
    for item, row in zip(items, rows, strict=True):
        post, author = threads.get(known.here("post", row.post) or 0), authors.get(known.here("person", row.author) or 0)
        if post is None or author is None:
            item.refusal = "its post or its author could not go in"
            continue
        reply = standing.get(item.object_id) or Reply(post=post, author=author)
        reply.post, reply.author = post, author
        reply.body, reply.language = item.rendered.pieces[0], item.rendered.language or post.language
        reply.published_at = row.published
        (fresh if reply.pk is None else changed).append((item, reply))
    reply_many([reply for _, reply in fresh])
    if changed:
        reword_many([reply for _, reply in changed])
    for item, reply in fresh:
        item.object_id = reply.pk


def accepted(items: list[Item], known: Known, source: Source) -> None:
    pairs: dict[int, int] = {}
    for item in items:
        row = cast(AcceptedRow, item.row)
        post, reply = known.here("post", row.post), known.here("reply", row.reply)
        if post and reply:
            pairs[post] = item.object_id = reply
        else:
            item.refusal = "its question or its answer could not go in"
    accept_many(pairs)


def _people(known: Known, ids: list[str]) -> dict[int, Person]:
    wanted = {known.here("person", id_) or 0 for id_ in set(ids)}
    return Person.objects.select_related("seat").in_bulk(wanted)
