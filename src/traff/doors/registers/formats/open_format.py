"""Träff's own open format, version 1: `docs/open-format.md`."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from traff.community.topics.models import HASHTAG
from traff.doors.registers.formats import customers_in_lines as customers
from traff.doors.registers.formats.openings_in_lines import opening
from traff.doors.registers.reading import Record, Source
from traff.doors.registers.report import Rejected
from traff.doors.registers.rows import (
    AcceptedRow,
    FollowRow,
    GroupRow,
    MembershipRow,
    PersonRow,
    PlaceRow,
    PostRow,
    ReactionRow,
    ReplyRow,
    ReuseRow,
    Row,
    SparkRow,
    StepRow,
    TopicRow,
    UnitRow,
    VoteRow,
)

VERSION = 1
KINDS = ("update", "article", "question", "case", "idea")
STAGES = ("new", "taken", "tried", "result", "parked")
CASE = ("situation", "approach", "outcome", "reuse")


class OpenFormat:
    name = "traff"
    looks_like = "a folder with traff.json and files of JSON lines (docs/open-format.md)"

    def recognises(self, path: Path) -> bool:
        return head(path) is not None

    def source_name(self, path: Path) -> str:
        return str((head(path) or {}).get("organisation") or folder_of(path).resolve().name)[:80]

    def rows(self, source: Source) -> Iterator[Row]:
        version = (head(source.path) or {}).get("version")
        if version != VERSION:
            raise CommandError(f"traff.json says version {version!r}; this Träff reads version {VERSION}.")
        whole = Source(folder_of(source.path), source.report, source.shift)
        accepted: list[Row] = []
        for name, read in READERS:
            for record in whole.records(name):
                try:
                    yield read(record)
                    if name == "posts" and (reply := record.text("accepted")):
                        post = record.id()
                        accepted.append(AcceptedRow(where=record.where, id=post, post=post, reply=reply))
                except Rejected as rejected:
                    source.report.reject(rejected.where, rejected.reason, singular(name))
            if name == "replies":
                yield from accepted


def singular(name: str) -> str:
    """What a row of this file is: "posts" → "post", "approaches" → "approach"."""
    return name.removesuffix("es") if name == "approaches" else name.removesuffix("s")


def folder_of(path: Path) -> Path:
    return path if path.is_dir() else path.parent


def head(path: Path) -> dict[str, Any] | None:
    """What traff.json says; None when this is no such folder."""
    file = path / "traff.json" if path.is_dir() else path
    if file.name != "traff.json" or not file.is_file():
        return None
    try:
        said = json.loads(file.read_bytes()[:100_000])
    except (ValueError, RecursionError) as error:
        raise CommandError(f"{file} is not JSON: {error}") from error
    return said if isinstance(said, dict) and said.get("format") == "traff" else None


def topic(record: Record) -> Row:
    id_ = record.text("id", is_needed=True, limit=80)
    en, sv = record.text("en", limit=80), record.text("sv", limit=80)
    return TopicRow(
        where=record.where,
        id=id_,
        en=en or sv or id_,
        sv=sv if en else "",
        aliases=record.texts("aliases"),
        is_sensitive=record.flag("is_sensitive", otherwise=False),
    )


def unit(record: Record) -> Row:
    parent, sv = record.text("parent"), record.text("name_sv")
    return UnitRow(where=record.where, id=record.id(), name=record.text("name", is_needed=True), name_sv=sv, parent=parent)


def place(record: Record) -> Row:
    return PlaceRow(
        where=record.where,
        id=record.id(),
        name=record.text("name", is_needed=True, limit=120),
        country=record.text("country", limit=2).upper(),
        timezone=record.text("timezone", limit=60),
    )


def person(record: Record) -> Row:
    return PersonRow(
        where=record.where,
        id=record.id(),
        name=record.text("name", is_needed=True),
        email=record.text("email", limit=254).lower(),
        title=record.text("title", limit=120),
        about=record.text("about", limit=4000),
        unit=record.text("unit"),
        place=record.text("place"),
        languages=tuple(language[:8] for language in record.texts("languages")),
        topics=record.texts("topics"),
        is_guest=record.flag("is_guest", otherwise=False),
        is_active=record.flag("is_active", otherwise=True),
        is_protected=record.flag("is_protected", otherwise=False),
        joined=record.time("joined"),
        photo=record.text("photo"),
    )


def group(record: Record) -> Row:
    return GroupRow(
        where=record.where,
        id=record.id(),
        name=record.text("name", is_needed=True, limit=100),
        purpose=record.text("purpose", limit=2000),
        is_open=record.flag("is_open", otherwise=True),
        is_listed=record.flag("is_listed", otherwise=True),
        is_sensitive=record.flag("is_sensitive", otherwise=False),
        stewards=record.texts("stewards"),
        created=record.time("created"),
    )


def membership(record: Record) -> Row:
    group_id, person_id = record.id("group"), record.id("person")
    return MembershipRow(
        where=record.where,
        id=pair(record, group_id, person_id),
        group=group_id,
        person=person_id,
        is_steward=record.choice("role", ("member", "steward"), otherwise="member") == "steward",
        since=record.time("since"),
    )


def post(record: Record) -> Row:
    kind = record.choice("kind", KINDS, otherwise="update")
    body = record.body()
    case = tuple((name, text) for name in CASE if (text := record.body(name))) if kind == "case" else ()
    words = "\n".join([record.text("title", limit=300), body, *(text for _, text in case)])
    return PostRow(
        where=record.where,
        id=record.id(),
        post_kind=kind,
        authors=record.texts("authors", is_needed=True),
        published=record.needed_time("published"),
        edited=record.time("edited"),
        title=record.text("title", limit=300),
        body=body,
        group=record.text("group"),
        language=record.text("language", limit=2).lower(),
        topics=tuple(dict.fromkeys([*record.texts("topics"), *HASHTAG.findall(words)])),
        case=case,
    )


def reply(record: Record) -> Row:
    return ReplyRow(
        where=record.where,
        id=record.id(),
        post=record.id("post"),
        author=record.id("author"),
        body=record.body(is_needed=True),
        published=record.needed_time("published"),
    )


def reaction(record: Record) -> Row:
    post_id, reply_id, person_id = record.text("post"), record.text("reply"), record.id("person")
    if bool(post_id) == bool(reply_id):
        raise record.rejected("names a post or a reply: exactly one of the two is needed")
    record.choice("kind", ("like",), otherwise="like")
    named = pair(record, f"{'post' if post_id else 'reply'} {post_id or reply_id}", person_id)
    return ReactionRow(where=record.where, id=named, person=person_id, post=post_id, reply=reply_id, at=record.time("at"))


def reuse(record: Record) -> Row:
    post_id, person_id = record.id("post"), record.id("person")
    return ReuseRow(
        where=record.where,
        id=pair(record, post_id, person_id),
        post=post_id,
        person=person_id,
        note=record.text("note", limit=2000),
        at=record.time("at"),
    )


def step(record: Record) -> Row:
    """One step of an idea's way; of a result the text says how it went."""
    post_id, stage = record.id("post"), record.choice("stage", STAGES, otherwise="new")
    return StepRow(
        where=record.where,
        id=pair(record, f"{post_id} {stage} {record.text('at')}", record.id("person")),
        post=post_id,
        person=record.id("person"),
        stage=stage,
        at=record.needed_time("at"),
        text=record.body("text") if stage == "result" else "",
        note=record.text("note", limit=2000),
    )


