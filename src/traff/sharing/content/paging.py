"""Pages of posts by latest activity: a cursor instead of a page number, so that a million posts cost what twenty do."""

from dataclasses import dataclass
from typing import Any

from traff.ground.core.paging import beyond, cursor_at
from traff.sharing.content.models import Post

SIZE = 20


@dataclass(frozen=True)
class Page:
    """Some posts, and the cursor from which the older ones follow ("" when there are none)."""

    posts: list[Post]
    older: str


def cursor_of(post: Post) -> str:
    """Where a page ends."""
    return cursor_at(post.last_active_at, post.pk)


def page_of(posts: Any, cursor: str = "", *, size: int = SIZE) -> Page:
    """One page of a scoped queryset of posts, newest activity first, with what a card needs."""
    found = list(posts.filter(beyond(cursor, "last_active_at")).newest_first().with_people()[: size + 1])
    return Page(found[:size], cursor_of(found[size - 1]) if len(found) > size else "")
