"""Measure matching: `./traff evaluate experts|related|answers|serendipity|pairs|all`, see docs/measurements.md."""

import json
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from traff.heart.matching.evaluate import everything, loading, pairs, scratch, serendipity, tasks
from traff.heart.matching.evaluate.intervals import Measures, measured, read_qrels
from traff.heart.matching.evaluate.ranking import Ranking, in_processes, write_run
from traff.heart.matching.evaluate.reading import content_key, lines, moment


class Command(BaseCommand):
    help = "Rank by the very calls the product makes, from what stood before each query, and write a run file for score.py."

    def add_arguments(self, parser: ArgumentParser) -> None:
        kinds = parser.add_subparsers(dest="task", required=True)
        experts = kinds.add_parser("experts", help="who will answer?")
        related = kinds.add_parser("related", help="has somebody been here before?")
        answers = kinds.add_parser("answers", help="which answer fits the question?")
        for task in (experts, related):
            task.add_argument("--people", required=True, metavar="F")
            task.add_argument("--index", required=True, nargs="+", metavar="F", help="messages: what is looked through")
        experts.add_argument("--candidates", metavar="F", help="a JSON list of the ids among whom is chosen")
        related.add_argument("--topics", nargs="*", default=[], metavar="F")
        answers.add_argument("--answers", required=True, metavar="F")
        for task in (experts, related, answers):
            task.add_argument("--queries", required=True, metavar="F")
            task.add_argument("--run", required=True, metavar="OUT.tsv")
            task.add_argument("--processes", type=int, default=2)
            task.add_argument("--qrels", metavar="F", help="also print the measures with 95 % intervals (bootstrap over queries)")
            task.add_argument("--min-grade", type=int, default=1)
            task.add_argument("--head", metavar="F", help="ids of the most active, for tailR@10")
        strangers = kinds.add_parser("serendipity", help="would those offered have become acquaintances? (this organisation)")
        strangers.add_argument("--at", metavar="DAY", help="what stood before it builds; else 30 days before the newest")
        strangers.add_argument("--days", type=int, default=serendipity.DAYS, help="after it, in which new ties are looked for")
        strangers.add_argument("--people", type=int, default=serendipity.ASKED_AT_MOST, metavar="N", help="ranked at most")
        every = kinds.add_parser("all", help="every task found in a folder, in one table")
        every.add_argument("folder", type=Path)
        every.add_argument("--runs", type=Path, metavar="DIR", help="keep the run files there")
        every.add_argument("--processes", type=int, default=2)
        two = kinds.add_parser("pairs", help="does a text find its pair in the other language? (this organisation)")
        two.add_argument("file", help="pairs, as in demo/pairs.jsonl")
        kinds.add_parser("forget", help="drop every scratch database")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["task"] == "forget":
            self.stdout.write("\n".join(scratch.forget()) or "There was none.")
            return
        try:
            if options["task"] == "serendipity":
                self._split(options)
            elif options["task"] == "pairs":
                self.stdout.write("\n".join(pairs.told(pairs.measure(options["file"]))))
            elif options["task"] == "all":
                self._all(options)
            else:
                self._evaluate(options)
        except (OSError, ValueError, KeyError) as trouble:
            raise CommandError(f"{type(trouble).__name__}: {trouble}") from trouble

    def _split(self, options: dict[str, Any]) -> None:
        newest = serendipity.newest()
        if newest is None:
            raise CommandError("Nothing has been written here.")
        at = moment(options["at"]) if options["at"] else newest - timedelta(days=options["days"])
        for line in serendipity.told(serendipity.split(at, days=options["days"], most=options["people"])):
            self.stdout.write(line)

    def _all(self, options: dict[str, Any]) -> None:
        found = list(everything.tasks_in(options["folder"]))
        if not found:
            raise CommandError(f"{options['folder']}: no task was found there.")
        table, items = everything.Table(), {}
        with tempfile.TemporaryDirectory() as away:
            for task in found:
                run = str((options["runs"] or Path(away)) / f"{task.kind}.tsv")
                queries = self._ranked(
                    {
                        **task.options,
                        "task": task.kind,
                        "candidates": task.candidates,
                        "run": run,
                        "processes": options["processes"],
                    }
                )
                items[task.name] = len(queries[0].get("candidates") or ()) or len(loading.names_of(tasks.ITEMS[task.kind]))
                everything.add(table, task, run, queries, items[task.name])
        self.stdout.write("\n".join(everything.told(table, items)))

    def _evaluate(self, options: dict[str, Any]) -> None:
        queries = self._ranked(options)
        if options["qrels"]:
            self._measure(options, {query["query_id"] for query in queries if query.get("name_leak")})

    def _ranked(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        """Load unless it was, rank, and write the run; gives the queries."""
        paths, load, rank = _plan(options)
        queries = list(lines(options["queries"]))
        if options.get("candidates"):
            candidates = json.loads(Path(options["candidates"]).read_text(encoding="utf-8"))
            for query in queries:
                query["candidates"] = candidates
        started = time.monotonic()
        tasks.forget()
        name, fresh = scratch.make(content_key(paths), load)
        self.stdout.write(f"{'Loaded' if fresh else 'Already loaded'}: {name} ({time.monotonic() - started:.0f} s)")
        started = time.monotonic()
        count = write_run(options["run"], self._told(in_processes(rank, queries, name, options["processes"]), len(queries)))
        spent = time.monotonic() - started
        self.stdout.write(f"{count} queries in {spent:.0f} s ({1000 * spent / max(count, 1):.0f} ms each): {options['run']}")
        return queries

    def _told(self, rankings: Any, total: int) -> Any:
        for number, ranking in enumerate(rankings, 1):
            if number % 100 == 0:
                self.stdout.write(f"  {number} of {total}")
                self.stdout.flush()
            yield ranking

    def _measure(self, options: dict[str, Any], leaking: set[str]) -> None:
        qrels = {
            query: wanted for query, wanted in read_qrels(options["qrels"], options["min_grade"]).items() if query not in leaking
        }
        head = set(Path(options["head"]).read_text(encoding="utf-8").split()) if options["head"] else set()
        measures: Measures = measured(qrels, options["run"], head)
        for measure, (mean, low, high, n) in measures.items():
            self.stdout.write(f"{measure:8} {mean:.4f}  95 % {low:.4f}–{high:.4f}  ({n} queries)")


def _plan(options: dict[str, Any]) -> tuple[list[str], Callable[[], None], Callable[[dict[str, Any]], Ranking]]:
    """What is loaded, how, and what ranks."""
    if options["task"] == "answers":
        return [options["answers"]], lambda: loading.load_answers(options["answers"]), tasks.answers
    topics = options.get("topics") or []

    def load() -> None:
        loading.load_people(options["people"])
        loading.load_messages(options["index"], topics)

    rank = tasks.experts if options["task"] == "experts" else tasks.related
    return [options["people"], *options["index"], *topics], load, rank
