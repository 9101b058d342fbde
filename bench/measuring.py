"""What is measured, a function a row or two; each gives lines of the table."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import urlencode

from bench.driving import Ask, Figures, drive, rotating, warm
from bench.loading import environment
from bench.people import Material
from bench.serving import Server

CONNECTIONS = (1, 8)


class Line(NamedTuple):
    what: str
    connections: int
    figures: Figures


def limit(server: Server, seconds: float) -> Iterator[Line]:
    """What no page can be quicker than here: `bench.empty`."""
    yield from _rows("empty Django view", server, rotating(["nobody=1"], ["/"]), seconds)


def pages(server: Server, known: Material, seconds: float) -> Iterator[Line]:
    """Beside Träff's smallest, so that ratios hold on a noisy machine."""
    rows: dict[str, list[str]] = {
        "smallest view (/healthz)": ["/healthz"],
        "home": ["/"],
        "post": known.posts,
        "group": known.groups,
        "profile": known.profiles,
        "search, common word": known.common,
        "search, rare word": known.rare,
        "all of these by turns": [path for some in zip(*_same_length(known), strict=True) for path in some],
    }
    for what, paths in rows.items():
        yield from _rows(what, server, rotating(known.cookies, paths), seconds)


def _same_length(known: Material) -> Iterator[list[str]]:
    for paths in (["/"], known.posts, known.groups, known.profiles, known.common, known.rare):
        yield [paths[number % len(paths)] for number in range(len(known.posts))]


def writing(server: Server, known: Material, seconds: float) -> Iterator[Line]:
    """The composer's panel as one types, and publishing through the form."""
    yield from _rows("composer's panel", server, _typing(known), seconds)
    yield from _rows("publish, through the form", server, _publishing(known), seconds)


def _rows(what: str, server: Server, asks: Callable[[int], Ask], seconds: float) -> Iterator[Line]:
    warm(server, asks)
    for connections in CONNECTIONS:
        yield Line(what, connections, drive(server, asks, connections=connections, seconds=seconds))


def _typing(known: Material) -> Callable[[int], Ask]:
    def ask(number: int) -> Ask:
        text = known.texts[number % len(known.texts)][:400]
        return Ask(known.cookies[number % len(known.cookies)], "/panel/", urlencode({"title": text[:60], "body": text}).encode())

    return ask


def _publishing(known: Material) -> Callable[[int], Ask]:
    def ask(number: int) -> Ask:
        text = f"{number} {known.texts[number % len(known.texts)][:300]}"
        form = {"kind": "update", "body": text, "audience": ""}
        return Ask(known.cookies[number % len(known.cookies)], "/write/", urlencode(form).encode())

    return ask


def inside(people: int, what: str, *numbers: float) -> dict[str, float]:
    """Measured in processes of the organisation's own, beside the server: `bench.inside`."""
    return _apart(people, "bench.inside", what, *map(str, numbers))


def arriving(people: int, rate: float, seconds: float) -> dict[str, float]:
    """While so many posts a second arrive: `bench.arriving`."""
    return _apart(people, "bench.arriving", str(rate), str(seconds))


def _apart(people: int, module: str, *given: str) -> dict[str, float]:
    asked = [sys.executable, "-m", module, *given]
    done = subprocess.run(asked, env=environment(people), check=True, stdout=subprocess.PIPE, text=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures
