"""The few mails that go at once: one a thread until it is read. What is closed is told of without its words."""

from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from traff.attention.notifications.mailing import Mail, base_url, language_for, message, stop_url
from traff.attention.notifications.models import Choice, Hearing, Notice, StopLink
from traff.ground.access.reading import one_look
from traff.ground.activity import news
from traff.ground.activity.models import Event


@one_look()
def mail(notice_id: int) -> None:
    """Marked as mailed before it is sent: at most once. Raises what the mail server says."""
    with transaction.atomic():
        deeds = [f"{deed}__{what}" for deed in ("event", "first_event") for what in ("actor", "audience")]
        waiting = Notice.objects.select_for_update(of=("self",)).select_related("person", *deeds)
        notice = waiting.filter(pk=notice_id, read_at=None, mailed_at=None).first()
        if notice is None or not _may_come(notice):
            return
        with translation.override(language_for(notice.person)):
            written = _written(notice)
        if written is None:
            return
        notice.mailed_at = timezone.now()
        notice.save(update_fields=["mailed_at"])
    message(written, notice.person).send()


def _may_come(notice: Notice) -> bool:
    """The person is still here, has an address and wants it; and still hears of who did it."""
    person = notice.person
    wanted = person.is_active and person.email and Hearing.of(person).at_once
    return bool(wanted and Notice.objects.audible_to(person).filter(pk=notice.pk).exists())


def _wanted(notice: Notice) -> tuple[Event, news.News] | None:
    """Of the latest deed in the thread and its first, the one that still stands and is of a sort the person has mailed."""
    for event in filter(None, (notice.event, notice.first_event)):
        is_chosen = notice.person_id in Choice.mailed_to(news.sort_of(event.verb), [notice.person_id])
        if is_chosen and (told := news.said(event, notice.person)):
            return event, told
    return None


def _written(notice: Notice) -> Mail | None:
    if (wanted := _wanted(notice)) is None:
        return None
    event, told = wanted
    text, where = told.text, told.url
    if not event.is_open:  # an address can hold the name of a closed group
        text, where = told.outside or _("There is something new for you in Träff."), reverse("bell")
    stop = stop_url(StopLink.issue(notice.person, StopLink.Stops.AT_ONCE))
    values = {"text": text, "url": base_url() + where, "stop_url": stop, "base_url": base_url(), "person": notice.person}
    return Mail(
        subject=" ".join(text.split()),
        text=render_to_string("notifications/mail/at_once.txt", values),
        html=render_to_string("notifications/mail/at_once.html", values),
        stop_url=stop,
        list_name="at-once",
    )
