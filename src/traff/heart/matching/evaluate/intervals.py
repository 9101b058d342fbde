"""Measures of a run with 95 % intervals by bootstrap over queries. The means agree with the task's own score.py."""

import math
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import numpy as np

Qrels = dict[str, dict[str, int]]
Measures = dict[str, tuple[float, float, float, int]]  # mean, low, high, number of queries
SAMPLES = 2000


def read_qrels(path: str, min_grade: int = 1) -> Qrels:
    """Query → item → grade, from a table with or without a line of headings."""
    wanted: Qrels = defaultdict(dict)
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        query, item, grade, *_rest = line.split("\t")
        if grade.lstrip("-").isdigit() and int(grade) >= min_grade:
            wanted[query][item] = int(grade)
    return dict(wanted)


def read_run(path: str) -> dict[str, list[str]]:
    """Query → items, best first."""
    rows: dict[str, list[tuple[float, str]]] = defaultdict(list)
    with Path(path).open(encoding="utf-8") as file:
        for line in file:
            query, item, value = line.rstrip("\n").split("\t")[:3]
            rows[query].append((-float(value), item))
    return {query: [item for _value, item in sorted(ranking)] for query, ranking in rows.items()}


def of_query(relevant: Mapping[str, int], ranking: list[str], head: set[str]) -> dict[str, float]:
    """The measures of one query."""
    first = next((1 / place for place, item in enumerate(ranking[:100], 1) if item in relevant), 0.0)
    gain = sum((2 ** relevant[item] - 1) / math.log2(place + 2) for place, item in enumerate(ranking[:10]) if item in relevant)
    ideal = sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(sorted(relevant.values(), reverse=True)[:10]))
    found = set(ranking[:10])
    hits = [place for place, item in enumerate(ranking[:100], 1) if item in relevant]
    measures = {"MRR": first, "P@1": float(ranking[:1] != [] and ranking[0] in relevant), "nDCG@10": gain / ideal}
    measures["MAP"] = sum(n / place for n, place in enumerate(hits, 1)) / len(relevant)
    measures["P@5"] = len(set(ranking[:5]) & relevant.keys()) / 5
    measures["R@100"] = len(hits) / len(relevant)
    measures["R@10"] = len(found & relevant.keys()) / len(relevant)
    if head and (tail := relevant.keys() - head):
        measures["tailR@10"] = len(found & tail) / len(tail)
    return measures


def measured(qrels: Qrels, run: str, head: set[str]) -> Measures:
    """Every measure over all queries that have something relevant."""
    rankings = read_run(run)
    values: dict[str, list[float]] = defaultdict(list)
    for query, relevant in sorted(qrels.items()):
        for name, value in of_query(relevant, rankings.get(query, []), head).items():
            values[name].append(value)
    return {name: interval(column) for name, column in values.items()}


def interval(values: list[float]) -> tuple[float, float, float, int]:
    """Mean and its 95 % interval by the percentile bootstrap, with a fixed seed."""
    column = np.array(values)
    generator = np.random.default_rng(2026)
    means = [float(generator.choice(column, len(column)).mean()) for _ in range(SAMPLES)]
    return float(column.mean()), float(np.quantile(means, 0.025)), float(np.quantile(means, 0.975)), len(column)


def differences(one: list[float], other: list[float]) -> tuple[float, float, float]:
    """Mean of one − other over the same queries, with its 95 % interval: the paired bootstrap."""
    mean, low, high, _n = interval([a - b for a, b in zip(one, other, strict=True)])
    return mean, low, high
