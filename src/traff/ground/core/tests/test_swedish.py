"""Swedish is an equal: every word of the ground has its Swedish."""

import io
from pathlib import Path

from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

CORE = Path(__file__).parents[1]
KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def words() -> set[tuple[str | None, str]]:
    """(context, message) of everything marked for translation in core's code and templates."""
    found = set()
    for path in [*CORE.rglob("*.py"), *CORE.rglob("*.html")]:
        if "tests" in path.parts:
            continue
        source = templatize(path.read_text()) if path.suffix == ".html" else path.read_text()
        for _line, message, _comments, context in extract("python", io.BytesIO(source.encode()), KEYWORDS):
            found.add((context, message if isinstance(message, str) else message[0]))
    return found


def test_every_word_has_its_swedish() -> None:
    catalogue = read_po(io.BytesIO((CORE / "locale/sv/LC_MESSAGES/django.po").read_bytes()), locale="sv")
    known = {(entry.context, entry.id if isinstance(entry.id, str) else entry.id[0]) for entry in catalogue if entry.string}
    assert words() - known == set()
    assert {entry for entry in known if entry[1]} - words() == set()
