"""What of one's own file notifications give: what one chose to hear of."""

from collections.abc import Iterator
from typing import Any

from traff.attention.notifications.models import Choice, Hearing
from traff.ground.accounts.models import Person

CHOSEN = ("at_once", "quiet_from", "quiet_until", "quiet_weekends", "weekly", "weekday")


def hearing(person: Person) -> Iterator[dict[str, Any]]:
    chosen = Hearing.of(person)
    yield {name: getattr(chosen, name) for name in CHOSEN}
    for choice in Choice.objects.filter(person=person).order_by("sort"):
        yield {"sort": choice.sort, "notified": choice.bell, "mailed": choice.mail}
