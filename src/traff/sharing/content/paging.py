"""Pages of posts by latest activity: a cursor instead of a page number, so that a million posts cost what twenty do."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from traff.sharing.content.models import Post

SIZE = 20


@dataclass(frozen=True)
class Page:
    """Some posts, and the cursor from which the older ones follow ("" when there are none)."""

    posts: list[Post]
    older: str


def beyond(cursor: str) -> Q:
    """Older than what the cursor stands at; everything for an empty or a broken one."""
    try:
        at_text, key = cursor.split("~")
        at = datetime.fromisoformat(at_text)
    except ValueError:
        return Q()
    if at.tzinfo is None or not key.isascii() or not key.isdigit() or len(key) > 10:
        return Q()
    return Q(last_active_at__lte=at) & (Q(last_active_at__lt=at) | Q(id__lt=int(key)))


def cursor_of(post: Post) -> str:
    """Where a page ends."""
    return f"{post.last_active_at.isoformat()}~{post.pk}"


def page_of(posts: Any, cursor: str = "", *, size: int = SIZE) -> Page:
    """One page of a scoped queryset of posts, newest activity first, with what a card needs."""
    found = list(posts.filter(beyond(cursor)).newest_first().with_people()[: size + 1])
    return Page(found[:size], cursor_of(found[size - 1]) if len(found) > size else "")
