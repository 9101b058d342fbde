"""What passes: closing dates, what owners have not yet been told of, and what was kept privately about openings long closed."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from traff.ground.access.models import Audience
from traff.ground.activity.models import record
from traff.sharing.openings.models import Ask, AskLine, Opening, PutAway, Saved

KEPT = timedelta(days=90)  # after an opening closed: saves, what was put away, and questions


@app.periodic(cron="7 4 * * *")
@app.task(name="openings.close_past", queueing_lock="openings.close_past")
def close_past(timestamp: int) -> None:
    """Openings past their last day close, each in its own transaction; then what is old goes."""
    for opening in Opening.objects.unrestricted("closing dates").past().select_related("owner"):
        opening.lapse()
    old = Opening.objects.unrestricted("long closed").filter(closed_at__lt=timezone.now() - KEPT).values("pk")
    for kept in (Saved, PutAway, Ask):
        kept.objects.unrestricted("what was kept about it").filter(opening__in=old).delete()


@app.periodic(cron="0 * * * *")
@app.task(name="openings.tell_of_asks", queueing_lock="openings.tell_of_asks")
def tell_of_asks(timestamp: int) -> None:
    """Once an hour, all owners together and at the day's first minute: an Event's place among others says not when one asked."""
    waiting = AskLine.objects.unrestricted("what owners have not been told of").filter(is_told=False, ask__is_closed=False)
    for pk in sorted(waiting.values_list("ask__opening", flat=True).distinct()):
        tell(Opening.objects.unrestricted("its owner is told").select_related("owner").get(pk=pk))


@transaction.atomic
def tell(opening: Opening) -> None:
    """One Event without an actor, in the owner's own audience."""
    for ask in Ask.objects.unrestricted("told now").filter(opening=opening, is_closed=False, lines__is_told=False).distinct():
        ask.tell()
    if opening.owner and opening.withdrawn_at is None:
        today = timezone.make_aware(datetime.combine(timezone.localdate(), time()))
        heard_by = Audience.objects.private_to(opening.owner)
        record(actor=None, verb="opening.asked", kind="opening", subject=opening, audience=heard_by, at=today)
