"""Threads as hits of a search: where they lead, who says it, in which group; in a fixed number of queries."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from traff.community.people.faces import faces_of
from traff.ground.accounts.models import Person
from traff.ground.core.prepared import prepared
from traff.ground.search.hits import Hit
from traff.sharing.content.models import Post


def present(hits: Sequence[Hit], reader: Person) -> dict[int, dict[str, Any]]:
    posts = {post.pk: post for post in _posts(reader, [hit.entry.subject_id for hit in hits])}
    faces = faces_of(person for hit in hits for person in hit.authors)
    return {
        pk: {
            "kind": hit.kind,
            "url": _url(posts[pk], hit),
            "title": hit.title,
            "text": hit.sentence,
            "means": hit.means,
            "language": hit.entry.language,
            "text_language": hit.message.language,
            "authors": [faces[person.pk] for person in hit.authors],
            "at": hit.at,
            "is_open": posts[pk].is_open,
            "group": posts[pk].group,
            "is_reply": hit.message.kind == "reply",
        }
        for hit in hits
        if (pk := hit.entry.subject_id) in posts
    }


@prepared
def _posts(reader: Person, ids: list[int]) -> QuerySet[Post]:
    found: QuerySet[Post] = Post.objects.visible_to(reader).filter(pk__any=ids).select_related("group")
    return found


def _url(post: Post, hit: Hit) -> str:
    """The very reply that answers, within its thread."""
    address = post.get_absolute_url()
    if hit.message.kind != "reply":
        return address
    return f"{address}?reply={hit.message.subject_id}#reply-{hit.message.subject_id}"
