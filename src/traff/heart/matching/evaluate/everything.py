"""All tasks that a folder of material holds, in one table: `./traff evaluate all DIR`. Files are known by their names."""

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from traff.ground.core.language import language_of
from traff.heart.matching.evaluate.intervals import Measures, Qrels, interval, of_query, read_qrels, read_run
from traff.heart.matching.evaluate.serendipity import gini

SHOWN = 10  # items of a ranking that count as shown
COLUMNS = ("MAP", "MRR", "P@1", "P@5", "nDCG@10", "R@100", "tailR@10")


@dataclass(frozen=True)
class Task:
    """One task: the options of its command, and where the answers are."""

    kind: str  # experts, related, answers
    name: str
    options: dict[str, Any]
    qrels: str
    min_grade: int = 1
    head: str = ""
    candidates: str = ""

    @property
    def queries(self) -> str:
        return str(self.options["queries"])


@dataclass
class Table:
    """Rows of measures: of a task as a whole, and of each language its queries are in."""

    rows: dict[str, Measures] = field(default_factory=dict)
    shown: dict[str, tuple[int, float]] = field(default_factory=dict)  # per task: different items shown, exposure Gini


def tasks_in(folder: Path) -> Iterator[Task]:
    """`expert_queries`, `related_queries` beside their qrels and below the messages; `…_questions` beside `…_answers`."""
    for queries in sorted(folder.rglob("expert_queries.jsonl*")):
        yield _conversation(queries, "experts", "who will answer", ["messages_train.jsonl*"], [])
    for queries in sorted(folder.rglob("related_queries.jsonl*")):
        index, topics = ["messages_train.jsonl*", "messages_dev.jsonl*"], ["topics_train.jsonl*", "topics_dev.jsonl*"]
        yield _conversation(queries, "related", "been here before", index, topics)
    for queries in sorted(folder.rglob("*_questions.jsonl*")):
        stem = queries.name.split("_questions")[0]
        answers = _one(queries.parent, f"{stem}_answers.jsonl*")
        options = {"answers": answers, "queries": str(queries)}
        yield Task("answers", f"answers, {stem}", options, _one(queries.parent, f"{stem}_qrels.tsv"))


def _conversation(queries: Path, kind: str, name: str, index: list[str], topics: list[str]) -> Task:
    here, above = queries.parent, queries.parent.parent
    options = {
        "people": _one(above, "people.jsonl*"),
        "index": [path for pattern in index for path in _some(above, pattern)],
        "topics": [path for pattern in topics for path in _some(above, pattern)],
        "queries": str(queries),
    }
    qrels = _one(here, queries.name.split("_")[0] + "_qrels.tsv")
    if kind == "related":
        return Task(kind, name, options, qrels, min_grade=2)
    head, candidates = _some(here, "head*.txt"), _some(here, "expert_candidates.json")
    return Task(kind, name, options, qrels, head=next(iter(head), ""), candidates=next(iter(candidates), ""))


def _some(folder: Path, pattern: str) -> list[str]:
    return [str(path) for path in sorted(folder.glob(pattern))]


def _one(folder: Path, pattern: str) -> str:
    found = _some(folder, pattern)
    if not found:
        raise FileNotFoundError(f"{folder / pattern} is missing")
    return found[0]


def add(table: Table, task: Task, run: str, queries: list[dict[str, Any]], items: int) -> None:
    """One task's run into the table; queries that name who answered them do not count."""
    leaking = {query["query_id"] for query in queries if query.get("name_leak")}
    qrels = {query: wanted for query, wanted in read_qrels(task.qrels, task.min_grade).items() if query not in leaking}
    head = set(Path(task.head).read_text(encoding="utf-8").split()) if task.head else set()
    rankings = read_run(run)
    language = {q["query_id"]: language_of(f"{q.get('title') or ''}\n{q.get('text') or ''}", unsure="?") for q in queries}
    table.rows[task.name] = _measured(qrels, rankings, head)
    for code in sorted({language[query] for query in qrels}):
        mine = {query: wanted for query, wanted in qrels.items() if language[query] == code}
        if len(mine) < len(qrels):
            table.rows[f"  {code}"] = _measured(mine, rankings, head)
    exposure = exposed(rankings)
    table.shown[task.name] = len(exposure), gini([*exposure.values(), *[0.0] * max(0, items - len(exposure))])


def _measured(qrels: Qrels, rankings: dict[str, list[str]], head: set[str]) -> Measures:
    values: dict[str, list[float]] = defaultdict(list)
    for query, relevant in sorted(qrels.items()):
        for name, value in of_query(relevant, rankings.get(query, []), head).items():
            values[name].append(value)
    return {name: interval(column) for name, column in values.items()}


def exposed(rankings: dict[str, list[str]]) -> dict[str, float]:
    """How much every item is seen in the first ten: Σ 1/log2(1 + rank)."""
    seen: dict[str, float] = defaultdict(float)
    for ranking in rankings.values():
        for place, item in enumerate(ranking[:SHOWN], 1):
            seen[item] += 1 / math.log2(1 + place)
    return seen


def told(table: Table, items: dict[str, int]) -> Iterator[str]:
    """The table, line by line: a mean and below it its 95 % interval."""
    yield f"{'':26}{'queries':>8}" + "".join(f"{column:>13}" for column in COLUMNS)
    for name, row in table.rows.items():
        count = row["MRR"][3] if row else 0
        yield f"{name:26}{count:8}" + "".join(f"{row[c][0]:13.4f}" if c in row else f"{'':13}" for c in COLUMNS)
        spans = (f"{row[c][1]:.3f}–{row[c][2]:.3f}" if c in row else "" for c in COLUMNS)
        yield f"{'':34}" + "".join(f"{span:>13}" for span in spans)
        if name in table.shown:
            different, uneven = table.shown[name]
            of = items[name]
            yield f"{'':26}coverage {different / max(1, of):.3f} ({different} of {of} in a first ten), Gini {uneven:.3f}"
