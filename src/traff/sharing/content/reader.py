"""Everything a post's page shows to one reader, as plain values, in a fixed number of queries."""

from typing import Any

from traff.community.people.faces import faces_of
from traff.ground.access.models import Membership, Role
from traff.ground.accounts.models import Person
from traff.sharing.content.cards import Link, is_answered, thanks_for, thanks_url
from traff.sharing.content.kinds import KINDS
from traff.sharing.content.models import Post
from traff.sharing.content.thread import thread_of
from traff.sharing.content.trail import trail_of


def page_for(post: Post, reader: Person, *, page: str = "", at_reply: str = "") -> dict[str, Any]:
    """The template's values; of a post that the reader may read, loaded `with_people()`."""
    people = faces_of([*post.people(), reader])
    thanks = thanks_for([post.pk], reader, of="post")[post.pk]
    is_mine = reader in post.people()
    return {
        "post": post,
        "kind": KINDS[post.kind],
        "authors": [people[person.pk] for person in post.people()],
        "me": people[reader.pk],
        "group_link": Link(post.group.name, post.group.get_absolute_url()) if post.group else None,
        "topics": [Link(str(topic), topic.get_absolute_url()) for topic in post.topics.all()],
        "is_mine": is_mine,
        "may_withdraw": is_mine or _tends(reader, post),
        "is_answered": is_answered(post),
        "thanks": thanks,
        "like_url": thanks_url("post", post.pk, given=thanks.mine),
        "trail": trail_of(post, reader),
        "thread": thread_of(post, reader, page=page, at_reply=at_reply),
    }


def _tends(reader: Person, post: Post) -> bool:
    return Membership.objects.filter(audience_id=post.audience_id, person=reader, role=Role.STEWARD).exists()
