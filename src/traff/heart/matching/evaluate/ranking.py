"""Rankings by the product's own calls, a few processes at a time, written as a run file: query, item, score."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from traff.ground.core.processes import end_with_parent

Ranking = list[tuple[str, float]]
DEEP = 100  # items written for one query


def write_run(path: str, rankings: Iterator[tuple[str, Ranking]]) -> int:
    """Gives how many queries were written."""
    count = 0
    with Path(path).open("w", encoding="utf-8") as file:
        for query, ranking in rankings:
            count += 1
            file.writelines(f"{query}\t{item}\t{value:.6f}\n" for item, value in ranking)
    return count


def in_processes(
    rank: Callable[[dict[str, Any]], Ranking], queries: Sequence[dict[str, Any]], scratch: str, processes: int
) -> Iterator[tuple[str, Ranking]]:
    """`rank` (a function of a module) over the queries, each process in the scratch database."""
    if processes < 2:
        yield from ((query["query_id"], rank(query)) for query in queries)
        return
    with ProcessPoolExecutor(processes, get_context("spawn"), _begin, (scratch, dict(os.environ))) as pool:
        rankings = pool.map(rank, queries, chunksize=8)
        yield from ((query["query_id"], ranking) for query, ranking in zip(queries, rankings, strict=True))


def _begin(scratch: str, environment: dict[str, str]) -> None:
    end_with_parent()
    os.environ.update(environment)
    import django

    django.setup()
    from traff.heart.matching.evaluate.scratch import enter

    enter(scratch)


def by_rank(items: Sequence[str]) -> Ranking:
    """Positions as scores, since what is shown is an order."""
    return [(item, float(len(items) - place)) for place, item in enumerate(items)]
