"""Everything a post's page shows to one reader, as plain values, in a fixed number of queries."""

from typing import Any

from django.db.models import QuerySet

from traff.community.people.faces import Face, faces_of
from traff.ground.access.models import Membership, Role
from traff.ground.accounts.models import Person
from traff.ground.core.prepared import first, prepared
from traff.sharing.content.attachments import files_of
from traff.sharing.content.cards import Link, is_answered, thanks_for, thanks_url
from traff.sharing.content.ideas import standing_of
from traff.sharing.content.kinds import KINDS, texts_of
from traff.sharing.content.linked import links_in
from traff.sharing.content.models import Post
from traff.sharing.content.sent import undo_for
from traff.sharing.content.thread import thread_of
from traff.sharing.content.trail import Trail, trail_of

ASKED = 3  # of those who build on a work whose authors have left


def page_for(post: Post, reader: Person, *, page: str = "", at_reply: str = "") -> dict[str, Any]:
    """The template's values; of a post that the reader may read, loaded `with_people()`."""
    people = faces_of([*post.people(), reader])
    thanks = thanks_for([post.pk], reader, of="post")[post.pk]
    is_mine, tends = reader in post.people(), _tends(reader, post)
    authors, trail = [people[person.pk] for person in post.people()], trail_of(post, reader)
    return {
        "post": post,
        "kind": KINDS[post.kind],
        "authors": authors,
        "me": people[reader.pk],
        "group_link": Link(post.group.name, post.group.get_absolute_url()) if post.group else None,
        "topics": [Link(str(topic), topic.get_absolute_url()) for topic in post.labels()],
        "is_mine": is_mine,
        "may_withdraw": is_mine or tends,
        "is_answered": is_answered(post),
        "thanks": thanks,
        "like_url": thanks_url("post", post.pk, given=thanks.mine),
        "to_ask": _to_ask(authors, trail),
        "files": files_of(post, reader),
        "links": links_in(texts_of(post), reader),
        "undo": undo_for(post, reader),
        "trail": trail,
        "idea": standing_of(post, reader),
        "thread": thread_of(post, reader, page=page, at_reply=at_reply, tends=tends),
    }


def _to_ask(authors: list[Face], trail: Trail) -> list[Face]:
    """Who is still here to ask: those who wrote it, else those who build on it."""
    here = [face for face in authors if not face.has_left]
    return here or [line.face for line in trail.reuses if not line.face.has_left][:ASKED]


def _tends(reader: Person, post: Post) -> bool:
    return first(_stewarding(post.audience_id, reader)) is not None


@prepared
def _stewarding(audience_id: int, reader: Person) -> QuerySet[Membership]:
    return Membership.objects.filter(audience_id=audience_id, person=reader, role=Role.STEWARD)
