"""Neutral rows: what every format is read into, and all that the loader knows.

A row names others by their ids in the source. `where` says in which file and line it stood; it is no part of the row.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from hashlib import blake2b
from typing import Any, ClassVar, NamedTuple


class Where(NamedTuple):
    """The place of a row in its source; lines count from 1, 0 = the file as a whole."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


class Reference(NamedTuple):
    """One row names another. Without a needed one the row is rejected; without another it goes in, with a remark."""

    field: str
    kind: str
    id: str
    is_needed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    kind: ClassVar[str]
    where: Where
    id: str

    def digest(self) -> str:
        """32 hex digits that change when any field does."""
        values = (_plain(getattr(self, field.name)) for field in fields(self) if field.name != "where")
        return blake2b("\x1f".join(values).encode(), digest_size=16).hexdigest()

    def references(self) -> Iterator[Reference]:
        yield from ()


def _plain(value: Any) -> str:
    return "\x1e".join(_plain(part) for part in value) if isinstance(value, tuple) else str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicRow(Row):
    kind = "topic"
    en: str
    sv: str = ""
    aliases: tuple[str, ...] = ()
    is_sensitive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptRow(Row):
    """Of an imported vocabulary: candidate knowledge, nobody's topic yet."""

    kind = "concept"
    en: str = ""
    sv: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow(Row):
    kind = "unit"
    name: str
    name_sv: str = ""
    parent: str = ""

    def references(self) -> Iterator[Reference]:
        if self.parent:
            yield Reference("parent", "unit", self.parent)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow(Row):
    kind = "place"
    name: str
    country: str = ""
    timezone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow(Row):
    kind = "person"
    name: str
    email: str = ""
    title: str = ""
    about: str = ""
    unit: str = ""
    place: str = ""
    languages: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()  # names, known or new
    is_guest: bool = False
    is_active: bool = True
    is_protected: bool = False
    joined: datetime | None = None
    photo: str = ""  # a path inside the source's folder

    def references(self) -> Iterator[Reference]:
        if self.unit:
            yield Reference("unit", "unit", self.unit, is_needed=False)
        if self.place:
            yield Reference("place", "place", self.place, is_needed=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow(Row):
    kind = "group"
    name: str
    purpose: str = ""
    is_open: bool = True
    is_listed: bool = True  # False: a closed group known to its members alone
    is_sensitive: bool = False
    stewards: tuple[str, ...] = ()
    created: datetime | None = None

    def references(self) -> Iterator[Reference]:
        for steward in self.stewards:
            yield Reference("stewards", "person", steward, is_needed=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipRow(Row):
    kind = "membership"
    group: str
    person: str
    is_steward: bool = False
    since: datetime | None = None

    def references(self) -> Iterator[Reference]:
        yield Reference("group", "group", self.group)
        yield Reference("person", "person", self.person)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRow(Row):
    kind = "post"
    post_kind: str  # update, article, question, case, idea
    authors: tuple[str, ...]
    published: datetime
    body: str = ""
    markup: str = "markdown"  # or "html", "plain": how body and case are written
    title: str = ""
    group: str = ""  # "" = to everyone
    language: str = ""
    topics: tuple[str, ...] = ()  # names
    edited: datetime | None = None
    case: tuple[tuple[str, str], ...] = ()  # (situation | approach | outcome | reuse, text)

    def references(self) -> Iterator[Reference]:
        for author in self.authors:
            yield Reference("authors", "person", author)
        if self.group:
            yield Reference("group", "group", self.group)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyRow(Row):
    kind = "reply"
    post: str
    author: str
    published: datetime
    body: str
    markup: str = "markdown"

    def references(self) -> Iterator[Reference]:
        yield Reference("post", "post", self.post)
        yield Reference("author", "person", self.author)


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedRow(Row):
    """ "This solved it"; the id is the question's."""

    kind = "accepted"
    post: str
    reply: str

    def references(self) -> Iterator[Reference]:
        yield Reference("id", "post", self.post)
        yield Reference("accepted", "reply", self.reply)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionRow(Row):
    kind = "reaction"
    person: str
    post: str = ""  # one of the two
    reply: str = ""
    at: datetime | None = None

    def references(self) -> Iterator[Reference]:
        yield Reference("person", "person", self.person)
        yield Reference("post", "post", self.post) if self.post else Reference("reply", "reply", self.reply)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReuseRow(Row):
    kind = "reuse"
    post: str
    person: str
    note: str = ""
    at: datetime | None = None

    def references(self) -> Iterator[Reference]:
        yield Reference("post", "post", self.post)
        yield Reference("person", "person", self.person)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow(Row):
    """One step of an idea's way; of a result `text` (Markdown) says how it went."""

    kind = "step"
    post: str
    person: str
    stage: str
    at: datetime
    text: str = ""
    note: str = ""  # plain

    def references(self) -> Iterator[Reference]:
        yield Reference("post", "post", self.post)
        yield Reference("person", "person", self.person)


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteRow(Row):
    kind = "vote"
    post: str
    person: str
    at: datetime | None = None

    def references(self) -> Iterator[Reference]:
        yield Reference("post", "post", self.post)
        yield Reference("person", "person", self.person)


@dataclass(frozen=True, slots=True, kw_only=True)
class SparkRow(Row):
    """What gave the idea to a post."""

    kind = "spark"
    post: str
    source: str

    def references(self) -> Iterator[Reference]:
        yield Reference("post", "post", self.post)
        yield Reference("source", "post", self.source)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowRow(Row):
    kind = "follow"
    person: str
    target_kind: str  # person, group, topic, post
    target: str
    at: datetime | None = None

    def references(self) -> Iterator[Reference]:
        yield Reference("person", "person", self.person)
        if self.target_kind != "topic":  # topics go by their names, known or new
            yield Reference("target", self.target_kind, self.target)


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerRow(Row):
    kind = "customer"
    name: str
    aliases: tuple[str, ...] = ()
    sector: str = ""
    place: str = ""
    parent: str = ""
    url: str = ""  # its page in the register
    is_walled: bool = False
    inside: tuple[str, ...] = ()  # who may know of a walled one

    def references(self) -> Iterator[Reference]:
        if self.parent:
            yield Reference("parent", "customer", self.parent, is_needed=False)
        for person in self.inside:
            yield Reference("inside", "person", person, is_needed=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRow(Row):
    kind = "project"
    name: str
    aliases: tuple[str, ...] = ()
    customer: str = ""
    url: str = ""
    began: date | None = None
    ended: date | None = None

    def references(self) -> Iterator[Reference]:
        if self.customer:
            yield Reference("customer", "customer", self.customer, is_needed=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AcquaintanceRow(Row):
    """What a person has lived through with a customer or a project: exactly one of the two."""

    kind = "acquaintance"
    person: str
    customer: str = ""
    project: str = ""
    lived: str = "other"
    since: int = 0
    until: int = 0  # 0 = still
    text: str = ""
    group: str = ""  # who reads the sentence; "" = everyone
    reach: str = "named"
    asks_first: bool = False

    def references(self) -> Iterator[Reference]:
        yield Reference("person", "person", self.person)
        yield Reference("customer", "customer", self.customer) if self.customer else Reference("project", "project", self.project)
        if self.group:
            yield Reference("group", "group", self.group)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproachRow(Row):
    kind = "approach"
    person: str
    customer: str
    text: str
    at: datetime | None = None
    meets_on: date | None = None
    group: str = ""  # "" = everyone

    def references(self) -> Iterator[Reference]:
        yield Reference("person", "person", self.person)
        yield Reference("customer", "customer", self.customer)
        if self.group:
            yield Reference("group", "group", self.group)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningRow(Row):
    """Something offered; of a register of vacancies with a link back."""

    kind = "opening"
    title: str
    building: str = ""  # plain text, as the next two
    help_needed: str = ""
    learns: str = ""
    extent: str = "full"
    hours: int | None = None
    starts: date | None = None
    ends: date | None = None
    place: str = ""  # an id of the source, or a name
    is_remote: bool = False
    languages: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()  # names, known or new
    owner: str = ""  # an id of the source
    owner_email: str = ""
    contact: str = ""
    group: str = ""  # "" = to everyone
    closes: date | None = None
    published: datetime | None = None
    link: str = ""

    def references(self) -> Iterator[Reference]:
        if self.owner:
            yield Reference("owner", "person", self.owner)
        if self.group:
            yield Reference("group", "group", self.group)


ORDER = (
    ConceptRow, TopicRow, UnitRow, PlaceRow, PersonRow, GroupRow, MembershipRow, CustomerRow, ProjectRow,
    PostRow, ReplyRow, AcceptedRow, ReactionRow, ReuseRow, StepRow, VoteRow, SparkRow, FollowRow, AcquaintanceRow, ApproachRow,
    OpeningRow,
)  # fmt: skip
"""So that whatever a row names comes before it."""
