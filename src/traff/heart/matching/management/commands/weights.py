"""The weights of relevance: what was learnt here, what is in use, and the way back."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from traff.heart.matching.refitting import refit
from traff.heart.matching.weights import SHIPPED, State, Values, Weights


class Command(BaseCommand):
    help = "The weights of relevance with the figures they were judged by. Nothing but sums is kept of anybody."

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_mutually_exclusive_group()
        deeds.add_argument("--refit", action="store_true", help="try now, and say why they were or were not switched on")
        deeds.add_argument("--back", action="store_true", help="return to those that were in use before")
        parser.add_argument("--reason", default="", help="why one goes back; kept in the audit record")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["refit"]:
            self.stdout.write(refit().words)
        elif options["back"]:
            self._back(options["reason"].strip())
        else:
            self.stdout.write("\n".join(told()))

    def _back(self, reason: str) -> None:
        using = Weights.now()
        if using is None:
            raise CommandError("The weights that were shipped are in use: there is nothing to go back from.")
        before = using.take_back(reason=reason)
        now = f"version {before.version}" if before else "the weights that were shipped"
        self.stdout.write(f"Version {using.version} is set aside; {now} in use again, at the latest in a minute.")


def told() -> list[str]:
    """Every version, the newest last."""
    rows = list(Weights.objects.all())
    using = Weights.now()
    lines = [f"In use: {f'version {using.version}' if using else 'as shipped'}, {_said(using.values if using else SHIPPED)}"]
    for row in rows:
        gain = f"gain {row.gain:.4f} ({row.confidence:.1%} {row.gain_low:.4f} to {row.gain_high:.4f})"
        of = f"{row.slots} judged slots of {row.people} people, {row.held_back} held back"
        state = State(row.state).label.lower()
        lines.append(f"{row.version:4}  {row.made_at:%Y-%m-%d}  {state}: {_said(row.values)}; {gain}; {of}")
    return lines if rows else [*lines, "Nothing has been learnt yet."]


def _said(values: Values) -> str:
    return f"bias {values.bias:.2f}, score {values.score:.2f}, coverage {values.coverage:.2f}"