def vote(record: Record) -> Row:
    post_id, person_id = record.id("post"), record.id("person")
    named = pair(record, f"vote {post_id}", person_id)
    return VoteRow(where=record.where, id=named, post=post_id, person=person_id, at=record.time("at"))


def spark(record: Record) -> Row:
    post_id, source_id = record.id("post"), record.id("source")
    return SparkRow(where=record.where, id=pair(record, post_id, source_id), post=post_id, source=source_id)


def follow(record: Record) -> Row:
    kind, target, person_id = (
        record.choice("kind", ("person", "group", "topic", "post")),
        record.id("target"),
        record.id("person"),
    )
    named = pair(record, f"{kind} {target}", person_id)
    return FollowRow(where=record.where, id=named, person=person_id, target_kind=kind, target=target, at=record.time("at"))


def pair(record: Record, thing: str, person_id: str) -> str:
    """The id of a relation: what it ties to whom."""
    named = f"{thing} ← {person_id}"
    if len(named) > 200:
        raise record.rejected("the ids it names are longer than 200 characters together")
    return named


READERS: tuple[tuple[str, Callable[[Record], Row]], ...] = (
    ("topics", topic),
    ("units", unit),
    ("places", place),
    ("people", person),
    ("groups", group),
    ("memberships", membership),
    ("customers", customers.customer),
    ("projects", customers.project),
    ("posts", post),
    ("replies", reply),
    ("reactions", reaction),
    ("reuses", reuse),
    ("steps", step),
    ("votes", vote),
    ("sparks", spark),
    ("follows", follow),
    ("acquaintances", customers.acquaintance),
    ("approaches", customers.approach),
    ("openings", opening),
)
