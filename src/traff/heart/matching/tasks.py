"""What the heart hears of. Every task is idempotent; each receiver is asked with their own eyes."""

from procrastinate.contrib.django import app

from traff.ground.accounts.models import Person
from traff.ground.activity.models import Event
from traff.heart.matching import ties, unanswered
from traff.heart.matching.exposure import Exposure
from traff.heart.matching.hearing import hear
from traff.heart.matching.models import Looked
from traff.heart.matching.onward import offer_onward
from traff.heart.matching.refitting import refit_when_due
from traff.heart.matching.suggest import forget, look_for
from traff.sharing.content.models import Authorship, Reply


@app.task(name="matching.post_published", priority=10)  # before what can wait: a second is promised
def post_published(*, event_id: int) -> None:
    """Whom does it help, and who has been here before: within a second of the commit."""
    event = _event(event_id)
    if event is None:
        return
    authors = Authorship.objects.unrestricted("ties of a new thread").filter(post=event.subject_id)
    people = list(authors.values_list("person_id", flat=True))
    for author in people if len(people) > 1 else ():  # nobody else has written in it yet
        ties.note(event.subject_id, author)
    offer_onward(event.subject_id)
    hear(event.subject_id)


@app.task(name="matching.reply_written")
def reply_written(*, event_id: int) -> None:
    """Two people in one thread have a tie."""
    event = _event(event_id)
    reply = event and Reply.objects.unrestricted("ties of a thread").filter(pk=event.subject_id).first()
    if reply:
        ties.note(reply.post_id, reply.author_id)


@app.task(name="matching.post_edited")
def post_edited(*, event_id: int) -> None:
    """Other words, other reasons: what was offered because of the old ones is looked for anew."""
    if event := _event(event_id):
        forget(event.subject_id)
        offer_onward(event.subject_id)
        hear(event.subject_id, is_new=False)


@app.task(name="matching.profile_told")
def profile_told(*, event_id: int) -> None:
    """What one says that one knows is asked with at the next visit, not after hours: a newcomer has little else."""
    if event := _event(event_id):
        Looked.objects.filter(person=event.actor_id).delete()


@app.task(name="matching.group_closed")
def group_closed(*, event_id: int) -> None:
    """What was said there ties nobody any longer."""
    ties.rebuild()


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


@app.periodic(cron="29 * * * *")
@app.task(name="matching.show_unanswered", queueing_lock="matching.show_unanswered")
def show_unanswered(timestamp: int) -> None:
    """Questions that have waited a day without an answer."""
    unanswered.show_unanswered()


@app.periodic(cron="27 3 * * *")
@app.task(name="matching.forget_exposures", queueing_lock="matching.forget_exposures")
def forget_exposures(timestamp: int) -> None:
    """What was shown to whom is kept a stated time."""
    Exposure.forget_old()


@app.periodic(cron="41 3 * * *")
@app.task(name="matching.refit", queueing_lock="matching.refit")
def refit(timestamp: int) -> None:
    """The weights of relevance from what people said; switched on only if they are better."""
    refit_when_due()


def _event(event_id: int) -> Event | None:
    found: Event | None = Event.objects.unrestricted("what happened").filter(pk=event_id).first()
    return found
