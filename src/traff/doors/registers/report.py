"""What an import tells: counts, rejections line by line, and how fast it goes."""

import time
from collections import Counter, defaultdict
from typing import TextIO

from traff.doors.registers.rows import Where

OUTCOMES = ("new", "changed", "unchanged", "rejected")


class Rejected(Exception):
    """One row cannot go in; the reason says what to do. The rest does."""

    def __init__(self, where: Where, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where, self.reason = where, reason


class Report:
    """Rejections and remarks go to `out` as they come, progress to `err` once a second."""

    def __init__(self, out: TextIO | None = None, err: TextIO | None = None) -> None:
        self.out, self.err = out, err
        self.counts: dict[str, Counter[str]] = defaultdict(Counter)
        self.rejections: list[tuple[Where, str]] = []
        self.remarks: list[tuple[Where, str]] = []
        self._started = self._told = time.monotonic()

    def count(self, kind: str, outcome: str, number: int = 1) -> None:
        self.counts[kind][outcome] += number

    def reject(self, where: Where, reason: str, kind: str = "line") -> None:
        self.rejections.append((where, reason))
        self.count(kind, "rejected")
        self._say(f"{where}: rejected: {reason}")

    def remark(self, where: Where, reason: str) -> None:
        """It goes in all the same."""
        self.remarks.append((where, reason))
        self._say(f"{where}: note: {reason}")

    def total(self, outcome: str) -> int:
        return sum(counts[outcome] for counts in self.counts.values())

    def rows(self) -> int:
        return sum(self.total(outcome) for outcome in OUTCOMES)

    def progress(self, *, is_last: bool = False) -> None:
        now = time.monotonic()
        if self.err is None or (now - self._told < 1 and not is_last):
            return
        self._told, rows = now, self.rows()
        rate = rows / max(now - self._started, 1e-3)
        on_screen = self.err.isatty()
        if on_screen or is_last or rows % 10_000 < 2_000:
            self.err.write(
                f"{chr(13) if on_screen else ''}{rows:,} rows, {rate:,.0f} a second{'' if on_screen and not is_last else chr(10)}"
            )
            self.err.flush()

    def summary(self) -> str:
        """A line a kind, and the sum as the last line."""
        lines = [f"  {kind:<12}{_told(counts)}" for kind, counts in self.counts.items()]
        return "\n".join([*lines, _told({outcome: self.total(outcome) for outcome in OUTCOMES})])

    def _say(self, text: str) -> None:
        if self.out is not None:
            self.out.write(f"{text}\n")


def _told(counts: dict[str, int] | Counter[str]) -> str:
    return ", ".join(f"{counts.get(outcome, 0):,} {outcome}" for outcome in OUTCOMES)
