"""What the heart hears of. Every task is idempotent; each receiver is asked with their own eyes."""

from procrastinate.contrib.django import app

from traff.ground.accounts.models import Person
from traff.ground.activity.models import Event
from traff.heart.matching import ties
from traff.heart.matching.onward import offer_onward
from traff.heart.matching.suggest import look_for
from traff.sharing.content.models import Authorship, Reply


@app.task(name="matching.post_published")
def post_published(*, event_id: int) -> None:
    """Whom does it help, and who has been here before: within a second of the commit."""
    event = _event(event_id)
    if event is None:
        return
    for author in (
        Authorship.objects.unrestricted("ties of a new thread").filter(post=event.subject_id).values_list("person_id", flat=True)
    ):
        ties.note(event.subject_id, author, first=False)
    offer_onward(event.subject_id)


@app.task(name="matching.reply_written")
def reply_written(*, event_id: int) -> None:
    """Two people in one thread have a tie."""
    event = _event(event_id)
    reply = event and Reply.objects.unrestricted("ties of a thread").filter(pk=event.subject_id).first()
    if event and reply:
        theirs = Reply.objects.unrestricted("their first word here?").filter(post=reply.post_id, author=reply.author_id)
        ties.note(reply.post_id, reply.author_id, first=not theirs.filter(pk__lt=reply.pk).exists())


@app.task(name="matching.look", queueing_lock="matching.look")
def look(*, person_id: int) -> None:
    """Look for one person."""
    if person := Person.objects.active().filter(pk=person_id).first():
        look_for(person)


@app.task(name="matching.rebuild_ties", queueing_lock="matching.rebuild_ties")
def rebuild_ties(**_batch: int) -> None:
    """After an import: all ties anew."""
    ties.rebuild()


@app.periodic(cron="17 3 * * *")
@app.task(name="matching.nightly", queueing_lock="matching.nightly")
def nightly(timestamp: int) -> None:
    """Ties anew, so that what was withdrawn or closed ties nobody any longer."""
    ties.rebuild()


def _event(event_id: int) -> Event | None:
    found: Event | None = Event.objects.unrestricted("what happened").filter(pk=event_id).first()
    return found
