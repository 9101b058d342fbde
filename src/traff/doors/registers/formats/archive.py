"""A community's conversation archive: streams.jsonl, people.jsonl and messages_*.jsonl, gz or not.

A stream becomes an open group, a topic a post (its title the topic's, its body the first message), the other messages
its replies. Whoever writes in a stream has joined it; who wrote first looks after it.
"""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from traff.doors.registers.reading import Record, Source, find, open_bytes
from traff.doors.registers.report import Rejected, Report
from traff.doors.registers.rows import GroupRow, MembershipRow, PersonRow, PostRow, ReplyRow, Row

MESSAGES = re.compile(r"messages(?:_[\w-]+)?\.jsonl(?:\.gz)?")
CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
ASKS = re.compile(r"\w[\"'”’)\]]*\?(?=[\s\"'”’)\]!?]|$)", re.MULTILINE)


class Archive:
    name = "archive"
    looks_like = "a folder with streams.jsonl, people.jsonl and messages_*.jsonl (gz or not), or one messages file beside them"

    def recognises(self, path: Path) -> bool:
        folder = path if path.is_dir() else path.parent
        return bool(find(folder, "streams") and find(folder, "people") and messages(path))

    def source_name(self, path: Path) -> str:
        return (path if path.is_dir() else path.parent).resolve().name[:80]

    def rows(self, source: Source) -> Iterator[Row]:
        whole = Source(source.folder, source.report, source.shift)
        conversation = Conversation(whole)
        for name, read in (("people", _person), ("streams", _group)):
            for record in whole.records(name):
                try:
                    row = read(record)
                except Rejected as rejected:
                    source.report.reject(rejected.where, rejected.reason)
                else:
                    conversation.known.add((row.kind, row.id))
                    yield row
        for file in messages(source.path):
            yield from conversation.rows(file)


def messages(path: Path) -> list[Path]:
    """The message files in the order of their first message, so that a topic's beginning comes first."""
    files = [path] if path.is_file() else path.iterdir()
    return sorted((file for file in files if MESSAGES.fullmatch(file.name)), key=_begins)


def _begins(file: Path) -> str:
    try:
        with open_bytes(file) as lines:
            return str(json.loads(lines.readline(2**20)).get("ts", ""))
    except (OSError, EOFError, ValueError, AttributeError):
        return ""


def _person(record: Record) -> Row:
    return PersonRow(where=record.where, id=record.id(), name=record.text("name", is_needed=True), joined=record.time("first"))


def _group(record: Record) -> Row:
    name = record.text("name", is_needed=True, limit=100)
    return GroupRow(where=record.where, id=name, name=name, purpose=record.text("description", limit=2000))


class Conversation:
    """Remembers which topics have begun, and who has joined what."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.known: set[tuple[str, str]] = set()
        self.joined: set[tuple[str, str]] = set()
        self.tended: set[str] = set()
        self.begun: set[str] = set()
        self.read: list[Path] = []

    def rows(self, file: Path) -> Iterator[Row]:
        for earlier in messages(self.source.folder):
            if earlier == file:
                break
            if earlier not in self.read:  # one file alone was asked for: its older topics are replies to what came before
                self.begun.update(str(record.values.get("topic_id")) for record in Source(earlier, Report()).records_of(earlier))
                self.read.append(earlier)
        self.read.append(file)
        for record in self.source.records_of(file):
            try:
                yield from self._said(record)
            except Rejected as rejected:
                self.source.report.reject(rejected.where, rejected.reason)

    def _said(self, record: Record) -> Iterator[Row]:
        topic, sender, stream = record.id("topic_id"), record.id("sender"), record.id("stream")
        row = self._reply(record, topic, sender) if topic in self.begun else self._post(record, topic, sender, stream)
        yield from self._joins(record, sender, stream, row.published)
        yield row
        self.begun.add(topic)

    def _joins(self, record: Record, sender: str, stream: str, since: datetime) -> Iterator[Row]:
        if (stream, sender) not in self.joined and {("person", sender), ("group", stream)} <= self.known:
            first = stream not in self.tended
            named = f"{stream} ← {sender}"
            yield MembershipRow(where=record.where, id=named, group=stream, person=sender, is_steward=first, since=since)
            self.joined.add((stream, sender))
            self.tended.add(stream)

    def _post(self, record: Record, topic: str, sender: str, stream: str) -> PostRow:
        title, text = record.text("topic", is_needed=True, limit=300), record.body("text", is_needed=True)
        return PostRow(
            where=record.where,
            id=topic,
            post_kind="question" if asks(title) or asks(text) else "update",
            authors=(sender,),
            published=record.needed_time("ts"),
            title=title,
            body=text,
            group=stream,
        )

    def _reply(self, record: Record, topic: str, sender: str) -> ReplyRow:
        at, text = record.needed_time("ts"), record.body("text", is_needed=True)
        return ReplyRow(where=record.where, id=record.id(), post=topic, author=sender, published=at, body=text)


def asks(text: str) -> bool:
    """Whether a sentence ends in a question mark; one inside code or an address does not count."""
    return "?" in text and bool(ASKS.search(CODE.sub(" x ", text)))
