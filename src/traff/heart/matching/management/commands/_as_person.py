"""Commands that ask as somebody: the calls of the pages, obeying the same rule, and told to whom they concern."""

import json
import sys
from dataclasses import asdict, dataclass, field
from datetime import datetime
from html import unescape
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from traff.community.groups.models import Group
from traff.ground.accounts.as_person import person_asked_for
from traff.ground.accounts.models import Person
from traff.ground.search.models import Entry
from traff.heart.matching.reasons import Evidence


@dataclass(frozen=True)
class Piece:
    """One piece of evidence."""

    title: str
    path: str
    date: str  # ISO 8601
    text: str  # the sentence that matched


@dataclass(frozen=True)
class Answer:
    """One line of an answer; as JSON an object with these names."""

    id: int
    title: str  # a person's name, a thing's title
    path: str
    score: float
    reasons: list[str] = field(default_factory=list)
    evidence: list[Piece] = field(default_factory=list)
    kind: str = "post"
    moment: str = ""  # of a suggestion: "reuse" or "stranger"


class AsPerson(BaseCommand):
    """`NAME "TEXT" --as PERSON [--reason TEXT] [--json]`. Outside the demo it wants a reason, and PERSON reads it."""

    option: ClassVar[str] = "--as"
    takes_text: ClassVar[bool] = True

    def ask(self, person: Person, text: str, limit: int) -> list[Answer]:
        """The domain's own call, as the pages make it."""
        raise NotImplementedError

    def add_arguments(self, parser: CommandParser) -> None:
        if self.takes_text:
            parser.add_argument("text", help="in quotes; “-” reads it from standard input")
        parser.add_argument(self.option, dest="person", required=True, metavar="PERSON", help="handle, e-mail address or id")
        parser.add_argument("--reason", default="", help="why; PERSON will read it. Required outside the demo.")
        parser.add_argument("--json", action="store_true", dest="as_json", help="a list of objects, for programs")
        parser.add_argument("--limit", type=int, default=10, metavar="N", help="at most so many (10)")

    def handle(self, *args: Any, **options: Any) -> None:
        person = self._person(options["person"], options["reason"].strip())
        limit = max(1, min(options["limit"], 50))
        answers = self.ask(person, self._text(options.get("text", "")), limit)[:limit]
        if options["as_json"]:
            self.stdout.write(json.dumps([asdict(answer) for answer in answers], ensure_ascii=False, indent=1))
        elif answers:
            self.stdout.write("\n\n".join(_shown(number, answer) for number, answer in enumerate(answers, 1)))
        else:
            self.stdout.write("Nothing fits among what this person may read.")

    def _text(self, text: str) -> str:
        if text == "-":
            text = sys.stdin.read()
        if self.takes_text and not text.strip():
            raise CommandError("There is no text to ask about.")
        return text[:20_000]

    def _person(self, key: str, reason: str) -> Person:
        """Whoever is named; the asking is written down where that person sees it. Raises CommandError."""
        return person_asked_for(key, reason=reason, command=type(self).__module__.rsplit(".", 1)[-1])


def piece_of(evidence: Evidence) -> Piece:
    return Piece(evidence.title, path_of(evidence.message, evidence.entry), when(evidence.at), unmarked(evidence.sentence))


def unmarked(html: str) -> str:
    """The words of an escaped sentence, for a terminal or a program."""
    return " ".join(unescape(html.replace("<mark>", "").replace("</mark>", "")).split())


def path_of(entry: Entry, thread: Entry | None = None) -> str:
    """The address of what an entry is about, within this site."""
    match entry.kind:
        case "person":
            return reverse("person", args=[Person.objects.get(pk=entry.subject_id).handle])
        case "group":
            named = Group.objects.unrestricted("the address of a group already found").get(pk=entry.subject_id)
            return named.get_absolute_url()
        case "reply" if thread is not None:
            return f"{reverse('post', args=[thread.subject_id])}?reply={entry.subject_id}#reply-{entry.subject_id}"
    return reverse("post", args=[entry.subject_id])


def when(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _shown(number: int, answer: Answer) -> str:
    lines = [f"{number}. {answer.title}  ({answer.score:.3f})  {answer.path}"]
    if answer.reasons:
        lines.append(f"   because of: {', '.join(answer.reasons)}")
    for piece in answer.evidence:
        lines += [f"   - {piece.title}, {piece.date[:10]}  {piece.path}", f"     {piece.text}"]
    return "\n".join(lines)
