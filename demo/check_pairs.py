"""Check the fifty pairs of `pairs.jsonl`; `python demo/check.py` does it with the rest.

A pair may be found by its matter alone: no topic's label stands in it, and its two sides hardly share a long word.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

DEMO = Path(__file__).parent
# Broader than the grammar: rather a harmless word too many refused than a label let through.
ENDINGS = {
    "sv": ("a", "e", "n", "r", "s", "t", "en", "et", "er", "ar", "or", "na", "as", "at", "ade", "ens", "ets", "erna"),
    "en": ("e", "s", "d", "r", "es", "ed", "er", "ing"),
}
LONG = 6  # letters
SHARED, UNSHARED = 2, 30  # long words a pair may share at most; pairs that share none at least
Row = dict[str, Any]


def rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


@cache
def stems(word: str, language: str) -> set[str]:
    """The word, and what is left of it without an ending: "cranes" is cranes, crane and cran; "running" is also run."""
    bare = {word.removesuffix(ending) for ending in ENDINGS[language] if len(word) - len(ending) > 2 and word.endswith(ending)}
    doubled = {stem[:-1] for stem in bare if stem[-1] == stem[-2] and len(stem) > 3}
    return {word} | bare | doubled


@cache
def labels(language: str) -> dict[str, list[list[str]]]:
    """Every name of a topic, word by word, under each stem of its first word."""
    names: dict[str, list[list[str]]] = {}
    for topic in rows(DEMO / "nordanvind" / "topics.jsonl"):
        for name in map(words, (topic["en"], topic["sv"], *topic.get("aliases", []))):
            for stem in stems(name[0], language):
                names.setdefault(stem, []).append(name)
    return names


def named(text: str) -> Iterator[str]:
    """The labels that stand in the text, inflected as in either language."""
    written = words(text)
    for language in ENDINGS:
        for start, first in enumerate(written):
            for name in (name for stem in stems(first, language) for name in labels(language).get(stem, [])):
                here = written[start : start + len(name)]
                alike = (stems(one, language) & stems(other, language) for one, other in zip(name, here, strict=False))
                if len(here) == len(name) and all(alike):
                    yield f"{' '.join(here)!r} is the label {' '.join(name)!r}"


def whole(pair: Row, language: str) -> str:
    return f"{pair[language]['title']}\n{pair[language]['text']}"


def shared(pair: Row) -> set[str]:
    sv, en = ({word for word in words(whole(pair, language)) if len(word) >= LONG} for language in ("sv", "en"))
    return sv & en


def repeated(pairs: list[Row]) -> list[str]:
    parts = [sentence for pair in pairs for side in ("sv", "en") for sentence in re.split(r"[.!?:\n]", whole(pair, side))]
    seen = Counter(" ".join(words(sentence)) for sentence in parts)
    return [f"twice: {sentence}" for sentence, count in seen.items() if count > 1 and len(sentence.split()) > 2]


def check() -> list[str]:
    """What is wrong with the pairs; nothing, one hopes."""
    pairs = rows(DEMO / "pairs.jsonl")
    wrong = repeated(pairs)
    for pair in pairs:
        for side in ("sv", "en"):
            wrong += [f"{pair['id']}, {side}: {line}" for line in sorted(set(named(whole(pair, side))))]
            length = len(pair[side]["text"].split())
            wrong += [] if 40 <= length <= 110 else [f"{pair['id']}, {side}: {length} words"]
        wrong += [f"{pair['id']}: shares {shared(pair)}"] if len(shared(pair)) > SHARED else []
    asking, ids = Counter(pair["asks"] for pair in pairs), {pair["id"] for pair in pairs}
    if asking != {"sv": 25, "en": 25} or len(ids) != 50:
        wrong.append(f"fifty ids, half of them asking in each language: {len(ids)}, {asking}")
    apart = sum(not shared(pair) for pair in pairs)
    return wrong + ([] if apart >= UNSHARED else [f"only {apart} pairs share no long word"])
