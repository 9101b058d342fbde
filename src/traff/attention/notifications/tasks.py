"""What the bell hears of, and the mails. Every task may run twice; a mail is sent at most once."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.types import JSONDict

from traff.attention.notifications import at_once, ringing, weekly
from traff.attention.notifications.models import Choice, Hearing, Letter, Notice, StopLink
from traff.ground.accounts.models import Person
from traff.ground.activity import news
from traff.ground.activity.models import Event
from traff.ground.activity.undo import QUIET


@dataclass(frozen=True)
class AfterUndo:
    """A listener's job, put off until what was sent can no longer be taken back."""

    task: Any

    def defer(self, **given: Any) -> None:
        self.task.configure(schedule_in={"seconds": QUIET.seconds}).defer(**given)


@app.task(name="notifications.ring")
def ring(*, event_id: int) -> None:
    """One notice a person and thread; and a mail where one is wanted at once, outside quiet hours."""
    if event := Event.objects.unrestricted("what happened").select_related("actor", "audience").filter(pk=event_id).first():
        notices = list(ringing.ring(event))
        wanted = Choice.mailed_to(news.sort_of(event.verb), [notice.person_id for notice in notices])
        for notice in notices:
            if notice.person_id in wanted:
                queue_mail(notice)


@app.task(name="notifications.recall")
def recall(*, event_id: int) -> None:
    """A thing is gone: nobody's bell counts it."""
    if event := Event.objects.unrestricted("what happened").filter(pk=event_id).first():
        ringing.recall(event)


@app.task(name="notifications.ring_for_the_demo")
def ring_for_the_demo() -> None:
    """Beside the first start, which does not wait for it."""
    ringing.ring_for_the_demo(timezone.now())


def queue_mail(notice: Notice) -> None:
    """One a thread until it is read, when the person is not to be left in peace."""
    hearing = Hearing.of(notice.person)
    if notice.person.email and notice.mailed_at is None and hearing.at_once:
        at = hearing.loud_from(timezone.now())
        mail.configure(schedule_at=at.astimezone(UTC)).defer(notice_id=notice.pk)


@app.task(name="notifications.mail")
def mail(*, notice_id: int) -> None:
    """Looked at again when it is time: what was read meanwhile is not mailed."""
    at_once.mail(notice_id)


@app.periodic(cron="11 * * * *")
@app.task(name="notifications.weekly", queueing_lock="notifications.weekly")
def send_weekly(timestamp: int) -> None:
    """Every hour: one job for each person whose weekday's morning it is. Done twice it sends once."""
    jobs: list[JSONDict] = [{"person_id": pk, "at": timestamp} for pk in weekly.due(datetime.fromtimestamp(timestamp, tz=UTC))]
    if jobs:
        write_weekly.batch_defer(*jobs)


@app.task(name="notifications.write_weekly", priority=-10)  # after all that somebody waits for
def write_weekly(*, person_id: int, at: int) -> None:
    if person := Person.objects.active().filter(pk=person_id).first():
        weekly.send(person, datetime.fromtimestamp(at, tz=UTC))


@app.periodic(cron="37 3 * * *")
@app.task(name="notifications.forget_old", queueing_lock="notifications.forget_old")
def forget_old(timestamp: int) -> None:
    now = datetime.fromtimestamp(timestamp, tz=UTC)
    Notice.forget_old(now)
    StopLink.forget_old(now)
    Letter.objects.filter(made_at__lt=now - StopLink.LIFE).delete()
