"""The versions of a post, newest first, each with what changed on the way to it; the words for its authors, the times for all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from itertools import pairwise

from traff.ground.accounts.models import Person
from traff.ground.core.markup import to_text
from traff.sharing.content.kinds import texts_of
from traff.sharing.content.models import Post, Revision

LONGEST = 4000  # words compared; longer texts are shown without marks


@dataclass(frozen=True)
class Piece:
    """Some words in a row: "same", "gone" or "new"."""

    change: str
    words: str


@dataclass(frozen=True)
class Version:
    """How it stood from `at` on, by whom that was written, and what differs from the version before."""

    at: datetime
    by: str
    title: str
    pieces: list[Piece]
    is_first: bool


def history_of(post: Post, reader: Person) -> list[Version]:
    """Every version, the one that stands first, the original last. To others than its authors no word of what it said."""
    if not post.is_by(reader):
        edits = Revision.times_of(post)
        return [
            *(Version(at, by, "", [], is_first=False) for at, by in edits),
            Version(post.published_at, "", "", [], is_first=True),
        ]
    kept = list(Revision.objects.visible_to(reader).filter(post=post).select_related("by"))
    texts = [(post.title, "".join(texts_of(post))), *((row.title, row.body) for row in kept)]
    times = [*((row.at, row.by.name if row.by else "") for row in kept), (post.published_at, "")]
    versions = [
        Version(at, by, new[0], list(changes(old, new)), is_first=False)
        for (new, old), (at, by) in zip(pairwise(texts), times[:-1], strict=True)
    ]
    first = texts[-1]
    return [*versions, Version(times[-1][0], "", first[0], [Piece("same", " ".join(_words(*first)))], is_first=True)]


def changes(old: tuple[str, str], new: tuple[str, str]) -> Iterator[Piece]:
    """What went and what came, word by word, between two versions (title, HTML)."""
    before, after = (_words(title, html) for title, html in (old, new))
    if len(before) + len(after) > LONGEST:
        yield Piece("same", " ".join(after))
        return
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", " ".join(after[c:d]))
            continue
        if a < b:
            yield Piece("gone", " ".join(before[a:b]))
        if c < d:
            yield Piece("new", " ".join(after[c:d]))


def _words(title: str, html: str) -> list[str]:
    lines = filter(None, [title, *to_text(html).splitlines()])
    return " \n\n ".join(lines).split(" ")
