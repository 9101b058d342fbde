"""An organisation as people.jsonl, posts.jsonl and perhaps teams.jsonl (gz or not): an agency's blog, a project's registers.

A team becomes an open group: its leads look after it, its members belong to it, its alumni do not. Teams that are
neither archived nor mere markers are also units, in their tree; a person sits in the first of theirs.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from traff.doors.registers.reading import Record, Source, find, open_bytes
from traff.doors.registers.report import Rejected
from traff.doors.registers.rows import GroupRow, MembershipRow, PersonRow, PlaceRow, PostRow, Row, UnitRow, Where


class Team(NamedTuple):
    where: Where
    id: str
    name: str
    purpose: str
    parent: str
    leads: tuple[str, ...]
    members: tuple[str, ...]
    is_unit: bool


class Organisation:
    name = "organisation"
    looks_like = "a folder with people.jsonl and posts.jsonl, perhaps teams.jsonl (gz or not): posts with author_ids, date, tags"

    def recognises(self, path: Path) -> bool:
        people, posts = find(path, "people"), find(path, "posts")
        return bool(path.is_dir() and people and posts and {"author_ids", "body"} <= _first(posts).keys())

    def source_name(self, path: Path) -> str:
        return path.resolve().name[:80]

    def rows(self, source: Source) -> Iterator[Row]:
        people, posts = list(source.records("people")), source.records("posts")
        teams = list(_teams(source) if source.find("teams") else _teams_of(people))
        units = {team.id for team in teams if team.is_unit}
        by_name = {team.name: team.id for team in teams} | {team.id: team.id for team in teams}
        for team in teams:
            if team.is_unit:
                yield UnitRow(where=team.where, id=team.id, name=team.name, parent=team.parent if team.parent in units else "")
        yield from _places(people)
        for record in people:
            try:
                yield _person(record, units, by_name)
            except Rejected as rejected:
                source.report.reject(rejected.where, rejected.reason, "person")
        for team in teams:
            yield GroupRow(where=team.where, id=team.id, name=team.name, purpose=team.purpose, stewards=team.leads)
            for member in dict.fromkeys([*team.leads, *team.members]):
                named, leads = f"{team.id} ← {member}"[:200], member in team.leads
                yield MembershipRow(where=team.where, id=named, group=team.id, person=member, is_steward=leads)
        for record in posts:
            try:
                yield _post(record)
            except Rejected as rejected:
                source.report.reject(rejected.where, rejected.reason, "post")


def _first(path: Path) -> dict[str, object]:
    try:
        with open_bytes(path) as file:
            said = json.loads(file.readline(2**24))
    except (OSError, EOFError, ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _teams(source: Source) -> Iterator[Team]:
    for record in source.records("teams"):
        try:
            yield Team(
                where=record.where,
                id=record.id(),
                name=record.text("name", is_needed=True, limit=100),
                purpose=record.text("description", limit=2000),
                parent=record.text("subteam_of"),
                leads=record.texts("leads"),
                members=record.texts("members"),
                is_unit=not record.flag("archived", otherwise=False) and record.text("kind") != "marker-team",
            )
        except Rejected as rejected:
            source.report.reject(rejected.where, rejected.reason, "group")


def _teams_of(people: list[Record]) -> Iterator[Team]:
    """Without a file of teams: those that people name."""
    members: dict[str, tuple[Where, list[str]]] = {}
    for record in people:
        try:
            person, names = record.id(), record.texts("team")
        except Rejected:
            continue  # told when the person is read
        for name in names:
            members.setdefault(name[:100], (record.where, []))[1].append(person)
    for name, (where, those) in members.items():
        yield Team(where, name, name, "", "", (), tuple(those), is_unit=True)


def _places(people: list[Record]) -> Iterator[Row]:
    seen: set[str] = set()
    for record in people:
        try:
            name = record.text("location", limit=120)
        except Rejected:
            continue  # told when the person is read
        if name and name not in seen:
            seen.add(name)
            yield PlaceRow(where=record.where, id=name, name=name)


def _person(record: Record, units: set[str], by_name: dict[str, str]) -> Row:
    teams = [by_name[name] for name in record.texts("team") if name in by_name]
    projects = record.texts("projects")
    about = "\n\n".join(part for part in (record.text("bio", limit=3000), ", ".join(projects)[:900]) if part)
    return PersonRow(
        where=record.where,
        id=record.id(),
        name=record.text("name", is_needed=True),
        email=record.text("email", limit=254).lower(),
        title=record.text("role", limit=120),
        about=about,
        unit=next((team for team in teams if team in units), ""),
        place=record.text("location", limit=120),
        topics=tuple(dict.fromkeys([*record.texts("skills"), *record.texts("interests")])),
        is_active=record.flag("active", otherwise=True),
    )


def _post(record: Record) -> Row:
    return PostRow(
        where=record.where,
        id=record.id(),
        post_kind="article",
        authors=record.texts("author_ids", is_needed=True),
        published=record.needed_time("date"),
        title=record.text("title", is_needed=True, limit=300),
        body=record.body(is_needed=True),
        language=record.text("lang", limit=2).lower(),
        topics=record.texts("tags"),
    )
