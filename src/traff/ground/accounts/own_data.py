"""What a person may take along: one file of all they have put in and of what Träff keeps about them (GDPR 15 and 20).

Every room registers its own parts in `AppConfig.ready()`, beside what it tells of on "my page":

    own_data.give("posts", taking.posts)        # person → rows, each a dict that becomes JSON

No room knows another. A part holds what the person wrote, gave or chose: never the words of others, and no name of a thing
that the person may no longer read. What a room has promised to show nowhere else, it does not give.
"""

import json
from collections.abc import Callable, Iterable
from tempfile import TemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from traff.ground.accounts.models import Person

Rows = Callable[[Person], Iterable[dict[str, Any]]]
_parts: dict[str, Rows] = {}
CHUNK = 500  # rows at a time, for parts that ask the database row by row


def give(name: str, rows: Rows) -> None:
    """Register a part; its name is that of its file."""
    _parts[name] = rows


def file_of(person: Person) -> IO[bytes]:
    """A ZIP of JSON, one file a part, on disk and row by row: the memory it takes does not grow with what one has written."""
    out = TemporaryFile()  # noqa: SIM115 (whoever sends it closes it)
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", _readme())
        for name in sorted(_parts):
            with archive.open(f"{name}.json", "w") as part:
                _write(part, _parts[name](person))
    out.seek(0)
    return out


def _write(part: IO[bytes], rows: Iterable[dict[str, Any]]) -> None:
    part.write(b"[")
    for number, row in enumerate(rows):
        written = json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
        part.write((b",\n" if number else b"\n") + written.encode())
    part.write(b"\n]\n")


def _readme() -> str:
    return _(
        "What you have put into Träff, and what Träff keeps about you: one JSON file for each sort of thing, in UTF-8. Formatted "
        "texts are HTML. Addresses lead to pages of this site. The words of others are not here, nor the names of things you can "
        "no longer read. Pictures and files are listed; open their addresses to save them. Openings you have saved, what you "
        "wish for and questions you asked without your name are not here: they stand in no file. Your own page of openings shows "
        "the first two. Nor are meetings that others proposed, invitations, what you answered about an opening, and questions "
        "that were shown to you."
    )
