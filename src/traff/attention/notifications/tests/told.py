"""What the stories of the bell are told with."""

from traff.attention.notifications import tasks
from traff.attention.notifications.models import Notice
from traff.attention.notifications.shown import page_for
from traff.ground.accounts.models import Person
from traff.ground.activity.models import Event
from traff.ground.core.fresh import fresh_for


def time_passes() -> None:
    """The worker gets to everything that was done."""
    for event in Event.objects.unrestricted("the worker").order_by("pk").values_list("pk", flat=True):
        tasks.ring(event_id=event)
        tasks.recall(event_id=event) if _ends(event) else None


def _ends(pk: int) -> bool:
    return Event.objects.unrestricted("the worker").filter(pk=pk, verb__endswith=".withdrawn").exists()


def rung(person: Person) -> list[str]:
    """What stands on somebody's bell page."""
    return [line.news.text for days in page_for(person).days for line in days.lines]


def count(person: Person) -> int:
    """What stands beside somebody's bell."""
    return len(fresh_for(person)["/bell/"])


def notice(person: Person) -> Notice:
    return Notice.objects.select_related("event", "first_event").get(person=person)
