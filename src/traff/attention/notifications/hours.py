"""Quiet hours: pure functions over a local clock."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

SATURDAY = 5
MIDNIGHT = time(0)


@dataclass(frozen=True)
class Quiet:
    """From one hour until another, over midnight too; the same hour twice is never. And whole weekends, if wanted."""

    since: time
    until: time
    weekends: bool

    def over_from(self, at: datetime) -> datetime:
        """The first moment from `at` (aware, on the person's own clock) that is not quiet."""
        for _ in range(10):
            later = self._end_of_quiet(at)
            if later is None:
                return at
            at = later
        return at

    def _end_of_quiet(self, at: datetime) -> datetime | None:
        """When the quiet that holds at this moment ends; None when none does."""
        if self.weekends and at.weekday() >= SATURDAY:
            return _at(at + timedelta(days=1), MIDNIGHT)
        clock = at.time()
        if self.since <= self.until:
            return _at(at, self.until) if self.since <= clock < self.until else None
        if clock >= self.since:
            return _at(at + timedelta(days=1), self.until)
        return _at(at, self.until) if clock < self.until else None


def _at(day: datetime, clock: time) -> datetime:
    """That hour of that day, whatever the clocks do between; in an hour that comes twice never the one that is over."""
    return datetime.combine(day.date(), clock.replace(fold=day.fold), tzinfo=day.tzinfo)
