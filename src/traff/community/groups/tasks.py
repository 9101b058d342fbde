"""What groups hear of: when something is written in one, its clock moves."""

from procrastinate.contrib.django import app

from traff.community.groups.models import Group
from traff.ground.activity.models import Event


@app.task(name="groups.move_clock")
def move_clock(*, event_id: int) -> None:
    """The group of the event's audience was active when the event happened. Idempotent."""
    event = Event.objects.unrestricted("a group's clock").filter(pk=event_id).select_related(None).first()
    group = event and Group.objects.unrestricted("a group's clock").filter(audience_id=event.audience_id).first()
    if event and group:
        group.touch(event.at)


@app.task(name="groups.move_clocks")
def move_clocks(*, first: int, last: int) -> None:
    """The same for a batch of imported events, from the first to the last id."""
    events = Event.objects.unrestricted("groups' clocks").filter(pk__gte=first, pk__lte=last, is_imported=True)
    latest: dict[int, Event] = {}
    for event in events.only("audience_id", "at").order_by("at").iterator():
        latest[event.audience_id] = event
    for group in Group.objects.unrestricted("groups' clocks").filter(audience_id__in=latest):
        group.touch(latest[group.audience_id].at)
