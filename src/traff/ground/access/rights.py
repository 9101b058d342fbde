"""Writing: one enum, one table from right to role. There is no silent superuser."""

from enum import StrEnum
from typing import Any

from traff.ground.access.models import Membership, Role


class Right(StrEnum):
    READ = "read"
    REPLY = "reply"
    REACT = "react"
    REUSE = "reuse"
    WRITE = "write"  # publish into an audience
    EDIT = "edit"
    WITHDRAW = "withdraw"  # take one's own words back, wherever one now stands
    EXPORT = "export"  # take one's own words with one
    ACCEPT = "accept"  # say which answer solved it
    TAKE_ON = "take on"  # an idea
    MOVE = "move"  # say how far an idea has come
    INVITE = "invite"
    TEND = "tend"  # look after a group: its purpose, its stewards, its door
    ADMINISTER = "administer"


class As(StrEnum):
    """In what capacity: what a person is to a thing."""

    READER = "reader"
    AUTHOR = "author"
    READING_AUTHOR = "reading author"
    MEMBER = "member"
    STEWARD = "steward"
    ADMINISTRATOR = "administrator"


TABLE: dict[Right, set[As]] = {
    Right.READ: {As.READER},
    Right.REPLY: {As.READER},
    Right.REACT: {As.READER},
    Right.REUSE: {As.READER},
    Right.WRITE: {As.READER},
    Right.EDIT: {As.READING_AUTHOR},
    Right.WITHDRAW: {As.AUTHOR, As.STEWARD},
    Right.EXPORT: {As.AUTHOR},
    Right.ACCEPT: {As.READING_AUTHOR},
    Right.TAKE_ON: {As.READER},
    Right.MOVE: {As.READING_AUTHOR, As.STEWARD},
    Right.INVITE: {As.MEMBER, As.STEWARD},
    Right.TEND: {As.STEWARD},
    Right.ADMINISTER: {As.ADMINISTRATOR},
}


def may(person: Any, right: Right, thing: Any) -> bool:
    """Whether this person has this right to this thing: a guarded row, or an Audience for WRITE, INVITE and TEND.

    Starts from what the person may read, except WITHDRAW and EXPORT of one's own words, which start from authorship.
    """
    if not getattr(person, "is_active", False):
        return False
    return any(_is(person, capacity, thing) for capacity in TABLE[right])


def _is(person: Any, capacity: As, thing: Any) -> bool:
    match capacity:
        case As.READER:
            return _reads(person, thing)
        case As.AUTHOR:
            return _wrote(person, thing)
        case As.READING_AUTHOR:
            return _wrote(person, thing) and _reads(person, thing)
        case As.MEMBER | As.STEWARD:
            audience = thing.home_audience_id if hasattr(thing, "home_audience_id") else getattr(thing, "audience_id", thing.pk)
            joined = Membership.objects.filter(audience_id=audience, person=person)
            return (joined.filter(role=Role.STEWARD) if capacity is As.STEWARD else joined).exists()
        case As.ADMINISTRATOR:
            return bool(person.is_administrator)


def _reads(person: Any, thing: Any) -> bool:
    manager = type(thing).objects
    scoped = manager.visible_to(person) if hasattr(manager, "visible_to") else manager.readable_by(person)
    return bool(scoped.filter(pk=thing.pk).exists())


def _wrote(person: Any, thing: Any) -> bool:
    return bool(hasattr(thing, "is_by") and thing.is_by(person))
