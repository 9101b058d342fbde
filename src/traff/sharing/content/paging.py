"""Pages of posts by latest activity: a cursor instead of a page number, so that a million posts cost what twenty do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from traff.ground.core.paging import cursor_at, older, place_of
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
    return page(cut(posts, *place_of(cursor), size=size), size=size)


def cut(posts: Any, at: datetime, pk: int, *, size: int = SIZE) -> Any:
    """The rows of a page and one more, from a place on; inside a query that is put together once."""
    return posts.filter(older("last_active_at", at, pk)).newest_first().with_people()[: size + 1]


def page(rows: Iterable[Post], *, size: int = SIZE) -> Page:
    """Of rows that were cut."""
    found = list(rows)
    return Page(found[:size], cursor_of(found[size - 1]) if len(found) > size else "")
