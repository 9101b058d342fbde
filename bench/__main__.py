"""`./traff bench [PEOPLE …] [--seconds N] [--port N] [--pages]`: one run on one machine, printed as a table in Markdown."""

import argparse
import os
from collections.abc import Iterable

from bench import browsing, measuring
from bench.empty import empty
from bench.loading import load
from bench.measuring import Line, arriving, inside
from bench.people import material
from bench.serving import served

HEAD = "| What | Connections | Requests/s | p50 ms | p95 ms | CPU ms: web | database | kB |\n|---|---|---|---|---|---|---|---|"


def main() -> None:
    parser = argparse.ArgumentParser(prog="traff bench", description=__doc__)
    parser.add_argument("people", nargs="*", type=int, default=[10_000], help="sizes: 1000, 10000, 100000")
    parser.add_argument("--seconds", type=float, default=15.0, help="of each row")
    parser.add_argument("--port", type=int, default=8130)
    parser.add_argument("--pages", action="store_true", help="only the pages: nothing is written, no browser")
    given = parser.parse_args()
    for people in given.people:
        load(people)
        measure(people, seconds=given.seconds, port=given.port, only_pages=given.pages)


def measure(people: int, *, seconds: float, port: int, only_pages: bool) -> None:
    print(f"\n## {people:,} people (load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores)\n", flush=True)
    known = material(people)
    print(HEAD)
    with empty(port) as server:
        _rows(measuring.limit(server, seconds))
    with served(people, port) as server:
        _rows(measuring.pages(server, known, seconds))
        _says("queries a page", inside(people, "queries", 0))
        _says("the feed's SQL alone, ms", inside(people, "feed", 200))
        if not only_pages:
            _says("home in Chromium, first visit (kB, ms)", browsing.home(server, known))
            _says("publish → matched, s", inside(people, "matched", 20))  # before others' posts wait in the queue
            _says("while 5 posts a second arrive, ms", arriving(people, 5, 4 * seconds))
            _rows(measuring.writing(server, known, seconds))
            for writers in (1, 8):
                _says(f"publish, the verb, {writers} writers (a second, ms)", inside(people, "publish", writers, seconds))
    print(f"\nLoad after: {os.getloadavg()[0]:.1f}", flush=True)


def _rows(lines: Iterable[Line]) -> None:
    for what, connections, f in lines:
        times = f"{f.rate:.1f} | {f.p50:.1f} | {f.p95:.1f} | {f.web:.1f} | {f.database:.1f} | {f.weight / 1000:.0f}"
        print(f"| {what} | {connections} | {times} |", flush=True)


def _says(what: str, figures: dict[str, float]) -> None:
    print(f"| {what} | " + ", ".join(f"{name} {value:.1f}" for name, value in figures.items()) + " |", flush=True)


if __name__ == "__main__":
    main()
