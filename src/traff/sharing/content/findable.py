"""How posts and replies become entries of the search index. What was prefetched is not asked again."""

from traff.community.groups.models import Group
from traff.ground.accounts.models import Person
from traff.ground.core.markup import to_text
from traff.ground.organisation.models import Seat
from traff.ground.search.findable import EntryDraft
from traff.sharing.content.kinds import texts_of
from traff.sharing.content.models import Post, Reply


def post_draft(post: Post) -> EntryDraft:
    """A thread's root: its title, its words with those of a case, its topics as confirmed concepts."""
    authors = post.people()
    unit, place = _seat(authors[0]) if authors else (None, None)
    return EntryDraft(
        kind="post",
        subject_id=post.pk,
        title=post.title,
        text="\n".join(filter(None, (to_text(html) for html in texts_of(post)))),
        language=post.language,
        audience=post.audience,
        author_ids=[person.pk for person in authors],
        at=post.published_at,
        unit_id=unit,
        place_id=place,
        concepts=[("topic", topic.pk) for topic in post.labels()],
        is_evidence=may_be_evidence(post),
        group_id=post.group_id,
        detail=post.kind,
    )


def reply_draft(reply: Reply) -> EntryDraft:
    """What hangs on a thread: its own words and author, the thread's readers, group and kind."""
    post = reply.post
    unit, place = _seat(reply.author)
    return EntryDraft(
        kind="reply",
        subject_id=reply.pk,
        title="",
        text=to_text(reply.body),
        language=reply.language,
        audience=post.audience,
        author_ids=[reply.author_id],
        at=reply.published_at,
        thread=("post", post.pk),
        unit_id=unit,
        place_id=place,
        is_evidence=may_be_evidence(post),
        group_id=post.group_id,
        detail=post.kind,
    )


def may_be_evidence(post: Post) -> bool:
    """Neither withheld by its authors nor about a sensitive matter (`trust.md`); the same for the whole thread."""
    if not post.is_evidence or _is_in_sensitive_group(post):
        return False
    return not any(topic.is_sensitive for topic in post.labels())


def _is_in_sensitive_group(post: Post) -> bool:
    """Asked of the group in hand, or of the database alone: whoever finds the post need not have brought the group along."""
    if post.group_id is None:
        return False
    if Post._meta.get_field("group").is_cached(post):
        return bool(post.group and post.group.is_sensitive)
    marked = Group.objects.unrestricted("whether what is said there may be evidence").filter(is_sensitive=True)
    return bool(marked.filter(pk=post.group_id).exists())


def _seat(person: Person) -> tuple[int | None, int | None]:
    """Unit and place, of those who may be placed at all."""
    seat: Seat | None = getattr(person, "seat", None)
    return (seat.unit_id, seat.place_id) if seat and not person.is_protected else (None, None)
