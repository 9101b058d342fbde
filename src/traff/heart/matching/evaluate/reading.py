"""The material: files of JSON lines, gzipped or not."""

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


def lines(path: str) -> Iterator[dict[str, Any]]:
    """One object a line. Raises OSError, and ValueError with file and line for what is no JSON."""
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                try:
                    yield json.loads(line)
                except ValueError as trouble:
                    raise ValueError(f"{path}, line {number}: {trouble}") from trouble


def moment(text: str) -> datetime:
    """An aware datetime of an ISO-8601 time; without a zone it is UTC."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def content_key(paths: Iterable[str]) -> str:
    """What these files hold, and the code that indexes them, in twelve hex digits."""
    digest = hashlib.sha256()
    traff = Path(__file__).resolve().parents[3]
    code = [traff / f"ground/search/{name}.py" for name in ("analysis", "indexing")]
    code += [traff / "ground/core/language.py", traff / "ground/core/grams.py", Path(__file__).with_name("loading.py")]
    code += sorted((traff / "ground/search/migrations").glob("0*.py"))
    for path in [*map(Path, paths), *code]:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]
