"""A small invented organisation as files, and what reads it."""

import gzip
import json
import os
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

PEOPLE = [
    {
        "id": "astrid",
        "name": "Astrid Ek",
        "email": "astrid@example.org",
        "unit": "kiruna",
        "place": "kiruna",
        "topics": ["sensors"],
    },
    {"id": "bjorn", "name": "Björn Åström", "unit": "pumps", "languages": ["sv", "en"]},
    {"id": "chloe", "name": "Chloé Martin", "is_active": False},
]
POSTS = [
    {
        "id": "p1",
        "kind": "question",
        "authors": ["astrid"],
        "title": "Frozen valves?",
        "body": "How do you *thaw* them?",
        "published": "2026-03-01",
    },
    {
        "id": "p2",
        "kind": "article",
        "authors": ["bjorn", "chloe"],
        "title": "Pumps",
        "body": "Words about #pumps.",
        "published": "2026-02-01T08:00:00Z",
    },
]
REPLIES = [{"id": "r1", "post": "p1", "author": "bjorn", "body": "With warm glycol.", "published": "2026-03-02T10:00:00+01:00"}]
SMALL: dict[str, list[Any]] = {
    "units": [
        {"id": "pumps", "name": "Pumps", "parent": "north"},
        {"id": "north", "name": "North"},
        {"id": "kiruna", "name": "Kiruna", "parent": "north"},
    ],
    "places": [{"id": "kiruna", "name": "Kiruna", "country": "SE", "timezone": "Europe/Stockholm"}],
    "people": PEOPLE,
    "posts": POSTS,
    "replies": REPLIES,
}
Write = Callable[..., Path]


@pytest.fixture
def organisation(tmp_path: Path) -> Write:
    """Writes files of JSON lines into one folder and gives it; a line that is text is written as it is."""

    def write(zipped: bool = False, **files: list[Any]) -> Path:
        folder = tmp_path / "fjallverk"
        folder.mkdir(exist_ok=True)
        (folder / "traff.json").write_text('{"format": "traff", "version": 1, "organisation": "fjallverk"}')
        for name, rows in files.items():
            lines = "".join((row if isinstance(row, str) else json.dumps(row, ensure_ascii=False)) + "\n" for row in rows)
            if zipped:
                (folder / f"{name}.jsonl.gz").write_bytes(gzip.compress(lines.encode("utf-8", "surrogatepass")))
            else:
                (folder / f"{name}.jsonl").write_text(lines, "utf-8", "surrogatepass")
        return folder

    return write


@pytest.fixture
def bring_in() -> Callable[..., str]:
    """Runs `./traff import` and gives what it said."""

    def run(path: Path, **options: Any) -> str:
        out = StringIO()
        call_command("import", str(path), stdout=out, stderr=StringIO(), **options)
        return out.getvalue()

    return run


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Real organisations for measuring; kept beside the project, never in it."""
    here = Path(__file__).parents[5]
    folder = Path(os.environ.get("TRAFF_REAL_DATA", here.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"real data is not here ({folder}); TRAFF_REAL_DATA names another folder")
    return folder
