"""Swedish is an equal: every word has its Swedish, and the same word has the same Swedish everywhere."""

import io
from collections import defaultdict
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.apps import apps
from django.utils.translation.template import templatize

KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
HOMES = [
    Path(app.path) for app in apps.get_app_configs() if app.name.startswith("traff.") and (Path(app.path) / "locale").exists()
]
FROM_ELSEWHERE = {"accounts"}  # also says Swedish what the sign-in library says in English
Word = tuple[str | None, str]


def words(home: Path) -> set[Word]:
    """(context, message) of everything marked for translation in an app's code and templates."""
    found = set()
    for path in [*home.rglob("*.py"), *home.rglob("*.html"), *home.rglob("*.txt")]:
        if "tests" in path.parts:
            continue
        source = path.read_text() if path.suffix == ".py" else templatize(path.read_text())
        for _line, message, _comments, context in extract("python", io.BytesIO(source.encode()), KEYWORDS):
            found.add((context, message if isinstance(message, str) else message[0]))
    return found


def swedish(home: Path) -> dict[Word, tuple[str, ...]]:
    """Of each word its Swedish, in the singular and the plural where it has both."""
    catalogue = read_po(io.BytesIO((home / "locale/sv/LC_MESSAGES/django.po").read_bytes()), locale="sv")
    both = [
        (entry.context, *(said if isinstance(said, tuple) else (said,) for said in (entry.id, entry.string)))
        for entry in catalogue
    ]
    return {(context, english[0]): ours for context, english, ours in both if english[0] and ours[0]}


@pytest.mark.parametrize("home", HOMES, ids=lambda home: home.name)
def test_every_word_has_its_swedish(home: Path) -> None:
    known = set(swedish(home))
    assert words(home) - {word for app in HOMES for word in swedish(app)} == set()
    assert home.name in FROM_ELSEWHERE or known - words(home) == set()


def test_a_word_has_one_swedish() -> None:
    """All catalogues become one: where two disagree, in a plural too, one is never seen, and its page falls back to English."""
    said: dict[Word, set[tuple[str, ...]]] = defaultdict(set)
    for home in HOMES:
        for word, ours in swedish(home).items():
            said[word].add(ours)
    assert {word: ours for word, ours in said.items() if len(ours) > 1} == {}
